#!/bin/sh
# What:     AlaSQL 4.19.1 (npm), MIN and MAX over a column with a missing figure, in one order of the rows and in another.
# Expected: SQL's rule: a missing one is passed over, and 0 is a number: of (missing, 0, 6) the least is 0, of (missing, 0, -3) the
#           greatest 0, whatever the order.
# Seen:     so, if the 0 comes first. If the missing figure comes first, every 0 after it is passed over, too: the least is 6, the
#           greatest -3; of (missing, 0) both are nothing. AVG, SUM and COUNT of the same rows have the 0.
# Day:      2026-12-01
# Hurts:    whoever shows a country's best and worst on a page: the province without a case is not the least, a change of 0 not the best of
#           the year; and whether it is depends on who stands above in the table.
# With us:  the figures of a promise are put in order by their periods, and 0 is a figure (tests/test_status.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund alasql@4.19.1

cat > extremes.js <<'JS'
const alasql = require("alasql");

for (const column of [[0, null, 6], [null, 0, 6], [0, null, -3], [null, 0, -3], [null, 0]]) {
  const [row] = alasql("SELECT MIN(x) AS low, MAX(x) AS high, AVG(x) AS mean, COUNT(x) AS n FROM ?", [column.map((x) => ({ x }))]);
  console.log(JSON.stringify(column), row.low, row.high, row.mean, row.n);
}
JS
node extremes.js | tee seen
for line in '[0,null,6] 0 6 3 2' '[0,null,-3] -3 0 -1.5 2'; do
  grep --quiet --fixed-strings --line-regexp "$line" seen
done
for line in '[null,0,6] 6 6 3 2' '[null,0,-3] -3 -3 -1.5 2' '[null,0] undefined undefined 0 1'; do
  if ! grep --quiet --fixed-strings --line-regexp "$line" seen; then
    echo "changed: a zero behind a missing figure counts" >&2
    exit 1
  fi
done
echo "as described: behind a missing figure, zero is no number"
