"""The only file that opens PDFs: pdfplumber's pages, one at a time, to our `Page` values.

The layout objects of each page are walked directly (1.66 times as fast as `page.chars`, which builds
a dictionary of 25 entries a character) and the page is closed after use, so memory stays flat.
Coordinates are made relative to the visible part of the page (crop box) after rotation, which is what
pypdfium2 draws.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTRect
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ingest.page import Char, Page
from ingest.vertical import is_vertical, turned
from law.errors import SourceError
from law.span import Box

MAX_PAGES = 5000
UNKNOWN = "\ufffd"
"""What a character without a meaning is stored as, whatever the PDF library makes of it: (cid:7721), a control."""
MAX_FRAME = 1500
"""Strokes of a page that are looked at for tables; the fullest form we know has 600."""
MAX_CHARS_A_PAGE = 60_000
"""The densest printed page we know, a class diagram, has 1,938; a page of this many is an attack."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open PDF: how many pages, whether its owner restricted it, and its pages one by one."""

    count: int
    restricted: bool
    pages: Callable[[], Iterator[Page]]


@contextmanager
def open_pdf(path: Path) -> Iterator[Opened]:
    """The PDF, open.

    Raises:
        SourceError: encrypted (a password is needed to open it), damaged (no document structure),
            or too long.
    """
    try:
        pdf = pdfplumber.open(path)
    except PdfminerException as error:
        raise _refusal(error) from error
    except Exception as error:  # pdfminer raises whatever a damaged file makes it run into
        raise _damaged(error) from error
    with pdf:
        try:
            count = len(pdf.pages)
        except Exception as error:
            raise _damaged(error) from error
        if count > MAX_PAGES:
            raise SourceError(
                "too-long",
                f"expected at most {MAX_PAGES} pages, found {count}: split the file and ingest the parts",
                f"頁数が上限（{MAX_PAGES}頁）を超えています（{count}頁）。ファイルを分割して取り込んでください。",
            )
        yield Opened(count, _restricted(pdf), lambda: (_page(page) for page in pdf.pages))


def _refusal(error: PdfminerException) -> SourceError:
    cause = error.args[0] if error.args else error
    if isinstance(cause, PDFPasswordIncorrect):
        return SourceError(
            "encrypted",
            "expected a PDF that opens without a password, found an encrypted one: "
            "save a copy without password in your PDF viewer and ingest that",
            "パスワードで保護されているため開けません。PDF閲覧ソフトで開き、パスワードなしで保存し直してから取り込んでください。",
        )
    if isinstance(cause, PDFEncryptionError):
        return SourceError(
            "encrypted",
            f"expected a PDF that opens without a key, found one with an unknown encryption ({cause})",
            "未対応の方式で暗号化されているため開けません。暗号化を解除して保存し直してから取り込んでください。",
        )
    return _damaged(cause)


def _damaged(error: object) -> SourceError:
    name = type(error).__name__
    return SourceError(
        "damaged",
        f"expected a whole PDF, found one whose structure cannot be read ({name}): download it again",
        "PDFの構造が壊れているため読めません。配布元からもう一度ダウンロードしてください。",
    )


def _restricted(pdf: Any) -> bool:
    """Whether the owner has restricted copying (the permission flag asks; it does not hide the text)."""
    encryption = getattr(pdf.doc, "encryption", None)
    return encryption is not None and not pdf.doc.is_extractable


def _page(page: Any) -> Page:
    try:
        layout = page.layout
    except PdfminerException as error:
        raise SourceError(
            "damaged-page",
            f"expected a readable page, found damaged content on page {page.page_number} ({error})",
            f"{page.page_number}頁の内容が壊れているため読めません。配布元からもう一度ダウンロードしてください。",
            page=page.page_number,
        ) from error
    x_shift = page.mediabox[0] - page.cropbox[0]
    y_shift = page.mediabox[1] - page.cropbox[1] + page.height
    width = float(page.cropbox[2] - page.cropbox[0])
    height = float(page.cropbox[3] - page.cropbox[1])
    builder = _PageBuilder(page.page_number, width, height, float(x_shift), float(y_shift))
    builder.walk(layout)
    built = builder.page(int(page.rotation))
    page.close()
    return turned(built) if is_vertical(built) else built


