"""Excerpts: the sentence that answers, exact to the character, with its boxes, its page and its citation.

The quote is a slice of the document's text and nothing else. Its verdict is the result of a
comparison: the characters that have boxes are counted off against the quote. Only a quote that
matches gets boxes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import compress

from index.dates import era_month, exact_days
from index.marks import FACTS, Mark, told, wanted
from index.passages import INNER, SHORT, Unit, shown_length
from index.terms import search_form
from law.document import Clause, ClauseKind, Document
from law.sentence import Modality, modality
from law.span import NO_PAGE, Box, Span


class Verdict(StrEnum):
    """Whether the characters of a quote are those on the page."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote and where it stands."""

    clause: str
    span: Span
    quote: str
    verdict: Verdict
    boxes: tuple[Box, ...]
    pdf_page: int | None
    page: str | None
    modality: Modality | None
    citation: str


def excerpt(document: Document, unit: Unit, grade: Modality | None = None) -> Excerpt:
    """The unit, of this grade, as a quote of its document, on its own page: its list may run on over the page's end."""
    clause = document.by_path[unit.clause]
    span = with_the_rest(document, unit)
    quote = plain(span.of(document.text))
    verdict = verify(document, span, quote)
    pdf_page = page_of(document, unit.span) or document.pdf_page(clause)
    return Excerpt(
        clause=unit.clause,
        span=span,
        quote=quote,
        verdict=verdict,
        boxes=document.boxes_of(span) if verdict is Verdict.MATCH else (),
        pdf_page=pdf_page,
        page=document.printed_page(pdf_page),
        modality=grade,
        citation=cite(document, clause, pdf_page),
    )


_ANNOUNCES = re.compile(
    r"次に(?:掲げる|定める|示す|規定する)|(?<![一二三四年目漸逐順])次の(?![日月年週])|"
    r"(?<![\d人件社円歳名％%])以下の|(?:次|以下|下記|左)のとおり"
)
_SIGNS = ("次", "以下の", "のとおり")
"""One of these stands in every announcement; looking for words takes a tenth of the time."""
_UNFINISHED = ("、", "，", ":", "：")
_AT_A_LOOK = 400
"""Characters of a sentence with what belongs to it that are still read at a look; more is left to the passage."""


def with_the_rest(document: Document, unit: Unit) -> Span:
    """The span of a unit, and of what it says nothing without: the list it announces, the end of its sentence.

    A list is quoted whole or not at all: half of 次に掲げる措置 would be a wrong answer.
    """
    said = plain(unit.span.of(document.text)).rstrip()
    whole = _with_its_list(document, unit) if _announces(said) else unit.span
    if whole == unit.span and said.endswith(_UNFINISHED):
        whole = Span(unit.span.start, max(unit.span.end, document.by_path[unit.clause].span.end))
    return whole if whole == unit.span or shown_length(whole.of(document.text)) <= _AT_A_LOOK else unit.span


def _announces(said: str) -> bool:
    """Whether the words announce a list."""
    return any(map(said.__contains__, _SIGNS)) and _ANNOUNCES.search(said) is not None


def _with_its_list(document: Document, unit: Unit) -> Span:
    """From a sentence to the last of its clause's items, where no other sentence between them announces them."""
    listed = [c for c in document.children.get(unit.clause, ()) if c.kind is ClauseKind.ITEM]
    if not listed or listed[0].span.start < unit.span.end:
        return unit.span
    between = plain(document.text[unit.span.end : listed[0].span.start])
    return unit.span if _announces(between) else Span(unit.span.start, listed[-1].span.end)


def page_of(document: Document, span: Span) -> int | None:
    """The page that most of the words stand on, the earlier of equals: a sentence may run over a page's end."""
    pages = document.boxes.pages[span.start : span.end] if document.sheets else ()
    return max(sorted({*pages} - {NO_PAGE}), key=pages.count, default=None)


def plain(text: str) -> str:
    """The words as printed, without line breaks."""
    return text.replace("\n", "")


