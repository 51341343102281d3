"""Recording: what a new figure is to those that a program has, what is doubtful about it, and what a typed text means."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support import load, tries
from targettrack.assessment.figures import series
from targettrack.errors import Exit, TargettrackError
from targettrack.number import NumberError, literal, typed
from targettrack.period import Year, following, period
from targettrack.program.model import Source
from targettrack.recording import entry
from targettrack.recording import plan as planning
from targettrack.recording.entry import Row
from targettrack.recording.plan import Origin, Plan, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targettrack.program.model import Program

TODAY = date(2026, 11, 22)
TEXT = """\
targettrack = 1
[program]
name = "Program"

[sources.yearbook]
title = "Yearbook 2024"
publisher = "Office of statistics"
published = 2025-06-30
[sources.yearbook-2022]
title = "Yearbook 2022"
publisher = "Office of statistics"
published = 2023-06-30
[sources.paper]
title = "A report"
publisher = "The Daily"
published = 2024-03-01
[sources.agency]
title = "An undated page"
[sources.agency-2]
title = "Another undated page"

[indicators.share]
name = "Share"
unit = "%"
direction = "increase"
limit = 100
[[indicators.share.targets]]
by = 2020
value = 50
aggregate = "last"
[indicators.balance]
name = "Balance"
unit = "million VND"
limit = 0
[indicators.firms]
name = "Firms"
unit = "firms"
[indicators.law]
name = "The law is in force"
unit = "yes/no"
"""
PROGRAM = load(TEXT).program
NAMES = ("yearbook", "yearbook-2022", "paper", "agency", "agency-2", None)


def wanted(
    value: str = "40", source: str | None = "yearbook", indicator: str = "share", period: str = "2018", **keys: Any
) -> Wanted:
    """A figure as it is typed."""
    given = {"indicator": indicator, "period": period, "value": value, "source": source, **keys}
    found, faults = entry.wanted(
        Row({key: text for key, text in given.items() if text is not None}), PROGRAM.indicators
    )
    assert found is not None, faults
    return found


def plan(
    figures: Sequence[Wanted],
    of: Program = PROGRAM,
    *,
    sources: dict[str, Source] | None = None,
    revise: bool = False,
    today: date = TODAY,
) -> Plan:
    """What recording these figures would do."""
    return planning.plan(of, figures, sources or {}, revise=revise, today=today)


def recorded(*figures: tuple[str, str | None] | Wanted) -> Program:
    """The program with these figures, whatever they revise."""
    program = PROGRAM
    for figure in figures:
        program = plan([figure if isinstance(figure, Wanted) else wanted(*figure)], program, revise=True).after
    return program


def outcome(figure: Wanted, of: Program = PROGRAM, *, revise: bool = False) -> str:
    """What one figure is, or the code of its refusal."""
    try:
        (found,) = plan([figure], of, revise=revise).found
    except TargettrackError as error:
        (problem,) = error.problems
        return problem.code
    return found.outcome


def refusal(figures: Sequence[Wanted], of: Program = PROGRAM, **options: Any) -> TargettrackError:
    """Why figures are not recorded."""
    with pytest.raises(TargettrackError) as caught:
        plan(figures, of, **options)
    return caught.value


def cautions(figure: Wanted, *before: tuple[str, str | None] | Wanted, today: date = TODAY) -> list[str]:
    """What is doubtful about a figure."""
    return [
        caution.message.replace("\u00a0", " ") for caution in plan([figure], recorded(*before), today=today).cautions
    ]


# ---------------------------------------------------------------- what a figure is to the others of its period

BEFORE: dict[str, list[tuple[str, str | None]]] = {
    "nothing": [],
    "the yearbook's": [("40", "yearbook")],
    "the older yearbook's": [("40", "yearbook-2022")],
    "no source's": [("40", None)],
    "a page's": [("40", "agency")],
    "two publishers'": [("40", "yearbook"), ("41", "paper")],
    "two that agree": [("40", "yearbook"), ("40", "paper")],
    "a revised one": [("40", "yearbook"), ("41", "yearbook")],
    "one revised twice": [("40", "yearbook"), ("41", "yearbook"), ("40", "yearbook")],
}


@pytest.mark.parametrize(
    ("before", "value", "source", "without", "revising"),
    [
        ("nothing", "40", "yearbook", "new", "new"),
        ("nothing", "40", None, "new", "new"),
        ("the yearbook's", "40", "yearbook", "recorded_before", "recorded_before"),
        ("the yearbook's", "40.0", "yearbook", "recorded_before", "recorded_before"),
        ("the yearbook's", "41", "yearbook", "needs-revise", "revision"),
        ("the yearbook's", "41", "yearbook-2022", "needs-revise", "revision"),
        ("the yearbook's", "40", "yearbook-2022", "agrees", "agrees"),
        ("the yearbook's", "40..41", "yearbook", "needs-revise", "revision"),
        ("the yearbook's", "40..40", "yearbook", "needs-revise", "revision"),
        ("the yearbook's", "41", "paper", "rival", "rival"),
        ("the yearbook's", "40..40", "paper", "agrees", "agrees"),
        ("the yearbook's", "40..41", "paper", "rival", "rival"),
        ("the yearbook's", "40", "paper", "agrees", "agrees"),
        ("the yearbook's", "41", None, "rival", "rival"),
        ("the yearbook's", "40", None, "agrees", "agrees"),
        ("the older yearbook's", "41", "yearbook", "needs-revise", "revision"),
        ("no source's", "40", None, "recorded_before", "recorded_before"),
        ("no source's", "41", None, "needs-revise", "revision"),
        ("no source's", "41", "yearbook", "rival", "rival"),
        ("no source's", "40", "yearbook", "agrees", "agrees"),
        ("a page's", "41", "agency-2", "rival", "rival"),
        ("a page's", "40", "agency-2", "agrees", "agrees"),
        ("two publishers'", "40", "agency", "rival", "rival"),
        ("two publishers'", "42", "agency", "rival", "rival"),
        ("two publishers'", "40", "paper", "needs-revise", "revision"),
        ("two publishers'", "41", "paper", "recorded_before", "recorded_before"),
        ("two that agree", "40", None, "agrees", "agrees"),
        ("two that agree", "41", "paper", "needs-revise", "revision"),
        ("a revised one", "41", "yearbook", "recorded_before", "recorded_before"),
        ("a revised one", "40", "yearbook", "recorded_before", "revision"),
        ("a revised one", "42", "yearbook", "needs-revise", "revision"),
        ("one revised twice", "40", "yearbook", "recorded_before", "recorded_before"),
        ("one revised twice", "41", "yearbook", "recorded_before", "revision"),
    ],
)  # fmt: skip
def test_outcomes(before: str, value: str, source: str | None, without: str, revising: str) -> None:
    """A figure is new, recorded before, a revision of its publisher's, another publisher's rival, or in agreement; only a revision needs ``revise``."""
    program = recorded(*BEFORE[before])
    figure = wanted(value, source)
    assert (outcome(figure, program), outcome(figure, program, revise=True)) == (without, revising)


def test_what_was_recorded_before_is_not_added() -> None:
    """The program after it is the program before it; what is added comes last, in its order."""
    program = recorded(("40", "yearbook"))
    same = plan([wanted()], program)
    assert (same.added, same.after.document.actuals) == ((), program.document.actuals)
    more = plan([wanted("41", "paper"), wanted(), wanted("50", period="2019")], program)
    assert [found.actual.value for found in more.added] == [41, 50]
    assert more.after.document.actuals == (*program.document.actuals, *(found.actual for found in more.added))
    assert more.before is program


def test_which_others_make_it_so() -> None:
    """A rival differs from each publisher's newest that differs, an agreement names those that agree, a revision the one that it revises."""
    program = recorded(("39", "yearbook"), ("40", "yearbook"), ("41", "paper"), ("40", "agency"))
    named = {
        source: [
            (other.actual.value, other.place)
            for other in plan([wanted(value, source)], program, revise=True).found[0].others
        ]
        for value, source in [("42", "agency-2"), ("40", None), ("43", "paper"), ("40", "yearbook")]
    }
    assert named == {
        "agency-2": [(40, 1), (41, 2), (40, 3)],
        None: [(41, 2)],
        "paper": [(41, 2)],
        "yearbook": [(40, 1)],
    }


