"""Tables: the options that say how a file of figures is to be read, and the mapping that lies beside a program."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from targettrack.cli import _say
from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import mark, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targettrack.cli._input import Opened
    from targettrack.program.model import Program
    from targettrack.recording.mapping import Document, TableMap
    from targettrack.recording.table import Wishes
    from targettrack.recording.taking import Taken


def _text(name: str, metavar: str, help: str) -> Any:  # noqa: ANN401
    return typer.Option(name, metavar=metavar, help=help, show_default=False)


Map = Annotated[
    str | None,
    _text(
        "--map",
        "FILE",
        mark(
            "The mapping: what the sheets and columns are.  [default: the one beside the program that names the file, or PROGRAM.import.toml]"
        ),
    ),
]
Sheet = Annotated[list[str] | None, _text("--sheet", "NAME", mark("The sheet of a workbook to read (again for more)."))]
Kind = Annotated[
    str | None,
    _text("--kind", "KIND", mark("What kind of file it is, where that is not recognized: csv, xlsx, json, sdmx-csv …")),
]
Encoding = Annotated[
    str | None,
    _text("--encoding", "NAME", mark("How its text is encoded: utf-8, utf-16, cp1258, cp1252, tcvn3, vni …")),
]
ColumnIs = Annotated[
    list[str] | None,
    _text(
        "--column", "WHAT=NAME", mark("Which column is what: period=Year, value=Amount, skip=Rank (again for more).")
    ),
]
Parts = Annotated[
    str | None, _text("--parts", "NAMES", mark("The columns that the figures are broken down by: sex,region."))
]
MissingSigns = Annotated[
    list[str] | None, _text("--missing", "SIGN", mark("What stands for no figure (again for more): '..'."))
]
Decimal = Annotated[
    str | None, _text("--decimal", "SIGN", mark("The sign before decimals, , or . where it may be either."))
]


def overridden(
    map: TableMap,
    *,
    sheet: Sequence[str] | None = None,
    column: Sequence[str] | None = None,
    parts: str | None = None,
    missing: Sequence[str] | None = None,
    decimal: str | None = None,
    document: Document | None = None,
) -> TableMap:
    """A mapping with what options say on top of it."""
    from targettrack.recording import mapping  # noqa: PLC0415 - completion and help load no more than the options

    if decimal not in {None, ",", "."}:
        raise typer.BadParameter(tr("--decimal is . or ,"))
    columns: dict[str, Any] = {}
    for text in column or ():
        role, sign, name = text.partition("=")
        if not (sign and role.strip() and name.strip()):
            raise typer.BadParameter(
                tr('--column names what it is and the column: period=Year; "{text}" does not', text=text)
            )
        if role.strip() == "skip":
            columns[name.strip()] = mapping.Column(skip=tr("--column says so"))
            continue
        if role.strip() not in mapping.ROLES and not role.strip().startswith(mapping.PART):
            raise typer.BadParameter(
                tr("--column: {role} is nothing that a column can be; known: {known}, part:NAME, skip", role=role.strip(), known=", ".join(mapping.ROLES))
            )  # fmt: skip
        columns[name.strip()] = mapping.Column(is_=role.strip())
    for name in (each.strip() for each in (parts or "").split(",")):
        if name:
            columns[name] = mapping.Column(is_=f"{mapping.PART}{name}")
    return replace(
        map,
        sheet=tuple(sheet) if sheet else map.sheet,
        columns={**map.columns, **columns},
        missing=(*map.missing, *(missing or ())),
        source=document or map.source,
        decimal=decimal or map.decimal,  # type: ignore[arg-type]  # one of the two, as asked above
    )


def nothing() -> TableMap:
    """A mapping that says nothing."""
    from targettrack.recording import mapping  # noqa: PLC0415 - completion and help load no more than the options

    return mapping.TableMap()


def all_of(indicator: str | None, period: str | None) -> TableMap:
    """A mapping that says of which indicator and period all figures are."""
    from targettrack.recording import mapping  # noqa: PLC0415 - completion and help load no more than the options

    return mapping.TableMap(all=mapping.About(indicator=indicator, period=period))


def needed(opened: Opened, **options: object) -> None:
    """Refuse options that say how a table is read where a file is in our own shape, which they would change nothing of."""
    given = [f"--{option}" for option, value in options.items() if value]
    if opened.ours and given:
        said = tr(
            "this file is in the shape that show prints, of which {options} says nothing", options=", ".join(given)
        )
        raise failure(Exit.USAGE, "usage", said, hint=tr("leave it out"), file=opened.path)


def told(opened: Opened, taken: Taken, mapping: Path | None = None) -> None:
    """Say on stderr by which mapping a file was read, what was found out of it, and every cell that was not taken, grouped; of one in our own shape there is nothing to say."""
    from targettrack.pages.import_ import left_sentences  # noqa: PLC0415 - completion and help load no more than the options

    if opened.ours or taken.problems:
        return
    figures = tr_n(len(taken.rows), "{count} figure", "{count} figures")
    _say.remark(tr("{file}: read as {kind}: {figures}", file=opened.path, kind=opened.kind, figures=figures))
    if mapping is not None:
        _say.item(tr("read by the mapping {path}", path=mapping))
    for text in (*taken.said, *left_sentences(taken.left)):
        _say.item(text)


def wishes(map: TableMap, encoding: str | None) -> Wishes:
    """What is known of a file before it is read."""
    from targettrack.recording.table import Wishes  # noqa: PLC0415 - completion and help load no more than the options

    return Wishes(encoding or map.encoding, map.delimiter)


def mapping_of(option: str | None, program_file: str) -> tuple[TableMap, Path | None]:
    """The mapping that an option names, else the first one that lies beside the program, else one that says nothing.

    Raises:
        TargettrackError: it cannot be read (exit 5), or it is wrong, or asks for choices that nobody made (exit 4).

    """
    from targettrack.store import mappings  # noqa: PLC0415 - completion and help load no more than the options

    path = _named(option) if option is not None else mappings.default(program_file)
    return _read(path if option is not None or path.exists() else None)


def mapping_for(
    opened: Opened, option: str | None, program: Program, sheet: Sequence[str] | None, again: str
) -> tuple[TableMap, Path | None]:
    """The mapping that an option names, else the one that lies beside the program for this file, else one that says nothing; a file in our own shape needs none.

    Raises:
        TargettrackError: as for ``mapping_of``; or those that lie there are for other files, or several for this one (exit 2).

    """
    from targettrack.store import mappings  # noqa: PLC0415 - completion and help load no more than the options

    if option is not None:
        return _read(_named(option))
    try:
        return _read(mappings.chosen(program.file, _names(opened, program), sheet or (), again))
    except TargettrackError as error:
        if opened.ours and {problem.code for problem in error.problems} == {"no-mapping"}:
            return nothing(), None
        raise


def _names(opened: Opened, program: Program) -> list[str]:
    """What a file is called: now, and when the very same was recorded, should somebody have renamed it since."""
    file = opened.file
    return [file.name, *(each.file for each in program.sources.values() if each.file and each.sha256 == file.sha256)]


def _named(option: str) -> Path:
    if not option:
        raise typer.BadParameter(tr("--map names no file"))
    return Path(option)


def _read(path: Path | None) -> tuple[TableMap, Path | None]:
    from targettrack.recording import mapping  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import mappings  # noqa: PLC0415 - completion and help load no more than the options

    return (nothing(), None) if path is None else (mapping.read(mappings.text(path), str(path)), path)


def again(program: str, file: str, targets: str | None, *more: str) -> str:
    """The command that imports a file, as it is to be typed."""
    place = ["--targets", targets] if targets else []
    return shlex.join(["targettrack", "import", program, "-" if file == "stdin" else file, *place, *more])