class _PageBuilder:
    """Gathers one page while its layout is walked."""

    def __init__(self, number: int, width: float, height: float, x_shift: float, y_shift: float) -> None:
        self.number, self.width, self.height = number, width, height
        self.x_shift, self.y_shift = x_shift, y_shift
        self.chars: list[Char] = []
        self.seen: dict[tuple[str, int, int], Box] = {}
        self.rules: list[Box] = []
        self.frame: list[Box] = []
        self.strokes = self.unreadable = self.hidden = 0
        self.image_area = 0.0
        self.drawn_from, self.drawn_to = height, 0.0

    def walk(self, container: Any) -> None:
        for item in container:
            if isinstance(item, LTChar):
                self._char(item)
            elif isinstance(item, LTContainer):
                self.walk(item)
            elif isinstance(item, LTCurve):
                self._stroke(item)
            elif isinstance(item, LTImage):
                area = min(item.width * item.height, self.width * self.height)
                self.image_area += area / max(self.width * self.height, 1.0)

    def _place(self, item: Any) -> Box:
        return Box(
            self.number,
            item.x0 + self.x_shift,
            self.y_shift - item.y1,
            item.x1 + self.x_shift,
            self.y_shift - item.y0,
        )

    def _char(self, item: Any) -> None:
        text = item.get_text()
        box = self._place(item)
        if len(self.chars) > MAX_CHARS_A_PAGE:
            raise SourceError(
                "explodes",
                f"expected at most {MAX_CHARS_A_PAGE} characters a page, found more on page {self.number}",
                f"{self.number}頁の文字数が異常に多いため、取込みを中止しました。ファイルの出所を確認してください。",
                page=self.number,
            )
        if box.x1 <= 0 or box.bottom <= 0 or box.x0 >= self.width or box.top >= self.height:
            self.hidden += 1
            return
        if not readable(text):
            self.unreadable += 1
            text = UNKNOWN
        if not text.isspace() and self._printed_before(text, box, item.size):
            return  # printed twice, hardly apart, to look bold
        self.chars.append(Char(text, item.size, box.x0, box.x1, box.top, box.bottom, box))

    def _printed_before(self, text: str, box: Box, size: float) -> bool:
        """Whether the same character stands within a tenth of an em of this place."""
        near = 0.1 * size
        cell = max(near, 0.5)
        x, y = int(box.x0 // cell), int(box.top // cell)
        for i in (x - 1, x, x + 1):
            for j in (y - 1, y, y + 1):
                other = self.seen.get((text, i, j))
                if other is not None and abs(other.x0 - box.x0) <= near and abs(other.top - box.top) <= near:
                    return True
        self.seen[(text, x, y)] = box
        return False

    def _stroke(self, item: Any) -> None:
        self.strokes += 1
        place = self._place(item)
        self.drawn_from, self.drawn_to = min(self.drawn_from, place.top), max(self.drawn_to, place.bottom)
        if item.height < 2 and item.width > 20:
            self.rules.append(place)
        if len(self.frame) < MAX_FRAME:
            self.frame.extend(_edges(place, is_rectangle=isinstance(item, LTRect) and bool(item.stroke)))

    def page(self, turned: int) -> Page:
        return Page(
            self.number,
            self.width,
            self.height,
            tuple(self.chars),
            tuple(self.rules),
            tuple(self.frame),
            self.strokes,
            self.drawn_from,
            self.drawn_to,
            min(self.image_area, 1.0),
            False,
            turned,
            self.unreadable,
            self.hidden,
        )


def _edges(place: Box, *, is_rectangle: bool) -> Iterator[Box]:
    """A level or upright stroke, or the four edges of a rectangle that is drawn and not only filled."""
    width, height = place.x1 - place.x0, place.bottom - place.top
    if min(width, height) < 2 and max(width, height) > 5:
        yield place
    elif is_rectangle and min(width, height) > 5:
        for x in (place.x0, place.x1):
            yield replace(place, x0=x, x1=x)
        for y in (place.top, place.bottom):
            yield replace(place, top=y, bottom=y)


@lru_cache(maxsize=16384)
def readable(text: str) -> bool:
    """Whether what a glyph stands for is known: not (cid:n), private use, control or U+FFFD."""
    if not text or text.startswith("(cid:"):
        return False
    return not any(
        unicodedata.category(c) in ("Co", "Cn", "Cc", "Cs") or c == "\ufffd" for c in text if c not in "\t\n\r"
    )
