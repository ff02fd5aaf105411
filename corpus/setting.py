"""Each kind of block in its form, and the forms stacked into pages.

`slabs` is a table of the markup's tags; `pages` stacks them, with the footnotes a page owes
at its foot. The contents need the page numbers they list, so `compose` runs twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from layouts import Layout
from manuscript import Block, Manuscript
from typeset import (
    Page,
    Placed,
    Run,
    Slab,
    Stroke,
    Typesetter,
    bars,
    contents,
    labelled,
    lines_above,
)

_RULE = 14.0  # room of the short rule above the footnotes
_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Composer:
    """A manuscript with its typesetter and, from the second run on, where each block begins."""

    manuscript: Manuscript
    setter: Typesetter
    folios: dict[int, int]

    @property
    def layout(self) -> Layout:
        """The layout in use."""
        return self.setter.layout

    def slabs(self, i: int) -> list[Slab]:
        """The slabs of block `i`; none for a block that only moves the page."""
        block = self.manuscript.blocks[i]
        form = _FORMS.get(block.kind)
        return form(self, i, block) if form else []

    def clause(self, i: int, block: Block) -> list[Slab]:
        """A labelled paragraph or heading."""
        indent = self.layout.clause[block.depth - 1]
        if not block.heading:
            return self.setter.paragraph(labelled(block), i, indent)
        slabs = self.setter.paragraph(labelled(block), i, indent, face=self.layout.head_face)
        room = self.layout.head_space if block.depth == 1 else self.layout.head_space / 2
        slabs = [replace(slab, keep=True) for slab in slabs]
        return [replace(slabs[0], above=lines_above(room, self.layout)), *slabs[1:]]

    def text(self, i: int, block: Block) -> list[Slab]:
        """A further paragraph of a clause."""
        return self.setter.paragraph(block.text, i, self.layout.text[block.depth])

    def caption(self, i: int, block: Block) -> list[Slab]:
        """The bracketed title above a clause."""
        indent = self.layout.caption_indent
        slabs = self.setter.paragraph(block.text, i, (indent, indent + 1))
        first = replace(slabs[0], above=lines_above(self.layout.caption_space, self.layout))
        return [replace(slab, keep=True) for slab in [first, *slabs[1:]]]

    def title(self, i: int, block: Block) -> list[Slab]:
        """A line of the document's title."""
        size = self.layout.size * self.layout.title_size
        look: dict[str, float | str] = {"face": self.layout.head_face, "size": size, "align": "centre"}
        slabs = self.setter.paragraph(block.text, i, (0, 0), **look)
        return [replace(slab, keep=True) for slab in slabs]

    def aligned(self, i: int, block: Block) -> list[Slab]:
        """A line at the right, in the middle or at the left."""
        return self.setter.paragraph(block.text, i, (0, 0), align=block.kind)

    def note(self, i: int, block: Block) -> list[Slab]:
        """A note, a note's item, an example, a bullet or a dated entry: all hang."""
        indent = {
            "note": self.layout.note,
            "noteitem": self.layout.note_item,
            "example": self.layout.example,
            "bullet": self.layout.bullet,
        }[block.kind]
        return self.setter.paragraph(labelled(block), i, indent)

    def entry(self, i: int, block: Block) -> list[Slab]:
        """A date in its column and what happened beside it."""
        first, rest = self.layout.entry
        slabs = self.setter.paragraph(block.text, i, (rest, rest))
        date = self.setter.paragraph(block.label, i, (first, first))[0].runs
        return [replace(slabs[0], runs=date + slabs[0].runs), *slabs[1:]]

    def space(self, i: int, block: Block) -> list[Slab]:
        """Empty lines."""
        return [Slab(self.layout.leading * float(block.text or 1), (), i)]

    def toc(self, i: int, block: Block) -> list[Slab]:
        """The contents: entry, leader, page."""
        slabs: list[Slab] = []
        size, face = self.layout.size, self.layout.face
        for target, text in contents(self.manuscript):
            depth = self.manuscript.blocks[target].depth
            indent = (min(depth - 1, 3) * 1.0, min(depth - 1, 3) + 2.0)
            lines = self.setter.paragraph(text, i, indent)
            page = str(self.folios.get(target, 0))
            last = lines[-1].runs[-1]
            start = last.x + (self.setter.measure(last.text, face) + 0.5) * size
            end = self.layout.width - self.setter.measure(page, face) * size
            dots = int((end - start - size * 0.3) / (self.setter.measure(".", face) * size))
            dot_x = end - size * 0.3 - dots * self.setter.measure(".", face) * size
            tail = (replace(last, text="." * dots, x=dot_x), replace(last, text=page, x=end))
            slabs += [*lines[:-1], replace(lines[-1], runs=lines[-1].runs + tail)]
        return slabs

    def row(self, i: int, block: Block) -> list[Slab]:
        """A table's row, ruled; its widths are the last `columns` line's, in ems."""
        before = reversed(self.manuscript.blocks[:i])
        widths = next(block.numbers for block in before if block.kind == "columns")
        size, leading = self.layout.size, self.layout.leading
        runs: list[Run] = []
        left, tallest = 0.0, 1
        edges: list[tuple[float, float]] = []
        for width, cell in zip(widths, bars(block.text), strict=True):
            inner = width - 1
            lines = self.setter.broken(cell, self.layout.face, (inner, inner))
            for k, (line, _) in enumerate(lines):
                text = "".join(glyph.char for glyph in line)
                y = k * leading + leading * 0.75
                runs.append(Run(text, self.layout.face, size, (left + 0.5) * size, y))
            tallest = max(tallest, len(lines))
            edges.append((left * size, width * size))
            left += width
        height = tallest * leading + 4
        strokes = tuple(Stroke("rect", x, 0, width, height) for x, width in edges)
        return [Slab(height, tuple(runs), i, strokes)]

    def figure(self, i: int, block: Block) -> list[Slab]:
        """Boxes and arrows up to the next block of another kind, on one slab; millimetres."""
        runs: list[Run] = []
        strokes: list[Stroke] = []
        for part in self.manuscript.blocks[i + 1 :]:
            if part.kind not in {"box", "arrow"}:
                break
            x, y, width, height = (number * _MM for number in part.numbers)
            if part.kind == "arrow":
                strokes.append(Stroke("arrow", x, y, width, height))
                continue
            if height:
                strokes.append(Stroke("rect", x, y, width, height))
            runs += self._centred(part.text, x + width / 2, y + height / 2)
        return [Slab(block.numbers[0] * _MM, tuple(runs), i, tuple(strokes))]

    def _centred(self, text: str, x: float, y: float) -> Iterator[Run]:
        size, face = self.layout.size * 0.85, self.layout.head_face
        lines = text.split("／")
        for k, line in enumerate(lines):
            middle = (k - (len(lines) - 1) / 2) * size * 1.4
            start = x - self.setter.measure(line, face) * size / 2
            yield Run(line, face, size, start, y + middle + size * 0.35)

    def footnote(self, i: int, block: Block) -> list[Slab]:
        """A footnote in small print, its number raised."""
        size = self.layout.foot_size
        text = f"{{{block.label}}} {block.text}"
        slabs = self.setter.paragraph(text, i, (0, 1), size=size, leading=size * 1.5)
        return [replace(slab, marks=()) for slab in slabs]


