#!/bin/sh
# What:     openpyxl 3.1.5 writes a workbook with its dates as ISO texts (iso_dates = True; cells of type "d", ISO/IEC 29500, 18.18.11);
#           exceljs 4.4.0 (npm) reads it.
# Expected: 31 December 2015, as python-calamine 0.9.1 and read-excel-file 9.3.17 (npm) read it, or an error.
# Seen:     7 July 1905: "2015-12-31" is read as the number 2015, and that as so many days since 1900. Every day of 2015 is that one day,
#           every day of 2016 the next. Nothing is said.
# Day:      2026-12-01
# Hurts:    whoever collects workbooks that a program wrote on a page or a server: deadlines and days of reports of one year become one
#           day of 1905, what is due is overdue, and grouped by day a year is one row.
# With us:  .xlsx files are read by openpyxl, which knows such cells (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 read-excel-file@9.3.17

cat > due.py <<'PY'
from datetime import date

import openpyxl
import python_calamine

book = openpyxl.Workbook(iso_dates=True)
for row, day in enumerate((date(2015, 12, 31), date(2015, 3, 1), date(2016, 3, 1)), 1):
    book.active.cell(row, 1, day)
book.save("due.xlsx")
print("calamine:", *(str(day)[:10] for (day,) in python_calamine.CalamineWorkbook.from_path("due.xlsx").get_sheet_by_index(0).to_python()))
PY
cat > due.mjs <<'JS'
import exceljs from "exceljs";
import readExcelFile from "read-excel-file/node";

const day = (date) => date.toISOString().slice(0, 10);
const [sheet] = await readExcelFile("due.xlsx");
console.log("read-excel-file:", ...sheet.data.map(([cell]) => day(cell)));
const book = new exceljs.Workbook();
await book.xlsx.readFile("due.xlsx");
console.log("exceljs:", ...[1, 2, 3].map((row) => day(book.worksheets[0].getCell(row, 1).value)));
JS
{
  venv/bin/python due.py
  node due.mjs
} | tee seen
grep --quiet '^calamine: 2015-12-31 2015-03-01 2016-03-01$' seen
grep --quiet '^read-excel-file: 2015-12-31 2015-03-01 2016-03-01$' seen
if ! grep --quiet '^exceljs: 1905-07-07 1905-07-07 1905-07-08$' seen; then
  echo "changed: a day that is written as a text is read as that day" >&2
  exit 1
fi
echo "as described: the last day of 2015 is in July 1905"
