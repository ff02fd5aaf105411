"""Characters to printed lines, in reading order, whatever the writing direction or the columns.

A line keeps, for every character of its text, the printed character it came from (or none, for a
space that is seen as a gap). Raised small figures are told apart as possible footnote marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from ingest.page import Char, Page
from ingest.table import by_cells

NO_CHAR = -1
"""In `Line.places`: a space that is printed as a gap, not as a character."""


@dataclass(frozen=True)
class Line:
    """A printed line. `text` has no outer white space; `places[i]` is the index in `chars` of text[i]."""

    page: int
    column: int
    """0 where the page has one column, else 1, 2 … in reading order."""
    chars: tuple[Char, ...]
    text: str
    places: tuple[int, ...]
    size: float
    """The size most of its characters have, in points."""
    raised: tuple[int, ...] = ()
    """Offsets in `text` of small raised characters: footnote marks, if a footnote answers them."""
    order: int = 0
    """Where the content stream drew it: the order of its first character."""
    trailing: float = 0.0
    """How far spaces behind its last character reach, in points."""
    cell: int = 0
    """The cell of a table it stands in, counted over the page; 0 outside tables."""

    @cached_property
    def start(self) -> float:
        """Where its first character begins, in flow points."""
        return self.chars[0].start

    @cached_property
    def end(self) -> float:
        """Where its last character ends, in flow points."""
        return max(c.end for c in self.chars)

    @cached_property
    def top(self) -> float:
        """The top of its full-sized characters."""
        return min(c.top for c in self.chars if c.size >= 0.75 * self.size)

    @cached_property
    def bottom(self) -> float:
        """The bottom of its full-sized characters."""
        return max(c.bottom for c in self.chars if c.size >= 0.75 * self.size)

    def char(self, i: int) -> Char | None:
        """The printed character behind text[i], or None for a gap."""
        return self.chars[self.places[i]] if self.places[i] != NO_CHAR else None

    def position(self, i: int) -> float:
        """Where text[i] begins, in flow points; the end of the line past its last character."""
        while i < len(self.text):
            char = self.char(i)
            if char is not None:
                return char.start
            i += 1
        return self.end

    @cached_property
    def gaps(self) -> tuple[tuple[int, float], ...]:
        """The wide gaps inside it, of two ems at least: the offset behind each, and where it ends on the page."""
        if self.end - self.start < self.size * (len(self.text) + 1) * 0.5:
            return ()  # as long as its characters, or shorter: no room for a gap
        found = []
        last: Char | None = None
        for i, place in enumerate(self.places):
            if place == NO_CHAR or self.text[i].isspace():
                continue
            char = self.chars[place]
            if last is not None and char.start - last.end > 2 * self.size:
                found.append((i, char.start))
            last = char
        return tuple(found)

    def cut(self, i: int) -> tuple[Line, Line]:
        """The line in two: what stands before text[i], and the rest."""
        at = next(place for place in self.places[i:] if place != NO_CHAR)
        rest = tuple(place - at if place != NO_CHAR else NO_CHAR for place in self.places[i:])
        head = replace(self, chars=self.chars[:at], text=self.text[:i], places=self.places[:i], raised=())
        return head, replace(self, chars=self.chars[at:], text=self.text[i:], places=rest, raised=())

    def without(self, offsets: Iterable[int]) -> Line:
        """The line without some characters of its text (footnote marks)."""
        drop = set(offsets)
        keep = [i for i in range(len(self.text)) if i not in drop]
        return Line(
            self.page,
            self.column,
            self.chars,
            "".join(self.text[i] for i in keep),
            tuple(self.places[i] for i in keep),
            self.size,
            (),
            self.order,
            self.trailing,
            self.cell,
        )


def page_lines(page: Page) -> list[Line]:
    """The lines of a page in reading order: down, or column by column where there are columns."""
    if not page.chars:
        return []
    order = {id(c): i for i, c in enumerate(page.chars)}
    usual = median(c.bottom - c.top for c in page.chars)
    stamps = [c for c in page.chars if c.bottom - c.top > 3 * usual]
    rows = _rows([c for c in page.chars if c.bottom - c.top <= 3 * usual])
    cells = by_cells(rows, page)
    gutter = _gutter([row for cell, row in cells if not cell], page.flow_width)
    if gutter is None:
        parts = [(cell, part) for cell, row in cells for part in ((row,) if cell else _parts(row, page))]
        lines = [replace(line, cell=cell) for cell, part in parts if (line := _line(page.number, 0, part, order))]
    else:
        lines = list(_column_lines(page.number, rows, gutter, order))
    lines += [line for row in _rows(stamps) if (line := _line(page.number, 0, row, order))]
    # In vertical writing figures may lie on their side: small and raised, but no marks.
    return [replace(line, raised=()) for line in lines] if page.vertical else lines


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters that stand on one line, each row in the order of its characters."""
    rows: list[list[Char]] = []
    top = bottom = tallest = 0.0
    for char in sorted(chars, key=lambda c: (c.middle, c.start)):
        height = char.bottom - char.top
        overlap = min(bottom, char.bottom) - max(top, char.top)
        if rows and overlap >= 0.5 * min(height, tallest):
            rows[-1].append(char)
        else:
            rows.append([char])
            tallest = 0.0
        if height > tallest:
            top, bottom, tallest = char.top, char.bottom, height
    return [sorted(row, key=lambda c: c.start) for row in rows]


