"""Gathering for a topic: what a search finds becomes the sections that lay down duties on it.

A section is a heading with the clauses under it that have none of their own; １－１－２ and the unheaded
１－２ behind it belong to the heading of １－１. A short one is taken whole, of a long one the clauses found;
where only items were found, those items. Half of a chapter's sections bring the other half along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compliance.duty.levels import Level
from compliance.obligations import Obligation, obligations
from compliance.register import categories
from index.excerpt import plain
from index.search import Hit
from law.document import Clause, ClauseKind, Document

FOUND = 50
"""Clauses that a search is asked for."""
_WORTH = 0.55
"""Share of the best hit's score from which a hit is about the topic."""
_ACTS = frozenset((Level.ORDER, Level.RECOMMENDATION, Level.GUIDANCE, Level.DEMAND))
"""Levels that address one party for one matter: acts of an authority, no rule."""
_SHORT = 4
"""Clauses of a section that is taken whole whichever of them was found."""
_SMALL = (ClauseKind.ITEM, ClauseKind.EXAMPLE)
_ASKS = re.compile("[問ＱQ]")


@dataclass(frozen=True, slots=True)
class Trace:
    """A clause that a search found, the clause of the words it quotes (an item of it, perhaps), and its score."""

    document: str
    clause: str
    quoted: str
    score: float


def traces(hits: Sequence[Hit]) -> tuple[Trace, ...]:
    """What a search found, as gathering reads it; ask it for `FOUND` clauses."""
    return tuple(Trace(hit.doc, hit.clause, hit.excerpt.clause, hit.score) for hit in hits)


@dataclass(frozen=True)
class Section:
    """A heading with its duties on the topic; `items` are those found alone, where it is not taken whole."""

    document: Document
    head: Clause
    duties: tuple[Obligation, ...]
    score: float
    items: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The heading, a question whole, or the label where nothing else is printed."""
        if is_qa(self.document):
            return self.document.own_text(self.head) or self.head.label
        return self.document.scope_heading(self.head) or self.head.label

    @property
    def is_law(self) -> bool:
        """Whether it is an article of a law."""
        about = self.document.about.kind
        return self.head.kind is ClauseKind.ARTICLE or (about is not None and about.value == "statute")

    @property
    def categories(self) -> tuple[str, ...]:
        """The safety categories its headings name."""
        above = [self.document.heading(one) for one in (self.head, *self.document.ancestors(self.head))]
        return categories([heading for heading in reversed(above) if heading])


def about(found: Sequence[Trace]) -> tuple[Trace, ...]:
    """Those that are about the topic: not too far below the best."""
    best = max((trace.score for trace in found), default=0.0)
    return tuple(trace for trace in found if trace.score >= _WORTH * best)


def gather(found: Sequence[Trace], documents: Callable[[str], Document]) -> tuple[Section, ...]:
    """The sections that lay down duties on the topic, the best first."""
    near = about(found)
    held = newest([documents(id) for id in dict.fromkeys(trace.document for trace in near)])
    made = [
        section
        for document in held
        for section in _sections(document, [trace for trace in near if trace.document == document.id])
    ]
    return tuple(sorted(made, key=lambda one: (bool(one.items), -one.score)))


def newest(documents: Sequence[Document]) -> list[Document]:
    """Without documents that a later one of the same title replaces: 実務指針 beside 実務指針（令和８年４月改正）."""

    def is_replaced(one: Document) -> bool:
        title, day = plain(one.title), _day(one)
        return any(
            other is not one and plain(other.title).startswith(title) and day and _day(other) > day
            for other in documents
        )

    return [one for one in documents if not is_replaced(one)]


def is_qa(document: Document) -> bool:
    """Whether a document answers questions."""
    return document.about.kind is not None and document.about.kind.value == "qa"


def _day(document: Document) -> str:
    return document.about.date.value if document.about.date else ""


def head_of(document: Document, clause: Clause) -> Clause:
    """The clause whose heading stands over this one: its own, an elder sibling's, else its parent's.

    Of questions and answers it is the question.
    """
    if is_qa(document):
        line = (clause, *document.ancestors(clause))
        return next((one for one in line if _ASKS.match(one.label)), clause)
    while True:
        if clause.heading is not None or clause.parent is None:
            return clause
        elder = [one for one in document.children[clause.parent] if one.span.start < clause.span.start]
        headed = [one for one in elder if one.heading is not None]
        if headed and clause.kind not in (*_SMALL, ClauseKind.NOTE, ClauseKind.FOOTNOTE):
            return headed[-1]
        clause = document.by_path[clause.parent]


def _sections(document: Document, found: Sequence[Trace]) -> Iterator[Section]:
    duties: dict[str, list[Obligation]] = {}
    for duty in obligations(document):
        if document.by_path[duty.clause].kind is ClauseKind.FRONT:
            continue
        head = head_of(document, document.by_path[duty.clause])
        duties.setdefault(head.path, []).append(duty)
    heads: dict[str, list[Trace]] = {}
    for trace in found:
        if trace.clause in document.by_path:
            heads.setdefault(head_of(document, document.by_path[trace.clause]).path, []).append(trace)
    _add_siblings(document, heads, duties)
    for path, mine in heads.items():
        head = document.by_path[path]
        rules = tuple(one for one in duties.get(path, ()) if one.level not in _ACTS)
        if _lays_down(document, head, rules, duties.get(path, ())):
            yield _section(document, head, rules, mine)


def _add_siblings(
    document: Document, heads: dict[str, list[Trace]], duties: Mapping[str, Sequence[Obligation]]
) -> None:
    """The sections beside those found, where half of their parent's were: the rest of the chapter belongs to them."""
    for parent in {document.by_path[path].parent for path in heads} - {None}:
        beside = [one.path for one in document.children[parent] if one.path in duties and _is_headed(one)]
        found = [path for path in beside if path in heads]
        if len(found) > 1 and 2 * len(found) >= len(beside) and not is_qa(document):
            least = min(trace.score for path in found for trace in heads[path])
            for path in beside:
                heads.setdefault(path, [Trace(document.id, path, path, least)])


