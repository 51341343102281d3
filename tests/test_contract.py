"""The contract, version 2: in no document and no table does a number share its key with yes and no, each gap says where it is an open end, and both versions are read back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from support import HERE, run
from targettrack import registry
from targettrack.formats import _records
from targettrack.formats import csv as table
from targettrack.pages import contract
from targettrack.pages.keys import RowDocument
from targettrack.program.model import YES_NO, Indicator
from targettrack.recording import entry, inputs

NAMES = [name for name in contract.names() if name not in {"program", "mapping"}]
VERSION_1 = {"check", "export", "methods", "report"}
"""The documents that have neither figures nor targets of their own, or came later, and did not change."""

DAY = "2022-06-30"
PROGRAM = """targettrack = 1

[program]
name = "P"

[sources.s]
title = "S"
published = 2021-12-31

[indicators.share]
name = "A share"
unit = "%"
direction = "increase"

[[indicators.share.targets]]
by = 2020
value = 40
source = "s"

[[indicators.share.targets]]
by = 2021
value = 900
source = "s"

[[indicators.share.targets]]
by = 2025
undetermined = true
source = "s"

[[indicators.share.targets]]
every = "year"
improve = true
source = "s"

[indicators.law]
name = "A law"
unit = "yes/no"

[[indicators.law.targets]]
by = 2020
value = true
source = "s"

[[indicators.law.targets]]
by = 2021
value = true
source = "s"

[[actuals]]
indicator = "share"
period = 2020
value = 34.230
source = "s"

[[actuals]]
indicator = "share"
period = 2021
value = 900
approx = "under"
source = "s"

[[actuals]]
indicator = "law"
period = 2020
value = false
source = "s"

[[actuals]]
indicator = "law"
period = 2021
value = true
quality = "final"
source = "s"
"""

COMMANDS = {
    "status": ("status", "--json"),
    "show": ("show", "p", "--json"),
    "list": ("list", "--json"),
    "history share": ("history", "p/share", "--json"),
    "history law": ("history", "p/law", "--json"),
    "explain share": ("explain", "p/share", "--json"),
    "explain law": ("explain", "p/law", "--json"),
    "explain with": ("explain", "p/law", "--with", "yes", "--period", "2022", "--json"),
    "cite law": ("cite", "p/law", "--json"),
    "cite share": ("cite", "p/share", "--json"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program."""
    folder = tmp_path_factory.mktemp("contract")
    (folder / "targets").mkdir()
    (folder / "targets" / "p.toml").write_text(PROGRAM, encoding="utf-8")
    return folder


