"""Small documents for tests: rows of clauses become a Document with text, spans and made-up boxes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from law.document import About, Block, BlockKind, Clause, ClauseKind, Document, Evidence, Sheet, Source
from law.span import Box, Boxes, Span
from law.token import Token

_ROW = 30
"""Characters on a printed line of a made-up page."""


@dataclass(frozen=True)
class Row:
    """A clause to be: its path, words and page; the parent is the longest known prefix of its path."""

    path: str
    own: str = ""
    heading: str = ""
    kind: ClauseKind = ClauseKind.PARAGRAPH
    page: int = 1
    parent: str | None = None
    mark: str | None = None
    """The label as printed before the words; taken from the path unless given, "" for none."""


@dataclass
class _Draft:
    parts: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, page: int) -> Span:
        start = self.length
        self.parts.append(words)
        self.pages.extend([page] * len(words))
        self.length += len(words)
        return Span(start, self.length)


def document(
    rows: Sequence[Row],
    *,
    id: str = "shishin",
    title: str = "見本業における顧客情報の安全管理に関する実務指針",
    authority: Sequence[str] = ("見本庁",),
    date: str | None = "2021-04",
    date_printed: str | None = "令和３年４月",
    kind: str | None = "guideline",
) -> Document:
    """A document of these clauses in reading order; printed pages are file pages less one."""
    draft = _Draft()
    clauses: list[Clause] = []
    known: set[str] = set()
    for row in rows:
        clauses.append(_clause(row, draft, known))
        known.add(row.path)
    text = "".join(draft.parts)
    last = max(row.page for row in rows)
    return Document(
        id=id,
        source=Source(f"{id}.pdf", "0" * 64, 1),
        about=About(
            title=Evidence(title),
            authority=tuple(Evidence(name) for name in authority),
            date=Evidence(date) if date else None,
            date_printed=date_printed,
            kind=Evidence(kind) if kind else None,
        ),
        text=text,
        boxes=_boxes(text, draft.pages),
        sheets=tuple(Sheet(n, str(n - 1) if n > 1 else None, 595.0, 842.0) for n in range(1, last + 1)),
        blocks=(Block(BlockKind.BODY, Span(0, len(text))),),
        clauses=tuple(_grown(clauses)),
    )


def _clause(row: Row, draft: _Draft, known: set[str]) -> Clause:
    label = row.path.split(" > ")[-1]
    parent = row.parent if row.parent is not None else _parent(row.path, known)
    heading = draft.add(row.heading, row.page) if row.heading else None
    if heading:
        draft.add("\n", row.page)
    printed = label if row.mark is None else row.mark
    mark = draft.add(printed, row.page) if printed else None
    own = draft.add(row.own, row.page) if row.own else None
    parts = [part for part in (heading, mark, own) if part]
    draft.add("\n", row.page)
    span = Span(min(p.start for p in parts), max(p.end for p in parts)) if parts else Span(draft.length, draft.length)
    return Clause(row.path, label, row.kind, parent, span, mark, heading, (own,) if own else ())


def _parent(path: str, known: set[str]) -> str | None:
    steps = path.split(" > ")
    return next((p for n in range(len(steps) - 1, 0, -1) if (p := " > ".join(steps[:n])) in known), None)


def _grown(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, each span running to the end of its last descendant in the running text."""
    ends = {clause.path: clause.span.end for clause in clauses}
    for clause in reversed(clauses):
        if clause.parent is not None and clause.kind is not ClauseKind.FOOTNOTE:
            ends[clause.parent] = max(ends[clause.parent], ends[clause.path])
    return [
        Clause(c.path, c.label, c.kind, c.parent, Span(c.span.start, ends[c.path]), c.mark, c.heading, c.own)
        for c in clauses
    ]


def _boxes(text: str, pages: Sequence[int]) -> Boxes:
    boxes: list[Box | None] = []
    for i, (letter, page) in enumerate(zip(text, pages, strict=True)):
        column, line = i % _ROW, i // _ROW
        box = Box(page, 60 + 15 * column, 60 + 20 * line, 74 + 15 * column, 72 + 20 * line)
        boxes.append(None if re.match(r"\s", letter) else box)
    return Boxes.of(boxes)


def guideline() -> Document:
    """A guideline of a sector that does not exist, with items, notes, a footnote and near-twins."""
    item, note = ClauseKind.ITEM, ClauseKind.NOTE
    return document(
        [
            Row("（前文）", "この指針は、見本業者が講ずべき措置を定める。", kind=ClauseKind.FRONT, mark=""),
            Row("Ⅰ", heading="体制の整備", kind=ClauseKind.HEADING, page=2),
            Row(
                "１－１",
                "見本業者は、次に掲げる役職者を設置しなければならない。",
                "管理責任者の設置",
                page=2,
                parent="Ⅰ",
            ),
            Row("１－１ > ①", "顧客情報の管理を統括する管理責任者", kind=item, page=2),
            Row("１－１ > ②", "各部署における管理者", kind=item, page=3),
            Row("１－１ > （注）", "部署が一つの場合には、兼務することができる。", kind=note, page=3),
            Row("１－２", "見本業者は、台帳を整備しなければならない。", "台帳の整備", page=3, parent="Ⅰ"),
            Row("Ⅱ", heading="委託先の監督", kind=ClauseKind.HEADING, page=4),
            Row("２－１", "見本業者は、委託先の選定基準を定めることが望ましい。", "委託先の選定", page=4, parent="Ⅱ"),
            Row(
                "２－２",
                "見本業者は、委託契約に再委託の条件を盛り込まなければならない。",
                "委託契約",
                page=4,
                parent="Ⅱ",
            ),
            Row("３－１", "保管段階において、顧客情報を持ち出してはならない。", "保管段階の規程", page=5),
            Row("３－２", "移送段階において、ＵＳＢメモリを暗号化しなければならない。", "移送段階の規程", page=5),
            Row("２－２ > 脚注1", "平成27年５月に改正された。", kind=ClauseKind.FOOTNOTE, page=4, mark="1"),
        ]
    )


class PlainTokenizer:
    """Words by script alone: runs of kanji in pairs, of katakana, of letters and of hiragana."""

    version = "plain 1"

    def __call__(self, text: str) -> list[Token]:
        """The words of a text."""
        return [
            Token(
                word := found.group(), word, "助詞" if re.fullmatch(r"[ぁ-ん]+", word) else "名詞", Span(*found.span())
            )
            for found in re.finditer(r"[一-龥々]{1,2}|[ァ-ヴー]+|[a-z]+|\d+|[ぁ-ん]+", text)
        ]


class HashEncoder:
    """Vectors of hashed pairs of characters: the same text always the same vector, no model needed."""

    name = "hash 1"
    dimension = 64

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """One row a text."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for i in range(len(text) - 1):
                row[zlib.crc32(text[i : i + 2].encode()) % self.dimension] += 1
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
