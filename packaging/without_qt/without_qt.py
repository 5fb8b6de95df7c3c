"""A pytest plugin for a run without Qt: it makes sure that PySide6 is out of reach indeed."""

import importlib

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("qt_api", "pytest-qt's own setting, which would be unknown without that plugin")


def pytest_configure() -> None:
    # Another sitecustomize earlier on the path would make this run mean nothing.
    try:
        importlib.import_module("PySide6")
    except ModuleNotFoundError:
        return
    raise pytest.UsageError("PySide6 can be imported, so this run would prove nothing")
