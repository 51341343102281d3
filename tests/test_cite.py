"""Cite: a sentence that can be printed claims what the row says and no more; the edition of the data is git's own."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from repository import CLEAN, Repository, made
from repository import text as sound
from support import HERE, LINEAR, aim, load, row, run
from targettrack.assessment.report import indicator_rows
from targettrack.formats.markdown import _cite
from targettrack.pages import cite
from targettrack.pages import contract as contracts
from targettrack.pages import documents as contract
from targettrack.pages._targets import label
from targettrack.store import load as loading
from targettrack.wording import flags, sentence
from test_laws import DAYS, LAW, Table, documents, program

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES = """[sources.office]
title = "Yearbook"
publisher = "Office of statistics"
published = 2021-06-30
url = "https://example.org/yearbook"
[sources.paper]
title = "News"
publisher = "The Paper"
published = "2021-07"
[sources.plan]
title = "Plan"
document = "Decision 1 of 2015"
published = 2015-03-01
"""
BY = 'by = 2020; value = 30; set_on = 2015-03-01; source = "plan"'
TARGET = "the target of at least 30 % by 2020 in “P” (Decision 1 of 2015, set on 1 March 2015)"


def said(text: str, on: str = "2026-01-01") -> str:
    """The sentence on the only target of a program, with plain spaces."""
    return sentence.plain(sentence.parts(row(text, on)).sentence).replace("\u00a0", " ")


def of(
    target: str,
    *actuals: str,
    direction: str = "increase",
    unit: str = "%",
    on: str = "2026-01-01",
    indicator: str = "",
    rest: str = "",
) -> str:
    """The sentence on one target of an indicator "A" with some figures, all of the office; that a target names no source is left out, and tested by itself."""
    given = (actual if "source" in actual else f'{actual}; source = "office"' for actual in actuals)
    return said(aim(direction, target, *given, unit=unit, indicator=indicator, rest=SOURCES + rest), on).replace(
        UNSOURCED, ""
    )


UNSOURCED = "; the data file names no source for the target"


def test_a_target_without_a_source_is_said_to_have_none() -> None:
    """Whatever the figure's source is; and a figure without one is said to have none by itself."""
    text = aim("increase", "by = 2020; value = 30", 'period = 2020; value = 28; source = "office"', rest=SOURCES)
    assert said(text).endswith(f"the target was missed{UNSOURCED}.")
    assert UNSOURCED not in said(text.replace("value = 30", 'value = 30\nsource = "plan"'))
    assert "; the data file names no source for this figure; " in said(text.replace('\nsource = "office"', ""))


# ---------------------------------------------------------------- the sentences


def test_a_target_that_was_missed() -> None:
    """The figure with its source and date, the distance, the promise with its document and day, and what that means."""
    assert (
        of(BY, "period = 2020; value = 28")
        == f"“A” stood at 28 % in 2020, according to Office of statistics (30 June 2021); that is 2 percentage points below {TARGET}; the target was missed."
    )


