"""report: pages that show all and obey nothing, whose numbers are those of status, and sites that are written as a whole."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from repository import Repository
from support import HERE, process, run, tries
from targettrack.formats.html._templates import environment
from targettrack.formats.html._whole import whole

GOLDEN = HERE / "golden"
ON = ("--on", "2026-11-22")
TARGETS = HERE.parent / "targets"
OUTSIDE = {"GIT_CEILING_DIRECTORIES": str(HERE.parent)}
"""Surroundings in which no version control is asked about the project's own files."""


def begun(top: Path) -> Repository:
    """A repository without a commit."""
    repository = Repository(top)
    repository.targets.mkdir(parents=True)
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository


class Page(HTMLParser):
    """A page as a browser reads it: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.unclosed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"meta", "link", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return re.sub(r"[ \n]+", " ", "".join(self.said))

    @property
    def ids(self) -> list[str]:
        """The places that a link may lead to."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def links(self) -> list[str]:
        """Where links and the page itself lead."""
        return [
            attributes[name]
            for _, attributes in self.elements
            for name in ("href", "src", "xlink:href")
            if name in attributes
        ]


def page(*argv: str, cwd: Path = GOLDEN, tmp: Path) -> str:
    """The page that a command writes."""
    place = tmp / "page.html"
    done = run(*argv, "-o", place, cwd=cwd, env=OUTSIDE)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    return place.read_text(encoding="utf-8")


def site(tmp: Path, *argv: str, cwd: Path = GOLDEN) -> Path:
    """The site that is written of a folder's programs."""
    done = run("report", "-o", f"{tmp}/site/", *argv, cwd=cwd, env=OUTSIDE)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return tmp / "site"


def is_safe(text: str) -> None:
    """A page runs nothing, fetches nothing, and every element in it is closed."""
    found = Page(text)
    assert (found.unclosed, found.open) == ([], [])
    assert not {"script", "iframe", "object", "embed", "form", "base", "img", "audio", "video"} & {
        tag for tag, _ in found.elements
    }
    for tag, attributes in found.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in {"style", "srcset", "ping", "action"}
        ], tag
    for link in found.links():
        assert re.match(r"https?://|data:|#|[a-z0-9_./-]+(#|$)", link), link
    ids = found.ids
    assert len(ids) == len(set(ids))
    inside = [link[1:] for link in found.links() if link.startswith("#")]
    assert set(map(unquote, inside)) <= set(ids)
    named = [
        name
        for _, attributes in found.elements
        for key in ("aria-labelledby", "aria-describedby")
        for name in attributes.get(key, "").split()
    ]
    assert set(named) <= set(ids)


# ---------------------------------------------------------------- a page


@pytest.mark.parametrize("command", ["report", "show", "status"])
def test_golden_pages(command: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The page of a small program, byte for byte, as it was looked at in a browser; the data that it carries are left out here."""
    text = page(command, "texts", *ON, tmp=tmp_path)
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "base64,…", re.sub(r"(?s)<style>.*?</style>", "<style>…</style>", text))
    text = re.sub(r"sha256-[A-Za-z0-9+/=]+|sha256-[^']*?(?=&#39;)", "sha256-…", text)
    path = GOLDEN / "pages" / f"{command}-texts.html"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("program", ["shapes", "statuses", "texts"])
@pytest.mark.parametrize("command", ["report", "show", "status"])
def test_pages_run_and_fetch_nothing(command: str, program: str, tmp_path: Path) -> None:
    """No script, no style of an element, no handler, no address but those of the web, of the page, and of the data in it."""
    is_safe(page(command, program, *ON, tmp=tmp_path))


def test_the_policy_allows_the_style_alone(tmp_path: Path) -> None:
    """The one style sheet is told by its digest, and nothing else is allowed."""
    text = page("report", "texts", *ON, tmp=tmp_path)
    (policy,) = [
        attributes["content"]
        for tag, attributes in Page(text).elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = re.findall(r"(?s)<style>(.*?)</style>", text)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert (
        policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("program", ["hanoi", "viet-nam-support", "khanh-hoa"])
def test_the_numbers_are_those_of_status_and_show(program: str, tmp_path: Path) -> None:
    """Whatever status and why say of a row in words stands on the page, in its very letters, and each target has its place."""
    text = Page(page("report", program, *ON, cwd=HERE.parent, tmp=tmp_path))
    said = text.text.replace("\u00a0", " ").replace("–", "-")
    rows = json.loads(run("status", program, "--json", *ON, cwd=HERE.parent).stdout)["targets"]
    measured = [row for row in rows if row["indicator"]]
    assert rows
    assert [row["why"] for row in measured if row["why"] not in said] == []
    table = (
        run("status", program, "--format", "markdown", *ON, cwd=HERE.parent)
        .stdout.replace("\u00a0", " ")
        .replace("–", "-")
    )
    cells = [
        re.sub(r"\\(.)", r"\1", cell).strip()
        for line in table.splitlines()
        if line.startswith("| **")
        for cell in line.split(" | ")[3:6]
    ]
    missing = [
        cell
        for cell in cells
        if cell not in {"", "none"}
        and not cell.startswith("“")
        and html.unescape(cell).split(" in ")[0].split(" on ")[0] not in said
    ]
    assert missing == []
    document = json.loads(
        run("cite", f"{program}/{measured[0]['indicator']}", "--json", *ON, cwd=HERE.parent, env=OUTSIDE).stdout
    )
    assert document["targets"][0]["sentence"] in said


class Parts(HTMLParser):
    """The texts of a page, each with the tags that it stands in, the outermost first, and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, list[tuple[str, dict[str, str]]]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "br"}:
            self.inside.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"style", "title"} & {tag for tag, _ in self.inside}:
            self.texts.append((data, list(self.inside)))

    def within(self, tag: str, name: str, value: str) -> str:
        """All that stands inside the elements of a tag with an attribute, on one line; the words of its details are left out."""
        said = [
            data
            for data, inside in self.texts
            if "details" not in {each for each, _ in inside}
            and any(each == tag and had.get(name) == value for each, had in inside)
        ]
        return re.sub(r"[ \n]+", " ", "".join(said))


