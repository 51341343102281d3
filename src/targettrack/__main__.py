"""The command line as a module: ``python -m targettrack``."""

from targettrack.cli import process

process()
