"""Days: a day of the command line as people write it, also as one before today; what may be two days is refused with both."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import typer

from targettrack import period
from targettrack.language import tr

_AGO = {
    **dict.fromkeys(("day", "days", "ngày"), ("days", 1)),
    **dict.fromkeys(("week", "weeks", "tuần"), ("days", 7)),
    **dict.fromkeys(("month", "months", "tháng"), ("months", 1)),
    **dict.fromkeys(("year", "years", "năm"), ("months", 12)),
}
_TODAY, _YESTERDAY = {"today", "now", "hôm nay"}, {"yesterday", "hôm qua"}


def current() -> date:
    """The day on which a command runs; the clock is read here and nowhere else."""
    return date.today()  # noqa: DTZ011


def parsed(text: str) -> date:
    """A day, or the last day of a month or a year: ``2026-11-30``, ``30/11/2026``, ``30 Nov 2026``, ``yesterday``, ``2 weeks ago``.

    Raises:
        typer.BadParameter: it is none, or may be two.

    """
    try:
        return period.partial_date(text).last
    except period.PeriodError as error:
        found = written(text)
        if found is None:
            raise typer.BadParameter(str(error)) from None
        return found


def revision(text: str) -> str:
    """A revision, or a day, as git and we write it; what is no day in words or in another country's order is as it stands."""
    try:
        date.fromisoformat(text)
    except ValueError:
        found = written(text, whole_days=True)
        return text if found is None else found.isoformat()
    return text


def written(text: str, *, whole_days: bool = False) -> date | None:
    """A day in words, or in another order than ours; None where it is no day.

    Raises:
        typer.BadParameter: it may be two.

    """
    from targettrack.recording import stretches  # noqa: PLC0415 - most days are written plainly

    bare = " ".join(text.split()).casefold()
    if bare in _TODAY | _YESTERDAY:
        return current() - timedelta(days=bare in _YESTERDAY)
    if ago := re.fullmatch(r"([0-9]{1,4}) (\w+) (?:ago|trước)", bare):
        return _before(int(ago[1]), *_AGO[ago[2]]) if ago[2] in _AGO else None
    found = stretches.stretch(text, period.CALENDAR)
    if isinstance(found, stretches.UnclearPeriod):
        raise typer.BadParameter(stretches.said(found))
    if not isinstance(found, period.Period) or not (found.is_day or (found.months in {1, 12} and not whole_days)):
        return None
    return found.last


def _before(count: int, unit: str, each: int) -> date:
    """The day so many days or months before today; of a shorter month the last one."""
    if unit == "days":
        return current() - timedelta(days=count * each)
    month = current().year * 12 + current().month - 1 - count * each
    year, place = divmod(month, 12)
    if year < 1:
        raise typer.BadParameter(tr("that is before all years"))
    return date(year, place + 1, min(current().day, calendar.monthrange(year, place + 1)[1]))
