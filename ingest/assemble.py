"""The tree and its lines to a `Document`: one text, a box a character, clauses as spans.

Here paths are given, headings told from text, footnotes tied to the clause that holds their mark, and
everything beside the running text is laid into the apparatus behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.footnotes import Mark, host_footnotes
from ingest.front import Front, read_front
from ingest.lines import Line
from ingest.sheet import Footnote, Sorted
from ingest.tree import GROUPS, Node, Outline, Paragraph
from law.document import PREAMBLE, TITLE_PAGE, Block, BlockKind, Clause, ClauseKind, Finding
from law.label import Style
from law.span import Box, Boxes, Span

AFTERWORD = "（後文）"
"""Words after the last clause of a part (after 以上) that belong to none."""
_PREFIXES = frozenset((Style.MATERIAL, Style.REFERENCE, Style.SUPPLEMENT))
"""Ancestors that stay in the path of a clause whose number otherwise says all of itself."""
_TITLED = GROUPS | {Style.CHAIN, Style.ARABIC}
"""Labels of headings: a note alone under one explains what it heads."""
_SENTENCE_ENDS = ("。", "。」", "。）", "：", ":")
_ENGLISH = re.compile(r"[a-z)][.?!]$")
"""The end of an English sentence."""
_LONGEST_HEADING = 130
"""Code points; the longest heading of the sample and of the real documents has 91."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """Everything of the document that comes from its pages."""

    text: str
    boxes: Boxes
    blocks: tuple[Block, ...]
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...]
    fronts: tuple[tuple[Front, dict[int, Span]], ...]
    """The front matter of the document and of its parts, with the place of each paragraph by id."""


@dataclass(slots=True)
class _Text:
    """The growing text and its boxes."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Box | None] = field(default_factory=list)
    length: int = 0

    def put(self, text: str, boxes: Iterable[Box | None]) -> Span:
        start = self.length
        self.pieces.append(text)
        self.boxes.extend(boxes)
        self.length += len(text)
        return Span(start, self.length)

    def line(self, line: Line) -> Span:
        return self.put(line.text, [c.box if (c := line.char(i)) else None for i in range(len(line.text))])

    def lines(self, lines: Sequence[Line]) -> Span:
        start = self.length
        for k, line in enumerate(lines):
            if k and _parted(lines[k - 1].text[-1:], line.text[:1]):
                self.put(" ", [None])
            self.line(line)
        return Span(start, self.length)

    def part(self) -> None:
        self.put("\n", [None])


def _parted(last: str, first: str) -> bool:
    """Whether a space stands between two lines that read on: between Latin words, as it would on one line."""
    return first.isascii() and first.isalpha() and last.isascii() and (last.isalpha() or last in ",.;:?!)")


def assemble(outline: Outline, sheets: Sequence[Sorted], marks: Sequence[Mark]) -> Assembled:
    """The document's text, boxes, blocks and clauses."""
    text = _Text()
    places: dict[int, Span] = {}
    for _, paragraph in outline.order:
        places[id(paragraph)] = text.lines(paragraph.lines)
        text.part()
    fronts = _settle_fronts(outline)
    for node in _nodes(outline.root):
        _settle_heading(node)
    notes, note_findings = host_footnotes(outline, sheets, marks)
    namer = _Namer(places)
    clauses: list[Clause] = []
    apparatus: list[Block] = []
    for node in _nodes(outline.root):
        clauses.append(namer.clause(node))
        for note in notes.get(id(node), ()):
            clause = _footnote_clause(note, namer.paths[id(node)], text, namer)
            apparatus.append(Block(BlockKind.FOOTNOTE, clause.span))
            clauses.append(clause)
    blocks = [Block(_block_kind(node, paragraph), places[id(paragraph)]) for node, paragraph in outline.order]
    blocks += [*apparatus, *_apparatus(text, sheets, marks)]
    return Assembled(
        "".join(text.pieces),
        Boxes.of(text.boxes),
        tuple(blocks),
        tuple(clauses),
        (*outline.findings, *note_findings),
        tuple((front, places) for front in fronts),
    )


