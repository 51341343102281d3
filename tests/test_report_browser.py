"""The published page and site in a browser, as a reader has them: on a phone and on a wall, by day and by night, folded and opened, on paper, by keyboard, and made of a program that means harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import pytest

from browser import WIDTHS, axe, by_keyboard, chromium, laid_out, not_printed, on_paper, served, visit
from repository import Repository
from support import process, run
from test_raw import free, with_texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from browser import Visit

pytestmark = pytest.mark.browser
FIXTURES = (chromium,)

ROOT = Path(__file__).parents[1]
ON = ("--on", "2026-12-01")
DARK = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
OPENED = pytest.mark.parametrize("opened", [False, True], ids=["folded", "opened"])

ATTACKS = (
    "<script>window.harm = 1</script>",
    '"><img src=x onerror="window.harm=1">',
    "'><svg onload=window.harm=1>",
    "</title></style></script><iframe srcdoc='<script>top.harm=1</script>'>",
    "--><body onfocus=window.harm=1 autofocus>",
    "{{ 7 * 7 }}{% raw %}{# #}",
    "]]><a href=javascript:window.harm=1>a</a>",
    "&lt;script&gt;&#60;b&#62;",
    "<meta http-equiv=refresh content='0;url=https://harm.example/'>",
    "<base href=https://harm.example/>",
    "\u202egnorw\u2066 \u200b\u00ad\ufeff",
    "</a><form action=https://harm.example/><button autofocus>b</button>",
)
LONG = "W" * 300
MANY = "a name of many words " * 15
HARM = f"""targettrack = 1
[program]
name = {json.dumps(ATTACKS[0] + LONG)}
place = {json.dumps(ATTACKS[1])}
owner = {json.dumps(ATTACKS[2])}
url = "javascript:window.harm=1"
note = {json.dumps(" ".join(ATTACKS))}
[sources.a]
title = {json.dumps(ATTACKS[3])}
publisher = {json.dumps(ATTACKS[4])}
published = 2021-01-01
url = "javascript:window.harm=1"
archived = "data:text/html,<script>window.harm=1</script>"
note = {json.dumps(ATTACKS[9])}
[sources.b]
title = {json.dumps(LONG)}
published = 2021-02-01
url = "https://example.org/{"w" * 300}?a=%22onclick=window.harm=1&b='x'#c"
[sources.c]
title = "vbscript"
published = 2021-02-01
url = "  https://example.org/ onclick=window.harm=1"
[indicators.{"i" * 100}]
name = {json.dumps(ATTACKS[10] + ATTACKS[11])}
unit = {json.dumps("u" * 60 + ATTACKS[5])}
direction = "increase"
definition = {json.dumps(ATTACKS[6] + LONG)}
note = {json.dumps(MANY + ATTACKS[7])}
responsible = {json.dumps(ATTACKS[8])}
baseline = {{ period = 2010, value = 123456789012345678.91, source = "a" }}
[[indicators.{"i" * 100}.targets]]
by = 2020
value = 999999999999999999999
source = "a"
quote = {json.dumps(ATTACKS[0])}
note = {json.dumps(ATTACKS[1])}
page = {json.dumps(ATTACKS[2])}
[[indicators.{"i" * 100}.targets]]
by = 2030
range = [0.00000000000000000001, 0.1]
disaggregation = {{ {json.dumps(ATTACKS[1])} = {json.dumps(ATTACKS[0])} }}
source = "b"
[indicators.b]
name = {json.dumps(LONG)}
unit = "%"
direction = "decrease"
[[indicators.b.targets]]
by = 2025
value = 5
source = "c"
[[promises]]
text = {json.dumps(MANY + "".join(ATTACKS))}
source = "a"
[[actuals]]
indicator = "{"i" * 100}"
period = 2015
value = 123456789012345678901234567.891
source = "a"
quote = {json.dumps(ATTACKS[3])}
note = {json.dumps(ATTACKS[4])}
[[actuals]]
indicator = "b"
period = 2019
value = -7
source = "b"
[[actuals]]
indicator = "b"
period = 2020
value = 7
source = "c"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of pages: each program that ships and each of the tests' own, in both languages, and what is hostile."""
    top = tmp_path_factory.mktemp("pages")
    programs = Repository(tmp_path_factory.mktemp("programs"))
    programs.git("init", "--quiet", "--initial-branch=main")
    programs.targets.mkdir()
    for path in [*(ROOT / "targets").glob("*.toml"), *(ROOT / "tests" / "programs").glob("*.toml")]:
        (programs.targets / path.name).write_bytes(path.read_bytes())
    (programs.targets / "harm.toml").write_text(HARM, encoding="utf-8")
    (programs.targets / "raw.toml").write_bytes(with_texts(*free(programs.targets / "raw.toml")))
    programs.commit("2026-11-30")
    for lang in ("en", "vi"):
        for path in programs.targets.glob("*.toml"):
            to = top / f"{path.stem}.{lang}.html"
            done = run("report", path.stem, "-o", to, *ON, "--lang", lang, cwd=programs.top)
            assert done.returncode == 0, done.stderr
    return top


