"""Vocabulary: the words that tables use for columns, for what is missing, for quality and for plans, in English, Vietnamese, German and French, and as codes; the plain ones of columns in Spanish, Portuguese, Italian and Dutch too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal, TypeAlias, cast

from targettrack.program.model import Direction
from targettrack.program.names import fold

FlagMeaning: TypeAlias = Literal["final", "provisional", "estimate", "series break", "missing", "plan", "note"]
"""What a flag says of its figure; a ``plan`` is no figure of what happened, a ``note`` is kept as a remark."""

MISSING: frozenset[str] = frozenset(
    {
        *("", "..", "...", "…", ":", "-", "–", "—", "−", "--", "---", ".", "/", "x", "X", "c", "z"),
        *("n/a", "N/A", "n.a.", "N.A.", "n.a", "na", "NA", "n/d", "N/D", "n.d.", "nd", "ND", "n.v.", "k.A.", "k. A."),
        *("null", "NULL", "Null", "none", "None", "NaN", "nan", "missing", "Missing", "not available", "Not available"),
        *("[x]", "[c]", "[z]", "[w]", "[..]", "không có", "Không có", "chưa có", "Chưa có", "không có số liệu"),
        *("confidential", "Confidential", "keine Angabe", "keine Angaben", "non disponible"),
    }
)
"""What stands for no figure, as it is written. In some offices ``-`` and ``–`` are an exact zero (``MAYBE_ZERO``)."""

MAYBE_ZERO: frozenset[str] = frozenset({"-", "–", "—", "−", "--", "---"})
"""Signs of ``MISSING`` that are an exact zero in some offices; they are taken for no figure, and are to be named."""

_ROLES: Mapping[str, str] = {
    "period": "period|time|time_period|time period|reference period|ref_period|reporting period|fiscal period|date|"
    "reference date|ref_date|thời gian|thời kỳ|kỳ|kỳ báo cáo|kỳ số liệu|giai đoạn|ngày|zeit|zeitraum|berichtszeitraum|datum|"
    "stichtag|période|temps|date de référence|actual_period|actual period|periodo|período|perioden|periode",
    "year": "year|years|yr|calendar year|fiscal_yr|fiscal year|fiscalyear|fy|reporting year|reference year|năm|năm báo cáo|năm tài chính|jahr|"
    "jahre|berichtsjahr|haushaltsjahr|année|annee|an|exercice|año|ano|anno|jaar",
    "half": "half|half year|semester|half-year|nửa năm|6 tháng|halbjahr|semestre|halfjaar",
    "quarter": "quarter|qtr|fiscal_qtr|fiscal quarter|quý|quartal|trimestre|kwartaal",
    "month": "month|tháng|monat|mois|mes|mês|mese|maand",
    "value": "value|values|obs_value|observation value|observation|obsvalue|figure|figures|actual|actual value|actual_value|actual_result|actual_result_en|"
    "actual result|value_current|current value|current_value|numeric value|numericvalue|result value|data value|datavalue|"
    "giá trị|số liệu|trị số|thực hiện|kết quả|kết quả thực hiện|số thực hiện|"
    "wert|messwert|istwert|ist|ist-wert|valeur|valeur réelle|résultat réel|réalisé|valor|valore|waarde",
    "low": "low|lower|lower bound|lowerbound|conf_low|ci_low|lower confidence limit|cận dưới|untergrenze|borne inférieure",
    "high": "high|upper|upper bound|upperbound|conf_high|ci_high|upper confidence limit|cận trên|obergrenze|borne supérieure",
    "indicator": "indicator|indicators|indicator name|indicator_name|indicator code|indicator_code|indicator id|indicator_id|series|series name|"
    "series code|series_code|seriesdescription|seriescode|measure|metric|variable|kpi|chỉ tiêu|tên chỉ tiêu|chỉ số|mã chỉ tiêu|"
    "indikator|indikatoren|kennzahl|merkmal|reihe|zeitreihe|indicateur|indicateurs|série|mesure|indicador|indicadores|indicatore",
    "unit": "unit|units|unit of measure|unit_measure|unitmeasure|unit_of_measure|measurement unit|uom|đvt|đ.v.t|đơn vị|đơn vị tính|einheit|einheiten|"
    "maßeinheit|unité|unités|unité de mesure|unidad|unidad de medida|unidade|unidade de medida|unità|unità di misura|eenheid",
    "multiplier": "unit_mult|unitmult|unit multiplier|unit_multiplier|multiplier|power code|powercode|scalar_id|scalar factor",
    "flag": "flag|flags|flag codes|flag code|obs_status|obs_flag|observation status|status code|symbol|data status|quality|chất lượng|tình trạng số liệu|"
    "qualität|qualité|statut de l'observation|drapeau|conf_status|confidentiality",
    "note": "note|notes|comment|comments|remark|remarks|footnote|footnotes|comment_obs|comment_ts|obs_comment|ghi chú|chú thích|diễn giải|anmerkung|"
    "anmerkungen|bemerkung|bemerkungen|kommentar|fußnote|fußnoten|remarque|remarques|commentaire|commentaires|explanation_en|explanation",
    "source": "source|sources|data source|datasource|source name|nguồn|nguồn số liệu|nguồn dữ liệu|quelle|quellen|datenquelle|source des données",
    "published": "published|publication date|date published|release date|last update|last updated|lastupdated|ngày công bố|ngày phát hành|veröffentlicht|"
    "veröffentlichungsdatum|publié|date de publication",
    "page": "page|pages|trang|seite|seiten",
    "quote": "quote|quotation|trích dẫn|trích nguyên văn|zitat|citation",
}
"""Headers of columns of figures, by the role that they have."""

_TARGET_ROLES: Mapping[str, str] = {
    "name": "name|name_en|title|indicator|indicator name|indicator_name|target name|chỉ tiêu|tên chỉ tiêu|tên|mục tiêu cụ thể|indikator|bezeichnung|"
    "indicateur|nom|intitulé|measure_name|metric|kpi|goal",
    "id": "id|indicator_id|indicator id|indicator code|indicator_code|code|stable_id|mã|mã số|mã chỉ tiêu|kennung|related_goal_id",
    "target": "target|target value|target_value|value_target|target_result|goal value|target_narrative|target_narrative_en|target text|"
    "mục tiêu|giá trị mục tiêu|kế hoạch|chỉ tiêu kế hoạch|chỉ tiêu giao|ziel|zielwert|soll|sollwert|cible|valeur cible|objectif",
    "min": "target_min|target min|minimum target|minimum|min|lower target|mục tiêu tối thiểu|tối thiểu|mindestwert|minimum visé",
    "max": "target_max|target max|maximum target|maximum|max|upper target|mục tiêu tối đa|tối đa|höchstwert|maximum visé",
    "kind": "target_type|target type|indicator_type|indicator type|loại mục tiêu|zieltyp|type de cible",
    "unit": _ROLES["unit"] + "|target_unit|target unit",
    "baseline": "baseline|baseline value|baseline_value|value_start|start value|starting value|base value|giá trị gốc|giá trị cơ sở|hiện trạng|"
    "số liệu gốc|đầu kỳ|ausgangswert|basiswert|référence|valeur de référence|valeur de base",
    "baseline_period": "baseline period|baseline_period|baseline year|baseline_year|base year|base_year|baseline date|baseline_date|năm gốc|năm cơ sở|"
    "kỳ gốc|basisjahr|ausgangsjahr|bezugsjahr|année de référence|année de base",
    "by": "by|due|due date|due_date|deadline|target date|target_date|by when|date to achieve|date to achieve target|target period|"
    "thời hạn|hạn|hạn hoàn thành|thời hạn hoàn thành|thời gian hoàn thành|đến năm|frist|bis|termin|échéance|date cible|date limite",
    "by_year": "target_year|target year|year due|due year|năm mục tiêu|năm hoàn thành|zieljahr|année cible",
    "by_month": "target_month|target month|month due|due month|tháng hoàn thành|zielmonat|mois cible",
    "set_on": "set on|set_on|date set|adopted|adopted on|approved on|approval date|date adopted|ngày ban hành|ngày phê duyệt|ngày đặt mục tiêu|"
    "beschlossen am|festgelegt am|fixé le|date d'adoption",
    "direction": "direction|desired direction|desired_direction|seeking to|seeking_to|seeking_to_en|polarity|trend desired|ascending|hướng|chiều hướng|"
    "xu hướng mong muốn|richtung|zielrichtung|gewünschte richtung|sens|sens souhaité",
    "definition": "definition|description|description_en|methodology|methodology_en|calculation|định nghĩa|khái niệm|phương pháp tính|mô tả|"
    "beschreibung|définition|méthodologie",
    "responsible": "responsible|owner|related_owner|lead|lead agency|agency|department|dept|organization|organisation|responsible body|"
    "cơ quan|cơ quan chủ trì|đơn vị chủ trì|đơn vị thực hiện|cơ quan chịu trách nhiệm|chủ trì|zuständig|zuständigkeit|verantwortlich|"
    "ressort|responsable|ministère",
    "value": "actual|actual value|actual result|actual_result|actual_result_en|value_current|current value|result|thực hiện|kết quả|istwert|résultat réel",
    "value_period": "actual period|actual_period|date of actual|năm số liệu|fiscal_yr|fiscal year|year|năm",
    "quarter": "fiscal_qtr|fiscal quarter|quarter|quý",
    "source": _ROLES["source"] + "|văn bản|quyết định|căn cứ|rechtsgrundlage|base légale",
    "note": _ROLES["note"],
    "status": "status|status_key|status_color|progress_pct_target_status|trạng thái|tình trạng",
}
"""Headers of a table of targets, those of GC InfoBase's and performance.gov's files among them, by what they say."""

_FLAGS: Mapping[FlagMeaning, str] = {
    "final": "final|a|normal|normal value|revised final|chính thức|số chính thức|endgültig|définitif",
    "provisional": "provisional|p|prov|prel|prelim|preliminary|provisional value|sơ bộ|số sơ bộ|sb|vorläufig|vorl|provisoire|preliminaire|préliminaire",
    "estimate": "estimate|estimated|e|est|estimated value|ước|ước th|ước thực hiện|ước tính|uth|ước đạt|ước đến|geschätzt|schätzung|schätzwert|estimation|estimé|"
    "i|imputed|imputed value|eurostat estimate",
    "series break": "series break|break|b|break in series|break in time series|time series break|đứt gãy|gián đoạn chuỗi|zeitreihenbruch|bruch|rupture de série|rupture",
    "missing": "missing|missing value|not available|x|c|confidential|suppressed|z|not applicable|không có số liệu|keine angabe|geheim|confidentiel",
    "plan": "f|forecast|kế hoạch năm|kế hoạch 5 năm|kh năm|kh 5 năm|mục tiêu đến|mục tiêu đến năm|phấn đấu đến|target for|plan for|projection|projected|projections|plan|planned|target|kế hoạch|kh|mục tiêu|dự kiến|dự báo|dự toán|chỉ tiêu|chỉ tiêu giao|giao|phấn đấu|"
    "prognose|soll|ziel|zielwert|geplant|prévision|cible|objectif|budget",
    "note": "note|r|revised|d|definition differs|u|low reliability|n|not significant|g|experimental|v|unvalidated|q|t|k|w|j|"
    "đã điều chỉnh|điều chỉnh|revidiert|révisé|berichtigt|hiệu chỉnh",
}
_CODES: Mapping[str, FlagMeaning] = {
    **dict.fromkeys("HLMOQ", "missing"),
    "S": "note",
    "s": "estimate",
}
"""Codes whose case matters: SDMX says with a capital what Eurostat's small letters say otherwise (S is a strike, s an estimate of Eurostat)."""


