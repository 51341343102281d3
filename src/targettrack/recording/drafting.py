"""Drafting: a mapping in a table's own words, with a question mark wherever a person has to choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from targettrack.errors import Problem, TargettrackError, nearest
from targettrack.language import tr
from targettrack.program import translation
from targettrack.program.model import Program
from targettrack.program.names import fold
from targettrack.recording import amounts, imported, layout, sections, stretches, units, vocabulary
from targettrack.recording.called import Called, slug
from targettrack.recording.flagged import meanings_of
from targettrack.recording.header import is_figure, names_period, shown
from targettrack.recording.imported import File
from targettrack.recording.layout import Field, Layout
from targettrack.recording.mapping import ASKED, DATES, MEANINGS, TableMap, looked_up
from targettrack.recording.table import Book, Sheet, Value
from targettrack.recording.written import key_of, line, remark, value_of

_MOST = 300
"""So many words of a table are asked about one by one."""
_EXAMPLES = 4


def draft(book: Book, map: TableMap, program: Program, file: File, kind: str, source: str | None) -> tuple[str, int]:
    """A mapping for a file as TOML, and how many choices it leaves to a person.

    Raises:
        TargettrackError: no sheet of it has a header.

    """
    asked, map = map, imported.joined(book, map)
    sheets = _with_header(book, map, program, file)
    found = sheets[0]
    lines = [
        remark(
            tr(
                "How targettrack import reads {file} ({kind}) for {program}.",
                file=file.name,
                kind=kind,
                program=program.id,
            )
        ),
        remark(tr("Where a question mark stands, choose; what is written already was found in the table.")),
        "import = 1",
        *([line("file", file.name)] if file.path != "stdin" else []),
        line("kind", kind),
        *([line("encoding", asked.encoding)] if asked.encoding else []),
        *_sheet(book, sheets),
        *_header(found),
        *_signs(found, map, asked),
        *_manner(found, map, program),
        *_all(found, program),
        *_source(found, map, file, source, program),
        *_columns(found, book),
        *_indicators(found, program),
        *_sections(found, program),
        *_units(found, program),
        *_flags(found),
    ]
    text = "\n".join(lines) + "\n"
    return text, sum(f'= "{ASKED}"' in line for line in lines)


def _with_header(book: Book, map: TableMap, program: Program, file: File) -> list[Layout]:
    """The layouts of the sheets that can be meant, that with the most rows first."""
    chosen = [sheet for sheet in book.sheets if sheet.name in map.sheet] if map.sheet else _shown(book)
    found: list[Layout] = []
    problems: list[Problem] = []
    for sheet in chosen:
        laid, faults = layout.laid_out(sheet, map, program.year, file.path, imported.units_of(program))
        problems += faults
        if laid is not None:
            found.append(laid)
    if not found:
        raise TargettrackError(*(problems or imported.sheets(book, map, file.path)[1]))
    return sorted(found, key=lambda each: -len(each.sheet.rows))


def _shown(book: Book) -> list[Sheet]:
    return [sheet for sheet in book.sheets if not sheet.hidden and sheet.rows]


def _sheet(book: Book, sheets: Sequence[Layout]) -> Iterator[str]:
    named = [each for each in sheets if each.sheet.name]
    if len(named) == 1:
        yield line("sheet", named[0].sheet.name)
    elif named:
        yield line("sheet", ASKED, tr("one of {sheets}", sheets=", ".join(f'"{each.sheet.name}"' for each in named)))
        yield remark(
            tr('what follows is drafted for "{sheet}"; of another one: --draft --sheet NAME', sheet=named[0].sheet.name)
        )
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    if hidden:
        yield remark(tr("hidden sheets: {sheets}", sheets=", ".join(hidden)))


def _header(found: Layout) -> Iterator[str]:
    if found.header and found.header != (0,):
        rows = [row + 1 for row in found.header]
        yield line("header", rows if len(rows) > 1 else rows[0])


def _signs(found: Layout, map: TableMap, asked: TableMap) -> Iterator[str]:
    """The signs that options name, and the decimal one where the table proves it or leaves it open."""
    texts = [
        shown(row[each.at])
        for each in found.of_figures
        for row in found.sheet.rows[found.first : found.last + 1]
        if each.at < len(row) and isinstance(row[each.at], str)
    ]
    if asked.missing:
        yield line("missing", asked.missing)
    proof = amounts.proof(texts, map.delimiter)
    if asked.decimal is not None:
        yield line("decimal", asked.decimal)
    elif isinstance(proof, amounts.Proof):
        yield line("decimal", proof.decimal, amounts.said(proof))
    else:
        unclear = next(
            (said for text in texts if isinstance(said := amounts.amount(text, None), amounts.Unclear)), None
        )
        if unclear is not None:
            yield line("decimal", ASKED, tr('"," or ".": {why}', why=amounts.said(unclear)))
    dashes = [text for text in texts if text in vocabulary.MAYBE_ZERO]
    if dashes:
        note = tr(
            "cells with {sign}, taken for no figure: {count}; in some offices that is a zero",
            count=len(dashes),
            sign=dashes[0],
        )
        yield remark(note)


_WAYS: Mapping[str, tuple[str, ...]] = {
    "dates": DATES,
    "spans": ("fiscal years", "months", "years"),
    "fiscal": ("beginning", "end"),
}
"""What a mapping says of periods of more than one reading, by the key."""


def _manner(found: Layout, map: TableMap, program: Program) -> Iterator[str]:
    """How periods are meant that have more than one reading."""
    asked: dict[str, stretches.UnclearPeriod] = {}
    for unclear in (*(each.unclear for each in found.fields if each.unclear), *_unclear(found, map, program)):
        key = next(
            (key for key, ways in _WAYS.items() if any(_decides(key, way, unclear, map, program) for way in ways)), None
        )
        if key is not None:
            asked.setdefault(key, unclear)
    for key, unclear in asked.items():
        choices = ", ".join(f'"{way}"' for way in _WAYS[key] if _decides(key, way, unclear, map, program))
        yield line(key, ASKED, tr("one of {choices}: {why}", choices=choices, why=stretches.said(unclear)))


def _decides(key: str, way: str, unclear: stretches.UnclearPeriod, map: TableMap, program: Program) -> bool:
    """Whether a way of reading that the mapping may say leaves a period less readings."""
    chosen = replace(map, **{key: (*map.dates, way) if key == "dates" else way})  # type: ignore[arg-type]  # each has the type of its field
    read = stretches.heading(unclear.text, program.year, layout.decided_by(chosen, stretches.STAMPED))
    return isinstance(read, stretches.Heading) or (
        isinstance(read, stretches.UnclearPeriod) and len(read.readings) < len(unclear.readings)
    )


def _unclear(found: Layout, map: TableMap, program: Program) -> Iterator[stretches.UnclearPeriod]:
    """The periods in the rows that have more than one reading."""
    column = found.one("period") or found.one("year")
    if column is None or found.by_role.keys() & {"half", "quarter", "month"}:
        return
    values = dict.fromkeys(found.value(row, column.at) for row in _rows(found))
    decided = layout.decided_by(map, stretches.prove(values, day_first=layout.day_first(map)))
    read = (stretches.heading(value, program.year, decided) for value in values)
    yield from (each for each in read if isinstance(each, stretches.UnclearPeriod))


def _all(found: Layout, program: Program) -> Iterator[str]:
    """What all figures have in common, where no column says it."""
    figures = found.of_figures
    named = "indicator" in found.by_role or all(each.is_ and each.is_.indicator for each in figures)
    if not figures and any(layout.pattern(each.words, found.year) for each in found.fields):
        named = "indicator" in found.by_role
    asked: list[str] = []
    if not named and len(_values(found)) <= 1:
        ids = ", ".join(program.indicators) or tr("none")
        said = tr("one of {ids}; where a column names them: --draft --column indicator=NAME", ids=ids)
        asked.append(line("indicator", ASKED, said))
    if not _may_have_periods(found):
        asked.append(line("period", ASKED, tr("no column says the period of the figures: 2020, or 2020-Q3 in quotes")))
    if asked:
        yield ""
        yield "[all]"
        yield from asked


def _may_have_periods(found: Layout) -> bool:
    """Whether a column says, or may say, the periods of figures."""
    if found.by_role.keys() & {"period", "year"} or any(each.heading or each.unclear for each in found.fields):
        return True
    if any(
        layout.pattern(each.words, found.year) or stretches.refused(each.label, found.year) for each in found.fields
    ):
        return True
    return any(_are_periods(found, _cells(found, each)) for each in found.fields if each.is_ is None)


def _cells(found: Layout, each: Field) -> list[Value]:
    """What a column has in the rows that have more than a text alone, as notes are."""
    rows = (row for row in _rows(found) if sum(cell != "" for cell in found.sheet.rows[row]) > 1)
    return [found.value(row, each.at) for row in rows]


def _values(found: Layout) -> list[Field]:
    """The columns of figures whose headers are no periods: each may be of another indicator."""
    return [each for each in found.of_figures if each.heading is None]


def _source(found: Layout, map: TableMap, file: File, source: str | None, program: Program) -> Iterator[str]:
    """The document, as far as the table says it."""
    if "source" in found.by_role:
        return
    yield ""
    yield "[source]"
    said = map.source
    title = (said.title if said else None) or _title(found) or file.name
    yield line("id", source or (said.id if said else None) or slug(title))
    if source is None or source not in program.sources:
        yield line("title", title)
        publisher = said.publisher if said else None
        yield line("publisher", publisher or ASKED, "" if publisher else tr("who published these figures"))
        if said and said.published:
            yield line("published", str(said.published))
        else:
            yield remark(tr("published = 2026-01-31 (when, if the document says so)"))


def _title(found: Layout) -> str | None:
    """The first text above the header."""
    top = found.header[0] if found.header else 0
    texts = (shown(value) for row in found.sheet.rows[:top] for value in row if isinstance(value, str))
    return next((text for text in texts if any(map(str.isalpha, text))), None)


def _columns(found: Layout, book: Book) -> Iterator[str]:
    """What each column is."""
    lines = list(dict.fromkeys(filter(None, (_column(found, each) for each in found.fields))))
    periods = [each for each in found.fields if each.heading is not None and each.figures]
    own = {fold(name): said for name, said in book.mapping.get("columns", {}).items()}
    refused = [each for each in found.fields if each.is_ is None and _refused(found, each)]
    if not (lines or periods or own or refused):
        return
    yield ""
    yield "[columns]"
    if refused:
        called = " … ".join(dict.fromkeys(f'"{each.label}"' for each in (refused[0], refused[-1])))
        yield remark(tr("{columns}: {why}; then draft again", columns=called, why=_refused(found, refused[0])))
    if periods:
        yield remark(tr("read by their headers: {columns}", columns=", ".join(each.label for each in periods)))
    if own:
        known = ", ".join(f"{name} = {_said(said)}" for name, said in book.mapping["columns"].items())
        yield remark(tr("known of this kind of file: {columns}", columns=known))
    yield from dict.fromkeys(line for name, line in lines if fold(name) not in own or f'"{ASKED}"' in line)


def _refused(found: Layout, each: Field) -> str | None:
    """Why a column with something in it that is called like a period is of none in this program."""
    return stretches.refused(each.label, found.year) if each.label and found.has_content(each.at) else None


def _said(column: object) -> str:
    """What a kind of file says of one of its columns, in words."""
    if isinstance(column, dict):
        return ", ".join(f"{key} ({said})" if key == "skip" else str(said) for key, said in column.items())
    return str(column)


def _column(found: Layout, each: Field) -> tuple[str, str] | None:
    name = layout.named(found, each)
    if each.is_ is None and len(alike := _alike(found, each)) > _FEW:
        name = layout.pattern(each.words, found.year)
        return name, line(key_of(name), ASKED, _hint_of_alike(alike, found))
    if each.is_ is None:
        asked = found.has_content(each.at) and each.unclear is None and not _refused(found, each)
        return (name, line(key_of(name), ASKED, _hint(found, each))) if asked else None
    if each.is_.skip is not None:
        return name, line(key_of(name), {"skip": each.is_.skip})
    if each.role == "value" and len(_values(found)) > 1 and "indicator" not in found.by_role:
        return name, line(key_of(name), {"indicator": ASKED}, tr('which indicator, or { skip = "why" }'))
    if each.by == "words" and (rivals := _rivals(found, each)):
        return name, line(key_of(name), ASKED, _hint_of_rival(each, rivals))
    return (name, line(key_of(name), each.role)) if each.role else None


_FEW = 3
"""More columns than these are asked about in one line, where their headers differ in nothing but the period."""


def _alike(found: Layout, each: Field) -> list[Field]:
    """The columns whose headers differ from that of one in nothing but the period."""
    called = layout.pattern(each.words, found.year)
    same = (other for other in found.fields if other.is_ is None and found.has_content(other.at))
    return [other for other in same if layout.pattern(other.words, found.year) == called] if called else []


def _hint_of_alike(alike: Sequence[Field], found: Layout) -> str:
    """What columns may be whose headers differ in nothing but the period."""
    part = f'{{ disaggregation = {{ NAME = "{" ".join(layout.beside(alike[0].words, found.year))}" }} }}'
    return tr(
        '{count} columns, {first} to {last}: figures? {part}, {{ indicator = "…" }}, {{ skip = "why" }}',
        count=len(alike),
        first=f'"{alike[0].label}"',
        last=f'"{alike[-1].label}"',
        part=part,
    )


def _rivals(found: Layout, each: Field) -> str:
    """The other columns that may be what only one can be."""
    others = next((fields for _, fields in layout.rivals(found) if each in fields), ())
    return ", ".join(layout.named(found, other) for other in others if other is not each)


def _hint_of_rival(each: Field, rivals: str) -> str:
    """What a column may be that others may be too."""
    role = f'"{each.role}"' if each.role or each.heading is None else f'{{ period = "{each.heading.period.text}" }}'
    return tr('{role}, as {columns} may be too; of the others {{ skip = "why" }}', role=role, columns=rivals)


def _hint(found: Layout, each: Field) -> str:
    """What a column that nobody knows may be."""
    cells = _cells(found, each)
    values = list(dict.fromkeys(filter(None, map(shown, cells))))
    examples = ", ".join(values[:_EXAMPLES]) + (" …" if len(values) > _EXAMPLES else "")
    beside = layout.beside(each.words, found.year)
    if vocabulary.target_role_of(each.label) in _OF_TARGETS:
        return tr('{{ skip = "a target" }}, or what it is; it has {examples}', examples=examples)
    if beside and len(beside) < len(each.words):
        part = f'{{ disaggregation = {{ NAME = "{" ".join(beside)}" }} }}'
        return tr(
            'figures? {part}, {{ indicator = "…" }}, {{ skip = "why" }}; it has {examples}',
            part=part,
            examples=examples,
        )
    if _says_periods(found, cells):
        return tr('"period"? or {{ skip = "why" }}; it has {examples}', examples=examples)
    if sum(map(is_figure, cells)) > len(cells) // 2 and (len(values) > 1 or len(cells) == 1):
        ways = '{ indicator = "…" }, { period = "…" }, { skip = "why" }'
        return tr("figures? {ways}; it has {examples}", ways=ways, examples=examples)
    if len(values) == 1:
        return tr('{{ skip = "the same in every row: {value}" }}, or what it is', value=values[0])
    return _hint_of_part(each, values, examples)


def _says_periods(found: Layout, cells: Sequence[Value]) -> bool:
    """Whether a column may have the periods of its rows, which no other has."""
    if found.by_role.keys() & {"period", "year"} or any(other.heading for other in found.fields):
        return False
    return _are_periods(found, cells)


def _are_periods(found: Layout, cells: Sequence[Value]) -> bool:
    """Whether nearly every cell of a column that says a number is a period."""
    said = [cell for cell in cells if cell != "" and any(map(str.isdigit, shown(cell)))]
    periods = sum(
        names_period(cell, found.year) or stretches.refused(shown(cell), found.year) is not None for cell in said
    )
    return len(said) > 1 and 10 * periods >= 9 * len(said) and 2 * periods >= sum(cell != "" for cell in cells)


def _hint_of_part(each: Field, values: Sequence[str], examples: str) -> str:
    """What a column of words may be, and which of them may mean the whole."""
    name = slug(each.label or "part")
    said = tr('"part:{name}", {{ skip = "why" }}, or what it is; it has {examples}', name=name, examples=examples)
    total = next((value for value in values if fold(value) in vocabulary.TOTALS), None)
    if total is None:
        return said
    return f"{said}; " + tr('if "{value}" means the whole: [parts.{name}] total = ["{value}"]', value=total, name=name)


_OF_TARGETS = frozenset({"target", "min", "max", "baseline", "baseline_period", "by", "by_year", "by_month", "set_on"})


def _rows(found: Layout) -> range:
    return range(found.first, found.last + 1)


def _distinct(found: Layout, role: str) -> list[str]:
    """What a column says, each once, in rows that have figures."""
    column = found.one(role)
    if column is None:
        return []
    texts = (
        shown(found.value(row, column.at))
        for row in _rows(found)
        if row not in found.unit_rows and any(found.sheet.value(row, each.at) != "" for each in found.of_figures)
    )
    return list(dict.fromkeys(filter(None, texts)))


def _indicators(found: Layout, program: Program) -> Iterator[str]:
    """What the table calls its indicators."""
    words = _distinct(found, "indicator")
    called = Called(program)
    asked = [word for word in words if called.indicator(word) is None]
    if not asked:
        return
    yield ""
    yield "[indicators]"
    yield remark(tr('an id of the program ({ids}), or {{ skip = "why" }}', ids=", ".join(program.indicators)))
    yield from (line(key_of(word), ASKED, _near(word, program.indicators)) for word in asked[:_MOST])
    if len(asked) > _MOST:
        yield remark(tr("and {count} more", count=len(asked) - _MOST))


def _sections(found: Layout, program: Program) -> Iterator[str]:
    """Lines of words above figures, of which nobody said whether these are a part."""
    called = Called(program)

    def known(text: str) -> bool:
        return called.indicator(text) is not None or looked_up(found.map.indicators, text) is not None

    asked = sections.of_table(found, program, known)
    if not asked:
        return
    yield ""
    yield "[sections]"
    yield remark(tr('others = "heading" for all that are not listed and change nothing'))
    yield from (line(key_of(text), ASKED, sections.asked(text)) for text in asked[:_MOST])
    if len(asked) > _MOST:
        yield remark(tr("and {count} more", count=len(asked) - _MOST))


def _near(word: str, ids: Iterable[str]) -> str:
    near = nearest(slug(word), ids, likeness=0.5)
    return tr("perhaps {id}", id=near) if near else ""


def _units(found: Layout, program: Program) -> Iterator[str]:
    """Units that are not those of the program's indicators, wherever the table says them."""
    known = {fold(each.unit or "") or each.unit for each in program.indicators.values()}
    of_columns = (unit.text for each in found.of_figures for unit in each.units)
    others = (*found.stated, *(unit for each in found.of_figures for unit in each.units))
    in_cells = (unit.text for unit in found.in_cells if not units.is_sign_of(unit, others))
    every = "unit" in found.by_role
    around = (unit.text for unit in (*found.stated, *sections.units_of(found)) if not (every and unit.base))
    said = dict.fromkeys((*_distinct(found, "unit"), *of_columns, *in_cells, *_of_labels(found, program), *around))
    asked = [unit for unit in said if (fold(unit) or unit) not in known and looked_up(found.map.units, unit) is None]
    if not asked:
        return
    yield ""
    yield "[units]"
    yield remark(tr('the unit of the program that it is, or { multiply = 1000 }, or { skip = "why" }'))
    fits = {unit: _fits(unit, program) for unit in asked[:_MOST]}
    none = tr("no unit of the program surely goes with it") if any(fits.values()) else ""
    yield from (line(key_of(unit), ASKED, fit or none) for unit, fit in fits.items())


