"""The checks of pages in a browser find the faults that they are there to find, one each, and nothing in a page that has none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser import axe, by_keyboard, chromium, laid_out, not_printed, on_paper, served, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from browser import Visit

pytestmark = pytest.mark.browser
FIXTURES = (chromium,)

SOUND = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>A page</title>
<style>
:root { color-scheme: light dark; background: Canvas }
:focus-visible { outline: 3px solid }
svg { width: 100%; height: 60px; display: block; fill: CanvasText }
.wide { overflow-x: auto }
.wide td { white-space: nowrap }
@media print { .wide { overflow: visible } .wide td { white-space: normal } details:not([open])::details-content { content-visibility: visible; block-size: auto } }
</style>
</head>
<body>
<main>
<h1>A page</h1>
<p>Thành phố Hà Nội: <a href="https://example.org/">a source</a>.</p>
<svg role="img" aria-label="A chart"><text x="5%" y="20">2015</text><text x="60%" y="20">2020</text></svg>
<details><summary>More</summary><p id="more">Folded away, with <a href="#more">a link</a></p></details>
<div class="wide" role="region" aria-label="Figures" tabindex="0"><table><caption>Figures</caption><tr><th scope="col">Year</th><th scope="col">Figure</th></tr><tr><td>2015</td><td>12.5</td></tr></table></div>
</main>
</body>
</html>
"""


def altered(*changes: tuple[str, str]) -> str:
    """The sound page with parts of it replaced, each of which stands in it."""
    text = SOUND
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def shown(chromium: Browser, folder: Path, text: str, faults: Callable[[Visit], Any], width: int = 1280) -> Any:  # fmt: skip
    """What a check finds in a page, with everything opened."""
    (folder / "page.html").write_text(text, encoding="utf-8")
    with visit(chromium, folder / "page.html", width=width) as seen:
        seen.open_all()
        return faults(seen)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_sound_page_has_no_faults(chromium: Browser, tmp_path: Path, width: int, dark: bool) -> None:
    """Nothing is said, nothing else is asked for, and no check finds anything, on the screen and on paper."""
    (tmp_path / "page.html").write_text(SOUND, encoding="utf-8")
    with served(tmp_path) as (address, asked), visit(chromium, f"{address}page.html", width=width, dark=dark) as seen:
        assert not_printed(seen, tmp_path / "page.pdf") == []
        seen.open_all()
        assert (axe(seen), laid_out(seen), by_keyboard(seen)) == ([], [], [])
        with on_paper(seen):
            assert laid_out(seen) == []
        assert (seen.said, seen.asked, asked) == ([], [f"{address}page.html"], ["/page.html 200"])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h1>A page", f"<h1>{'a' * 400}", "sideways: the page is"),
        ("<h1>A page", '<h1><div style="overflow:hidden;width:2em;white-space:nowrap">A page', "cut: “A page"),
        ("<h1>A page", '<h1><div style="margin-left:-1.5em">A page', "cut: “A page"),
        ("<p>Thành", '<p style="margin-top:-2.6em">Thành', "covered: “"),
        ('x="60%" y="20"', 'x="6%" y="22"', "crowded: A chart: “2015” lies over “2020”"),
        ('x="60%"', 'x="99%"', "crowded: A chart: “2020” leaves the chart"),
        ('x="60%"', 'x="60%" fill="#999"', "faint: “2020” has a contrast of 2.8"),
        ('<text x="60%"', '<rect width="100%" height="50" fill="#333"/><text x="60%"', "faint: “2020”"),
        ("<td>2015", '<style>td::before { content: attr(data-head); display: inline-block; min-width: 9px }</style><td data-head="Year">2015', "glued: “Year” runs into “2015”"),
        ("<caption>Figures</caption>", "", "unnamed: <table>"),
        ('<th scope="col">Year', "<th>Year", "unnamed: <th>"),
        (' role="img"', "", "unnamed: <svg>"),
        ('href="#more"', 'href="#less"', "unnamed: <a>"),
        ('id="more"', 'id="more"><span id="more"></span', "unnamed: the id more"),
        (' aria-label="Figures" tabindex="0"><', ' aria-label="Figures" tabindex="-1"><hr style="width:3000px"><', "unreachable: <div.wide>"),
    ],
)  # fmt: skip
def test_faults_of_the_layout_are_found(chromium: Browser, tmp_path: Path, old: str, new: str, fault: str) -> None:  # fmt: skip
    """Each is named in its sentence."""
    found = shown(chromium, tmp_path, altered((old, new)), laid_out)
    assert [each for each in found if each.startswith(fault)], found


