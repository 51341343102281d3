"""Within: a year and a part of it, which stand in two columns, as one text that says the period."""

from __future__ import annotations

import re

from targettrack.program.names import fold
from targettrack.recording import vocabulary

SIGNS = {"quarter": "Q", "half": "S", "month": "M"}
"""The columns of the parts of a year, and how these are written."""
_ROMAN = {
    name: at for at, name in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)
}
_WORDS = {
    "M": r"(?:m|t|th|tháng|month|monat|mois)",
    "Q": r"(?:q|qtr|quý|quí|quarter|quartal|trimestre)",
    "S": r"(?:s|h|half|semester|semestre|halbjahr)",
}
"""What may stand before the number of a part, in a column of such parts."""


def joined(year: str, sign: str, part: str, *, fiscal: bool) -> str:
    """A year, of a column of ``fiscal`` ones perhaps, and a part of it: ``sign`` is that of its column (``M`` of months), ``part`` what it says there, empty for the whole year."""
    bare, text = year.removesuffix(".0"), part.strip().removesuffix(".0")
    whole = f"FY{bare}" if fiscal and re.fullmatch("[0-9]{4}", bare) else bare
    if not text or fold(text) in vocabulary.WHOLE_YEAR:
        return whole
    if not fiscal and re.search(rf"(?<![0-9]){re.escape(bare)}(?![0-9])", text):
        return text
    if (number := _number(sign, text)) is not None:
        return f"{whole}M{number}" if sign == "M" else f"{whole}-{sign}{number}"
    if re.fullmatch("(?i)[QSH][1-4]", text):
        return f"{whole}-{text.upper()}"
    return f"{part} {whole}"


def _number(sign: str, text: str) -> int | None:
    """The number of a part, in digits or as a Roman one, with a word for such parts or without."""
    match = re.fullmatch(rf"(?i)(?:{_WORDS[sign]}\.?\s*)?(?P<number>[0-9]{{1,2}}|[IVX]{{1,4}})", text) if sign else None
    if match is None:
        return None
    return int(match["number"]) if match["number"].isdigit() else _ROMAN.get(match["number"].upper())