PAGES = pytest.mark.parametrize("name", ["hanoi", "hanoi-support", "khanh-hoa", "shapes", "modifiers", "times", "smallest", "raw", "harm"])  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "vi"])
@PAGES
def test_a_page_says_nothing_and_asks_for_nothing(chromium: Browser, made: Path, name: str, lang: str) -> None:
    """No message in the console, no dialog, no window, no request but the file itself, from a disk and from a server; nothing runs."""
    file = f"{name}.{lang}.html"
    with served(made) as (address, asked):
        for place in (made / file, f"{address}{file}"):
            with visit(chromium, place) as seen:
                seen.open_all()
                seen.page.wait_for_timeout(100)
                assert seen.page.evaluate("[typeof harm, document.scripts.length, document.documentElement.lang]") == ["undefined", 0, lang]  # fmt: skip
                assert (seen.said, seen.asked) == ([], [place.as_uri() if isinstance(place, Path) else place])
        assert asked == [f"/{file} 200"]


@OPENED
@DARK
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(chromium: Browser, made: Path, width: int, dark: bool, opened: bool) -> None:
    """The rules of WCAG and best practices, on a phone and on a desk; what is folded away is not looked at, and so everything is opened too."""
    for name in ("hanoi.en", "hanoi.vi", "shapes.en", "harm.en"):
        with visit(chromium, made / f"{name}.html", width=width, dark=dark) as seen:
            if opened:
                seen.open_all()
            assert axe(seen) == [], name


@OPENED
@PAGES
def test_a_page_fits_every_window(chromium: Browser, made: Path, name: str, opened: bool) -> None:
    """From a small phone to a wall the page does not scroll sideways, no text is cut or lies over another, the labels of charts keep their size, their place and their contrast."""
    with visit(chromium, made / f"{name}.en.html") as seen:
        if opened:
            seen.open_all()
        for width in (320, *WIDTHS):
            seen.page.set_viewport_size({"width": width, "height": 900})
            for dark in (False, True):
                seen.page.emulate_media(color_scheme="dark" if dark else "light")
                assert laid_out(seen) == [], (width, dark)


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("name", ["hanoi", "hanoi-support", "khanh-hoa"])
def test_a_desk_has_room_for_every_table(chromium: Browser, made: Path, name: str, lang: str) -> None:
    """Where there is room, no column of a program that ships is out of sight."""
    for width in (1280, 2560):
        with visit(chromium, made / f"{name}.{lang}.html", width=width) as seen:
            seen.open_all()
            assert seen.look("scrolling") == []


@PAGES
def test_no_word_is_a_programmers(chromium: Browser, made: Path, name: str) -> None:
    """What a template leaves behind where it has nothing to say is not on the page, in neither language."""
    for lang in ("en", "vi"):
        with visit(chromium, made / f"{name}.{lang}.html") as seen:
            left = {"None", "nan", "NaN", "null", "undefined", "True", "False", "[]", "{}", "()"}
            assert [text for text in seen.look("written") if text.strip() in left] == []


def test_the_letters_of_charts_keep_their_size(chromium: Browser, made: Path) -> None:
    """They are as large on a phone as on a desk, beside the other letters of the page: never a picture that shrinks."""
    found = []
    for width in WIDTHS:
        with visit(chromium, made / "hanoi.en.html", width=width) as seen:
            sizes = [label[1:] for chart in seen.look("sizes") for label in chart]
        assert sizes
        assert all(across == down >= 11.5 for across, down, _ in sizes)
        found.append({round(across / page, 3) for across, _, page in sizes})
    assert found == [found[0]] * len(WIDTHS)


