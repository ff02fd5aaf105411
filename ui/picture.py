"""The picture of a page with the quotation boxed, drawn by pypdfium2 from the stored PDF.

pdfium is not safe for threads, so one thread draws for all sessions; a document is opened for one picture and
closed. Twenty sessions at once then hold one drawing of 6 MB, not twenty.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import streamlit as st
from PIL import Image, ImageDraw

from law.span import Box
from ui.words import plain

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""

SCALE = 2.0
"""Pixels a point: 144 dpi, legible on a projector; an A4 page takes about 30 ms."""
_PAD = 1.0
"""Points beside a box, so that the frame does not touch the characters."""
_RISE = 0.14
"""Above a box, as a share of its height: PDF readers measure from the font's descent, and strokes rise above."""
_FILL, _FRAME, _EDGE = (255, 213, 0, 70), (200, 90, 0, 255), (150, 150, 150, 255)
_BESIDE = (60, 110, 180, 200)
_MOST_PIXELS = 40_000_000
_WIDEST = 1459.0
"""Pixels. Streamlit reads, scales down and packs again, each time it is shown, what has more than 1460 (a page that
lies on its side would); a side that is no whole number is rounded up."""
_DRAWER = ThreadPoolExecutor(1, thread_name_prefix="konkyo-draw")


@st.cache_data(max_entries=64, show_spinner="頁を描いています…")
def page_picture(source: str, page: int, boxes: tuple[Sides, ...], beside: tuple[Sides, ...] = ()) -> bytes:
    """A JPEG of one page of the file: frames around the boxes, thin lines at the left of those beside them.

    Boxes are in points from the top left.

    Raises:
        PdfiumError, ValueError: pdfium cannot open the file or has no such page.
    """
    return _DRAWER.submit(_drawn, source, page, boxes, beside).result()


def quiet_picture(source: Path, page: int, boxes: tuple[Sides, ...]) -> bytes | None:
    """A JPEG of one page for a file that is made beside the screen; None where it cannot be drawn."""
    try:
        return _DRAWER.submit(_drawn, str(source), page, boxes, ()).result()
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return None


def _drawn(source: str, page: int, boxes: Sequence[Sides], beside: Sequence[Sides]) -> bytes:
    pdf = pypdfium2.PdfDocument(source)
    try:
        if not 1 <= page <= len(pdf):
            raise ValueError(f"expected a page from 1 to {len(pdf)}, found {page}")
        sheet = pdf[page - 1]
        width, height = sheet.get_size()
        scale = min(SCALE, _WIDEST / max(width, 1.0), (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        return _framed(sheet.render(scale=scale).to_pil().convert("RGB"), boxes, beside, scale)
    finally:
        pdf.close()


def _framed(picture: Image.Image, boxes: Sequence[Sides], beside: Sequence[Sides], scale: float) -> bytes:
    draw = ImageDraw.Draw(picture, "RGBA")
    for x0, top, bottom in _margins(beside):
        left = (x0 - 4 * _PAD) * scale
        draw.rectangle((left, top * scale, left + scale, bottom * scale), fill=_BESIDE)
    for x0, top, x1, bottom in boxes:
        rise = min(_RISE * (bottom - top), 3.0)
        corners = ((x0 - _PAD) * scale, (top - rise) * scale, (x1 + _PAD) * scale, (bottom + _PAD) * scale)
        draw.rectangle(corners, fill=_FILL, outline=_FRAME, width=max(2, round(scale)))
    draw.rectangle((0, 0, picture.width - 1, picture.height - 1), outline=_EDGE, width=2)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, subsampling=0)  # a tenth of the time of PNG; no mark seen on text
    return out.getvalue()


def _margins(boxes: Sequence[Sides]) -> list[tuple[float, float, float]]:
    """Left, top and bottom of each printed line that the boxes stand on: one stroke a line."""
    lines: list[tuple[float, float, float]] = []
    for x0, top, _, bottom in boxes:
        if lines and min(bottom, lines[-1][2]) - max(top, lines[-1][1]) > 0.5 * (bottom - top):
            left, above, below = lines.pop()
            lines.append((min(left, x0), min(above, top), max(below, bottom)))
        else:
            lines.append((x0, top, bottom))
    return lines


def boxes_on(boxes: Sequence[Box], page: int) -> tuple[Sides, ...]:
    """The boxes of one page, as plain figures."""
    return tuple((box.x0, box.top, box.x1, box.bottom) for box in boxes if box.page == page)


def show_page(source: Path, page: int, boxes: Sequence[Box], caption: str, beside: Sequence[Box] = ()) -> None:
    """Draws a page of a stored PDF with the boxes that lie on it; or says that the original is damaged or gone."""
    try:
        picture = page_picture(str(source), page, boxes_on(boxes, page), boxes_on(beside, page))
    except (pypdfium2.PdfiumError, ValueError, OSError):
        gone = (
            "保存された原本（PDF）がありません。" if not source.is_file() else "保存された原本（PDF）が壊れています。"
        )
        st.warning(
            f"{gone}PDFの{page}頁目を描画できません。同じPDFをもう一度取り込むと元に戻ります。",
            icon=":material/broken_image:",
        )
        return
    st.image(picture, caption=plain(caption), alt=caption, width="stretch", output_format="JPEG")
