"""Pages on paper: the one file that knows reportlab and the fonts.

The faces are IPAex Mincho and Gothic (Debian `fonts-ipaexfont`), embedded as subsets. IPAex has
no ⑴ to ⒇, which notices number with: these 20 come from `fonts/KonkyoParenMincho.ttf`. The same
pages give the same bytes (`invariant`).
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from layouts import GOTHIC, MINCHO, Layout
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from typeset import Page, Placed, Run, Stroke

_FONTS = Path(os.environ.get("KONKYO_FONTS", "/usr/share/fonts/opentype"))
_FILES = {MINCHO: "ipaexfont-mincho/ipaexm.ttf", GOTHIC: "ipaexfont-gothic/ipaexg.ttf"}
_PAREN = "KonkyoParenMincho"
_PAREN_FILE = Path(__file__).resolve().parent / "fonts" / f"{_PAREN}.ttf"
_SMALL = 8.0


def register_faces() -> None:
    """Load both faces; a missing file says which package has it."""
    for face, name in _FILES.items():
        file = _FONTS / name
        if not file.exists():
            message = f"{file} is missing: install Debian's fonts-ipaexfont or set KONKYO_FONTS"
            raise FileNotFoundError(message)
        pdfmetrics.registerFont(TTFont(face, str(file)))
    pdfmetrics.registerFont(TTFont(_PAREN, str(_PAREN_FILE)))


def faces(text: str, face: str) -> Iterator[tuple[str, str]]:
    """The text in pieces of one face each: ⑴ to ⒇ have their own."""
    own = [_PAREN if "⑴" <= char <= "⒇" else face for char in text]
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or own[i] != own[start]:
            yield text[start:i], own[start]
            start = i


@lru_cache(maxsize=20000)
def measure(text: str, face: str) -> float:
    """The width of a text in ems."""
    return sum(float(pdfmetrics.stringWidth(part, own, 1000)) for part, own in faces(text, face)) / 1000


def draw(made: list[Page], layout: Layout, running: str, target: Path) -> None:
    """Write the pages to `target`."""
    rl_config.useA85 = 0  # binary streams: a fifth smaller
    canvas = Canvas(str(target), pagesize=layout.page, invariant=1, pageCompression=1)
    canvas.setTitle("")
    canvas.setAuthor("")
    canvas.setCreator("Konkyo corpus")
    for page in made:
        _draw_page(canvas, page, layout, running)
        canvas.showPage()
    canvas.save()


def furniture(page: Page, layout: Layout, running: str) -> list[Run]:
    """What stands on a page around its text: the mark, the corner label, the page number."""
    width, height = layout.page
    runs: list[Run] = []
    y = 36.0 if layout.running_at == "head" else height - 26
    x = layout.left if layout.running_at == "head" else width - layout.right
    if layout.running_at == "foot":
        x -= measure(running, GOTHIC) * _SMALL
    runs.append(Run(running, GOTHIC, _SMALL, x, y))
    if page.corner:
        label_x = width - 46 - measure(page.corner, GOTHIC) * 12
        runs.append(Run(page.corner, GOTHIC, 12, label_x, 48))
    if page.folio is not None and layout.folio:
        text = layout.folio.format(n=page.folio)
        middle = width / 2 - measure(text, layout.face) * layout.size / 2
        runs.append(Run(text, layout.face, layout.size, middle, height - 40))
    return runs


def _draw_page(canvas: Canvas, page: Page, layout: Layout, running: str) -> None:
    height = layout.page[1]
    for placed in page.body:
        _draw_slab(canvas, placed, layout.left, height)
    if page.notes:
        top = height - page.notes[0].top + 6
        canvas.setLineWidth(0.5)
        canvas.line(layout.left, top, layout.left + 140, top)
    for placed in page.notes:
        _draw_slab(canvas, placed, layout.left, height)
    for run in furniture(page, layout, running):
        _draw_run(canvas, run, 0, height)
    if page.corner:
        label = measure(page.corner, GOTHIC) * 12
        canvas.setLineWidth(1)
        canvas.rect(layout.page[0] - 46 - label - 6, height - 54, label + 12, 21)


def _draw_slab(canvas: Canvas, placed: Placed, left: float, height: float) -> None:
    for stroke in placed.slab.strokes:
        _draw_stroke(canvas, stroke, left, height - placed.top)
    for run in placed.slab.runs:
        _draw_run(canvas, run, left, height - placed.top)


def _draw_run(canvas: Canvas, run: Run, left: float, top: float) -> None:
    text = canvas.beginText(left + run.x, top - run.y)
    text.setCharSpace(run.spacing)
    for part, face in faces(run.text, run.face):
        text.setFont(face, run.size)
        text.textOut(part)
    canvas.drawText(text)


def _draw_stroke(canvas: Canvas, stroke: Stroke, left: float, top: float) -> None:
    canvas.setLineWidth(0.7)
    if stroke.kind == "rect":
        canvas.rect(left + stroke.x, top - stroke.y - stroke.height, stroke.width, stroke.height)
        return
    x0, y0 = left + stroke.x, top - stroke.y
    x1, y1 = x0 + stroke.width, y0 - stroke.height
    canvas.line(x0, y0, x1, y1)
    angle = math.atan2(y1 - y0, x1 - x0)
    for turn in (2.7, -2.7):
        canvas.line(x1, y1, x1 + 6 * math.cos(angle + turn), y1 + 6 * math.sin(angle + turn))
