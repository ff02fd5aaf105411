"""Terms that a document defines, and where it uses them.

Defined are （以下「取扱規程」という。）, 「利用者」とは、…をいう, and the items of a list of terms (用語の意義は、…).

A definition is the words as printed, with their place; nothing is put in other words. A use is a place after
the definition (before it too, where 「…」とは defines) that shows the term alone: 委託 is not found in 再委託,
nor 個人データ in 個人データベース. What these rules miss is left unmarked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from law.document import Document
from law.sentence import sentences
from law.span import Span

_HEREAFTER = re.compile(
    r"以下[^「」（）()\n]{0,24}「([^「」\n]{1,40})」(?:及び「([^「」\n]{1,40})」)?"
    r"と(?:いう|総称する|略称する|いいます|します|する)。?[）)]?"
)
"""（以下「取扱規程」という。）, （以下この条において「委託元」と総称する。）, 以下、それぞれ「甲」及び「乙」という"""
_MEANS = re.compile(r"「([^「」\n]{1,40})」とは、")
"""「利用者データ」とは、"""
_ITEM = re.compile(r"([^\s　「」、。]{1,40})　[^\n]+をいう。")
"""一　宅配ロッカー　荷物を一時的に保管し、…をいう。"""
_TERMS = re.compile(r"用語の(?:意義|定義)")
"""この規則において、次の各号に掲げる用語の意義は、当該各号に定めるところによる。"""
_BEFORE = 120
"""Code points shown before a term that a long sentence defines."""
_SAME = re.compile(r"[一-鿿々]{2}|[ァ-ヿー]{2}|[A-Za-zＡ-Ｚａ-ｚ0-9０-９]{2}")
"""Two neighbours of one script: one word, as far as these rules can tell."""
_LEADS, _FOLLOWS = "該各両", "第等及又並若内外上中下"
"""Characters that join on to a term and are none of it: 当該事業者, 法第３条, 取扱規程上."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, the words that define it, and the clause they stand in."""

    term: str
    span: Span
    clause: str
    begins: int
    """Where the term holds from."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a defined term is used."""

    span: Span
    definition: Definition


@dataclass(frozen=True)
class Glossary:
    """The definitions of one document."""

    text: str
    definitions: tuple[Definition, ...]

    def uses(self, within: Span) -> tuple[Use, ...]:
        """The places in a part of the text that use a term, in order, the longest term where several begin."""
        return tuple(self._uses(within)) if self.definitions else ()

    def _uses(self, within: Span) -> Iterator[Use]:
        for match in self._terms.finditer(self.text, within.start, within.end):
            place = Span(*match.span())
            known = self._by_term[match.group()]
            last = known[max(0, bisect_right([one.begins for one in known], place.start) - 1)]
            if place.start >= last.begins and place not in last.span and self._stands_alone(place, within):
                yield Use(place, last)

    def _stands_alone(self, place: Span, within: Span) -> bool:
        before = self.text[max(within.start, place.start - 1) : place.start]
        after = self.text[place.end : min(within.end, place.end + 1)]
        if before + after == "「」":  # it is named, not used
            return False
        leads = _LEADS if len(place) > 1 else ""
        joined_before = _SAME.fullmatch(before + self.text[place.start]) and before not in leads
        joined_after = _SAME.fullmatch(self.text[place.end - 1] + after) and after not in _FOLLOWS
        return not joined_before and not joined_after

    @cached_property
    def _by_term(self) -> dict[str, list[Definition]]:
        table: dict[str, list[Definition]] = defaultdict(list)
        for one in sorted(self.definitions, key=lambda one: one.begins):
            table[one.term].append(one)
        return table

    @cached_property
    def _terms(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self._by_term, key=lambda term: (-len(term), term)))))


def glossary(document: Document) -> Glossary:
    """The terms that the document's clauses define."""
    inside = (one for clause in document.clauses for span in clause.own for one in _in(document, clause.path, span))
    found = [*inside, *_listed(document)]
    return Glossary(document.text, tuple(sorted(found, key=lambda one: (one.span.start, one.term))))


def _in(document: Document, clause: str, within: Span) -> Iterator[Definition]:
    text = document.text
    if "「" not in within.of(text):
        return
    whole: Sequence[Span] = tuple(sentences(text, within))
    for match in _HEREAFTER.finditer(text, within.start, within.end):
        start = max(_sentence(whole, match.start()).start, match.start() - _BEFORE)
        for term in filter(None, match.groups()):
            yield Definition(term, Span(start, match.end()), clause, match.end())
    for match in _MEANS.finditer(text, within.start, within.end):
        sentence = _sentence(whole, match.start())
        if re.search(r"(?:を|と)いう。?$|(?:もの|こと)(?:である|です)。?$", sentence.of(text)):
            yield Definition(match.group(1), sentence, clause, 0)


def _listed(document: Document) -> Iterator[Definition]:
    """The terms of a list of terms, each an item: its first word, and what is said of it."""
    for clause in document.clauses:
        parent = document.by_path.get(clause.parent or "")
        if clause.own and parent is not None and _TERMS.search(document.own_text(parent)):
            match = _ITEM.match(document.text, clause.own[0].start, clause.own[0].end)
            if match is not None:
                yield Definition(match.group(1), clause.own[0], clause.path, 0)


def _sentence(whole: Sequence[Span], place: int) -> Span:
    return next((one for one in whole if one.start <= place < one.end), Span(place, place))
