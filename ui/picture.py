"""The picture of a page with the quotation boxed, on the screen: drawn once, kept for all sessions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from compliance.writer.picture import UNDRAWN, Sides, boxes_on, page_picture
from law.span import Box
from ui.words import plain


@st.cache_data(max_entries=64, show_spinner="頁を描いています…")
def _kept(source: str, page: int, boxes: tuple[Sides, ...], beside: tuple[Sides, ...]) -> bytes:
    return page_picture(source, page, boxes, beside)


def show_page(source: Path, page: int, boxes: Sequence[Box], caption: str, beside: Sequence[Box] = ()) -> None:
    """Draws a page of a stored PDF with the boxes that lie on it; or says that the original is damaged or gone."""
    try:
        picture = _kept(str(source), page, boxes_on(boxes, page), boxes_on(beside, page))
    except UNDRAWN:
        gone = (
            "保存された原本（PDF）がありません。" if not source.is_file() else "保存された原本（PDF）が壊れています。"
        )
        st.warning(
            f"{gone}PDFの{page}頁目を描画できません。同じPDFをもう一度取り込むと元に戻ります。",
            icon=":material/broken_image:",
        )
        return
    st.image(picture, caption=plain(caption), alt=caption, width="stretch", output_format="JPEG")
