"""cite as a text: each sentence as a paragraph to copy, and under it, dim, where it comes from."""

from __future__ import annotations

from targettrack.formats.table._sheet import Cell, Sheet, say
from targettrack.language import tr
from targettrack.pages import cite
from targettrack.pages.cite import Citation, Cited
from targettrack.text import clean
from targettrack.wording import sentence


def render(page: Citation, sheet: Sheet) -> None:
    """The sentences, then the edition of the data."""
    look = sheet.look
    if not page.targets:
        sheet.wrapped(
            Cell(
                say(
                    tr(
                        "no target of {indicator} is known on {date}: there is nothing to cite",
                        indicator=page.about,
                        date=page.on.isoformat(),
                    ),
                    look,
                )
            )
        )
    for cited in page.targets:
        sheet.wrapped(Cell(say(sentence.plain(cited.short if page.short else cited.parts.sentence), look)))
        sheet.blank()
        if not page.short:
            _behind(cited, sheet)
            sheet.blank()
    sheet.wrapped(
        Cell(
            say(
                tr(
                    "data: {file}, {edition}; as known on {date}",
                    file=clean(page.program.file),
                    edition=clean(str(page.edition)),
                    date=page.on.isoformat(),
                ),
                look,
            ),
            "dim",
        ),
        hang=2,
    )


def _behind(cited: Cited, sheet: Sheet) -> None:
    """The sources with their addresses, and the notes to be read before the sentence is printed."""
    for source in cited.sources.values():
        url = source.url or source.archived
        text = tr(
            "source: {source}, {address}",
            source=cite.described(source),
            address=clean(url) if url else tr("no address"),
        )
        sheet.wrapped(Cell("  "), Cell(say(text, sheet.look), "dim"), hang=4)
    for note in cited.notes:
        sheet.wrapped(Cell("  "), Cell(say(tr("note: {text}", text=clean(note)), sheet.look), "dim"), hang=4)
