"""Catalogues: what the project says, as Babel finds it in the code, brought into each language's .po file; and that file compiled into the .mo beside it.

Run ``python tests/catalogues.py`` when a sentence of the code or a translation has changed, and ``python tests/catalogues.py CODE`` to begin a language.
A sentence that was only touched keeps its translation, marked fuzzy: it is not said until a translator has removed the mark.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from gettext import GNUTranslations
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from targettrack import __version__
from targettrack.language import Language

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "targettrack"
FOLDER = PACKAGE / "languages"

KEYWORDS = {"tr": None, "mark": None, "tr_n": (2, 3), "tr_as": ((1, "c"), 2)}
"""The functions of ``language``, and which of their arguments are a text; ``c`` is the sense, gettext's context."""

PARTIAL = "Partial"
"""A catalogue whose heading has a line that begins so may leave texts in English."""

Text = str | tuple[str, ...]


def said_in(path: Path) -> list[tuple[Text, str | None]]:
    """What a module says, in its order: each text (or both, of one thing and of many) and its sense."""
    tree = ast.parse(path.read_bytes())
    found = [(line, text, sense) for first, part in _parts(path, tree) for line, text, sense in _extracted(part, first)]
    if path.parent.name == "cli" and not path.name.startswith("_"):
        found.append((1, (ast.get_docstring(tree) or "").partition(": ")[2], None))
    return [(text, sense) for _, text, sense in sorted(found, key=lambda each: each[0])]


def said_in_template(path: Path) -> list[tuple[Text, str | None]]:
    """What a template of a page says, in its order."""
    found = extract("jinja2.ext:babel_extract", io.BytesIO(path.read_bytes()), KEYWORDS)
    return [(text, sense) for _, text, _, sense in found]


def _parts(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """A module, and what stands inside its f-strings, which Babel sees from Python 3.12 on alone; each with its line."""
    yield 1, path.read_text(encoding="utf-8")
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            yield node.lineno, ast.unparse(node.value)


def _extracted(part: str, first: int) -> Iterator[tuple[int, Text, str | None]]:
    with redirect_stderr(io.StringIO()):  # Babel warns of each f-string that is given to a text as its part
        found = list(extract("python", io.BytesIO(part.encode()), KEYWORDS))
    for line, text, _, sense in found:
        yield first + line - 1, text, sense


def template() -> Catalog:
    """All that the project says, with the files that say it."""
    catalog = Catalog()
    for path in sorted(PACKAGE.rglob("*.py")):
        for text, sense in said_in(path):
            catalog.add(text, locations=[(path.relative_to(ROOT).as_posix(), 1)], context=sense)
    for path in sorted((*PACKAGE.rglob("*.html"), *PACKAGE.rglob("formats/html/*.xml"))):
        for text, sense in said_in_template(path):
            catalog.add(text, locations=[(path.relative_to(ROOT).as_posix(), 1)], context=sense)
    return catalog


def read(path: Path) -> Catalog:
    """A catalogue as translators edit it.

    Raises:
        babel.messages.pofile.PoFileError: it cannot be read, or has more plural forms than it announces.

    """
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def begun(code: str) -> Catalog:
    """A catalogue of a language with nothing in it yet."""
    heading = f"# {code}: what targettrack says to people.\n# {PARTIAL}: what is not translated is said in English. Remove this line when nothing is missing."
    return Catalog(locale=code, project="targettrack", version=__version__, header_comment=heading, fuzzy=False)


def written(catalog: Catalog) -> bytes:
    """A catalogue as a .po file; only files are named as the places of a text, since lines move with every change."""
    for message in catalog:
        message.flags.discard("python-format")  # a per cent sign is one, and no place for a part
    file = io.BytesIO()
    write_po(file, catalog, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as gettext reads it, a .mo file."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def translations(catalog: Catalog) -> GNUTranslations:
    """A catalogue as it is read at run time."""
    return GNUTranslations(io.BytesIO(compiled(catalog)))


def language(code: str, said: Mapping[str | tuple[str, str], str]) -> Language:
    """A language that says a few texts, each by itself or with its sense before it; all else is English."""
    catalog = Catalog(code)
    for key, text in said.items():
        sense, name = (None, key) if isinstance(key, str) else key
        catalog.add(name, text, context=sense)
    return Language(code, translations(catalog))


def refresh(path: Path) -> None:
    """Bring one language in step with the code, and compile it."""
    catalog = read(path) if path.exists() else begun(path.stem)
    catalog.update(template(), update_creation_date=False)
    path.write_bytes(written(catalog))
    path.with_suffix(".mo").write_bytes(compiled(read(path)))


if __name__ == "__main__":
    if odd := [code for code in sys.argv[1:] if not re.fullmatch("[a-z]{2,3}", code)]:
        sys.exit(
            f"{odd[0]} is no code of a language: two or three small letters, such as vi; regions of one are not told apart"
        )
    for code in sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.po")):
        refresh(FOLDER / f"{code}.po")
