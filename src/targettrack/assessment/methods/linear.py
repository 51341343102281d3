"""linear: is the way from start to bound covered as fast as the time to the deadline is used up.

pace = progress / elapsed; on_track from 0.95, behind from 0.60, off_track from 0, worsening below. The label is the row's
status, the ratio its pace. Source: the linear pathway that the UN's and SDSN's progress assessments chose over growth rates,
because it works with zero, negative and sign-changing series.
"""

from __future__ import annotations

from targettrack.assessment.pace import PACE
from targettrack.assessment.verdict import Evidence, Step, Verdict
from targettrack.language import mark, tr
from targettrack.number import fraction, rounded

QUESTION = mark("Is the way from start to bound covered as fast as the time is used up?")
NEEDS = mark(
    "a start (a stated baseline, else a first figure), a newer figure, and a deadline; whether it is met: one figure"
)
CUT_POINTS = PACE
LABELS = (
    "met",
    "exceeded",
    "met_late",
    "missed",
    "on_track",
    "behind",
    "off_track",
    "worsening",
    "pending",
    "open",
    "unreported",
    "no_data",
    "not_assessable",
)
GOOD = frozenset({"on_track", "met", "met_late", "exceeded"})
BAD = frozenset({"behind", "off_track", "worsening", "missed"})
SOURCE = mark("the linear pathway of the UN's and SDSN's progress assessments")


def judge(evidence: Evidence) -> Verdict:
    """The row's status as a label and its pace (1 = exactly as fast as needed) as the ratio."""
    pace = evidence.pace
    ratio = None if pace.pace is None else rounded(fraction(pace.pace))
    steps = (
        ()
        if pace.pace is None or pace.progress is None or pace.elapsed is None
        else (
            Step(
                tr("pace"),
                "{progress} / {elapsed}",
                (("progress", pace.progress), ("elapsed", pace.elapsed)),
                pace.pace,
            ),
        )
    )
    return Verdict("linear", evidence.status, ratio, steps=steps, cuts=CUT_POINTS)
