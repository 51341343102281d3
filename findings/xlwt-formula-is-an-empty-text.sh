#!/bin/sh
# What:     xlwt 1.3.0 writes a formula into an .xls, xlrd 2.0.2 (and pandas 2.3.3 by it) reads the file before a spreadsheet has.
# Expected: a result of 0, or an error cell, or a cell that is known to be a formula without a result.
# Seen:     xlwt stores an empty text as the formula's result, and xlrd gives a text cell '' (ctype 1): the cell cannot be told from
#           one that holds an empty text, and nothing says that a sum stands there. pandas turns it into a missing value.
# Day:      2026-12-01
# Hurts:    offices whose reporting systems still write .xls by xlwt: the totals of a table are gone, its parts are there, and a sum
#           over the column is right by accident only where nobody needs the total.
# With us:  where no formula of a workbook has a result, its formula cells are named as never calculated (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlwt==1.3.0 xlrd==2.0.2 pandas==2.3.3

cat > formula.py <<'PY'
import pandas
import xlrd
import xlwt

book = xlwt.Workbook()
sheet = book.add_sheet("figures")
sheet.write(0, 0, 46)
sheet.write(1, 0, 33)
sheet.write(2, 0, xlwt.Formula("SUM(A1:A2)"))
book.save("figures.xls")
cells = xlrd.open_workbook("figures.xls").sheet_by_index(0)
print("xlrd:", [(cell.ctype, cell.value) for cell in cells.col(0)])
print("pandas:", pandas.read_excel("figures.xls", header=None)[0].tolist())
PY
venv/bin/python formula.py | tee seen
if ! grep --quiet "^xlrd: \[(2, 46.0), (2, 33.0), (1, '')\]$" seen || ! grep --quiet '^pandas: \[46.0, 33.0, nan\]$' seen; then
  echo "changed: the formula has a result, or can be told" >&2
  exit 1
fi
echo "as described: an empty text stands where a sum should"
