#!/bin/sh
# What:     HyperFormula 3.5.0 (npm), the function TEXT with the usual formats of numbers: "0%", "0.0%", "0.00%", "#,##0".
# Expected: what Excel and LibreOffice show: of 0.79 "79%", "79.0%" and "79.00%"; of 1234567 "1,234,567".
# Seen:     "1%", "0.8%" and "0.79%": the percent sign is set behind the number, and nothing is multiplied; of 1234567 "1234567,##0".
#           Each is a text without an error. TEXT(0.79,"0.00") is right.
# Day:      2026-12-01
# Hurts:    whoever shows a workbook's sentence on a page, ="Coverage: "&TEXT(B2,"0%"): 79 % is published as "1%", and with two decimals as
#           "0.79%", which looks like a number that somebody measured.
# With us:  no formula is worked out; a percentage is read by the cell's number and its format (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund hyperformula@3.5.0

cat > text.js <<'JS'
const { HyperFormula } = require("hyperformula");

for (const formula of ['=TEXT(0.79,"0%")', '=TEXT(0.79,"0.0%")', '=TEXT(0.79,"0.00%")', '=TEXT(1234567,"#,##0")', '=TEXT(0.79,"0.00")']) {
  const sheet = HyperFormula.buildFromArray([[formula]], { licenseKey: "gpl-v3" });
  console.log(formula, sheet.getCellValue({ sheet: 0, row: 0, col: 0 }));
}
JS
node text.js | tee seen
grep --quiet --fixed-strings --line-regexp '=TEXT(0.79,"0.00") 0.79' seen
for line in '=TEXT(0.79,"0%") 1%' '=TEXT(0.79,"0.0%") 0.8%' '=TEXT(0.79,"0.00%") 0.79%' '=TEXT(1234567,"#,##0") 1234567,##0'; do
  if ! grep --quiet --fixed-strings --line-regexp "$line" seen; then
    echo "changed: TEXT shows a share or a large number otherwise" >&2
    exit 1
  fi
done
echo "as described: 79 % are 1%"
