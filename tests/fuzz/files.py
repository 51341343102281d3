"""Files that a fuzzer makes, guided by what they reach: read or refused with our own error, then judged, drawn, explained and checked.

Run it with the extra ``fuzz``: python tests/fuzz/files.py -runs=100000 FOLDER, where FOLDER has files to begin with, such as a copy of ``targets/``.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["targettrack", "tomli"]):
    from targettrack import formats, registry
    from targettrack.assessment import report
    from targettrack.cli import _programs, check
    from targettrack.errors import TargettrackError
    from targettrack.formats._look import Look
    from targettrack.pages import explain
    from targettrack.pages.status import StatusPage
    from targettrack.store import load

FILE, ON = Path("targets/p.toml"), date(2026, 1, 1)
RULES = _programs.rules()
TABLE, JSON = registry.module(formats, "table"), registry.module(formats, "json")


def one(data: bytes) -> None:
    """What people may do with one file."""
    try:
        loaded = load.understood(FILE, data)
    except TargettrackError:
        return
    if loaded is None:
        return
    page = StatusPage(report.report([loaded.program], ON, method=RULES[0].method))
    for module in (TABLE, JSON):
        module.render(page, io.StringIO(), Look(width=60))
    for name in list(loaded.program.indicators)[:1]:
        TABLE.render(explain.explanation(loaded, name, ON, RULES), io.StringIO(), Look(width=60))
    list(check.weak(loaded, ON))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
