"""The narrative of a document: its sentences in reading order, as the rules for cases read them.

A sentence knows its clause and its words in one width and without white space, each character with its
place in the document, so whatever a rule finds is a span of the text. Where a file holds a summary and
the full account of one matter (概要資料 and 詳細資料), the summary is left out: it says the same in less
words. Extracts of a law (抜粋) and labels of figures tell no story and are left out too.

Releases and audits part their text by lines without a number: ■経緯, 【原因】, （発生原因）. Such a caption heads
what follows it in its clause: here each stretch under a caption is a clause of its own, with the path of the
clause that holds it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from law.citation import references
from law.document import TITLE_PAGE, Clause, ClauseKind, Document
from law.mention import Tight
from law.reference import Reference, ReferenceKind
from law.sentence import sentences
from law.span import Span

_SILENT = frozenset((ClauseKind.FIGURE, ClauseKind.ARTICLE))
ASIDE = frozenset((ClauseKind.NOTE, ClauseKind.FOOTNOTE, ClauseKind.EXAMPLE))
"""Kinds of clause that explain another one."""
BULLET = re.compile(r"[・○●◦]|[①-⑳]|\(\d+\)")
"""How a line of a list begins that has no clause of its own."""
_RUN_ON = re.compile(r"(?<=こと|ため|した|する|いる|ない)・")
_LONGEST = 40
_MARKS = "■◆●◇□▼▽○◎"
_CAPTION = re.compile(
    rf"^(?:[{_MARKS}](?P<marked>[^{_MARKS}]{{2,}})|【(?P<lens>[^【】]{{2,}})】|<(?P<angle>[^<>]{{2,}})>"
    r"|[〈≪《](?P<double>[^〈〉≪≫《》]{2,})[〉≫》]|\d{1,2}[.](?P<numbered>[^\d。、:()]{2,16})|\((?!注|以上|別|参考|略)(?P<round>[^()\d]{2,})\))$"
)
_KEY = re.compile(
    r"の(?:名称|氏名|内容|概要|年月日|条項|理由|期間|種類)$|^(?:処分|命令|違反)(?:内容|理由|年月日|条項)$"
    r"|^\d{1,2}[.)](?:[^、。]{0,8}(?:日|日時|年月日|期間|経緯|原因|場所|件数|人数|者数)|対象[^、。]{0,8}|再発防止策|対応(?:状況)?)$"
)
_NUMBERED = re.compile(r"\d{1,2}[.)](?!\d)|[・○]")
"""How a line may begin that the outline does not know as a clause: 3. 判明の経緯　…."""
_NO_CAPTION = re.compile(r"[。、:]$|(?:です|ます|した|する|こと|ない|者|日)$")
_SUMMARY, _FULL = re.compile(r"概要"), re.compile(r"詳細")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the clause and the span of the document's text."""

    clause: str
    span: Span


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words that says something, and where it stands."""

    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a heading of a clause."""

    clause: Clause
    tight: Tight
    is_heading: bool = False
    is_caption: bool = False
    """Whether it heads a stretch of its clause without a number: ■経緯, 【原因】."""

    @property
    def text(self) -> str:
        """The words in one width, without white space: what the rules match."""
        return self.tight.text

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.tight.places[0]

    @property
    def is_told(self) -> bool:
        """Whether it tells of the matter: neither a heading nor beside what it explains."""
        return not self.is_heading and self.clause.kind not in ASIDE

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """The place of a stretch of its words."""
        return Place(self.clause.path, self.tight.source(start, len(self.text) if end is None else end))

    def printed(self, start: int = 0, end: int | None = None) -> str:
        """A stretch of its words as printed, without white space."""
        return self.tight.printed[start:end]

    def words(self, start: int = 0, end: int | None = None) -> Words:
        """A stretch of its words with its place."""
        return Words(self.printed(start, end), self.place(start, end))


