#!/bin/sh
# What:     pyexcel-ods 0.6.0, get_data, on a cell of an .ods that is formatted as money (office:value-type="currency"): one with its
#           currency, and one without, as ODF 1.2 (part 1, 19.369) allows.
# Expected: the number, as of a percentage or any other formatted cell, and as python-calamine 0.9.1 gives it.
# Seen:     a text: "1500000.5 VND" for the first, "1500000.5" for the second.
# Day:      2026-12-01
# Hurts:    whoever adds up a column of a budget by a script: the cells that somebody clicked "format as currency" on are texts, which
#           pandas and others leave out of a sum or call missing, while the cells beside them count.
# With us:  .ods files are read by the standard library, and money is a number with its unit (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyexcel-ods==0.6.0 python-calamine==0.9.1

cat > money.py <<'PY'
import zipfile

import pyexcel_ods
import python_calamine

SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def written(path, currency):
    cells = (
        f'<table:table-cell office:value-type="currency" {currency} office:value="1500000.5"><text:p>1.500.000,5</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.06"><text:p>6%</text:p></table:table-cell>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="S"><table:table-column/><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", KIND)
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", MANIFEST)


for name, currency in (("with a currency", 'office:currency="VND"'), ("without one", "")):
    written("money.ods", currency)
    print(f"{name}, calamine: {python_calamine.CalamineWorkbook.from_path('money.ods').get_sheet_by_index(0).to_python()[0]}")
    print(f"{name}, pyexcel-ods: {pyexcel_ods.get_data('money.ods')['S'][0]}")
PY
venv/bin/python money.py | tee seen
grep --quiet '^without one, calamine: \[1500000.5, 0.06\]$' seen
if ! grep --quiet "^with a currency, pyexcel-ods: \['1500000.5 VND', 0.06\]$" seen || ! grep --quiet "^without one, pyexcel-ods: \['1500000.5', 0.06\]$" seen; then
  echo "changed: pyexcel-ods gives the number of a cell with money" >&2
  exit 1
fi
echo "as described: money is a text"
