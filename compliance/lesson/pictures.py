"""The pages that a course shows: each quote boxed on its page, drawn from the stored original."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from compliance.lesson.sources import Pictures
from compliance.quote import Documents, Quote, place
from compliance.writer.picture import UNDRAWN, boxes_on, page_picture


def boxed_pages(source: Callable[[str], Path], documents: Documents) -> Pictures:
    """Draws the page of a quote with the quote boxed; None where the words, the page or the file are not there.

    `source` gives the stored PDF of a document.
    """

    def drawn(quote: Quote) -> bytes | None:
        document = documents(quote.document)
        span = place(quote, document) if document is not None else None
        if document is None or span is None or quote.pdf_page is None:
            return None
        boxes = boxes_on(document.boxes_of(span), quote.pdf_page)
        try:
            return page_picture(str(source(quote.document)), quote.pdf_page, boxes)
        except UNDRAWN:
            return None

    return drawn
