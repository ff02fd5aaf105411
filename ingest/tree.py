"""The clause tree while it is built: paragraphs, nodes, and how styles of labels usually nest."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.lines import Line
from law.document import ClauseKind, Finding
from law.label import Label, Style


@dataclass(slots=True)
class Paragraph:
    """Lines that read on. `label_length` code points of the first line are its label."""

    lines: list[Line]
    label_length: int = 0
    centred: bool = False
    right: bool = False

    @property
    def text(self) -> str:
        """Its words without line breaks, the label included."""
        return "".join(line.text for line in self.lines)

    @property
    def words(self) -> str:
        """Its words without the label."""
        return self.text[self.label_length :]


@dataclass(slots=True, eq=False)
class Node:
    """A clause while it is built. `x` is where its label stands, from the left edge of the column."""

    label: Label | None
    name: str
    x: float
    parent: Node | None
    kind: ClauseKind = ClauseKind.PARAGRAPH
    caption: Paragraph | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    heading: Paragraph | None = None
    bases: list[float] = field(default_factory=list)
    """Where the unlabelled paragraphs set under it begin."""

    @property
    def style(self) -> Style | None:
        """How its label is written."""
        return self.label.style if self.label else None

    @property
    def body_x(self) -> float | None:
        """Where the second and later lines of its paragraphs begin, if it has any."""
        starts = [line.start for paragraph in self.paragraphs for line in paragraph.lines[1:]]
        return min(starts) if starts else None

    @property
    def hang(self) -> float:
        """How far its later lines stand in from its label; 0 where it has none."""
        first = next((paragraph.lines[0].start for paragraph in self.paragraphs), 0.0)
        return self.body_x - first if self.body_x is not None else 0.0


@dataclass(slots=True)
class Outline:
    """The tree, its paragraphs in reading order, and what was noticed."""

    root: Node
    order: list[tuple[Node, Paragraph]]
    findings: list[Finding]


# How deep a style usually stands; decides only between labels that stand at the same place.
RANK = {
    style: rank
    for rank, styles in enumerate(
        (
            (Style.MATERIAL,),
            (Style.ANNEX, Style.SUPPLEMENT, Style.REFERENCE),
            (Style.PART,),
            (Style.ROMAN, Style.DAI, Style.CHAPTER),
            (Style.SECTION,),
            (Style.SUBSECTION,),
            (Style.ARTICLE, Style.QUESTION),
            (Style.ARABIC, Style.CHAIN, Style.ANSWER),
            (Style.PAREN,),
            (Style.HALF_PAREN, Style.KANJI, Style.BRACKET),
            (Style.PAREN_KANJI,),
            (Style.KANA,),
            (Style.PAREN_KANA,),
            (Style.CIRCLED, Style.PAREN_LETTER),
            (Style.PAREN_ROMAN, Style.LETTER),
            (Style.NOTE,),
            (Style.EXAMPLE, Style.BULLET),
        )
    )
    for style in styles
}
GROUPS = frozenset(
    (
        Style.MATERIAL,
        Style.ANNEX,
        Style.SUPPLEMENT,
        Style.REFERENCE,
        Style.PART,
        Style.ROMAN,
        Style.DAI,
        Style.CHAPTER,
        Style.SECTION,
        Style.SUBSECTION,
    )
)
"""Styles that head a part of the document: text that falls out of every clause belongs to them."""
