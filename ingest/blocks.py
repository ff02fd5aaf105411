"""Lines to blocks: what is running text, and what stands beside it on the page.

Running heads and feet, page numbers, corner labels, emphasis dots, 記 and 以上 are furniture; tables of
contents, footnotes and the labels of figures are told apart too. Nothing is dropped: `Sorted` holds
every line once. Positions and sizes decide, never the words of a particular document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.contents import contents_apart
from ingest.furniture import NUMBER, in_margin, page_numbers, plain, running_heads
from ingest.lines import Line
from ingest.page import Page
from ingest.sheet import Footnote, Sorted
from law.label import read_label

_CORNER = re.compile(
    r"^[（(【\[]?"
    r"((?:資料|別紙|別添|別記|参考資料|参考|様式|添付資料)[ 　]?[0-9０-９]+(?:[-‐－―−ー][0-9０-９]+)*)"
    r"[）)】\]]?$"
)
_ENDS = re.compile(r"^[（(]?以[ 　]*上[）)]?$")
_NOTICE = re.compile(r"^記$")
_DOTS = frozenset("・、.．﹅●○◦•゛･")


def sort_pages(pages: Sequence[tuple[Page, Sequence[Line]]]) -> list[Sorted]:
    """Every page's lines, sorted; running heads are known by coming again on other pages."""
    running, folios = running_heads(pages), page_numbers(pages)
    sheets = [_sort_page(page, lines, running, folios) for page, lines in pages]
    return contents_apart(sheets)


def _sort_page(page: Page, lines: Sequence[Line], running: frozenset[int], folios: frozenset[int]) -> Sorted:
    rest = list(lines)
    furniture: list[Line] = []
    printed = corner = None
    for line in list(rest):
        margin = in_margin(page, line)
        found = NUMBER.match(plain(line.text)) if id(line) in folios or (margin and _outermost(line, lines)) else None
        label = _CORNER.match(line.text) if line.top < 0.15 * page.flow_height else None
        if found:
            printed = found.group(1)
        elif label and _apart(page, line, lines):
            corner = label.group(1)
        elif id(line) not in running and not (_emphasis(line, lines) or _stamped(line, lines)):
            continue
        furniture.append(line)
        rest.remove(line)
    footnotes, rest = _footnotes(page, rest)
    above, drawing, below = _around_drawing(page, rest)
    if _is_figure(page, drawing):
        title = _figure_title(drawing)
        caption = (*title, *sorted((line for line in drawing if line not in title), key=lambda line: line.order))
        body = (*above, *below)
        return Sorted(page, printed, corner, body, tuple(furniture), (), footnotes, caption, (), title, len(above))
    body, ends, closing = _closed(page, rest)
    return Sorted(page, printed, corner, body, (*furniture, *closing), (), footnotes, (), ends)


def _outermost(line: Line, lines: Sequence[Line]) -> bool:
    """Whether no line stands between this one and the edge of the page, but for other furniture."""
    above = [other for other in lines if other.bottom < line.top]
    below = [other for other in lines if other.top > line.bottom]
    return len(above) <= 1 or len(below) <= 1


