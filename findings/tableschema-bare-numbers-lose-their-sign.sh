#!/bin/sh
# What:     the same Data Package descriptor (a number with "bareNumber": false, which says that units stand beside it) in the two Python
#           libraries of Frictionless: tableschema 1.21.0 (below datapackage 1.15.4 and dataflows) and frictionless 5.21.0.
# Expected: "-5 %" is -5, ".5 %" is 0.5, and "−5 %" with a real minus sign (U+2212) is -5 or an error.
# Seen:     tableschema: 5, 5 and 5. frictionless: -5, 5 and 5. Everything before the first digit counts as unit: in tableschema the hyphen
#           too, in both the decimal point and the minus sign. No error.
# Day:      2026-12-01
# Hurts:    whoever reads a published package of growth rates or gaps: a fall of 5 % is a rise of 5 %, half a percent is 5 %, and the two
#           libraries differ.
# With us:  a package is written with bare numbers, the unit in a column of its own (tests/test_exchange.py), and read by our own reader.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tableschema==1.21.0 frictionless==5.21.0

cat > bare.py <<'PY'
import frictionless
import tableschema

FIELD = {"name": "growth", "type": "number", "bareNumber": False}
TEXTS = ("-5 %", ".5 %", "\u22125 %")
print("tableschema:", *(tableschema.Field(dict(FIELD)).cast_value(each) for each in TEXTS))
print("frictionless:", *(frictionless.Field.from_descriptor(dict(FIELD)).read_cell(each)[0] for each in TEXTS))
PY
venv/bin/python -W ignore bare.py | tee seen
if ! grep --quiet '^tableschema: 5 5 5$' seen || ! grep --quiet '^frictionless: -5 5 5$' seen; then
  echo "changed: a sign or a point before a number counts" >&2
  exit 1
fi
echo "as described: a fall is a rise"