@pytest.mark.parametrize("program", sorted(path.stem for path in TARGETS.glob("*.toml")))
def test_a_note_is_said_once(program: str, tmp_path: Path) -> None:
    """A note on several targets of an indicator stands once, and each target leads to it; none is dropped."""
    text = page("report", program, *ON, cwd=HERE.parent, tmp=tmp_path)
    found, parts = Page(text), Parts(text)
    rows = json.loads(run("status", program, "--json", *ON, cwd=HERE.parent).stdout)["targets"]
    measured = [row for row in rows if row["indicator"]]
    for id in {row["indicator"] for row in measured}:
        chapter = parts.within("section", "id", id)
        notes = [{" ".join(note.split()) for note in row["notes"]} for row in measured if row["indicator"] == id]
        for note in set().union(*notes):
            assert chapter.count(note) == 1, note
        links = [had["href"] for tag, had in found.elements if tag == "a" and had.get("href", "").startswith(f"#_note-{id}-")]  # fmt: skip
        counts = Counter(note for each in notes for note in each)
        assert len(links) == sum(count for count in counts.values() if count > 1)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("program", ["hanoi", "binh-duong"])
def test_no_line_breaks_a_date_or_a_range(program: str, language: str, tmp_path: Path) -> None:
    """Dates and ranges are held together wherever they stand, but in addresses and in names of sources, which have no spaces to be broken at."""
    parts = Parts(page("report", program, *ON, "--lang", language, cwd=HERE.parent, tmp=tmp_path))
    broken = [
        data
        for data, inside in parts.texts
        if re.search(r"\d[–-]\d", data)
        and not (inside[-1][0] in {"a", "dt"} and re.fullmatch(r"https?://.*|[a-z0-9_-]+", data))
        and not any(tag == "svg" or had.get("class") == "whole" for tag, had in inside)
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("30–35\u00a0% by 2015", ["30–35"]),
        ("1.000–1.200, then", ["1.000–1.200"]),
        ("2026-12-01, 2021-11", ["2026-12-01", "2021-11"]),
        ("-24 pp (-29)", []),
        ("a&#39;3 – 4", []),
        (f"{'9' * 30}–{'1' * 30}", [f"{'9' * 12}–{'1' * 12}"]),
    ],
)
def test_what_is_held_together(text: str, held: list[str]) -> None:
    """Dates, and numbers at both sides of a dash; of long ones only so much that a phone has room for it; no letter is changed."""
    marked = whole(text)
    assert re.findall(r'<span class="whole">(.*?)</span>', marked) == held
    assert re.sub(r"<[^>]*>", "", marked).replace("\u00a0", " ") == text.replace("\u00a0", " ")


