#!/bin/sh
# What:     tablib 3.10.0 (with odfpy 1.4.1), Dataset.load of an .ods in which equal neighbours are written once with how often they
#           stand there (table:number-columns-repeated, table:number-rows-repeated; ODF 1.2, part 1, 19.675 and 19.677), as
#           LibreOffice writes every row that has two equal cells side by side, empty ones too.
# Expected: the cells and the rows as often as they stand there, as pandas 3.1.1 reads them.
# Seen:     each of them once: the figures behind it move to the left, below the heads of other years, and are filled up with empty
#           cells at the end; of two equal rows one is gone. Nothing is said.
# Day:      2026-12-01
# Hurts:    whoever reads an office's table by tablib (or by what is built on it, such as the imports of django-import-export): where two
#           years had the same figure, every later figure counts for the year before.
# With us:  tests/test_sheets.py holds that repeated cells and rows are all of them.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'tablib[ods]==3.10.0' odfpy==1.4.1 pandas==3.1.1

cat > repeated.py <<'PY'
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


def text(said):
    return f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>'


def number(value, times=1):
    often = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    return f'<table:table-cell{often} office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def row(cells, times=1):
    often = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{often}>{cells}</table:table-row>"


rows = row("".join(map(text, ("name", "y2015", "y2016", "y2017", "y2018"))))
rows += row(text("north") + number(7, 2) + number(8) + number(9))
rows += row(text("south") + number(1) + number(2) + number(3) + number(4), 2)
content = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
    f'<table:table table:name="S"><table:table-column table:number-columns-repeated="5"/>{rows}</table:table>'
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
venv/bin/python repeated.py | tee seen
grep --quiet --fixed-strings "pandas: [['north', 7, 7, 8, 9], ['south', 1, 2, 3, 4], ['south', 1, 2, 3, 4]]" seen
if ! grep --quiet --fixed-strings "tablib: [['north', 7.0, 8.0, 9.0, ''], ['south', 1.0, 2.0, 3.0, 4.0]]" seen; then
  echo "changed: tablib reads repeated cells otherwise" >&2
  exit 1
fi
echo "as described: the figures behind two equal ones stand below another year"