def _parts(row: Sequence[Char], page: Page) -> Iterator[Sequence[Char]]:
    """A row parted at wide gaps: into the labels of a drawing, or a text and a label at its far right."""
    cuts = [
        i
        for i in range(1, len(row))
        if row[i].start - row[i - 1].end > (2 if page.strokes >= 12 else 4) * row[i].size and not row[i].text.isspace()
    ]
    far = len(cuts) == 1 and row[cuts[0]].start > 0.6 * page.flow_width and 1 < len(row) - cuts[0] <= 10
    if not (cuts and (far or page.strokes >= 12)):
        yield row
        return
    for start, end in zip([0, *cuts], [*cuts, len(row)], strict=True):
        yield row[start:end]


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The gap between two columns, and the first row that is split by it."""

    x: float
    first: int


def _gutter(rows: Sequence[Sequence[Char]], width: float) -> _Gutter | None:
    """The gap between two columns, or None where the page has one column.

    Two columns are told from a table or a list of dates by their fullness: on both sides many rows
    fill their half, and the rows that leave the same gap are most of those between the first and last.
    """
    gaps: list[tuple[float, float, int]] = []
    for k, row in enumerate(rows):
        solid = [c for c in row if not c.text.isspace()]
        for left, right in pairwise(solid):
            middle = (left.end + right.start) / 2
            if right.start - left.end > 1.1 * left.size and 0.3 * width < middle < 0.7 * width:
                gaps.append((left.end, right.start, k))
    best = (0, 0.0)
    for at in sorted({round((a + b) / 2) for a, b, _ in gaps}):
        best = max(best, (len({k for a, b, k in gaps if a < at < b}), float(at)))
    count, x = best
    if count < 8:
        return None
    split = [k for a, b, k in gaps if a < x < b]
    between = rows[min(split) : max(split) + 1]
    clear = [row for row in between if not any(c.start < x < c.end for c in row)]
    if len(clear) < 0.7 * len(between):
        return None
    first = min(c.start for row in clear for c in row)
    last = max(c.end for row in clear for c in row)
    # Below the end of the shorter column the longer one still shows how full its lines are.
    below = [row for row in rows[min(split) :] if not any(c.start < x < c.end for c in row)]
    fills = ([f for row in below if (f := _fill(row, *half))] for half in ((first, x), (x, last)))
    return _Gutter(x, min(split)) if all(map(_is_prose, fills)) else None


def _is_prose(fills: Sequence[float]) -> bool:
    """Whether a column holds running text: headings and lists are short, but a good part of its rows is full."""
    full = sum(fill > 0.7 for fill in fills)
    return full >= max(4, 0.35 * len(fills))


def _fill(row: Sequence[Char], start: float, end: float) -> float:
    return sum(c.end - c.start for c in row if start <= c.start < end and not c.text.isspace()) / max(end - start, 1.0)


def _column_lines(page: int, rows: Sequence[Sequence[Char]], gutter: _Gutter, order: dict[int, int]) -> Iterator[Line]:
    """Lines column by column; a row that crosses the gutter parts what stands over it from what follows."""
    left: list[Line] = []
    right: list[Line] = []
    for k, row in enumerate(rows):
        crosses = any(c.start < gutter.x < c.end for c in row if not c.text.isspace())
        if crosses or k < gutter.first or _centred(row, gutter.x):
            yield from left
            yield from right
            left, right = [], []
            if line := _line(page, 0, row, order):
                yield line
            continue
        for column, lines in ((1, left), (2, right)):
            half = [c for c in row if ((c.start + c.end) / 2 < gutter.x) == (column == 1)]
            if line := _line(page, column, half, order):
                lines.append(line)
    yield from left
    yield from right


def _centred(row: Sequence[Char], gutter: float) -> bool:
    """A title over both columns with a gap that happens to fall on the gutter."""
    solid = [c for c in row if not c.text.isspace()]
    if not solid:
        return False
    left = [c for c in solid if c.end <= gutter]
    right = [c for c in solid if c.start >= gutter]
    if not left or not right:
        return False
    return right[0].start - left[-1].end < 1.1 * left[-1].size


def _line(page: int, column: int, row: Sequence[Char], order: dict[int, int]) -> Line | None:
    """The row as a line, or None where it holds nothing but white space."""
    solid = [i for i, c in enumerate(row) if not c.text.isspace() and c.text]
    if not solid:
        return None
    chars = tuple(row[solid[0] : solid[-1] + 1])
    size = _main_size(chars)
    text: list[str] = []
    places: list[int] = []
    raised: list[int] = []
    middle = median(c.middle for c in chars if c.size >= 0.9 * size)
    for i, char in enumerate(chars):
        if i and _gap(chars[i - 1], char, size):
            text.append(" ")
            places.append(NO_CHAR)
        if (
            char.size <= 0.78 * size
            and char.middle < middle - 0.06 * size
            and char.text.strip("0123456789０１２３４５６７８９*＊※注）)（(") == ""
        ):
            raised.extend(range(len(text), len(text) + len(char.text)))
        text.extend(char.text)
        places.extend([i] * len(char.text))
    first = min(order[id(c)] for c in chars)
    behind = max((c.end for c in row[solid[-1] + 1 :]), default=chars[-1].end)
    trailing = max(behind - chars[-1].end, 0.0)
    return Line(page, column, chars, "".join(text), tuple(places), size, tuple(raised), first, trailing)


def _main_size(chars: Sequence[Char]) -> float:
    """The size that covers most of the line's length."""
    exact = Counter(char.size for char in chars)
    if len(exact) == 1:
        return round(chars[0].size, 1)
    sizes: Counter[float] = Counter()
    for size, count in exact.items():
        sizes[round(size, 1)] += count
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0]


def _gap(one: Char, two: Char, size: float) -> bool:
    """Whether a space is seen between two characters though none is printed."""
    if one.text.isspace() or two.text.isspace():
        return False
    gap = two.start - one.end
    if one.text.isascii() and two.text.isascii() and one.text.isalpha() and two.text.isalpha():
        return gap > 0.18 * size
    return gap > 0.62 * size
