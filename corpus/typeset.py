"""From blocks to pages: lines broken by character under kinsoku, stacked, with footnotes below.

It promises that each printed character has one place and that each block knows the page it
begins on. It draws nothing: `drawing` puts the pages on paper.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from layouts import Layout
from manuscript import BAR, Block, Manuscript

Measure = Callable[[str, str], float]
"""The width of a text in a face, in ems."""

NO_BEGIN = set("－、。，．）」』】〕・：；？！％々ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ),.:;%")
NO_END = set("－（「『【〔(")
# {1} a footnote mark, {br} a line end, {・持出} emphasis dots over the characters
_MARKUP = re.compile(r"\{(?P<mark>\d+)\}|\{(?P<br>br)\}|\{・(?P<dots>[^}]+)\}")
_LATIN = re.compile(r"[0-9A-Za-z.,\-/@_:]")
_MAX_SLACK = 2.0  # ems: a line with more room than this stays ragged


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, or a forced line end (an empty one)."""

    char: str
    style: str = ""  # "" | "mark" | "dots"


@dataclass(frozen=True, slots=True)
class Run:
    """A text at a place: `x` from the slab's left edge, `y` its baseline from the slab's top."""

    text: str
    face: str
    size: float
    x: float
    y: float
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A rule, a box or an arrow, measured from the slab's top left corner."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Slab:
    """What no page break parts: a line, a table's row, a figure."""

    height: float
    runs: tuple[Run, ...]
    block: int
    strokes: tuple[Stroke, ...] = ()
    marks: tuple[str, ...] = ()
    above: float = 0.0  # empty room above, dropped at a page's top
    keep: bool = False  # stays with the next slab