@pytest.mark.parametrize(
    ("figure", "clause"),
    [
        ("period = 2020; value = 29", f"that is 1 percentage point below {TARGET}; the target was missed."),
        ("period = 2020; value = 30", f"that is exactly {TARGET}; the target was met."),
        ('period = 2020; value = 30; approx = "about"', f"that is about {TARGET}; the target was met."),
        ('period = 2020; value = 28; approx = "about"', f"stood at about 28 % in 2020, according to Office of statistics (30 June 2021); that is about 2 percentage points below {TARGET}"),
        ('period = 2020; value = 33; approx = "over"', f"stood at over 33 % in 2020, according to Office of statistics (30 June 2021); that is more than 3 percentage points above {TARGET}"),
        ('period = 2020; value = 28; approx = "under"', f"that is more than 2 percentage points below {TARGET}; the target was missed."),
        ('period = 2020; value = 30; approx = "over"', f"that is above {TARGET}"),
        ('period = 2020; value = 28; approx = "over"', f"that leaves open whether {TARGET} was met."),
        ("period = 2020; range = [26, 28]", f"stood at 26–28 % in 2020, according to Office of statistics (30 June 2021); that is 2–4 percentage points below {TARGET}"),
        ("period = 2020; range = [30, 32]", f"that is at or above {TARGET}"),
        ("period = 2020; range = [29, 32]", f"that leaves open whether {TARGET} was met."),
        ("period = 2021; value = 31", f"“A” stood at 31 % in 2021 (the first figure after the deadline, published before the end of 2021), according to Office of statistics (30 June 2021); that is 1 percentage point above {TARGET}; it was kept by then, which does not show that it was kept in time."),
        ('period = 2020; value = 31; quality = "provisional"', "“A” stood at 31 % in 2020 (provisional), according to"),
        ('period = 2020; value = 31; quality = "estimate"', "“A” stood at 31 % in 2020 (an estimate), according to"),
        ('period = "2020-S2"; value = 31', "“A” stood at 31 % in the second half of 2020, according to"),
        ('period = "2020-Q3"; value = 31', "“A” stood at 31 % in the third quarter of 2020, according to"),
        ('period = "2020-09"; value = 31', "“A” stood at 31 % in September 2020, according to"),
        ("period = 2020-09-05; value = 31", "“A” stood at 31 % on 5 September 2020, according to"),
        ('period = "2019-04/2020-03"; value = 31', "“A” stood at 31 % from April 2019 to March 2020, according to"),
        ("period = 2018; value = 31", f"“A” stood at 31 % in 2018, according to Office of statistics (30 June 2021); that is 1 percentage point above {TARGET}; the data file has no figure for 2020 or later, so it cannot be said whether the target was met; no search for figures is noted."),
    ],
)  # fmt: skip
def test_what_the_figure_is(figure: str, clause: str) -> None:
    """The source's own word, its range, quality and period stand in the sentence, and the distance claims no more than they allow."""
    assert clause in of(BY, figure)


@pytest.mark.parametrize(
    ("direction", "target", "figure", "clause"),
    [
        (
            "increase",
            "range = [30, 35]",
            "28",
            "that is 2 percentage points below the lower end of the target of 30–35 % by 2020",
        ),
        ("increase", "range = [30, 35]", "32", "that is within the target of 30–35 % by 2020"),
        (
            "increase",
            "range = [30, 35]",
            "36",
            "that is 1 percentage point above the upper end of the target of 30–35 % by 2020 in “P”; the target was exceeded.",
        ),
        (
            "decrease",
            "range = [10, 15]",
            "16",
            "that is 1 percentage point above the upper end of the target of 10–15 % by 2020",
        ),
        (
            "decrease",
            "range = [10, 15]",
            "9",
            "that is 1 percentage point below the lower end of the target of 10–15 % by 2020 in “P”; the target was more than met.",
        ),
        (
            "decrease",
            "value = 10; strict = true",
            "10",
            "that is the very number that the target of less than 10 % by 2020 in “P” excludes; the target was missed.",
        ),
        ("decrease", "value = 10", "12", "that is 2 percentage points above the target of at most 10 % by 2020"),
        (
            "increase",
            "value = 10; strict = true",
            "12",
            "that is 2 percentage points above the target of more than 10 % by 2020",
        ),
        (
            "increase",
            'value = 10; approx = "about"',
            "9",
            "that is 1 percentage point below the target of about 10 % by 2020",
        ),
        (
            "maintain",
            "value = 10",
            "9",
            "that is 1 percentage point off the target of exactly 10 % by 2020 in “P”; the target was missed.",
        ),
        (
            "maintain",
            "range = [10, 15]",
            "12",
            "that satisfies the target of staying within 10–15 % by 2020 in “P”; the target was met.",
        ),
        (
            "maintain",
            "range = [10, 15]; strict = true",
            "10",
            "that does not satisfy the target of staying within 10–15 % by 2020",
        ),
    ],
)
def test_what_was_promised(direction: str, target: str, figure: str, clause: str) -> None:
    """Each bound is named as it binds, and the distance is to the end that the figure has passed or not."""
    assert clause in of(f"by = 2020; {target}", f"period = 2020; value = {figure}", direction=direction)