def test_an_older_value_again_names_what_it_was_revised_to() -> None:
    """A value that its source gave up is recorded before, and the newest of the source is named with it."""
    (found,) = plan([wanted("40")], recorded(("40", "yearbook"), ("41", "yearbook"))).found
    assert [(other.actual.value, other.place) for other in found.others] == [(40, 0), (41, 1)]


def test_there_and_back_again() -> None:
    """A, then B, then A: each step is a revision of the one before, and the last one leads."""
    program = recorded(("40", "yearbook"), ("41", "yearbook"))
    (found,) = plan([wanted("40")], program, revise=True).found
    assert (found.outcome, found.others[0].actual.value) == ("revision", 41)
    again = recorded(("40", "yearbook"), ("41", "yearbook"), ("40", "yearbook"))
    assert [actual.value for actual in again.document.actuals] == [40, 41, 40]


def test_an_older_yearbook_is_recorded_once() -> None:
    """What an older document of the same publisher says is recorded once, however often it is asked for with ``revise``."""
    program = recorded(("40", "yearbook"), ("41", "yearbook-2022"))
    assert outcome(wanted("41", "yearbook-2022"), program, revise=True) == "recorded_before"


@pytest.mark.parametrize(
    ("there", "now"), [("over", None), (None, "over"), ("about", "over"), ("about", None), ("under", "over")]
)
def test_the_word_of_the_source_is_part_of_the_figure(there: str | None, now: str | None) -> None:
    """About 40, over 40 and 40 are three figures: one source's need ``revise``; two publishers' are rivals, but for about 40, which allows 40."""
    program = recorded(wanted(approx=there))
    assert outcome(wanted(approx=there), program) == "recorded_before"
    assert outcome(wanted(approx=now), program) == "needs-revise"
    assert outcome(wanted(approx=now), program, revise=True) == "revision"
    assert outcome(wanted("40", "paper", approx=now), program) == (
        "agrees" if {there, now} == {"about", None} else "rival"
    )


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"quality": "provisional"}, 'quality is "final", not "provisional"'), ({"note": "Preliminary"}, 'note is not given, not "Preliminary"'), ({"page": "12"}, 'page is not given, not "12"'), ({"quote": "forty percent"}, 'quote is not given, not "forty percent"'),
        ({"published": "2025-07-01"}, 'published is not given, not "2025-07-01"'), ({"series_break": "true"}, "series_break is false, not true"), ({"quality": "estimate", "note": "x"}, 'quality is "final", not "estimate" and note is not given, not "x"'),
    ],
)  # fmt: skip
def test_other_words_about_the_same_figure(keys: dict[str, str], said: str) -> None:
    """The same figure with another word about it is not dropped in silence: it needs ``revise``, and then is recorded, once."""
    program = recorded(("40", "yearbook"))
    figure = wanted(**keys)
    assert (outcome(figure, program), outcome(figure, program, revise=True)) == ("needs-revise", "revision")
    assert {problem.message for problem in refusal([figure], program).problems} == {
        f"this figure is in the file already, but there {said}"
    }
    after = recorded(("40", "yearbook"), figure)
    assert (outcome(figure, after), outcome(figure, after, revise=True)) == ("recorded_before", "recorded_before")


@pytest.mark.parametrize(
    "keys", [{"quality": "provisional"}, {"note": "Preliminary"}, {"page": "12"}, {"series_break": "true"}]
)
def test_what_is_not_said_again_is_no_difference(keys: dict[str, str]) -> None:
    """A figure that is in the file with more words is in the file."""
    program = recorded(wanted(**keys))
    assert (outcome(wanted(), program), outcome(wanted(), program, revise=True)) == (
        "recorded_before",
        "recorded_before",
    )
    assert outcome(wanted(**keys), program, revise=True) == "recorded_before"


def test_the_day_of_the_record_is_no_difference() -> None:
    """The same figure on another day is the same figure."""
    program = recorded(wanted(recorded="2026-11-20"))
    assert outcome(wanted(recorded="2026-11-22"), program, revise=True) == "recorded_before"


def test_a_provisional_figure_becomes_final() -> None:
    """A final figure revises the same figure that was provisional: that it is final now is news."""
    program = recorded(wanted(quality="provisional"))
    assert outcome(wanted(quality="final"), program, revise=True) == "revision"


@pytest.mark.parametrize(
    "text",
    ["2018", "2018-01/2018-12", "2018-S1/2018-S2", "2018-Q1/2018-Q4", "2018-01-01/2018-12-31", "2018-H1/2018-12"],
)
def test_periods_are_the_same_by_their_days(text: str) -> None:
    """However a year is written, it is that year."""
    assert outcome(wanted(period=text), recorded(("40", "yearbook"))) == "recorded_before"
    assert outcome(wanted("41", period=text), recorded(("40", "yearbook"))) == "needs-revise"


@pytest.mark.parametrize(
    "keys",
    [{"period": "2018-S2"}, {"period": "2017"}, {"disaggregation": {"sector": "textile"}}, {"indicator": "firms"}],
)
def test_figures_apart(keys: dict[str, Any]) -> None:
    """Another period, even one that ends on the same day, another disaggregation and another indicator are apart."""
    assert outcome(wanted("41", **keys), recorded(("40", "yearbook"))) == "new"


def test_a_disaggregation_is_the_same_in_any_order() -> None:
    """Pairs are compared as a set, and marks however they are encoded."""
    program = recorded(wanted(disaggregation={"sector": "d\u1ec7t", "place": "a"}))
    assert outcome(wanted(disaggregation={"place": "a", "sector": "de\u0323\u0302t"}), program) == "recorded_before"
    assert outcome(wanted(disaggregation={"place": "b", "sector": "d\u1ec7t"}), program) == "new"


def test_a_publisher_is_the_same_however_it_is_encoded() -> None:
    """One publisher, composed or with marks apart and with spaces around, revises itself."""
    sources = {
        name: Source(title=name, publisher=text)
        for name, text in (("one", "Cục Thống kê"), ("two", " Cu\u0323c Thô\u0301ng kê "))
    }
    program = plan([wanted("40", "one")], sources=sources).after
    assert [found.outcome for found in plan([wanted("41", "two")], program, sources=sources, revise=True).found] == [
        "revision"
    ]


def test_a_milestone_that_changes_its_mind() -> None:
    """No after yes from one source is a revision, from another publisher a rival."""
    yes = wanted("yes", indicator="law")
    program = recorded(yes)
    assert outcome(yes, program) == "recorded_before"
    assert outcome(wanted("no", indicator="law"), program) == "needs-revise"
    assert outcome(wanted("no", "paper", "law"), program) == "rival"


