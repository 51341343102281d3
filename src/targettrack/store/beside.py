"""Beside: the linked files of a program as git keeps them, at a commit or staged, for whoever reads that version of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import tomli

from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.regex import regex
from targettrack.store import git, links
from targettrack.store.links._table import LinkError

_HAS_LINKS = regex(rb"""(?m)^[ \t"'\[]*links\b""")


def named(path: str, data: bytes) -> dict[str, str]:
    """The files that the links of a program name, each with its path in the repository, in which the program lies at ``path``."""
    if not _HAS_LINKS.search(data):
        return {}
    try:
        raw = tomli.loads(data.decode("utf-8-sig")).get("links")
    except (UnicodeDecodeError, tomli.TOMLDecodeError, RecursionError, ValueError):
        return {}  # who reads the program says what is wrong with it
    tables = raw.values() if isinstance(raw, dict) else ()
    files = [each["file"] for each in tables if isinstance(each, dict) and isinstance(each.get("file"), str)]
    return {file: posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) for file in files}


@frozen(eq=True)
class Beside:
    """The linked files of one version of a program: of each, as its link names it, the path in the repository and the object that git keeps there; None where it keeps none."""

    top: Path
    kept: tuple[tuple[str, str, str | None], ...] = ()

    @contextmanager
    def __call__(self, file: str) -> Iterator[Path]:
        """A file with the bytes that git keeps.

        Raises:
            LinkError: the file lies outside the repository, or git does not have it in this version.

        """
        links.relative(file)
        path, name = next(((path, name) for each, path, name in self.kept if each == file), ("", None))
        if path.startswith("../"):
            raise links.outside()
        found = git.objects(self.top, [name]).get(name) if name else None
        if found is None or found[1].startswith(_POINTER):
            raise LinkError(
                "linked-version",
                tr('git does not have "{file}", which [links] names, in this version', file=file)
                if found is None
                else tr('git has only a pointer to "{file}", which [links] names (Git LFS)', file=file),
                tr("commit the linked file with the program") if found is None else tr("compare the files themselves"),
            )
        with TemporaryDirectory() as folder:
            copy = Path(folder, f"figures{Path(file).suffix}")
            copy.write_bytes(found[1])
            yield copy


_POINTER = b"version https://git-lfs.github.com/spec/"
