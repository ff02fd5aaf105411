"""Furniture in the margins: running heads and feet, and page numbers, known by coming again in the same place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.lines import Line
from ingest.page import Page
from law.label import read_label

Pages = Sequence[tuple[Page, Sequence[Line]]]

NUMBER = re.compile(
    r"^[-‐–—－−―・\s(（〔\[]*(?:[Pp](?:age)?[.\s]*)?([0-9]{1,4}|[ivxlc]{1,6})[-‐–—－−―・\s)）〕\]]*(?:頁|ページ)?(?:\s*[/／]\s*[0-9]{1,4})?$"
)
_MARGIN = 0.085
"""The share of the page height at head and foot where running heads and page numbers stand."""


def plain(text: str) -> str:
    """The text in one width, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def in_margin(page: Page, line: Line) -> bool:
    """Whether a line stands at the head or foot of the page."""
    return line.bottom < _MARGIN * page.flow_height or line.top > (1 - _MARGIN) * page.flow_height


def _running_key(page: Page, line: Line) -> tuple[str, int]:
    words = plain(line.text)
    words = words if read_label(line.text) else re.sub(r"[0-9]+", "#", words)  # 問１ and 問２ are no running head
    return words, round(line.top / 6)


def running_heads(pages: Pages) -> frozenset[int]:
    """The lines (by id) that are running heads or feet: in the margin, and again in the same place on other pages.

    Either the same words come again on most pages (two at least), or the place is kept for the name of the
    chapter: something stands there on most pages, and mostly what stands there on a page near by.
    """
    by_key: dict[tuple[str, int], dict[int, Line]] = {}
    by_place: dict[int, dict[int, Line]] = {}
    for number, (page, lines) in enumerate(pages):
        for line in lines:
            if in_margin(page, line):
                words, place = _running_key(page, line)
                by_key.setdefault((words, place), {})[number] = line
                by_place.setdefault(place, {})[number] = line
    least = max(2, round(0.4 * len(pages)))
    found = {id(line) for same in by_key.values() if len(same) >= least for line in same.values()}
    for place, there in by_place.items():
        if len(there) >= max(_CHAPTERED, 0.5 * len(pages)):
            found |= _chapter_heads(pages, place, there)
    return frozenset(found)


_CHAPTERED = 6
"""The pages a file must have before a place is known to be kept for the names of its chapters."""


def _chapter_heads(pages: Pages, place: int, there: dict[int, Line]) -> set[int]:
    """The lines (by id) of a place in the margin, if it is kept for the names of chapters.

    Facing pages may carry different heads. The name of a chapter of one page comes again nowhere; it is
    known by standing apart from the text.
    """
    words = {number: _running_key(pages[number][0], line)[0] for number, line in there.items()}
    again = {n for n in words if any(words.get(n + step) == words[n] for step in (-2, -1, 1, 2))}
    if len(again) < 0.7 * len(there):
        return set()
    return {id(line) for n, line in there.items() if n in again or _stands_off(line, pages[n][1])}


def _stands_off(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the nearest line above or below is farther away than lines of one text are."""
    above = [line.top - other.bottom for other in lines if other.bottom <= line.top]
    below = [other.top - line.bottom for other in lines if other.top >= line.bottom]
    return min([*above, *below], default=line.size * 2) > 1.5 * line.size


def page_numbers(pages: Pages) -> frozenset[int]:
    """The lines (by id) that are page numbers because they count with the pages, wherever they stand.

    The number is the first or last line of its page, and stands in the same place on two pages at least.
    """
    counting: dict[tuple[int, int, int], list[int]] = {}
    for page, lines in pages:
        ends = sorted(lines, key=lambda line: line.top)
        for line in {id(line): line for line in (*ends[:1], *ends[-1:])}.values():
            found = NUMBER.match(plain(line.text))
            if found and found.group(1).isdigit() and _near_edge(page, line):
                key = (int(found.group(1)) - page.number, round(line.size), round(line.top / 24))
                counting.setdefault(key, []).append(id(line))
    return frozenset(line for lines in counting.values() if len(lines) > 1 for line in lines)


def _near_edge(page: Page, line: Line) -> bool:
    return line.bottom < 0.15 * page.flow_height or line.top > 0.85 * page.flow_height