def test_sums_and_means() -> None:
    """A sum says of how many years it is; one that is not whole says which are missing."""
    window = 'by = "2018/2020"; aggregate = "{}"; value = 30'
    years = [f"period = {year}; value = 12" for year in (2018, 2019, 2020)]
    assert of(window.format("sum"), *years, unit="houses").startswith(
        "“A” came to 36 houses in 2018–2020, the sum of 3 years, according to Office of statistics (30 June 2021); that is 6 houses above the target of at least 30 houses in 2018–2020 altogether in “P”; the target was exceeded."
    )
    assert of(window.format("mean"), *years).startswith(
        "“A” averaged 12 % in 2018–2020, the mean of 3 years, according to Office of statistics (30 June 2021); that is 18 percentage points below the target of at least 30 % in 2018–2020 on average"
    )
    partial = of(window.format("sum"), *years[:2], unit="houses")
    assert partial.startswith(
        "“A” came to 24 houses in 2018 and 2019, 2 of the 3 years of the target (the data file has no figure for 2020), according to"
    )
    assert "without the missing figures it cannot be said whether the target was met" in partial
    assert of('from = 2020; by = 2020; aggregate = "sum"; value = 30', years[2], unit="houses").startswith(
        "“A” stood at 12 houses in 2020, according to"
    )
    assert "in 2018–2020, according to" in of(window.format("sum"), 'period = "2018/2020"; value = 36', unit="houses")
    early = of(window.format("sum"), *years[:2], 'period = 2020; value = 12; quality = "estimate"', unit="houses")
    assert "the sum of 3 years (partly an estimate), according to" in early


def test_shapes_without_a_bound() -> None:
    """Milestones are reached or not by what a source says; an improvement is compared with its start."""
    assert (
        "“A” had been reached in 2019, according to Office of statistics (30 June 2021); the target was to reach it by 2020 in “P”; the target was met."
        in of("by = 2020; value = true", "period = 2019; value = true", unit="yes/no")
    )
    assert "“A” had not been reached in 2020, according to" in of(
        "by = 2020; value = true", "period = 2020; value = false", unit="yes/no"
    )
    improved = of("by = 2020; improve = true", "period = 2015; value = 3", "period = 2020; value = 4")
    assert (
        "that is better than 3 % in 2015 (taken as the start, as the data file states no baseline); the target was any rise by 2020 in “P”; the target was met."
        in improved
    )
    assert "there is no earlier figure to compare it with; the target is any fall in “P”" in of(
        "improve = true", "period = 2020; value = 4", direction="decrease"
    )


def test_times_without_a_deadline() -> None:
    """A standing target, one without a deadline, and one whose deadline lies ahead."""
    assert (
        "below the target of at least 30 % every year in “P”; the target was missed for that period; kept in 0 of 1 year."
        in of('every = "year"; value = 30', "period = 2025; value = 28; published = 2025-12-31")
    )
    assert "above the target of at least 30 % in “P”; the data file names no deadline, and the target is met." in of(
        "value = 30", "period = 2020; value = 31"
    )
    assert "the data file names no deadline, and the target is not met." in of(
        "value = 30", "period = 2020; value = 28"
    )
    assert of("value = 30", "period = 2020; range = [28, 32]").endswith(
        "leaves open whether the target of at least 30 % in “P” is met; the data file names no deadline."
    )
    assert of("improve = true", "period = 2020; value = 28").endswith("in “P”; the data file names no deadline.")
    assert "the target is met so far; its deadline has not passed." in of(
        "by = 2030; range = [30, 35]", "period = 2020; value = 31"
    )
    ahead = of(
        "by = 2030; value = 30", "period = 2020; value = 20", indicator="baseline = { period = 2015, value = 10 }"
    )
    assert ahead.endswith(
        "the deadline has not passed; 50 % of the way from 10 % in 2015 was covered when 33 % of the time was used."
    )
    worse = of(
        "by = 2030; value = 30", "period = 2020; value = 9", indicator="baseline = { period = 2015, value = 10 }"
    )
    assert worse.endswith("the deadline has not passed; the figure is further from the target than 10 % in 2015.")


