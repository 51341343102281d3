"""Left: the cells of a table that look like figures and were not taken, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from targettrack.language import mark, tr

Why: TypeAlias = Literal[
    "hidden", "uncalculated", "error", "missing", "no-indicator", "skipped", "no-period", "no-answer", "no-number", "words",
    "digits", "code", "groups", "reversed", "inclusive", "open-range", "percent", "per-mille", "power", "parentheses", "minus",
    "limits", "unclear", "outside", "date", "unit", "another-unit", "inexact-range", "one-end", "header", "another-table", "multiplier", "multiplied", "merged", "refused",
]  # fmt: skip
_SAID: Mapping[Why, str] = {
    "hidden": mark("in a hidden row or column"),
    "uncalculated": mark("a formula that nobody has calculated: open the file in a spreadsheet and save it"),
    "error": mark("an error of the spreadsheet"),
    "missing": mark("marked as missing"),
    "no-indicator": mark("no indicator of the program is called so: {about}"),
    "skipped": mark("skipped: {about}"),
    "no-period": mark("of no period: {about}"),
    "no-answer": mark("no answer of a milestone, which is yes or no"),
    "no-number": mark("no number"),
    "words": mark("a number with something else beside it"),
    "digits": mark("digits other than 0 to 9"),
    "code": mark("a code with a zero before it, no number"),
    "groups": mark("points, commas or spaces that do not part thousands and decimals"),
    "reversed": mark("a range whose lower end does not come first"),
    "inclusive": mark("a number or more, or less; a figure is about, over or under a number"),
    "open-range": mark("a range with a word before it"),
    "percent": mark("a range, only one end of which is a percentage"),
    "per-mille": mark("a figure in per mille"),
    "power": mark("a power that is not written out"),
    "parentheses": mark("a number in parentheses, below zero or that of a footnote"),
    "minus": mark("a minus sign that does not stand right before its number"),
    "limits": mark("more digits than are kept"),
    "unclear": mark("more than one reading"),
    "outside": mark("outside of the rows and columns of figures"),
    "date": mark("a date, no figure"),
    "unit": mark("a percentage, but {about} is not measured in percent"),
    "another-unit": mark("in a unit that is not the indicator's: {about}"),
    "inexact-range": mark("a range that is itself inexact"),
    "one-end": mark("one end of a range, and the other is none"),
    "header": mark("the header again, or the numbers of its columns"),
    "another-table": mark("below another header: {about}"),
    "refused": mark("not read: something is wrong with the table as a whole"),
    "multiplied": mark("a percentage, which nothing is to multiply"),
    "merged": mark("one figure in merged cells, of several rows or columns"),
    "multiplier": mark("multiplied by what is no power of ten: {about}"),
}


_TAKES: Mapping[Why, str] = {
    "hidden": mark("hidden = true in the mapping takes them"),
    "another-table": mark("header and rows in the mapping say which table is read"),
}
"""What in a mapping takes such cells."""
NOTHING_LOST: frozenset[Why] = frozenset({"missing", "header", "skipped"})
"""Why a cell may be left of a table of which everything is taken."""


class Left(NamedTuple):
    """A cell that was not taken: its address, what it shows, why, and what that is about (a name; may be empty)."""

    cell: str
    text: str
    why: Why
    about: str = ""

    @property
    def reason(self) -> str:
        """Why, as the end of a sentence, and what in a mapping would take it."""
        takes = f" ({tr(_TAKES[self.why])})" if self.why in _TAKES else ""
        return self.plainly + takes

    @property
    def plainly(self) -> str:
        """Why, as the end of a sentence, where there is no mapping."""
        return tr(_SAID[self.why], about=self.about)
