#!/bin/sh
# What:     polars-readstat 0.25.0 (PyPI) on a Stata file whose time is a year (%ty), a quarter (%tq) or a month (%tm), as Stata's own
#           yearly, quarterly and monthly figures are; the file is written by pandas 3.1.1, to_stata.
# Expected: 2015, the third quarter and July of 2015, as pandas reads them; or the bare numbers 2015, 222 and 666, as pyreadstat 1.3.8 does.
# Seen:     dates: 1965-07-08, 1960-08-10 and 1961-10-28. Every kind of time is counted in days since 1960. Nothing is said.
# Day:      2026-12-01
# Hurts:    whoever reads a statistical office's or a university's panel of figures by years: fifty years later, all of 2010 to 2020 lie
#           within eleven days of July 1965, each figure under another date, and joined or grouped by year they are one year.
# With us:  .dta files are not read; a year is a period, not a day (tests/test_period.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars-readstat==0.25.0 polars==2.1.0 pandas==3.1.1 pyreadstat==1.3.8

cat > panel.py <<'PY'
import pandas
import polars_readstat
import pyreadstat

day = pandas.to_datetime(["2015-07-01"])
table = pandas.DataFrame({"year": pandas.to_datetime(["2015-01-01"]), "quarter": day, "month": day, "day": day, "value": [4.5]})
kinds = {"year": "ty", "quarter": "tq", "month": "tm", "day": "td"}
table.to_stata("panel.dta", write_index=False, convert_dates=kinds, version=118)

print("pandas:", *(str(each)[:10] for each in pandas.read_stata("panel.dta").iloc[0]))
print("pyreadstat:", *pyreadstat.read_dta("panel.dta")[0].iloc[0])
print("polars-readstat:", *(str(each)[:10] for each in polars_readstat.scan_readstat("panel.dta").collect().row(0)))
PY
venv/bin/python panel.py | tee seen
grep --quiet '^pandas: 2015-01-01 2015-07-01 2015-07-01 2015-07-01 4.5$' seen
grep --quiet '^pyreadstat: 2015.0 222.0 666.0 2015-07-01 4.5$' seen
if ! grep --quiet '^polars-readstat: 1965-07-08 1960-08-10 1961-10-28 2015-07-01 4.5$' seen; then
  echo "changed: years, quarters and months of Stata are read as such" >&2
  exit 1
fi
echo "as described: the year 2015 is a day in July 1965"
