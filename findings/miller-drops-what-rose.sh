#!/bin/sh
# What:     Miller 6.6.0 (Debian 12), mlr stats1, on a column of changes as offices print them: "+5", "-3", "+4.5".
# Expected: +5 is the number 5, as -3 is -3: a sum of 6.5 of three, a mean of 2.17.
# Seen:     what has a plus is a text and is passed over: the sum is -3, the mean is -3 (and the count is 3). A filter for changes above 0
#           finds nobody. No word, exit 0.
# Day:      2026-12-01
# Hurts:    whoever adds up changes on the previous year: what fell is counted, what rose is not, and a country that gained is reported
#           as one that lost.
# With us:  a number may have its plus sign, in tables too (tests/test_number.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download --quiet=2 miller=6.6.0-2+b3 2> said || { cat said >&2; exit 1; }
dpkg-deb --extract miller_*.deb .

printf 'area,change\nA,+5\nB,-3\nC,+4.5\n' > change.csv
usr/bin/mlr --icsv --ocsv stats1 -a sum,mean,count -f change change.csv | tee seen
usr/bin/mlr --icsv --ocsv filter '$change > 0' change.csv | tee rose
if [ "$(tail -n 1 seen)" != "-3,-3,3" ] || test -s rose; then
  echo "changed: +5 is a number" >&2
  exit 1
fi
echo "as described: what fell is counted, what rose is not"
