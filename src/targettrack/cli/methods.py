"""methods: The methods that judge: their questions, what they need, their labels and where they come from."""

from __future__ import annotations

from targettrack.cli import _options, _output, _programs

EPILOG = "\b\nExamples:\n  targettrack methods\n  targettrack methods --json"


def command(json: _options.Json = False, color: _options.Color = "auto") -> int:
    """Print one block a method."""
    from targettrack.pages.methods import Methods  # noqa: PLC0415 - completion and help load no more than the options

    _output.emit(Methods(tuple(_programs.rules())), "json" if json else "table", None, color)
    return 0