def _apart(page: Page, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a label stands by itself at the head of the page: to the right, centred, or in the margin."""
    beside = [
        other
        for other in lines
        if other is not line
        and other.top < line.bottom
        and other.bottom > line.top
        and max(other.start - line.end, line.start - other.end) < 3 * line.size
    ]
    above = [other for other in lines if other.bottom <= line.top and not in_margin(page, other)]
    return not beside and len(above) <= 1


def _emphasis(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is only dots over the characters of the line below."""
    if not set(line.text.replace(" ", "").replace("　", "")) <= _DOTS:
        return False
    return any(
        other is not line
        and other.size > line.size - 0.1
        and -0.2 * other.size < other.top - line.bottom + 0.5 * line.size < other.size
        and other.start - 1 <= line.start
        and line.end <= other.end + 1
        and len(other.text) > len(line.text)
        for other in lines
    )


def _stamped(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is a stamp or a watermark: much larger than the two lines or more that it lies across."""
    under = [o for o in lines if o is not line and o.top < line.bottom and o.bottom > line.top]
    return len(under) > 1 and all(line.bottom - line.top > 3 * (o.bottom - o.top) for o in under)


def _footnotes(page: Page, lines: Sequence[Line]) -> tuple[tuple[Footnote, ...], list[Line]]:
    """The footnotes at the foot of each column, and the other lines.

    A footnote begins with a raised figure and is set smaller than the text, or stands under a short rule.
    """
    notes: list[Footnote] = []
    rest: list[Line] = []
    sizes = Counter(round(line.size, 1) for line in lines for _ in line.text)
    main = max(sizes, key=lambda s: sizes[s]) if sizes else 0.0
    for column in sorted({line.column for line in lines}):
        mine = [line for line in lines if line.column == column]
        first = _first_footnote(page, mine, main)
        rest.extend(mine[:first])
        for line in mine[first:]:
            if line.raised[:1] == (0,):
                notes.append(Footnote(plain("".join(line.text[i] for i in _leading(line.raised))), (line,)))
            else:
                notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
    index = {id(line): k for k, line in enumerate(lines)}
    rest.sort(key=lambda line: index[id(line)])
    return tuple(notes), rest


def _leading(raised: Sequence[int]) -> list[int]:
    return [i for k, i in enumerate(raised) if i == k]


def _first_footnote(page: Page, lines: Sequence[Line], main: float) -> int:
    for k, line in enumerate(lines):
        if line.raised[:1] != (0,):
            continue
        smaller = line.size < main - 0.3 and all(later.size < main + 0.1 for later in lines[k:])
        if smaller or _under_rule(page, line):
            return k
    return len(lines)


def _under_rule(page: Page, line: Line) -> bool:
    return any(
        0 <= line.top - rule.bottom < 2.5 * line.size and rule.x1 - rule.x0 < 0.6 * page.width for rule in page.rules
    )


def _is_figure(page: Page, lines: Sequence[Line]) -> bool:
    """Whether a page is a drawing: many strokes, short labels that start everywhere, hardly a sentence."""
    lines = [line for line in lines if not line.cell] or lines  # a table beside text is no drawing
    if page.strokes < 12 or len(lines) < 5:
        return False
    lengths = [len(line.text) for line in lines]
    starts = Counter(round(line.start / 4) for line in lines)
    sentences = sum("。" in line.text for line in lines)
    return median(lengths) <= 12 and max(starts.values()) < 0.4 * len(lines) and sentences <= 0.15 * len(lines)


def _around_drawing(page: Page, lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line], Sequence[Line]]:
    """The lines above, in and below a drawing; what stands beyond its strokes is text if it reads like text."""
    first = next((k for k, line in enumerate(lines) if line.bottom > page.drawn_from), len(lines))
    last = next((k for k in range(len(lines), 0, -1) if lines[k - 1].top < page.drawn_to), 0)
    if first >= last:
        return (), lines, ()
    first = first if _reads_as_text(lines[:first]) else 0
    last = last if _reads_as_text(lines[last:]) else len(lines)
    return lines[:first], lines[first:last], lines[last:]


def _reads_as_text(lines: Sequence[Line]) -> bool:
    """Whether a sentence or a label is among the lines."""
    return any("。" in line.text or read_label(line.text) is not None for line in lines)


def _figure_title(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines in the largest size, where it is larger than the labels'."""
    largest = max(line.size for line in lines)
    if largest < 1.15 * median(line.size for line in lines):
        return ()
    return tuple(line for line in lines if line.size > largest - 0.5)


def _closed(page: Page, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[int, ...], tuple[Line, ...]]:
    """The lines without 記 and 以上 alone on a line; where 以上 closed the text."""
    body: list[Line] = []
    ends: list[int] = []
    closing: list[Line] = []
    for line in lines:
        if _ENDS.match(line.text) and line.start > 0.4 * page.flow_width:
            ends.append(len(body))
            closing.append(line)
        elif _NOTICE.match(line.text):
            closing.append(line)
        else:
            body.append(line)
    return tuple(body), tuple(ends), tuple(closing)