@dataclass(frozen=True)
class Narrative:
    """A document as the rules read it; the tables are made once."""

    document: Document

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Headings and sentences of the narrative, in reading order; notes come behind what they explain."""
        return tuple(_sentences(self.document, self._told))

    @cached_property
    def stretches(self) -> tuple[tuple[Clause, tuple[Sentence, ...]], ...]:
        """Each clause, and each stretch of one under a caption, with its sentences, the heading first."""
        table: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            table.setdefault(id(sentence.clause), []).append(sentence)
        return tuple((found[0].clause, tuple(found)) for found in table.values())

    @cached_property
    def _by_path(self) -> dict[str, tuple[tuple[Clause, tuple[Sentence, ...]], ...]]:
        table: dict[str, list[tuple[Clause, tuple[Sentence, ...]]]] = {}
        for clause, found in self.stretches:
            table.setdefault(clause.path, []).append((clause, found))
        return {path: tuple(found) for path, found in table.items()}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The references of the document, in the order of the text."""
        return references(self.document)

    def provisions(self, within: Span) -> tuple[Reference, ...]:
        """The provisions of laws that are named within a span."""
        return tuple(one for one in self.references if one.kind is ReferenceKind.LAW and one.span in within)

    def pointed(self, within: Span) -> tuple[tuple[Reference, Clause], ...]:
        """The references to clauses of the document itself within a span, each with its clause."""
        own = [one for one in self.references if one.kind is ReferenceKind.SELF and one.span in within]
        found = ((one, self.document.by_path.get(one.target or "")) for one in own)
        return tuple((one, clause) for one, clause in found if clause is not None)

    def above(self, clause: Clause) -> tuple[Sentence, ...]:
        """The headings over a clause and its own, nearest first."""
        chain = (clause, *self.document.ancestors(clause))
        return tuple(s for one in chain for s in self._heads(one.path, clause))

    def _heads(self, path: str, inner: Clause) -> list[Sentence]:
        """The last caption of a clause over what stands in it, and the clause's own heading."""
        heads = [s for _, found in self._by_path.get(path, ()) for s in found if s.is_heading]
        own = [s for s in heads if not s.is_caption]
        over = [s for s in heads if s.is_caption and s.clause.span.start <= inner.span.start]
        return [*over[-1:], *own]

    def is_under(self, clause: Clause, theme: re.Pattern[str]) -> bool:
        """Whether a heading over the clause (materials apart) is about the theme."""
        return any(s.clause.kind is not ClauseKind.MATERIAL and theme.search(s.text) for s in self.above(clause))

    def body(self, path: str) -> tuple[Sentence, ...]:
        """The sentences of a clause without its headings."""
        return tuple(s for _, found in self._by_path.get(path, ()) for s in found if not s.is_heading)

    def announcing(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences that may announce the list a sentence stands in: one over its clause, one over its bullet."""
        over = self.body(sentence.clause.parent) if sentence.clause.parent else ()
        own = self.beside(sentence) if BULLET.match(sentence.text) else ()
        before = [
            [s for s in told if s.start < sentence.start and not BULLET.match(s.text)][-1:] for told in (over, own)
        ]
        return tuple(itertools.chain(*before))

    def beside(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences of the clause, or of the stretch under a caption, that a sentence stands in."""
        found = self._by_path.get(sentence.clause.path, ())
        return tuple(s for clause, own in found if clause is sentence.clause for s in own if not s.is_heading)

    @cached_property
    def _told(self) -> tuple[Clause, ...]:
        """The clauses that tell of the case, in reading order."""
        clauses = self.document.clauses
        materials = [c for c in clauses if c.kind is ClauseKind.MATERIAL]
        is_full = any(_FULL.search(_head(self.document, c)) for c in materials)
        left = {c.path for c in materials if is_full and _SUMMARY.search(_head(self.document, c))}
        return tuple(
            clause
            for clause in clauses
            if clause.kind not in _SILENT
            and not left & {clause.path, *(a.path for a in self.document.ancestors(clause))}
        )


def unquoted(text: str) -> str:
    """Words without those in quotation marks."""
    return re.sub(r"「[^」]*」", "", text)


def unbracketed(text: str) -> str:
    """The text with what stands in brackets blanked, character for character."""
    while (blank := re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), text)) != text:
        text = blank
    return text


