"""What a paper is made of: headings, paragraphs, quotations with their sources, tables, pictures, as values.

Nothing in a block is markup: text is text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one style."""

    words: str
    bold: bool = False
    underline: bool = False


Words = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the largest."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `small` one is a remark in grey, one to `keep` stays on the page of what follows."""

    words: Words
    small: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` counts from 1, and `boxes` gives every line a box to tick."""

    lines: tuple[Words, ...]
    numbered: bool = False
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim quotation and where it stands. Give only what was verified."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated on every page; widths are parts of the whole width."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...] = ()
    size: float = 9


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG) and its caption, as wide as `width` of the page's text (a part of 1)."""

    png: bytes
    caption: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Quotation | Table | Picture | PageBreak
