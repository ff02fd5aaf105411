"""Slides written as PowerPoint files: a title, points, a quotation with its source, a picture, the speaker's notes.

The only file that knows a PowerPoint writer (python-pptx). A deck is a tuple of frozen slides.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Mm, Pt

from law.fold import printable

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
"""The media type of a deck."""

_WIDE, _HIGH, _EDGE = 338.7, 190.5, 14.0  # millimetres: 16 : 9
_INK, _GREY, _RULE = RGBColor(0x1F, 0x4E, 0x8C), RGBColor(0x55, 0x55, 0x55), RGBColor(0xC8, 0x5A, 0x00)
_FACE = "Yu Gothic"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide. `quote` must have been verified and comes with its `source`; `picture` is a PNG or JPEG at the right.

    `under` are the items that the quotation lists; without `bullets` the points are lines as they are.
    """

    title: str
    points: tuple[str, ...] = ()
    quote: str = ""
    source: str = ""
    picture: bytes | None = None
    notes: str = ""
    under: tuple[str, ...] = ()
    bullets: bool = True


def deck(title: str, subtitle: str, slides: Sequence[Slide], *, foot: str = "") -> bytes:
    """A PowerPoint file (.pptx), 16:9: a cover, then the slides, each with `foot` and its number below."""
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Mm(_WIDE), Mm(_HIGH)
    _cover(show, title, subtitle)
    for number, slide in enumerate(slides, start=2):
        _draw(show, slide, f"{foot}　{number}" if foot else str(number))
    show.core_properties.title = printable(title)[:255]
    show.core_properties.author = "根拠 Konkyo"
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def _cover(show: pptx.presentation.Presentation, title: str, subtitle: str) -> None:
    page = _blank(show)
    _bar(page, 0, 0, _WIDE, 8)
    _write(page, (title,), (_EDGE, 60, _WIDE - 2 * _EDGE, 40), 36, bold=True, colour=_INK)
    _write(page, (subtitle,), (_EDGE, 105, _WIDE - 2 * _EDGE, 50), 16, colour=_GREY)


def _draw(show: pptx.presentation.Presentation, slide: Slide, foot: str) -> None:
    page = _blank(show)
    _bar(page, 0, 0, _WIDE, 3)
    _write(
        page,
        (slide.title,),
        (_EDGE, 7, _WIDE - 2 * _EDGE, 20),
        26 if len(slide.title) <= 32 else 20,
        bold=True,
        colour=_INK,
    )
    room = _WIDE - 2 * _EDGE
    if slide.picture is not None:
        room -= _show(page, slide.picture)
    low = _HIGH - 16
    top = 30.0
    if slide.points:
        share = 0.4 if slide.quote else 1.0
        lines = tuple(f"・{point}" for point in slide.points) if slide.bullets else slide.points
        size = _fitting(lines, room, (low - top) * share, 24)
        used = min((low - top) * share, _height(lines, room, size) + 4)
        _write(page, lines, (_EDGE, top, room, used), size)
        top += used + 4
    if slide.quote:
        _quote(page, slide, (_EDGE, top, room, low - top))
    _write(page, (foot,), (_EDGE, _HIGH - 11, _WIDE - 2 * _EDGE, 8), 9, colour=_GREY)
    if slide.notes:
        page.notes_slide.notes_text_frame.text = printable(slide.notes)


def _quote(page: pptx.slide.Slide, slide: Slide, box: tuple[float, float, float, float]) -> None:
    """The quotation behind its rule, its source in small, and the items it lists below."""
    left, top, room, high = box
    words = tuple(f"「{slide.quote}」".split("\n"))
    source = f"出典：{slide.source}"
    under = tuple(f"・{line}" for line in slide.under)
    size = _fitting((*words, source, *under), room - 8, high - 6, 22)
    used = min(high, _height(words, room - 8, size) + _height((source,), room - 8, _small(size)) + 3)
    _bar(page, left, top, 1.6, used, _RULE)
    _write(page, words, (left + 5, top - 1.5, room - 8, used), size, source=source)
    if under:
        _write(page, under, (left + 5, top + used + 2, room - 8, high - used - 2), size)


def _small(size: float) -> float:
    """The size of a source under words of this size."""
    return max(9, size - 7)


def _blank(show: pptx.presentation.Presentation) -> pptx.slide.Slide:
    return show.slides.add_slide(show.slide_layouts[6])


def _show(page: pptx.slide.Slide, png: bytes) -> float:
    """Set the picture at the right; the width it takes, in millimetres."""
    shape = page.shapes.add_picture(io.BytesIO(png), 0, 0)
    high, wide = (_HIGH - 48), 120.0
    scale = min(Mm(high) / shape.height, Mm(wide) / shape.width)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape.left, shape.top = Mm(_WIDE - _EDGE) - shape.width, Mm(30)
    shape.line.color.rgb = _GREY
    return float(shape.width / Mm(1)) + 6


def _bar(page: pptx.slide.Slide, x: float, y: float, wide: float, high: float, colour: RGBColor = _INK) -> None:
    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, Mm(x), Mm(y), Mm(wide), Mm(high))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()


def _write(
    page: pptx.slide.Slide,
    lines: Sequence[str],
    box: tuple[float, float, float, float],
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor | None = None,
    source: str = "",
) -> None:
    frame = page.shapes.add_textbox(*(Mm(part) for part in box)).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for at, words in enumerate((*lines, source) if source else lines):
        line = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        line.space_after = Pt(size / 4)
        run = line.add_run()
        run.text = printable(words)
        small = bool(source) and at == len(lines)
        run.font.size = Pt(_small(size) if small else size)
        run.font.bold = bold
        _face(run)
        if small or colour is not None:
            run.font.color.rgb = _GREY if small else colour


def _face(run: pptx.text.text._Run) -> None:
    run.font.name = _FACE
    east = OxmlElement("a:ea")
    east.set("typeface", _FACE)
    properties = run._r.get_or_add_rPr()
    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    properties.append(east)


def _fitting(lines: Sequence[str], wide: float, high: float, largest: int) -> int:
    """The largest size (points) at which the lines fit; 9 when none does."""
    return next((size for size in range(largest, 9, -1) if _height(lines, wide, size) <= high), 9)


def _height(lines: Sequence[str], wide: float, size: float) -> float:
    """The height of wrapped lines in millimetres, a full-width character as wide as the size, lines 1.35 apart."""
    em = size * 25.4 / 72
    across = max(1, int((wide - 6) / em))
    return sum(-(-max(1, len(words)) // across) * em * 1.35 + em * 0.25 for words in lines)