def test_what_needs_revise_says_both_figures() -> None:
    """The refusal names the source, its figure, the period and the new figure; of another source, the publisher that they share; exit 2."""
    error = refusal([wanted("41", approx="over")], recorded(("40", "yearbook")))
    said = {problem.message.replace("\u00a0", " ") for problem in error.problems}
    assert (error.exit, said) == (Exit.USAGE, {'"yearbook" already says 40 % for 2018; this says over 41 %'})
    (problem,) = refusal(
        [wanted("3..4", "yearbook-2022", period="2018-01/2018-12")], recorded(("40", "yearbook"))
    ).problems
    assert (
        problem.message.replace("\u00a0", " ")
        == '"yearbook", of the same publisher (Office of statistics), already says 40 % for 2018-01 to 2018-12; this says 3–4 %'
    )
    (problem,) = refusal([wanted("41", None)], recorded(("40", None))).problems
    assert problem.message.startswith("a figure without a source already says 40")
    assert "--revise" in str(problem.hint)


@pytest.mark.parametrize(
    ("there", "new", "said"),
    [
        ("yearbook", "yearbook-2022", "keep both; the later published, 40 % (yearbook), stays in use"), ("yearbook-2022", "yearbook", "keep the old record and use the new one"),
        ("yearbook", "yearbook", "keep the old record and use the new one"), (None, None, "keep the old record and use the new one"),
    ],
)  # fmt: skip
def test_what_revise_would_use(there: str | None, new: str | None, said: str) -> None:
    """The refusal says which of the two would be used with --revise, and so it is."""
    (problem,) = refusal([wanted("41", new)], recorded(("40", there))).problems
    assert (
        str(problem.hint).replace("\u00a0", " ")
        == f"add --revise to {said}; a figure of another publisher needs its own source"
    )
    program = plan([wanted("41", new)], recorded(("40", there)), revise=True).after
    ((point,),) = series(program.indicators["share"], program.actuals["share"], program.sources, TODAY).values()
    assert (str(point.actual.value) == "41") is ("use the new one" in said)


# ---------------------------------------------------------------- several figures at once


def test_later_figures_see_earlier_ones() -> None:
    """Of several figures each is compared with those before it, in the file and in the list."""
    figures = [wanted("40"), wanted("40"), wanted("41", "paper"), wanted("40", "agency"), wanted("40", "yearbook-2022")]
    assert [found.outcome for found in plan(figures).found] == ["new", "recorded_before", "rival", "rival", "rival"]
    assert [found.outcome for found in plan([wanted("40"), wanted("41"), wanted("40")], revise=True).found] == [
        "new",
        "revision",
        "revision",
    ]
    assert [
        [other.place for other in found.others]
        for found in plan([wanted("40"), wanted("41"), wanted("40")], revise=True).found
    ] == [[], [0], [1]]


def test_the_second_of_two_that_contradict_needs_revise() -> None:
    """A list that says two values of one source is refused, at the row of the second."""
    rows = [Wanted(wanted(value).actual, Origin("f.csv", line, line - 1)) for value, line in (("40", 2), ("41", 3))]
    (problem,) = refusal(rows).problems
    assert (problem.code, problem.file, problem.line, problem.message.partition(":")[0]) == (
        "needs-revise",
        "f.csv",
        3,
        "row 2",
    )


def test_everything_wrong_is_said_at_once() -> None:
    """Each figure that cannot be recorded is named; nothing is planned."""
    error = refusal(
        [
            wanted("1", indicator="nothing"),
            wanted("40"),
            wanted("41"),
            wanted("1", "nobody", period="2019"),
            wanted("yes", indicator="law", source=None),
        ]
    )
    assert [problem.code for problem in error.problems] == ["unknown-indicator", "needs-revise", "unknown-source"]
    assert error.exit is Exit.USAGE


@pytest.mark.parametrize(
    ("keys", "code", "exit_code", "hint"),
    [
        ({"indicator": "shares"}, "unknown-indicator", Exit.NOT_FOUND, 'did you mean "share"?'),
        ({"indicator": "nothing-like-it"}, "unknown-indicator", Exit.NOT_FOUND, "add [indicators.nothing-like-it] with a name"),
        ({"source": "yearbok"}, "unknown-source", Exit.NOT_FOUND, 'did you mean "yearbook"?'),
        ({"source": "nobody"}, "unknown-source", Exit.NOT_FOUND, "add it in the same step: --source-title TEXT"),
    ],
)  # fmt: skip
def test_what_the_program_does_not_have(keys: dict[str, str], code: str, exit_code: Exit, hint: str) -> None:
    """An unknown indicator or source is exit 3, with what may be meant or what to do."""
    error = refusal([wanted(**keys)])
    assert (error.exit, [(problem.code, problem.hint) for problem in error.problems]) == (exit_code, [(code, hint)])


def test_a_figure_in_the_wrong_unit() -> None:
    """A number for a milestone, or a yes for a number, contradicts the program: exit 4."""
    number = Wanted(wanted("40", indicator="firms").actual)
    for indicator, values in (("law", {"value": 5}), ("law", {"range": [3, 5]}), ("share", {"value": True})):
        found, _ = entry.wanted(
            Row({"indicator": indicator, "period": 2018, **values}, cells=False), PROGRAM.indicators
        )
        assert found is not None
        error = refusal([number, found])
        assert (error.exit, [problem.code for problem in error.problems]) == (
            Exit.INVALID,
            ["not-yes-no" if indicator == "law" else "not-a-number"],
        )


def test_new_sources() -> None:
    """A new source is planned only where an added figure uses it, and one that the program has stays as it is."""
    new = {"gso": Source(title="New"), "unused": Source(title="New"), "yearbook": PROGRAM.sources["yearbook"]}
    done = plan([wanted("40", "gso"), wanted("41")], sources=new)
    assert set(done.sources) == {"gso"}
    assert done.after.sources["yearbook"] is PROGRAM.sources["yearbook"]
    assert set(done.after.sources) == {*PROGRAM.sources, "gso"}
    again = plan([wanted("40", "gso")], done.after, sources=new)
    assert (again.added, again.sources) == ((), {})


def test_a_new_source_with_the_id_of_another_document() -> None:
    """A source that is there with another title, or another date, is not overwritten: somebody may have added it a moment ago."""
    for other in (
        Source(title="Another", publisher="Office of statistics"),
        Source(title="Yearbook 2024", publisher="Office of statistics"),
    ):
        error = refusal([wanted("41")], sources={"yearbook": other})
        assert (error.exit, [problem.code for problem in error.problems]) == (Exit.USAGE, ["source-exists"])


def test_the_publisher_of_a_new_source_counts() -> None:
    """A new document of a known publisher revises; it is not a rival."""
    new = {"yearbook-2026": Source(title="Yearbook 2025", publisher="Office of statistics")}
    error = refusal([wanted("41", "yearbook-2026")], recorded(("40", "yearbook")), sources=new)
    assert [problem.code for problem in error.problems] == ["needs-revise"]
    assert [
        found.outcome
        for found in plan([wanted("41", "yearbook-2026")], recorded(("40", "yearbook")), sources=new, revise=True).found
    ] == ["revision"]


# ---------------------------------------------------------------- what is doubtful


def test_a_sound_figure_has_no_caution() -> None:
    """A figure of a past period, published later, with a source, like its neighbours, is not doubted."""
    assert cautions(wanted("40"), wanted("38", period="2019"), wanted("36", period="2017")) == []


