#!/bin/sh
# What:     sdmxthon 2.6.11 (PyPI), read_sdmx, on an SDMX-CSV message whose areas have the codes 01 and 02; and on the same with one more
#           row, for the area NA (Namibia, or North America).
# Expected: the codes as they stand: every dimension of SDMX is a code, and OBS_VALUE a number.
# Seen:     "1" and "2" of the first file. With the row for NA: "1.0", "2.0", and of NA nothing, nan. With a row for DE instead: "01" and
#           "02". 34.230 is "34.23", and 5 is "5.0".
# Day:      2026-12-01
# Hurts:    whoever joins figures with names or maps by the code, edition after edition: the same province is 01, 1 or 1.0 by who else is
#           in the table, and a country whose code reads like "not available" has no name at all: a join drops it, a sum by area too.
# With us:  parts keep the text of their code, 01 as 01 and NA as NA; numbers keep their digits (tests/test_record_tables.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sdmxthon==2.6.11 pandas==3.1.1

cat > codes.py <<'PY'
import sdmxthon

for last in ("", "A:B(1.0),NA,2015,7\n", "A:B(1.0),DE,2015,7\n"):
    with open("figures.csv", "w", encoding="utf-8") as file:
        file.write(f"DATAFLOW,AREA,TIME_PERIOD,OBS_VALUE\nA:B(1.0),01,2015,34.230\nA:B(1.0),02,2015,5\n{last}")
    (table,) = (each.data for each in sdmxthon.read_sdmx("figures.csv").payload.values())
    print(table[["AREA", "OBS_VALUE"]].values.tolist())
PY
venv/bin/python codes.py | tee seen
grep --quiet --fixed-strings --line-regexp "[['01', '34.23'], ['02', '5.0'], ['DE', '7.0']]" seen
for line in "[['1', '34.23'], ['2', '5.0']]" "[['1.0', '34.23'], ['2.0', '5.0'], [nan, '7.0']]"; do
  if ! grep --quiet --fixed-strings --line-regexp "$line" seen; then
    echo "changed: codes are read as texts" >&2
    exit 1
  fi
done
echo "as described: 01 is 1, or 1.0, by who else is in the table"
