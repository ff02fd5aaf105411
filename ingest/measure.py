"""The measures of a text column: where its lines begin and end, and how far apart they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.lines import Line
from ingest.sheet import Sorted


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of one page, in flow points."""

    left: float
    right: float
    pitch: float
    """From the top of a line to the top of the next."""
    size: float
    """The size of its text."""

    @property
    def width(self) -> float:
        """The length of a full line."""
        return max(self.right - self.left, 1.0)


Key = tuple[int, int]
"""Page and column."""
_Shape = tuple[int, int, int, bool, bool]
"""What pages of one measure share: width, height, column, direction, and whether they are even pages set apart."""


def measures(sheets: Sequence[Sorted]) -> dict[Key, Measure]:
    """The measure of every page and column; pages of one shape share their left edge."""
    lines: dict[Key, list[Line]] = defaultdict(list)
    shape: dict[Key, _Shape] = {}
    for sheet in sheets:
        for line in sheet.body:
            key = (line.page, line.column)
            lines[key].append(line)
            page = sheet.page
            shape[key] = (round(page.width / 4), round(page.height / 4), line.column, page.vertical, False)
    _set_even_apart(lines, shape)
    families: dict[_Shape, list[Line]] = defaultdict(list)
    for key, own in lines.items():
        own[:] = [line for line in own if not line.cell] or own
        families[shape[key]].extend(own)
    left = {family: min(line.start for line in members) for family, members in families.items()}
    right = {family: _right(members) for family, members in families.items()}
    pitch = {family: _pitch(members) for family, members in families.items()}
    size = {family: median(line.size for line in members) for family, members in families.items()}
    table: dict[Key, Measure] = {}
    for key, own in lines.items():
        family = shape[key]
        long = [line for line in own if line.end - line.start > 0.6 * (right[family] - left[family])]
        edge = _right(own) if len(long) >= 6 else right[family]
        table[key] = Measure(left[family], edge, pitch[family], size[family])
    return table


def _set_even_apart(lines: dict[Key, list[Line]], shape: dict[Key, _Shape]) -> None:
    """Marks the even pages where their text stands further left or right than that of odd pages, on both edges."""
    for family in set(shape.values()):
        sides = [[k for k, own in shape.items() if own == family and k[0] % 2 == parity] for parity in (1, 0)]
        if min(map(len, sides)) < 2:
            continue
        odd, even = ([line for key in side for line in lines[key]] for side in sides)
        left = min(line.start for line in even) - min(line.start for line in odd)
        right = _right(even) - _right(odd)
        if abs(left) > 3 and abs(left - right) < 3:
            shape.update(dict.fromkeys(sides[1], (*family[:4], True)))


def _right(lines: Iterable[Line]) -> float:
    """The edge most long lines reach: the median end of those that come near the furthest."""
    ends = sorted(line.end for line in lines)
    near = [end for end in ends if end >= ends[0] + 0.93 * (ends[-1] - ends[0])]
    return median(near)


def _pitch(lines: Sequence[Line]) -> float:
    steps = [
        two.top - one.top
        for one, two in pairwise(lines)
        if one.page == two.page and one.column == two.column and two.top > one.top
    ]
    return median(steps) if steps else 18.0