_FORMS: dict[str, Callable[[Composer, int, Block], list[Slab]]] = {
    "clause": Composer.clause,
    "text": Composer.text,
    "caption": Composer.caption,
    "title": Composer.title,
    "centre": Composer.aligned,
    "right": Composer.aligned,
    "left": Composer.aligned,
    "note": Composer.note,
    "noteitem": Composer.note,
    "example": Composer.note,
    "bullet": Composer.note,
    "entry": Composer.entry,
    "space": Composer.space,
    "toc": Composer.toc,
    "row": Composer.row,
    "figure": Composer.figure,
}


@dataclass(slots=True)
class _Stack:
    """The page being filled. Lives only while the pages are made."""

    composer: Composer
    number: int = 1
    folio: int | None = None
    corner: str = ""
    used: float = 0.0
    foot: float = 0.0
    body: list[Placed] = field(default_factory=list)
    notes: list[Slab] = field(default_factory=list)
    done: list[Page] = field(default_factory=list)

    def close(self) -> None:
        """End the page, unless nothing is on it."""
        if not self.body:
            return
        layout = self.composer.layout
        top = layout.page[1] - layout.bottom - self.foot + _RULE
        notes = []
        for slab in self.notes:
            notes.append(Placed(slab, top))
            top += slab.height
        self.done.append(Page(self.number, self.folio, self.corner, tuple(self.body), tuple(notes)))
        self.number += 1
        self.folio = None if self.folio is None else self.folio + 1
        self.body, self.notes, self.used, self.foot = [], [], 0.0, 0.0

    def put(self, group: list[Slab]) -> None:
        """Place slabs that stay together, with the footnotes they call, on this page or the next."""
        notes = [note for slab in group for note in self._owed(slab)]
        if not self._fits(group, notes):
            self.close()
        for slab in group:
            above = slab.above if self.body else 0.0
            top = self.composer.layout.top + self.used + above
            self.body.append(Placed(slab, top))
            self.used += above + slab.height
        if notes and not self.notes:
            self.foot += _RULE
        self.notes += notes
        self.foot += sum(note.height for note in notes)

    def _fits(self, group: list[Slab], notes: list[Slab]) -> bool:
        need = sum(slab.height + slab.above for slab in group) - (0 if self.body else group[0].above)
        need += sum(note.height for note in notes) + (_RULE if notes and not self.notes else 0)
        return self.used + self.foot + need <= self.composer.layout.height + 1e-6

    def _owed(self, slab: Slab) -> Iterator[Slab]:
        for mark in slab.marks:
            i, block = self.composer.manuscript.footnote(mark, slab.block)
            yield from self.composer.footnote(i, block)


def pages(composer: Composer) -> list[Page]:
    """The pages of a manuscript in order."""
    stack = _Stack(composer)
    group: list[Slab] = []
    for i, block in enumerate(composer.manuscript.blocks):
        if block.kind in {"page", "corner", "number"}:
            stack.close()
        if block.kind == "corner":
            stack.corner = block.label
        if block.kind == "number":
            stack.folio = int(block.text)
        for slab in composer.slabs(i):
            group.append(slab)
            if not slab.keep:
                stack.put(group)
                group = []
    if group:
        stack.put(group)
    stack.close()
    return stack.done


def begins(manuscript: Manuscript, made: list[Page]) -> dict[int, Page]:
    """The page each block begins on."""
    found: dict[int, Page] = {}
    corners: dict[str, Page] = {}
    for page in made:
        corners.setdefault(page.corner, page)
        for placed in (*page.body, *page.notes):
            found.setdefault(placed.slab.block, page)
    for i, block in enumerate(manuscript.blocks):
        if block.kind == "corner":
            found[i] = corners[block.label]
    return found


def compose(manuscript: Manuscript, setter: Typesetter) -> list[Page]:
    """The pages with a contents that agrees with them."""
    draft = pages(Composer(manuscript, setter, {}))
    first = begins(manuscript, draft)
    folios = {i: page.folio for i, page in first.items() if page.folio is not None}
    return pages(Composer(manuscript, setter, folios))