def test_a_range_without_room_is_broken_before_its_unit() -> None:
    """A unit of one sign stays with its number; a word, or several, may begin a line."""
    assert whole("30–35\u00a0%") == '<span class="whole">30–35</span>\u00a0%'
    assert whole("300–350\u00a0doanh nghiệp") == '<span class="whole">300–350</span> doanh nghiệp'


def test_of_a_promise_in_words_no_figure_is_missed(tmp_path: Path) -> None:
    """What no indicator measures has no figure that could be there: only a target without one is told to have none."""
    text = page("report", "khanh-hoa", *ON, cwd=HERE.parent, tmp=tmp_path)
    rows = json.loads(run("status", "khanh-hoa", "--json", *ON, cwd=HERE.parent).stdout)["targets"]
    words = [row for row in rows if row["indicator"] is None]
    without = [row for row in rows if row["indicator"] and row["actual"] is None]
    table = text[text.index('<table class="targets') : text.index("</table>")]
    assert table.count('<td role="cell" data-head="actual">–</td>') == len(words) == 3
    assert table.count(">no figure<") == len(without) == 5


def test_an_owner_is_not_taken_for_the_author(tmp_path: Path) -> None:
    """The page says whose program it is, and who wrote the page."""
    text = Page(page("report", "hanoi", *ON, cwd=HERE.parent, tmp=tmp_path)).text
    assert "program owner: Hanoi People's Committee" in text
    assert "Written by targettrack from hanoi.toml" in text


def test_a_figure_is_as_sure_in_the_table_as_in_the_chart(tmp_path: Path) -> None:
    """What was published before its period ended is hollow in the chart, and provisional in the table."""
    (tmp_path / "targets").mkdir()
    early = FIGURE.replace("2026-02-01", "2025-06-01")
    (tmp_path / "targets" / "p.toml").write_text(PROGRAM.format(value=40, figures=early), encoding="utf-8")
    text = page("report", "p", *ON, cwd=tmp_path, tmp=tmp_path)
    (table,) = re.findall(r'(?s)<table class="figures.*?</table>', text)
    assert 'class="point leads hollow"' in text
    assert re.search(r'data-head="role">[^<]*provisional', table)


@pytest.mark.parametrize("program", sorted(path.stem for path in TARGETS.glob("*.toml")))
def test_every_sign_is_explained(program: str, tmp_path: Path) -> None:
    """Also a status that a promise had in an earlier year, and has no more."""
    text = page("report", program, *ON, cwd=HERE.parent, tmp=tmp_path)
    method = text[text.index('id="_method"') :]
    shown = re.findall(r'<span class="word">([^<]+)</span>', text)
    explained = re.findall(r'<dt><span class="status[^>]*><span aria-hidden="true">[^<]+</span> ([^<]+)</span>', method)
    assert set(shown) <= set(explained)


@pytest.mark.parametrize("program", ["hanoi", "khanh-hoa"])
def test_every_outcome_of_the_headline_is_explained(program: str, tmp_path: Path) -> None:
    """Whatever the first sentence counts, by its very word: "11 without a result" is no status of any row."""
    text = page("report", program, *ON, cwd=HERE.parent, tmp=tmp_path)
    (lead,) = re.findall(r'<p class="lead">([^<]*)</p>', text)
    counted = re.findall(r"\d+ ([a-z ]+)", lead.replace("\u00a0", " ").partition(": ")[2])
    terms = {re.sub(r"<[^>]*>|[^\w ]", "", term).strip() for term in re.findall(r"<dt>(.*?)</dt>", text)}
    assert len(counted) > 1
    assert {word.strip() for word in counted} - {"due"} <= terms


def test_a_promise_in_words_leads_to_its_source(tmp_path: Path) -> None:
    """Who said it is one step away."""
    text = page("report", "khanh-hoa", *ON, cwd=HERE.parent, tmp=tmp_path)
    words = text[text.index('id="_words"') : text.index('id="_sources"')]
    assert words.count('<li id="words.') == words.count('<a href="#_source-ven-2021">ven-2021</a>') == 3


def test_every_target_has_its_place(tmp_path: Path) -> None:
    """The anchors in the data are those of the page; they say the indicator and the deadline, and are the same in both languages."""
    there = {}
    for language in ("en", "vi"):
        text = page("report", "hanoi", *ON, "--lang", language, cwd=HERE.parent, tmp=tmp_path)
        (data,) = re.findall(r'href="data:application/json;base64,([^"]+)"', text)
        promises = json.loads(base64.b64decode(data))["promises"]
        there[language] = [each["anchor"] for each in promises]
        assert set(there[language]) <= set(Page(text).ids)
        assert len(set(there[language])) == len(promises)
    assert there["en"] == there["vi"]
    assert "output-share.2015" in there["en"]
    assert "recognitions.2021-2025.sum" in there["en"]


