#!/bin/sh
# What:     csvkit 2.2.0 (agate 1.14.2), csvjson, on columns of figures that have their unit behind them: "72 years", "20 m", "3 d".
# Expected: texts, as of "15 ha" beside them.
# Seen:     "72 years" is the date 0073-01-01 (so many years after the year 1), "20 m" (metres) twenty minutes, "3 d" three days. No word
#           on stderr.
# Day:      2026-12-01
# Hurts:    journalists, for whom csvkit is made: a table of life expectancy, of school years or of the width of roads comes out as dates and
#           times, and csvstat sorts and averages them as such.
# With us:  a figure with its unit is read as both, and compared (tests/test_units.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2

printf 'life,road,leave,area\n72 years,20 m,3 d,15 ha\n73 years,5 m,4 d,20 ha\n' > table.csv
venv/bin/csvjson table.csv > seen 2> said
cat seen said
echo
if ! grep --quiet --fixed-strings '{"life": "0073-01-01", "road": "0:20:00", "leave": "3 days, 0:00:00", "area": "15 ha"}' seen || test -s said; then
  echo "changed: csvkit takes a figure with its unit for something else" >&2
  exit 1
fi
echo "as described: 72 years are the first of January of the year 73"