def verify(document: Document, span: Span, quote: str) -> Verdict:
    """Whether the quote is what stands on the page at this place, character by character.

    Spaces and line breaks are no characters on the page. A place without any box is unchecked, and so is
    one with a character whose meaning the file does not give.
    """
    if span.end > len(document.text):
        return Verdict.MISMATCH
    pages = document.boxes.pages[span.start : span.end]
    if not any(pages):  # NO_PAGE is 0
        return Verdict.UNCHECKED
    boxed = "".join("".join(compress(span.of(document.text), pages)).split())
    if not boxed or "\ufffd" in boxed:
        return Verdict.UNCHECKED
    return Verdict.MATCH if boxed == "".join(quote.split()) else Verdict.MISMATCH


class Grades:
    """How strongly the units of a document bind; each clause is read once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._clauses: dict[str, Modality | None] = {}

    def of(self, unit: Unit) -> Modality | None:
        """The unit's own grade, or its clause's, or that of the clause an item hangs on."""
        clause = self._document.by_path[unit.clause]
        said = modality(plain(unit.span.of(self._document.text))) or self._clause(unit.clause)
        if said is None and clause.kind in (ClauseKind.ITEM, ClauseKind.EXAMPLE) and clause.parent is not None:
            return self._clause(clause.parent)
        return said

    def _clause(self, path: str) -> Modality | None:
        if path not in self._clauses:
            self._clauses[path] = self._document.modality(self._document.by_path[path])
        return self._clauses[path]


def numbered(document: Document, path: str) -> Clause:
    """The clause that a quote is found under: its own, or for an item, a note or an example the one they hang on."""
    clause = document.by_path[path]
    while clause.kind in INNER and clause.parent is not None:
        clause = document.by_path[clause.parent]
    return clause


def cite(document: Document, clause: Clause, pdf_page: int | None) -> str:
    """The citation of a clause, as a footnote would print it.

    個人情報保護委員会・金融庁「…実務指針」（平成29年2月）５－３④、10頁
    """
    about = document.about
    authority = "・".join(evidence.value for evidence in about.authority)
    date = f"（{era_month(about.date.value)}）" if about.date else ""
    printed = document.printed_page(pdf_page)
    page = f"、{printed}頁" if printed else f"、PDF {pdf_page}頁" if pdf_page else ""
    return f"{authority}「{plain(document.title)}」{date}{written_path(clause.path)}{page}"


@lru_cache(maxsize=1024)  # of a hit it is asked for the citation and for the reason
def written_path(path: str) -> str:
    """A path as it is written in running text; paragraphs and items of an article as statutes are cited.

    >>> written_path("５－３ > ④"), written_path("第３ > ２ > (1) > ア"), written_path("別添２ > （注）")
    ('５－３④', '第３の２(1)ア', '別添２（注）')
    >>> written_path("第三条 > ２ > 一 > イ"), written_path("附則 > 第一条"), written_path("Ⅰ > （２） > １）")
    ('第三条第２項第一号イ', '附則第一条', 'Ⅰ（２）１）')
    """
    out, in_article = "", False
    for step in path.split(" > "):
        if in_article and step.isdigit():
            out += f"第{step}項"
        elif in_article and re.fullmatch(r"[一二三四五六七八九十]+(?:の[一二三四五六七八九十]+)*", step):
            number, *branch = step.split("の")
            out += f"第{number}号" + "".join(f"の{part}" for part in branch)
        else:
            joined = out and not in_article and step[0] in "0123456789０１２３４５６７８９第" and out != "附則"
            joined = joined and not (out[-1] in "）)" and step[-1] in "）)")
            out += ("の" if joined else "") + step
        in_article = in_article or re.match(r"第.+条", step) is not None
    return out


def shown_text(document: Document, span: Span) -> str:
    """A passage as printed, without line breaks."""
    return plain(span.of(document.text))


_HEADING, _ANOTHER_DAY, _ANOTHER_GRADE, _NO_FACT = 0.35, 0.7, 0.1, 0.6
NO_FACTS = Mark(0)
_ASKS, _ASIDE = 0.6, 0.5
"""Of the score of a sentence that itself asks, in a paper of questions and answers, and of one that is all in
brackets or only points elsewhere."""
_NAMES = re.compile(r"[^。．.、：）)と]$")
"""The end of a line that is no sentence (手数料の納付方法); 届け出ること is one."""
_ASKING = re.compile(r"(?:か[。．？?]?|教えて(?:欲しい|ほしい|ください|下さい)[。．]?|[？?])$")
_BESIDE_THE_POINT = re.compile(r"^[（(][^（）()]*[）)][。．]?$|を?参照(?:のこと|してください|されたい)?[。．]$")
_END = 20
"""Characters that hold the end of a sentence by which it asks or points elsewhere."""
_BESIDE = {ClauseKind.ITEM: 0.8, ClauseKind.EXAMPLE: 0.8, ClauseKind.NOTE: 0.75, ClauseKind.FOOTNOTE: 0.75}
"""Of the score of what hangs on a clause beside the clause's own sentence, which binds; a heading only names."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a quote should say: a day (ISO) that the question names, the grade filtered by, a fact asked for."""

    days: frozenset[str] = frozenset()
    grade: Modality | None = None
    facts: Mark = NO_FACTS
    """The kinds of fact that are asked for: a day, an amount, a number."""

    @classmethod
    def by(cls, form: str, grade: Modality | None = None) -> Sought:
        """What a question, given as its search form, seeks.

        >>> Sought.by("令和7年3月18日の経費").facts
        <Mark.MONEY: 4>
        """
        return cls(exact_days(form), grade, wanted(form) & FACTS)