def test_what_else_must_be_said() -> None:
    """Rivals with their own sources, breaks, and what the target was before and when it was set."""
    figure = "period = 2020; value = 28"
    assert "; The Paper (July 2021) gives 31 %." in of(
        BY, figure + '; published = 2022-01-01; source = "office"', 'period = 2020; value = 31; source = "paper"'
    )
    assert "the definition or the count of the figures changed along the series" in of(
        BY, "period = 2014; value = 20", f"{figure}; series_break = true"
    )
    assert "the target is defined otherwise than those before it" in of(f"{BY}; series_break = true", figure)
    assert "when the target was set, the newest figure for the time before it already met it" in of(
        BY, "period = 2014; value = 31", figure
    )
    assert (
        "the start, 31 % in 2014 (taken as the start, as the data file states no baseline), satisfied the target already"
        in of(BY, "period = 2014; value = 31", figure)
    )
    revised = f"by = 2020; value = 40; set_on = 2012-05-01; [[indicators.a.targets]]; {BY}"
    assert "; before, the target was at least 40 % by 2020 (set on 1 May 2012)." in of(revised, figure)
    late = f"{BY}; [[indicators.a.targets]]; by = 2020; value = 25; set_on = 2021-05-01"
    assert (
        "the promise was changed after its deadline, to at least 25 % by 2020 (set on 1 May 2021), and is judged here as it stood"
        in of(late, figure)
    )
    wish = of(
        'by = 2020; value = 30; set_on = "2015-03"; standing = "proposed"; source = "paper"', figure, on="2026-01-01"
    )
    assert wish.endswith(
        "the target of at least 30 % by 2020 in “P” (proposed in March 2015, with no adoption in the data file, reported by The Paper); what was proposed was not reached."
    )


def test_no_figure_is_the_files_own_silence() -> None:
    """Where there is no figure it is the data file that has none, and the last search is named."""
    text = of(BY, indicator="searched = 2025-11-01")
    assert (
        text
        == f"The data file has no figure of “A” for 2020 or any other period, so it cannot be said whether {TARGET} was met; the last search for figures was made on 1 November 2025."
    )
    assert (
        of("by = 2030; value = 30")
        == "The data file has no figure of “A”; the target is at least 30 % by 2030 in “P”; the deadline has not passed; no search for figures is noted."
    )
    assert (
        "counts for this target, so it cannot be said whether the target of at least 30 % by 2020 in “P” (Decision 1 of 2015, set on 1 March 2015) was met; the file has figures of “sector = steel”, which is not what this target is about"
        in of(BY, 'period = 2020; value = 3; disaggregation = { sector = "steel" }')
    )
    assert "the data file names no source for this figure" in said(
        aim("increase", "by = 2020; value = 30", "period = 2020; value = 28")
    )


def test_parts_are_named() -> None:
    """A target on a part says which."""
    part = '; disaggregation = { sector = "steel" }'
    assert of("by = 2020; value = 30" + part, "period = 2020; value = 31" + part).startswith(
        "“A” (sector = steel) stood at 31 % in 2020"
    )


@LAW
@given(documents(), DAYS)
def test_a_sentence_claims_what_the_row_says(document: Table, on: date) -> None:
    """Only what was kept is called met, only what was missed is called missed; a row that is not settled is not called either; a figure is named with every digit."""
    found = program(document)
    if found is None:
        return
    for each in indicator_rows(found, "i", on, LINEAR):
        parts = sentence.parts(each)
        text = sentence.plain(parts.sentence).replace("\u00a0", " ")
        assert ("the target was missed" in parts.verdict) == (
            each.status == "missed" and each.promise.standing == "adopted"
        )
        assert not re.search(
            r"(?<!whether )the target (was|is) (more than )?(met|exceeded)", parts.verdict
        ) or each.status in {"met", "exceeded"}
        if each.status in {"unreported", "no_data"}:
            assert re.search(
                "the data file has no|without the missing figures|does not say whether a figure for a period of another length stands for that, so it is not judged",
                text.casefold(),
            )
        if (
            each.judged
            and len(each.judged.points) == 1
            and each.judged.allowed
            and each.judged.allowed.exact is not None
        ):
            assert str(each.judged.allowed.exact) in text
        assert all(
            str(figure.actual.source or "without a source") in text
            or found.sources[str(figure.actual.source)].publisher
            for figure in each.disputes
        )
        assert text.count("(") == text.count(")")
        assert text.endswith(".")
        assert text[:1] in "“T"


@LAW
@given(documents(), DAYS)
def test_a_short_sentence_says_all_that_softens(document: Table, on: date) -> None:
    """The figure, and what it means, word for word as the whole sentence has them; every rival; and each flag, in a clause or by its word."""
    found = program(document)
    if found is None:
        return
    for each in indicator_rows(found, "i", on, LINEAR):
        parts, short = sentence.parts(each), sentence.plain(sentence.short(each))
        said = sentence.plain(parts.figure) if each.judged and each.judged.points else ""
        assert said.casefold() in short.casefold()
        assert sentence.plain(parts.verdict) in short
        assert all(
            sentence.plain(text) in short for text in parts.caveats if "disputed" in each.flags and " gives " in text
        )
        words = flags.words(flag for flag in each.flags if flag not in sentence._SAID | {"from_first_actual"})
        assert [word for word in words if word not in short] == []
        assert "from_first_actual" not in each.flags or "no baseline: from" in short
        assert each.promise.standing == "adopted" or "proposed" in short
        assert short.startswith(f"{found.header.place or found.header.name}: ")
        assert short.count("(") == short.count(")")