def printed(place: Path, *argv: str) -> str:
    """What a command prints on the day."""
    done = run(*argv, *([] if argv[0] == "add-actual" else ["--on", DAY]), cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


# ---------------------------------------------------------------- what the schemas say


def properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of every object of a schema, with what it may be."""
    for part in (schema, *schema.get("$defs", {}).values()):
        for key, body in part.get("properties", {}).items():
            yield f"{part.get('title')}.{key}", body


def kinds(body: dict[str, Any]) -> set[str]:
    """The types that a value may have."""
    own = body.get("type", [])
    return {
        *([own] if isinstance(own, str) else own),
        *(kind for part in body.get("anyOf", []) for kind in kinds(part)),
        *({type(body["const"]).__name__} if "const" in body else ()),
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_key_may_be_a_number_or_an_answer(name: str) -> None:
    """A key that may hold a number may not hold true or false, in no document."""
    found = {key: kinds(body) for key, body in properties(contract.schema(name))}
    assert found
    assert [key for key, kinds_ in found.items() if "boolean" in kinds_ and kinds_ & {"number", "integer"}] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_gap_says_where_it_is_open(name: str) -> None:
    """Wherever an object has a gap it has ``gap_approx``; wherever it has the value or the figure of an actual it has its answer."""
    body = contract.schema(name)
    for part in (body, *body.get("$defs", {}).values()):
        keys = set(part.get("properties", {}))
        assert ("gap" in keys) <= ("gap_approx" in keys)
        assert ({"figure", "gap"} <= keys or {"value", "range"} <= keys) <= ("answer" in keys)
        assert all(
            part["properties"][key]["anyOf"][0] == {"enum": ["under", "over"], "type": "string"}
            for key in keys & {"gap_approx"}
        )


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"error"}))
def test_the_version(name: str) -> None:
    """Every document that has figures or targets is of version 2."""
    assert contract.schema(name)["properties"]["version"]["const"] == (1 if name in VERSION_1 else 2)


def test_the_schema_knows_the_shapes_and_the_starts() -> None:
    """A number that was never set is a shape; the period before is a start."""
    found = dict(properties(contract.schema("status")))
    assert {"undetermined", "milestone", "words"} <= set(found["TargetDocument.shape"]["enum"])
    assert set(found["StartDocument.from"]["enum"]) == {"baseline", "first_actual", "zero", "period_before"}


# ---------------------------------------------------------------- what is printed


@pytest.mark.parametrize("argv", COMMANDS.values(), ids=COMMANDS)
def test_documents_fit_their_schemas(place: Path, argv: tuple[str, ...]) -> None:
    """What is printed of milestones, open ends and numbers that were never set fits what ``schema`` says, and no key has numbers here and answers there."""
    document = json.loads(printed(place, *argv), parse_float=Decimal)
    Draft202012Validator(json.loads(run("schema", argv[0]).stdout)).validate(json.loads(printed(place, *argv)))
    assert mixed(document) == set()


def test_the_receipt(place: Path) -> None:
    """So it is with what add-actual says of a milestone."""
    document = json.loads(
        printed(place, "add-actual", "p", "law", "no", "--period", "2022", "--source", "s", "--json", "--dry-run")
    )
    Draft202012Validator(contract.schema("add-actual")).validate(document)
    assert (document["actuals"][0]["actual"]["value"], document["actuals"][0]["actual"]["answer"]) == (None, False)
    assert mixed(document) == set()


def mixed(document: object) -> set[str]:
    """The keys that hold a number in one place and true or false in another."""
    found: dict[str, set[str]] = {}

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                found.setdefault(key, set()).add(
                    "answer" if isinstance(each, bool) else "number" if isinstance(each, (int, Decimal, float)) else ""
                )
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(document)
    return {key for key, kinds_ in found.items() if {"answer", "number"} <= kinds_}


@pytest.mark.parametrize(
    "argv", [("status",), ("show", "p"), ("history", "p/law"), ("history", "p/share"), ("list",)], ids=" ".join
)
def test_no_column_has_numbers_and_answers(place: Path, argv: tuple[str, ...]) -> None:
    """In CSV a column has numbers or answers, never both; its names are those of the lines of JSON."""
    text = printed(place, *argv, "--format", "csv")
    for name, *cells in zip(*csv.reader(io.StringIO(text)), strict=True):
        answers, numbers = (
            [cell for cell in cells if re.fullmatch(pattern, cell)] for pattern in ("true|false", r"-?\d+(\.\d+)?")
        )
        assert not (answers and numbers), name
    lines = [json.loads(line) for line in printed(place, *argv, "--format", "jsonl").splitlines()]
    assert set(text.splitlines()[0].split(",")) >= {
        name for line in lines for name, value in table.flat(line) if value is not None
    }


def test_milestones_and_open_ends(place: Path) -> None:
    """A milestone has no figure but an answer; 0 beside ``under`` is under 0; digits are those entered."""
    targets = json.loads(printed(place, "status", "--json"), parse_float=str)["targets"]
    found = {
        (row["indicator"], row["target"]["by"]): (row["figure"], row["answer"], row["gap"], row["gap_approx"])
        for row in targets
        if row["target"]["every"] is None
    }
    assert found == {
        ("share", "2020"): ("34.230", None, "-5.77", None),
        ("share", "2021"): (900, None, 0, "under"),
        ("share", "2025"): (900, None, None, None),
        ("law", "2020"): (None, False, None, None),
        ("law", "2021"): (None, True, None, None),
    }
    records = list(csv.DictReader(io.StringIO(printed(place, "status", "--format", "csv"))))
    assert [(record["figure"], record["answer"]) for record in records if record["indicator"] == "law"] == [
        ("", "false"),
        ("", "true"),
    ]
    assert [record["gap_approx"] for record in records if record["target_by"] == "2021" and record["gap"]] == ["under"]


def test_history_has_answers_and_open_ends(place: Path) -> None:
    """Each moment, and what is known of it today, has an answer and the word for an open end, in the document and in the table."""
    (first, second) = json.loads(printed(place, "history", "p/law", "--json"))["promises"]
    assert [(moment["figure"], moment["answer"]) for moment in second["dates"]][-1] == (None, True)
    assert all({"answer", "gap", "gap_approx"} <= moment.keys() for moment in first["dates"])
    records = list(csv.DictReader(io.StringIO(printed(place, "history", "p/share", "--format", "csv"))))
    assert {record["gap_approx"] for record in records if record["target_by"] == "2021"} >= {"under"}


def test_the_table_of_status_has_a_column_for_each_number() -> None:
    """How a standing target was kept are three numbers, not one text."""
    assert {"kept_periods", "kept_figures", "kept_kept", "other_gap_approx"} <= set(_records.fields(RowDocument))


def test_a_quality_that_nobody_wrote(place: Path) -> None:
    """``show`` says of a figure what the file says, so that reading it back says no more: where no quality is written, a figure published early is provisional."""
    records = list(csv.DictReader(io.StringIO(printed(place, "show", "p", "--format", "csv"))))
    assert [record["quality"] for record in records] == ["", "", "", "final"]


# ---------------------------------------------------------------- read back

INDICATORS = {"law": Indicator(name="L", unit=YES_NO), "share": Indicator(name="S", unit="%")}


def read(text: str) -> list[tuple[Decimal | bool | None, list[tuple[str | int, ...]]]]:
    """What each row of a text says: its value, or the codes and keys of its faults."""
    module = "json" if registry.module(inputs, "json").begins(text.encode()) else "csv"
    found = []
    for row in registry.module(inputs, module).read(text.encode(), "f").rows:
        wanted, faults = entry.wanted(row, INDICATORS)
        found.append((wanted.actual.value if wanted else None, [(fault.code, *fault.loc) for fault in faults]))
    return found


NEW_AND_OLD = {
    "version 2, json": '[{"indicator": "law", "period": "2020", "value": null, "answer": false, "range": null}, {"indicator": "share", "period": "2020", "value": 34.230, "answer": null}]',
    "version 1, json": '[{"indicator": "law", "period": "2020", "value": false, "range": null, "quality": "final"}, {"indicator": "share", "period": "2020", "value": 34.230}]',
    "version 2, lines": '{"indicator": "law", "period": "2020", "value": null, "answer": false}\n{"indicator": "share", "period": "2020", "value": 34.230, "answer": null}\n',
    "version 2, csv": "indicator,period,value,answer\nlaw,2020,,false\nshare,2020,34.230,\n",
    "version 1, csv": "indicator,period,value\nlaw,2020,false\nshare,2020,34.230\n",
    "by hand": "indicator,period,value,answer\nlaw,2020,No,\nshare,2020,34.230,\n",
    "answers by hand": "indicator,period,answer,value\nlaw,2020,NO,\nshare,2020,,34.230\n",
}


@pytest.mark.parametrize("text", NEW_AND_OLD.values(), ids=NEW_AND_OLD)
def test_both_versions_are_read(text: str) -> None:
    """An answer stands under ``answer``, or under ``value`` as in version 1; the digits stay."""
    assert [(str(value), faults) for value, faults in read(text)] == [("False", []), ("34.230", [])]


def test_one_answer_alone_is_read() -> None:
    """One object with an answer and nothing else is a figure."""
    assert read('{"indicator": "law", "period": "2020", "answer": true}') == [(True, [])]


WRONG = {
    "a number and an answer": (
        '[{"indicator": "share", "period": 2020, "value": 1, "answer": true}]',
        [("two-shapes",)],
    ),
    "an answer and a range": (
        '[{"indicator": "share", "period": 2020, "range": [1, 2], "answer": true}]',
        [("two-shapes",)],
    ),
    "an answer that is a number": ('[{"indicator": "share", "period": 2020, "answer": 1}]', [("not-yes-no", "answer")]),
    "an answer that is a text": ('[{"indicator": "law", "period": 2020, "answer": "yes"}]', [("not-yes-no", "answer")]),
    "both cells": ("indicator,period,value,answer\nlaw,2020,yes,no\n", [("two-shapes",)]),
    "value and range": ("indicator,period,value,range\nshare,2020,1,1..2\n", [("two-shapes",)]),
    "a number in the cell": ("indicator,period,value,answer\nlaw,2020,,1\n", [("not-yes-no", "answer")]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_answer(case: str) -> None:
    """A row says one figure, and an answer is yes or no; no number is taken for one."""
    text, faults = WRONG[case]
    assert read(text) == [(None, faults)]


def test_an_answer_of_a_number_is_refused(place: Path) -> None:
    """An answer for what is measured in numbers is refused, and nothing is written."""
    (place / "f.csv").write_text("indicator,period,answer\nshare,2022,yes\n", encoding="utf-8")
    before = (place / "targets" / "p.toml").read_bytes()
    done = run("add-actual", "p", "--from", "f.csv", "--json", cwd=place)
    assert (done.returncode != 0, done.stdout, (place / "targets" / "p.toml").read_bytes()) == (True, "", before)
    assert json.loads(done.stderr.splitlines()[0])["error"]["message"].startswith("row 1:")


def test_what_version_1_printed_is_read(place: Path, tmp_path: Path) -> None:
    """A document and a table of ``show`` as version 1 printed them are recorded like those of version 2."""
    document = json.loads(printed(place, "show", "p", "--json"), parse_float=Decimal)
    old = json.loads(json.dumps(document, default=float))
    for chapter in old["indicators"]:
        for told in chapter["actuals"]:
            answer = told.pop("answer")
            told |= {"quality": "final", "value": told["value"] if answer is None else answer}
    for name, body in (
        ("new.json", printed(place, "show", "p", "--json")),
        ("old.json", json.dumps(old)),
        ("new.csv", printed(place, "show", "p", "--format", "csv")),
    ):
        folder = tmp_path / name.replace(".", "-")
        (folder / "targets").mkdir(parents=True)
        (folder / "targets" / "p.toml").write_text(PROGRAM.partition("[[actuals]]")[0], encoding="utf-8")
        (folder / name).write_text(body, encoding="utf-8")
        done = run("add-actual", "p", "--from", name, "--json", cwd=folder)
        assert (done.returncode, json.loads(done.stdout)["recorded"]) == (0, 4), done.stderr
        recorded = [
            (each["value"], each["answer"])
            for each in (
                json.loads(line)
                for line in run("show", "p", "--format", "jsonl", "--on", DAY, cwd=folder).stdout.splitlines()
            )
        ]
        assert recorded == [(34.23, None), (900, None), (None, False), (None, True)]


def test_the_readme_shows_the_version() -> None:
    """The README names the version that status prints."""
    assert f'"version": {contract.schema("status")["properties"]["version"]["const"]}, …' in (
        HERE.parent / "README.md"
    ).read_text(encoding="utf-8")
