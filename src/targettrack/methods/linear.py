"""linear: is the way from start to bound covered as fast as the time to the deadline is used up.

pace = progress / elapsed; on_track from 0.95, behind from 0.60, off_track from 0, worsening below. The label is the row's
status, the ratio its pace. Source: the linear pathway that the UN's and SDSN's progress assessments chose over growth rates,
because it works with zero, negative and sign-changing series.
"""

from __future__ import annotations

from targettrack.number import fraction, rounded
from targettrack.report import Evidence, Verdict


def judge(evidence: Evidence) -> Verdict:
    """The row's status as a label and its pace (1 = exactly as fast as needed) as the ratio."""
    ratio = None if evidence.pace is None else rounded(fraction(evidence.pace))
    return Verdict("linear", evidence.status, ratio)