PLAIN: tuple[str, ...] = (
    "thực hiện",
    "th",
    "actual",
    "actuals",
    "ist",
    "ist-wert",
    "réalisé",
    "kết quả",
    "outturn",
    "realised",
    "cộng dồn",
    "lũy kế",
    "luỹ kế",
    "cumulative",
)
"""Words beside a period that only say that a figure is of what happened."""

ABOUT = ("~", "≈", "∼", "≅", "c.", "ca.", "ca", "circa", "about", "approx.", "approximately", "around", "roughly", "khoảng", "xấp xỉ", "etwa", "rund", "ungefähr", "environ")  # fmt: skip
UNDER = ("<", "under", "less than", "fewer than", "below", "dưới", "ít hơn", "nhỏ hơn", "thấp hơn", "chưa đến", "unter", "weniger als", "moins de")  # fmt: skip
OVER = (">", "over", "more than", "above", "trên", "hơn", "nhiều hơn", "lớn hơn", "cao hơn", "über", "mehr als", "plus de")  # fmt: skip
"""What stands before one number that is strictly less, or more, than it says."""

AT_LEAST = ("≥", "≤", ">=", "<=", "⩾", "⩽", "=>", "=<", "at least", "at most", "no more than", "no less than", "not more than", "not less than", "up to", "ít nhất", "nhiều nhất", "tối thiểu", "tối đa", "không quá", "không dưới", "không ít hơn", "không vượt quá", "mindestens", "höchstens", "bis zu", "au moins", "au plus", "jusqu'à", "from", "từ", "đến", "ab")  # fmt: skip
"""What stands before a number that is included in what is said of it: no word of a figure here says that."""

