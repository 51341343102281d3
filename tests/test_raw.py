"""Nothing raw: every field of a program, fed with whatever a terminal, a page, a spreadsheet or a build log obeys, in every format of every command."""

from __future__ import annotations

import copy
import csv
import html
import io
import json
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from html.parser import HTMLParser
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
import tomli_w

from repository import Repository, signed
from support import run
from targettrack import cli, formats, registry
from targettrack import text as texts
from targettrack.cli import _ask, _say
from targettrack.errors import Problem, TargettrackError
from targettrack.formats._look import Look
from targettrack.formats.markdown._text import escaped, link
from targettrack.pages import check
from targettrack.pages.check import weaknesses
from targettrack.pages.list import overview
from targettrack.pages.status import StatusPage
from targettrack.program import toml
from targettrack.program.model import Document
from targettrack.program.validation import key
from targettrack.store import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Loc = tuple[str | int, ...]

OBEYED = (
    "\x07\x08\x0b\x0c\x00\x7f\x1b[31mred\x1b]0;title\x07\x1b]8;;http://e\x1b\\ \x85\x9b2J\x9d \xad\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u2066\u2060\u3164\ufe0f\ufeff\ufff9\U000e0041\u034f "
    "[red]r[/red] [bold] :smile: @name #123 o/r#45 GH-67 !89 www.w.example http://h.example/a?b=c&d https://s.example ftp://f.example m@mail.example mailto:a@b.example $x$ $$ y_1 $z "
    "<b>b</b> <!-- c --> <script> [l](javascript:1) ![i](http://i.example) [r]: http://r `c` ``d`` *s* __t__ ~~u~~ | p | # h &amp; &#27; {{ v }} {% w %} ::error::e ##[error]f\r\n::error::g\n- h\n\n# i\t=1+1 \\ \\| \\"
)
BEGINNINGS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "::error::",
    "##[error]",
    "- ",
    "1. ",
    "# ",
    "> ",
    "| ",
    "```\n",
    "    ",
    "===",
    "<!--",
    "\u202e",
    "\x1b[2J",
    "＝",
    "$$",
    "'=",
    "#1",
)


def hostile(number: int) -> str:
    """A text of all that is obeyed, with a number to be told from others by, and one of the ways in which such a text may begin."""
    return f"{BEGINNINGS[number % len(BEGINNINGS)]}t{number}t{OBEYED}"


# ---------------------------------------------------------------- the fields of a program


@dataclass(frozen=True)
class Leaf:
    """A field of the models that holds no other table: where it is written, and whether a text may stand there."""

    loc: Loc
    text: bool

    @property
    def name(self) -> str:
        """Its place, as a person says it."""
        return ".".join(map(str, self.loc))


IDS = {"sources": "s", "indicators": "a"}


def leaves(model: type[Any], loc: Loc = ()) -> Iterator[Leaf]:
    """Every field of a model and of the models in it, by their annotations."""
    hints = get_type_hints(model, include_extras=True)
    for field in fields(model):
        yield from _leaves(hints[field.name], (*loc, key(field)))


def _leaves(annotation: Any, loc: Loc) -> Iterator[Leaf]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        (annotation,) = (part for part in inner if part is not NoneType)
        yield from _leaves(annotation, loc)
    elif is_dataclass(annotation) and isinstance(annotation, type):
        yield from leaves(annotation, loc)
    elif origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        yield from _leaves(inner[0], (*loc, 0))
    elif origin is dict:
        name = IDS.get(str(loc[-1]))
        yield from _leaves(inner[1], (*loc, name or "no-source"))
        if name is None:
            yield Leaf((*loc, "?"), text=True)
    elif origin is Annotated and "tuple[tuple[str, str]" in str(inner[0]).lower().replace("typing.", ""):
        yield from (Leaf((*loc, "sector"), text=True), Leaf((*loc, "?"), text=True))
    else:
        base = inner[0] if origin is Annotated else annotation
        yield Leaf(loc, text=origin is not Literal and (base is str or str in get_args(base)))


LEAVES = tuple(leaves(Document))

