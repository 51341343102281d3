#!/bin/sh
# What:     ocdsmerge 0.8.0, Merger.create_compiled_release, on two releases of one contract (Open Contracting Data Standard) whose dates
#           have different offsets, as the standard's date-time allows: 2015-01-02T01:00:00Z says 200, half an hour before it
#           2015-01-01T19:30:00-05:00 said 100.
# Expected: the compiled release has the amount of the later one, 200.
# Seen:     the same; but of 2015-01-01T23:30:00-05:00, which is half past four of the second of January and the later one, the amount is
#           not taken: dates are put in order as texts, by their letters. The compiled release has the older amount and the older date.
# Day:      2026-12-01
# Hurts:    journalists who follow what a contract costs: of two publishers, or of one before and after a change to UTC, the amendment that
#           raised the price is not in the compiled record, which is the one that everybody reads.
# With us:  OCDS is not read; dates of sources are calendar days, without a time.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ocdsmerge==0.8.0

cat > merge.py <<'PY'
from datetime import datetime

import ocdsmerge

CONTRACTS = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
merger = ocdsmerge.Merger({"type": "object", "properties": {"contracts": CONTRACTS}})


def release(number, date, amount):
    contract = {"id": "c", "value": {"amount": amount, "currency": "USD"}}
    return {"ocid": "ocds-000000-1", "id": number, "date": date, "tag": ["contract"], "contracts": [contract]}


for here in ("2015-01-01T19:30:00-05:00", "2015-01-01T23:30:00-05:00"):
    releases = [release("1", here, 100), release("2", "2015-01-02T01:00:00Z", 200)]
    latest = max(releases, key=lambda each: datetime.fromisoformat(each["date"]))
    compiled = merger.create_compiled_release(releases)
    print(here, "latest:", latest["contracts"][0]["value"]["amount"], "compiled:", compiled["contracts"][0]["value"]["amount"])
PY
venv/bin/python merge.py | tee seen
grep --quiet '^2015-01-01T19:30:00-05:00 latest: 200 compiled: 200$' seen
if ! grep --quiet '^2015-01-01T23:30:00-05:00 latest: 100 compiled: 200$' seen; then
  echo "changed: releases are ordered by the instant" >&2
  exit 1
fi
echo "as described: the amendment of the evening is overruled by what was said before it"
