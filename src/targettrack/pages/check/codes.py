"""Codes: every message that a program file can give, by its code: what is wrong with the file, and what makes it weak as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.errors import Severity
from targettrack.language import mark, tr
from targettrack.pages.check import softened
from targettrack.pages.check.weaknesses import CHECKS, UNNEEDED

ERRORS = {
    "bad-choice": mark("a word that is none of those which the key may have"),
    "bad-column": mark("a column of a linked file that holds neither texts, numbers nor days"),
    "bad-columns": mark("columns of a link that are none"),
    "bad-date": mark("no day, month or year"),
    "bad-digest": mark("a digest of a linked file that is none"),
    "bad-disaggregation": mark("no table of texts"),
    "bad-fiscal-year": mark("no month and day on which fiscal years may begin"),
    "bad-format": mark("the format's number is not 1"),
    "bad-id": mark("an id, or a file name, with other letters than a-z, digits, - and _"),
    "bad-lag": mark("no number of days or months, or more than ten years of them"),
    "bad-link": mark("a link whose file lies elsewhere, or is no table of figures"),
    "bad-modifier": mark("keys that do not go together"),
    "bad-period": mark("no period, or one that ends before it begins"),
    "bad-range": mark("a range that is not two numbers"),
    "bad-times": mark("a multiple of the baseline below 0"),
    "comma-number": mark("a number written in a country's way: 1,5 or 7 %"),
    "conflict-markers": mark("two versions that git could not merge"),
    "curly-quotes": mark("curly quotes around a text"),
    "declared-twice": mark("a table or a key that stands twice"),
    "due-before-baseline": mark("a target that is due before its baseline"),
    "empty-text": mark("a text without a letter"),
    "empty-window": mark("a standing target whose window holds no whole period of its kind"),
    "from-without-by": mark("a window without its end"),
    "inexact-column": mark("a column of floating-point numbers in a linked file"),
    "linked-version": mark("an older version whose linked file git does not have"),
    "milestone-unit": mark("a milestone that is not measured in yes/no, or the other way round"),
    "missing-key": mark("a key that must be there"),
    "newer-format": mark("a file for a newer targettrack"),
    "no-baseline": mark("a multiple of a baseline that is not there"),
    "no-column": mark("a column that a linked file does not have"),
    "no-direction": mark("an indicator with targets that does not say which way is better"),
    "no-figure": mark("an actual without value and range"),
    "no-link": mark("a linked file that is not there, or an engine of which nothing says where it is"),
    "no-programs": mark("a targets folder without a program"),
    "no-shape": mark("a target that says no bound"),
    "no-table": mark("a table that a linked file does not have"),
    "no-window": mark("a sum or a mean without a window"),
    "not-a-file": mark("a folder, a link to nothing, or a device with the name of a program"),
    "not-a-number": mark("a text, or true, where a number must be"),
    "not-a-promise": mark("a target that promises nothing"),
    "not-finite": mark("NaN or an infinity"),
    "not-installed": mark("a library that reads a linked file is not installed"),
    "not-toml": mark("no TOML"),
    "not-utf8": mark("a file in another encoding"),
    "not-yes-no": mark("a number where true or false must be"),
    "other-digest": mark("a linked file that is not the one that was meant"),
    "other-unit": mark("a unit that is another one in another language"),
    "placeholder-left": mark("a placeholder of a new file that was left in"),
    "quoted-number": mark("a number in quotes"),
    "replaces-each-other": mark("targets that replace each other in a circle"),
    "replaces-itself": mark("a target that replaces its own deadline"),
    "replaces-nothing": mark("a target that replaces one which is not there"),
    "replaces-without-by": mark("a target that replaces a deadline and has none"),
    "reversed-range": mark("a range with its higher end first"),
    "reversed-window": mark("a window that ends before it begins"),
    "too-deep": mark("brackets nested too deep"),
    "too-large": mark("a file above 64 MB, or a table of an engine with too many rows to be read one by one"),
    "too-many-digits": mark("a number with more than 30 digits or 20 decimals"),
    "two-shapes": mark("a target, or an actual, that says two things"),
    "two-times": mark("a target with two times"),
    "undated-revision": mark("two targets of one deadline, and no date that tells which is in force"),
    "unknown-indicator": mark("an actual of an indicator that is not there"),
    "unknown-key": mark("a key that the table does not have"),
    "unknown-source": mark("a source that is not there"),
    "unquoted-period": mark("a period such as 2015-S1 without quotes"),
    "unreadable": mark("a file that cannot be read"),
    "wrong-type": mark("a value of another kind than the key has"),
}


def catalogue() -> Iterator[tuple[str, Severity, str]]:
    """Every code with its severity and what it says."""
    found = sorted(CHECKS, key=lambda check: check.code)
    errors = ERRORS | {check.code: check.means for check in found if check.severity == "error"}
    yield from ((code, "error", tr(errors[code])) for code in sorted(errors))
    yield from ((check.code, check.severity, tr(check.means)) for check in found if check.severity == "warning")
    yield from ((code, "warning", tr(means)) for code, means in softened.MEANS.items())
    yield UNNEEDED, "warning", tr("an allowance for a weakness that does not occur, or that there is not")
