"""A real browser: Chromium, driven by Playwright; what a page says and asks for while somebody looks at it, and what is wrong with how it looks.

Each function that finds faults answers with sentences, none where all is well; ``browser.js`` beside this file looks at what Chromium has laid out.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What Chromium is called."""
ALONE = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
"""It asks nobody for anything of its own accord, and whatever a page asks for stays on this machine."""

LOOK = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
WIDTHS = (320, 360, 768, 1280, 2560)
"""A small phone (or a desk at four times the size), a phone, a tablet, a desk, a wall."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without a window, for the tests of one module."""
    api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install 'targettrack[browser]'"
    )
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ALONE))
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that is open, all that it said (console, errors, dialogs) and all that it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def look(self, name: str, *given: object) -> Any:
        """What a function of ``browser.js`` answers."""
        return self.page.evaluate(f"given => look.{name}(...given)", list(given))

    def answer(self, dialog: Dialog) -> None:
        """Keep what a dialog says, and close it."""
        self.said.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def open_all(self) -> None:
        """Unfold everything."""
        self.page.evaluate("look.all('details').forEach(each => { each.open = true })")


@contextmanager
def visit(browser: Browser, address: str | Path, *, width: int = 1280, height: int = 900, dark: bool = False, **more: Any) -> Iterator[Visit]:  # fmt: skip
    """Open a page in a browser that knows nothing yet; ``more`` are Playwright's own words for a context."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", **more
    )
    try:
        found = Visit(context.new_page())
        found.page.on("console", lambda message: found.said.append(f"{message.type}: {message.text}"))
        found.page.on("pageerror", lambda error: found.said.append(f"error: {error}"))
        found.page.on("dialog", found.answer)
        context.on("page", lambda page: found.said.append(f"a window: {page.url}"))
        context.on("request", lambda request: found.asked.append(request.url))
        found.page.goto(address.as_uri() if isinstance(address, Path) else address)
        found.page.evaluate(LOOK)
        yield found
    finally:
        context.close()


# ---------------------------------------------------------------- faults


def axe(seen: Visit) -> list[str]:
    """What axe-core finds in what is shown, best practices among it; it is put in through the devtools' protocol, which no policy of the page stops."""
    if not seen.page.evaluate("'axe' in window"):
        seen.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    answer: dict[str, Any] = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['target']} {' '.join(node['failureSummary'].split())}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def laid_out(seen: Visit) -> list[str]:
    """The page is no wider than its window, no text is cut or lies over another, and charts can be read."""
    names = ("sideways", "cut", "covered", "crowded", "faint", "glued", "unreachable", "unnamed")
    return [f"{name}: {fault}" for name in names for fault in seen.look(name)]


def by_keyboard(seen: Visit) -> list[str]:
    """Whatever is to be reached is reached by Tab alone, in its order, once, and it is seen where the focus is."""
    wanted: list[str] = seen.look("reachable")
    found, faults = [], []
    for _ in range(len(wanted) + 1):
        seen.page.keyboard.press("Tab")
        here = seen.look("focused")
        if here is None:
            break
        found.append(here["at"])
        faults += [here["fault"]] if here["fault"] else []
    faults += [f"{name} is not reached" for at, name in enumerate(wanted) if at not in found]
    return faults + (["the focus jumps"] if found != sorted(set(found)) else [])


# ---------------------------------------------------------------- paper


def words(texts: list[str]) -> Counter[str]:
    """The runs of letters and digits of texts."""
    return Counter(re.findall(r"\w+", normalize("NFKC", " ".join(texts))))


def printed(seen: Visit, to: Path) -> list[str]:
    """The text of each page of the PDF that Chromium prints, in A4."""
    from pypdf import PdfReader  # noqa: PLC0415 - where it is not installed the tests are skipped

    edge = "15mm"
    seen.page.pdf(path=to, format="A4", margin={"top": edge, "right": edge, "bottom": edge, "left": edge})
    return [page.extract_text() for page in PdfReader(to).pages]


def not_printed(seen: Visit, to: Path) -> list[str]:
    """The words of the page, folded or not, that are not on paper so often; a word that is broken between two lines is found in the text without its spaces."""
    paper = printed(seen, to)
    run = re.sub(r"\s+", "", normalize("NFKC", "".join(paper)))
    missing = words(seen.look("written")) - words(paper)
    return [f"{word} ({count})" for word, count in missing.items() if len(word) < LONG or run.count(word) < count]


LONG = 12
"""From so many letters on, a word may be broken between two lines of a narrow cell."""
PAPER = 680
"""The width in pixels of A4 (210 mm) less margins of 15 mm."""


@contextmanager
def on_paper(seen: Visit) -> Iterator[None]:
    """The page as it is laid out for paper."""
    size = seen.page.viewport_size
    seen.page.emulate_media(media="print")
    seen.page.set_viewport_size({"width": PAPER, "height": 900})
    yield
    seen.page.emulate_media(media="null")
    if size:
        seen.page.set_viewport_size(size)


def off_paper(seen: Visit) -> list[str]:
    """What is cut, or lies over another, on a sheet; paper is white, has no keys, and names what the screen names."""
    with on_paper(seen):
        return [fault for fault in laid_out(seen) if not fault.startswith(("faint", "unnamed", "unreachable"))]


# ---------------------------------------------------------------- a server


class _Handler(SimpleHTTPRequestHandler):
    """Files of a folder; each path that is asked for is kept, also those that Playwright does not tell of."""

    def __init__(self, *given: Any, asked: list[str], **more: Any) -> None:
        self.asked = asked
        super().__init__(*given, **more)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        del size
        self.asked.append(f"{self.path} {int(str(getattr(code, 'value', code)))}")

    def log_message(self, format: str, *given: Any) -> None:
        """Nothing is printed."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address at which a folder is served on this machine, and each path that was asked for, with the answer's code."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), asked=asked))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
