"""Languages: each catalogue says everything that the project says, with the same parts and numbers, and nothing else; or it says that it is partial."""

from __future__ import annotations

import ast
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import PoFileError, read_po
from jinja2 import Environment, nodes

import catalogues
import targettrack
from catalogues import FOLDER, Text
from targettrack import cli, languages, registry
from targettrack.cli import _language
from targettrack.language import Language, spoken, tr, tr_as, tr_n

PACKAGE = Path(str(targettrack.__file__)).parent
PLACES = {"tr": (0,), "mark": (0,), "tr_n": (1, 2), "tr_as": (1,)}

Key = tuple[Text, str | None]
"""A text, or both of one thing and of many, and its sense."""


@dataclass(frozen=True)
class Said:
    """One text of the code: its key in the catalogues, where it stands, the parts that are given to it (None where that is elsewhere)."""

    key: Key
    where: str
    given: frozenset[str] | None


def said_in(path: Path) -> list[Said]:
    """What a module says through the functions of ``language``."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in PLACES:
            continue
        where, does = f"{path.relative_to(PACKAGE)}:{node.lineno}", node.func.id
        if does == "tr" and not isinstance(node.args[0], ast.Constant):
            continue  # a text of a table of words, which are marked there
        texts = [constant(node.args[place], where) for place in PLACES[does]]
        names = frozenset(str(word.arg) for word in node.keywords) | ({"count"} if does == "tr_n" else frozenset())
        key = (tuple(texts) if does == "tr_n" else texts[0], constant(node.args[0], where) if does == "tr_as" else None)
        found.append(Said(key, where, None if does == "mark" else names))
    return found


def constant(node: ast.expr, where: str) -> str:
    """A text that is written out."""
    assert isinstance(node, ast.Constant), where
    assert isinstance(node.value, str), where
    return node.value


def summaries() -> list[Said]:
    """What the list of commands says of each."""
    modules = {name: registry.module(cli, name) for name in registry.names(cli)}
    return [Said((str(module.__doc__).partition(": ")[2], None), name, None) for name, module in modules.items()]


def said_in_template(path: Path) -> list[Said]:
    """What a template of a page says, as Jinja understands it."""
    found = []
    for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in PLACES:
            where, does = f"{path.relative_to(PACKAGE)}:{call.lineno}", call.node.name
            texts = [str(argument.value) if isinstance(argument, nodes.Const) else "" for argument in call.args]
            chosen = [texts[place] for place in PLACES[does]]
            assert all(chosen), where
            names = frozenset(word.key for word in call.kwargs) | ({"count"} if does == "tr_n" else frozenset())
            key: Key = (tuple(chosen) if does == "tr_n" else chosen[0], texts[0] if does == "tr_as" else None)
            found.append(Said(key, where, names))
    return found


SAID = [
    *(each for path in sorted(PACKAGE.rglob("*.py")) if path.name != "language.py" for each in said_in(path)),
    *(each for path in sorted((PACKAGE / "formats" / "html").glob("*.[hx]*ml")) for each in said_in_template(path)),
    *summaries(),
]


def forms(text: Sequence[str] | None) -> tuple[str, ...]:
    """Each form of a text or of a translation."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def parts(text: str) -> set[str]:
    """The parts that a text names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def digits(text: str) -> Counter[str]:
    """The digits that a text is written with."""
    return Counter(re.findall(r"\d", text))


def entries(catalog: Catalog) -> list[Message]:
    """What stands in a catalogue, without its heading."""
    return [message for message in catalog if message.id]


def whole(message: Message | None, catalog: Catalog) -> bool:
    """Whether a text is translated, in every plural form that the language has, and no translator need look at it again."""
    if message is None or message.fuzzy:
        return False
    wanted = catalog.num_plurals if message.pluralizable else 1
    return len(forms(message.string)) == wanted and all(forms(message.string))


def halves(catalog: Catalog) -> list[tuple[str, ...]]:
    """The texts that have some plural forms, but not all that the heading announces: Babel puts English in their place without a word."""
    return [
        forms(message.id)
        for message in entries(catalog)
        if any(forms(message.string)) and not message.fuzzy and not whole(message, catalog)
    ]


def partial(catalog: Catalog) -> bool:
    """Whether a catalogue says of itself that texts are missing."""
    return re.search(rf"^# {catalogues.PARTIAL}\b", catalog.header_comment, re.MULTILINE) is not None


CATALOGUES = {path.stem: catalogues.read(path) for path in sorted(FOLDER.glob("*.po"))}
EACH = pytest.mark.parametrize("catalog", CATALOGUES.values(), ids=CATALOGUES)


def test_parts_are_given() -> None:
    """A text names the parts that are given to it, and no others."""
    wrong = [
        (each.where, text) for each in SAID for text in forms(each.key[0]) if each.given and parts(text) != each.given
    ]
    assert not wrong


def test_translators_are_given_all_that_is_said() -> None:
    """What Babel finds for the catalogues is what the code says, in f-strings and in the summaries of the commands too."""
    assert {(message.id, message.context) for message in entries(catalogues.template())} == {each.key for each in SAID}


@EACH
def test_catalogue_is_complete(catalog: Catalog) -> None:
    """Whatever is said has its words in each language that does not say that it is partial."""
    missing = {each.key: each.where for each in SAID if not whole(catalog.get(*each.key), catalog)}
    assert partial(catalog) or not missing


@EACH
def test_catalogue_says_nothing_else(catalog: Catalog) -> None:
    """No text is kept that nobody says."""
    assert not {(message.id, message.context) for message in entries(catalog)} - {each.key for each in SAID}


@EACH
def test_every_plural_form_is_there(catalog: Catalog) -> None:
    """A text with a count is translated for every count, or for none."""
    assert not halves(catalog)


@EACH
def test_parts_are_kept(catalog: Catalog) -> None:
    """A translation names each part of its text, so that no figure is lost."""
    wrong = {
        forms(message.id): text
        for message in entries(catalog)
        for text in forms(message.string)
        if text and parts(text) != parts(forms(message.id)[-1])
    }
    assert not wrong


@EACH
def test_numbers_are_kept(catalog: Catalog) -> None:
    """A translation has the digits of its text; a text that is nothing but a number is one that a language sets for itself."""
    said = [(forms(message.id)[-1], text) for message in entries(catalog) for text in forms(message.string) if text]
    assert not [(key, text) for key, text in said if digits(key) - digits(text) and not key.isdecimal()]


def test_each_catalogue_is_compiled() -> None:
    """What translators edit is what is read, and nothing is read that nobody can edit."""
    assert registry.catalogues(languages) == sorted(CATALOGUES)


@pytest.mark.parametrize("code", CATALOGUES)
def test_compiled_catalogue_is_the_one_that_is_edited(code: str) -> None:
    """What is read says what stands in the file that translators edit, with its plural rule, whatever tool compiled it."""
    with Path(languages.__path__[0], f"{code}.mo").open("rb") as file:
        compiled = read_mo(file)
    edited = read_mo(io.BytesIO(catalogues.compiled(CATALOGUES[code])))
    said, wanted = (
        {(forms(message.id), message.context): forms(message.string) for message in entries(each)}
        for each in (compiled, edited)
    )
    assert said == wanted, "run python tests/catalogues.py"
    assert (compiled.num_plurals, compiled.plural_expr) == (edited.num_plurals, edited.plural_expr)


THREE = """msgid ""
msgstr ""
"Language: uk\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\\n"

msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] "{count} день"
msgstr[1] "{count} дні"
"""


def test_a_missing_plural_form_is_seen() -> None:
    """A form that is missing would be English among the others: the catalogue is not sound, though it compiles."""
    broken, sound = (
        read_po(io.BytesIO(text.encode()), abort_invalid=True) for text in (THREE, THREE + 'msgstr[2] "{count} днів"\n')
    )
    assert [says(catalogues.translations(broken), count) for count in (1, 2, 5)] == ["1 день", "2 дні", "5 days"]
    assert halves(broken) == [("{count} day", "{count} days")]
    assert [says(catalogues.translations(sound), count) for count in (1, 2, 5)] == ["1 день", "2 дні", "5 днів"]
    assert halves(sound) == []


def says(catalogue: GNUTranslations, count: int) -> str:
    """How many days, in a language."""
    with spoken(Language("uk", catalogue)):
        return tr_n(count, "{count} day", "{count} days")


def test_a_plural_form_too_many_is_refused(tmp_path: Path) -> None:
    """It would never be said."""
    (tmp_path / "uk.po").write_text(THREE.replace("nplurals=3", "nplurals=1"), encoding="utf-8")
    with pytest.raises(PoFileError):
        catalogues.read(tmp_path / "uk.po")


def test_what_is_missing_is_said_in_english() -> None:
    """A partial language falls back text by text: plain texts, senses and counts."""
    catalog = Catalog(locale="de")
    catalog.add("target", "Ziel")
    catalog.add("touched", "berührt", flags={"fuzzy"})
    catalog.add(("{count} day", "{count} days"), ("{count} Tag", "{count} Tage"))
    catalog.add("second", "zweiter", context="place")
    with spoken(Language("de", catalogues.translations(catalog))):
        assert (tr("target"), tr("gap of {gap}", gap=3), tr("touched"), tr("")) == ("Ziel", "gap of 3", "touched", "")
        assert (tr_as("place", "second"), tr_as("time", "second"), tr("second")) == ("zweiter", "second", "second")
        assert [tr_n(count, "{count} day", "{count} days") for count in (0, 1, 2)] == ["0 Tage", "1 Tag", "2 Tage"]
        assert [tr_n(count, "{count} row", "{count} rows") for count in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


def test_english_reads_no_catalogue() -> None:
    """English is written where it is said."""
    assert not isinstance(_language.language("en").catalogue, GNUTranslations)
    assert isinstance(_language.language("vi").catalogue, GNUTranslations)


def test_a_language_is_begun_and_kept_in_step(tmp_path: Path) -> None:
    """A new one has every text and says that it is partial; what was translated stays, a text that was touched waits for a translator, and a text that is gone goes."""
    path = tmp_path / "de.po"
    catalogues.refresh(path)
    catalog = catalogues.read(path)
    assert partial(catalog)
    assert {(message.id, message.context) for message in entries(catalog)} == {each.key for each in SAID}
    catalog["January"].string = "Januar"
    catalog.add("Print the versions.", "Die Version ausgeben.")
    catalog.delete("Print the version.")
    catalog.add("nobody says this", "niemand sagt das")
    path.write_bytes(catalogues.written(catalog))
    catalogues.refresh(path)
    before = path.read_bytes()
    catalog = catalogues.read(path)
    assert (catalog["January"].string, catalog["Print the version."].string, catalog["Print the version."].fuzzy) == (
        "Januar",
        "Die Version ausgeben.",
        True,
    )
    assert (catalog.num_plurals, catalog.get("nobody says this")) == (2, None)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert (compiled.gettext("January"), compiled.gettext("Print the version.")) == ("Januar", "Print the version.")
    catalogues.refresh(path)
    assert path.read_bytes() == before


def test_a_new_language_is_one_new_file(tmp_path: Path) -> None:
    """It is spoken, offered in the help and named where another is not known."""
    shutil.copytree(PACKAGE, tmp_path / "targettrack", ignore=shutil.ignore_patterns("__pycache__"))
    catalog = Catalog(locale="fr")
    catalog.add("Options", "Choix")
    (tmp_path / "targettrack" / "languages" / "fr.mo").write_bytes(catalogues.compiled(catalog))
    assert "Choix" in answer(tmp_path, "--help", "--lang", "fr")
    assert "Choix" in answer(tmp_path, "--help", locale="fr_FR.UTF-8")
    assert "en, fr or vi; data" in answer(tmp_path, "--help")
    assert "known: en, fr, vi" in answer(tmp_path, "list", "--lang", "xx")


def answer(folder: Path, *argv: str, locale: str = "C.UTF-8") -> str:
    """What the package that stands in a folder says, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "LC_ALL": locale}
    return subprocess.run(
        [sys.executable, "-m", "targettrack", *argv],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    ).stdout
