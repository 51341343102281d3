#!/bin/sh
# What:     @zazuko/rdf-parser-csvw 0.17.0 (npm) on a table whose metadata (CSV on the Web) say that its decimals have a comma and its
#           thousands a point: "format": {"decimalChar": ",", "groupChar": "."}.
# Expected: 2.500 jobs are 2500, as csvw 4.1.1 (PyPI) reads the same two files.
# Seen:     "2.500"^^xsd:decimal, which is two and a half; of 1.250.000 and 3.500,5 literals that are no decimals at all. The format is
#           heeded for dates only. Nothing is said.
# Day:      2026-12-01
# Hurts:    whoever publishes the table of an office of Germany, Vietnam, Brazil or Indonesia as linked data: figures between a thousand and
#           a million are a thousandth of themselves, and valid.
# With us:  CSVW is not read; "2.500" is asked about, with both readings (tests/test_number.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvw==4.1.1
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund @zazuko/rdf-parser-csvw@0.17.0 @zazuko/env-node@3.0.0 n3@2.13.12

printf 'area,jobs\nNord,2.500\nSud,1.250.000\nWest,"3.500,5"\n' > jobs.csv
cat > jobs.csv-metadata.json <<'JSON'
{
  "@context": "http://www.w3.org/ns/csvw",
  "url": "jobs.csv",
  "tableSchema": {
    "aboutUrl": "http://example.org/{area}",
    "columns": [
      {"name": "area", "titles": "area", "datatype": "string"},
      {
        "name": "jobs",
        "titles": "jobs",
        "propertyUrl": "http://example.org/jobs",
        "datatype": {"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}
      }
    ]
  }
}
JSON
cat > jobs.py <<'PY'
import csvw

print("csvw:", *(row["jobs"] for row in csvw.CSVW("jobs.csv-metadata.json").tables[0]))
PY
cat > jobs.js <<'JS'
import { createReadStream } from "node:fs";
import env from "@zazuko/env-node";
import Csvw from "@zazuko/rdf-parser-csvw";
import { Parser } from "n3";

// The same metadata, as the parser takes them: as RDF
const metadata = `@prefix csvw: <http://www.w3.org/ns/csvw#> .
[] a csvw:Table ; csvw:url "jobs.csv" ; csvw:tableSchema [ csvw:aboutUrl "http://example.org/{area}" ; csvw:column (
  [ csvw:name "area" ; csvw:title "area" ; csvw:datatype "string" ]
  [ csvw:name "jobs" ; csvw:title "jobs" ; csvw:propertyUrl "http://example.org/jobs" ;
    csvw:datatype [ csvw:base "decimal" ; csvw:format [ csvw:decimalChar "," ; csvw:groupChar "." ] ] ] ) ] .`;
const parser = new Csvw({ metadata: env.dataset(new Parser().parse(metadata)), baseIRI: "http://example.org/", factory: env });
for await (const quad of parser.import(createReadStream("jobs.csv"))) {
  if (quad.predicate.value === "http://example.org/jobs") console.log(`"${quad.object.value}"^^${quad.object.datatype.value}`);
}
JS
{
  venv/bin/python jobs.py
  node jobs.js
} | tee seen
grep --quiet '^csvw: 2500 1250000 3500.5$' seen
for literal in 2.500 1.250.000 3.500,5; do
  if ! grep --quiet --fixed-strings --line-regexp "\"$literal\"^^http://www.w3.org/2001/XMLSchema#decimal" seen; then
    echo "changed: the format of numbers is heeded" >&2
    exit 1
  fi
done
echo "as described: 2.500 jobs are two and a half"
