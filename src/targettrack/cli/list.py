"""list: The programs: how many promises are due, kept, missed, without a result; the newest figure."""

from __future__ import annotations

from targettrack.cli import _options, _output, _programs, _sought

EPILOG = "\b\nExamples:\n  targettrack list\n  targettrack list --next 2y\n  targettrack list --on 2020-12-31 --json"


def command(
    targets: _options.Targets = None,
    on: _options.On = None,
    responsible: _sought.Responsible = None,
    place: _sought.Where = None,
    grep: _sought.Grep = None,
    next: _sought.Next = None,
    todo: _sought.Todo = False,
    format: _options.Format = None,
    json: _options.Json = False,
    output: _options.Output = None,
    columns: _options.Columns = None,
    decimal: _options.Decimal = ".",
    delimiter: _options.Delimiter = ",",
    color: _options.Color = "auto",
) -> int:
    """Print one line a program."""
    from targettrack.pages import list as overviews  # noqa: PLC0415 - completion and help load no more than the options

    name = _output.format_name(format, output, "list", targets, as_json=json)
    cut = _output.cut(name, "list", output, columns, decimal, delimiter)
    day = _programs.day(on)
    shelf = _programs.shelf(targets, [])
    page = overviews.overview(shelf.folder, shelf.loaded, shelf.unreadable, day, _programs.method("linear"))
    if found := _sought.sought(day, responsible, place, grep, next, todo=todo):
        page = page.of(found.keeps)
    if shelf.loaded or not shelf.unreadable:
        _output.emit(page, name, output, color, cut)
    return _programs.unreadable_code(shelf.unreadable, as_json=_output.json_errors(name))
