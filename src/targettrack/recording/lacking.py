"""Lacking: what a table needs to be read and does not have, or what nobody said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from targettrack.errors import Problem, nearest
from targettrack.language import tr
from targettrack.period import Year
from targettrack.program.model import Program
from targettrack.recording import stretches
from targettrack.recording.layout import Field, Layout
from targettrack.recording.mapping import ROLES, TARGET_ROLES


def lacking(layout: Layout, program: Program, file: str) -> Iterator[Problem]:
    """What a table needs to be read and does not have; columns, and parts, that nobody said anything of."""
    yield from _roles(layout, program, file)
    known = [name for name, _ in layout.parts]
    yield from (_no_part(name, known, file) for name in layout.map.parts if name not in known)
    if unknown := layout.unknown:
        yield _unknown(unknown, file, layout.year)


def _roles(layout: Layout, program: Program, file: str) -> Iterator[Problem]:
    """What the figures of a table need: themselves, their period and their indicator."""
    figures, ends = layout.of_figures, layout.by_role.keys() & {"low", "high"}
    where = tr(' of the sheet "{sheet}"', sheet=layout.sheet.name) if layout.sheet.name else ""
    columns = ", ".join(each.called for each in layout.fields if each.label)
    hint = tr("say in the mapping which column it is; the columns are {columns}", columns=columns)
    if not figures and not ends:
        yield _no_role("value", where, hint, file)
    if len(ends) == 1:
        yield _no_role("high" if "low" in ends else "low", where, hint, file)
    if ends and figures:
        yield _two_shapes(layout, file)
    if figures and not _has_periods(layout):
        yield _no_role("period", where, hint, file)
    if figures and not _has_indicators(layout):
        ids = ", ".join(program.indicators) or tr("none")
        said = tr(
            'say in the mapping which one it is: [all] indicator = "…" (of {ids}), or the column that names it', ids=ids
        )
        yield _no_role("indicator", where, said, file)


def _has_periods(layout: Layout) -> bool:
    """Whether every figure has a period: that of the file, of its row, or of its column."""
    if layout.map.all.period or _of_sections(layout, "period") or layout.by_role.keys() & {"period", "year"}:
        return True
    return all(each.heading or (each.is_ and each.is_.period) for each in layout.of_figures)


def _has_indicators(layout: Layout) -> bool:
    """Whether every figure has an indicator: that of the file, of its row or its unit, or of its column."""
    if (
        layout.map.all.indicator
        or "indicator" in layout.by_role
        or _of_units(layout)
        or _of_sections(layout, "indicator")
    ):
        return True
    return all(each.is_ and each.is_.indicator for each in layout.of_figures)


def _unknown(unknown: Sequence[Field], file: str, year: Year) -> Problem:
    columns = ", ".join(each.called for each in unknown)
    said = tr(
        'in the mapping: "part:NAME" for what the figures are broken down by, { skip = "why" } for what is not read; --draft writes them all'
    )
    return Problem(
        code="unknown-column",
        message=tr("nobody said what this column is: {columns}", columns=columns)
        if len(unknown) == 1
        else tr("nobody said what these columns are: {columns}", columns=columns),
        hint=_meant(unknown) or _no_fiscal_year(unknown, year) or said,
        file=file,
    )


def _no_fiscal_year(unknown: Sequence[Field], year: Year) -> str | None:
    """Why columns that are called like periods are none in this program."""
    return next((why for each in unknown if each.label and (why := stretches.refused(each.label, year))), None)


def _meant(unknown: Sequence[Field]) -> str | None:
    """What one column's name may have been meant for."""
    roles = [role for role in ROLES if role not in TARGET_ROLES]
    near = nearest(unknown[0].label.casefold(), roles) if len(unknown) == 1 else None
    return tr("did you mean `{key}`?", key=near) if near else None


def _of_units(layout: Layout) -> bool:
    """Whether the unit of a row says which indicator it is of."""
    return "unit" in layout.by_role and any(about.indicator for about in layout.map.units.values())


def _of_sections(layout: Layout, key: str) -> bool:
    """Whether lines of words among the figures say something of those below."""
    return any(getattr(about, key) for about in layout.map.sections.values())


def _no_part(name: str, known: Sequence[str], file: str) -> Problem:
    near = nearest(name, known)
    return Problem(
        code="no-such-part",
        message=tr('the mapping says something of the part "{name}", and no column is part:{name}', name=name),
        hint=tr('did you mean "{name}"?', name=near) if near else tr("the parts are {parts}", parts=", ".join(known) or tr("none")),
        file=file,
    )  # fmt: skip


def _two_shapes(layout: Layout, file: str) -> Problem:
    named = [each.called for each in layout.fields if each.amounts]
    return Problem(
        code="two-shapes",
        message=tr("a figure is one number, or a range of two: {columns}", columns=", ".join(named)),
        hint=tr('say in the mapping of the others { skip = "why" }'),
        file=file,
    )


def _no_role(role: str, where: str, hint: str, file: str) -> Problem:
    return Problem(
        code="missing-column",
        message=tr("no column{where} is the {role}", role=role, where=where),
        hint=hint,
        file=file,
    )
