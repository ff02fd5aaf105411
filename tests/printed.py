"""Texts printed to real PDFs: paragraphs with hanging indents, heads, feet, two sizes of page.

The font is one every PDF reader knows by name (HeiseiMin-W3), so nothing is embedded and no font file
is needed. Lines are broken by character under the plain rules of kinsoku.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "HeiseiMin-W3"
_NO_BEGIN = set("、。，．）」』】〕・：；？！％々ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ),.:;%")
_NO_END = set("（「『【〔(")


@dataclass(frozen=True)
class Paper:
    """A size of page with its margins and its type, in points."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 72.0
    size: float = 10.5
    pitch: float = 18.0
    shift: float = 0.0
    """How far right the text of even pages stands, as in books bound at the spine."""

    @property
    def measure(self) -> float:
        """The length of a full line."""
        return self.width - 2 * self.margin


A4 = Paper()
B5 = Paper(width=516.0, height=729.0, margin=60.0, size=9.0, pitch=15.0)
BOUND = Paper(width=516.0, height=729.0, margin=60.0, size=9.0, pitch=15.0, shift=20.0)


@dataclass(frozen=True)
class _Drawn:
    page: int
    x: float
    y: float
    size: float
    text: str


@dataclass
class Printer:
    """Stacks paragraphs on pages. `page` is the one in hand, from 1."""

    paper: Paper
    running: str = ""
    folio: str = "{}"
    first_folio: int = 1
    """The page of the file that is printed as page 1; the ones before it have no number."""
    page: int = 1
    y: float = 0.0
    drawn: list[_Drawn] = field(default_factory=list)

    def __post_init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def paragraph(
        self, text: str, *, first: float = 0.0, hang: float = 0.0, size: float | None = None, align: str = "left"
    ) -> int:
        """Prints a paragraph; `first` and `hang` indent its first and later lines, in ems. The page it begins on."""
        size = size or self.paper.size
        begins = 0
        for i, line in enumerate(self._lines(text, first, hang, size)):
            room = self.paper.height - 2 * self.paper.margin
            if self.y + self.paper.pitch > room:
                self.next_page()
            begins = begins or self.page
            x = self.paper.margin + (hang if i else first) * self.paper.size
            if align != "left":
                free = self.paper.measure - pdfmetrics.stringWidth(line, FONT, size)
                x = self.paper.margin + free / (2 if align == "centre" else 1)
            x += 0.0 if self.page % 2 else self.paper.shift
            self.drawn.append(_Drawn(self.page, x, self.paper.margin + self.y + size, size, line))
            self.y += self.paper.pitch
        return begins

    def space(self, lines: float = 1.0) -> None:
        """Leaves some lines free."""
        self.y += lines * self.paper.pitch

    def next_page(self) -> None:
        """Begins a page."""
        self.page += 1
        self.y = 0.0

    def save(self, path: Path) -> Path:
        """Writes the PDF, with running heads and page numbers."""
        canvas = Canvas(str(path), pagesize=(self.paper.width, self.paper.height), invariant=True)
        for page in range(1, self.page + 1):
            for item in self.drawn:
                if item.page == page:
                    self._put(canvas, item)
            self._margins(canvas, page)
            canvas.showPage()
        canvas.save()
        return path

    def _margins(self, canvas: Canvas, page: int) -> None:
        paper, middle = self.paper, self.paper.width / 2
        if self.running:
            self._put(canvas, _Drawn(page, paper.margin, 34.0, 8.0, self.running))
        if page >= self.first_folio and self.folio:
            words = self.folio.format(page - self.first_folio + 1)
            self._put(canvas, _Drawn(page, middle - 10, paper.height - 28.0, 9.0, words))

    def _put(self, canvas: Canvas, item: _Drawn) -> None:
        canvas.setFont(FONT, item.size)
        canvas.drawString(item.x, self.paper.height - item.y, item.text)

    def _lines(self, text: str, first: float, hang: float, size: float) -> list[str]:
        lines: list[str] = []
        rest = text
        while rest:
            room = self.paper.measure - (hang if lines else first) * self.paper.size
            end = _fit(rest, room, size)
            lines.append(rest[:end])
            rest = rest[end:].lstrip("　 ")  # a space at a line's end is not carried over
        return lines


def _fit(text: str, room: float, size: float) -> int:
    """How many characters stand on the line, without a forbidden head behind it or a forbidden end on it."""
    end, used = 0, 0.0
    while end < len(text):
        used += pdfmetrics.stringWidth(text[end], FONT, size)
        if used > room + 0.01:
            break
        end += 1
    if end == len(text):
        return end
    while end > 1 and (text[end] in _NO_BEGIN or text[end - 1] in _NO_END or _in_word(text, end)):
        end -= 1
    return end


def _in_word(text: str, end: int) -> bool:
    return all(c.isascii() and c.isalnum() for c in text[end - 1 : end + 1])
