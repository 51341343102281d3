"""The dialogue of add-actual at a real terminal: lists to choose from, lines that are edited, a way back, and nothing lost by a typing error."""

from __future__ import annotations

import os
import termios
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from targettrack.cli import _ask
from terminal import PLAIN, Dialogue
from test_add_actual import SOURCE, TEXT, VALUE, data, document, new

if TYPE_CHECKING:
    from collections.abc import Iterator

UP, BACKSPACE, TAB, CTRL_A, CTRL_C, CTRL_D = "\x1b[A", "\x7f", "\t", "\x01", "\x03", "\x04"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one program in ``targets/``."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "ha-noi.toml").write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path


@pytest.fixture
def talk(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Begin dialogues in the folder; they are closed afterwards."""
    monkeypatch.setattr("terminal.PLAIN", {**PLAIN, "TERM": "xterm"})
    begun: list[Dialogue] = []

    def begin(*argv: str, **streams: Any) -> Dialogue:
        begun.append(Dialogue("add-actual", *argv, cwd=place, **streams))
        return begun[-1]

    yield begin
    for dialogue in begun:
        dialogue.close()


def test_everything_is_chosen_by_numbers(place: Path, talk: Any) -> None:
    """Programs, indicators with their newest figures, and sources, the newest first; what is chosen is named."""
    (place / "targets" / "an.toml").write_text('targettrack = 1\n[program]\nname = "An"\n', encoding="utf-8")
    dialogue = talk()
    dialogue.asked("1  an")
    dialogue.asked("2  ha-noi")
    dialogue.answer("program:", "2")
    dialogue.asked("1  output-share  45\u00a0%")
    dialogue.asked("2  balance       -4.0")
    dialogue.asked("no figure")
    dialogue.answer("indicator:", "1")
    dialogue.asked("ha-noi/output-share: Output share")
    dialogue.answer(f"{VALUE}:", "47.50")
    dialogue.answer("period [2019]:", "")
    dialogue.asked("1  yearbook  Yearbook 2024, Office of statistics, 2025-06-30")
    dialogue.asked("2  paper")
    dialogue.answer(SOURCE, "2")
    assert dialogue.end()[0] == 0
    assert new(place) == [{"indicator": "output-share", "period": 2019, "value": Decimal("47.50"), "source": "paper"}]


@pytest.mark.parametrize(
    ("typed", "read", "value"), [("84,5", "84.5", "84.5"), ("1.234,5", "1234.5", "1234.5"), ("40–45", "40..45", None)]
)
def test_what_was_read_is_said(place: Path, talk: Any, typed: str, read: str, value: str | None) -> None:
    """A number that is written in a country's own way, and has one reading."""
    dialogue = talk("ha-noi", "balance", "--period", "2019", "--source", "paper")
    dialogue.answer("value, in million VND:", typed)
    dialogue.asked(f"read as {read}\n")
    assert dialogue.end()[0] == 0
    assert str(new(place)[0].get("value")) == str(value)


def test_a_plain_number_is_not_said_again(talk: Any) -> None:
    """It is what it is."""
    dialogue = talk("ha-noi", "output-share", "--period", "2019", "--source", "paper")
    dialogue.answer(f"{VALUE}:", "47.50")
    code, text = dialogue.end()
    assert (code, "read as" in text) == (0, False)


def test_an_error_is_edited(place: Path, talk: Any) -> None:
    """What was typed comes back with a key, and only the error need be mended."""
    dialogue = talk("ha-noi", "output-share", "--period", "2019", "--source", "paper")
    dialogue.answer(f"{VALUE}:", "47.55x")
    dialogue.asked('"47.55x" is no number')
    dialogue.asked(f"{VALUE}: ")
    dialogue.key(UP)
    dialogue.asked("47.55x")
    dialogue.key(f"{BACKSPACE}{BACKSPACE}\n")
    assert dialogue.end()[0] == 0
    assert new(place)[0]["value"] == Decimal("47.5")


def test_a_line_is_edited_in_its_middle(place: Path, talk: Any) -> None:
    """As on any command line."""
    dialogue = talk("ha-noi", "output-share", "--period", "2019", "--source", "paper")
    dialogue.asked(f"{VALUE}: ")
    dialogue.key(f"7.5{CTRL_A}4\n")
    assert dialogue.end()[0] == 0
    assert new(place)[0]["value"] == Decimal("47.5")


def test_a_word_of_the_list_is_its_sign(place: Path, talk: Any) -> None:
    """Who types the word beside a sign means that, and adds no source that is called so."""
    dialogue = talk("ha-noi", "output-share", "47", "--period", "2019")
    dialogue.answer(SOURCE, "none")
    dialogue.answer("it has no source: nobody can check it", "y")
    assert dialogue.end()[0] == 0
    assert "source" not in new(place)[0]
    dialogue = talk("ha-noi", "output-share", "48", "--period", "2020")
    dialogue.answer(SOURCE, "new")
    dialogue.asked("id of the new source")


def test_an_id_is_completed(talk: Any) -> None:
    """The key that completes on the command line completes here."""
    dialogue = talk("ha-noi")
    dialogue.asked("indicator: ")
    dialogue.key(f"outp{TAB}\n")
    dialogue.asked("ha-noi/output-share: Output share")
    dialogue.key(CTRL_C)


def test_one_step_back(place: Path, talk: Any) -> None:
    """Each answer may be given again, and what was answered before is offered; before the first question there is none."""
    dialogue = talk("ha-noi")
    dialogue.asked("(< goes one question back)")
    dialogue.answer("indicator:", "<")
    dialogue.asked("this is the first question")
    dialogue.answer("indicator:", "balance")
    dialogue.answer("value, in million VND:", "<")
    dialogue.answer("indicator [balance]:", "output-share")
    dialogue.answer(f"{VALUE}:", "46")
    dialogue.answer("period [2019]:", "2020")
    dialogue.answer(SOURCE, "<")
    dialogue.answer("period [2020]:", "<")
    dialogue.answer(f"{VALUE} [46]:", "47")
    dialogue.answer("period [2020]:", "")
    dialogue.answer(SOURCE, "n")
    dialogue.answer("id of the new source:", "yearbook")
    dialogue.asked("yearbook is in the file already")
    dialogue.answer("id of the new source:", "gso")
    dialogue.answer("its title", "<")
    dialogue.answer("id of the new source [gso]:", "gso-2026")
    dialogue.answer('no source has the id "gso-2026"; its title', "Yearbook")
    dialogue.answer("publisher:", "GSO")
    dialogue.answer("published", "<")
    dialogue.answer("publisher [GSO]:", "")
    dialogue.answer("published", "2025")
    dialogue.answer("url", "")
    assert dialogue.end()[0] == 0
    assert new(place) == [{"indicator": "output-share", "period": 2020, "value": 47, "source": "gso-2026"}]
    assert document(place)["sources"]["gso-2026"] == {"title": "Yearbook", "publisher": "GSO", "published": 2025}


def test_what_the_command_line_said_is_not_asked_on_the_way_back(talk: Any) -> None:
    """It was no answer."""
    dialogue = talk("ha-noi", "output-share", "47", "--period", "2019")
    dialogue.answer(SOURCE, "<")
    dialogue.asked("this is the first question")
    dialogue.answer(SOURCE, "paper")
    assert dialogue.end()[0] == 0


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("typed", ["", "47"])
def test_who_stops_leaves_nothing(place: Path, talk: Any, key: str, typed: str) -> None:
    """130, nothing written, and the terminal as it was; a line that has something is not ended by Ctrl-D."""
    before = data(place)
    dialogue = talk("ha-noi", "output-share", "--period", "2019")
    was = termios.tcgetattr(dialogue.main)
    dialogue.asked(f"{VALUE}: ")
    if typed:
        dialogue.key(typed)
        dialogue.asked(typed)
    dialogue.key(BACKSPACE * len(typed) + key if key == CTRL_D else key)
    code, text = dialogue.end()
    assert (code, "nothing was recorded" in text, data(place)) == (130, True, before)
    assert termios.tcgetattr(dialogue.main) == was


def test_the_questions_are_not_among_the_data(talk: Any, tmp_path: Path) -> None:
    """stdout is for the receipt, and lines are edited all the same."""
    with (tmp_path / "out").open("wb") as out:
        dialogue = talk("ha-noi", "output-share", "--period", "2019", "--source", "paper", stdout=out)
        dialogue.asked(f"{VALUE}: ")
        dialogue.key(f"7.5{CTRL_A}4\n")
        assert dialogue.end()[0] == 0
    text = (tmp_path / "out").read_text(encoding="utf-8")
    assert text.startswith("recorded  ha-noi/output-share\n  47.5\u00a0% in 2019")


@pytest.mark.parametrize("columns", [120, 80, 50, 30, 20])
def test_a_list_fits(columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No figure is cut, and no line is longer than the terminal but where one word is."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.fileno", lambda: 2)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((columns, 50)))
    rows = [("1", "output-share", "45\u00a0% in 2018", "Share of the output " * 5), ("12", "center", "no figure", "")]
    _ask.listed(rows)
    text = capsys.readouterr().err
    assert "45\u00a0%" in text
    assert max(map(len, text.splitlines())) < max(columns, 26)


def test_a_linked_indicator_is_said_before_its_figure(place: Path, talk: Any) -> None:
    """Who chooses an indicator whose figures are kept in another file is told so before typing one."""
    path = place / "targets" / "ha-noi.toml"
    path.write_text(f'{TEXT}\n[links.o]\nfile = "o.csv"\n', encoding="utf-8", newline="")
    (place / "targets" / "o.csv").write_text("indicator,period,value\nbalance,2018,5\n", encoding="utf-8")
    dialogue = talk("ha-noi")
    dialogue.answer("indicator:", "2")
    dialogue.asked("the figures of balance are kept in o.csv, by [links.o]")
    assert dialogue.end()[0] == 2
