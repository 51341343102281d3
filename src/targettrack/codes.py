"""Codes: every message that a program file can give, by its code: what is wrong with the file, and what makes it weak as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack import softened
from targettrack.errors import Severity
from targettrack.weaknesses import CHECKS, UNNEEDED

ERRORS = {
    "bad-choice": "a word that is none of those which the key may have",
    "bad-date": "no day, month or year",
    "bad-disaggregation": "no table of texts",
    "bad-format": "the format's number is not 1",
    "bad-id": "an id, or a file name, with other letters than a-z, digits, - and _",
    "bad-modifier": "keys that do not go together",
    "bad-period": "no period, or one that ends before it begins",
    "bad-range": "a range that is not two numbers",
    "bad-times": "a multiple of the baseline below 0",
    "comma-number": "a number written in a country's way: 1,5 or 7 %",
    "conflict-markers": "two versions that git could not merge",
    "curly-quotes": "curly quotes around a text",
    "declared-twice": "a table or a key that stands twice",
    "due-before-baseline": "a target that is due before its baseline",
    "empty-text": "a text without a letter",
    "from-without-by": "a window without its end",
    "milestone-unit": "a milestone that is not measured in yes/no, or the other way round",
    "missing-key": "a key that must be there",
    "newer-format": "a file for a newer targettrack",
    "no-baseline": "a multiple of a baseline that is not there",
    "no-direction": "an indicator with targets that does not say which way is better",
    "no-figure": "an actual without value and range",
    "no-shape": "a target that says no bound",
    "no-window": "a sum or a mean without a window",
    "not-a-file": "a folder, a link to nothing, or a device with the name of a program",
    "not-a-number": "a text, or true, where a number must be",
    "not-a-promise": "a target that promises nothing",
    "not-finite": "NaN or an infinity",
    "not-toml": "no TOML",
    "not-utf8": "a file in another encoding",
    "not-yes-no": "a number where true or false must be",
    "quoted-number": "a number in quotes",
    "replaces-each-other": "targets that replace each other in a circle",
    "replaces-itself": "a target that replaces its own deadline",
    "replaces-nothing": "a target that replaces one which is not there",
    "replaces-without-by": "a target that replaces a deadline and has none",
    "reversed-range": "a range with its higher end first",
    "reversed-window": "a window that ends before it begins",
    "too-deep": "brackets nested too deep",
    "too-large": "a file above 64 MB",
    "too-many-digits": "a number with more than 30 digits or 20 decimals",
    "two-shapes": "a target, or an actual, that says two things",
    "two-times": "a target with two times",
    "undated-revision": "two targets of one deadline, and no date that tells which is in force",
    "unknown-indicator": "an actual of an indicator that is not there",
    "unknown-key": "a key that the table does not have",
    "unknown-source": "a source that is not there",
    "unquoted-period": "a period such as 2015-S1 without quotes",
    "unreadable": "a file that cannot be read",
    "wrong-type": "a value of another kind than the key has",
}


def catalogue() -> Iterator[tuple[str, Severity, str]]:
    """Every code with its severity and what it says."""
    yield from ((code, "error", means) for code, means in ERRORS.items())
    yield from ((check.code, "warning", check.means) for check in sorted(CHECKS, key=lambda check: check.code))
    yield from ((code, "warning", means) for code, means in softened.MEANS.items())
    yield UNNEEDED, "warning", "an allowance for a weakness that does not occur, or that there is not"
