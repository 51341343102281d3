"""Refusal: what is said of a file that cannot be read, and its text in the encoding that a person named."""

from __future__ import annotations

from targettrack.errors import Problem, TargettrackError
from targettrack.language import tr
from targettrack.recording.table import MOST_CELLS, Wishes


def refusal(file: str, code: str, message: str, hint: str, line: int | None = None) -> TargettrackError:
    """A file that cannot be read (exit 4), and the line, from 1, on which that shows."""
    return TargettrackError(Problem(code=code, message=message, hint=hint, file=file, line=line))


def of_another_kind(file: str, kind: str, lacks: str) -> TargettrackError:
    """A file that has not what every file of a kind has."""
    return refusal(
        file,
        "another-kind",
        tr("this is no file of the kind {kind}: {lacks}", kind=kind, lacks=lacks),
        tr("leave --kind out, or name another one"),
    )


def too_large(file: str) -> TargettrackError:
    """A file of more cells than are read."""
    return refusal(
        file,
        "too-large",
        tr("this table has more than {most} cells", most=f"{MOST_CELLS:_}".replace("_", "\u00a0")),
        tr("take the years and the parts of it that the program needs"),
    )


def wished(data: bytes, file: str, wishes: Wishes) -> str | None:
    """The text in the encoding that a person named; None where nobody did.

    Raises:
        TargettrackError: there is no such encoding, or the file is not written in it.

    """
    return None if wishes.encoding is None else in_encoding(data, file, wishes.encoding)


def in_encoding(data: bytes, file: str, encoding: str) -> str:
    """The text of a file in an encoding, without the mark of UTF-8 and UTF-16.

    Raises:
        TargettrackError: there is no such encoding, or the file is not written in it.

    """
    try:
        found = data.decode(encoding).removeprefix("\ufeff")
        found.encode()  # some codecs make halves of characters, which no file can be written with
    except UnicodeError:
        message = tr("this file is not written in {encoding}", encoding=encoding)
    except (LookupError, ValueError):
        message = tr("there is no encoding {encoding}", encoding=encoding)
    else:
        return found
    raise refusal(file, "bad-encoding", message, tr('name the encoding that it has, such as "utf-8" or "cp1252"'))