@pytest.mark.parametrize(
    ("text", "today", "doubted"),
    [
        ("2026", TODAY, True),
        ("2026-Q4", TODAY, True),
        ("2026-11-22", TODAY, True),
        ("2026-11-21", TODAY, False),
        ("2026-10", TODAY, False),
        ("2025", date(2026, 1, 1), False),
        ("2025", date(2025, 12, 31), True),
    ],
)
def test_a_period_that_has_not_ended(text: str, today: date, doubted: bool) -> None:
    """A period that ends today or later has not ended; an estimate, and a law in force, may be known before."""
    said = cautions(wanted(source="agency", period=text), today=today)
    assert said == ([f"{text} has not ended yet: its figure counts as provisional"] if doubted else [])
    final = cautions(wanted(source="agency", period=text, quality="final"), today=today)
    assert final == ([f"{text} has not ended yet: a figure for it cannot be final"] if doubted else [])
    assert cautions(wanted(source="agency", period=text, quality="estimate"), today=today) == []
    assert cautions(wanted("yes", "agency", "law", text), today=today) == []


@pytest.mark.parametrize(
    ("source", "keys", "doubted"),
    [
        ("paper", {"period": "2025"}, True), ("paper", {"period": "2024"}, False), ("paper", {"period": "2024-Q2"}, True), ("paper", {"period": "2024-03"}, False), ("agency", {"period": "2025"}, False),
        ("agency", {"period": "2025", "published": "2024"}, True), ("agency", {"period": "2025", "published": "2025-01"}, False), ("paper", {"period": "2025", "published": "2025-06-30"}, False),
        ("yearbook", {"period": "2018", "published": "2017-12-31"}, True), ("yearbook", {"period": "2018", "published": "2018-01-01"}, False),
    ],
)  # fmt: skip
def test_published_before_the_period_began(source: str, keys: dict[str, str], doubted: bool) -> None:
    """What was published before its period began, by the figure's own date or its source's, is a plan."""
    assert (
        bool([text for text in cautions(wanted("40", source, **keys)) if "a plan or a forecast is no actual" in text])
        is doubted
    )


def test_no_source() -> None:
    """A figure without a source is doubted, and that alone."""
    assert cautions(wanted("40", None)) == ["it has no source: nobody can check it"]


@pytest.mark.parametrize(
    ("value", "approx", "grave"),
    [
        ("100", None, False),
        ("100.00", None, False),
        ("100.01", None, True),
        ("90..100", None, False),
        ("90..110", None, True),
        ("101..110", None, True),
        ("100", "under", False),
        ("99", "over", False),
        ("101", "over", True),
        ("101", "about", True),
        ("100", "about", False),
        ("100", "over", True),
    ],
)
def test_above_the_limit(value: str, approx: str | None, grave: bool) -> None:
    """What allows a number above the limit that is stated is grave: more than 100 % is above 100 %."""
    found = plan([wanted(value, approx=approx)]).cautions
    assert [caution.grave for caution in found] == ([True] if grave else [])
    assert all("above the limit of share, 100" in caution.message for caution in found)


def test_a_limit_below_zero_and_none() -> None:
    """A limit of 0 is a limit; an indicator without one has none."""
    assert cautions(wanted("0", indicator="balance")) == []
    assert cautions(wanted("0.1", indicator="balance")) == [
        "0.1 million VND is above the limit of balance, 0 million VND"
    ]
    assert cautions(wanted("1e20", indicator="firms")) == []


@pytest.mark.parametrize(
    ("last", "now", "said"),
    [
        ("4", "40", "at least ten times"), ("4", "39.9", None), ("40", "4", "at most a tenth of"), ("40", "4.1", None), ("-4", "-40", "at least ten times"), ("-40", "-4", "at most a tenth of"), ("-4", "-39", None),
        ("0", "40", None), ("40", "0", None), ("0", "0", None), ("4..5", "40", "at least ten times"), ("4", "40..41", "at least ten times"), ("4", "39..41", "at least ten times"), ("40", "3..41", "at most a tenth of"), ("4", "5..39", None),
        ("0.3", "3", "at least ten times"), ("1e-20", "1e-19", "at least ten times"), ("4", "0..39", None),
    ],
)  # fmt: skip
def test_ten_times_or_a_tenth(last: str, now: str, said: str | None) -> None:
    """A figure, or an end of one, that is ten times the last one or a tenth of it is doubted; nothing is compared with 0."""
    found = cautions(wanted(now, indicator="firms"), wanted(last, indicator="firms", period="2017"))
    assert [text for text in found if f"is {said} the figure of 2017" in text] == found
    assert bool(found) is (said is not None)


@pytest.mark.parametrize(
    ("history", "now", "doubted"),
    [
        (["4"], "-5", True),
        (["-4"], "5", True),
        (["4", "-4"], "5", False),
        (["-4", "4"], "-50", False),
        (["-4", "4"], "50", True),
        (["4"], "-3..5", True),
        (["0"], "-5", False),
        (["4"], "0", False),
    ],
)
def test_another_sign(history: list[str], now: str, doubted: bool) -> None:
    """A figure below 0 where all were above is doubted, and the other way round; where both occur, only ten times as much of the same sign is."""
    years = [wanted(value, indicator="firms", period=str(year)) for year, value in enumerate(history, 2010)]
    found = cautions(wanted(now, indicator="firms"), *years)
    assert bool(found) is doubted
    assert all("has another sign than the figure of" in text or "ten times" in text for text in found)


def test_the_word_of_the_source_is_said_in_a_doubt() -> None:
    """The figure that it is compared with is written as its source writes it."""
    found = cautions(
        wanted("45000", indicator="firms", approx="over"), wanted("3..4", indicator="firms", period="2017")
    )
    assert [text.rpartition(" is ")[2] for text in found] == ["at least ten times the figure of 2017, 3–4 firms"]


@pytest.mark.parametrize(("when", "beside"), [("2010", "2011"), ("2012", "2011"), ("2013", "2011"), ("2016", "2015")])
def test_a_figure_is_compared_with_the_one_before_it(when: str, beside: str) -> None:
    """The nearest earlier one, for the oldest the first later one."""
    history = [wanted(value, indicator="firms", period=year) for value, year in (("400", "2015"), ("4", "2011"))]
    found = cautions(wanted("4000", indicator="firms", period=when), *history)
    assert found == [
        f"4000 firms is at least ten times the figure of {beside}, {'4' if beside == '2011' else '400'} firms"
    ]


def test_a_revision_is_compared_with_what_it_revises() -> None:
    """Of the same period it is the newest record that counts, not the year before."""
    program = recorded(wanted("4", indicator="firms", period="2017"), wanted("400", indicator="firms"))
    assert plan([wanted("410", "yearbook-2022", "firms")], program, revise=True).cautions == ()
    (caution,) = (
        plan([wanted("41", "paper", "firms")], program).cautions
        + plan([wanted("40", "paper", "firms")], program).cautions
    )
    assert "at most a tenth of the figure of 2018" in caution.message


@pytest.mark.parametrize(
    ("others", "when", "word"),
    [
        (["2015", "2016"], "2018-Q3", "years"),
        (["2015-S1", "2015-S2"], "2018", "halves"),
        (["2015-Q3"], "2018", "quarters"),
        (["2015-09"], "2018-Q3", "months"),
        (["2011/2015"], "2018", "periods of another length"),
        (["2015", "2016-Q1"], "2018-09", None),
        (["2015", "2015-09-30"], "2018-Q3", None),
        (["2015"], "2017", None),
        ([], "2018-Q3", None),
    ],
)
def test_a_period_of_another_length(others: list[str], when: str, word: str | None) -> None:
    """Where all figures are for periods of one length, one for another length is doubted: a quarter's count is no year's."""
    found = cautions(wanted(period=when), *(wanted(period=other) for other in others))
    assert found == ([f"the other figures are for {word}, this one is for {when}"] if word else [])