def _of_labels(found: Layout, program: Program) -> Iterator[str]:
    """The units in what the table calls its indicators, where the program does not call them so."""
    own = {text for each in program.indicators.values() for text in (each.name, *translation.texts(each, "name"))}
    labels = (label for label in _distinct(found, "indicator") if label not in own)
    return (unit.text for label in labels for unit in units.of_header(label, found.known, alone=False))


def _fits(text: str, program: Program) -> str:
    """What goes from a unit into those of the program."""
    own = dict.fromkeys(each.unit for each in program.indicators.values() if each.unit)
    return "; ".join(sentence for unit in own if (sentence := _into(text, unit)))


def _into(text: str, unit: str) -> str:
    times = units.factor(text, unit) if units.kind(units.unit(text)) else None
    if times is None:
        return ""
    if times == 1:
        return tr("perhaps {unit}", unit=value_of(unit))
    return tr("{{ multiply = {times} }} into {unit}", times=value_of(times), unit=unit)


def _flags(found: Layout) -> Iterator[str]:
    """Flags that nobody agreed on."""
    columns = [each for role in ("flag", "quality") for each in found.by_role.get(role, ())]
    words = dict.fromkeys(shown(found.value(row, each.at)) for each in columns for row in _rows(found))
    known = found.map.flags
    unknown = [word for word in words if word and not meanings_of(word, known) and "others" not in known]
    if not unknown:
        return
    yield ""
    yield "[flags]"
    yield remark(tr('one of {words}; others = "note" keeps all others as remarks', words=", ".join(MEANINGS)))
    yield from (line(key_of(word), ASKED) for word in unknown[:_MOST])
