#!/bin/sh
# What:     sav-reader 2.0.8 (npm), readAllRows, of a buffer with an SPSS file of 1000 rows that is compressed by rows; the file is
#           written by pyreadstat 1.3.8 (ReadStat, which R's haven writes by, too).
# Expected: 1000 rows, as polars-readstat 0.25.0 and pyreadstat read them, and as the file's own header says (n_cases).
# Seen:     one row, and no error. The same table without compression has its 1000 rows.
# Day:      2026-12-01
# Hurts:    whoever shows a survey on a page, or counts in JavaScript: of a thousand areas the first one is the whole country.
# With us:  .sav files are not read.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyreadstat==1.3.8 pandas==3.1.1 polars-readstat==0.25.0 polars==2.1.0
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund sav-reader@2.0.8

cat > survey.py <<'PY'
import pandas
import polars_readstat
import pyreadstat

table = pandas.DataFrame({"area": [f"P{number}" for number in range(1000)], "poverty": [number / 4 for number in range(1000)]})
for name, short in (("plain.sav", False), ("short.sav", True)):
    pyreadstat.write_sav(table, name, row_compress=short)
    rows = len(pyreadstat.read_sav(name)[0]), polars_readstat.scan_readstat(name).collect().height
    print(f"{name}: pyreadstat {rows[0]}, polars-readstat {rows[1]}")
PY
cat > survey.js <<'JS'
const { readFileSync } = require("node:fs");
const { SavBufferReader } = require("sav-reader");

(async () => {
  for (const name of ["plain.sav", "short.sav"]) {
    const file = new SavBufferReader(readFileSync(name));
    await file.open();
    console.log(`${name}: sav-reader ${(await file.readAllRows()).length} of ${file.meta.header.n_cases}`);
  }
})();
JS
{
  venv/bin/python survey.py
  node survey.js
} | tee seen
grep --quiet '^short.sav: pyreadstat 1000, polars-readstat 1000$' seen
grep --quiet '^plain.sav: sav-reader 1000 of 1000$' seen
if ! grep --quiet '^short.sav: sav-reader 1 of 1000$' seen; then
  echo "changed: sav-reader reads another number of rows" >&2
  exit 1
fi
echo "as described: one row of a thousand"
