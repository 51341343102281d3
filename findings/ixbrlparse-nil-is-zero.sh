#!/bin/sh
# What:     ixbrlparse 0.12.0 (PyPI) on an Inline XBRL report with a fact that is nil (xsi:nil="true"): the report says that there is no
#           such figure.
# Expected: None, or no value, as the JSON of the same fact has null (xBRL-JSON 1.0); and 0 of the fact beside it, which is a dash with the
#           format of a zero.
# Seen:     0 for both, in .value and in to_table().
# Day:      2026-12-01
# Hurts:    journalists and analysts who collect companies' and public bodies' reports: emissions, jobs or women on the board that are not
#           reported become none at all, and the body that said nothing leads the list.
# With us:  XBRL is not read; what is missing is never zero (tests/test_status.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ixbrlparse==0.12.0

cat > report.xhtml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
      xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
      xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:e="http://example.org/e">
<head><title>Report</title></head>
<body>
<div style="display:none"><ix:header>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="e.xsd"/></ix:references>
<ix:resources>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://example.org">1</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2015-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="t"><xbrli:measure>e:tonnes</xbrli:measure></xbrli:unit>
</ix:resources></ix:header></div>
<p>Water <ix:nonFraction name="e:Water" contextRef="c" unitRef="t" decimals="0" format="ixt:num-dot-decimal">1,234</ix:nonFraction></p>
<p>Waste <ix:nonFraction name="e:Waste" contextRef="c" unitRef="t" decimals="0" format="ixt:fixed-zero">-</ix:nonFraction></p>
<p>Emissions <ix:nonFraction name="e:Emissions" contextRef="c" unitRef="t" xsi:nil="true"/></p>
</body>
</html>
XML
cat > facts.py <<'PY'
import ixbrlparse

with open("report.xhtml", encoding="utf-8") as stream:
    report = ixbrlparse.IXBRL(stream)
print("value:", [(fact.name, fact.value) for fact in report.numeric])
print("to_table:", [(row["name"], row["value"]) for row in report.to_table("numeric")])
PY
venv/bin/python facts.py | tee seen
if ! grep --quiet "^value: .*('Waste', 0), ('Emissions', 0)\]$" seen; then
  echo "changed: a nil fact is not 0" >&2
  exit 1
fi
echo "as described: what is not reported is none"
