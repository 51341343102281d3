"""Signs: the sign and the colour of each status, the same in all formats that have them."""

from __future__ import annotations

from typing import Literal

from targettrack.assessment.status import Status

Hue = Literal["plain", "bad", "good", "doubt", "dim"]

HUES: dict[Status, Hue] = {
    "missed": "bad", "worsening": "bad", "off_track": "bad", "unreported": "doubt", "behind": "bad", "pending": "plain", "open": "plain",
    "on_track": "good", "met": "good", "met_late": "good", "exceeded": "good", "no_data": "dim", "not_assessable": "dim",
}  # fmt: skip

SIGNS: dict[Status, str] = {
    "missed": "✗", "worsening": "◄", "off_track": "!", "unreported": "?", "behind": "~", "pending": "…", "open": "○",
    "on_track": "►", "met": "✓", "met_late": "✓", "exceeded": "+", "no_data": "·", "not_assessable": "/",
}  # fmt: skip
ASCII_SIGNS: dict[Status, str] = {
    "missed": "x", "worsening": "<", "off_track": "!", "unreported": "?", "behind": "~", "pending": ".", "open": "o",
    "on_track": ">", "met": "=", "met_late": "=", "exceeded": "+", "no_data": "-", "not_assessable": "/",
}  # fmt: skip