def joined(sentences: Iterable[Sentence]) -> Words:
    """Sentences of one clause that follow one another, as one stretch."""
    run = list(sentences)
    first, last = run[0].place(), run[-1].place()
    return Words("".join(s.printed() for s in run), Place(first.clause, Span(first.span.start, last.span.end)))


def _head(document: Document, material: Clause) -> str:
    """A material's heading and the few words under it: where it says 【概要資料】 or （詳細資料）."""
    words = material.heading.of(document.text) if material.heading else ""
    return "".join((words + document.own_text(material)).split())


def _sentences(document: Document, clauses: Iterable[Clause]) -> Iterator[Sentence]:
    for clause in clauses:
        if clause.heading is not None and len(clause.heading):
            yield Sentence(clause, Tight.of(document.text, clause.heading), is_heading=True)
        yield from _told(document, clause)


def _told(document: Document, clause: Clause) -> Iterator[Sentence]:
    """The sentences of a clause's own words; each caption begins a stretch."""
    lines = [line for own in clause.own for span in sentences(document.text, own) for line in _bullets(document, span)]
    texts = [line.text for line in lines]
    stretch = clause
    for i, line in enumerate(lines):
        is_first = i == 0 and clause.heading is None
        key = _key_of(line) if is_first or _NUMBERED.match(line.text) else None
        if key is not None:
            stretch = replace(clause, span=Span(line.places[0], max(clause.span.end, line.places[0])))
            yield Sentence(stretch, Tight.of(document.text, line.source(0, key)), is_heading=True, is_caption=True)
            line = Tight.of(document.text, line.source(key, len(line.text)))
        words = _caption(texts[i]) if clause.path != TITLE_PAGE and _heads(document, clause, texts, i) else None
        if words is not None:
            start = line.places[0]
            stretch = replace(clause, span=Span(start, max(clause.span.end, start)))
            line = Tight.of(document.text, line.source(*words))
        yield Sentence(stretch, line, is_heading=words is not None, is_caption=words is not None)


def _bullets(document: Document, span: Span) -> Iterator[Tight]:
    """A sentence, or where it is bullets that the page runs together (・…こと・…こと) each of them."""
    line = Tight.of(document.text, span)
    starts = [0, *(m.start() for m in _RUN_ON.finditer(line.text) if line.text[0] == "・"), len(line.text)]
    for start, end in itertools.pairwise(starts):
        yield Tight.of(document.text, line.source(start, end)) if len(starts) > 2 else line


def _key_of(line: Tight) -> int | None:
    """Where the value begins on a line that gives one behind its name and a space: 処分の内容　　文書警告."""
    label = _NUMBERED.match(line.text)
    first = label.end() + 2 if label else 2
    gap = next((i for i in range(first, min(len(line.text), 14)) if line.places[i] - line.places[i - 1] > 1), None)
    return gap if gap is not None and _KEY.search(line.text[:gap]) else None


def _heads(document: Document, clause: Clause, texts: Sequence[str], i: int) -> bool:
    """Whether there is something under a line that it may head: no line of its own kind, but others, or clauses."""
    is_last = i + 1 == len(texts)
    is_listed = not is_last and texts[i + 1][0] == texts[i][0] and texts[i][0] in _MARKS
    return bool(document.children.get(clause.path)) if is_last else not is_listed


def _caption(text: str) -> tuple[int, int] | None:
    """Where the words of a caption stand in a line, if it is one: without its mark or its brackets."""
    if len(text) > _LONGEST or _NO_CAPTION.search(text):
        return None
    found = _CAPTION.match(text)
    return found.span(found.lastgroup) if found and found.lastgroup else None