def test_two_periods_that_end_on_one_day() -> None:
    """A quarter beside the year that ends with it is doubted: which one is used depends on the target."""
    found = cautions(wanted("41", period="2018-Q4"), wanted("40"), wanted(period="2017-Q4"))
    assert found == [
        "40 % for 2018 is in the file, which ends on the same day: each target uses the one whose period fits it, else the shorter"
    ]


def test_the_figure_that_is_used_of_a_period_that_ends_on_one_day() -> None:
    """Of several figures of that other period the one that is used is named."""
    (found,) = cautions(
        wanted("41", period="2018-Q4"),
        ("39", "yearbook-2022"),
        ("40", "yearbook"),
        ("42", "paper"),
        wanted(period="2017-Q4"),
    )
    assert found.startswith("40 % for 2018 is in the file")


def test_a_publication_that_is_still_to_come() -> None:
    """A date of publication after today, the year in which we are among them, is said with the day from which it counts."""
    assert cautions(wanted(published="2026")) == [
        "it is published 2026, which counts from 2026-12-31 on: until then no status uses it"
    ]
    assert cautions(wanted(published="2026-11-22")) == []
    assert cautions(wanted(published="2026-11-23")) == [
        "it is published 2026-11-23, which counts from 2026-11-23 on: until then no status uses it"
    ]


def test_long_ago() -> None:
    """A year that was mistyped is noticed."""
    assert cautions(wanted(period="1018")) == ["1018 is long ago"]
    assert cautions(wanted(period="1900")) == []


def test_the_first_figure_is_compared_with_the_baseline() -> None:
    """Where there is no figure yet, the baseline is what it is compared with; a part is not."""
    program = load(
        TEXT.replace('name = "Firms"\n', 'name = "Firms"\nbaseline = { period = 2010, value = 50 }\n')
    ).program
    (caution,) = plan([wanted("500", indicator="firms")], program).cautions
    assert caution.message.replace("\u00a0", " ") == "500 firms is at least ten times the baseline, 50 firms"
    assert (
        plan(
            [wanted("500", indicator="firms", disaggregation={"sector": "textile"}), wanted("499", indicator="firms")],
            program,
        ).cautions
        == ()
    )


def test_the_first_of_a_disaggregation_is_compared_with_none() -> None:
    """A part is not compared with the whole."""
    assert (
        cautions(
            wanted("4", indicator="firms", disaggregation={"sector": "textile"}),
            wanted("4000", indicator="firms", period="2017"),
        )
        == []
    )


def test_a_later_row_is_compared_with_an_earlier_one() -> None:
    """Figures given together are compared with each other, and each doubt has its row."""
    rows = [
        Wanted(wanted(value, indicator="firms", period=year).actual, Origin("f.csv", place, place))
        for place, (value, year) in enumerate([("4", "2017"), ("44", "2018")], 1)
    ]
    assert [(caution.origin.row, caution.grave) for caution in plan(rows).cautions] == [(2, False)]
    assert plan(rows).cautions[0].origin.said("x") == "row 2: x"


def test_what_is_recorded_before_is_not_doubted() -> None:
    """A figure that is in the file already raises no doubt again."""
    assert cautions(wanted("40", None), ("40", None)) == []


def test_a_milestone_is_compared_with_nothing() -> None:
    """A yes is no number."""
    assert cautions(wanted("yes", indicator="law"), wanted("no", indicator="law", period="2017")) == []


def test_several_doubts() -> None:
    """Everything that speaks against a figure is said, in the order of the rules."""
    found = cautions(wanted("500", None, period="2027", published="2020"), ("40", "yearbook"))
    assert [text.partition(":")[0] for text in found] == [
        "2027 has not ended yet", "it was published 2020, before 2027 began", "it has no source", "500 % is above the limit of share, 100 %", "500 % is at least ten times the figure of 2018, 40 %",
    ]  # fmt: skip


# ---------------------------------------------------------------- laws

FIGURES = st.builds(
    wanted,
    value=st.sampled_from(["4", "4.0", "40", "-4", "0", "3..4"]),
    source=st.sampled_from(NAMES),
    indicator=st.sampled_from(["share", "firms"]),
    period=st.sampled_from(["2018", "2018-01/2018-12", "2018-S2", "2019", "2027"]),
    approx=st.none(),
    disaggregation=st.sampled_from([None, {"sector": "textile"}]),
    quality=st.sampled_from(["final", "provisional"]),
)
LAW = tries(150)


def accepted(figures: Sequence[Wanted], of: Program, *, revise: bool) -> list[Wanted]:
    """Those of the figures that can be recorded, one after the other."""
    kept: list[Wanted] = []
    for figure in figures:
        if outcome(figure, plan(kept, of, revise=revise).after, revise=revise) != "needs-revise":
            kept.append(figure)
    return kept


@LAW
@given(st.lists(FIGURES, max_size=8), st.lists(FIGURES, max_size=4))
def test_the_same_list_twice(figures: list[Wanted], before: list[Wanted]) -> None:
    """Planned against its own result, a list adds nothing, whatever was there before."""
    program = recorded(*before)
    kept = accepted(figures, program, revise=False)
    after = plan(kept, program).after
    again = plan(kept, after)
    assert {found.outcome for found in again.found} <= {"recorded_before"}
    assert (again.added, again.cautions, again.after.document.actuals) == ((), (), after.document.actuals)


def place(figure: Wanted) -> tuple[object, ...]:
    """What makes figures stand beside each other."""
    return (figure.actual.indicator, figure.actual.disaggregation, figure.actual.period)


@LAW
@given(st.lists(FIGURES, max_size=8, unique_by=lambda figure: (*place(figure), figure.actual.source)))
def test_the_same_list_twice_with_revise(figures: list[Wanted]) -> None:
    """Where each source says one thing of a period, a list that may revise adds nothing the second time either."""
    after = plan(figures, revise=True).after
    assert plan(figures, after, revise=True).added == ()


