#!/bin/sh
# What:     text2num 3.1.0 (PyPI), alpha2digit, on decimals of millions and thousands as people say them, in French and Portuguese:
#           "trois virgule cinq millions d'euros", "três vírgula cinco milhões de euros".
# Expected: 3500000 or "3,5 millions"; the same words as whole numbers, "trois millions", are 3000000.
# Seen:     "3,5000000 d'euros": the million is set behind the decimals, where it says nothing. Three and a half with seven decimals.
# Day:      2026-12-01
# Hurts:    journalists who search transcripts of councils and parliaments for figures, which is what the package is made for: a budget of
#           3.5 million is one of 3.5, beside others of 3000000, and sorts, sums and charts follow.
# With us:  numbers in words are not read; the words of a source are quoted as they are.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check text2num==3.1.0

cat > speech.py <<'PY'
from text_to_num import alpha2digit

print(alpha2digit("trois millions d'euros", "fr"))
print(alpha2digit("trois virgule cinq millions d'euros", "fr"))
print(alpha2digit("três vírgula cinco milhões de euros", "pt"))
PY
venv/bin/python speech.py | tee seen
grep --quiet --fixed-strings --line-regexp "3000000 d'euros" seen
for line in "3,5000000 d'euros" "3,5000000 de euros"; do
  if ! grep --quiet --fixed-strings --line-regexp "$line" seen; then
    echo "changed: decimals of millions are read otherwise" >&2
    exit 1
  fi
done
echo "as described: three and a half million are 3,5000000"
