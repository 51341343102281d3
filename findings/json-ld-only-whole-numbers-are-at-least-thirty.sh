#!/bin/sh
# What:     jsonld 9.0.0 (npm, toRDF) turns a JSON-LD file into RDF, oxigraph 0.5.11 (npm) is asked by SPARQL how many of its areas have at
#           least 30. The file's context says that the figures are xsd:decimal, as statistical offices' cubes do; they are 34.1, 30,
#           45.5 and 29.9.
# Expected: 3, as rdflib 7.6.0 (PyPI) answers from the same RDF.
# Seen:     1. JSON-LD's rule writes a JSON number with decimals as a double, "3.41E1", and puts the type of the context on it; no
#           xsd:decimal may have an exponent. oxigraph takes such a literal for no number and leaves its area out, whole numbers stay. The
#           sum is unbound; the greatest value is 2.99E1. No error anywhere.
# Day:      2026-12-01
# Hurts:    whoever publishes a data cube or a table of targets as JSON-LD and counts who kept the promise: only areas with a round figure
#           are counted, and that the two tools disagree is seen by nobody who uses one.
# With us:  no JSON-LD is written or read.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check rdflib==7.6.0
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund jsonld@9.0.0 oxigraph@0.5.11

cat > cube.js <<'JS'
import { writeFileSync } from "node:fs";
import jsonld from "jsonld";
import oxigraph from "oxigraph";

const file = {
  "@context": { share: { "@id": "http://example.org/share", "@type": "http://www.w3.org/2001/XMLSchema#decimal" } },
  "@graph": [["a", 34.1], ["b", 30], ["c", 45.5], ["d", 29.9]].map(([area, share]) => ({ "@id": `http://example.org/${area}`, share })),
};
const quads = await jsonld.toRDF(file, { format: "application/n-quads" });
writeFileSync("cube.nt", quads);
console.log(quads.trim());
const store = new oxigraph.Store();
store.load(quads, { format: "application/n-quads" });
const asked = (query) => store.query(query).map((row) => row.get("n")?.value);
console.log("oxigraph, at least 30:", ...asked("SELECT (COUNT(*) AS ?n) { ?area <http://example.org/share> ?share FILTER(?share >= 30) }"));
console.log("oxigraph, sum:", ...asked("SELECT (SUM(?share) AS ?n) { ?area <http://example.org/share> ?share }"));
JS
cat > cube.py <<'PY'
import rdflib

graph = rdflib.Graph().parse("cube.nt", format="nt")
query = "SELECT (COUNT(*) AS ?n) { ?area <http://example.org/share> ?share FILTER(?share >= 30) }"
print("rdflib, at least 30:", *(row.n for row in graph.query(query)))
PY
{
  node cube.js
  venv/bin/python cube.py
} | tee seen
grep --quiet --fixed-strings '"3.41E1"^^<http://www.w3.org/2001/XMLSchema#decimal>' seen
grep --quiet '^rdflib, at least 30: 3$' seen
if ! grep --quiet '^oxigraph, at least 30: 1$' seen || ! grep --quiet '^oxigraph, sum: undefined$' seen; then
  echo "changed: decimals of JSON-LD are counted" >&2
  exit 1
fi
echo "as described: only whole numbers are at least thirty"
