"""A page with its lines sorted by what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.lines import Line
from ingest.page import Page


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its printed number, and its lines."""

    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of one page by what they are for. `body` is in reading order."""

    page: Page
    printed: str | None
    """The page number printed on it."""
    corner: str | None
    """The corner label printed on it: 資料１－２."""
    body: tuple[Line, ...]
    furniture: tuple[Line, ...] = ()
    contents: tuple[Line, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    caption: tuple[Line, ...] = ()
    ends: tuple[int, ...] = ()
    """Indices of `body` before which 以上 closed the text; `len(body)` when it closes the page."""
    title: tuple[Line, ...] = ()
    """On a figure page, the lines of its title (they are in `caption` too)."""
    drawing: int = 0
    """On a figure page, the index in `body` before which the drawing stands."""
