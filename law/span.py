"""Places: where words stand in a text (`Span`), on a page (`Box`), and before folding (`Aligned`).

Offsets count code points of the stored text and are half-open. Boxes are in points from the page's
top left corner as a reader sees it (after rotation), page numbers are pages of the file, from 1.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, found {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words at this place."""
        return text[self.start : self.end]

    def moved(self, by: int) -> Span:
        """The same length, `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on a page of the file, in points from the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def around(self, other: Box) -> Box:
        """The smallest box on this page that holds both."""
        return Box(
            self.page,
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


NO_PAGE = 0
"""The page of a character that stands on none: a paragraph break or a space between two Latin words."""


class Boxes:
    """One box a character, in columns: two bytes for the page, four floats for the sides.

    Frozen once built. A character without a box has page `NO_PAGE`.
    """

    __slots__ = ("pages", "sides")

    def __init__(self, pages: array[int], sides: array[float]) -> None:
        if len(sides) != 4 * len(pages):
            raise ValueError(f"expected four sides a character: {len(pages)} characters, {len(sides)} sides")
        self.pages = pages
        self.sides = sides

    @classmethod
    def of(cls, boxes: Iterable[Box | None]) -> Boxes:
        """Columns from one box (or none) a character."""
        pages, sides = array("H"), array("f")
        for box in boxes:
            pages.append(box.page if box else NO_PAGE)
            sides.extend((box.x0, box.top, box.x1, box.bottom) if box else (0.0, 0.0, 0.0, 0.0))
        return cls(pages, sides)

    def __len__(self) -> int:
        return len(self.pages)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Boxes) and self.pages == other.pages and self.sides == other.sides

    __hash__ = None  # type: ignore[assignment]  # columns are compared, never used as keys

    def __getitem__(self, i: int) -> Box | None:
        if self.pages[i] == NO_PAGE:
            return None
        x0, top, x1, bottom = self.sides[4 * i : 4 * i + 4]
        return Box(self.pages[i], x0, top, x1, bottom)

    def page_of(self, span: Span) -> int | None:
        """The page of the first boxed character of the span."""
        return next(filter(None, self.pages[span.start : span.end]), None)  # NO_PAGE is 0

    def pages_of(self, span: Span) -> tuple[int, ...]:
        """Every page the span touches, in order."""
        return tuple(sorted({p for p in self.pages[span.start : span.end] if p != NO_PAGE}))

    def lines_of(self, span: Span) -> tuple[Box, ...]:
        """One box for each printed line the span covers, in reading order.

        Characters share a line when they are on one page, overlap by half of the smaller's height
        and run forward; a raised footnote mark taken out of the text leaves a gap that is bridged.
        """
        return tuple(map(_around, self._runs(span)))

    def _runs(self, span: Span) -> Iterator[list[_Letter]]:
        """The boxed characters of the span, those of one printed line together."""
        sides = self.sides[4 * span.start : 4 * span.end].tolist()
        pages = self.pages[span.start : span.end]
        run: list[_Letter] = []
        for letter in zip(pages, sides[::4], sides[1::4], sides[2::4], sides[3::4], strict=True):
            if letter[0] == NO_PAGE:
                continue
            if run and not _continues(run[-1], letter):
                yield run
                run = []
            run.append(letter)
        if run:
            yield run


_Letter = tuple[int, float, float, float, float]
"""Page, left, top, right and bottom of a character: an answer asks for thousands, so none is made a `Box`."""


def _continues(last: _Letter, letter: _Letter) -> bool:
    """Whether a character stands behind another on one printed line."""
    last_page, _, last_top, last_x1, last_bottom = last
    page, x0, top, _, bottom = letter
    if page != last_page:
        return False
    height = max(last_bottom - last_top, 1.0)
    if not -0.5 * height <= x0 - last_x1 <= 6 * height:
        return False
    if top == last_top and bottom == last_bottom:  # as nearly all are; the figures below would say the same
        return True
    overlap = min(last_bottom, bottom) - max(last_top, top)
    return overlap >= 0.5 * min(last_bottom - last_top, bottom - top)


def _around(run: Sequence[_Letter]) -> Box:
    """The smallest box that holds all these characters."""
    pages, x0, top, x1, bottom = zip(*run, strict=True)
    return Box(pages[0], min(x0), min(top), max(x1), max(bottom))


@dataclass(frozen=True, slots=True)
class Aligned:
    """A folded text that knows where each of its characters came from.

    `origin[i]` is the offset in the source of character i; it has one entry more than the text, the
    length of the source, so that every span has a way back.
    """

    text: str
    origin: Sequence[int]

    def source(self, span: Span) -> Span:
        """The place in the source that the span of the folded text came from."""
        if not len(span):
            return Span(self.origin[span.start], self.origin[span.start])
        end = next(
            (o for o in self.origin[span.end :] if o > self.origin[span.end - 1]),
            self.origin[-1],
        )
        return Span(self.origin[span.start], end)