BASE: dict[str, Any] = {
    "targettrack": 1,
    "program": {"name": "P", "fiscal_year": "04-01"},
    "sources": {"s": {"title": "S", "published": 2019, "url": "https://example.org/$a$/:smile:/?b=1&copy;=2"}, "t": {"title": "T", "published": 2020}},
    "indicators": {
        "a": {
            "name": "A", "unit": "t", "direction": "increase", "lag": "2 months", "frequency": "year", "prefer": ["s"], "limit": 90, "searched": 2021, "baseline": {"period": 2010, "value": 5},
            "targets": [{"by": 2020, "value": 30, "source": "s", "baseline": {"period": 2011, "value": 6}}, {"by": 2030, "value": 40, "source": "t"}],
        },
        "b": {"cumulative": True, "name": "B", "unit": "%", "direction": "increase", "targets": [{"by": 2021, "value": 4, "source": "s"}]},
    },
    "promises": [{"text": "W", "by": 2020, "source": "s"}],
    "actuals": [{"indicator": "a", "period": 2019, "value": 20, "source": "s"}, {"indicator": "a", "period": 2020, "value": 31, "source": "t"}, {"indicator": "a", "period": 2020, "value": 32, "source": "s"}],
}  # fmt: skip


def placed(document: dict[str, Any], loc: Loc, text: object) -> None:
    """Put a text at a place of a document; a question mark stands for a key that is the text itself."""
    *way, last = loc
    at: Any = document
    for place, part in enumerate(way):
        after = loc[place + 1]
        at = at[int(part)] if isinstance(at, list) else at.setdefault(part, [] if isinstance(after, int) else {})
    if isinstance(at, list):
        at[:1] = [text]
    elif last == "?":
        at[str(text)] = "x"
    else:
        at[last] = text


def with_texts(*chosen: tuple[Loc, object]) -> bytes:
    """The program with texts at places."""
    document = copy.deepcopy(BASE)
    for loc, text in chosen:
        placed(document, loc, text)
    return tomli_w.dumps(document).encode()


def readable(data: bytes, path: Path) -> bool:
    """Whether bytes are read as a program."""
    try:
        return load.understood(path, data) is not None
    except TargettrackError:
        return False


@cache
def free(path: Path) -> tuple[tuple[Loc, str], ...]:
    """The fields that may hold any text, each with one of its own."""
    numbered = [(leaf.loc, hostile(number)) for number, leaf in enumerate(LEAVES) if leaf.text]
    return tuple(each for each in numbered if readable(with_texts(each), path))


REFERENCES = {"source", "indicator", "0"}
"""Text fields that name something else in the file: any other text is refused."""


def test_every_text_is_fed(tmp_path: Path) -> None:
    """The fields are those of the models, and all but references may hold anything at all; together they are one program, in which each text is found."""
    fed = free(tmp_path / "p.toml")
    links = {leaf.loc for leaf in LEAVES if leaf.loc[0] == "links"}  # they name a file: see the tests of links
    bound = {leaf.loc for leaf in LEAVES if leaf.text} - {loc for loc, _ in fed} - links
    assert {str(loc[-1]) for loc in bound} - REFERENCES <= {"unit", "sha256"}, bound
    assert len(fed) > 55
    data = with_texts(*fed)
    assert readable(data, tmp_path / "p.toml")
    assert all(
        f"t{number}t" in data.decode() for number, leaf in enumerate(LEAVES) if leaf.loc in {loc for loc, _ in fed}
    )


# ---------------------------------------------------------------- what nothing may be


IGNORED = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u3164\uffa0" + "".join(
    map(chr, [*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFFC)])
)
"""What Unicode lets nobody see, beside its formats and controls."""

OURS = re.compile(r"\x1b\[(?:0|1|(?:1;)?38;5;(?:166|32|132|244)|(?:1;)?(?:31|94|90))m")
"""The escapes of the table's own styles."""