def _is_headed(clause: Clause) -> bool:
    """Whether a clause heads a section of a chapter; articles of a law stand for themselves."""
    return clause.heading is not None and clause.kind is not ClauseKind.ARTICLE


def _lays_down(document: Document, head: Clause, rules: Sequence[Obligation], every: Sequence[Obligation]) -> bool:
    """Whether the section is a rule: not what an authority asks of one party, nor a remark in an account."""
    about = document.about.kind
    is_account = about is not None and about.value in ("enforcement", "incident-release", "audit-report")
    if not rules:
        return False
    return not is_account or head.kind is ClauseKind.ARTICLE or (len(rules) > 1 and len(rules) == len(every))


def _section(document: Document, head: Clause, rules: tuple[Obligation, ...], found: Sequence[Trace]) -> Section:
    score = max(trace.score for trace in found)
    small = [t for t in found if t.quoted in document.by_path and document.by_path[t.quoted].kind in _SMALL]
    whole = {trace.clause for trace in found if trace not in small}
    named = tuple(dict.fromkeys(trace.quoted for trace in small))
    if not whole and named:
        return Section(document, head, tuple(d for d in rules if d.clause in {t.clause for t in small}), score, named)
    clauses = {_without_note(duty.clause) for duty in rules}
    if len(clauses) <= _SHORT or 2 * len(whole) >= len(clauses):
        return Section(document, head, rules, score)
    near = {trace.clause for trace in found}
    kept = tuple(duty for duty in rules if duty.clause in near or _without_note(duty.clause) in near)
    return Section(document, head, kept or rules, score)


def _without_note(path: str) -> str:
    """The clause that a note hangs on, else the clause."""
    return path.split(" > （注")[0]
