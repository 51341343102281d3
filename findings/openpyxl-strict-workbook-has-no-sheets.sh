#!/bin/sh
# What:     openpyxl 3.1.5, load_workbook, on a workbook that is saved as "Strict Open XML Spreadsheet (*.xlsx)", as Excel offers it.
# Expected: its sheets, as of any other .xlsx; or an error that says that this kind is not read.
# Seen:     a workbook without sheets: sheetnames is [], worksheets is []. The one word is a Python warning about "an invalid
#           specification for 0". A loop over the sheets ends at once, with nothing read and exit code 0. python-calamine 0.9.1
#           reads the same file.
# Day:      2026-12-01
# Hurts:    an office whose ministry asks for the ISO kind of the format, and whoever collects its tables in a loop:
#           a year of figures is not there, and no error says so.
# With us:  such a workbook is read, or refused with a sentence, and never taken for an empty one (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1

cat > strict.py <<'PY'
import io
import warnings
import zipfile

import openpyxl
import python_calamine

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main", RELATED: "http://purl.oclc.org/ooxml/officeDocument/relationships"}

plain = io.BytesIO()
book = openpyxl.Workbook()
book.active["A1"] = 46
book.save(plain)
with zipfile.ZipFile(plain) as old, zipfile.ZipFile("strict.xlsx", "w") as new:
    for name in old.namelist():
        data = old.read(name)
        for usual, strict in STRICT.items():
            data = data.replace(usual.encode(), strict.encode())
        new.writestr(name, data)

print("calamine:", python_calamine.CalamineWorkbook.from_path("strict.xlsx").get_sheet_by_index(0).to_python())
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    print("openpyxl:", openpyxl.load_workbook("strict.xlsx").sheetnames)
PY
venv/bin/python strict.py | tee seen
grep --quiet '^calamine: \[\[46.0\]\]$' seen
if ! grep --quiet '^openpyxl: \[\]$' seen; then
  echo "changed: openpyxl sees the sheets of a strict workbook, or says that it does not" >&2
  exit 1
fi
echo "as described: a workbook without sheets, and no error"
