"""Template: the texts of new program files: every shape of a promise as lines to take a # off, and an example whose rows have every status."""

from __future__ import annotations

_HEAD = """\
# An example program. Everything behind a # is a comment, and stays as you write it.
# Look at it with:  targettrack status example      targettrack show example/local-share
# The figures and the documents are made up, so that every status occurs; replace them by yours.

targettrack = 1                      # the format's number; it must stay

[program]
name = {name}
place = "Example Province"           # optional, as are owner, url, note, aliases = ["another name"]

# ---- Sources: the documents that figures and promises come from. The id behind "sources." is yours to choose.

[sources.plan]
title = "Support industries plan {0-5}-{0-1}"
publisher = "Example People's Committee"
published = {0-6}-12-15               # a day, a month "{0-6}-12" or a year {0-6}
url = "https://example.org/plan"

[sources.yearbook-{0-4}]
title = "Statistical yearbook {0-4}"
publisher = "Example Statistics Office"
published = {0-3}-06-30
url = "https://example.org/yearbook-{0-4}"

[sources.yearbook-{0-2}]
title = "Statistical yearbook {0-2}"
publisher = "Example Statistics Office"
published = {0-1}-06-30
url = "https://example.org/yearbook-{0-2}"

# ---- Indicators: what is measured, and below each what was promised of it.

[indicators.local-share]             # unreported: due, and only an older figure is there
name = "Share of locally made parts in industrial products"
unit = "%"
direction = "increase"               # which way is better: increase, decrease or maintain
baseline = { period = {0-6}, value = 12.4, source = "plan" }

[[indicators.local-share.targets]]
by = {0-1}                            # due at the end of {0-1}; also "{0-1}-S1", "{0-1}-Q3", "{0-1}-09", {0-1}-09-30
range = [30, 35]                     # at least 30 decides, 35 is the ambition; one number: value = 30
set_on = {0-6}-12-15
source = "plan"

[indicators.waste]                   # missed
name = "Waste per product"
unit = "kg"
direction = "decrease"

[[indicators.waste.targets]]
by = {0-2}
value = 10                           # at most 10, for less is better
source = "plan"

[indicators.trained]                 # met
name = "Technicians trained"
unit = "technicians"
direction = "increase"

[[indicators.trained.targets]]
by = {0-2}
value = 500
source = "plan"

[indicators.suppliers]               # exceeded
name = "Firms that supply foreign companies"
unit = "firms"
direction = "increase"

[[indicators.suppliers.targets]]
by = {0-2}
value = 20
source = "plan"

[indicators.certified]               # met late: the figure is a year younger than the deadline
name = "Certified firms"
unit = "firms"
direction = "increase"

[[indicators.certified.targets]]
by = {0-3}
value = 60
source = "plan"

[indicators.exports]                 # on track
name = "Exports"
unit = "million USD"
direction = "increase"
baseline = { period = {0-6}, value = 40, source = "plan" }

[[indicators.exports.targets]]
by = {0+4}
value = 60
source = "plan"

[indicators.orders]                  # behind
name = "Orders from industrial zones"
unit = "million USD"
direction = "increase"
baseline = { period = {0-6}, value = 40, source = "plan" }

[[indicators.orders.targets]]
by = {0+4}
value = 60
source = "plan"

[indicators.research]                # off track
name = "Spending on research"
unit = "million USD"
direction = "increase"
baseline = { period = {0-6}, value = 40, source = "plan" }

[[indicators.research.targets]]
by = {0+4}
value = 60
source = "plan"

[indicators.apprentices]             # worsening
name = "Apprentices"
unit = "apprentices"
direction = "increase"
baseline = { period = {0-6}, value = 40, source = "plan" }

[[indicators.apprentices.targets]]
by = {0+4}
value = 60
source = "plan"

[indicators.center]                  # pending
name = "A technical assistance center is open"
unit = "yes/no"

[[indicators.center.targets]]
by = {0+4}
value = true                         # a milestone
source = "plan"

[indicators.members]                 # open: no deadline was set
name = "Members of the suppliers' association"
unit = "firms"
direction = "increase"

[[indicators.members.targets]]
value = 100
source = "plan"

[indicators.patents]                 # no data
name = "Patents"
unit = "patents"
direction = "increase"

[[indicators.patents.targets]]
by = {0+4}
value = 15
source = "plan"

# ---- Promises in words, which no indicator measures. They are listed, never judged.

[[promises]]                         # not assessable
text = "Help small firms to find partners abroad"
source = "plan"

# ---- Actuals: what was measured, a block for each figure. New ones go to the end: targettrack add-actual example

[[actuals]]  # local-share {0-4} yearbook-{0-4}
indicator = "local-share"
period = {0-4}
value = 19.5                         # a point for decimals, no quotes; range = [19, 20] where the source gives a range
source = "yearbook-{0-4}"
"""

_FIGURES = (
    ("waste", "14"),
    ("trained", "500"),
    ("suppliers", "26"),
    ("certified", "65"),
    ("exports", "49"),
    ("orders", "46"),
    ("research", "42"),
    ("apprentices", "38"),
    ("center", "false"),
    ("members", "80"),
)
"""The figures of two years ago."""

_EMPTY = """\
targettrack = 1

[program]
name = {name}
# place = "…"                        # optional, as are owner, url, note, aliases = ["…"], fiscal_year = "04-01"

"""

