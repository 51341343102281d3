#!/bin/sh
# What:     pyogrio 0.13.0 (GDAL, as geopandas and QGIS use it) writes the table of a shapefile, .dbf; SheetJS (npm xlsx 0.18.5) reads it.
#           A province without a figure is in the table: GDAL fills such a field with asterisks, as the format has it for "no number".
# Expected: a cell that is not there, or null, as dbfread 2.0.7 gives None and shapefile 0.6.6 (npm) null.
# Seen:     0, in columns of decimals and of whole numbers.
# Day:      2026-12-01
# Hurts:    journalists who take a map's figures into a table: the province that reported no poverty rate, no jobs, no hectares of forest
#           has the best of all, zero, or the worst; averages fall, and "below 5 %" is met.
# With us:  .dbf files are not read; what is missing is never zero (tests/test_status.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyogrio==0.13.0 numpy==2.4.6 dbfread==2.0.7
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5 shapefile@0.6.6

cat > map.py <<'PY'
import dbfread
import numpy
import pyogrio.raw

missing = numpy.array([False, True])
pyogrio.raw.write(
    "map.dbf",
    geometry=None,
    field_data=[numpy.array(["A", "B"], dtype=object), numpy.array([4.5, numpy.nan]), numpy.array([1200, 0], dtype="int32")],
    fields=["area", "poverty", "jobs"],
    field_mask=[None, missing, missing],
    driver="ESRI Shapefile",
)
print("dbfread:", [list(record.values()) for record in dbfread.DBF("map.dbf")])
PY
cat > map.js <<'JS'
const shapefile = require("shapefile");
const sheetjs = require("xlsx");

(async () => {
  const source = await shapefile.openDbf("map.dbf");
  const rows = [];
  for (let next = await source.read(); !next.done; next = await source.read()) rows.push(Object.values(next.value));
  console.log("shapefile:", JSON.stringify(rows));
  const sheet = Object.values(sheetjs.readFile("map.dbf").Sheets)[0];
  console.log("SheetJS:", JSON.stringify(sheetjs.utils.sheet_to_json(sheet, { header: 1 }).slice(1)));
})();
JS
{
  venv/bin/python map.py
  node map.js
} | tee seen
grep --quiet --fixed-strings "dbfread: [['A', 4.5, 1200], ['B', None, None]]" seen
grep --quiet --fixed-strings 'shapefile: [["A",4.5,1200],["B",null,null]]' seen
if ! grep --quiet --fixed-strings 'SheetJS: [["A",4.5,1200],["B",0,0]]' seen; then
  echo "changed: a field of asterisks is not 0" >&2
  exit 1
fi
echo "as described: no figure is zero"
