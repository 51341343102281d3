"""The same surroundings for every test, whatever the machine's; how many examples a law is tried with; and the option that writes golden files anew."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

for name in (
    "TARGETTRACK_TARGETS",
    "TARGETTRACK_LANG",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLORTERM",
    "COLUMNS",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
):
    os.environ.pop(name, None)
os.environ |= {"LC_ALL": "C.UTF-8", "TARGETTRACK_PAGER": "cat"}
signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # a shell lets what runs behind its & ignore Ctrl-C, and so would all that the tests start

STEADY = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault, and what one change breaks must not show in another."""

settings.register_profile(
    "quick", STEADY, max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.register_profile("thorough", STEADY, max_examples=100)
settings.register_profile("searching", STEADY, max_examples=1000, derandomize=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write the golden files anew; read the difference before you commit it.",
    )


def all_examples(config: pytest.Config) -> bool:
    """Whether laws are tried with all of their examples: where what is slow is not left out."""
    return "not slow" not in config.getoption("markexpr")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(config.getoption("--hypothesis-profile") or ("thorough" if all_examples(config) else "quick"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With all of its examples every law is slow."""
    for item in items:
        if all_examples(config) and getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("slow")