@pytest.mark.parametrize("width", [(), ("--width", "50")], ids=["piped", "50"])
def test_a_caption(width: tuple[str, ...]) -> None:
    """A line a target, and one for the edition of the data; in Markdown with its sources as links."""
    argv = ("cite", "hanoi/output-share", "--target", "2015", "--on", "2026-11-22", "--short")
    lines = run(*argv, *width, cwd=HERE.parent).stdout.split("\n\n")
    assert [" ".join(text.split()) for text in lines[:-1]] == [
        "Hanoi: “Key industrial products' share of the city industrial sector's production value” stood at 6 % in 2017 (the first figure after the deadline, published before the end of 2017), according to Vietnam Economic News (29 October 2017); that is 24 percentage points below the lower end of the target of 30–35 % by 2015; by that figure, which is not final, the target was missed; count changed, already met when set."
    ]
    assert lines[-1].startswith("data: ")
    markdown = run(*argv, "--format", "markdown", cwd=HERE.parent).stdout
    assert "according to [Vietnam Economic News](<http" in markdown
    assert "source:" not in markdown
    document = json.loads(run(*argv, "--json", cwd=HERE.parent).stdout)
    assert document["targets"][0]["short"] == " ".join(lines[0].split()).replace("–", "-")


# ---------------------------------------------------------------- which target


HANOI = HERE.parent / "targets" / "hanoi.toml"


def cited(id: str, asked: str | None) -> list[str]:
    """The deadlines of the targets that are cited."""
    loaded = loading.load(HANOI)
    assert loaded is not None
    page = cite.citation(loaded, id, date(2026, 11, 22), LINEAR, cite.Edition("outside"), asked)
    return [label(each.row) for each in page.targets]


def test_the_target_that_is_due_then() -> None:
    """A year is that of the deadline; a window is the window; all others are left out."""
    assert cited("output-share", None) == ["2015", "2020", "2021", "2022", "2025"]
    assert cited("output-share", "2015") == ["2015"]
    assert cited("recognitions", "2021/2025") == ["2021/2025"]
    assert cited("recognitions", "2021") == ["2021"]
    assert cited("recognitions", "2025") == ["2021/2025"]


def test_what_there_is_not_is_not_guessed() -> None:
    """A near miss, or no deadline, is an error that names what there is: exit 3, and nothing is printed."""
    for asked in ("2016", "2021/2024", "tomorrow"):
        done = run("cite", "hanoi/output-share", "--target", asked, "--on", "2026-11-22", cwd=HERE.parent)
        assert (done.returncode, done.stdout) == (3, "")
        assert f'hanoi/output-share has no target of "{asked}"' in done.stderr
        assert "targets: 2015, 2020, 2021, 2022, 2025" in done.stderr
    done = run("cite", "hanoi/products-to-2017", "--target", "2016", cwd=HERE.parent)
    assert (done.returncode, "no target is known on this day" in done.stderr) == (3, True)


def test_a_deadline_that_several_have() -> None:
    """Targets on several parts of one deadline are all cited; standing ones and those without a deadline by their words."""
    parts = [f'{{ sector = "{name}" }}' for name in ("steel", "toys")]
    text = aim(
        "increase",
        "; ".join(
            (
                "by = 2020; value = 30; disaggregation = " + parts[0],
                "[[indicators.a.targets]]; by = 2020; value = 40; disaggregation = " + parts[1],
                '[[indicators.a.targets]]; every = "year"; value = 3',
                "[[indicators.a.targets]]; value = 5",
            )
        ),
    )
    loaded = load(text)
    for asked, count in (("2020", 2), ("every year", 1), ("No date", 1)):
        assert (
            len(cite.citation(loaded, "a", date(2026, 1, 1), LINEAR, cite.Edition("outside"), asked).targets) == count
        )


