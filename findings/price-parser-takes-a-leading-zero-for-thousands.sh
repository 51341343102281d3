#!/bin/sh
# What:     price-parser 0.5.1, Price.fromstring, on amounts of less than one with three decimals, as budgets in billions have them:
#           "0.500 tỷ đồng" (half a billion dong), "0,125 million EUR".
# Expected: 0.5 and 0.125: no number of thousands begins with a zero.
# Seen:     500 and 125, a thousand times as much. With one, two or four decimals ("0.50", "0.1250") the point is a decimal one.
# Day:      2026-12-01
# Hurts:    whoever takes amounts out of decisions and budget tables: of a column of billions exactly the small programs with three decimals
#           become the largest, and their neighbours stay right.
# With us:  a number that begins with 0 and a separator has one reading (tests/test_number.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check price-parser==0.5.1
venv/bin/python - <<'PY' | tee seen
from price_parser import Price

for text in ("0.500 tỷ đồng", "0,125 million EUR", "0.50 tỷ đồng", "0.1250 tỷ đồng"):
    print(f"{text}: {Price.fromstring(text).amount}")
PY
grep --quiet '^0.50 tỷ đồng: 0.50$' seen
grep --quiet '^0.1250 tỷ đồng: 0.1250$' seen
if ! grep --quiet '^0.500 tỷ đồng: 500$' seen || ! grep --quiet '^0,125 million EUR: 125$' seen; then
  echo "changed: 0.500 is no longer five hundred" >&2
  exit 1
fi
echo "as described: half a billion is five hundred"
