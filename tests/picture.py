"""The picture of the README: what ``status`` shows on a terminal, as rich writes it into an SVG. Run ``python tests/picture.py`` when that has changed."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from support import run

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "tests" / "golden" / "status-hanoi.svg"
COMMAND = ("status", "hanoi/output-share", "hanoi/recognitions", "--on", "2026-11-22", "--width", "100")

_FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>targettrack status hanoi</title>
<style>
.{unique_id}-matrix {{ font-family: Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Without a font that would have to be fetched."""


def drawn() -> str:
    """The picture of what the command shows today."""
    shown = run(*COMMAND, "--color", "always", cwd=ROOT).stdout
    console = Console(record=True, width=100, file=io.StringIO(), color_system="256", force_terminal=True)
    console.print(Text.from_ansi(shown.rstrip("\n")), crop=False)
    return console.export_svg(
        title=f"targettrack {' '.join(COMMAND[:5])}", theme=MONOKAI, code_format=_FORMAT, unique_id="status"
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