def test_an_indicator_without_targets() -> None:
    """There is nothing to cite, which is no error."""
    done = run("cite", "hanoi/products-to-2017", "--on", "2026-11-22", cwd=HERE.parent)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "no target of hanoi/products-to-2017 is known on 2026-11-22: there is nothing to cite",
    )
    assert (
        "there is nothing to cite"
        in run("cite", "hanoi/products-to-2017", "--format", "markdown", cwd=HERE.parent).stdout
    )


# ---------------------------------------------------------------- formats


def test_the_document() -> None:
    """It keeps to its schema; the clauses make up the sentence; the row is that of status."""
    done = run("cite", "hanoi/recognitions", "--on", "2026-11-22", "--json", cwd=HERE.parent)
    document = json.loads(done.stdout)
    Draft202012Validator(contracts.schema("cite")).validate(document)
    status = json.loads(run("status", "hanoi/recognitions", "--on", "2026-11-22", "--json", cwd=HERE.parent).stdout)[
        "targets"
    ]
    for target in document["targets"]:
        parts = target["parts"]
        clauses = [text for text in (parts["figure"], parts["promise"], parts["verdict"], *parts["caveats"]) if text]
        assert target["sentence"].casefold() == f"{'; '.join(clauses)}.".casefold()
        assert target["row"] in status
        assert target["row"]["target"]["source"] in {source["source"] for source in target["sources"]}


def test_the_text_begins_with_the_sentence() -> None:
    """``--format text`` is the default, and other formats are refused."""
    argv = ("cite", "hanoi/output-share", "--target", "2015", "--on", "2026-11-22")
    assert run(*argv, cwd=HERE.parent).stdout == run(*argv, "--format", "text", cwd=HERE.parent).stdout
    assert run(*argv, cwd=HERE.parent).stdout.startswith("“Key industrial products' share")
    assert run(*argv, "--format", "csv", cwd=HERE.parent).returncode == 2


HOSTILE = """[sources.bad]
title = "<b>T</b>](javascript:alert(1))"
publisher = "[x](http://evil.example)"
url = "{}"
"""


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://example.org/a b",
        "https://example.org/>x",
        "https://example.org/\\\\u202e",
        "file:///etc/passwd",
        "data:text/html,x",
    ],
)
def test_only_web_addresses_are_links(url: str) -> None:
    """Another address is shown as text; nothing in a name becomes a link."""
    loaded = load(
        aim(
            "increase",
            "by = 2020; value = 30",
            'period = 2020; value = 31; source = "bad"',
            rest=HOSTILE.replace("{}", url),
        )
    )
    text = "\n".join(_cite.lines(cite.citation(loaded, "a", date(2026, 1, 1), LINEAR, cite.Edition("outside"))))
    assert "](<" not in text
    assert not re.search(r"(?<!\\)[\[<](?!https://example)", text)


def test_web_addresses_are_links() -> None:
    """The source's name in the sentence leads to its address; marks in texts of the file do not."""
    hostile = '"A \ue000office\ue001here\ue002"'
    text = aim(
        "increase", "by = 2020; value = 30", 'period = 2020; value = 31; source = "office"', rest=SOURCES
    ).replace('name = "A"', f"name = {hostile}")
    page = cite.citation(load(text), "a", date(2026, 1, 1), LINEAR, cite.Edition("outside"))
    (line, *_) = _cite.lines(page)
    assert "according to [Office of statistics](<https://example.org/yearbook>) (30 June 2021)" in line
    assert line.startswith("“A officehere” stood at")
    assert not re.search("[\ue000-\ue002]", line)


# ---------------------------------------------------------------- the edition of the data

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def edition(folder: Path, env: Mapping[str, str] | None = None, name: str = "p") -> dict[str, Any]:
    """The edition that is cited of a program in a folder; the command succeeds."""
    done = run(
        "cite",
        f"{name}/a",
        "--json",
        "--on",
        "2021-06-01",
        cwd=folder.parent,
        env={**CLEAN, "TARGETTRACK_TARGETS": str(folder), **(env or {})},
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)["data"]
    return found


@GIT
def test_the_last_commit_of_the_file(tmp_path: Path) -> None:
    """It is the one that touched this file last, not the newest one; its hash and day are git's."""
    repository = made(tmp_path / "repository")
    repository.write(sound("50"))
    hash = repository.commit("2024-03-01")
    (repository.top / "other.txt").write_text("o")
    repository.commit("2024-04-01")
    found = edition(repository.targets)
    assert (found["edition"], found["commit"], found["date"], found["changed"]) == (
        "committed",
        hash[:9],
        "2024-03-01",
        False,
    )
    assert found["said"] == f"commit {hash[:9]} of 2024-03-01"


