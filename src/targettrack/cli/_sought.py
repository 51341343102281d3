"""Sought: the promises that are asked for by who is responsible, where, by what they say, and by when they fall due next."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.frozen import frozen
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from targettrack.assessment.row import Row

Responsible = Annotated[
    str | None,
    typer.Option(
        "--responsible",
        metavar="TEXT",
        help=mark("Only promises of an office whose name holds this text: the indicator's, else the program's owner."),
        show_default=False,
    ),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--place", metavar="TEXT", help=mark("Only programs of a place whose name holds this text."), show_default=False
    ),
]
Grep = Annotated[
    str | None,
    typer.Option(
        "--grep",
        metavar="TEXT",
        help=mark("Only promises with this text in a name, a quote or a note, in any case, with or without marks."),
        show_default=False,
    ),
]
Next = Annotated[
    str | None,
    typer.Option(
        "--next",
        metavar="TIME",
        help=mark("Only promises that fall due within this time: 90d, 8w, 12m, 2y."),
        show_default=False,
    ),
]

Todo = Annotated[
    bool,
    typer.Option(
        "--todo",
        help=mark("Only what somebody should look for: results awaited, nothing newer, not searched for, no source."),
    ),
]


@frozen(eq=True)
class Sought:
    """What is asked for; a promise must fit all of it."""

    responsible: str | None = None
    place: str | None = None
    grep: str | None = None
    first: date | None = None
    last: date | None = None
    todo: date | None = None

    def keeps(self, row: Row) -> bool:
        """Whether a promise is asked for; ``todo`` is the day on which there is something to do about it."""
        from targettrack.assessment.todo import task  # noqa: PLC0415 - completion and help load no more than the options

        header, indicator = row.program.header, row.indicator
        office = (indicator.responsible if indicator else None) or header.owner
        return (
            _holds(self.responsible, office)
            and _holds(self.place, header.place)
            and (self.grep is None or any(_holds(self.grep, text) for text in _texts(row)))
            and self._in_time(row)
            and (self.todo is None or task(row, self.todo) is not None)
        )

    def _in_time(self, row: Row) -> bool:
        if self.first is None or self.last is None:
            return True
        return row.due is not None and self.first <= row.due.last <= self.last


def sought(
    day: date, responsible: str | None, place: str | None, grep: str | None, within: str | None, *, todo: bool
) -> Sought | None:
    """What is asked for on a day; None where everything is.

    Raises:
        typer.BadParameter: ``within`` is no time.

    """
    if not any((responsible, place, grep, within, todo)):
        return None
    last = None if within is None else _until(day, within)
    return Sought(responsible, place, grep, None if last is None else day, last, day if todo else None)


_DAYS, _MONTHS = {"d": 1, "w": 7}, {"m": 1, "y": 12}


def _until(day: date, text: str) -> date:
    """The last day of a time from a day on; of a shorter month its last day."""
    found = re.fullmatch(r"([1-9][0-9]{0,3}) ?([dwmy])", text.strip().casefold())
    if found is None:
        raise typer.BadParameter(tr("--next is a time such as 90d, 8w, 12m or 2y"))
    count, unit = int(found[1]), found[2]
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    year, place = divmod(day.year * 12 + day.month - 1 + count * _MONTHS[unit], 12)
    if year > date.max.year:
        raise typer.BadParameter(tr("--next is a time such as 90d, 8w, 12m or 2y"))
    return date(year, place + 1, min(day.day, calendar.monthrange(year, place + 1)[1]))


def _holds(asked: str | None, text: str | None) -> bool:
    """Whether a text has another one in it, in any case and with any marks."""
    from targettrack.program.names import fold  # noqa: PLC0415 - only who asks for words needs it

    return asked is None or (text is not None and fold(asked) in fold(text))


def _texts(row: Row) -> Iterator[str | None]:
    """What a promise says of itself."""
    header, indicator, promise = row.program.header, row.indicator, row.promise
    yield from (row.program.id, header.name, promise.quote, promise.document, *row.notes)
    if indicator is not None:
        yield from (row.indicator_id, indicator.name, indicator.definition)
    yield from (f"{name} {text}" for name, text in row.disaggregation)
    yield getattr(promise, "text", None)
