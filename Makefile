.DEFAULT_GOAL := help
.PHONY: help run test check bench clean

help: ## list these
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

run: ## open the studio, with FILE=picture on that picture; without a screen, dream a first picture
	@bash packaging/setup.sh run
	@bash packaging/run.sh

test: ## the one check: format, lint, types, rooms, all tests
	@bash packaging/setup.sh test
	@bash packaging/check.sh

check: test ## the same

bench: ## measure; prints one table and writes JSON
	@bash packaging/setup.sh test
	@.venv/bin/python -m bench

clean: ## remove what the tools left behind; .venv and out/ stay
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -path ./.venv -prune -o -name __pycache__ -prune -exec rm -rf {} +
