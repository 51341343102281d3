#!/bin/sh
# What:     Babel 2.19.0, `pybabel update`, on a .po file that Poedit keeps.
# Expected: a header that Babel does not know is left as it is, as msgmerge of GNU gettext leaves it.
# Seen:     every header that Babel does not know is gone after the update: X-Poedit-Basepath, X-Poedit-SearchPath-0, X-Generator.
#           Nothing is said, and the exit code is 0.
# Day:      2026-11-30
# Hurts:    translators who share a catalogue between Poedit and a build that runs Babel: after the first update Poedit no longer
#           finds the code that a text comes from, and a mark of one's own in the heading ("this language is partial") is lost.
# With us:  tests/catalogues.py keeps such a mark in the comment above the heading, which survives; a test reads it from there.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0

cat > vi.po <<'PO'
# Partial: a comment above the heading
msgid ""
msgstr ""
"Project-Id-Version: demo 1\n"
"Language: vi\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"X-Poedit-Basepath: ../src\n"
"X-Poedit-SearchPath-0: .\n"
"X-Generator: Poedit 3.4\n"

msgid "met"
msgstr "đạt"
PO
cat > demo.pot <<'PO'
msgid ""
msgstr ""
"Project-Id-Version: demo 1\n"
"Content-Type: text/plain; charset=utf-8\n"

msgid "met"
msgstr ""
PO
venv/bin/pybabel --quiet update --input-file=demo.pot --output-file=vi.po --locale=vi
cat vi.po
grep --quiet 'msgstr "đạt"' vi.po
grep --quiet '^# Partial: a comment above the heading$' vi.po
if grep --quiet 'X-Poedit\|X-Generator' vi.po; then
  echo "changed: a header that Babel does not know is kept" >&2
  exit 1
fi
echo "as described: the headers of Poedit are gone"
