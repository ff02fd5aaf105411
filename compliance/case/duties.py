"""Duties: the clauses of guidelines that would have covered what was found wanting, nearest first, and why.

A link is an opinion for a reader to judge, never a finding of a violation: 「対応する義務（参考）」. Whom a
guideline binds is read from its own words (`compliance.case.binding`), and every link says whether the party is
seen to be one of them. The search of the knowledge base gives the candidates, asked in the words of the norm
the authority itself names, of the heading over the finding, and of the finding; clauses of the finding's own
category come before others, and a clause that only announces others after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from compliance.case.deficiencies import OTHER, Deficiency
from compliance.case.narrative import Place
from compliance.register import categories
from index.excerpt import Excerpt, Verdict
from index.search import Hit, Result, Scope
from law.document import Clause, ClauseKind, Document
from law.mention import one_width

WORDING = "対応する義務（参考）"
"""What a link is called on every screen and paper."""
GUIDELINE = "guideline"
"""The kind of document that duties are looked for in."""
_LOOKED = 12
"""Clauses asked for with each question."""
_CALM = 2.0
"""How little the first rank counts more than the second (reciprocal rank fusion)."""
_SAME, _OTHER_CATEGORY, _ANNOUNCES = 1.35, 0.7, 0.6
_LABEL = re.compile(r"[(（]?\d+(?:[-－]\d+)+(?:[(（]\d+[)）])*|第\d+条(?:第\d+項)?(?:第\d+号)?")
"""Numbers of other papers' provisions: here they would find clauses of the same number."""
_FRAME = re.compile(
    r"^[^。]{0,60}?(?:において|により)、[^、。]{0,20}(?:事業者|者)は、|と(?:規定|定め)られ?ている|と規定されている|"
    r"^(?:しかしながら|しかし|また|さらに|その後|実際は|このため)、?"
)
_IN_GENERAL = re.compile(r"[^、。]{0,14}安全管理措置(?:義務違反|の不備)")
"""A finding that names no single measure: the clauses that announce them all are what it is about."""
_REGISTER_NAMES = {"委託先の監督": "委託先"}
"""A category of safeguards as the register of duties calls it."""


class Finder(Protocol):
    """What searches the knowledge base (`index.search.Searcher`)."""

    def search(self, question: str, *, k: int = 5, scope: Scope | None = None) -> Result:
        """The best clauses for a question."""


Documents = Callable[[str], Document]
"""Gives a document by its id."""


@dataclass(frozen=True, slots=True)
class Link:
    """A clause that corresponds to a finding, its quotation, and why it is thought to."""

    document: str
    title: str
    clause: str
    excerpt: Excerpt
    score: float
    terms: tuple[str, ...]
    is_same_category: bool
    is_of_norm: bool
    """Whether the words of the norm that the authority names led to it too."""

    @property
    def place(self) -> Place:
        """Where the quotation stands."""
        return Place(self.excerpt.clause, self.excerpt.span)

    @property
    def reason(self) -> str:
        """Why the clause is thought to correspond, in a sentence."""
        told = dict.fromkeys(term.split("→")[-1] for term in self.terms)
        words = "・".join([term for term in told if len(term) > 1 and "の" not in term][:6])
        parts = [
            "当局が挙げた規範の文言に近い条項です" if self.is_of_norm else "認定の文言に近い条項です",
            "不備の区分と条項の区分が一致します" if self.is_same_category else "",
            f"共通する語：{words}" if words else "",
        ]
        return "。".join(part for part in parts if part) + "。"


@dataclass(slots=True)
class _Tally:
    """What speaks for a clause."""

    hit: Hit
    score: float = 0.0
    is_of_norm: bool = False


def duties(
    finding: Deficiency, told_in: Document, finder: Finder, documents: Documents, *, doc: str | None = None, k: int = 3
) -> tuple[Link, ...]:
    """The k clauses of guidelines that correspond best, the best first; of one guideline where `doc` names it."""
    found: dict[tuple[str, str], _Tally] = {}
    for question, is_norm in _questions(finding, told_in):
        result = finder.search(question, k=_LOOKED, scope=Scope(doc=doc, kind=GUIDELINE))
        hits = {(hit.doc, hit.clause): hit for hit in reversed(result.hits)}
        order = list(dict.fromkeys((hit.doc, hit.clause) for hit in result.hits))
        for rank, key in enumerate(order):
            tally = found.setdefault(key, _Tally(hits[key]))
            tally.score += 1 / (_CALM + rank)
            tally.is_of_norm = tally.is_of_norm or (is_norm and rank < k)
    links = [link for tally in found.values() if (link := _link(finding, tally, documents(tally.hit.doc)))]
    links.sort(key=lambda link: (-link.score, link.document, link.clause))
    return tuple(_once(links))[:k]


def _questions(finding: Deficiency, told_in: Document) -> Iterator[tuple[str, bool]]:
    """What to ask: the norm with the finding, the heading with the finding, and the finding alone."""
    fact = _bare(finding.finding, finding)
    heading = _bare(told_in.scope_heading(told_in.by_path[finding.place.clause]) or "", finding)
    if finding.norm is not None:
        norm = _bare(finding.norm.words, finding)
        yield norm, True
        yield f"{norm}。{fact}", True
    yield f"{heading}。{fact}" if heading else fact, False
    yield fact, False


def _bare(words: str, finding: Deficiency) -> str:
    """The words without names of parties, numbers of provisions, and the frame they are told in."""
    bare = one_width(words)
    names = {one_width(name) for party in finding.parties for name in (party.name, *party.shorts)}
    for name in sorted(names, key=len, reverse=True):
        bare = bare.replace(name, "")
    bare = _FRAME.sub("", _LABEL.sub("", bare))
    return re.sub(r"[A-Za-z]+社|\b[A-Z]\b|[()（）]", " ", bare).strip("、。 は")


def _link(finding: Deficiency, tally: _Tally, document: Document) -> Link | None:
    hit = tally.hit
    clause = document.by_path[hit.clause]
    if clause.kind in (ClauseKind.FRONT, ClauseKind.FOOTNOTE) or hit.excerpt.verdict is not Verdict.MATCH:
        return None
    held = categories(_headings(document, clause))
    wanted = _REGISTER_NAMES.get(finding.category, finding.category)
    is_same = wanted in held
    score = tally.score * (_SAME if is_same else 1.0)
    if held and not is_same and finding.is_printed and finding.category != OTHER:
        score *= _OTHER_CATEGORY
    if _announces(document, clause):
        score *= _SAME / _ANNOUNCES if _IN_GENERAL.fullmatch(finding.finding) else _ANNOUNCES
    return Link(hit.doc, hit.title, hit.clause, hit.excerpt, score, tuple(hit.why.terms), is_same, tally.is_of_norm)


def _headings(document: Document, clause: Clause) -> tuple[str, ...]:
    line = (clause, *document.ancestors(clause))
    return tuple(heading for one in reversed(line) if (heading := document.heading(one)))


def _announces(document: Document, clause: Clause) -> bool:
    """Whether a clause stands over others with headings of their own: it names what they lay down."""
    return any(document.heading(child) for child in document.children.get(clause.path, ()))


def _once(links: Sequence[Link]) -> Iterator[Link]:
    """The links, a clause that two editions of a guideline have in the same words once."""
    seen: set[tuple[str, str]] = set()
    for link in links:
        key = (link.clause, link.excerpt.quote)
        if key not in seen:
            seen.add(key)
            yield link