UP_TO = ("to", "đến", "tới", "bis", "à", "until")
FROM = ("từ", "from", "von", "de", "between")
"""The words between the ends of a range, and before its lower one."""


def _by_word(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The words of a table, folded; of a word that stands twice, the first meaning."""
    found: dict[str, str] = {}
    for meaning, listed in words:
        for word in listed.split("|"):
            found.setdefault(fold(word), meaning)
    return found


@cache
def _roles() -> dict[str, str]:
    return _by_word(_ROLES.items())


@cache
def _target_roles() -> dict[str, str]:
    return _by_word(_TARGET_ROLES.items())


@cache
def _flags() -> dict[str, str]:
    return _by_word(_FLAGS.items())


@cache
def _plain() -> frozenset[str]:
    return frozenset(map(fold, PLAIN))


def role_of(header: str) -> str | None:
    """What a column of figures is by its header: ``period`` of ``TIME_PERIOD`` and ``Thời gian``; None of a word that nobody agreed on."""
    return _roles().get(fold(header))


def target_role_of(header: str) -> str | None:
    """What a column in a table of targets is by its header: ``min`` of ``target_min``, ``by_year`` of ``Target year``; None else."""
    return _target_roles().get(fold(header))


_DIRECTIONS: Mapping[str, str] = {
    "increase": "increase|increasing|up|upward|higher|higher is better|rise|grow|maximise|maximize|ascending|measurable increase|"
    "tăng|tăng lên|cao hơn|steigern|steigend|erhöhen|erhöhung|augmenter|augmentation|hausse",
    "decrease": "decrease|decreasing|down|downward|lower|lower is better|reduce|reduction|fall|minimise|minimize|descending|measurable decrease|"
    "giảm|giảm xuống|thấp hơn|senken|sinkend|verringern|reduzieren|diminuer|diminution|réduire|baisse",
    "maintain": "maintain|stable|keep|steady|hold|giữ|giữ vững|duy trì|ổn định|halten|stabil|erhalten|maintenir|stabiliser",
}
_ARROWS: Mapping[str, Direction] = {"↑": "increase", "↗": "increase", "↓": "decrease", "↘": "decrease", "→": "maintain"}


@cache
def _directions() -> dict[str, str]:
    return _by_word(_DIRECTIONS.items())


def direction_of(text: str) -> Direction | None:
    """Which way an indicator is wanted to go: ``increase`` of ``Tăng`` and ``higher is better``; None of an unknown word."""
    found = _ARROWS.get(text.strip()) or _directions().get(fold(text))
    return cast("Direction | None", found)


_FISCAL_HEADERS = frozenset(
    map(
        fold,
        ("fiscal", "fiscal_yr", "fiscal year", "fiscalyear", "fy", "fiscal_qtr", "fiscal quarter", "fiscal period"),
    )
) | frozenset(map(fold, ("năm tài chính", "năm tài khóa", "niên độ", "haushaltsjahr", "exercice")))


def is_fiscal(header: str) -> bool:
    """Whether a header says that its years, or their quarters, are fiscal ones: ``2022`` below it is not the year of the calendar."""
    return fold(header) in _FISCAL_HEADERS


@lru_cache(maxsize=1024)
def flag_of(text: str) -> FlagMeaning | None:
    """What a flag or a word of quality says, without its brackets: ``provisional`` of ``p`` and ``Sơ bộ``; None of an unknown one."""
    bare = text.strip().strip("()[]").strip()
    found = _CODES.get(bare) or _flags().get(fold(bare)) if bare else None
    return cast("FlagMeaning | None", found)


@lru_cache(maxsize=1024)
def says_actual(text: str) -> bool:
    """Whether a word beside a period says no more than that its figures are of what happened: ``Thực hiện``."""
    return fold(text) in _plain()


_DITTO = frozenset(('"', "''", "”", "“", "“”", "″", "〃", '-"-', '- " -'))
_DITTO_OF_UNITS = frozenset(map(fold, ("nt", "-nt-", "như trên", "ditto", "do.")))


def is_ditto(text: str, *, of_unit: bool) -> bool:
    """Whether a text only says that what stands above it holds here too; ``of_unit``: in a column of units, where words say so as well."""
    bare = text.strip()
    return bare in _DITTO or (of_unit and fold(bare) in _DITTO_OF_UNITS)


WHOLE_YEAR: frozenset[str] = frozenset(
    map(
        fold,
        (
            *("annual", "annual mean", "annual average", "year", "whole year", "full year", "total", "average", "mean"),
            *("q1-q4", "i-iv", "1-4", "m13", "q05", "s03", "cả năm", "năm", "tổng số", "bình quân năm"),
            *("jahr", "ganzes jahr", "jahresdurchschnitt", "jahresmittel", "insgesamt"),
            *("année", "année entière", "moyenne annuelle", "ensemble"),
        ),
    )
)
"""What stands among the quarters or months of a year for all of it, folded; M13, Q05 and S03 are the codes of the United States' labour statistics."""


MONTHS: Mapping[str, int] = {
    name: at
    for at, listed in enumerate(
        (
            *(
                "january jan januar jän jänner janvier janv enero ene janeiro gennaio januari",
                "february feb februar février févr fév febrero fevereiro febbraio februari",
                "march mar märz mrz mars marzo março maart mrt",
                "april apr avril avr abril abr aprile",
                "may mai mayo maio maggio mei",
                "june jun juni juin junio junho giugno",
                "july jul juli juillet juil julio julho luglio",
                "august aug août agosto augustus",
                "september sep sept septembre septiembre setiembre setembro settembre",
                "october oct oktober okt octobre octubre outubro ottobre",
                "november nov novembre noviembre novembro",
                "december dec dezember dez décembre déc diciembre dic dezembro dicembre",
            ),
        ),
        1,
    )
    for name in listed.split()
}
"""The months as English, German, French, Spanish, Portuguese, Italian and Dutch name them."""

TOTALS = frozenset(
    map(fold, ("Total", "Totals", "All", "Tổng", "Tổng số", "Tổng cộng", "Cả nước", "Toàn tỉnh", "Toàn quốc", "Toàn thành phố", "Chung", "Insgesamt", "Gesamt", "Ensemble", "Both sexes", "Ambos sexos", "Beide Geschlechter", "Båda könen", "Totalt", "I alt", "Yhteensä", "_T"))
)  # fmt: skip
"""Words of a part that may mean the whole, folded."""
