"""The picture of a page with the quotation boxed, drawn by pypdfium2 from the stored PDF.

pdfium is not safe for threads, so one lock guards it; a document is opened for one picture and closed.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import streamlit as st
from PIL import Image, ImageDraw

from law.span import Box

SCALE = 2.0
"""Pixels a point: 144 dpi, legible on a projector; an A4 page takes about 30 ms."""
_PAD = 1.0
"""Points beside a box, so that the frame does not touch the characters."""
_RISE = 0.14
"""Above a box, as a share of its height: PDF readers measure from the font's descent, and strokes rise above."""
_FILL, _FRAME, _EDGE = (255, 213, 0, 70), (200, 90, 0, 255), (150, 150, 150, 255)
_MOST_PIXELS = 40_000_000
_LOCK = threading.Lock()


@st.cache_data(max_entries=64, show_spinner="頁を描いています…")
def page_picture(source: str, page: int, boxes: tuple[tuple[float, float, float, float], ...]) -> bytes:
    """A PNG of one page of the file with frames around the boxes (points from the top left).

    Raises:
        PdfiumError, ValueError: pdfium cannot open the file or has no such page.
    """
    with _LOCK:
        pdf = pypdfium2.PdfDocument(source)
        try:
            if not 1 <= page <= len(pdf):
                raise ValueError(f"expected a page from 1 to {len(pdf)}, found {page}")
            sheet = pdf[page - 1]
            width, height = sheet.get_size()
            scale = min(SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            picture = sheet.render(scale=scale).to_pil().convert("RGBA")
        finally:
            pdf.close()
    return _framed(picture, boxes, scale)


def _framed(picture: Image.Image, boxes: Sequence[tuple[float, float, float, float]], scale: float) -> bytes:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for x0, top, x1, bottom in boxes:
        rise = min(_RISE * (bottom - top), 3.0)
        corners = [(x0 - _PAD) * scale, (top - rise) * scale, (x1 + _PAD) * scale, (bottom + _PAD) * scale]
        draw.rectangle(corners, fill=_FILL, outline=_FRAME, width=max(2, round(scale)))
    draw.rectangle((0, 0, picture.width - 1, picture.height - 1), outline=_EDGE, width=2)
    out = io.BytesIO()
    Image.alpha_composite(picture, layer).convert("RGB").save(out, "PNG")
    return out.getvalue()


def boxes_on(boxes: Sequence[Box], page: int) -> tuple[tuple[float, float, float, float], ...]:
    """The boxes of one page, as plain figures."""
    return tuple((box.x0, box.top, box.x1, box.bottom) for box in boxes if box.page == page)


def picture_of(source: Path, page: int, boxes: Sequence[Box]) -> bytes:
    """The picture of a page of a stored PDF with the boxes that lie on it."""
    return page_picture(str(source), page, boxes_on(boxes, page))
