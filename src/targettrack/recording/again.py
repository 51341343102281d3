"""Again: rows among the figures that are a header once more, that of another table, or the numbers of the columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from string import ascii_lowercase
from typing import Literal

from targettrack.period import Year
from targettrack.recording import vocabulary
from targettrack.recording.header import names_period, shown, year_of
from targettrack.recording.layout import Field, Layout
from targettrack.recording.table import Value
from targettrack.regex import regex


class Again:
    """What tells a header from a row of figures in one table; ``known`` says whether an indicator is called so."""

    def __init__(self, layout: Layout, year: Year, known: Callable[[str], bool]) -> None:
        self.layout, self.sheet, self.year, self.known = layout, layout.sheet, year, known
        self.headings: dict[Value, bool] = {}

    def header(self, row: int) -> Literal["same", "other"] | None:
        """Whether a row is the header once more (or has the numbers of its columns), or that of another table, whose periods are other ones."""
        if row == self.layout.first and not self.layout.map.rows and self.numbers_columns(row):
            return "same"
        cells = self.sheet.rows[row]
        for at in self.places:
            if at < len(cells) and self.headings.get(cells[at]) is False:
                return None
        figures = [(each, cells[each.at]) for each in self.figures if each.at < len(cells) and cells[each.at] != ""]
        if not figures or not all(self.heads(value) for _, value in figures) or self.says_period(row):
            return None
        labels = [(each, text) for each in self.labels if (text := shown(self.sheet.value(row, each.at)))]
        if all(text in each.words for each, text in [*labels, *((each, shown(value)) for each, value in figures)]):
            return "same"
        return "other" if self.of_another(labels, [value for _, value in figures]) else None

    def heads(self, value: Value) -> bool:
        """Whether a cell among figures may stand in a header: a period, or a word."""
        if not isinstance(value, str):
            return names_period(value, self.year)
        if value not in self.headings:
            self.headings[value] = names_period(value, self.year) or _is_word(value)
        return self.headings[value]

    def says_period(self, row: int) -> bool:
        """Whether a row has a period where its header has the word for one: then 2000 beside it is a figure."""
        columns = [each for each in self.labels if each.role in {"period", "year"}]
        return any(names_period(self.sheet.value(row, each.at), self.year) for each in columns)

    def of_another(self, labels: Sequence[tuple[Field, str]], figures: Sequence[Value]) -> bool:
        """Whether a row that has nothing but periods and words where figures stand is another header: by the words before them, or by years that follow one another below nothing that is known."""
        periods = [value for value in figures if not _is_word(value)]
        roles = {role for _, text in labels if (role := vocabulary.role_of(text))}
        if any(text in each.words for each, text in labels) or (roles and (periods or len(roles) > 1)):
            return True
        names = [text for each, text in labels if each.role == "indicator"]
        named = any(map(self.known, names)) or (labels and not names)
        return not named and len(periods) == len(figures) and _follow(periods)

    @cached_property
    def figures(self) -> tuple[Field, ...]:
        """The columns of figures, those of plans among them."""
        return tuple(each for each in self.layout.fields if each.figures or each.heading is not None)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where these stand."""
        return tuple(each.at for each in self.figures)

    @cached_property
    def labels(self) -> tuple[Field, ...]:
        """The columns that say what the figures of a row are of."""
        return tuple(each for each in self.layout.fields if not (each.figures or each.heading is not None))

    def numbers_columns(self, row: int) -> bool:
        """Whether a row has the numbers of the columns: ``A B 1 2``, ``(1) (2) (3)=(2)-(1)``."""
        texts = [text for cell in self.sheet.rows[row] if (text := shown(cell))]
        found = [match[1] for text in texts if (match := _COLUMN_NUMBER.fullmatch(text))]
        first = next((each for each in self.layout.fields if shown(self.sheet.value(row, each.at))), None)
        if len(texts) < _FEWEST_NUMBERS or len(found) < len(texts) or first is None or first.figures:
            return False
        numbers = [each for each in found if each.isdigit()]
        letters = "".join(each.casefold() for each in found if each.isalpha())
        return numbers == [str(at) for at in range(1, len(numbers) + 1)] and ascii_lowercase.startswith(letters)


def _is_word(value: Value) -> bool:
    """Whether a cell has letters, and no digit."""
    return isinstance(value, str) and any(map(str.isalpha, value)) and not any(map(str.isdigit, value))


def _follow(periods: Sequence[Value]) -> bool:
    """Whether cells are years one after another, as those of a header."""
    years = [year for value in periods if (year := year_of(shown(value))) is not None]
    return len(years) == len(periods) > 1 and all(after == before + 1 for before, after in pairwise(years))


_COLUMN_NUMBER = regex(r"\(?([A-Za-z]|[0-9]{1,2})\)?(?:\s*=.*)?")
_FEWEST_NUMBERS = 3
