#!/bin/sh
# What:     typer 0.26.0, which carries its own copy of click, on an option that is nearly one it knows.
# Expected: "No such option: --dux (Possible options: --due)", as click and the typers before and after say it.
# Seen:     "No such option: --dux ('(Possible options: --due)',)": the suggestion is a Python tuple, with its quotes and comma.
#           typer 0.27.0 says it as expected.
# Day:      2026-11-30
# Hurts:    whoever reads a typer program's refusals with a program, or translates them by their wording, and admits this version:
#           the sentence matches no pattern, and people see a tuple.
# With us:  pyproject.toml admits typer from 0.27 on.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > demo.py <<'PY'
import typer
import typer.main

app = typer.Typer()


@app.command()
def status(due: str = "", only: str = "") -> None:
    """Do nothing."""


try:
    typer.main.get_command(app).main(args=["--dux"], standalone_mode=False)
except Exception as error:
    print(error.format_message())
PY
for version in 0.26.0 0.27.0; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/pip" install --quiet --disable-pip-version-check "typer==$version"
  "venv-$version/bin/python" demo.py | tee "said-$version"
done
grep --quiet --fixed-strings "No such option: --dux ('(Possible options: --due)',)" said-0.26.0
grep --quiet --fixed-strings "No such option: --dux (Possible options: --due)" said-0.27.0
echo "as described: 0.26.0 suggests in a tuple, 0.27.0 in a sentence"