ANYTHING = Sought()


def quotable(document: Document, unit: Unit, sought: Sought = ANYTHING) -> float:
    """How good a quote a unit makes, all else being equal: 1 at the best."""
    clause = document.by_path[unit.clause]
    said_here = plain(unit.span.of(document.text)).strip()
    named = unit.span == clause.heading or (clause.kind not in _BESIDE and _NAMES.search(said_here[-1:]) is not None)
    good = _HEADING if named else _BESIDE.get(clause.kind, 1.0)
    good *= _ASKS if _ASKING.search(said_here[-_END:]) else _ASIDE if _beside_the_point(said_here) else 1.0
    if sought.days or sought.facts:
        form = search_form(unit.span.of(document.text))
        said = exact_days(form) if sought.days else frozenset()
        good *= _ANOTHER_DAY if said and not said & sought.days else 1.0
        good *= _NO_FACT if sought.facts and not told(form, sought.facts) else 1.0
    if sought.grade is not None and Grades(document).of(unit) is not sought.grade:
        good *= _ANOTHER_GRADE
    return good


def _beside_the_point(said: str) -> bool:
    """Whether a sentence is all in brackets or only points elsewhere; few need to be looked at."""
    return (said[:1] in ("（", "(") or "参照" in said[-_END:]) and _BESIDE_THE_POINT.search(said) is not None


_TELLS = 4
"""Times the length that is asked for: so many characters of a unit tell whether it has it."""


def best_unit(
    document: Document,
    unit: Callable[[int], Unit],
    answering: Sequence[float],
    sought: Sought = ANYTHING,
    *,
    short: int = SHORT,
) -> int:
    """The number of the unit that answers best and makes a good quote; a clause before an item too short to answer.

    `unit` gives the unit of each place in `answering`; most are never read.
    """
    best = _best(document, unit, answering, range(len(answering)), sought)
    quote = unit(best)
    if shown_length(quote.span.of(document.text)[: _TELLS * short]) >= short:
        return best
    parent = quote.clause.rpartition(" > ")[0]
    above = [i for i in range(len(answering)) if unit(i).clause == parent]
    return _best(document, unit, answering, above, sought) if above else best


def _best(
    document: Document, unit: Callable[[int], Unit], answering: Sequence[float], places: Sequence[int], sought: Sought
) -> int:
    """The number of the unit with the best score, the earlier of equals; one that answers worse is not read at all."""
    best, most = places[0], -1.0
    for i in sorted(places, key=lambda i: -answering[i]):
        if answering[i] < most:
            break  # as a quote it is worth no more than as an answer
        score = answering[i] * quotable(document, unit(i), sought)
        if score > most or (score == most and i < best):
            best, most = i, score
    return best
