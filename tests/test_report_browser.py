"""The published page and site in a browser, as a reader has them: on a phone and on a wall, by day and by night, folded and opened, on paper, by keyboard, and made of a program that means harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import pytest

from browser import WIDTHS, axe, by_keyboard, chromium, laid_out, not_printed, off_paper, served, visit
from repository import Repository
from support import run
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


def crowd() -> str:
    """A program with a target and a figure each year, near to one another, in small numbers and in long ones."""
    years = "".join(
        f"[[indicators.{name}.targets]]\nby = {year}\nvalue = {base + step * (year - 2011)}\nset_on = {min(year - 1, 2020)}\n"
        for name, base, step in (("money", 1234567890, 31234567), ("share", 20, 1))
        for year in range(2011, 2031)
    )
    figures = "".join(
        f'[[actuals]]\nindicator = "{name}"\nperiod = {year}\nvalue = {base + step * (year - 2011)}\n'
        for name, base, step in (("money", 1234567890, 30234567), ("share", 21, 1))
        for year in range(2011, 2026)
    )
    heads = "".join(f'[indicators.{name}]\nname = "{name}"\nunit = "{unit}"\ndirection = "increase"\n' for name, unit in (("money", "triệu đồng"), ("share", "%")))  # fmt: skip
    return f'targettrack = 1\n[program]\nname = "Crowd"\n{heads}{years}{figures}'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages: each program that ships and each of the tests' own, in both languages, and what is hostile."""
    top = tmp_path_factory.mktemp("pages")
    programs = Repository(tmp_path_factory.mktemp("programs"))
    programs.git("init", "--quiet", "--initial-branch=main")
    programs.targets.mkdir()
    for path in [*(ROOT / "targets").glob("*.toml"), *(ROOT / "tests" / "programs").glob("*.toml")]:
        (programs.targets / path.name).write_bytes(path.read_bytes())
    (programs.targets / "harm.toml").write_text(HARM, encoding="utf-8")
    (programs.targets / "crowd.toml").write_text(crowd(), encoding="utf-8")
    (programs.targets / "raw.toml").write_bytes(with_texts(*free(programs.targets / "raw.toml")))
    programs.commit("2026-11-30")
    for lang in ("en", "vi"):
        for path in programs.targets.glob("*.toml"):
            to = top / f"{path.stem}.{lang}.html"
            done = run("report", path.stem, "-o", to, *ON, "--lang", lang, cwd=programs.top)
            assert done.returncode == 0, done.stderr
    return top


NAMES = ("hanoi", "hanoi-support", "khanh-hoa", "shapes", "modifiers", "times", "smallest", "crowd", "raw", "harm")
PAGES = pytest.mark.parametrize("name", NAMES)


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
@pytest.mark.parametrize("name", [*(f"{name}.en" for name in NAMES), "hanoi.vi", "hanoi-support.vi"])
def test_a_page_fits_every_window(chromium: Browser, made: Path, name: str, opened: bool) -> None:
    """From a small phone to a wall the page does not scroll sideways, no text is cut or lies over another, the labels of charts keep their size, their place and their contrast."""
    with visit(chromium, made / f"{name}.html") as seen:
        if opened:
            seen.open_all()
        for width in WIDTHS:
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


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_desk_has_room_for_every_reason(chromium: Browser, tmp_path: Path, lang: str) -> None:
    """status says under each row why, over the whole width, and on a phone and on paper too nothing of it is out of sight."""
    place = tmp_path / "status.html"
    assert run("--lang", lang, "status", *ON, "-o", place, cwd=ROOT).returncode == 0
    for width in (320, 1280):
        with visit(chromium, place, width=width) as seen:
            assert (laid_out(seen), seen.look("scrolling")) == ([], [])
    with visit(chromium, place) as seen:
        assert off_paper(seen) == []
        assert not_printed(seen, tmp_path / "status.pdf") == []


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
    """Every word of the page, folded or not, is in the PDF, whole, and on its sheet; the longest words that harm can think of are broken, and still on it."""
    with visit(chromium, made / f"{name}.{lang}.html", dark=True) as seen:
        assert off_paper(seen) == []
        if name not in {"raw", "harm"}:
            assert not_printed(seen, tmp_path / "page.pdf") == []


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
            assert len(found[lang]) == len(set(found[lang]))
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


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_downloads_are_the_data(chromium: Browser, made: Path, tmp_path: Path, lang: str) -> None:
    """What a browser saves is byte for byte what the commands write into a file, in both languages."""
    with visit(chromium, made / f"hanoi.{lang}.html") as seen:
        found = downloaded(seen)
    for name, command in (("hanoi.targets.csv", "status"), ("hanoi.figures.csv", "show")):
        run(command, "hanoi", *ON, "--lang", lang, "-o", tmp_path / name, cwd=ROOT)
        assert found[name] == (tmp_path / name).read_bytes()
    assert set(found) == {"hanoi.targets.csv", "hanoi.figures.csv", "hanoi.json"}


# ---------------------------------------------------------------- a site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the programs that ship and one that means harm."""
    top = tmp_path_factory.mktemp("site")
    (top / "targets").mkdir()
    for path in (ROOT / "targets").glob("*.toml"):
        (top / "targets" / path.name).write_bytes(path.read_bytes())
    (top / "targets" / "harm.toml").write_text(HARM, encoding="utf-8")
    done = run("report", "-o", f"{top}/site/", *ON, cwd=top)
    assert done.returncode == 0, done.stderr
    return top / "site"


def test_a_site_is_walked_through(chromium: Browser, site: Path) -> None:
    """From the first page every page is reached by links, on a disk and on a server; each says nothing and asks for nothing but itself, and every link of the site leads to a file of it."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    with served(site) as (address, asked):
        for start in (f"{site.as_uri()}/", address):
            waiting, found, data = [f"{start}index.html"], set[str](), set[str]()
            while waiting:
                place = waiting.pop()
                if place in found:
                    continue
                found.add(place)
                with visit(chromium, place) as seen:
                    assert (seen.said, seen.asked) == ([], [place])
                    for tag, _, link, rel, kept in seen.look("links"):
                        file = unquote(link.partition("#")[0])
                        if not file.startswith(start):
                            assert tag in {"a", "link"}
                            assert urlsplit(link).scheme in {"http", "https", "data"}
                            assert "noreferrer" in rel or link == "data:,", link
                        elif kept or not file.endswith(".html"):
                            data.add(file.removeprefix(start))
                        else:
                            waiting.append(file)
            pages = {unquote(place.removeprefix(start)) for place in found}
            assert pages == {name for name in files if name.endswith(".html")}
            assert data <= files
            assert {name for name in files if name.startswith("data/")} <= data
    assert [path for path in asked if not path.endswith(" 200")] == []


@pytest.mark.parametrize("name", ["index", "en/index", "vi/index"])
def test_the_first_page_of_a_site_can_be_read(chromium: Browser, site: Path, tmp_path: Path, name: str) -> None:
    """By eye, ear, keyboard and on paper, as any other."""
    for width, dark in ((360, True), (1280, False)):
        with visit(chromium, site / f"{name}.html", width=width, dark=dark) as seen:
            assert (axe(seen), laid_out(seen), by_keyboard(seen)) == ([], [], [])
            assert off_paper(seen) == []
            assert not_printed(seen, tmp_path / "page.pdf") == []
