#!/bin/sh
# What:     quantulum3 0.10.0 (PyPI), parser.parse, on ranges with a number word behind them: "20-25 million tonnes", "30-35 million
#           people", "5-7 thousand jobs".
# Expected: a range, as of "30-35 %" (32.5, uncertainty 2.5): 22.5 million with 2.5 million, or its ends.
# Seen:     45 million, without any uncertainty: the ends are added. "30-35 million" is 65 million; "5-7 thousand" is 35502.5 with an
#           uncertainty of 35497.5 (5 to 71,000); "20 to 25 million" is 20 to 25,000,000.
# Day:      2026-12-01
# Hurts:    whoever takes targets out of plans and speeches by a script: a promise of 20 to 25 million tonnes is noted as one of 45 million,
#           in the right unit and with no sign of doubt; measured by it, nobody ever keeps the promise.
# With us:  a cell with "20-25 million" is not taken, and named.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check quantulum3==0.10.0

cat > ranges.py <<'PY'
from quantulum3 import parser

for text in ("30-35 %", "25 million tonnes", "20-25 million tonnes", "30-35 million people", "5-7 thousand jobs"):
    print(f"{text}:", *((found.value, found.unit.name, found.uncertainty) for found in parser.parse(text)))
PY
venv/bin/python ranges.py 2> /dev/null | tee seen
grep --quiet --fixed-strings --line-regexp "30-35 %: (32.5, 'percentage', 2.5)" seen
grep --quiet --fixed-strings --line-regexp "25 million tonnes: (25000000.0, 'tonne', None)" seen
for line in "20-25 million tonnes: (45000000.0, 'tonne', None)" "30-35 million people: (65000000.0, 'dimensionless', None)" "5-7 thousand jobs: (35502.5, 'dimensionless', 35497.5)"; do
  if ! grep --quiet --fixed-strings --line-regexp "$line" seen; then
    echo "changed: the ends of a range of millions are read otherwise" >&2
    exit 1
  fi
done
echo "as described: 20 to 25 million are 45 million"
