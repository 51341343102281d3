"""Drafting: a mapping in a table's own words, with a question mark wherever a person has to choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from targettrack.errors import Problem, TargettrackError, nearest
from targettrack.language import tr
from targettrack.program.model import Program
from targettrack.program.names import fold
from targettrack.recording import amounts, imported, layout, stretches, vocabulary
from targettrack.recording.called import Called, slug
from targettrack.recording.flagged import meanings_of
from targettrack.recording.header import is_figure, is_period, shown
from targettrack.recording.imported import File
from targettrack.recording.layout import Field, Layout
from targettrack.recording.mapping import ASKED, MEANINGS, TableMap
from targettrack.recording.table import Book, Sheet, letters
from targettrack.recording.taking import TOTALS
from targettrack.recording.written import key_of, line, remark

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
        laid, faults = layout.laid_out(sheet, map, program.year, file.path)
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
    "dates": ("day first", "month first", "years"),
    "spans": ("fiscal years", "months", "years"),
    "fiscal": ("beginning", "end"),
}
"""What a mapping says of periods of more than one reading, by the key."""


def _manner(found: Layout, map: TableMap, program: Program) -> Iterator[str]:
    """How periods are meant that have more than one reading."""
    asked: dict[str, stretches.UnclearPeriod] = {}
    for unclear in (*(each.unclear for each in found.fields if each.unclear), *_unclear(found, map, program)):
        key = next((key for key in _WAYS if _decides(key, unclear, map, program)), None)
        if key is not None:
            asked.setdefault(key, unclear)
    for key, unclear in asked.items():
        choices = ", ".join(f'"{way}"' for way in _WAYS[key])
        yield line(key, ASKED, tr("one of {choices}: {why}", choices=choices, why=stretches.said(unclear)))


def _decides(key: str, unclear: stretches.UnclearPeriod, map: TableMap, program: Program) -> bool:
    """Whether a key of the mapping says which of its readings a period has."""
    maps = (replace(map, **{key: way}) for way in _WAYS[key])  # type: ignore[arg-type]  # each has the type of its field
    decided = (layout.decided_by(each, stretches.UNDECIDED) for each in maps)
    read = (stretches.heading(unclear.text, program.year, each) for each in decided)
    return any(isinstance(each, stretches.Heading) for each in read)


def _unclear(found: Layout, map: TableMap, program: Program) -> Iterator[stretches.UnclearPeriod]:
    """The periods in the rows that have more than one reading."""
    column = found.one("period") or found.one("year")
    if column is None or found.by_role.keys() & {"half", "quarter", "month"}:
        return
    values = dict.fromkeys(found.value(row, column.at) for row in _rows(found))
    decided = layout.decided_by(map, stretches.prove(values))
    read = (stretches.heading(value, program.year, decided) for value in values)
    yield from (each for each in read if isinstance(each, stretches.UnclearPeriod))


def _all(found: Layout, program: Program) -> Iterator[str]:
    """What all figures have in common, where no column says it."""
    named = "indicator" in found.by_role or all(each.is_ and each.is_.indicator for each in found.of_figures)
    if named or len(_values(found)) > 1:
        return
    yield ""
    yield "[all]"
    ids = ", ".join(program.indicators) or tr("none")
    said = tr("one of {ids}; where a column names them: --draft --column indicator=NAME", ids=ids)
    yield line("indicator", ASKED, said)


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
    lines = [line for each in found.fields if (line := _column(found, each))]
    periods = [each for each in found.fields if each.heading is not None and each.figures]
    own = {fold(name): said for name, said in book.mapping.get("columns", {}).items()}
    if not lines and not periods and not own:
        return
    yield ""
    yield "[columns]"
    if periods:
        yield remark(tr("read by their headers: {columns}", columns=", ".join(each.label for each in periods)))
    if own:
        known = ", ".join(f"{name} = {_said(said)}" for name, said in book.mapping["columns"].items())
        yield remark(tr("known of this kind of file: {columns}", columns=known))
    yield from dict.fromkeys(line for name, line in lines if fold(name) not in own or f'"{ASKED}"' in line)


def _said(column: object) -> str:
    """What a kind of file says of one of its columns, in words."""
    if isinstance(column, dict):
        return ", ".join(f"{key} ({said})" if key == "skip" else str(said) for key, said in column.items())
    return str(column)


def _name(found: Layout, each: Field) -> str:
    """What a mapping calls a column: its header, where no other has the same words; else its letters."""
    alone = sum(other.label == each.label for other in found.fields) == 1
    return each.label if each.label and alone else f"column {letters(each.at)}"


def _column(found: Layout, each: Field) -> tuple[str, str] | None:
    name = _name(found, each)
    if each.is_ is None:
        asked = found.has_content(each.at) and each.unclear is None
        return (name, line(key_of(name), ASKED, _hint(found, each))) if asked else None
    if each.is_.skip is not None:
        return name, line(key_of(name), {"skip": each.is_.skip})
    if each.role == "value" and len(_values(found)) > 1 and "indicator" not in found.by_role:
        return name, line(key_of(name), {"indicator": ASKED}, tr('which indicator, or { skip = "why" }'))
    if each.by == "words" and (rivals := _rivals(found, each)):
        return name, line(key_of(name), ASKED, _hint_of_rival(each, rivals))
    return (name, line(key_of(name), each.role)) if each.role else None


def _rivals(found: Layout, each: Field) -> str:
    """The other columns that may be what only one can be."""
    others = next((fields for _, fields in layout.rivals(found) if each in fields), ())
    return ", ".join(_name(found, other) for other in others if other is not each)


def _hint_of_rival(each: Field, rivals: str) -> str:
    """What a column may be that others may be too."""
    role = f'"{each.role}"' if each.role or each.heading is None else f'{{ period = "{each.heading.period.text}" }}'
    return tr('{role}, as {columns} may be too; of the others {{ skip = "why" }}', role=role, columns=rivals)


def _hint(found: Layout, each: Field) -> str:
    """What a column that nobody knows may be."""
    cells = [found.value(row, each.at) for row in _rows(found)]
    values = list(dict.fromkeys(filter(None, map(shown, cells))))
    examples = ", ".join(values[:_EXAMPLES]) + (" …" if len(values) > _EXAMPLES else "")
    beside = [word for word in each.words if not is_period(word, found.year)]
    if vocabulary.target_role_of(each.label) in _OF_TARGETS:
        return tr('{{ skip = "a target" }}, or what it is; it has {examples}', examples=examples)
    if beside and len(beside) < len(each.words):
        part = f'{{ disaggregation = {{ NAME = "{beside[-1]}" }} }}'
        return tr(
            'figures? {part}, {{ indicator = "…" }}, {{ skip = "why" }}; it has {examples}',
            part=part,
            examples=examples,
        )
    if sum(map(is_figure, cells)) > len(cells) // 2 and (len(values) > 1 or len(cells) == 1):
        ways = '{ indicator = "…" }, { period = "…" }, { skip = "why" }'
        return tr("figures? {ways}; it has {examples}", ways=ways, examples=examples)
    if len(values) == 1:
        return tr('{{ skip = "the same in every row: {value}" }}, or what it is', value=values[0])
    return _hint_of_part(each, values, examples)


def _hint_of_part(each: Field, values: Sequence[str], examples: str) -> str:
    """What a column of words may be, and which of them may mean the whole."""
    name = slug(each.label or "part")
    said = tr('"part:{name}", {{ skip = "why" }}, or what it is; it has {examples}', name=name, examples=examples)
    total = next((value for value in values if fold(value) in TOTALS), None)
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
        if any(found.sheet.value(row, each.at) != "" for each in found.of_figures)
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


def _near(word: str, ids: Iterable[str]) -> str:
    near = nearest(slug(word), ids, likeness=0.5)
    return tr("perhaps {id}", id=near) if near else ""


def _units(found: Layout, program: Program) -> Iterator[str]:
    """Units that are not those of the program's indicators."""
    known = {fold(each.unit or "") or each.unit for each in program.indicators.values()}
    units = dict.fromkeys((*_distinct(found, "unit"), *filter(None, [found.unit_above])))
    asked = [unit for unit in units if (fold(unit) or unit) not in known]
    if not asked:
        return
    yield ""
    yield "[units]"
    yield remark(tr('the unit of the program that it is, or { multiply = 1000 }, or { skip = "why" }'))
    yield from (line(key_of(unit), ASKED) for unit in asked[:_MOST])


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
