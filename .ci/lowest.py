"""Print the lowest versions that pyproject.toml allows, as constraints for pip: what is promised to work is tested."""

from __future__ import annotations

import re
from pathlib import Path

import tomli

project = tomli.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
for requirement in [*project["dependencies"], *extras["tables"], *extras["test"]]:
    if requirement.startswith(project["name"]):
        continue
    name, version = re.fullmatch(r"([\w-]+)>=([\d.]+)(?:,<.*)?", requirement).groups()
    print(f"{name} =={version}")