def unsafe(text: str) -> list[str]:
    """The characters of a text that are obeyed or hidden; line ends are not counted."""
    return [
        f"U+{ord(letter):04X}"
        for letter in text
        if (unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp", "Cs"} or letter in IGNORED) and letter != "\n"
    ]


COMMANDED = re.compile(r"^\s*::|##\[", re.MULTILINE)
CODE = re.compile(r"(?<!`)`[^`]+`(?!`)")
LINK = re.compile(r"<(https?://[^<>\s]*)>", re.IGNORECASE)
DONE = {
    "mention": r"@\w", "issue": r"[#!]\d|GH-\d", "address": r"\w://|www\.\w|mailto:", "sign": r":[A-Za-z0-9_+-]+:", "formula": r"\$",
}  # fmt: skip
"""What readers of markdown find in a text that has been rendered."""


def raw_in_markdown(text: str) -> list[str]:
    """What a reader of markdown would do, and not show."""
    found = []
    cells = 0
    for number, line in enumerate(text.split("\n")):
        bare = CODE.sub("⌷", line)
        found += [
            f"link {url}"
            for url in LINK.findall(bare)
            if not texts.is_address(url) or re.search(r"\$|:[\w+-]+:|&#?\w+;(?<!&amp;)", url.partition("://")[2])
        ]
        bare = re.sub(r"\[((?:\\.|[^\[\]\\])*)\]\(L\)", r"\1", LINK.sub("L", bare))
        found += [f"{number}: code {line}"] * ("`" in bare)
        plain = re.sub(r"\\[!-/:-@\[-`{-~]", "E", bare)
        found += [
            f"{number}: {match} in {line[:300]}"
            for match in re.findall(r"[<>\[\]{}~&]|(?<!\*)\*(?!\*)", re.sub(r"^ *> |&#96;", "", plain))
        ]
        found += [
            f"{number}: begins a block: {line[:80]}" for _ in re.findall(r"^(?:=+|\+ |\d+[.)] |```|~~~|    )", plain)
        ]
        shown = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", bare))
        found += [
            f"{number}: {kind} {match} in {line[:300]}"
            for kind, pattern in DONE.items()
            for match in re.findall(pattern, shown)
        ]
        bars = plain.count("|")
        cells = bars if plain.startswith("|") and not cells else cells if plain.startswith("|") else 0
        found += [f"{number}: {bars} bars in {line[:300]}"] * (cells != bars)
    return found


class Markup(HTMLParser):
    """What a browser would do with a page: run, fetch or send something, or take a text for an element."""

    OURS = frozenset(
        re.findall(
            r"\w+",
            "html head meta title link style body a header main footer nav section article h1 h2 h3 h4 p b ul li span div br "
            "table caption thead tbody tr th td details summary blockquote q dl dt dd svg desc line rect circle path text g",
        )
    )
    """The elements that our templates have."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += [f"<{tag}>"] * (tag not in self.OURS or (tag == "b" and bool(attrs)))
        self.faults += [name for name, _ in attrs if name.startswith("on") or name in {"style", "action", "srcset"}]
        self.faults += [
            f"{name}={value}"
            for name, value in attrs
            if name in {"href", "src", "xlink:href"}
            and not re.match(r"https?://|data:(,|text/csv|application/json)|#|[\w./-]+(#|\Z)", value or "")
        ]

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")


def raw_in_html(text: str) -> list[str]:
    """What a page would do, and not show."""
    found = Markup()
    found.feed(text)
    found.close()
    return found.faults


def raw_in_csv(text: str) -> list[str]:
    """The cells that a spreadsheet would compute."""
    rows = list(csv.reader(io.StringIO(text)))
    assert len({len(row) for row in rows}) <= 1
    return [cell for row in rows for cell in row if re.match(r"\s*[=+@＝＋－＠\t\r]|\s*-(?![0-9.]+\Z)", cell)]


def raw_in(text: str, format: str) -> list[str]:
    """What is wrong with an output."""
    found = unsafe(OURS.sub("", text) if format in {"table", "text"} else text)
    if format in {"table", "text", "stderr"}:
        found += COMMANDED.findall(text)
    if format == "markdown":
        found += raw_in_markdown(text)
    if format == "csv":
        found += raw_in_csv(text)
    if format == "github":
        found += [
            line
            for line in text.splitlines()
            if not re.fullmatch(r"::(?:error|warning) (?:\w+=[^:,\s]*(?: [^:,\s]+)*,?)+::.*", line)
        ]
    if format == "html":
        found += raw_in_html(text)
    if format == "json" and text:
        json.loads(text)
    if format == "jsonl":
        found += [line for line in text.split("\n") if line and not isinstance(json.loads(line), dict)]
    return found


def test_the_eye_is_not_blind() -> None:
    """What is looked for is found where it is: each of the texts, as it stands, is raw in each format."""
    assert len(unsafe(OBEYED)) > 30
    assert {found.split(": ")[1].split(" ")[0] for found in raw_in_markdown(f"x {OBEYED}")} >= set(DONE) | {
        "code",
        "<",
        "[",
    }
    assert raw_in_csv("=1\n+1\n@a\n-a\n") == ["=1", "+1", "@a", "-a"]
    assert not raw_in_csv("-1.5\na\n")
    assert raw_in("::error::x\n", "table")
    assert raw_in_markdown("<https://x/$a$>")
    assert raw_in_markdown("[x](javascript:1)")
    assert raw_in_html("<script>") == ["<script>"]
    assert raw_in_html("<a href='javascript:1' onclick=1><b x=1><!-- c -->") == [
        "onclick",
        "href=javascript:1",
        "<b>",
        "<!-- c ",
    ]
    assert not raw_in_html("<p>javascript:1 &lt;script&gt; <a href='https://example.org'>x</a></p>")
    assert not raw_in_markdown(
        "| a | b |\n| --- | ---: |\n| `@x` | \\[c\\] |\n\n[C](<https://example.org>) <https://example.org>"
    )


# ---------------------------------------------------------------- every command, every format

WHOLE = "2021-06-30"
FORMATS = tuple(
    name for name in registry.names(formats) if not getattr(registry.module(formats, name), "BINARY", False)
)
"""Those whose bytes are text; what a workbook holds is read back in its own tests."""
SHOWN: dict[str, Sequence[tuple[str, ...]]] = {
    "status": [(), ("p/a",), ("--against", "original"), ("--sort", "gap"), ("--method", "un-2022")], "list": [()], "show": [("p",), ("p/a",)], "history": [("p/a",), ("p/a", "--every", "half")],
    "explain": [("p/a",), ("p/a", "--with", "9", "--period", "2021", "--disaggregation", OBEYED.replace("\x00", "") + "=b")], "cite": [("p/a",), ("p/b",)], "changes": [("--since", "HEAD~1"), ("--since", "HEAD~1", "--until", "HEAD")],
    "check": [(), ("--strict",), ("--since", "HEAD~1")],
}  # fmt: skip
"""The commands that show a file, and what they are asked for."""

NOWHERE = {"add-actual", "export", "help", "import", "init", "methods", "new", "report", "schema", "undo"}
"""Those that write, or know no file: they have their own tests here."""


def test_every_command_is_tried() -> None:
    """A new command must be added above."""
    assert set(registry.names(cli)) == SHOWN.keys() | NOWHERE


AUTHOR = "Lan \x1b[31m\u202e@name #12 :smile: $x$ http://a.example | [l](javascript:1)"
ODD = ("x\x1b[31m\u202ey", "a @name #1 :smile: $x$", "::error::z", "##[error]w", "q\nr")
"""Names of files that are no programs."""

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository, in a folder with a hostile name, of a program that was plain first and is hostile in all its fields now; and files with hostile names beside it."""
    repository = Repository(tmp_path_factory.mktemp("raw") / "w\x1b[31m\u202e @name :smile: ##[error]")
    repository.top.mkdir()
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.targets.mkdir()
    path = repository.targets / "p.toml"
    path.write_bytes(with_texts((("actuals", 1, "value"), 29), (("indicators", "a", "targets", 1, "value"), 45)))
    repository.commit("2020-01-01")
    path.write_bytes(with_texts(*free(path)))
    repository.git("add", "--all")
    repository.git(
        "commit", "--quiet", "--message", OBEYED.replace("\x00", ""), env=signed(AUTHOR, "2021-01-01T12:00:00+0700")
    )
    for name in ODD:
        (repository.targets / f"{name}.toml").write_text("targettrack = 1\n")
    return repository


def asked() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every command, with what it is asked for, in every format."""
    for command, wanted in SHOWN.items():
        names = ("text", "json", "github") if command == "check" else FORMATS
        yield from ((command, words, name) for words in wanted for name in names)


@GIT
@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("command", SHOWN)
def test_every_field_in_every_format(place: Repository, command: str, lang: str) -> None:
    """Nothing raw comes out, neither as output nor as what is said about it; and what is shown is shown."""
    written = 0
    for name, words, format in asked():
        if name != command:
            continue
        argv = (
            command,
            *words,
            *([] if command == "changes" else ["--on", WHOLE]),
            "--format",
            format,
            "--lang",
            lang,
            "--color",
            "always",
        )
        done = place.ran(*argv)
        said = "jsonl" if format in {"json", "jsonl"} and command != "check" else "stderr"
        assert (raw_in(done.stdout, format), raw_in(done.stderr, said)) == ([], []), argv
        assert "Traceback" not in done.stderr
        assert done.returncode in {0, 1, 4} or not done.stdout, argv
        written += bool(done.stdout)
    assert written >= 3


@GIT
@pytest.mark.parametrize("columns", ["25", "60", "200"])
def test_on_a_terminal_of_any_width(place: Repository, columns: str) -> None:
    """A line that is wrapped begins no command, and no character of it is obeyed."""
    loaded = load.load(place.targets / "p.toml")
    assert loaded
    from datetime import date  # noqa: PLC0415

    from targettrack.assessment import report  # noqa: PLC0415
    from targettrack.cli import _programs  # noqa: PLC0415
    from targettrack.pages import cite, explain, history, show  # noqa: PLC0415

    day, method, look = (
        date.fromisoformat(WHOLE),
        _programs.method("linear"),
        Look(width=int(columns), colours="256", bold=True),
    )
    pages = [
        StatusPage(report.report([loaded.program], day, method=method)), overview("targets", [loaded], [], day, method), show.story(loaded, None, day, method), show.story(loaded, "a", day, method),
        explain.explanation(loaded, "a", day, _programs.rules()), history.timeline(loaded.program, "a", day, method, "year"), cite.citation(loaded, "a", day, method, cite.Edition("unknown", reason=OBEYED)),
    ]  # fmt: skip
    for page in pages:
        for ascii_only in (False, True):
            out = io.StringIO()
            registry.module(formats, "table").render(page, out, Look(look.width, look.colours, look.bold, ascii_only))
            assert raw_in(out.getvalue(), "table") == []


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.name)
def test_what_is_said_of_every_field(tmp_path: Path, leaf: Leaf) -> None:
    """A hostile text in any field, also where a number or a date must be: it is read, or refused in words that are safe in every format of ``check``, and on stderr."""
    path = tmp_path / "p.toml"
    text = hostile(LEAVES.index(leaf))
    try:
        loaded = load.understood(path, with_texts((leaf.loc, text)))
    except TargettrackError as error:
        problems: Sequence[Problem] = error.problems
    else:
        assert loaded
        assert leaf.text
        from datetime import date  # noqa: PLC0415

        from targettrack.cli import _programs  # noqa: PLC0415

        faults = weaknesses.found(weaknesses.Case(loaded.program, date(2021, 6, 30), _programs.method("linear")))
        problems = list(toml.placed(list(faults), loaded.text, "p\x1b.toml", severity="warning"))
    page = check.findings(list(problems), 1)
    for name in ("table", "json", "github"):
        out = io.StringIO()
        registry.module(formats, name).render(page, out, Look())
        assert raw_in(out.getvalue(), name) == []
    assert (
        raw_in(
            "".join(f"{texts.line_shown(line)}\n" for problem in problems for line in _say.sentences(problem)), "stderr"
        )
        == []
    )


# ---------------------------------------------------------------- commands that write


ARGUMENTS = [
    ("status", OBEYED), ("show", f"p/{OBEYED}"), ("status", "--only", OBEYED), ("status", "--on", OBEYED), ("status", f"--{OBEYED}"), (OBEYED,), ("status", "--method", OBEYED), ("status", "-o", OBEYED), ("status", "--format", OBEYED),
    ("status", "--targets", OBEYED), ("status", "--lang", OBEYED), ("changes", "--since", OBEYED), ("check", "--since", OBEYED), ("cite", "p/a", "--target", OBEYED), ("explain", "p/a", "--with", OBEYED, "--period", "2020"), ("schema", OBEYED),
    ("new", OBEYED), ("import", OBEYED, "f.csv"), ("import", "p", OBEYED), ("import", "p", "f.csv", "--kind", OBEYED), ("import", "p", "f.csv", "--map", OBEYED), ("import", "p", "f.csv", "--column", OBEYED), ("add-actual", OBEYED), ("add-actual", "p", OBEYED, "1"), ("add-actual", "p", "a", OBEYED, "--period", "2021"), ("add-actual", "p", "a", "1", "--period", OBEYED), ("add-actual", "p", "a", "1", "--period", "2021", "--source", OBEYED),
    ("add-actual", "p", "a", "1", "--period", "2021", "--source", "n", "--source-title", "N", "--source-url", OBEYED), ("add-actual", "p", "--from", OBEYED), ("add-actual", "p", "a", "1", "--period", "2021", "--quality", OBEYED), ("add-actual", "p", "a", "1", "--disaggregation", OBEYED),
]  # fmt: skip


@GIT
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_what_is_said_of_every_argument(place: Repository, form: tuple[str, ...]) -> None:
    """What a person types is repeated to him safely, whatever it is pasted from."""
    for words in ARGUMENTS:
        argv = [word.replace("\x00", "") for word in words] + [*(form if words[0] not in {"new", "schema"} else ())]
        done = place.ran(*argv)
        assert (
            done.returncode,
            raw_in(done.stdout, "json" if "--json" in argv else "table"),
            raw_in(done.stderr, "jsonl" if "--json" in argv else "stderr"),
        ) == (done.returncode or -1, [], []), argv


@pytest.mark.parametrize(
    "form", [("--draft", "--dry-run"), ("--dry-run",), ("--dry-run", "--json"), ("--json",), ()], ids=" ".join
)
@pytest.mark.parametrize("name", ["t.csv", "t.json"])
def test_a_table_of_hostile_texts_is_shown(tmp_path: Path, name: str, form: tuple[str, ...]) -> None:
    """Headers, indicators, parts, notes and figures that are none: what is said of them, drafted and recorded does nothing."""
    (tmp_path / "targets").mkdir()
    text = OBEYED.replace("\x00", "")
    path = tmp_path / "targets" / "p.toml"
    bare = {name: table for name, table in BASE.items() if name != "actuals"}
    path.write_bytes(tomli_w.dumps(bare | {"indicators": {"a": {"name": text, "unit": "t"}}}).encode())
    before = path.read_text(encoding="utf-8")
    rows = [
        ["indicator", "Year", "Value", f"p{text}", "Note", "Unit"],
        [text, "2021", "33", text, text, "t"],
        [text, text, "34", "", "", "t"],
        [f"x{text}", "2022", f"7{text}", "", "", "t"],
        ["a", "2022", "5*", "", "", "t"],
    ]
    if name == "t.json":
        (tmp_path / name).write_text(
            json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]), encoding="utf-8"
        )
    else:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    (tmp_path / "m.toml").write_text(
        tomli_w.dumps(
            {"import": 1, "source": {"id": "n", "title": text, "publisher": text}, "columns": {"p*": "part:sex"}}
        ),
        encoding="utf-8",
    )
    done = run("import", "p", name, "--yes", *(() if "--draft" in form else ("--map", "m.toml")), *form, cwd=tmp_path)
    assert "Traceback" not in done.stderr
    toml = "--dry-run" in form and "--json" not in form
    assert (unsafe(done.stdout) if toml else raw_in(done.stdout, "json" if "--json" in form else "table")) == []
    assert raw_in(done.stderr, "jsonl" if "--json" in form and done.returncode else "stderr") == []
    assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr
    assert unsafe(path.read_text(encoding="utf-8").removeprefix(before)) == []


@pytest.mark.parametrize("form", [("--dry-run",), ("--dry-run", "--json"), ("--json",), ()], ids=" ".join)
def test_what_is_recorded_is_shown(tmp_path: Path, form: tuple[str, ...]) -> None:
    """A figure of hostile texts: neither its receipt nor the lines in the file, printed as they are, do anything."""
    (tmp_path / "targets").mkdir()
    path = tmp_path / "targets" / "p.toml"
    path.write_bytes(with_texts(*free(path)))
    before = path.read_bytes()
    text = OBEYED.replace("\x00", "")
    argv = [
        "add-actual",
        "p",
        "a",
        "33",
        "--period",
        "2021",
        "--source",
        "n",
        "--source-title",
        text,
        "--source-publisher",
        text,
        "--source-document",
        text,
        "--source-note",
        text,
    ]
    done = run(
        *argv,
        "--page",
        text,
        "--quote",
        text,
        "--note",
        text,
        "--disaggregation",
        f"{text.replace('=', '')}={text}",
        "--yes",
        *form,
        cwd=tmp_path,
    )
    assert (done.returncode, raw_in(done.stderr, "stderr")) == (0, [])
    assert raw_in(done.stdout, "json" if "--json" in form else "toml") == []
    assert unsafe(path.read_bytes()[len(before) :].decode()) == []
    if form == ():
        done = run("undo", "p", cwd=tmp_path)
        assert (done.returncode, raw_in(done.stdout, "table"), raw_in(done.stderr, "stderr")) == (0, [], [])
        assert path.read_bytes() == before


def test_new_and_init_say_where(tmp_path: Path) -> None:
    """Folders with hostile names are named safely."""
    folder = OBEYED.replace("\x00", "").replace("/", "-")[:120]
    done = run("init", folder, cwd=tmp_path)
    assert (done.returncode, raw_in(done.stderr, "stderr")) == (0, [])
    done = run("new", "q", "--name", OBEYED.replace("\x00", ""), "--targets", folder, cwd=tmp_path)
    assert (done.returncode, raw_in(done.stderr, "stderr")) == (0, [])


@pytest.mark.parametrize("argv", [("methods",), ("methods", "--json"), ("schema",), ("check", "--list"), ("--help",)])
def test_commands_that_read_no_file(tmp_path: Path, argv: tuple[str, ...]) -> None:
    """They say nothing but our own words."""
    (tmp_path / "targets").mkdir()
    for lang in ("en", "vi"):
        done = run(*argv, cwd=tmp_path, env={"TARGETTRACK_LANG": lang})
        assert (done.returncode, unsafe(done.stdout + done.stderr)) == (0, [])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("line", ["targettrack status ", "targettrack show p/", "targettrack show x"])
def test_completion_offers_nothing_raw(tmp_path: Path, shell: str, line: str) -> None:
    """Files whose names are no ids are not offered, and ids that an indicator cannot have neither."""
    (tmp_path / "targets").mkdir()
    for name in (*ODD, "p"):
        (tmp_path / "targets" / f"{name}.toml").write_text(
            'targettrack = 1\n[indicators.a]\n[indicators."b\x1b[31m"]\n[indicators.c\u202e]\n[indicators."\x1b[31m"]\n',
            encoding="utf-8",
        )
    env = {
        "_TARGETTRACK_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": "2",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = run(cwd=tmp_path, env=env)
    assert (unsafe(done.stdout), done.stderr) == ([], "")
    assert not re.search(r"@name|error|\[31m", done.stdout)
    assert line.endswith("x") or re.search(r"\bp\b", done.stdout)


def test_questions_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked, offered, or said of an answer is safe, whatever the program's names are."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    monkeypatch.setattr("sys.stdin", io.StringIO("bad\ngood\ny\n"))

    def sound(answer: str) -> None:
        if answer == "bad":
            raise ValueError(OBEYED)

    assert _ask.text(OBEYED, offered=OBEYED, sound=sound) == "good"
    assert _ask.confirmed(OBEYED)
    assert unsafe(out.getvalue()) == []


# ---------------------------------------------------------------- markdown and links alone


@pytest.mark.parametrize(
    "text",
    [
        "@name",
        "a@b.example",
        "x@y",
        "#1",
        "o/r#2",
        "!3",
        "GH-4",
        "gh-4",
        "www.a.example",
        "WWW.a.example",
        "http://a.example",
        "HTTPS://a.example/b_c*d",
        "ftp://a",
        "mailto:a@b",
        "xmpp:a@b",
        ":smile:",
        ":+1:",
        "$x$",
        "$$",
        "US$5",
        "a`@b`c",
        "http://a@b:c:d$#1",
    ],
)
@pytest.mark.parametrize(
    "around",
    ["{}", "({})", "«{}»", "a {}, b", "*{}*", "`{}`", "[{}](x)", "|{}|", "{} {}", "{}{}", "\\{}", "-{}", "{}\u200b"],
)
def test_what_is_obeyed_in_a_rendered_text_is_shown_as_code(text: str, around: str) -> None:
    """No sign of it can be escaped for those who look at what has been rendered; its letters are all there."""
    given = around.replace("{}", text)
    made = escaped(given)
    assert raw_in_markdown(f"x {made}") == []
    assert raw_in_markdown(f"x **{made}** {made}") == []
    letters = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", made.replace("`", ""))).replace("`", "")
    assert letters == given.replace("\u200b", "<U+200B>").replace("`", "")


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "1.5",
        "-1.5",
        "2015–2020",
        "5 %",
        "a: b",
        "10:30",
        "x # y",
        "5 @ 3",
        "e.g. this",
        "a/b",
        "50 €",
        "why!",
        "https",
        "www",
    ],
)
def test_plain_texts_stay_plain(text: str) -> None:
    """Nothing is made code that nobody obeys."""
    assert "`" not in escaped(text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example", "www.a.example", "//a.example", "https:a.example", "https://", "http:///a", "https://?a", "https://a b", "https://a\tb", "https://a\nb", "https://a\x1b[31m", "https://a\x9b", "https://a\u202eb",
        "https://a\u200b", "https://a<b", "https://a>b", 'https://a"b', "https://a|b", "https://a\\b", "https://a`b", "https://a{b}", "https://a^b", " https://a", "https://a ", "https://a\u2028", "https://a\xa0b", "ht\u200btps://a", "https://a\ufeff", "https://a\xad",
    ],
)  # fmt: skip
def test_addresses_that_are_none(url: str) -> None:
    """They are shown as text, everywhere, and are a finding."""
    assert not texts.is_address(url)
    assert texts.not_linked("url", url)
    assert raw_in_markdown(link(url)) == []
    assert link(url, "name") == "name"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "HTTP://A.EXAMPLE:80/b?c=d&e=f#g",
        "https://a.example/hà-nội",
        "https://web.archive.org/web/2020/https://a.example/(b)",
        "https://a.example/$x$/:smile:/@name/#12?&copy;",
        "https://[::1]/a",
        "https://a.example/*b*_c_~d~'e'",
    ],
)
def test_addresses_that_are_some(url: str) -> None:
    """They are links, of which nothing is obeyed but that."""
    assert texts.is_address(url)
    assert texts.not_linked("url", url) is None
    assert raw_in_markdown(link(url)) == []
    assert link(url).startswith("<http" if url.startswith("http") else "<HTTP")


def test_an_address_behind_an_error_is_still_checked(tmp_path: Path) -> None:
    """``check`` exits 1 for an address that is none, at its place; what shows the program shows it, and links nowhere."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_bytes(
        with_texts(
            (("sources", "s", "url"), "javascript:alert(1)"),
            (("sources", "t", "archived"), "see the library"),
            (("program", "url"), "www.example.org"),
        )
    )
    done = run("check", "--json", cwd=tmp_path)
    found = [problem for problem in json.loads(done.stdout)["problems"] if problem["code"] == "bad-address"]
    lines = [
        number
        for number, line in enumerate((tmp_path / "targets" / "p.toml").read_text().splitlines(), 1)
        if re.search("javascript|library|www", line)
    ]
    assert (done.returncode, [(problem["severity"], problem["line"]) for problem in found]) == (
        1,
        [("error", line) for line in lines],
    )
    assert len(lines) == 3
    shown = run("show", "p", "--format", "markdown", cwd=tmp_path)
    assert (shown.returncode, LINK.findall(shown.stdout)) == (0, [])
    assert "javascript:alert(1)" in shown.stdout