@LAW
@given(
    st.lists(FIGURES, max_size=6, unique_by=place),
    st.lists(FIGURES, max_size=4),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_the_order_of_unrelated_figures(figures: list[Wanted], before: list[Wanted], revise: bool, dice: Any) -> None:
    """Figures that do not stand beside each other are what they are in any order."""
    program = recorded(*before)
    kept = accepted(figures, program, revise=revise)
    mixed = dice.sample(kept, len(kept))
    told = {
        id(found.wanted): (found.outcome, [other.actual for other in found.others])
        for found in plan(kept, program, revise=revise).found
    }
    assert told == {
        id(found.wanted): (found.outcome, [other.actual for other in found.others])
        for found in plan(mixed, program, revise=revise).found
    }


@LAW
@given(st.lists(FIGURES, max_size=8))
def test_nothing_is_lost(figures: list[Wanted]) -> None:
    """Each figure that was wanted is in the program afterwards, with its source."""
    after = plan(figures, revise=True).after.document.actuals
    for figure in figures:
        assert any(
            (one.source, place(Wanted(one))) == (figure.actual.source, place(figure))
            and planning.same_figure(one, figure.actual)
            for one in after
        )


# ---------------------------------------------------------------- numbers as they are typed


def understood(text: str) -> Decimal | NumberError:
    """The number that was typed, or why it is none."""
    try:
        return typed(text)
    except NumberError as error:
        return error


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("7.2", "7.2"), ("7.20", "7.20"), ("-1.5", "-1.5"), ("+3", "3"), (".5", "0.5"), ("-.5", "-0.5"), ("0", "0"), ("-0", "0"), ("-0.0", "0.0"), ("007", "7"), (" 7.2 ", "7.2"), ("\u00a07.2\n", "7.2"),
        ("0.500", "0.500"), ("0,5", "0.5"), ("-0,5", "-0.5"), ("0,500", "0.500"), ("1234.500", "1234.500"), ("1234.5", "1234.5"), ("12345.678", "12345.678"), ("7.2000", "7.2000"),
        ("1 500", "1500"), ("1\u00a0500", "1500"), ("1\u202f500", "1500"), ("1'500", "1500"), ("12 345 678", "12345678"), ("1 234.5", "1234.5"), ("1'234'567.89", "1234567.89"), ("-1 500", "-1500"),
        ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.234.567", "1234567"), ("1,234,567", "1234567"), ("1,234,567.89", "1234567.89"), ("1.234.567,89", "1234567.89"),
        ("1e3", "1000"), ("1E-3", "0.001"), ("1.5e3", "1500"), ("1.500e0", "1.500"), ("-1e+2", "-100"), ("2.50E1", "25.0"), ("\u22127.2", "-7.2"), ("\u2212.5", "-0.5"),
        ("1" * 30, "1" * 30), ("0." + "1" * 20, "0." + "1" * 20), ("1e29", "1" + "0" * 29), ("1e-20", "0." + "0" * 19 + "1"),
    ],
)  # fmt: skip
def test_typed(text: str, digits: str) -> None:
    """A number is taken digit for digit, with its zeros; signs, exponents and groups that can mean one thing only are understood."""
    assert literal(typed(text)) == digits


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,5", ["1.5", "15"]), ("1,50", ["1.50", "150"]), ("1.500", ["1500", "1.500"]), ("1,500", ["1500", "1.500"]), ("-1,5", ["-1.5", "-15"]), ("12.345", ["12345", "12.345"]), ("999.999", ["999999", "999.999"]), ("+1.500", ["+1500", "+1.500"]),
        ("\u22121.500", ["-1500", "-1.500"]), ("1234,500", ["1234500", "1234.500"]), ("1 500,5", ["1500.5", "15005"]),
    ],
)  # fmt: skip
def test_typed_ambiguous(text: str, readings: list[str]) -> None:
    """What means different numbers in different countries is refused with every reading, and what the hint says to write is taken for each."""
    with pytest.raises(NumberError) as caught:
        typed(text)
    assert (caught.value.code, str(caught.value)) == ("ambiguous-number", f"{text} may mean {' or '.join(readings)}")
    written = caught.value.hint.removeprefix("write ").split(" or ")
    assert [literal(typed(choice)) for choice in written] == [literal(Decimal(reading)) for reading in readings]


@pytest.mark.parametrize("text", ["1.500", "12.345", "-7.250"])
def test_points_that_are_known(text: str) -> None:
    """Where points are known to be decimal, 1.500 is one and a half; a comma says no more than before."""
    assert literal(typed(text, points_are_decimal=True)) == text
    with pytest.raises(NumberError, match="may mean"):
        typed(text.replace(".", ","), points_are_decimal=True)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "+", ".", "5.", "5,", "e3", "1e", "1e1.5", "--1", "+-1", "1-", "nan", "NaN", "inf", "-Infinity", "1_000", "0x10", "١٢", "\uff11\uff12", "½", "7%", "~6", "≈6", ">900", "<5", "900+", "about 6", "6 million", "USD 6", "3.2-3.3", "3.2–3.3", "3/4",
        "1 5", "1 50 000", "1  500", "12 34", "7 .2", "sNaN", "true", "5 %", "1'5",
    ],
)  # fmt: skip
def test_typed_no_number(text: str) -> None:
    """Anything else is no number, and the hint says how one is written."""
    with pytest.raises(NumberError) as caught:
        typed(text)
    assert (caught.value.code, bool(caught.value.hint)) == ("not-a-number", True)


@pytest.mark.parametrize(
    "text",
    [
        "12.10.2018",
        "3.2.2018",
        "1,2,3",
        "3.2,3.3",
        "1,5.3",
        "1.5,3.2",
        "30.35.40",
        "1,2,3,4.5",
        "1.2345.678",
        "1.234.5",
        "1,234,56",
        "1.,5",
    ],
)
def test_typed_dates_and_lists(text: str) -> None:
    """A date, a list and a slip are no numbers: marks that stand in no groups of three are not taken away."""
    with pytest.raises(NumberError):
        typed(text)


@given(st.text(alphabet="0123456789., '-", max_size=8))
@example("5,")
@example("1,50")
def test_typed_names_each_reading_once(text: str) -> None:
    """What a text may mean are different numbers; one that can be one number alone is that number, or none."""
    error = understood(text)
    readings = (
        str(error).rpartition(" may mean ")[2].split(" or ")
        if isinstance(error, NumberError) and error.code == "ambiguous-number"
        else []
    )
    assert len({Decimal(reading) for reading in readings}) == len(readings)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 31,
        "1e30",
        "1e999",
        "0." + "1" * 21,
        "1e-21",
        "1e-999",
        "1 " + "000 " * 9 + "000",
        "12345678901.12345678901234567890",
    ],
)
def test_typed_too_long(text: str) -> None:
    """More than 30 digits or 20 decimals are refused as everywhere."""
    with pytest.raises(NumberError) as caught:
        typed(text)
    assert caught.value.code == "too-many-digits"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4))
def test_typed_round_trip(value: Decimal) -> None:
    """What is printed of a figure can be typed, and is that figure."""
    assert literal(typed(literal(value))) == literal(value or abs(value))


@given(st.text(alphabet="0123456789.,'+-eE% \u00a0\u2212", max_size=10))
def test_typed_is_exact_or_refused(text: str) -> None:
    """A text is refused with a hint, or is a number that has exactly the digits of the text."""
    found = understood(text)
    if isinstance(found, NumberError):
        assert found.hint
    elif "e" not in text.casefold():
        digits = [letter for letter in text if letter.isdigit()]
        assert "".join(digits).lstrip("0") == literal(found).replace(".", "").lstrip("-0")


# ---------------------------------------------------------------- figures, and rows


@pytest.mark.parametrize(
    ("text", "unit", "figure"),
    [
        ("7.2", None, {"value": "7.2"}), ("7%", "%", {"value": "7"}), ("7.50 %", "% of GDP", {"value": "7.50"}), ("3.2..3.3", "%", {"range": "3.2 3.3"}), ("3.2 .. 3.3", "%", {"range": "3.2 3.3"}), ("3%..4%", "%", {"range": "3 4"}),
        ("-3..-1", None, {"range": "-3 -1"}), ("\u22123..1", None, {"range": "-3 1"}), ("1 500..2 000", "firms", {"range": "1500 2000"}), ("5..5", None, {"range": "5 5"}),
        ("yes", "yes/no", {"value": "True"}), ("No", "yes/no", {"value": "False"}), (" TRUE ", "yes/no", {"value": "True"}), ("n", "yes/no", {"value": "False"}),
    ],
)  # fmt: skip
def test_figures(text: str, unit: str | None, figure: dict[str, str]) -> None:
    """A figure is a number, a range, or yes and no; a percent sign is taken where the unit is one."""
    found = entry.figure(text, unit)
    assert {
        key: " ".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in found.items()
    } == figure


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("7%", "firms", "not-the-unit"), ("7%", None, "not-the-unit"), ("3..1", "%", "reversed-range"), ("-1..-3", None, "reversed-range"), ("3..", None, "not-a-number"), ("..3", None, "not-a-number"), ("..", None, "not-a-number"),
        ("3.2-3.3-3.4", None, "not-a-number"), ("1.500..2.500", None, "ambiguous-number"), ("yes", "%", "not-a-number"), ("5", "yes/no", "not-yes-no"), ("maybe", "yes/no", "not-yes-no"), ("", "yes/no", "not-yes-no"), ("", "%", "not-a-number"),
        ("1..2..3", None, "not-a-number"), ("0...5", None, "not-a-number"), ("1 . . 2", None, "not-a-number"), ("yes..no", "yes/no", "not-yes-no"),
    ],
)  # fmt: skip
def test_no_figures(text: str, unit: str | None, code: str) -> None:
    """What is no figure of the indicator is refused with a hint."""
    with pytest.raises(NumberError) as caught:
        entry.figure(text, unit)
    assert (caught.value.code, bool(caught.value.hint)) == (code, True)


