"""Tables: where rules part a row into cells, each cell is a text of its own.

A row stands in a table when three upright rules or more cross its height and level rules close them above and
below from the first to the last; so the boxes of a drawing, with room between them, are no table. A frame
around text is none either, nor a page set in two framed columns: there the cells are long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from ingest.page import Char, Page
from law.span import Box

_NEAR = 3.0
"""Points within which two rules stand at one place."""
_LONGEST_CELL = 5
"""Lines in the usual cell of a table; in framed columns of running text there are more."""
Row = Sequence[Char]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rules of a page: upright ones, and level ones by height."""

    walls: tuple[Box, ...]
    shelves: tuple[tuple[float, tuple[Box, ...]], ...]

    @classmethod
    def of(cls, page: Page) -> _Grid:
        frame = [rule for rule in page.frame if rule.bottom - rule.top < page.height]  # more is a ground under the text
        walls = tuple(rule for rule in frame if rule.x1 - rule.x0 < rule.bottom - rule.top)
        levels: list[list[Box]] = []
        for rule in sorted((r for r in frame if r.x1 - r.x0 >= r.bottom - r.top), key=lambda r: r.top):
            if levels and rule.top - levels[-1][0].top < _NEAR:
                levels[-1].append(rule)
            else:
                levels.append([rule])
        return cls(walls, tuple((level[0].top, tuple(sorted(level, key=lambda r: r.x0))) for level in levels))

    def bounds(self, row: Row) -> tuple[float, ...]:
        """Where upright rules cross the row's height, from left to right."""
        middle = median(c.middle for c in row)
        found: list[float] = []
        for x in sorted((wall.x0 + wall.x1) / 2 for wall in self.walls if wall.top - 1 <= middle <= wall.bottom + 1):
            if not found or x - found[-1] > _NEAR:
                found.append(x)
        return tuple(found)

    def above(self, left: float, right: float, y: float) -> float | None:
        """The lowest level over `y` whose rules reach from left to right."""
        fit = (level for level, rules in self.shelves if level <= y + 1 and _reaches(rules, left, right))
        return max(fit, default=None)

    def closes(self, bounds: Sequence[float], row: Row) -> bool:
        """Whether level rules lie over and under the row from its first to its last upright rule."""
        left, right = bounds[0], bounds[-1]
        y = median(c.middle for c in row)
        below = any(level >= y - 1 and _reaches(rules, left, right) for level, rules in self.shelves)
        return below and self.above(left, right, y) is not None

    def is_low(self, bounds: Sequence[float], row: Row) -> bool:
        """Whether the level rules over and under the row leave room for a few lines only, as a merged cell does."""
        y = median(c.middle for c in row)
        levels = [level for level, rules in self.shelves if _reaches(rules, bounds[0], bounds[-1])]
        over, under = [level for level in levels if level <= y], [level for level in levels if level > y]
        height = median(c.bottom - c.top for c in row)
        return bool(over and under) and min(under) - max(over) < 2 * _LONGEST_CELL * height


def _reaches(rules: Sequence[Box], left: float, right: float) -> bool:
    """Whether the rules of a level, from left to right and end to end, reach from left to right."""
    at = left + _NEAR
    for rule in rules:
        if rule.x0 <= at + _NEAR:
            at = max(at, rule.x1)
    return at >= right - _NEAR


def by_cells(rows: Sequence[Row], page: Page) -> list[tuple[int, Row]]:
    """The rows in reading order, each with the number of its cell: 0 outside tables, in them cell after cell."""
    if page.vertical or len(page.frame) < 6:
        return [(0, row) for row in rows]
    grid = _Grid.of(page)
    bounds = [grid.bounds(row) for row in rows]
    ruled = _ruled(rows, bounds, grid)
    made: list[tuple[int, Row]] = []
    for is_ruled, group in groupby(range(len(rows)), key=ruled.__getitem__):
        members = list(group)
        cells = list(_cells([rows[k] for k in members], [bounds[k] for k in members], grid)) if is_ruled else []
        if len({left for left, _ in cells}) < 2 or median(len(cell) for _, cell in cells) > _LONGEST_CELL:
            made.extend((0, rows[k]) for k in members)
            continue
        first = max((number for number, _ in made), default=0)
        made.extend((first + n, row) for n, (_, cell) in enumerate(cells, 1) for row in cell)
    return made


def _ruled(rows: Sequence[Row], bounds: Sequence[Sequence[float]], grid: _Grid) -> list[bool]:
    """Which rows stand in a table; one that a merged cell leaves undivided does if the row beside it does."""
    ruled = [len(b) > 2 and _within(row, b) and grid.closes(b, row) for row, b in zip(rows, bounds, strict=True)]
    for order in (range(1, len(rows)), range(len(rows) - 2, -1, -1)):
        step = order.step
        for k in order:
            mine, beside = bounds[k], bounds[k - step]
            if not ruled[k] and ruled[k - step] and len(mine) == 2 and _within(rows[k], mine):
                same = abs(mine[0] - beside[0]) < _NEAR and abs(mine[-1] - beside[-1]) < _NEAR
                ruled[k] = same and grid.is_low(mine, rows[k])
    return ruled


def _within(row: Row, bounds: Sequence[float]) -> bool:
    return all(bounds[0] - _NEAR < c.start and c.end < bounds[-1] + _NEAR for c in row if not c.text.isspace())


def _cells(
    rows: Sequence[Row], bounds: Sequence[Sequence[float]], grid: _Grid
) -> Iterator[tuple[float, list[list[Char]]]]:
    """The cells of a table with their left edges, row by row; each with its lines."""
    found: dict[tuple[float, float], list[list[Char]]] = defaultdict(list)
    for row, edges in zip(rows, bounds, strict=True):
        y = median(c.middle for c in row)
        for left, right in pairwise(edges):
            # What `_within` lets stand a little outside belongs to the outermost cell.
            start = left - 2 * _NEAR if left == edges[0] else left
            end = right + 2 * _NEAR if right == edges[-1] else right
            mine = [c for c in row if start <= (c.start + c.end) / 2 < end]
            if any(not c.text.isspace() for c in mine):
                top = grid.above(left, right, y)
                found[(round(top or 0.0), round(left))].append(mine)
    for (_, left), cell in sorted(found.items()):
        yield left, cell
