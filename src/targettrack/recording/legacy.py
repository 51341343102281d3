"""Legacy: texts that were typed for the old fonts of Vietnamese, as letters that anything can read."""

from __future__ import annotations

from targettrack.recording.table import Book, Wishes


def modern(book: Book, wishes: Wishes) -> Book:  # noqa: ARG001
    return book