@dataclass(frozen=True, slots=True)
class Placed:
    """A slab and where its top stands on the page, measured from the top edge."""

    slab: Slab
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number in the file and, if one is printed, on paper."""

    number: int
    folio: int | None
    corner: str
    body: tuple[Placed, ...]
    notes: tuple[Placed, ...]


def glyphs(text: str) -> Iterator[Glyph]:
    """The characters of a source text, its inline marks resolved."""
    end = 0
    for match in _MARKUP.finditer(text):
        yield from (Glyph(char) for char in text[end : match.start()])
        if match["mark"]:
            yield Glyph(match["mark"], "mark")
        elif match["br"]:
            yield Glyph("")
        else:
            yield from (Glyph(char, "dots") for char in match["dots"])
        end = match.end()
    yield from (Glyph(char) for char in text[end:])


def bare(text: str) -> str:
    """The text without marks, line ends and emphasis, as a reader would quote it."""
    return "".join(glyph.char for glyph in glyphs(text) if glyph.style != "mark")


def units(text: str, *, split_latin: bool) -> list[list[Glyph]]:
    """Characters in groups that no line end may part."""
    groups: list[list[Glyph]] = []
    for glyph in glyphs(text):
        if groups and groups[-1][-1].char and glyph.char and _clings(groups[-1][-1], glyph, split_latin=split_latin):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return groups


def _clings(before: Glyph, glyph: Glyph, *, split_latin: bool) -> bool:
    if glyph.style == "mark" or glyph.char in NO_BEGIN or before.char in NO_END:
        return True
    if split_latin or before.style == "mark":
        return False
    return bool(_LATIN.match(before.char) and _LATIN.match(glyph.char))


@dataclass(frozen=True, slots=True)
class Typesetter:
    """A layout with the widths of its faces."""

    layout: Layout
    measure: Measure

    def broken(self, text: str, face: str, widths: tuple[float, float]) -> list[tuple[list[Glyph], bool]]:
        """The text's lines (widths in ems), each with whether it may be justified."""
        lines: list[tuple[list[Glyph], bool]] = []
        line: list[Glyph] = []
        for unit in units(text, split_latin=self.layout.split_latin):
            room = widths[0] if not lines else widths[1]
            if not unit[0].char:
                lines.append((line, True))
                line = []
            elif line and self.length([*line, *unit], face) > room + 1e-6:
                lines.append((line, True))
                line = unit
            else:
                line = [*line, *unit]
        return [*lines, (line, False)]

    def length(self, line: Sequence[Glyph], face: str) -> float:
        """The width of a line in ems; footnote marks are printed at half size."""
        return sum(self.measure(glyph.char, face) * (0.55 if glyph.style == "mark" else 1) for glyph in line)

    def paragraph(self, text: str, block: int, indent: tuple[float, float], **look: float | str) -> list[Slab]:
        """The slabs of a paragraph. `look`: face, size, leading, align, where not the body's."""
        face = str(look.get("face", self.layout.face))
        size = float(look.get("size", self.layout.size))
        em = self.layout.width / size
        lines = self.broken(text, face, (em - indent[0], em - indent[1]))
        slabs = []
        for i, (line, inner) in enumerate(lines):
            start = indent[0] if i == 0 else indent[1]
            slack = em - start - self.length(line, face)
            if look.get("align") in {"centre", "right"}:
                start += slack / (2 if look["align"] == "centre" else 1)
            full = self.layout.justify and inner and slack < _MAX_SLACK and len(line) > 1
            spacing = slack / (len(line) - 1) * size if full else 0.0
            slabs.append(self._slab(line, block, face, size, start * size, spacing, look))
        return slabs

    def _slab(
        self, line: Sequence[Glyph], block: int, face: str, size: float, x: float,
        spacing: float, look: dict[str, float | str],
    ) -> Slab:  # fmt: skip
        leading = float(look.get("leading", self.layout.leading * size / self.layout.size))
        baseline = (leading + size) / 2 - size * 0.12
        runs: list[Run] = []
        for style, part in _styled(line):
            text = "".join(glyph.char for glyph in part)
            scale = 0.55 if style == "mark" else 1.0
            lift = size * 0.42 if style == "mark" else 0.0
            runs.append(Run(text, face, size * scale, x, baseline - lift, spacing))
            if style == "dots":
                runs.extend(self._dots(part, face, size, x, baseline, spacing))
            x += self.measure(text, face) * size * scale + spacing * len(text)
        marks = tuple(glyph.char for glyph in line if glyph.style == "mark")
        return Slab(leading, tuple(runs), block, marks=marks)

    def _dots(self, part: Sequence[Glyph], face: str, size: float, x: float, y: float, spacing: float) -> Iterator[Run]:
        for i in range(len(part)):
            yield Run("・", face, size * 0.75, x + i * (size + spacing) + size * 0.125, y - size * 0.85)


def _styled(line: Sequence[Glyph]) -> Iterator[tuple[str, list[Glyph]]]:
    start = 0
    for i in range(1, len(line) + 1):
        if i == len(line) or line[i].style != line[start].style:
            yield line[start].style, list(line[start:i])
            start = i


def gap(label: str) -> str:
    """What stands between a label and its text: nothing after a bracket, else a space."""
    if not label or label[-1] in "．）：】・○":
        return ""
    return " " if re.fullmatch(r"[\x21-\x7e]+", label) else "　"


def labelled(block: Block) -> str:
    """Label and text as one printed paragraph."""
    return f"{block.label}{gap(block.label)}{block.text}"


def contents(manuscript: Manuscript) -> list[tuple[int, str]]:
    """What the contents list: headings and captioned clauses, each with its block."""
    entries = []
    for i, block in enumerate(manuscript.blocks):
        if block.kind != "clause" or not (block.heading or block.caption):
            continue
        title = block.text if block.heading else block.caption.strip("（）")
        entries.append((i, labelled(replace(block, text=title))))
    return entries


def bars(text: str) -> list[str]:
    """The cells of a row."""
    return text.split(BAR)


def lines_above(count: float, layout: Layout) -> float:
    """Empty lines as points."""
    return math.floor(count * layout.leading * 100) / 100