@pytest.mark.parametrize("lang", ["en", "vi"])
@PAGES
def test_nothing_is_lost_on_paper(chromium: Browser, made: Path, tmp_path: Path, name: str, lang: str) -> None:
    """Every word of the page, folded or not, is in the PDF, and on its sheet."""
    with visit(chromium, made / f"{name}.{lang}.html", dark=True) as seen:
        assert not_printed(seen, tmp_path / "page.pdf") == []
        with on_paper(seen):
            assert [fault for fault in laid_out(seen) if not fault.startswith(("faint", "unnamed"))] == []


@DARK
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_goes_everywhere(chromium: Browser, made: Path, width: int, dark: bool) -> None:
    """The first Tab shows the way past the head; every link, fold and scrolling table follows in its order, and it is seen where one is."""
    with visit(chromium, made / "hanoi.en.html", width=width, dark=dark) as seen:
        seen.open_all()
        assert by_keyboard(seen) == []
        seen.page.reload()
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.querySelector('main').contains(document.activeElement) || document.querySelector('main:target') !== null")  # fmt: skip


def test_every_promise_has_its_place(chromium: Browser, made: Path) -> None:
    """Who opens the address of a promise sees it, be it folded away or not; the addresses are the same in both languages, and those in the data that the page carries."""
    found = {}
    for lang in ("en", "vi"):
        with visit(chromium, made / f"hanoi.{lang}.html", width=360) as seen:
            data = json.loads(downloaded(seen)["hanoi.json"])
            found[lang] = [each["anchor"] for each in data["promises"]]
            assert len(found[lang]) == len(set(found[lang])) == len(json.loads(status("--json"))["targets"])
            for anchor in found[lang]:
                seen.page.evaluate("scrollTo(0, 0); look.all('details').forEach(each => { each.open = false })")
                seen.page.goto(f"{(made / f'hanoi.{lang}.html').as_uri()}#{quote(anchor)}")
                assert seen.look("where", anchor) is None
    assert found["en"] == found["vi"]


def downloaded(seen: Visit) -> dict[str, bytes]:
    """The files that a page hands out, by their names, as a browser saves them."""
    found = {}
    for place in seen.page.locator("a[download]").all():
        with seen.page.expect_download() as waiting:
            place.click()
        found[waiting.value.suggested_filename] = Path(waiting.value.path()).read_bytes()
    return found


def status(*words: str) -> str:
    """What ``status`` says of a program that ships."""
    return run("status", "hanoi", *words, *ON, cwd=ROOT).stdout


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_downloads_are_the_data(chromium: Browser, made: Path, lang: str) -> None:
    """What a browser saves is byte for byte what the commands say, and the program's own file."""
    with visit(chromium, made / f"hanoi.{lang}.html") as seen:
        found = downloaded(seen)
    assert found["hanoi.toml"] == (ROOT / "targets" / "hanoi.toml").read_bytes()


def test_a_report_is_the_same_twice(made: Path, tmp_path: Path) -> None:
    """The same data give the same bytes, whoever asks, and wherever they are written."""
    for name in ("first.html", "second.html"):
        done = process("report", "hanoi", "-o", tmp_path / name, *ON, cwd=ROOT)
        assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "first.html").read_bytes() == (tmp_path / "second.html").read_bytes()


def test_open_shows_the_page(tmp_path: Path) -> None:
    """``--open`` starts the reader's own browser with the address of the file."""
    heard = tmp_path / "heard"
    stand_in = tmp_path / "browser"
    stand_in.write_text(f'#!/bin/sh\nprintf %s "$1" > "{heard}"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    to = tmp_path / "hà nội & more.html"
    done = process("report", "hanoi", "-o", to, *ON, "--open", cwd=ROOT, env={"BROWSER": f"{stand_in} %s"})
    assert (done.returncode, done.stdout) == (0, "")
    assert Path(unquote(urlsplit(heard.read_text(encoding="utf-8")).path)) == to
