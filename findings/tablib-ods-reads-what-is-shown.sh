#!/bin/sh
# What:     tablib 3.10.0 (with odfpy 1.4.1), Dataset.load of an .ods whose cells show their numbers rounded, grouped or as percent.
# Expected: the number of the cell (office:value), as pandas 3.1.1 gives it, and as tablib itself gives it from an .xlsx.
# Seen:     the text that is shown, taken for a number: of 1234.4, shown as "1.234" in a country of decimal commas, 1.234; of 6.2871, shown
#           as "6.3", 6.3; a percentage and money are texts. Only a text that Python cannot read as a number is an error.
# Day:      2026-12-01
# Hurts:    whoever takes figures from an office's .ods by tablib: a figure in thousands becomes a thousandth of itself without a word.
# With us:  .ods files are read by the standard library, by the number of the cell (tests/test_sheets.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'tablib[ods]==3.10.0' odfpy==1.4.1 pandas==3.1.1

cat > shown.py <<'PY'
import zipfile

import pandas
import tablib

SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def cell(kind, value, shown):
    said = f'office:value="{value}"' if value is not None else ""
    return f'<table:table-cell office:value-type="{kind}" {said}><text:p>{shown}</text:p></table:table-cell>'


heads = "".join(cell("string", None, name) for name in ("output", "share", "percent", "money"))
figures = (
    cell("float", 1234.4, "1.234")
    + cell("float", 6.2871, "6.3")
    + cell("percentage", 0.0629, "6%")
    + cell("currency", 1500000.5, "1500001")
)
rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in (heads, figures))
content = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
    f'<table:table table:name="S"><table:table-column table:number-columns-repeated="4"/>{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
with zipfile.ZipFile("table.ods", "w") as file:
    file.writestr("mimetype", KIND)
    file.writestr("content.xml", content)
    file.writestr("META-INF/manifest.xml", MANIFEST)

print("pandas:", pandas.read_excel("table.ods", engine="odf").values.tolist())
with open("table.ods", "rb") as stream:
    print("tablib:", [list(each) for each in tablib.Dataset().load(stream, format="ods")])
PY
venv/bin/python shown.py | tee seen
grep --quiet --fixed-strings "pandas: [[1234.4, 6.2871, 0.0629, 1500000.5]]" seen
if ! grep --quiet --fixed-strings "tablib: [[1.234, 6.3, '6%', '1500001']]" seen; then
  echo "changed: tablib reads numbers of an .ods otherwise" >&2
  exit 1
fi
echo "as described: what is shown is taken for the number"
