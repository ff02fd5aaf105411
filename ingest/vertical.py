"""Vertical writing: told from horizontal, and laid out so that the same rules read it.

The flow runs down the page and its lines follow each other from right to left. Two things on such a
page are set across it all the same: a few half-width characters upright in the space of one (縦中横),
and the page number in the margin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.page import Char, Page

_MARGIN = 0.085
"""The share of the page's height at head and foot where a page number may stand."""


def is_vertical(page: Page) -> bool:
    """Whether most neighbouring characters stand under each other."""
    down = across = 0
    for one, two in pairwise(page.chars):
        size = max(one.size, 1.0)
        x_step = abs((two.start + two.end) - (one.start + one.end)) / 2
        y_step = (two.top + two.bottom - one.top - one.bottom) / 2
        if x_step < 0.35 * size and 0.3 * size < y_step < 2.2 * size:
            down += 1
        elif abs(y_step) < 0.35 * size and 0.2 * size < two.start - one.start < 2.2 * size:
            across += 1
    return down > 20 and down > 2 * across


def turned(page: Page) -> Page:
    """The page with flow coordinates for vertical writing: down the page, lines from right to left."""
    marginal = _marginal(page)
    chars: list[Char] = []
    for group in _side_by_side(page.chars):
        if id(group[0]) in marginal:
            chars += [_below(char, page) for char in group]
        elif len(group) == 1:
            chars.append(_down(group[0], page))
        else:
            chars += _upright(group, page)
    return replace(page, chars=tuple(chars), drawn_from=0.0, drawn_to=float("inf"), vertical=True)


def _down(char: Char, page: Page) -> Char:
    box = char.box
    return replace(char, start=box.top, end=box.bottom, top=page.width - box.x1, bottom=page.width - box.x0)


def _side_by_side(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters in the order of the content stream, those that stand upright side by side together."""
    group: list[Char] = []
    for char in chars:
        if group and not _beside(group[-1], char):
            yield group
            group = []
        group.append(char)
    if group:
        yield group


def _beside(one: Char, two: Char) -> bool:
    """Whether a narrow character stands right of another at the same height."""
    narrow = all(c.box.x1 - c.box.x0 < 0.75 * (c.box.bottom - c.box.top) for c in (one, two))
    level = abs(one.box.top - two.box.top) < 0.15 * one.size
    return narrow and level and -0.6 * one.size < two.box.x0 - one.box.x1 < 0.3 * one.size and two.box.x0 > one.box.x0


def _upright(group: Sequence[Char], page: Page) -> Iterator[Char]:
    """縦中横: the characters share the height of one, in the column their middle stands in."""
    first, size = group[0].box, group[0].size
    middle = (first.x0 + group[-1].box.x1) / 2
    height = (first.bottom - first.top) / len(group)
    for i, char in enumerate(group):
        yield replace(
            char,
            start=first.top + i * height,
            end=first.top + (i + 1) * height,
            top=page.width - middle - size / 2,
            bottom=page.width - middle + size / 2,
        )


def _marginal(page: Page) -> frozenset[int]:
    """The characters in the head or foot margin that no column of text runs into: the page number."""
    foot, head = (1 - _MARGIN) * page.height, _MARGIN * page.height
    margin = [c for c in page.chars if c.box.top > foot or c.box.bottom < head]
    inside = [c for c in page.chars if foot >= c.box.top and c.box.bottom >= head]
    return frozenset(id(c) for c in margin if not any(_runs_into(c, other) for other in inside))


def _runs_into(char: Char, other: Char) -> bool:
    one, two = char.box, other.box
    apart = max(one.top - two.bottom, two.top - one.bottom)
    return one.x0 < two.x1 and two.x0 < one.x1 and apart < 1.2 * char.size


def _below(char: Char, page: Page) -> Char:
    """A character of the margin, as far from the flow's first or last edge as it is from the page's, in proportion."""
    box = char.box
    scale = page.width / page.height
    top = box.top * scale
    return replace(char, start=box.x0, end=box.x1, top=top, bottom=top + (box.bottom - box.top) * scale)