def test_the_page_carries_the_very_data(tmp_path: Path) -> None:
    """What it lets one download is, byte for byte, what status and show write into a file."""
    text = page("report", "shapes", *ON, tmp=tmp_path)
    found = {
        attributes["download"]: base64.b64decode(attributes["href"].partition("base64,")[2])
        for tag, attributes in Page(text).elements
        if "download" in attributes
    }
    for name, command in (("shapes.targets.csv", "status"), ("shapes.figures.csv", "show")):
        run(command, "shapes", *ON, "-o", tmp_path / name, cwd=GOLDEN)
        assert found[name] == (tmp_path / name).read_bytes()
    document = json.loads(found["shapes.json"])
    shown = json.loads(run("show", "shapes", "--json", *ON, cwd=GOLDEN).stdout)
    assert (document["schema"], document["version"], document["story"]) == ("targettrack.report", 1, shown)


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    """The same programs on the same day are the same page, in another process too."""
    argv = ("report", "hanoi", *ON, "--targets", str(TARGETS))
    first = page(*argv, tmp=tmp_path)
    done = process(*argv, "-o", str(tmp_path / "again.html"), cwd=tmp_path, env={**OUTSIDE, "PYTHONHASHSEED": "7"})
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == first


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><style>*{display:none}",
    "{{ 7*7 }}{% include 'page.css' %}",
    "javascript:alert(1)",
    "\u202eevil\u2066",
    "\x1b]8;;http://evil.example\x07",
    "' onmouseover='alert(1)",
    "]]><!--",
    "&lt;b&gt;",
]


def hostile(texts: list[str]) -> str:
    """A program whose every text is one of these."""
    said = [json.dumps(text).replace("\x7f", "\\u007f") for text in texts]

    def each(place: int) -> str:
        return said[place % len(said)]

    return f"""targettrack = 1
[program]
name = {each(0)}
place = {each(1)}
owner = {each(2)}
url = {each(4)}
note = {each(3)}
[sources.s]
title = {each(5)}
publisher = {each(6)}
document = {each(7)}
url = {each(4)}
archived = "javascript:alert(2)"
note = {each(8)}
[indicators.a]
name = {each(1)}
unit = {each(3)}
direction = "increase"
definition = {each(9)}
note = {each(0)}
responsible = {each(2)}
baseline = {{ period = 2010, value = 1, source = "s" }}
[[indicators.a.targets]]
by = 2020
value = 5
source = "s"
document = {each(7)}
quote = {each(1)}
note = {each(2)}
disaggregation = {{ {each(0)} = {each(1)} }}
[[promises]]
text = {each(1)}
source = "s"
quote = {each(2)}
note = {each(0)}
[[actuals]]
indicator = "a"
period = 2015
value = 3
source = "s"
page = {each(1)}
quote = {each(0)}
note = {each(5)}
disaggregation = {{ {each(0)} = {each(1)} }}
"""


def test_what_a_hostile_program_says_is_shown(tmp_path: Path) -> None:
    """Markup, templates, addresses of scripts, marks of direction and escapes stand on the page as what they are."""
    folder = tmp_path / "targets"
    folder.mkdir()
    (folder / "h.toml").write_text(hostile(HOSTILE), encoding="utf-8")
    for command in ("report", "show", "status"):
        text = page(command, "h", *ON, cwd=tmp_path, tmp=tmp_path)
        is_safe(text)
        said = Page(text).text
        assert "<img src=x onerror=alert(1)>" in said
        assert "\u202e" not in text
        assert "\x1b" not in text
        assert "javascript:alert" not in " ".join(Page(text).links())
    report = Page(page("report", "h", *ON, cwd=tmp_path, tmp=tmp_path)).text
    for shown in (
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% include 'page.css' %}",
        "javascript:alert(1)",
        "<U+202E>evil<U+2066>",
        "<U+001B>]8;;",
        "&lt;b&gt;",
    ):
        assert shown in report


