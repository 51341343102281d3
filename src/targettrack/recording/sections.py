"""Sections: lines of words among the figures of a table (a place, ``Trong đó:``, a unit), and what they say of the figures below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from targettrack.language import tr
from targettrack.program import translation
from targettrack.program.model import Program
from targettrack.program.names import fold
from targettrack.recording import units, vocabulary
from targettrack.recording.header import is_figure, is_period, names_period, shown
from targettrack.recording.layout import PLAN, Field, Layout
from targettrack.recording.mapping import About, looked_up
from targettrack.recording.mapping import Section as Told
from targettrack.recording.table import Value
from targettrack.recording.units import Unit
from targettrack.recording.written import value_of
from targettrack.regex import regex


class Line(NamedTuple):
    """A row without figures: its number from 0, its words, and whether they say a unit, name something that has figures elsewhere, or may say what the figures below are of."""

    row: int
    text: str
    kind: Literal["unit", "name", "section"]


_BESIDE = frozenset({"note", "flag", "source", "quote", "page", "published"})
_NUMBERING = regex(r"[(\[]?(?:[IVXLC]+|[A-Za-zĐđ]|[0-9]+(?:\.[0-9]+)*)[.)\]:]*")
"""What numbers a line, beside its words."""


def lines(layout: Layout, known: Callable[[str], bool]) -> Iterator[Line]:
    """The rows of words alone among the figures, where ``known`` says whether an indicator is called so."""
    columns = layout.amounts_at
    for row in range(layout.first, layout.last_figure):
        found = None if _has_figures(layout.sheet.rows[row], columns) else _line(layout, row, known)
        if found is not None:
            yield found


def _has_figures(cells: Sequence[Value], columns: Sequence[int]) -> bool:
    """Whether a row surely is one of figures, as nearly all are: something stands where figures do, and something else before it."""
    for at in columns:
        if at < len(cells) and (found := cells[at]) != "":
            return cells[0] not in ("", found)
    return False


def _line(layout: Layout, row: int, known: Callable[[str], bool]) -> Line | None:
    cells = layout.sheet.rows[row]
    filled = [at for at, cell in enumerate(cells) if isinstance(cell, str) and shown(cell)]
    if not filled or row in layout.unit_rows or any(cell != "" and not isinstance(cell, str) for cell in cells):
        return None
    if row in layout.sheet.hidden_rows and not layout.map.hidden:
        return None
    if any(is_figure(cells[at]) and not _may_number(layout, at, shown(cells[at])) for at in filled):
        return None
    texts = list(dict.fromkeys(shown(cells[at]) for at in filled))
    words = [text for text in texts if not _NUMBERING.fullmatch(text)] or texts
    if _is_row_of_figures(layout, filled, words) or _says_period(layout, row):
        return None
    text = _BETWEEN.join(words)
    name = layout.one("indicator")
    told = looked_up(layout.map.sections, text) is not None
    if not told and name is not None and (known(text) or known(shown(layout.value(row, name.at)))):
        return Line(row, text, "name")
    says_unit = not told and all(_says_unit(layout, text) for text in words)
    return Line(row, words[0] if says_unit else text, "unit" if says_unit else "section")


_BETWEEN = " / "


def _says_unit(layout: Layout, text: str) -> bool:
    """Whether words are a unit and nothing else; a plain word is one only in brackets, or behind a word for it."""
    return units.is_statement(text) or (
        units.whole(text, layout.known) is not None and units.said(text, layout.known) != ()
    )


def _may_number(layout: Layout, at: int, text: str) -> bool:
    """Whether a cell that looks like a figure may be the number of its line: it stands where no figures do."""
    beside = at >= len(layout.fields) or not layout.fields[at].amounts
    return beside and _NUMBERING.fullmatch(text) is not None


def _is_row_of_figures(layout: Layout, filled: Sequence[int], words: Sequence[str]) -> bool:
    """Whether a row has words where figures stand, all that other rows have beside their figures, or only a note."""
    fields = [layout.fields[at] for at in filled if at < len(layout.fields)]
    if any(each.amounts for each in fields):
        return len(words) > 1
    labels = [each.at for each in layout.fields if _labels(layout, each)]
    return all(each.role in _BESIDE for each in fields) or (len(labels) > 1 and set(labels) <= set(filled))


def _labels(layout: Layout, each: Field) -> bool:
    """Whether a column says what the figures of a row are of, as most rows have it."""
    return each.role is not None and not each.figures and each.role not in _BESIDE and layout.has_content(each.at)


def _says_period(layout: Layout, row: int) -> bool:
    columns = [each for role in ("period", "year") for each in layout.by_role.get(role, ())]
    return any(names_period(layout.value(row, each.at), layout.year) for each in columns)


# ---------------------------------------------------------------- which of them change nothing

_TOPICS = regex(
    r"(?i)\b(?:chỉ tiêu|chi tieu|kinh tế|xã hội|môi trường|phát triển|bền vững|chủ yếu|tổng hợp|lĩnh vực|nhóm|các|về|và|của|một số|"
    r"indicators?|targets?|econom(?:y|ic|ics)|soci(?:al|ety)|environment(?:al)?|sustainab(?:le|ility)|development|main|key|general|other|and|the|of|"
    r"indikatoren|kennzahlen|wirtschaft|soziales|umwelt|und|indicateurs?|économie|économiques?|sociaux|environnement|et)\b"
)
"""Words of which no figure can be a part: headings that group indicators consist of them."""
_AGAIN = regex(r"(?i)\(?\s*\b(?:tiếp theo|tiep theo|tiếp|continued|cont['’]d|cont|fortsetzung|suite)\b\.?\s*\)?")


_PAGE = regex(
    r"(?i)(?:trang|page|seite|biểu|bảng|phụ lục|table|tabelle|tableau)\s*(?:số\s*)?[0-9]{1,3}(?:[./][0-9]{1,3})?"
)
"""The number of a page, or of a table."""
_PARTS = regex(
    r"(?i)\b(?:trong đó|trong do|of which|thereof|davon|dont|including|bao gồm|chia ra|chia theo|phân theo|theo|by|nam|nữ|nam giới|nữ giới|males?|females?|m[ae]n|wom[ae]n|"
    r"boys|girls|nông thôn|thành thị|đô thị|urban|rural|miền núi|đồng bằng|khu vực|nhà nước|ngoài nhà nước|có vốn|fdi|state|private|foreign|domestic|trong nước|nước ngoài|"
    r"tỉnh|thành phố|tp|quận|huyện|thị xã|thị trấn|xã|phường|vùng|miền|city|province|provinces|district|districts|region|regions|county|communes?|wards?|"
    r"quý|tháng|năm|quarter|month|year|dân tộc|kinh|hộ nghèo|trẻ em|children|age|tuổi)\b"
)
"""Words of what figures are broken down by, or of when they are: never those of a heading that changes nothing."""
_PLACES = frozenset(
    map(
        fold,
        [
            "Hà Nội",
            "Hải Phòng",
            "Đà Nẵng",
            "Huế",
            "Thừa Thiên Huế",
            "Cần Thơ",
            "Hồ Chí Minh",
            "Sài Gòn",
            "An Giang",
            "Bà Rịa - Vũng Tàu",
            "Bắc Giang",
            "Bắc Kạn",
            "Bạc Liêu",
            "Bắc Ninh",
            "Bến Tre",
            "Bình Định",
            "Bình Dương",
            "Bình Phước",
            "Bình Thuận",
            "Cà Mau",
            "Cao Bằng",
            "Đắk Lắk",
            "Đắk Nông",
            "Điện Biên",
            "Đồng Nai",
            "Đồng Tháp",
            "Gia Lai",
            "Hà Giang",
            "Hà Nam",
            "Hà Tĩnh",
            "Hải Dương",
            "Hậu Giang",
            "Hòa Bình",
            "Hưng Yên",
            "Khánh Hòa",
            "Kiên Giang",
            "Kon Tum",
            "Lai Châu",
            "Lâm Đồng",
            "Lạng Sơn",
            "Lào Cai",
            "Long An",
            "Nam Định",
            "Nghệ An",
            "Ninh Bình",
            "Ninh Thuận",
            "Phú Thọ",
            "Phú Yên",
            "Quảng Bình",
            "Quảng Nam",
            "Quảng Ngãi",
            "Quảng Ninh",
            "Quảng Trị",
            "Sóc Trăng",
            "Sơn La",
            "Tây Ninh",
            "Thái Bình",
            "Thái Nguyên",
            "Thanh Hóa",
            "Tiền Giang",
            "Trà Vinh",
            "Tuyên Quang",
            "Vĩnh Long",
            "Vĩnh Phúc",
            "Yên Bái",
            "Hà Tây",
            "Việt Nam",
        ],
    )
)
"""The provinces of Viet Nam, folded."""


def is_heading(line: Line, layout: Layout, program: Program) -> bool:
    """Whether words surely change nothing of the figures below: those of a heading of indicators, of the whole, of the program itself, or of a title that stands above the table."""
    bare = _AGAIN.sub(" ", line.text).strip(" .:-–—")
    bare = re.sub(rf"^(?:{_NUMBERING.pattern})[\s.):-]+", "", bare).strip()
    if (
        not fold(bare)
        or _NUMBERING.fullmatch(bare)
        or fold(bare) in vocabulary.TOTALS
        or not fold(_TOPICS.sub(" ", bare))
    ):
        return True
    if _PAGE.fullmatch(bare) or _names_its_column(bare, line, layout):
        return True
    header = program.header
    own = (program.id, header.name, header.place, *header.aliases, *translation.names(program))
    titles = [fold(_AGAIN.sub(" ", title)) for title in layout.above]
    if fold(bare) in {fold(each) for each in own if each} or fold(_AGAIN.sub(" ", line.text)) in titles:
        return True
    return _is_numbered(line, layout) and _names_a_group(bare, layout)


def _names_its_column(text: str, line: Line, layout: Layout) -> bool:
    """Whether words only say once more what stands in their column; ``Nam`` does not, which is a year without its mark, and men."""
    at = next(at for at, cell in enumerate(layout.sheet.rows[line.row]) if cell != "")
    role = layout.fields[at].role if at < len(layout.fields) else None
    return role is not None and vocabulary.role_of(text) == role and text.casefold() != "nam"


def _is_numbered(line: Line, layout: Layout) -> bool:
    """Whether a line has the number of a chapter before its words, where the row of figures below has that of a row."""
    cells = layout.sheet.rows[line.row]
    at = next(at for at, cell in enumerate(cells) if cell != "")
    below = next(
        (row for row in range(line.row + 1, layout.last_figure + 1) if shown(layout.sheet.value(row, at))), None
    )
    if below is None or sum(cell != "" for cell in cells) < 2:
        return False
    return bool(_CHAPTER.fullmatch(shown(cells[at])) and _ROW.fullmatch(shown(layout.sheet.value(below, at))))


_CHAPTER = regex(r"[(\[]?(?:[IVX]+|[A-ZĐ])[.)\]]*")
_ROW = regex(r"[(\[]?[0-9]+(?:\.[0-9]+)*[.)\]]*")


def _names_a_group(text: str, layout: Layout) -> bool:
    """Whether words are those of a group of indicators, and not of a place, a part, a period or a plan: a proper name has capitals within."""
    if fold(text) in _PLACES or _PARTS.search(text) or PLAN.search(text) or any(map(str.isdigit, text)):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    proper = not text.isupper() and len(words) > 1 and all(word[0].isupper() for word in words)
    return bool(words) and not proper and not is_period(text, layout.year)


# ---------------------------------------------------------------- what they say of the rows below


class _Place(NamedTuple):
    """How far the words of a row are indented, a dash before them counted, and whether the row has a number of its own."""

    indent: int
    numbered: bool


_DASH = regex(r"\s*(?:[-–—•*·]|\+)\s*(?=[^\W\d])")


def _place(layout: Layout, row: int) -> _Place:
    """Where the words of a row stand."""
    texts = [cell for cell in layout.sheet.rows[row] if cell != ""]
    number = len(texts) > 1 and _NUMBERING.fullmatch(shown(texts[0])) is not None
    text = next((cell for cell in texts[number:] if isinstance(cell, str)), "")
    dash = _DASH.match(text)
    return _Place(_DEEP * ("+" in dash[0]) + len(dash[0]) + 1 if dash else len(text) - len(text.lstrip()), number)


_DEEP = 2


@dataclass(eq=False)
class _Open:
    """A section that is not ended: its line, what the mapping says of it (None where nobody did), where its words and those of the first row below stand, and whether it was told."""

    line: Line
    about: Told | None
    place: _Place
    inner: _Place | None = None
    asked: bool = False

    def ended(self, place: _Place) -> bool:
        """Whether a row stands outside: as far out as its words, where the first row below stood further in; or with a number of its own, where neither of these had one."""
        inner = self.inner
        if inner is None:
            return False
        return (inner.indent > self.place.indent and place.indent <= self.place.indent) or (
            place.numbered and not inner.numbered and not self.place.numbered
        )

    @property
    def names(self) -> frozenset[str]:
        """The parts that it says."""
        return frozenset(name for name, _ in self.about.disaggregation) if self.about else frozenset()


@dataclass(eq=False)
class Sections:
    """What the lines above a row say of it, while the rows of a table are read from the top."""

    layout: Layout
    program: Program
    known: Callable[[str], bool]
    open: list[_Open] = field(default_factory=list)
    of_line: tuple[Unit, ...] | None = None
    of_section: tuple[Unit, ...] | None = None
    figured: bool = False
    told: dict[str, None] = field(default_factory=dict)
    headings: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)

    @cached_property
    def lines(self) -> Mapping[int, Line]:
        """The lines by their rows."""
        return {each.row: each for each in lines(self.layout, self.known)}

    @property
    def units(self) -> tuple[Unit, ...] | None:
        """The units that a line says of all below it; None where none does."""
        return self.of_section or self.of_line

    @property
    def abouts(self) -> tuple[About, ...]:
        """What the mapping says of the sections that a row lies in, the innermost first."""
        return tuple(each.about for each in reversed(self.open) if each.about is not None)

    def begin(self, row: int) -> bool:
        """Go to a row; whether what holds of it has changed."""
        line = self.lines.get(row)
        if line is None:
            return bool(self.open) and self.left_by(row)
        where = f'"{line.text}" ({self.layout.sheet.address(row, self.column(row))})'
        if line.kind == "unit":
            self.of_line = units.said(line.text, self.layout.known) or None
            self.told[tr("{line} says the unit of what stands below", line=where)] = None
        elif line.kind == "name":
            self.names[where] = None
        else:
            self.section(line, where)
        return True

    def column(self, row: int) -> int:
        """The first column that has words in a row."""
        return next(at for at, cell in enumerate(self.layout.sheet.rows[row]) if cell != "")

    def section(self, line: Line, where: str) -> None:
        """Begin a section, by what the mapping says of it."""
        self.of_section = units.said(line.text, self.layout.known) or None
        about = looked_up(self.layout.map.sections, line.text) or self.layout.map.sections.get("others")
        plain = not self.open and about is None and is_heading(line, self.layout, self.program)
        if plain or (about is not None and about.is_ == "heading"):
            self.headings[where] = None
        elif about is not None and about.is_ == "whole":
            self.open.clear()
            self.told[tr("{line} ends the sections before it", line=where)] = None
        else:
            self.enter(_Open(line, about, _place(self.layout, line.row)))

    def enter(self, new: _Open) -> None:
        """Go into a section: it ends those that nobody said anything of or that are skipped, and those that say the same parts, with all inside of them."""
        kept: list[_Open] = []
        for each in self.open:
            if each.about is None or each.about.skip is not None or each.names & new.names:
                break
            if not each.names and self.figured:
                break
            kept.append(each)
        self.open = [*kept, new]
        self.figured = False

    def left_by(self, row: int) -> bool:
        """Whether a row ends sections: it stands as far out as their words, and the rows before it further in."""
        place = _place(self.layout, row)
        kept = [each for each in self.open if not each.ended(place)]
        changed = len(kept) < len(self.open)
        self.open = kept
        for each in kept:
            each.inner = place if each.inner is None else each.inner
        return changed

    def taken(self) -> Iterator[Line]:
        """Say that figures were taken in a row; the sections above it that nobody said anything of, each once."""
        self.figured = True
        for each in self.open:
            if each.about is None and not each.asked:
                each.asked = True
                yield each.line
            elif each.about is not None and not each.asked:
                each.asked = True
                self.told[_holds(each)] = None

    def said(self) -> Iterator[str]:
        """What was found out, for the person who gave the file."""
        if self.headings:
            yield tr("taken for headings that change nothing: {lines}", lines=_listed(self.headings))
        if self.names:
            yield tr("nothing but a name, and no figure: {lines}", lines=_listed(self.names))
        yield from self.told


def _listed(lines: Mapping[str, None]) -> str:
    named = list(lines)
    more = tr(" and {count} more", count=len(named) - _MOST) if len(named) > _MOST else ""
    return ", ".join(named[:_MOST]) + more


_MOST = 20


def _holds(each: _Open) -> str:
    about = each.about
    pairs = ", ".join(f"{name}={value}" for name, value in about.disaggregation) if about else ""
    if pairs:
        return tr(
            'below "{text}" (row {row}) the figures are of {pairs}',
            text=each.line.text,
            row=each.line.row + 1,
            pairs=pairs,
        )
    return tr(
        'below "{text}" (row {row}) the mapping says what the figures are of',
        text=each.line.text,
        row=each.line.row + 1,
    )


def asked(text: str) -> str:
    """What a section may be, as a mapping says it."""
    return tr(
        '{{ disaggregation = {{ NAME = {text} }} }}, "heading" where it changes nothing, "whole" where it ends those before it, or {{ skip = "why" }}',
        text=value_of(text),
    )


def hint(text: str) -> str:
    """What to write of a section in the mapping."""
    return tr("say it in the mapping: [sections] {text} = {ways}", text=value_of(text), ways=asked(text))


def of_table(layout: Layout, program: Program, known: Callable[[str], bool]) -> list[str]:
    """The sections of a table with figures below them that a person has to say something of, each once."""
    found: dict[str, Line] = {}
    waiting: list[Line] = []
    there = {each.row: each for each in lines(layout, known) if each.kind == "section"}
    for row in range(layout.first, layout.last_figure + 1):
        if line := there.get(row):
            waiting.append(line)
        elif waiting and any(is_figure(layout.sheet.value(row, each.at)) for each in layout.of_figures):
            found |= {each.text: each for each in waiting}
            waiting.clear()
    told = layout.map.sections
    return [
        text for text, each in found.items() if looked_up(told, text) is None and not is_heading(each, layout, program)
    ]


def units_of(layout: Layout) -> list[Unit]:
    """The units that lines among the figures say."""
    found = lines(layout, lambda text: False)  # noqa: ARG005 - a unit is one, whatever else is called so
    return [unit for each in found for unit in units.said(each.text, layout.known)]