@GIT
@pytest.mark.parametrize("staged", [False, True])
def test_uncommitted_changes(tmp_path: Path, staged: bool) -> None:
    """A file that differs from what is committed says so, staged or not; the same text with other line ends does not differ."""
    repository = made(tmp_path / "repository")
    committed = repository.git("rev-parse", "HEAD")[:9]
    repository.write(sound("50"))
    if staged:
        repository.git("add", "--all")
    assert edition(repository.targets)["said"] == f"commit {committed} of 2024-01-01, with uncommitted changes"
    repository.write(sound().replace("\n", "\r\n"))
    assert edition(repository.targets)["changed"] is False


@GIT
def test_not_committed_yet(tmp_path: Path) -> None:
    """A new file in a repository, an ignored one, and one of a repository without commits."""
    repository = made(tmp_path / "repository")
    repository.write(sound(), "q")
    assert edition(repository.targets, name="q")["said"] == "not committed yet"
    (repository.top / ".gitignore").write_text("q.toml\n")
    assert edition(repository.targets, name="q")["edition"] == "uncommitted"
    empty = Repository(tmp_path / "empty")
    empty.write(sound())
    empty.git("init", "--quiet")
    assert edition(empty.targets)["edition"] == "uncommitted"


def test_outside_version_control(tmp_path: Path) -> None:
    """Outside of git the sentence is printed all the same."""
    plain = Repository(tmp_path / "plain")
    plain.write(sound())
    ceiling = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    assert edition(plain.targets, ceiling)["said"] == "not under version control"
    assert (
        edition(plain.targets, {**ceiling, "PATH": str(tmp_path)})["said"]
        == "edition not known: git is not installed here, or cannot be run"
    )


@GIT
def test_in_a_subfolder_and_behind_links(tmp_path: Path) -> None:
    """The repository is that of the file itself: deep in it, behind a linked folder, or behind a linked file of another repository."""
    repository = made(tmp_path / "repository", "data/deep/targets")
    hash = repository.git("rev-parse", "HEAD")[:9]
    assert edition(repository.targets)["commit"] == hash
    (tmp_path / "linked").symlink_to(repository.targets)
    assert edition(tmp_path / "linked")["commit"] == hash
    other = made(tmp_path / "other")
    (other.targets / "l.toml").symlink_to(repository.targets / "p.toml")
    other.commit("2024-09-01")
    assert edition(other.targets, name="l")["commit"] == hash
    (other.targets / "outside.toml").symlink_to(tmp_path / "loose.toml")
    (tmp_path / "loose.toml").write_text(sound(), encoding="utf-8")
    assert (
        edition(other.targets, {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}, name="outside")["edition"]
        == "outside"
    )


@GIT
def test_nothing_is_run_or_written(tmp_path: Path) -> None:
    """No filter of the worktree is run to compare, and no file of the repository changes."""
    repository = made(tmp_path / "repository")
    repository.git("config", "filter.evil.clean", f"touch '{tmp_path / 'marker'}'; cat")
    (repository.top / ".gitattributes").write_text("*.toml filter=evil\n")
    os.utime(repository.targets / "p.toml")
    before = {path: path.stat().st_mtime_ns for path in repository.top.rglob("*")}
    assert edition(repository.targets)["changed"] is False
    assert {path: path.stat().st_mtime_ns for path in repository.top.rglob("*")} == before
    assert not (tmp_path / "marker").exists()


def test_every_shipped_target_has_its_sentence() -> None:
    """Each target of the programs that ship is said with its name, its deadline and its figure."""
    for path in sorted(HANOI.parent.glob("*.toml")):
        loaded = loading.load(path)
        assert loaded is not None
        for id, indicator in loaded.program.indicators.items():
            for each in cite.citation(loaded, id, date(2026, 11, 22), LINEAR, cite.Edition("outside")).targets:
                text = sentence.plain(each.parts.sentence)
                assert indicator.name in text
                assert loaded.program.header.name in text
                assert each.row.due is None or str(each.row.due.last.year) in text
                assert set(each.sources) >= {
                    point.actual.source for point in (each.row.judged.points if each.row.judged else ())
                } - {None}
                assert contract.row_document(each.row)
