"""cite in markdown: each sentence with its sources as links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from targettrack.formats.markdown._text import escaped, link
from targettrack.language import tr
from targettrack.pages import cite
from targettrack.pages.cite import Citation, Cited
from targettrack.wording import sentence


def lines(page: Citation) -> Iterator[str]:
    """The page's lines."""
    if not page.targets:
        yield escaped(
            tr(
                "no target of {indicator} is known on {date}: there is nothing to cite",
                indicator=page.about,
                date=page.on.isoformat(),
            )
        )
        yield ""
    for cited in page.targets:
        yield _sentence(cited, cited.short if page.short else cited.parts.sentence)
        yield ""
        if not page.short:
            yield from _behind(cited)
    yield escaped(
        tr(
            "data: {file}, {edition}; as known on {date}",
            file=page.program.file,
            edition=str(page.edition),
            date=page.on.isoformat(),
        )
    )


def _sentence(cited: Cited, text: str) -> str:
    def named(id: str, name: str) -> str:
        source = cited.sources.get(re.sub(r"[\\`]", "", id))
        return link(cite.address(source) if source else None, name)

    return sentence.linked(escaped(text), named)


def _behind(cited: Cited) -> Iterator[str]:
    """The sources, and the notes to be read before the sentence is printed."""
    for source in cited.sources.values():
        url = cite.address(source)
        plain = source.url or source.archived
        place = link(url) if url else escaped(plain or tr("no address"))
        yield f"- {tr('source: {source}, {address}', source=escaped(cite.described(source)), address=place)}"
    yield from (f"- {tr('note: {text}', text=escaped(note))}" for note in cited.notes)
    if cited.sources or cited.notes:
        yield ""
