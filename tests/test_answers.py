"""Answers and refusals in the reader's language: what a person may type for yes and no, and that nothing said in one language is kept for the next."""

from __future__ import annotations

import io
import sys
from typing import Literal
from unicodedata import normalize

import pytest

from targettrack import period
from targettrack.cli import _ask, _language
from targettrack.language import spoken
from targettrack.recording import plan

VIETNAMESE = _language.language("vi")


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [
        *((word, True) for word in ("c", "có", "CÓ", "co", "y", "yes")),
        *((word, False) for word in ("k", "không", "khong", "n", "no", "")),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_yes_and_no(
    answer: str,
    agreed: bool,
    form: Literal["NFC", "NFD"],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A person may answer in the language of the question, with or without marks, or in English; anything else is asked again."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"?\n{normalize(form, answer)}\n"))
    with spoken(VIETNAMESE):
        assert _ask.confirmed("Ghi?") is agreed
    assert capsys.readouterr().err == "Ghi? [c/K]: Ghi? [c/K]: "


def test_other_words_are_no_answer_in_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In English nobody agrees by a word of another language."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("có\nc\nn\n"))
    assert _ask.confirmed("Record it?") is False
    assert capsys.readouterr().err == "Record it? [y/N]: " * 3


def test_a_refusal_is_not_kept() -> None:
    """A period that is refused twice is refused in the language of each time, though periods are remembered."""
    for language, said in (
        (None, '"9/2020" is no period; write "2020-09"'),
        (VIETNAMESE, '"9/2020" không phải là kỳ; viết "2020-09"'),
        (None, '"9/2020" is no period; write "2020-09"'),
    ):
        with spoken(language), pytest.raises(period.PeriodError) as refused:
            period.period("9/2020")
        assert str(refused.value) == said


def test_a_row_is_known_by_its_number() -> None:
    """A problem of a row says which, whatever the language of its sentence."""
    with spoken(VIETNAMESE):
        problem = plan.Origin("f.csv", None, 12).problem("code", "sai", None)
    assert (problem.row, problem.message) == (12, "hàng 12: sai")
