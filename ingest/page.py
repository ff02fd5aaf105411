"""A page as it was printed: characters with their boxes, before anything is read into them.

`flow` coordinates are those of the reading direction: across the page for horizontal writing, down
it for vertical writing. The line builder and all that follows see only flow coordinates, so vertical
pages are read by the same rules; `box` is always the place on the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from law.span import Box


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character. `start`, `end`, `top`, `bottom` are flow coordinates in points."""

    text: str
    size: float
    start: float
    end: float
    top: float
    bottom: float
    box: Box

    @property
    def middle(self) -> float:
        """The middle of its height in the flow."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file as seen by a reader, in points; characters in the order of the content stream."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Box, ...] = ()
    """Thin horizontal strokes: the rule over footnotes, frames of boxes."""
    frame: tuple[Box, ...] = ()
    """Level and upright strokes, and the edges of rectangles: what tables are ruled with."""
    strokes: int = 0
    """How many lines, rectangles and curves are drawn."""
    drawn_from: float = 0.0
    """Where the uppermost of them begins, in flow coordinates; what stands above is no part of a drawing."""
    drawn_to: float = float("inf")
    """Where the lowest of them ends."""
    image_area: float = 0.0
    """The share of the page that images cover, 0..1."""
    vertical: bool = False
    turned: int = 0
    """Degrees the page is turned for display."""
    unreadable: int = 0
    """Characters that came without a meaning: (cid:n), private use, control, U+FFFD."""
    hidden: int = 0
    """Characters outside the visible part of the page, left out."""

    @property
    def flow_width(self) -> float:
        """The length of the line direction."""
        return self.height if self.vertical else self.width

    @property
    def flow_height(self) -> float:
        """The length of the direction in which lines follow each other."""
        return self.width if self.vertical else self.height
