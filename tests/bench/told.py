"""What is told of many figures, measured: one indicator of many, a clean file, a promise quarter by quarter, and two hundred commits; made for ``bench.py``."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_HEAD = 'targettrack = 1\n[program]\nname = "Bench"\n[sources.s]\ntitle = "S"\npublisher = "P"\npublished = 2024-01-01\nurl = "https://example.org/s"\n'
DAY = "2025-06-01"
"""The day on which a clean file is clean."""


def clean(folder: Path, indicators: int = 1000, years: int = 10) -> None:
    """A program of so many figures in which check finds nothing."""
    lines = [
        _HEAD,
        *(
            f'[indicators.i{place}]\nname = "Indicator {place}"\nunit = "firms"\ndirection = "increase"\nbaseline = {{ period = 2014, value = {100 + place % 50}, source = "s" }}\n'
            f'[[indicators.i{place}.targets]]\nby = 2030\nvalue = {200 + place % 50}\nset_on = 2014-06-01\nsource = "s"\n'
            for place in range(indicators)
        ),
    ]
    lines += [
        f'[[actuals]]\nindicator = "i{place}"\nperiod = {2015 + year}\nvalue = {107 + place % 50 + year * 8}\nsource = "s"\npublished = 2025-01-01\n'
        for place in range(indicators)
        for year in range(years)
    ]
    _written(folder, "\n".join(lines))


def quarters(folder: Path, time: str = "by = 2030", parts: int = 10, count: int = 500) -> None:
    """A program of one indicator with so many parts, each with so many quarters and a target of that time."""
    named = ["", *(f'disaggregation = {{ part = "p{part}" }}\n' for part in range(1, parts))]
    lines = [_HEAD, '[indicators.a]\nname = "A"\nunit = "firms"\ndirection = "increase"\n']
    lines += [
        f'[[indicators.a.targets]]\n{time}\nvalue = 200\nset_on = 2000-06-01\nsource = "s"\n{part}' for part in named
    ]
    for place in range(count):
        year, quarter = 1900 + place // 4, place % 4 + 1
        published = f"{year + (quarter == 4)}-{quarter * 3 % 12 + 1:02}-20"
        lines += [
            f'[[actuals]]\nindicator = "a"\nperiod = "{year}-Q{quarter}"\nvalue = {100 + place % 77}\nsource = "s"\npublished = {published}\n{part}'
            for part in named
        ]
    _written(folder, "\n".join(lines))


def revisions(top: Path, commits: int = 200, figures: int = 800) -> list[str]:
    """A repository of a program with so many figures, to which each commit adds one, and of which every tenth changes one; git's own way of telling them."""
    blocks = [
        f'[[actuals]]\nindicator = "i{place % 50}"\nperiod = {2000 + place // 50}\nvalue = {100 + place}\nsource = "s"\n'
        for place in range(figures + commits)
    ]
    head = _HEAD + "".join(
        f'[indicators.i{place}]\nname = "Indicator {place}"\nunit = "firms"\ndirection = "increase"\n[[indicators.i{place}.targets]]\nby = 2030\nvalue = {2000 + place}\nset_on = 2014-06-01\nsource = "s"\n'
        for place in range(50)
    )
    _git(top, "init", "--quiet")
    for commit in range(commits + 1):
        if commit % 10 == 1:
            blocks[commit] = blocks[commit].replace("value = ", "value = 1")
        _written(top / "targets", "\n".join([head, *blocks[: figures + commit]]))
        _git(top, "add", "--all")
        _git(top, "commit", "--quiet", "--message", str(commit))
    return ["git", "-C", str(top), "log", "-p", "--", "targets/bench.toml"]


def _written(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.toml").write_text(text, encoding="utf-8")


def _git(top: Path, *words: str) -> None:
    top.mkdir(parents=True, exist_ok=True)
    who = {f"GIT_{role}_{what}": "bench@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *words], cwd=top, env={**os.environ, **who}, check=True)
