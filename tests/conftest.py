"""The same surroundings for every test, whatever the machine's; and the option that writes golden files anew."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

for name in ("TARGETTRACK_TARGETS", "TARGETTRACK_LANG", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"

settings.register_profile("steady", deadline=None, derandomize=True)  # a busy machine is no fault, and what one change breaks must not show in another
settings.register_profile("searching", deadline=None)
settings.load_profile("searching" if "TARGETTRACK_FUZZ" in os.environ else "steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew; read the difference before you commit it.")