def _nodes(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _nodes(child)


# -- front matter and headings --------------------------------------------------------------------


def _settle_fronts(outline: Outline) -> list[Front]:
    """Words before the first clause become 表題 and 前文; words after the last one 後文."""
    position = {id(paragraph): k for k, (_, paragraph) in enumerate(outline.order)}
    fronts: list[Front] = []
    parts = [node for node in outline.root.children if node.kind is ClauseKind.MATERIAL]
    for part in (outline.root, *parts):
        first = min((_first(child, position) for child in part.children), default=len(position))
        before = [p for p in part.paragraphs if position[id(p)] < first]
        after = [p for p in part.paragraphs if position[id(p)] >= first]
        front = read_front(before)
        fronts.append(front)
        _place_front(part, front, outline.root)
        for run in _runs(after, position):
            _adopt(part, AFTERWORD, run, position)
    return fronts


def _first(node: Node, position: dict[int, int]) -> int:
    own = [p for p in (node.caption, node.heading, *node.paragraphs) if p is not None]
    return min((position[id(p)] for p in own), default=min((_first(c, position) for c in node.children), default=0))


def _place_front(part: Node, front: Front, root: Node) -> None:
    if part is root:
        children = []
        if front.head:
            title = Node(None, TITLE_PAGE, 0.0, root, ClauseKind.FRONT, paragraphs=list(front.head))
            children.append(title)
    else:
        children = []
        part.heading = front.title
        part.paragraphs = [p for p in front.head if p is not front.title]
    if front.prose:
        children.append(Node(None, PREAMBLE, 0.0, part, ClauseKind.FRONT, paragraphs=list(front.prose)))
    part.children[:0] = children
    if part is root:
        root.paragraphs = []


def _runs(paragraphs: Sequence[Paragraph], position: dict[int, int]) -> Iterator[list[Paragraph]]:
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        if run and position[id(paragraph)] != position[id(run[-1])] + 1:
            yield run
            run = []
        run.append(paragraph)
    if run:
        yield run


def _adopt(part: Node, name: str, run: Sequence[Paragraph], position: dict[int, int]) -> None:
    """A run of stray paragraphs as a child of its part, in reading order."""
    node = Node(None, name, 0.0, part, ClauseKind.FRONT, paragraphs=list(run))
    at = position[id(run[0])]
    index = next((k for k, c in enumerate(part.children) if _first(c, position) > at), len(part.children))
    part.children.insert(index, node)


def _settle_heading(node: Node) -> None:
    """The first paragraph is the heading when it is no sentence and words or clauses stand under it."""
    if node.label is None or node.kind in (ClauseKind.NOTE, ClauseKind.EXAMPLE, ClauseKind.MATERIAL, ClauseKind.FIGURE):
        return
    if node.caption is not None:
        node.heading = node.caption
        return
    first = node.paragraphs[0]
    words = first.words.strip()
    clauses = [c for c in node.children if c.kind not in (ClauseKind.EXAMPLE, ClauseKind.NOTE)]
    noted = node.style in _TITLED and len(clauses) < len(node.children)
    under = bool(node.paragraphs[1:] or clauses) or noted
    sentence = words.endswith(_SENTENCE_ENDS) or _ENGLISH.search(words) is not None or "。" in _outside_brackets(words)
    if words and under and not sentence and len(words) <= _LONGEST_HEADING:
        node.heading = first
        if node.kind is ClauseKind.PARAGRAPH and not node.paragraphs[1:]:
            node.kind = ClauseKind.HEADING


def _outside_brackets(words: str) -> str:
    out, depth = [], 0
    for c in words:
        depth += (c in "（「(") - (c in "）」)")
        if depth <= 0:
            out.append(c)
    return "".join(out)


# -- clauses --------------------------------------------------------------------------------------


class _Namer:
    """Gives each clause its path and its spans."""

    def __init__(self, places: dict[int, Span]) -> None:
        self.places = places
        self.paths: dict[int, str] = {}
        self.taken: set[str] = set()

    def unique(self, path: str) -> str:
        """The path, or the path with 〔2〕 where the same labels are printed twice."""
        k, candidate = 1, path
        while candidate in self.taken:
            k += 1
            candidate = f"{path}〔{k}〕"
        self.taken.add(candidate)
        return candidate

    def clause(self, node: Node) -> Clause:
        """The node as a clause; its parent has been named before it."""
        path = self.paths[id(node)] = self.unique(self._path(node))
        parent = self.paths.get(id(node.parent))
        mark = self._mark(node)
        heading = self._heading(node)
        own = tuple(self._own(node))
        return Clause(path, node.name, node.kind, parent, self._extent(node), mark, heading, own)

    def _path(self, node: Node) -> str:
        above = node.parent
        if node.style in (Style.CHAIN, Style.ARTICLE, Style.QUESTION):
            while above is not None and above.parent is not None and above.style not in _PREFIXES:
                above = above.parent
        prefix = self.paths.get(id(above))
        return f"{prefix} > {node.name}" if prefix else node.name

    def _mark(self, node: Node) -> Span | None:
        """The printed label; none for a corner label, which stands among the furniture."""
        if node.label is None or node.style is Style.MATERIAL or not node.paragraphs:
            return None
        first = node.paragraphs[0]
        offset = first.text[: first.label_length].find(node.label.printed)
        if offset < 0:
            return None
        start = self.places[id(first)].start + offset
        return Span(start, start + len(node.label.printed))

    def _heading(self, node: Node) -> Span | None:
        if node.heading is None:
            return None
        place = self.places[id(node.heading)]
        return Span(place.start + node.heading.label_length, place.end)

    def _own(self, node: Node) -> Iterator[Span]:
        for paragraph in node.paragraphs:
            place = self.places[id(paragraph)]
            start = min(place.start + paragraph.label_length, place.end)
            if paragraph is not node.heading and start < place.end:
                yield Span(start, place.end)

    def _extent(self, node: Node) -> Span:
        spans = list(self._extents(node))
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else Span(0, 0)

    def _extents(self, node: Node) -> Iterator[Span]:
        for paragraph in (node.caption, node.heading, *node.paragraphs):
            if paragraph is not None:
                yield self.places[id(paragraph)]
        for child in node.children:
            yield from self._extents(child)


def _block_kind(node: Node, paragraph: Paragraph) -> BlockKind:
    if node.kind is ClauseKind.FIGURE:
        return BlockKind.CAPTION
    if paragraph is node.heading:
        return BlockKind.TITLE if node.kind is ClauseKind.MATERIAL else BlockKind.HEADING
    kinds = {
        ClauseKind.ITEM: BlockKind.ITEM,
        ClauseKind.NOTE: BlockKind.NOTE,
        ClauseKind.EXAMPLE: BlockKind.NOTE,
    }
    return kinds.get(node.kind, BlockKind.BODY)


def _footnote_clause(note: Footnote, host: str, text: _Text, namer: _Namer) -> Clause:
    span = text.lines(note.lines)
    text.part()
    mark = Span(span.start, span.start + len(note.number))
    words = "".join(text.pieces)[mark.end : span.end]
    own = Span(span.end - len(words.lstrip()), span.end)
    name = f"脚注{note.number.strip('注*※()') or note.number}"
    path = namer.unique(f"{host} > {name}")
    return Clause(path, name, ClauseKind.FOOTNOTE, host, span, mark, None, (own,))


def _apparatus(text: _Text, sheets: Sequence[Sorted], marks: Sequence[Mark]) -> Iterator[Block]:
    for sheet in sheets:
        for line in sheet.contents:
            yield Block(BlockKind.CONTENTS, text.line(line))
            text.part()
    for sheet in sheets:
        for line in sheet.furniture:
            yield Block(BlockKind.FURNITURE, text.line(line))
            text.part()
    for mark in marks:
        yield Block(BlockKind.FURNITURE, text.put(mark.number, mark.boxes))
        text.part()
