#!/bin/sh
# What:     fast-formula-parser 1.0.19 (npm) and xlcalculator 0.5.0 (PyPI) work out COUNTIF(range, "<5") over a column of four provinces with
#           4, 6, 3 and an empty cell: a target of "below 5 %" and those who reached it.
# Expected: 2, as Excel and LibreOffice say, and as formulas 1.3.4 does here: an empty cell meets no criterion that has a number.
# Seen:     3 with both. The empty cell is taken for 0, and 0 is below 5; COUNTIF(range, 0) finds one, too.
# Day:      2026-12-01
# Hurts:    whoever puts a workbook of targets on a web page or into a script: where less is better (poverty, waste, accidents), every
#           province that reported nothing is counted among those who kept their promise.
# With us:  no formula is worked out; what has no figure is no_data, whatever its direction (tests/test_status.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlcalculator==0.5.0 formulas==1.3.4 openpyxl==3.1.5
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund fast-formula-parser@1.0.19

cat > count.py <<'PY'
import warnings

import formulas
import openpyxl
import xlcalculator

warnings.simplefilter("ignore")
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "S"
for row, value in ((1, 4), (2, 6), (3, 3)):
    sheet.cell(row, 1, value)
sheet["C1"] = '=COUNTIF(A1:A4,"<5")'
sheet["C2"] = "=COUNTIF(A1:A4,0)"
book.save("count.xlsx")

read = formulas.ExcelModel().loads("count.xlsx").finish().calculate()
print("formulas:", *(int(read[f"'[count.xlsx]S'!{cell}"].value[0, 0]) for cell in ("C1", "C2")))
reader = xlcalculator.Evaluator(xlcalculator.ModelCompiler().read_and_parse_archive("count.xlsx"))
print("xlcalculator:", *(int(reader.evaluate(f"S!{cell}")) for cell in ("C1", "C2")))
PY
cat > count.js <<'JS'
const Parser = require("fast-formula-parser");

const column = [4, 6, 3, null];
const parser = new Parser({ onRange: ({ from, to }) => column.slice(from.row - 1, to.row).map((value) => [value]) });
const place = { sheet: "S", row: 1, col: 3 };
console.log("fast-formula-parser:", parser.parse('COUNTIF(A1:A4,"<5")', place), parser.parse("COUNTIF(A1:A4,0)", place));
JS
{
  venv/bin/python count.py 2> /dev/null
  node count.js
} | tee seen
grep --quiet '^formulas: 2 0$' seen
if ! grep --quiet '^xlcalculator: 3 1$' seen || ! grep --quiet '^fast-formula-parser: 3 1$' seen; then
  echo "changed: an empty cell is not counted as below five" >&2
  exit 1
fi
echo "as described: who has no figure is below five"