def test_a_reversed_range_is_turned_in_the_hint() -> None:
    """The hint writes the range as it should be."""
    with pytest.raises(NumberError) as caught:
        entry.figure("3.30..-1", None)
    assert caught.value.hint == "write -1..3.30"


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("84,5", "%", {"value": Decimal("84.5")}), ("1.234,5", None, {"value": Decimal("1234.5")}), ("84,5 %", "%", {"value": Decimal("84.5")}),
        ("40–45", "%", {"range": [Decimal(40), Decimal(45)]}), ("40-45", None, {"range": [Decimal(40), Decimal(45)]}),
        ("<2.5", None, {"value": Decimal("2.5"), "approx": "under"}), ("~40", None, {"value": Decimal(40), "approx": "about"}), ("over 900", None, {"value": Decimal(900), "approx": "over"}),
    ],
)  # fmt: skip
def test_a_figure_of_one_reading_is_taken(text: str, unit: str | None, said: dict[str, Any]) -> None:
    """As in a table: a comma that stands before other than three digits is the decimal one, a range and a word are what they say."""
    assert entry.figure(text, unit) == said


@pytest.mark.parametrize("text", ["84,5 %", "6.3p", "12*", "5 ha", "≥95", "1,500", "-5-3", "10³"])
def test_what_a_figure_leaves_open_is_refused(text: str) -> None:
    """A percent sign without its unit, a mark that somebody should read, a unit, a bound that counts itself, two readings."""
    with pytest.raises(NumberError):
        entry.figure(text, "million VND")


def test_a_figure_that_contradicts_its_word() -> None:
    """Under is not over: neither is taken."""
    assert faults(value="<40", approx="over") == {"value": "two-words"}
    assert faults(value="<40", approx="under") == {}


@pytest.mark.parametrize(
    ("text", "said"), [("Q1 2018", "2018-Q1"), ("Quý 3/2015", "2015-Q3"), ("6T2015", "2015-S1"), ("2018-q1", "2018-Q1"), ("soon", "soon")]
)  # fmt: skip
def test_a_period_of_one_reading_is_taken(text: str, said: str) -> None:
    """As people write it in English and in Vietnamese; anything else stays, to be refused with what to write."""
    assert entry.taken("period", text) == said


def faults(**cells: Any) -> dict[str, str]:
    """What is wrong with a row of texts: the code at each key."""
    found, wrong = entry.wanted(
        Row({"indicator": "share", "period": "2018", "value": "40"} | cells), PROGRAM.indicators
    )
    assert (found is None) is bool(wrong)
    return {str(fault.loc[0]) if fault.loc else "": fault.code for fault in wrong}


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"value": "1,500"}, {"value": "ambiguous-number"}), ({"value": "1,500", "series_break": "perhaps"}, {"value": "ambiguous-number", "series_break": "not-yes-no"}), ({"period": "20x"}, {"period": "bad-period"}), ({"quality": "finale"}, {"quality": "bad-choice"}),
        ({"approx": "over", "value": "3..4"}, {"": "bad-modifier"}), ({"approx": "roughly"}, {"approx": "bad-choice"}), ({"published": "soon"}, {"published": "bad-date"}), ({"source": ""}, {"source": "empty-text"}), ({"disaggregation": "textile"}, {"disaggregation": "bad-disaggregation"}),
        ({"range": "3..4", "value": "3"}, {"": "two-shapes"}), ({"page": " "}, {"page": "wrong-type"}), ({"note": ""}, {"note": "empty-text"}), ({"recorded": "yesterday"}, {"recorded": "bad-date"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row(cells: dict[str, Any], codes: dict[str, str]) -> None:
    """Each fault stands at its key."""
    assert faults(**cells) == codes


@pytest.mark.parametrize(("value", "range"), [("5", "6"), ("3..4", "5..6"), ("5", "5..6"), ("5", "5")])
def test_a_row_with_two_figures(value: str, range: str) -> None:
    """A row says one figure: with a value and a range neither is taken, whatever they are."""
    assert list(faults(value=value, range=range).values()) == ["two-shapes"]


def test_cells() -> None:
    """The texts of a row are the values of a record."""
    row = Row(
        {
            "indicator": "share",
            "period": " 2018-q3 ",
            "range": "3.2..3.30",
            "series_break": "TRUE",
            "page": "12",
            "disaggregation": "sector=textile; place=a\\;b",
            "published": " 2019-06 ",
            "quality": "estimate",
        }
    )
    found, _ = entry.wanted(row, PROGRAM.indicators)
    assert found is not None
    actual = found.actual
    assert (actual.period.text, [literal(end) for end in actual.range or ()], actual.series_break, actual.page) == (
        "2018-Q3",
        ["3.2", "3.30"],
        True,
        12,
    )
    assert (actual.disaggregation, str(actual.published), actual.quality) == (
        (("place", "a;b"), ("sector", "textile")),
        "2019-06",
        "estimate",
    )


@pytest.mark.parametrize(("text", "page"), [("12", 12), ("ii", "ii"), ("012", "012"), ("12-13", "12-13"), ("0", 0)])
def test_pages(text: str, page: str | int) -> None:
    """A page is a number where it is written as one, else its text."""
    assert wanted(page=text).actual.page == page


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("1.500", True),
        ("12.345", True),
        ("-1.500", True),
        ("1.50", False),
        ("0.500", False),
        ("1234.500", False),
        ("1.5", False),
    ],
)
def test_a_point_that_may_part_thousands_is_doubted(text: str, doubted: bool) -> None:
    """Where points are decimal, one before three digits is taken and doubted, with what to write for thousands."""
    found, _ = entry.wanted(
        Row({"indicator": "firms", "period": "2018", "value": text, "source": "agency"}, points_are_decimal=True),
        PROGRAM.indicators,
    )
    assert found is not None
    assert str(found.actual.value) == text
    assert [text.replace(".", "") in doubt for doubt in found.doubts] == ([True] if doubted else [])
    assert [caution.message for caution in plan([found]).cautions] == list(found.doubts)


def test_pairs() -> None:
    """``name=text`` is a pair; a text may have = itself; what is no pair, and a name twice, are refused."""
    assert entry.pairs(["sector = textile", "formula=a=b"]) == {"sector": "textile", "formula": "a=b"}
    for texts in (["sector"], ["=textile"], ["sector="], ["a=b", "a=c"], [" = "]):
        with pytest.raises(NumberError):
            entry.pairs(texts)


