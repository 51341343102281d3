"""Statuses: the closed list of what is said of a promise."""

from __future__ import annotations

from typing import Literal, get_args

Status = Literal[
    "missed",
    "worsening",
    "off_track",
    "unreported",
    "behind",
    "pending",
    "open",
    "on_track",
    "met",
    "met_late",
    "exceeded",
    "no_data",
    "not_assessable",
]
STATUSES: tuple[Status, ...] = get_args(Status)
"""Every status, the gravest first."""
