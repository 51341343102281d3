"""report: A page to publish, or a site of all programs: what became of the promises, with their evidence, their sources and the data."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _days, _edition, _language, _options, _output, _programs, _say, _since
from targettrack.frozen import frozen
from targettrack.language import mark, now, spoken, tr, tr_as, tr_n

if TYPE_CHECKING:
    from datetime import date

    from targettrack.cli._since import Past
    from targettrack.language import Language
    from targettrack.pages.changes import Comparison
    from targettrack.pages.report import Dossier, Download, Listed, News, Place
    from targettrack.program.model import Program
    from targettrack.program.shelf import Loaded, Shelf
    from targettrack.store.commits import Homes
    from targettrack.store.site import Published, Site

EPILOG = "\b\nExamples:\n  targettrack report hanoi -o hanoi.html\n  targettrack report -o site/ --url https://example.org/targets/"

Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE|DIR",
        help=mark("FILE.html for one program, or a folder, DIR/, for a site of them."),
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="REV|DATE",
        help=mark("Tell what changed since then.  [default: of a page its newest commit, of a site a year before]"),
        show_default=False,
    ),
]
Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="ADDRESS",
        help=mark("Where the site will lie, for its feed and its sitemap: https://…/"),
        show_default=False,
    ),
]
Open = Annotated[bool, typer.Option("--open", help=mark("Show it in the browser."))]


def command(
    output: Output,
    programs: _options.Programs = None,
    targets: _options.Targets = None,
    on: _options.On = None,
    since: Since = None,
    url: Url = None,
    open: Open = False,
) -> int:
    """Judge, draw and write."""
    from targettrack.cli._since import Past  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store.commits import Homes  # noqa: PLC0415 - completion and help load no more than the options

    if open and output == "-":
        raise typer.BadParameter(tr("--open shows a file: name one with -o FILE.html"))
    homes, day = Homes(), _programs.day(on)
    asked = _Asked(day, _address(url), homes, Past(homes, since and _days.revision(since), day, all=_is_folder(output)))
    language = now()
    shelf = _programs.shelf_as_written(targets, programs or [])
    if not shelf.loaded:
        return _programs.unreadable_code(shelf.unreadable, as_json=False)
    if _is_folder(output):
        _say.remark(_told(_site(Path(output), shelf, asked, language or "en")))
        if not asked.url:
            given = {"--targets": targets, "--on": on, "--since": since, "--lang": language}
            _say.remark(_relative([*(programs or []), "-o", output], given))
        shown = Path(output, "index.html")
    else:
        _page(output, targets, shelf, asked)
        shown = Path(output)
    if open:
        _open(shown)
    return _programs.unreadable_code(shelf.unreadable, as_json=False)


def _is_folder(output: str) -> bool:
    """Whether a site is asked for: a folder that is there, or a name of nothing yet that ends as folders do, or has no ending."""
    place = Path(output)
    if output == "-" or place.exists():
        return place.is_dir()
    return output.endswith(("/", "\\")) or not place.suffix


def _address(url: str | None) -> str:
    """Where the site will lie, with a slash at its end; nothing where it is not said."""
    from targettrack.text import is_address  # noqa: PLC0415 - completion and help load no more than the options

    if url is None:
        return ""
    if not is_address(url) or "?" in url or "#" in url:
        raise typer.BadParameter(tr("--url is an address of the web, such as https://example.org/targets/"))
    return url if url.endswith("/") else f"{url}/"


def _open(place: Path) -> None:
    """Show a file in the browser."""
    import webbrowser  # noqa: PLC0415 - only --open needs it

    if not webbrowser.open(place.resolve().as_uri()):
        _say.remark(tr("no browser could be opened; open {file} in one", file=str(place)))


# ---------------------------------------------------------------- one program


@frozen(eq=True, slots=False)
class _Asked:
    """The day that all holds for, where the site will lie, and what git knows."""

    day: date
    url: str
    homes: Homes
    past: Past


def _page(output: str, targets: str | None, shelf: Shelf, asked: _Asked) -> None:
    """Write one program as a page that needs no other file."""
    asked_for = "html" if output == "-" or not Path(output).suffix else None
    name = _output.format_name(asked_for, output, "report", targets, as_json=False)
    if len(shelf.loaded) > 1:
        count = len(shelf.loaded)
        raise typer.BadParameter(
            tr("a page holds one program, and these are {count}; name one, or write a site: -o DIR/", count=count)
        )
    file = _File(shelf.loaded[0], asked)
    _output.emit(replace(file.page(), downloads=file.downloads), name, output, "never")


@dataclass
class _File:
    """A program file, and what its pages are made of: judged once, and again only in a language in which it says something itself."""

    loaded: Loaded
    asked: _Asked
    downloads: tuple[Download, ...] = ()
    changed: Comparison | None = None
    _made: dict[str | None, Dossier] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with spoken(None):  # data are English, and as the file has them
            self._made[None] = self._judged(self.loaded.program)
            self.downloads = tuple(_downloads(self._made[None]))
            self.changed = self.asked.past.of(self.loaded)

    def _judged(self, program: Program) -> Dossier:
        from targettrack.pages import chart, history, report, show  # noqa: PLC0415 - completion and help load no more than the options

        method, day = _programs.method("linear"), self.asked.day
        story = show.story(replace(self.loaded, program=program), None, day, method)
        edition = self._made[None].edition if None in self._made else _edition.of(self.loaded, self.asked.homes)
        years = {
            chapter.id: history.timeline(program, chapter.id, day, method, retell=False, newest=chapter.rows)
            for chapter in story.chapters
        }
        drawn = {chapter.id: chart.charts(story, chapter) for chapter in story.chapters}
        return report.Dossier(story, edition, years, drawn)

    def page(self) -> Dossier:
        """The page in the language that is spoken."""
        from targettrack.program import translation  # noqa: PLC0415 - completion and help load no more than the options

        code = now()
        own = code if code and translation.speaks(self.loaded.program, code) else None
        if own not in self._made:
            places = {row.path: anchor for row, anchor in self._made[None].anchors.items()}
            self._made[own] = replace(self._judged(_programs.told(self.loaded.program)), places=places)
        return replace(self._made[own], changed=_since.spoken(self.changed))


def _downloads(page: Dossier) -> Iterator[Download]:
    """The data of a page, as other commands write them."""
    from targettrack.assessment.report import Report  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.pages.report import Download  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.pages.status import StatusPage  # noqa: PLC0415 - completion and help load no more than the options

    id, rows = page.program.id, page.rows
    report = Report(on=page.on, method="linear", programs=(page.program,), rows=rows, of=len(rows))
    yield Download(f"{id}.targets.csv", "text/csv", "targets", _output.rendered(StatusPage(report), "csv"))
    yield Download(f"{id}.figures.csv", "text/csv", "figures", _output.rendered(page.story, "csv"))
    yield Download(f"{id}.json", "application/json", "all", _output.rendered(page, "json"))


# ---------------------------------------------------------------- a site


def _site(output: Path, shelf: Shelf, asked: _Asked, front: str) -> Published:
    """Write the pages of all programs in every language, their data, an index, a feed and a sitemap; all of them, or none."""
    from targettrack.cli import _interrupt, _recording  # noqa: PLC0415 - only a site is written as a whole
    from targettrack.store import site  # noqa: PLC0415 - only a site is written as a whole

    _interrupt.raised(_recording.STOPS)
    with site.writing(output) as folder:
        _Pages(folder, shelf, asked, front).write()
        return folder.publish(_recording.unstoppable)


def _relative(words: list[str], given: dict[str, str | None]) -> str:
    """What a site lacks whose address was not said, and the command that says it."""
    more = [word for name, value in given.items() if value for word in (name, value)]
    command = shlex.join(["targettrack", "report", *words, *more, "--url", "https://example.org/targets/"])
    return tr(
        "its feed and its sitemap have relative addresses, by which no reader of feeds finds a page; with the address where the site will lie: {command}",
        command=command,
    )


def _told(done: Published) -> str:
    count = len(done.written)
    texts = [tr_n(count, "{count} file written", "{count} files written")]
    if done.removed:
        texts.append(tr("removed, for no page has them any more: {files}", files=", ".join(done.removed)))
    if done.left:
        texts.append(
            tr("left, though no page has them any more, for somebody changed them: {files}", files=", ".join(done.left))
        )
    return "; ".join(texts)


@dataclass
class _Pages:
    """The pages of a site: those of each language in a folder of its code, the data in one of their own, and the first page, in the language that is spoken, at the top."""

    folder: Site
    shelf: Shelf
    asked: _Asked
    front: str
    languages: dict[str, Language] = field(default_factory=lambda: {code: _language.language(code) for code in _language.codes()})  # fmt: skip
    listed: dict[str, list[Listed]] = field(default_factory=dict)
    news: dict[str, list[News]] = field(default_factory=dict)

    def write(self) -> None:
        """Make every file."""
        for loaded in self.shelf.loaded:
            self._program(_File(loaded, self.asked))
        for code in self.languages:
            self._speaking(code, lambda code=code: self._first(code, f"{code}/index.html"))  # type: ignore[misc]
        self._speaking(self.front, lambda: self._first(self.front, "index.html"))
        self._add("sitemap.xml", self._sitemap())

    def _program(self, file: _File) -> None:
        """A program's data, and its page in each language."""
        hrefs = []
        for each in file.downloads:
            self.folder.add(f"data/{each.name}", each.data)
            hrefs.append(replace(each, data=b"", href=f"../data/{each.name}"))
        name = _page_name(file.loaded.program)
        for code in self.languages:
            self._speaking(code, lambda code=code: self._in_language(file, tuple(hrefs), code, name))  # type: ignore[misc]

    def _in_language(self, file: _File, downloads: tuple[Download, ...], code: str, name: str) -> None:
        from targettrack.pages import list as listing  # noqa: PLC0415 - only a site has an index
        from targettrack.pages import report  # noqa: PLC0415 - only a site has an index

        page = replace(file.page(), downloads=downloads, place=self._place(f"{code}/{name}"))
        self.folder.add(f"{code}/{name}", _output.rendered(page, "html"))
        newest = listing.newest_figure(page.program, page.on)
        if page.changed:
            self.news.setdefault(code, []).extend(
                report.news(page.changed, f"{self.asked.url and f'{self.asked.url}{code}/'}{name}#_changes")
            )
        self.listed.setdefault(code, []).append(report.Listed(page.program, name, page.tally, newest, page.late))

    def _first(self, code: str, name: str) -> None:
        """The index in a language, and beside it the feed."""
        from targettrack.pages.report import Feed, Index  # noqa: PLC0415 - only a site has an index

        up = f"{code}/" if "/" not in name else ""
        programs = tuple(replace(each, href=f"{up}{each.href}") for each in self.listed.get(code, ()))
        self._add(name, Index(self.asked.day, programs, self._place(name), self.shelf.unreadable))
        if not up:
            base = self.asked.url and f"{self.asked.url}{code}/"
            self._add(
                f"{code}/feed.xml",
                Feed(self.asked.day, tuple(self.news.get(code, ())), f"{base}index.html", f"{base}feed.xml"),
            )

    def _place(self, name: str) -> Place:
        """Where a page lies, as seen from itself."""
        from targettrack.pages.report import Other, Place  # noqa: PLC0415 - only a site has an index

        here, _, file = name.rpartition("/")
        names = {code: _name_of(language) for code, language in self.languages.items()}
        others = tuple(
            Other(code, names[code], posixpath.relpath(f"{code}/{file}", here or ".")) for code in self.languages
        )
        first = "" if file == "index.html" else "index.html"
        return Place(first, others, "feed.xml" if here else f"{self.front}/feed.xml")

    def _sitemap(self) -> object:
        from targettrack.pages.report import Sitemap  # noqa: PLC0415 - only a site has an index

        names = ["index.html", *(_page_name(loaded.program) for loaded in self.shelf.loaded)]
        return Sitemap(
            tuple(tuple((code, f"{self.asked.url}{code}/{name}") for code in self.languages) for name in names)
        )

    def _speaking(self, code: str, write: Callable[[], None]) -> None:
        with spoken(self.languages[code]):
            write()

    def _add(self, name: str, page: object) -> None:
        self.folder.add(name, _output.rendered(page, "html"))  # type: ignore[arg-type]


def _page_name(program: Program) -> str:
    """The file of a program's page; a program that is called as the first page is has another name, which no other program can have."""
    return "_index.html" if program.id == "index" else f"{program.id}.html"


def _name_of(language: Language) -> str:
    """What a language calls itself; its code where its catalogue does not say."""
    with spoken(language):
        said = tr_as("the name of this language", "English")
    return said if language.code == "en" or said != "English" else language.code