def test_text_that_shrinks_is_found(chromium: Browser, tmp_path: Path) -> None:
    """A chart that is scaled as a picture has smaller letters on a phone."""
    text = altered(("<svg ", '<svg viewBox="0 0 1200 60" preserveAspectRatio="none" '))
    sizes = [shown(chromium, tmp_path, text, lambda seen: seen.look("sizes"), width=width) for width in (360, 1280)]
    assert sizes[0] != sizes[1]
    sizes = [shown(chromium, tmp_path, SOUND, lambda seen: seen.look("sizes"), width=width) for width in (360, 1280)]
    assert sizes[0] == sizes[1] == [[["2015", 16, 16, 16], ["2020", 16, 16, 16]]]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (":focus-visible { outline: 3px solid }", ":focus-visible { outline: none }", "has no outline"),
        ("outline: 3px solid", "outline: 3px solid #eee", "hardly seen"),
        ("</main>", '<p style="position:fixed;inset:0;background:#fff">Over all</p></main>', "is covered by <p>"),
        ('<a href="#more">', '<a href="#more" style="position:absolute;left:-999px">', "out of sight"),
        ("</main>", '<a tabindex="5" href="#more">last</a></main>', "the focus jumps"),
    ],
)
def test_faults_of_the_keyboard_are_found(chromium: Browser, tmp_path: Path, old: str, new: str, fault: str) -> None:
    """Each is named in its sentence."""
    found = shown(chromium, tmp_path, altered((old, new)), by_keyboard)
    assert [each for each in found if fault in each], found


def test_what_is_not_printed_is_found(chromium: Browser, tmp_path: Path) -> None:
    """What is folded, hidden or too wide on paper is missing there."""
    to = tmp_path / "page.pdf"
    for old, new, lost in (
        ("details:not([open])::details-content { content-visibility: visible; block-size: auto }", "", "Folded"),
        ("@media print {", "@media print { .wide { display: none }", "5"),
        ("@media print {", "@media print { p { max-height: 0; overflow: hidden }", "Nội"),
    ):
        (tmp_path / "page.html").write_text(altered((old, new)), encoding="utf-8")
        with visit(chromium, tmp_path / "page.html") as seen:
            assert f"{lost} (1)" in not_printed(seen, to)
    with visit(chromium, tmp_path / "page.html") as seen, on_paper(seen):
        assert [each for each in laid_out(seen) if each.startswith("cut")]


def test_what_axe_finds_is_told(chromium: Browser, tmp_path: Path) -> None:
    """It is there, whatever the page's policy forbids."""
    found = shown(chromium, tmp_path, altered(("<p>Thành", '<p style="color:#aaa">Thành')), axe)
    assert [each.partition(":")[0] for each in found] == ["color-contrast"]


def test_what_a_page_says_and_asks_for_is_kept(chromium: Browser, tmp_path: Path) -> None:
    """Scripts that are stopped, pictures from elsewhere, dialogs, and the icon that a browser asks for by itself."""
    (tmp_path / "page.html").write_text(
        altered(("<h1>", '<script>1</script><img alt="" src="https://example.org/a.png"><h1>'), ('<link rel="icon" href="data:,">', "")),
        encoding="utf-8",
    )  # fmt: skip
    with served(tmp_path) as (address, asked), visit(chromium, f"{address}page.html") as seen:
        assert len(seen.said) == 2
        assert seen.asked == [f"{address}page.html", "https://example.org/a.png"]
        seen.page.evaluate("alert('Hello')")
        assert seen.said[2:] == ["alert: Hello"]
    assert asked == ["/page.html 200"]
