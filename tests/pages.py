"""Pages set by hand: printed lines become `Page` values with a box a character, no PDF needed.

A text is typed as it would be printed. Full-width spaces at its head indent it by an em, half-width
ones by half of that; a line takes one line of the page, an empty one too. Directives:

    [頁]            the next page; `[頁 shift=20]` moves its text to the right by points
    [柱 words]      a running head in the margin above; `[足 words]` below (centred)
    [右 words]      set to the right; `[中 words]` centred; `[隅 words]` at the head of the page, right
    [大 words]      centred in a larger size
    [線]            a short rule, as over footnotes
    ^1^             raised small figures: a footnote mark
    {small}         at the head of a line: 8 instead of 10 points
    →               a gap of three ems inside a line, as between columns set apart
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.page import Char, Page
from ingest.read import read_pages
from law.document import BlockKind, Document, Source
from law.span import Box

SIZE = 10.0
PITCH = 16.0
LEFT = 60.0
TOP = 64.0
EMS = 30
"""A full line has thirty characters."""
WIDTH = 2 * LEFT + EMS * SIZE
HEIGHT = 595.0
_DIRECTIVE = re.compile(r"^\[(頁|柱|足|右|中|隅|大|線)(?: (.*))?\]$")
_GAP = "→"


def width(text: str, size: float = SIZE) -> float:
    """The length of a text set solid: half an em for half-width characters."""
    return sum(size * _ems(c) for c in text)


def _ems(c: str) -> float:
    if c == _GAP:
        return 3.0
    return 1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5


def chars(number: int, x: float, y: float, size: float, text: str, *, stretch: float = 0.0) -> Iterator[Char]:
    """A text at a place (its left edge, its top), character by character; `stretch` is put between them."""
    raised = False
    for c in text:
        if c == "^":
            raised = not raised
            continue
        own = size * (0.55 if raised else 1.0)
        advance = own * _ems(c)
        if c != _GAP:
            box = Box(number, x, y, x + advance, y + own)
            yield Char(c, own, x, x + advance, y, y + own, box)
        x += advance + stretch


@dataclass
class _Sheet:
    number: int
    shift: float = 0.0
    y: float = TOP
    chars: list[Char] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)

    def put(self, x: float, text: str, size: float = SIZE, y: float | None = None) -> None:
        at = self.y if y is None else y
        self.chars += chars(self.number, x + self.shift, at, size, text)

    def page(self) -> Page:
        return Page(self.number, WIDTH, HEIGHT, tuple(self.chars), tuple(self.rules))


def set_pages(text: str) -> list[Page]:
    """The pages a typed text is printed on."""
    sheets = [_Sheet(1)]
    for line in text.splitlines():
        found = _DIRECTIVE.match(line)
        if found and found.group(1) == "頁":
            shift = re.search(r"shift=(-?\d+)", found.group(2) or "")
            sheets.append(_Sheet(len(sheets) + 1, float(shift.group(1)) if shift else 0.0))
        elif found:
            _direct(sheets[-1], found.group(1), found.group(2) or "")
        else:
            _line(sheets[-1], line)
    return [sheet.page() for sheet in sheets]


def _line(sheet: _Sheet, line: str) -> None:
    size = 8.0 if line.startswith("{small}") else SIZE
    words = line.removeprefix("{small}")
    bare = words.lstrip(" 　")
    sheet.put(LEFT + width(words[: len(words) - len(bare)]), bare, size)
    sheet.y += PITCH if size == SIZE else 0.8 * PITCH


def _direct(sheet: _Sheet, kind: str, words: str) -> None:
    middle = WIDTH / 2
    if kind == "柱":
        sheet.put(middle - width(words) / 2, words, y=22.0)
    elif kind == "足":
        sheet.put(middle - width(words) / 2, words, y=HEIGHT - 36.0)
    elif kind == "隅":
        sheet.put(WIDTH - LEFT - width(words), words, y=40.0)
    elif kind == "線":
        sheet.rules.append(Box(sheet.number, LEFT, sheet.y + 4, LEFT + 120, sheet.y + 4.5))
        sheet.y += 8.0
    else:
        size = 14.0 if kind == "大" else SIZE
        long = width(words, size)
        sheet.put(WIDTH - LEFT - long if kind == "右" else middle - long / 2, words, size)
        sheet.y += PITCH * (1.4 if kind == "大" else 1.0)


def read_text(text: str, name: str = "見本.pdf") -> Document:
    """The document read from a typed text."""
    return read_set(set_pages(text), name)


def read_set(pages: Sequence[Page], name: str = "見本.pdf") -> Document:
    """The document read from pages set by hand."""
    return read_pages(pages, Source(name, "0" * 64, 1), Path("no-sidecar.toml"))


def outline(document: Document) -> str:
    """The clause tree as a lawyer would write it down: label, 〈heading〉, words, page; a step deeper two spaces.

    Below it what stands beside the text: contents, furniture, printed page numbers.
    """
    depth: dict[str | None, int] = {None: -1}
    lines = []
    for clause in document.clauses:
        depth[clause.path] = depth[clause.parent] + 1
        heading = document.heading(clause)
        said = (f"〈{heading}〉" if heading else "") + document.own_text(clause)
        page = f"（{document.pdf_page(clause)}頁）" if len(document.sheets) > 1 else ""
        lines.append("  " * depth[clause.path] + " ".join(w for w in (clause.label, said, page) if w))
    for kind, name in ((BlockKind.CONTENTS, "目次"), (BlockKind.FURNITURE, "欄外")):
        words = [b.span.of(document.text) for b in document.blocks if b.kind is kind]
        lines += [f"［{name}］{'｜'.join(words)}"] if words else []
    printed = [sheet.printed for sheet in document.sheets]
    lines += [f"［頁番号］{' '.join(p or '-' for p in printed)}"] if any(printed) else []
    return "\n".join(lines + [f"［気付き］{finding.japanese}" for finding in document.findings])