# ---------------------------------------------------------------- the next period


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2018", "2019"), ("2018-S1", "2018-S2"), ("2018-H2", "2019-S1"), ("2018-Q3", "2018-Q4"), ("2018-Q4", "2019-Q1"), ("2018-11", "2018-12"), ("2018-12", "2019-01"), ("2016/2020", "2021/2025"), ("2018-04/2019-03", "2019-04/2020-03"),
        ("2018-01/2018-06", "2018-S2"), ("2018-11/2019-01", "2019-02/2019-04"), ("2020-01/2020-02", "2020-03/2020-04"), ("2018-01-01/2018-01-31", "2018-02"), ("2018-09-30", None), ("2018-01-15/2018-02-14", "2018-02-15/2018-03-14"), ("2018/2018", "2019"),
    ],
)  # fmt: skip
def test_following(text: str, after: str | None) -> None:
    """The next period has the same number of whole months and begins on the day after; a day has none."""
    found = following(period(text))
    assert (str(found) if found else None) == after


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 30))
def test_following_is_next_and_as_long(year: int, month: int, count: int) -> None:
    """Its first day is the day after, it has as many months, and its text is a period."""
    end_year, end_month = divmod(year * 12 + month - 1 + count, 12)
    given_ = period(f"{year}-{month:02}/{end_year}-{end_month + 1:02}")
    found = following(given_)
    assert found is not None
    assert (found.first, found.months) == (given_.last + timedelta(days=1), given_.months)
    assert period(found.text) == found


# ---------------------------------------------------------------- what no target would count, or something else than was meant


AIMS = """\
targettrack = 1
[program]
name = "Program"
[sources.yearbook]
title = "Yearbook"
published = 2025-06-30
[indicators.output]
name = "Output"
unit = "t"
direction = "increase"
[[indicators.output.targets]]
by = 2020
value = 400
[[indicators.output.targets]]
every = "quarter"
value = 90
[[indicators.output.targets]]
by = 2020
value = 50
disaggregation = { sector = "Dệt may" }
[indicators.share]
name = "Share"
unit = "%"
direction = "increase"
[[indicators.share.targets]]
by = 2020
value = 45
[indicators.total]
name = "Firms in all"
unit = "firms"
cumulative = true
[indicators.law]
name = "The law is in force"
unit = "yes/no"
"""


def doubts(*figures: dict[str, Any]) -> list[str]:
    """What is doubtful about the last of some figures, of which the others are recorded already."""
    program = load(AIMS).program
    for keys in figures:
        given = {"source": "yearbook", "period": "2018", **keys}
        found, faults = entry.wanted(Row(given), program.indicators, year=program.year)
        assert found is not None, faults
        result = plan([found], program)
        program = result.after
    return [caution.message.replace("\u00a0", " ") for caution in result.cautions]


@pytest.mark.parametrize(
    ("period", "asked"),
    [
        ("2018", True),
        ("2018-Q3", True),
        ("2018-12-31", True),
        ("2018-12", False),
        ("2018-S1", False),
        ("2017/2018", False),
    ],
)
def test_a_length_that_no_target_asks_for(period: str, *, asked: bool) -> None:
    """Where no target asks for periods of a figure's length, and none says what several make, it would not be judged."""
    said = doubts({"indicator": "output", "value": "400", "period": period})
    assert said == (
        []
        if asked
        else [
            f"no target asks for a figure of {period.replace('/', '–')}, and none writes aggregate: it will not be judged"
        ]
    )


@pytest.mark.parametrize(
    ("spelled", "doubted"),
    [("Dệt may", False), ("dệt-may", True), ("Dệt\u00a0May", True), ("dệt máy", False), ("Da giày", False)],
)
def test_a_disaggregation_that_is_spelled_otherwise(spelled: str, *, doubted: bool) -> None:
    """A part that the file spells otherwise is asked about, with the file's spelling; another word is another part."""
    said = doubts({"indicator": "output", "value": "50", "disaggregation": {"sector": spelled}})
    assert said == (
        [
            f"sector = {spelled} differs from sector = Dệt may, as the file has it, only in its spelling: they count as two parts".replace(
                "\u00a0", " "
            )
        ]
        if doubted
        else []
    )


def test_a_disaggregation_is_spelled_as_the_figures_before() -> None:
    """Where no target names a part, the first spelling of the figures counts; the same one again is not doubted."""
    first = {"indicator": "share", "value": "40", "disaggregation": {"district": "Hòa Bình"}}
    assert doubts(first, {**first, "period": "2017"}) == []
    (said,) = doubts(first, {**first, "period": "2017", "disaggregation": {"district": "Hoà Bình"}})
    assert said.startswith("district = Hoà Bình differs from district = Hòa Bình")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("4500", ["4500 % is at least a hundred times what is promised: 45 % may be meant"]),
        ("0.4", ["0.4 % is at most a hundredth of what is promised: 40 % may be meant"]),
        ("0.3..0.4", ["0.3–0.4 % is at most a hundredth of what is promised: 30 % may be meant"]),
        ("0.46", ["0.46 % is less than 1 %, and more is promised: if it is a fraction of 1, write 46 %"]),
        ("0", []),
        ("1", []),
        ("44", []),
    ],
)
def test_a_figure_of_another_scale(value: str, said: list[str]) -> None:
    """A figure a hundred times what is promised, a hundredth of it, or a fraction where percent is asked for, with what may be meant."""
    assert doubts({"indicator": "share", "value": value}) == said


def test_a_scale_is_said_once() -> None:
    """What is a hundred times the bound is mostly ten times its neighbour too: that is not asked a second time; a fraction among percentages is."""
    assert doubts({"indicator": "share", "value": "44", "period": "2017"}, {"indicator": "share", "value": "4500"}) == [
        "4500 % is at least a hundred times what is promised: 45 % may be meant"
    ]
    assert doubts({"indicator": "share", "value": "44", "period": "2017"}, {"indicator": "share", "value": "0.46"}) == [
        "0.46 % is at most a tenth of the figure of 2017, 44 %"
    ]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"value": "120"}, []),
        ({"value": "119"}, ["119 firms is less than the figure of 2017, 120 firms, and a running total cannot fall"]),
        ({"value": "119", "series_break": "true"}, []),
        ({"value": "119", "approx": "over"}, []),
        (
            {"value": "141"},
            [
                "141 firms is more than the figure of 2019-09, 140 firms, which is later, and a running total cannot fall"
            ],
        ),
        ({"value": "120..141"}, []),
    ],
)
def test_a_running_total_that_falls(keys: dict[str, str], said: list[str]) -> None:
    """A total that is surely less than the one before it, or more than the one after it, is doubted, where no break parts them."""
    assert (
        doubts(
            {"indicator": "total", "value": "120", "period": "2017"},
            {"indicator": "total", "value": "140", "period": "2019-09"},
            {"indicator": "total", **keys},
        )
        == said
    )


def test_an_answer_that_takes_back_a_yes() -> None:
    """A no after a yes, and a yes that an older no of a later period takes back, are asked about; a yes after a no is not."""
    yes, no = {"indicator": "law", "value": "yes"}, {"indicator": "law", "value": "no"}
    assert doubts(yes, {**no, "period": "2019"}) == ["this takes back the yes of 2018"]
    assert doubts({**no, "period": "2019"}, yes) == ["a later no, of 2019, takes this yes back"]
    assert doubts(no, {**yes, "period": "2019"}) == []
    assert doubts({**yes, "period": "2019"}, no) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2017/18", "2018/19"),
        ("2017-04/2018-03", "2018/19"),
        ("2017/18-Q4", "2018/19-Q1"),
        ("2017/18-S1", "2017/18-S2"),
        ("2017-09", "2017-10"),
        ("2017", "2018"),
    ],
)
def test_following_in_fiscal_years(text: str, after: str) -> None:
    """The next period is named as the program's years are."""
    year = Year(4, 1)
    assert str(following(period(text, year), year)) == after