@tries(60)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1, max_size=10)
)
def test_no_text_becomes_markup(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever a file says, the page has the elements that it has for harmless texts, but for those that hold dates and ranges together."""
    tmp = tmp_path_factory.mktemp("texts")
    (tmp / "targets").mkdir()
    counts = []
    harmless = {text: f"x{place}" for place, text in enumerate(texts)}
    for said in (texts, [harmless[text] for text in texts]):
        (tmp / "targets" / "h.toml").write_text(hostile(said), encoding="utf-8")
        done = run("report", "h", *ON, "-o", tmp / "page.html", cwd=tmp, env=OUTSIDE)
        if done.returncode == 4:  # a file may not say so
            return
        assert (done.returncode, done.stderr) == (0, "")
        text = (tmp / "page.html").read_text(encoding="utf-8")
        is_safe(text)
        drawn = {"a", "svg", "text", "line", "path"}
        counts.append([tag for tag, had in Page(text).elements if tag not in drawn and had.get("class") != "whole"])
    assert counts[0] == counts[1]


@pytest.mark.parametrize("order", ["ab", "ba"])
@pytest.mark.parametrize("shown", ["{{ %s|whole }}", "{{ %s }}"])
def test_no_text_is_taken_for_markup_of_the_same_letters(shown: str, order: str) -> None:
    """What is remembered of one is not shown for the other, whichever comes first."""
    environment.cache_clear()
    source = "".join(shown % name for name in order) * 2
    made = environment().from_string(source).render(a="<b>one & two</b>", b=Markup("<b>one &amp; two</b>"))
    said = {"a": "&lt;b&gt;one &amp; two&lt;/b&gt;", "b": "<b>one &amp; two</b>"}
    assert made == "".join(said[name] for name in order) * 2
    same = {"a": "<i>same</i>", "b": Markup("<i>same</i>")}
    made = environment().from_string(source).render(same)
    assert made == "".join({"a": "&lt;i&gt;same&lt;/i&gt;", "b": "<i>same</i>"}[name] for name in order) * 2


def test_tables_have_heads_and_captions(tmp_path: Path) -> None:
    """Each table says what it is, its heads say of what they are, and what may be wider than a screen can be reached by the keyboard."""
    found = Page(page("report", "hanoi", *ON, cwd=HERE.parent, tmp=tmp_path))
    tags = [tag for tag, _ in found.elements]
    assert tags.count("table") == tags.count("caption") > 3
    assert all("scope" in attributes for tag, attributes in found.elements if tag == "th")
    regions = [attributes for _, attributes in found.elements if attributes.get("role") == "region"]
    assert len(regions) == tags.count("table")
    assert all(each["tabindex"] == "0" and "aria-labelledby" in each for each in regions)
    heads = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(heads))
    assert [tags.count(tag) for tag in ("header", "main", "footer")] == [1, 1, 1]


# ---------------------------------------------------------------- what is refused


def test_a_page_holds_one_program(tmp_path: Path) -> None:
    """Several programs are a site."""
    done = run("report", "-o", tmp_path / "all.html", cwd=GOLDEN)
    assert done.returncode == 2
    assert "a page holds one program" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)", "https://example.org/?a=1"])
def test_an_address_is_one_of_the_web(url: str, tmp_path: Path) -> None:
    """What a feed could not lead to is refused before anything is written."""
    done = run("report", "-o", f"{tmp_path}/site/", "--url", url, cwd=GOLDEN)
    assert done.returncode == 2
    assert "--url is an address of the web" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_jinja_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    """The extra is named, and nothing is written; what needs no page works."""
    (tmp_path / "jinja2.py").write_text("raise ImportError('no jinja2 here')\n", encoding="utf-8")
    place = tmp_path / "page.html"
    argv = [
        sys.executable,
        "-m",
        "targettrack",
        "report",
        "texts",
        "-o",
        str(place),
        "--targets",
        str(GOLDEN / "targets"),
    ]
    done = subprocess.run(
        argv, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(tmp_path)}, cwd=tmp_path
    )
    assert done.returncode == 5
    assert (
        done.stderr
        == "targettrack: writing a page needs Jinja, which is not installed\n  hint: install it: pip install 'targettrack[report]'\n"
    )
    assert not place.exists()


# ---------------------------------------------------------------- a site


def test_the_first_page_has_its_reservations(tmp_path: Path) -> None:
    """Each outcome that is counted in is explained; what was kept late is called late; a cell says its head where no head has room."""
    folder = site(tmp_path, *ON, "--lang", "en")
    text = (folder / "index.html").read_text(encoding="utf-8")
    shown = Page(text).text
    assert "that is the file's silence, not the government's" in shown
    heads = [re.sub(r"<.*?>", "", head) for head in re.findall(r"<th role=\"columnheader\".*?</th>", text)]
    for row in re.findall(r"(?s)<tr role=\"row\"><th role=\"rowheader\".*?</tr>", text):
        assert re.findall(r'data-head="([^"]*)"', row) == heads[1:]
    assert shown.count("kept: 1 of 9 late") == shown.count("kept: 1 of 3 late") == 1


def test_a_site_holds_together(tmp_path: Path) -> None:
    """Every link leads to a file of the site, and to a place on it; every file is named in the list, with its digest."""
    folder = site(tmp_path, *ON)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = (folder / "targettrack-site.sha256").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert {*listed, "targettrack-site.sha256"} == set(names)
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())
    pages = {name: Page((folder / name).read_text(encoding="utf-8")) for name in names if name.endswith(".html")}
    assert {"index.html", "en/index.html", "vi/index.html", "en/shapes.html", "vi/shapes.html"} <= set(pages)
    for name, found in pages.items():
        is_safe((folder / name).read_text(encoding="utf-8"))
        for link in found.links():
            if not re.match("https?:|data:", link):
                path, place = urldefrag(urljoin(name, link))
                assert path in names, (name, link)
                assert not place or place in pages[path].ids


def test_pages_name_themselves_in_other_languages(tmp_path: Path) -> None:
    """Each page has a link for search engines to itself in every language, and a link for readers to the others."""
    folder = site(tmp_path, *ON)
    found = Page((folder / "vi" / "texts.html").read_text(encoding="utf-8")).elements
    assert found[0] == ("html", {"lang": "vi"})
    other = {
        attributes["hreflang"]: attributes["href"]
        for tag, attributes in found
        if tag == "link" and "hreflang" in attributes
    }
    assert other == {"en": "../en/texts.html", "vi": "texts.html"}
    assert [attributes["href"] for tag, attributes in found if tag == "a" and "hreflang" in attributes] == [
        "../en/texts.html"
    ]


def test_the_language_chooses_the_first_page_alone(tmp_path: Path) -> None:
    """The addresses of pages are the same, whoever wrote the site."""
    english = site(tmp_path / "en", *ON)
    vietnamese = site(tmp_path / "vi", *ON, "--lang", "vi")
    files = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
        for folder in (english, vietnamese)
    ]
    assert files[0].keys() == files[1].keys()
    differ = {name.as_posix() for name in files[0] if files[0][name] != files[1][name]}
    assert differ <= {"index.html", "targettrack-site.sha256"}
    assert Page(files[1][Path("index.html")].decode()).elements[0] == ("html", {"lang": "vi"})


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_and_the_sitemap(tmp_path: Path) -> None:
    """What a commit changed is an entry with all that Atom asks for, under addresses that are whole; the sitemap has every page."""
    repository = begun(tmp_path / "repository")
    repository.write(PROGRAM.format(value=40, figures=""))
    repository.commit("2026-01-10")
    repository.write(PROGRAM.format(value=30, figures=FIGURE))
    repository.commit("2026-03-10")
    done = run("report", "-o", f"{tmp_path}/site/", "--url", "https://example.org/t", *ON, cwd=repository.top)
    assert done.returncode == 0, done.stderr
    feed = ET.parse(tmp_path / "site" / "en" / "feed.xml").getroot()  # noqa: S314 - our own file
    assert feed.tag == f"{ATOM}feed"
    for each in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(each.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each.findtext(f"{ATOM}updated") or "")
        assert all(link.attrib["href"].startswith("https://example.org/t/en/") for link in each.findall(f"{ATOM}link"))
    entries = list(feed.iter(f"{ATOM}entry"))
    assert len(entries) == len({entry.findtext(f"{ATOM}id") for entry in entries}) == 1
    assert "target lowered" in (entries[0].findtext(f"{ATOM}content") or "")
    assert "2026-03-10" in (entries[0].findtext(f"{ATOM}updated") or "")
    map = ET.parse(tmp_path / "site" / "sitemap.xml").getroot()  # noqa: S314 - our own file
    told = {element.text for element in map.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert told == {f"https://example.org/t/{code}/{name}.html" for code in ("en", "vi") for name in ("index", "p")}


def test_a_site_without_its_address_says_so(tmp_path: Path) -> None:
    """Once, with a command that writes the same site under an address; with one nothing is said, and a single page needs none."""
    folder = f"{tmp_path}/a site/"
    done = run("report", "texts", "-o", folder, *ON, "--lang", "en", cwd=GOLDEN, env=OUTSIDE)
    (said,) = [line for line in done.stderr.splitlines() if "relative" in line]
    command = shlex.split(said.rpartition(": targettrack ")[2])
    assert command == ["report", "texts", "-o", folder, *ON, "--lang", "en", "--url", "https://example.org/targets/"]
    before = (tmp_path / "a site" / "en" / "texts.html").read_bytes()
    again = run(*command, cwd=GOLDEN, env=OUTSIDE)
    assert (again.returncode, "relative" in again.stderr) == (0, False)
    assert (tmp_path / "a site" / "en" / "texts.html").read_bytes() == before
    assert "https://example.org/targets/en/" in (tmp_path / "a site" / "en" / "feed.xml").read_text(encoding="utf-8")


PROGRAM = """targettrack = 1
[program]
name = "P"
[sources.s]
title = "S"
published = 2020-01-01
[indicators.a]
name = "A"
unit = "%"
direction = "increase"
[[indicators.a.targets]]
by = 2030
value = {value}
source = "s"
{figures}"""
FIGURE = '[[actuals]]\nindicator = "a"\nperiod = 2025\nvalue = 31\nsource = "s"\npublished = 2026-02-01\n'


def test_who_changed_what(tmp_path: Path) -> None:
    """A page tells what the newest commit of its file changed, and whose it was; --since tells more."""
    repository = begun(tmp_path / "repository")
    repository.write(PROGRAM.format(value=40, figures=""))
    repository.commit("2026-01-10")
    repository.write(PROGRAM.format(value=30, figures=""))
    repository.commit("2026-02-10")
    repository.write(PROGRAM.format(value=30, figures=FIGURE))
    hash = repository.commit("2026-03-10")
    argv = ("report", "p", "-o", tmp_path / "p.html", *ON)
    assert run(*argv, cwd=repository.top).returncode == 0
    newest = Page((tmp_path / "p.html").read_text(encoding="utf-8")).text
    assert f"By the newest commit of the file ({hash[:9]}," in newest
    assert "new figure" in newest
    assert "target lowered" not in newest
    assert f"commit {hash[:9]} of 2026-03-10." in newest
    assert run(*argv, "--since", "2026-01-10", cwd=repository.top).returncode == 0
    more = Page((tmp_path / "p.html").read_text(encoding="utf-8")).text
    assert "target lowered" in more
    assert "new figure" in more
    unknown = run(*argv, "--since", "nonsense", cwd=repository.top)
    assert (unknown.returncode, 'git knows no revision "nonsense"' in unknown.stderr) == (5, True)


def test_what_nobody_else_wrote_is_replaced_and_removed(tmp_path: Path) -> None:
    """A second run writes the same files, and takes away the pages of programs that are gone; what somebody put beside them stays."""
    folder = site(tmp_path, *ON)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "CNAME").write_text("example.org\n", encoding="utf-8")
    done = run("report", "-o", folder, *ON, cwd=GOLDEN, env=OUTSIDE)
    assert (done.returncode, done.stderr.splitlines()[0]) == (0, f"{len(before) - 1} files written")
    assert {path: path.read_bytes() for path in before} == before
    done = run("report", "texts", "-o", folder, *ON, cwd=GOLDEN, env=OUTSIDE)
    assert done.returncode == 0
    assert "removed, for no page has them any more: data/shapes.figures.csv" in done.stderr
    assert not (folder / "en" / "shapes.html").exists()
    assert (folder / "CNAME").read_text(encoding="utf-8") == "example.org\n"
    assert not list(folder.glob(".targettrack*"))


def test_what_somebody_changed_is_not_touched(tmp_path: Path) -> None:
    """A page that was edited, a file that was there before, a link: nothing is written, and each is named."""
    folder = site(tmp_path, *ON)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    edited = folder / "en" / "texts.html"
    edited.write_text("mine", encoding="utf-8")
    done = run("report", "-o", folder, "--on", "2020-01-01", cwd=GOLDEN, env=OUTSIDE)
    assert done.returncode == 5
    assert str(edited) in done.stderr
    assert {path: path.read_bytes() for path in before if path != edited} == {
        path: data for path, data in before.items() if path != edited
    }
    stale = run("report", "shapes", "-o", folder, *ON, cwd=GOLDEN, env=OUTSIDE)
    assert stale.returncode == 0
    assert "left, though no page has them any more, for somebody changed them: en/texts.html" in stale.stderr
    assert edited.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["index.html", "en"])
def test_other_peoples_folders_are_not_written_over(name: str, tmp_path: Path) -> None:
    """A page of somebody else, or a link where a folder of ours would be, stops all of it before the first file."""
    folder = tmp_path / "site"
    folder.mkdir()
    if name == "en":
        (tmp_path / "elsewhere").mkdir()
        (folder / "en").symlink_to(tmp_path / "elsewhere")
    else:
        (folder / name).write_text("mine", encoding="utf-8")
    done = run("report", "-o", folder, *ON, cwd=GOLDEN, env=OUTSIDE)
    assert done.returncode == 5
    assert "this was not written by targettrack" in done.stderr
    assert sorted(each.name for each in folder.iterdir()) == [name]
    assert not list(tmp_path.glob("elsewhere/*"))


def test_a_run_that_was_killed_leaves_a_folder_that_the_next_one_knows(tmp_path: Path) -> None:
    """Between any two of the files that change places, the list knows both the old one and the new one."""
    folder = site(tmp_path, *ON)
    later = tmp_path / "later"
    run("report", "-o", later, "--on", "2020-01-01", cwd=GOLDEN, env=OUTSIDE)
    both = {
        *(folder / "targettrack-site.sha256").read_text().splitlines(),
        *(later / "targettrack-site.sha256").read_text().splitlines(),
    }
    (folder / "targettrack-site.sha256").write_text("".join(f"{line}\n" for line in sorted(both)), encoding="utf-8")
    (folder / "en" / "index.html").write_bytes((later / "en" / "index.html").read_bytes())  # one has changed places
    (folder / ".targettrack-new").mkdir()
    (folder / ".targettrack-new" / "half").write_text("half", encoding="utf-8")
    done = run("report", "-o", folder, "--on", "2020-01-01", cwd=GOLDEN, env=OUTSIDE)
    assert done.returncode == 0, done.stderr
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == {
        path.relative_to(later): path.read_bytes() for path in later.rglob("*") if path.is_file()
    }


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    """The others have their pages, the index names the file, and the exit code says it."""
    folder = tmp_path / "targets"
    folder.mkdir()
    (folder / "p.toml").write_text(PROGRAM.format(value=30, figures=""), encoding="utf-8")
    (folder / "index.toml").write_text(PROGRAM.format(value=30, figures=""), encoding="utf-8")
    (folder / "broken.toml").write_text("targettrack = 1\nnonsense\n", encoding="utf-8")
    done = run("report", "-o", tmp_path / "site", *ON, cwd=tmp_path)
    assert done.returncode == 4
    index = Page((tmp_path / "site" / "en" / "index.html").read_text(encoding="utf-8"))
    assert "Cannot be read: broken" in index.text
    assert {"p.html", "_index.html"} <= set(index.links())
    assert (tmp_path / "site" / "en" / "_index.html").exists()


def test_open_asks_the_browser_for_the_file(tmp_path: Path) -> None:
    """--open gives the system's browser the address of the page; where there is none, that is said."""
    asked = tmp_path / "asked"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {asked}\n', encoding="utf-8")
    browser.chmod(0o755)
    place = tmp_path / "p.html"
    argv = ("report", "texts", "-o", str(place), *ON, "--open", "--targets", str(GOLDEN / "targets"))
    done = process(*argv, cwd=tmp_path, env={**OUTSIDE, "BROWSER": f"{browser} %s"})
    assert (done.returncode, done.stderr) == (0, "")
    assert asked.read_text(encoding="utf-8") == place.as_uri()


def test_the_document_is_that_of_its_schema(tmp_path: Path) -> None:
    """What a page lets one download, and -o FILE.json writes, is as ``schema report`` says."""
    done = run("report", "shapes", "-o", tmp_path / "shapes.json", *ON, cwd=GOLDEN, env=OUTSIDE)
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads((tmp_path / "shapes.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, json.loads(run("schema", "report").stdout))


def test_a_page_goes_down_a_pipe(tmp_path: Path) -> None:
    """-o - is the same page as that of a file."""
    text = page("report", "texts", *ON, tmp=tmp_path)
    done = run("report", "texts", "-o", "-", *ON, cwd=GOLDEN, env=OUTSIDE)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", text)
