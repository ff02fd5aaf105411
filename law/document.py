"""A document as it was read: its text once, a box a character, and the clause tree as spans.

The text has two zones. First the running text of the clauses in reading order, blocks parted by line
feeds, words joined over line and page ends. Then the apparatus: footnotes, contents, captions of
figures, furniture (page numbers, running heads, corner labels, emphasis dots). Every character of the
PDF stands in it once; nothing is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from law.label import normal_path
from law.sentence import Modality, modality, sentences
from law.span import Box, Boxes, Span


class BlockKind(StrEnum):
    """What a block of the page is for."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    ITEM = "item"
    NOTE = "note"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    CONTENTS = "contents"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one kind."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the reader noticed, for the user: a repair, a doubt, a thing left out."""

    code: str
    japanese: str
    english: str
    page: int | None = None
    line: int | None = None


class ClauseKind(StrEnum):
    """What a node of the tree is."""

    MATERIAL = "material"  # 資料１－２: a document inside the file
    HEADING = "heading"  # has a heading and children
    PARAGRAPH = "paragraph"  # has words of its own
    ARTICLE = "article"
    ITEM = "item"
    NOTE = "note"
    FOOTNOTE = "footnote"
    EXAMPLE = "example"
    FRONT = "front"  # 表題, 前文: words before the first label
    FIGURE = "figure"


TITLE_PAGE, PREAMBLE = "（表題）", "（前文）"
"""The paths of what stands before the first label: the lines of the title, and the words behind them."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the clause tree.

    `span` runs from its heading or label to the end of its last descendant in the running text;
    `mark` is the printed label, `heading` its heading, `own` its own paragraphs: neither label nor
    heading, items, notes nor any other child. A footnote's span lies in the apparatus.
    """

    path: str
    label: str
    kind: ClauseKind
    parent: str | None
    span: Span
    mark: Span | None = None
    heading: Span | None = None
    own: tuple[Span, ...] = ()

    @property
    def normal(self) -> str:
        """The lookup form of the path."""
        return normal_path(self.path)

    @property
    def anchor(self) -> Span:
        """Where the clause begins for a citation: its label, else its first words."""
        if self.mark is not None:
            return self.mark
        return self.own[0] if self.own else self.span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A value that is printed in the document, with its place; no place when a sidecar says it."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself, or its sidecar does. Empty where nobody says it."""

    title: Evidence | None = None
    authority: tuple[Evidence, ...] = ()
    date: Evidence | None = None
    """ISO 8601, as precise as the print: 2017-02 for 平成29年２月."""
    date_printed: str | None = None
    kind: Evidence | None = None
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file the document was read from."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the file: its printed number if it has one, and its size in points as seen."""

    number: int
    printed: str | None
    width: float
    height: float


@dataclass(frozen=True)
class Document:
    """One PDF, read. Frozen; the derived tables are computed once."""

    id: str
    source: Source
    about: About
    text: str
    boxes: Boxes
    sheets: tuple[Sheet, ...]
    blocks: tuple[Block, ...]
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        if len(self.boxes) != len(self.text):
            raise ValueError(f"expected a box a character: {len(self.text)} characters, {len(self.boxes)} boxes")

    @cached_property
    def by_path(self) -> dict[str, Clause]:
        """Clauses by their path as printed."""
        return {clause.path: clause for clause in self.clauses}

    @cached_property
    def by_normal(self) -> dict[str, tuple[Clause, ...]]:
        """Clauses by the lookup form of their path."""
        table: dict[str, tuple[Clause, ...]] = {}
        for clause in self.clauses:
            table[clause.normal] = (*table.get(clause.normal, ()), clause)
        return table

    @cached_property
    def children(self) -> dict[str | None, tuple[Clause, ...]]:
        """The children of each path, in reading order; the roots under None."""
        table: dict[str | None, tuple[Clause, ...]] = {}
        for clause in self.clauses:
            table[clause.parent] = (*table.get(clause.parent, ()), clause)
        return table

    @property
    def title(self) -> str:
        """The title, or the id where none is printed."""
        return self.about.title.value if self.about.title else self.id

    def ancestors(self, clause: Clause) -> Iterator[Clause]:
        """The parents of a clause, nearest first."""
        while clause.parent is not None:
            clause = self.by_path[clause.parent]
            yield clause

    def heading(self, clause: Clause) -> str | None:
        """The heading as printed, without its outer brackets."""
        if clause.heading is None:
            return None
        words = clause.heading.of(self.text).replace("\n", "")
        return words[1:-1] if words.startswith("（") and words.endswith("）") and words.count("（") == 1 else words

    def scope_heading(self, clause: Clause) -> str | None:
        """Its heading, or that of the nearest elder sibling or ancestor which stands over it."""
        own = self.heading(clause)
        if own is not None:
            return own
        return next((h for a in self.ancestors(clause) if (h := self.heading(a))), None)

    def own_text(self, clause: Clause) -> str:
        """The clause's own words as printed, without line breaks."""
        return "".join(span.of(self.text).replace("\n", "") for span in clause.own)

    def modality(self, clause: Clause) -> Modality | None:
        """The strongest grade among the clause's own sentences."""
        own = (sentence.of(self.text) for span in clause.own for sentence in sentences(self.text, span))
        grades: set[Modality] = set()
        for grade in map(modality, own):
            if grade is Modality.MUST:
                return grade  # nothing binds more, and an article may have hundreds of sentences
            grades |= {grade} if grade else set()
        return min(grades, key=list(Modality).index, default=None)

    def pdf_page(self, clause: Clause) -> int | None:
        """The page of the file where the clause begins."""
        return self.boxes.page_of(clause.anchor) if self.sheets else None

    def printed_page(self, pdf_page: int | None) -> str | None:
        """The number printed on a page of the file."""
        return self.sheets[pdf_page - 1].printed if pdf_page else None

    def boxes_of(self, span: Span) -> tuple[Box, ...]:
        """One box a printed line."""
        return self.boxes.lines_of(span)
