#!/bin/sh
# What:     docx2txt 0.9, process, on a .docx with a range that is held together by Word's non-breaking hyphen (Ctrl+Shift+_; an element of
#           its own, w:noBreakHyphen, and no letter).
# Expected: a hyphen, as python-docx 1.2.0 ("30-35 %") and mammoth 1.13.0 (U+2011) give it.
# Seen:     nothing: the two ends stand side by side, "3035 % by 2015". Exit 0.
# Day:      2026-12-01
# Hurts:    whoever searches plans and decisions for their targets by a script: a promise of 30 to 35 % is read as one of 3035 %, one of
#           5-7 thousand jobs as one of 57 thousand, and a year range 2011-2015 as 20112015. The second of these nobody would doubt.
# With us:  .docx files are not read; targets are typed with the words of their source as quote.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check docx2txt==0.9 python-docx==1.2.0 mammoth==1.13.0

cat > hyphen.py <<'PY'
import zipfile

import docx
import docx2txt
import mammoth

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def paragraph(*parts):
    return f"<w:p>{'<w:r><w:noBreakHyphen/></w:r>'.join(map(RUN.format, parts))}</w:p>"


body = paragraph("30", "35 % by 2015") + paragraph("5", "7 thousand jobs")
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

print("python-docx:", [each.text for each in docx.Document("plan.docx").paragraphs])
with open("plan.docx", "rb") as stream:
    print("mammoth:", ascii(mammoth.extract_raw_text(stream).value.split("\n\n")[:2]))
print("docx2txt:", docx2txt.process("plan.docx").split("\n\n"))
PY
venv/bin/python hyphen.py | tee seen
grep --quiet --fixed-strings "python-docx: ['30-35 % by 2015', '5-7 thousand jobs']" seen
grep --quiet --fixed-strings "mammoth: ['30\u201135 % by 2015', '5\u20117 thousand jobs']" seen
if ! grep --quiet --fixed-strings "docx2txt: ['3035 % by 2015', '57 thousand jobs']" seen; then
  echo "changed: docx2txt keeps the hyphen of a range" >&2
  exit 1
fi
echo "as described: the ends of a range are one number"
