"""Template: the texts of new program files."""

from __future__ import annotations

_EXAMPLE = """\
# An example program. Everything behind a # is a comment, and stays as you write it.
# Look at it with:  targettrack status example      targettrack show example/local-share
# The figures and the documents are made up; replace them by yours.

targettrack = 1                      # the format's number; it must stay

[program]
name = "Example program: local parts in industry"
place = "Example Province"           # optional, as are owner, url, note, aliases = ["another name"]

# ---- Sources: the documents that figures and promises come from. The id behind "sources." is yours to choose.

[sources.plan-2020]
title = "Support industries plan 2021-2025"
publisher = "Example People's Committee"
published = 2020-12-15               # a day, a month "2020-12" or a year 2020
url = "https://example.org/plan"

[sources.yearbook-2022]
title = "Statistical yearbook 2022"
publisher = "Example Statistics Office"
published = 2023-06-30

# ---- Indicators: what is measured, and below each what was promised of it.

[indicators.local-share]
name = "Share of locally made parts in industrial products"
unit = "%"
direction = "increase"               # which way is better: increase, decrease or maintain
baseline = { period = 2020, value = 12.4, source = "plan-2020" }

[[indicators.local-share.targets]]
by = 2025                            # due at the end of 2025; also "2025-S1", "2025-Q3", "2025-09", 2025-09-30
range = [30, 35]                     # at least 30 decides, 35 is the ambition; one number: value = 30
set_on = 2020-12-15
source = "plan-2020"

[indicators.center]
name = "A technical assistance center is open"
unit = "yes/no"

[[indicators.center.targets]]
by = 2024
value = true                         # a milestone
source = "plan-2020"

# ---- Promises in words, which no indicator measures. They are listed, never judged.

[[promises]]
text = "Help small firms to find partners abroad"
source = "plan-2020"

# ---- Actuals: what was measured, a block for each figure. New ones go to the end.

[[actuals]]  # local-share 2022 yearbook-2022
indicator = "local-share"
period = 2022
value = 19.5                         # a point for decimals, no quotes; range = [19, 20] where the source gives a range
source = "yearbook-2022"
"""

_EMPTY = """\
targettrack = 1

[program]
name = {name}

# [sources.plan-2025]                # a document: who said so
# title = "…"
# publisher = "…"
# published = 2025-01-31

# [indicators.output]                # what is measured
# name = "…"
# unit = "%"
# direction = "increase"             # increase, decrease or maintain

# [[indicators.output.targets]]      # what was promised, by when
# by = 2030
# value = 45
# source = "plan-2025"

# [[promises]]                       # a promise that nobody measures
# text = "…"
# source = "plan-2025"

# [[actuals]]  # output 2025 plan-2025
# indicator = "output"
# period = 2025
# value = 12
# source = "plan-2025"
"""


def example() -> str:
    """A commented program that shows the format."""
    return _EXAMPLE


def merging() -> str:
    """The ``.gitattributes`` of a targets folder."""
    return "# Two branches that each add figures merge without a conflict: git keeps the lines of both sides.\n*.toml merge=union\n"


def empty(name: str) -> str:
    """A program with a name and commented places for the rest."""
    from tomli_w import dumps  # noqa: PLC0415 - only a new program needs it

    return _EMPTY.replace("{name}", dumps({"name": name}).removeprefix("name = ").rstrip("\n"))
