#!/bin/sh
# What:     python-docx 1.2.0, Paragraph.text, on a .docx whose "≥" was put in by Word's Insert > Symbol from the font Symbol (w:sym with
#           the letter F0B3), as it stands in plans that were typed before fonts had the sign.
# Expected: "≥", as mammoth 1.13.0 gives it, or any sign that something stood there.
# Seen:     nothing: "≥ 95 % of communes" is " 95 % of communes", "± 2" is " 2".
# Day:      2026-12-01
# Hurts:    whoever takes promises from the text of a decision: "at least", "at most" and "about" are not there, and a promise with one end
#           is quoted as a promise of exactly that number.
# With us:  .docx files are not read; targets are typed with the words of their source as quote.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0

cat > symbol.py <<'PY'
import zipfile

import docx
import mammoth

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def paragraph(sign, text):
    return f'<w:p><w:r><w:sym w:font="Symbol" w:char="{sign}"/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p>'


body = paragraph("F0B3", "95 % of communes") + paragraph("F0A3", "3 % a year") + paragraph("F0B1", "2")
with zipfile.ZipFile("plan.docx", "w") as file:
    file.writestr(
        "[Content_Types].xml",
        f'{HEAD}<Types xmlns="{OPEN}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    )
    file.writestr(
        "_rels/.rels",
        f'{HEAD}<Relationships xmlns="{OPEN}/package/2006/relationships"><Relationship Id="r1" Type="{OPEN}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    )
    file.writestr("word/document.xml", f'{HEAD}<w:document xmlns:w="{MAIN}"><w:body>{body}<w:sectPr/></w:body></w:document>')

with open("plan.docx", "rb") as stream:
    print("mammoth:", ascii(mammoth.extract_raw_text(stream).value.split("\n\n")[:3]))
print("python-docx:", ascii([each.text for each in docx.Document("plan.docx").paragraphs]))
PY
venv/bin/python symbol.py | tee seen
grep --quiet --fixed-strings "mammoth: ['\u2265 95 % of communes', '\u2264 3 % a year', '\xb1 2']" seen
if ! grep --quiet --fixed-strings "python-docx: [' 95 % of communes', ' 3 % a year', ' 2']" seen; then
  echo "changed: python-docx says that a symbol stands there" >&2
  exit 1
fi
echo "as described: what a promise is at least, it is"
