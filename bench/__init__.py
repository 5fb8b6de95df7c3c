"""The figures that the program is judged by, each with one command.

`python -m bench` (or `make bench`) measures all, prints one table and writes `bench/results.json`;
`python -m bench speed seams` measures those alone. Ratios are taken side by side in one run, alternating: the
machines are noisy and absolute times are not stable.
"""
