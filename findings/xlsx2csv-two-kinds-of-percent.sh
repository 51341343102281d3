#!/bin/sh
# What:     xlsx2csv 0.8.6 on one column of shares: cells with the number formats 0%, 0.0% and 0.00%, as they stand in one table as soon as
#           somebody clicked "more decimals" on a few of them.
# Expected: all as they are shown, "7%", "6.0%" and "6.25%"; or all as numbers, 0.065, 0.06 and 0.0625.
# Seen:     of 0% and of 0.00% what is shown; of 0.0%, which most yearbooks have, the bare number: "0.060".
# Day:      2026-12-01
# Hurts:    whoever turns reports into CSV before reading them: in one column 7%, 0.060 and 6.25% stand below each other, the one in the
#           middle a hundred times too small for who takes the sign away; and the digits of the first are gone (6.5 % became 7 %).
# With us:  .xlsx files are read by openpyxl, and a percentage by its number and its format (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
venv/bin/python - <<'PY'
import openpyxl

book = openpyxl.Workbook()
for row, (value, shown) in enumerate(((0.065, "0%"), (0.06, "0.0%"), (0.0625, "0.00%")), 1):
    book.active.cell(row, 1, value).number_format = shown
book.save("shares.xlsx")
PY
venv/bin/xlsx2csv shares.xlsx | tee seen
if [ "$(tr '\n' ' ' < seen)" != "7% 0.060 6.25% " ]; then
  echo "changed: percentages of both kinds are written in one way" >&2
  exit 1
fi
echo "as described: 7%, 0.060 and 6.25% in one column"