def test_a_new_source_needs_a_sound_address(tmp_path: Path) -> None:
    """add-actual does not record what check would find; nothing is written."""
    (tmp_path / "targets").mkdir()
    path = tmp_path / "targets" / "p.toml"
    path.write_bytes(with_texts())
    before = path.read_bytes()
    for option in ("--source-url", "--source-archived"):
        done = run(
            "add-actual",
            "p",
            "a",
            "33",
            "--period",
            "2021",
            "--source",
            "n",
            "--source-title",
            "N",
            option,
            "www.example.org",
            "--json",
            cwd=tmp_path,
        )
        assert (done.returncode, json.loads(done.stderr)["error"]["code"], path.read_bytes()) == (
            2,
            "bad-address",
            before,
        )


def test_json_escapes_what_the_terminal_shows_as_marks() -> None:
    """One set of characters for all formats: what is a mark on a terminal is an escape in JSON, and the text is the same."""
    from targettrack.formats import _json_text  # noqa: PLC0415

    every = "".join(
        map(
            chr,
            [
                *range(0x3000),
                *range(0xD7F0, 0x10000),
                *range(0x110B0, 0x110D0),
                *range(0x13430, 0x13440),
                *range(0x1BCA0, 0x1BCA4),
                *range(0x1D173, 0x1D17B),
                *range(0xE0000, 0xE1000),
            ],
        )
    )
    assert unsafe(texts.unsafe_shown(every).replace("\n", "")) == []
    text = _json_text.line(every)
    assert unsafe(text) == []
    assert json.loads(text) == every or json.loads(text).encode("utf-16-le", "surrogatepass") == every.encode(
        "utf-16-le", "surrogatepass"
    )


def test_a_shell_is_not_needed() -> None:
    """The printed marks are plain ASCII, so that any terminal shows them."""
    assert texts.unsafe_shown("\x1b\u202e\U000e0041") == "<U+001B><U+202E><U+E0041>"
    assert subprocess.list2cmdline([texts.unsafe_shown("\x1b")]).isascii()
