"""Round trips: what show prints, opened and saved by a spreadsheet in the countries of its readers, comes back as it was."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from support import run

ROOT = Path(__file__).parents[1]
OFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""
READ = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
SAVED = {"csv": "csv:Text - txt - csv (StarCalc):59,34,76,1", "xlsx": "xlsx", "ods": "ods", "xls": "xls"}
"""How the spreadsheet saves: its CSV has semicolons between the cells, as in the countries that write 1,5."""

AWKWARD = """targettrack = 1
[program]
name = "Awkward"
[sources.s]
title = "=1+1"
[indicators.a]
name = "A"
unit = "%"
[indicators.done]
name = "Done"
unit = "yes/no"
"""
FIGURES = """
[[actuals]]
indicator = "a"
period = {period}
value = {value}
source = "s"
note = "{note}"
"""


@pytest.fixture(params=["vi", "de", "en-US"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A profile of the spreadsheet in a language, in a folder of its own."""
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE.format(locale=request.param), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", SAVED)
def test_what_show_prints_comes_back(office: Path, kind: str) -> None:
    """All figures of all programs that are shipped, and some awkward ones, are recorded before; nothing is left, and nothing is new."""
    shutil.copytree(ROOT / "targets", office / "targets")
    periods = ("2015", '"2016-S1"', '"2017-Q3"', '"2018-09"', "2019-06-30", '"2020/2021"')
    values = ("6", "27.6", "-4.50", "0.05", "1500", "1234567.8")
    notes = ("-1", "+x", "about 1/2", "a; b", "@a", "n001")
    rows = (FIGURES.format(period=p, value=v, note=n) for p, v, n in zip(periods, values, notes, strict=True))
    answer = '\n[[actuals]]\nindicator = "done"\nperiod = 2020\nvalue = true\n'
    (office / "targets" / "awkward.toml").write_text(AWKWARD + "".join(rows) + answer, encoding="utf-8")
    names = sorted(path.stem for path in (office / "targets").glob("*.toml"))
    for name in names:
        assert run("show", name, "-o", f"{name}.csv", cwd=office).returncode == 0
    subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation={(office / 'profile').as_uri()}", "--headless", READ,
            "--convert-to", SAVED[kind], "--outdir", "saved", *(f"{name}.csv" for name in names),
        ],
        cwd=office, check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for name in names:
        done = run("import", name, f"saved/{name}.{kind}", "--dry-run", "--json", cwd=office)
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert (told["text"], [each["left"] for each in told["files"]]) == ("", [[]])
        assert told["recorded_before"] == sum(each["figures"] for each in told["files"]) > 0