_SHAPES = """\
# ==== Every kind of promise, to begin with: take the # off what you need, and write something for each "…".
# ==== targettrack check names every "…" that is left. targettrack help shapes says what each kind means.

# ---- A source: who said so

# [sources.plan-1]                   # an id of yours: a-z, 0-9, - and _
# title = "…"
# publisher = "…"
# published = "…"                    # 2025-01-31, "2025-01" or 2025
# url = "…"

# ---- At least: more is better

# [indicators.at-least]              # an id of yours
# name = "…"
# unit = "…"                         # "%", "firms", "million VND"
# direction = "increase"
# baseline = { period = "…", value = "…", source = "plan-1" }  # where it started, if a document says so
# [[indicators.at-least.targets]]
# by = "…"                           # 2030, "2030-S1", "2030-Q3", "2030-09", 2030-09-30
# value = "…"                        # a number without quotes, with a point for decimals: 45
# source = "plan-1"

# ---- At most: less is better

# [indicators.at-most]
# name = "…"
# unit = "…"
# direction = "decrease"
# [[indicators.at-most.targets]]
# by = "…"
# value = "…"
# strict = true                      # "under 4.5"; without this line "at most 4.5"
# source = "plan-1"

# ---- A range: its weaker end decides, the other one is the ambition

# [indicators.from-to]
# name = "…"
# unit = "…"
# direction = "increase"
# [[indicators.from-to.targets]]
# by = "…"
# range = ["…", "…"]                 # [30, 35]
# source = "plan-1"

# ---- A level to maintain: both ends bind

# [indicators.level]
# name = "…"
# unit = "…"
# direction = "maintain"
# [[indicators.level.targets]]
# by = "…"
# range = ["…", "…"]                 # [90, 100]
# source = "plan-1"

# ---- A milestone: done, or not

# [indicators.opened]
# name = "…"
# unit = "yes/no"
# [[indicators.opened.targets]]
# by = "…"
# value = true
# source = "plan-1"

# ---- Any improvement on the start

# [indicators.better]
# name = "…"
# unit = "…"
# direction = "increase"
# [[indicators.better.targets]]
# by = "…"
# improve = true                     # with every = "year": better than the year before
# source = "plan-1"

# ---- A sum over a window: so many in all from one year to another

# [indicators.in-all]
# name = "…"
# unit = "…"
# direction = "increase"
# [[indicators.in-all.targets]]
# from = "…"                         # the first year
# by = "…"                           # the last one
# value = "…"
# aggregate = "sum"
# source = "plan-1"

# ---- Growth of so many per cent a year on average over a window

# [indicators.growth]
# name = "…"
# unit = "%"
# direction = "increase"
# [[indicators.growth.targets]]
# from = "…"
# by = "…"
# value = "…"
# aggregate = "mean"
# source = "plan-1"

# ---- A multiple of the baseline: halve, double, an index

# [indicators.multiple]
# name = "…"
# unit = "…"
# direction = "decrease"
# baseline = { period = "…", value = "…", source = "plan-1" }
# [[indicators.multiple.targets]]
# by = "…"
# times_baseline = "…"               # 0.5 is half of it
# source = "plan-1"

# ---- A standing promise: each year anew

# [indicators.yearly]
# name = "…"
# unit = "…"
# direction = "increase"
# [[indicators.yearly.targets]]
# every = "year"                     # or half, quarter, month
# value = "…"
# source = "plan-1"

# ---- A wish or a draft, beside what was adopted

# [indicators.wish]
# name = "…"
# unit = "…"
# direction = "increase"
# [[indicators.wish.targets]]
# by = "…"
# value = "…"
# standing = "proposed"
# source = "plan-1"

# ---- A part: one sector, one district, one sex

# [indicators.part]
# name = "…"
# unit = "…"
# direction = "increase"
# [[indicators.part.targets]]
# by = "…"
# value = "…"
# disaggregation = { sector = "textile" }
# source = "plan-1"

# ---- A promise in words, which nobody measures

# [[promises]]
# text = "…"
# source = "plan-1"

# ---- A figure: targettrack add-actual writes it for you

# [[actuals]]
# indicator = "at-least"
# period = "…"
# value = "…"
# source = "plan-1"
"""


def example(year: int, name: str | None = None) -> str:
    """A commented program whose rows have every status in a ``year``, and behind it what every kind of promise begins with."""
    said = _HEAD.replace("{name}", _quoted(name or "Example program: local parts in industry"))
    for away in range(-6, 5):
        said = said.replace(f"{{0{away:+d}}}", str(year + away))
    figures = "".join(_figure(id, year - 2, value) for id, value in _FIGURES)
    return f"{said}{figures}\n{_SHAPES}"


def _figure(id: str, year: int, value: str) -> str:
    return f'\n[[actuals]]  # {id} {year} yearbook-{year}\nindicator = "{id}"\nperiod = {year}\nvalue = {value}\nsource = "yearbook-{year}"\n'


def merging() -> str:
    """The ``.gitattributes`` of a targets folder."""
    return "# Two branches that each add figures merge without a conflict: git keeps the lines of both sides.\n*.toml merge=union\n"


def empty(name: str) -> str:
    """A program with a name, and what every kind of promise begins with, behind a #."""
    return _EMPTY.replace("{name}", _quoted(name)) + _SHAPES


def _quoted(text: str) -> str:
    from tomli_w import dumps  # noqa: PLC0415 - only a new program needs it

    return dumps({"name": text}).removeprefix("name = ").rstrip("\n")
