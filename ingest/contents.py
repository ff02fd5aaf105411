"""Tables of contents: from 目次 to the last line that ends in leader dots or a page number.

One that gives no pages is known by its entries, which all come again as lines of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.furniture import plain
from ingest.lines import Line
from ingest.sheet import Sorted
from law.fold import squash

_CONTENTS = re.compile(r"^[【［\[(（]?目[ 　]*次[】］\])）]?$")
_TAIL = 200
"""Characters at the end of a line among which its leaders are looked for."""
_LEADER = re.compile(r"(?:[.．・…‥･·∙⋅⋯]|\s\.){4,}\s*[0-9０-９]*$")
_FEWEST = 4
"""Entries of the shortest table of contents that is told by this."""


def contents_apart(sheets: Sequence[Sorted]) -> list[Sorted]:
    """The sheets, each with its lines of a table of contents apart."""
    return _repeated([_contents_sorted(*sheet) for sheet in _with_open_contents(sheets)])


def _repeated(sheets: Sequence[Sorted]) -> list[Sorted]:
    """The sheets, each with those lines apart that a bare 目次 begins and the text repeats one after another."""
    start = next((k for k, sheet in enumerate(sheets) if len(sheet.contents) == 1), None)
    if start is None:
        return list(sheets)
    head = sheets[start].contents[0]
    upcoming = [(k, line) for k in range(start, len(sheets)) for line in _after(sheets[k], head)]
    entries = list(_entries(upcoming))
    if len(entries) < _FEWEST:
        return list(sheets)
    taken = {id(line) for _, line in entries}
    return [_without(sheet, taken) for sheet in sheets]


def _after(sheet: Sorted, head: Line) -> Iterator[Line]:
    return (line for line in sheet.body if sheet.page.number > head.page or line.top > head.top)


def _entries(upcoming: Sequence[tuple[int, Line]]) -> Iterator[tuple[int, Line]]:
    """The lines up to the first that repeats one of them: there the text itself begins."""
    left = Counter(squash(line.text) for _, line in upcoming)
    met: set[str] = set()
    for place, line in upcoming:
        words = squash(line.text)
        left[words] -= 1
        if words in met or not left[words]:
            return
        met.add(words)
        yield place, line


def _without(sheet: Sorted, taken: set[int]) -> Sorted:
    gone = [k for k, line in enumerate(sheet.body) if id(line) in taken]
    if not gone:
        return sheet
    body = tuple(line for line in sheet.body if id(line) not in taken)
    contents = (*sheet.contents, *(sheet.body[k] for k in gone))
    ends = tuple(end - sum(k < end for k in gone) for end in sheet.ends)
    return replace(sheet, body=body, contents=contents, ends=ends)


def _with_open_contents(sheets: Sequence[Sorted]) -> Iterator[tuple[Sorted, bool, bool]]:
    """Each page, with whether a table of contents is open when it begins and when it ends."""
    before = False
    for k, sheet in enumerate(sheets):
        heads = any(_CONTENTS.match(plain(line.text)) for line in sheet.body)
        entries = [i for i, line in enumerate(sheet.body) if _is_led(line)]
        upcoming = sheets[k + 1].body[:4] if k + 1 < len(sheets) else ()
        goes_on = any(_is_led(line) for line in upcoming)
        after = bool(entries) and (heads or before) and goes_on and max(entries) >= len(sheet.body) - 4
        yield sheet, before, after
        before = after


def _contents_sorted(sheet: Sorted, before: bool, after: bool) -> Sorted:
    """The page with its table of contents apart: from 目次 to the last line that ends in leader dots."""
    entries = [k for k, line in enumerate(sheet.body) if _is_led(line)]
    heads = [k for k, line in enumerate(sheet.body) if _CONTENTS.match(plain(line.text))]
    if not heads and not (before and entries):
        return sheet
    first = heads[0] if heads else 0
    last = len(sheet.body) - 1 if after else _last_entry(sheet.body, entries, first)
    if heads and not entries and len(sheet.body) - first < 60:
        last = _unled_contents(sheet.body, first)
    body = (*sheet.body[:first], *sheet.body[last + 1 :])
    ends = tuple(e if e <= first else e - (last + 1 - first) for e in sheet.ends)
    return replace(sheet, body=body, contents=sheet.body[first : last + 1], ends=ends)


def _is_led(line: Line) -> bool:
    """Whether leader dots end the line, with or without a page number behind them."""
    return _LEADER.search(line.text[-_TAIL:]) is not None


def _last_entry(body: Sequence[Line], entries: Sequence[int], first: int) -> int:
    """The last entry of the table that begins at `first`: an entry runs over three lines at most."""
    numbered = [k for k in entries if body[k].text[-1].isdecimal()]
    last = first
    for k in numbered or entries:
        if last < k <= last + 3:
            last = k
    return last


def _unled_contents(body: Sequence[Line], first: int) -> int:
    """The last entry of a table of contents without leader dots: lines that end in a page number."""
    last = first
    for k in range(first + 1, len(body)):
        if not re.search(r"[ 　][0-9０-９]{1,3}$", body[k].text):
            break
        last = k
    return last
