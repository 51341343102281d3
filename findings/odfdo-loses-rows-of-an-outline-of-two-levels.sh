#!/bin/sh
# What:     odfdo 3.27.3, Table.get_values, on a sheet of an .ods whose rows are grouped in two levels (Data > Group, twice), as LibreOffice
#           saves an outline: a table:table-row-group inside of another one (ODF 1.2, part 1, 9.1.11).
# Expected: all six rows, as python-calamine 0.9.1 reads them, or an error.
# Seen:     four rows: the two of the inner group are passed over, and those below move up. Nothing is said.
# Day:      2026-12-01
# Hurts:    whoever collects provincial reports in .ods by a script: offices fold the districts below each province, and the communes below
#           each district; the folded figures are missing, and totals by position take another row's number.
# With us:  .ods files are read by the standard library, groups in groups too (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check odfdo==3.27.3 python-calamine==0.9.1

cat > outline.py <<'PY'
import zipfile

import odfdo
import python_calamine

SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))


def row(number):
    return (
        f'<table:table-row><table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}</text:p>'
        "</table:table-cell></table:table-row>"
    )


inner = f"<table:table-row-group>{row(3)}{row(4)}</table:table-row-group>"
outer = f"<table:table-row-group>{row(2)}{inner}{row(5)}</table:table-row-group>"
content = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
    f'<table:table table:name="S"><table:table-column/>{row(1)}{outer}{row(6)}</table:table></office:spreadsheet></office:body></office:document-content>'
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
with zipfile.ZipFile("outline.ods", "w") as file:
    file.writestr("mimetype", KIND)
    file.writestr("content.xml", content)
    file.writestr("META-INF/manifest.xml", MANIFEST)

rows = python_calamine.CalamineWorkbook.from_path("outline.ods").get_sheet_by_index(0).to_python()
print("calamine:", [int(cells[0]) for cells in rows])
print("odfdo:", [int(cells[0]) for cells in odfdo.Document("outline.ods").body.tables[0].get_values()])
PY
venv/bin/python outline.py | tee seen
grep --quiet '^calamine: \[1, 2, 3, 4, 5, 6\]$' seen
if ! grep --quiet '^odfdo: \[1, 2, 5, 6\]$' seen; then
  echo "changed: odfdo reads the rows of a group inside of another group" >&2
  exit 1
fi
echo "as described: the rows of the inner group are not there"
