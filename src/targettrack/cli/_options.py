"""The options that several commands share, and what they may say."""

from __future__ import annotations

from typing import Annotated

import typer

from targettrack.language import mark, tr


def known_color(when: str) -> str:
    """``--color``, refused where it says nothing that we know."""
    if when not in {"auto", "always", "never"}:
        raise typer.BadParameter(tr("it is auto, always or never"))
    return when


Programs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PROGRAM",
        help=mark("Programs.  [default: all]"),
        show_default=False,
    ),
]
Targets = Annotated[
    str | None,
    typer.Option(
        "--targets",
        metavar="DIR",
        help=mark("The targets folder.  [default: TARGETTRACK_TARGETS, else the nearest targets/ upwards]"),
        show_default=False,
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="DATE", help=mark("Judge by what was known on this day.  [default: today]"), show_default=False
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=mark("{formats}.  [default: table, or by the ending of -o]"),
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help=mark("The same as --format json."))]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=mark("Write into a file, whose ending gives the format; - is stdout."),
        show_default=False,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAMES",
        help=mark("Only these columns, of csv or as a table: program,status,gap; all has every one."),
        show_default=False,
    ),
]
Decimal = Annotated[
    str,
    typer.Option(
        "--decimal",
        metavar="SIGN",
        help=mark(
            "The sign before decimals in csv: , with --delimiter ';' where spreadsheets write 0,5.  [default: .]"
        ),
        show_default=False,
    ),
]
Delimiter = Annotated[
    str,
    typer.Option(
        "--delimiter",
        metavar="SIGN",
        help=mark("The sign between the cells of csv: , or ; or tab.  [default: ,]"),
        show_default=False,
    ),
]
Color = Annotated[
    str, typer.Option("--color", metavar="WHEN", help=mark("Colours: auto, always or never."), callback=known_color)
]
Method = Annotated[str, typer.Option("--method", metavar="NAME", help=mark("Add the verdict of a published method."))]
