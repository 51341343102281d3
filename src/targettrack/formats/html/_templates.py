"""Templates: Jinja with everything escaped, and what its templates may say."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from targettrack.errors import Exit, failure
from targettrack.formats.html._whole import whole
from targettrack.language import now, tr, tr_as, tr_n
from targettrack.text import flowing, is_address

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = "default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
"""What a browser may do with a page: show its one style sheet, and nothing else. Nothing is fetched, run or sent, whatever a program says."""

_TEXTS = 4096
"""So many texts are remembered as they are shown: most stand on a page several times, and on the next one again. Markup is told from a text of the same letters: that would be believed else."""
_flowing = lru_cache(maxsize=_TEXTS, typed=True)(flowing)


def pieces(name: str, **parts: object) -> Iterator[str]:
    """The text of a page, piece by piece, by the template of a name.

    Raises:
        TargettrackError: Jinja is not installed (exit 5).

    """
    found = environment().get_template(name)
    return found.generate(style=_style(), policy=_policy(), lang=now() or "en", **parts)


@cache
def environment() -> Environment:
    """What makes templates of texts. Each text that a page says is on one line, and shows what a browser would obey or hide."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra, which only this format needs
        from markupsafe import Markup, escape  # noqa: PLC0415 - an extra, which only this format needs
    except ImportError:
        raise failure(
            Exit.IO,
            "not-installed",
            tr("writing a page needs {library}, which is not installed", library="Jinja"),
            hint=tr("install it: {command}", command="pip install 'targettrack[report]'"),
        ) from None
    made = Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown,
        auto_reload=False,
    )

    @lru_cache(maxsize=_TEXTS, typed=True)
    def held(text: str) -> str:
        """A text as it is, which is escaped where it stands, or with its dates and ranges held together, and escaped before."""
        shown = _flowing(text)
        return Markup(whole(str(escape(shown)))) if "-" in shown or "–" in shown else shown  # noqa: S704

    made.filters["whole"] = held
    made.globals |= {"tr": tr, "tr_n": tr_n, "tr_as": tr_as, "is_address": is_address, "zip": zip}
    return made


def _shown(value: Any) -> Any:  # noqa: ANN401
    """A text as it may stand on a page; markup of our own is left as it is."""
    return _flowing(value) if type(value) is str else value


@cache
def _style() -> str:
    """The style sheet, as it stands on every page: its digest lets the browser use it, and no other."""
    return "\n" + "".join(_read(name) for name in ("page.css", "chart.css"))


def _read(name: str) -> str:
    made = environment()
    if made.loader is None:
        raise TypeError("the templates lie in the package")
    return made.loader.get_source(made, name)[0]


@cache
def _policy() -> str:
    digest = hashlib.sha256(_style().encode()).digest()
    return POLICY.format(digest=base64.b64encode(digest).decode())
