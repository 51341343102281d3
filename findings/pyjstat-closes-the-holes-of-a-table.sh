#!/bin/sh
# What:     pyjstat 2.4.0, Dataset.read(DataFrame).write(), of a table in which one province has no figure for one year (a row is not there,
#           as in every table that an office keeps); and jsonstat-toolkit 2.2.2, which reads what was written.
# Expected: a null at the place of the missing figure, or the figures by their places, as JSON-stat 2 has both.
# Seen:     "size" says 2 x 2, "value" has the 3 figures one after the other. The reader of the other library takes them by their places:
#           the province that has nothing for 2020 has there its figure of 2021, and nothing for 2021. Nothing is said on either side.
# Day:      2026-12-01
# Hurts:    whoever publishes figures of provinces or sexes as JSON-stat from pandas: each figure behind a hole belongs to another year or
#           another province for those who read it, and looks as sound as the rest.
# With us:  import refuses a JSON-stat file whose values are not as many as its dimensions make, with both numbers (tests/test_json_stat.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyjstat==2.4.0 pandas==3.1.1
npm install --silent --no-fund --no-audit jsonstat-toolkit@2.2.2 > npm.log

cat > written.py <<'PY'
import pandas
from pyjstat import pyjstat

rows = [("Ha Noi", "2020", 10), ("Ha Noi", "2021", 11), ("Hai Phong", "2021", 21)]
print(pyjstat.Dataset.read(pandas.DataFrame(rows, columns=["province", "year", "value"])).write())
PY
cat > read.js <<'JS'
const toolkit = require("jsonstat-toolkit");
const read = toolkit.default || toolkit;
const table = read(JSON.parse(require("fs").readFileSync("written.json", "utf8")));
for (const province of ["Ha Noi", "Hai Phong"])
  for (const year of ["2020", "2021"]) console.log(`${province} ${year}: ${table.Data({ province, year }).value}`);
JS
venv/bin/python written.py > written.json
node read.js | tee seen
if ! grep --quiet '^Hai Phong 2020: 21$' seen || ! grep --quiet '^Hai Phong 2021: undefined$' seen; then
  echo "changed: a table with a hole is written otherwise, or read otherwise" >&2
  exit 1
fi
echo "as described: Hai Phong has its figure of 2021 in 2020"
