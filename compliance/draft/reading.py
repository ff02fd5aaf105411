"""A draft read for its claims: the citations it makes and the words it puts in quotation marks.

Finding only; whether they are true is judged in `compliance.verify`. Spans are places in the draft. A
document is named by its title, by a short name the draft or the title's last word gives, or by its id; a
clause label counts after such a name, or alone when it can be nothing else (５－１③, 別添２, 資料１－２ 第３).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compliance.draft.details import DATE, Details, details, in_brackets, iso_of
from law.document import Document
from law.fold import squash
from law.mention import one_width
from law.span import Span

SHORTEST = 8
"""Folded characters from which words in quotation marks are taken for a quotation."""


@dataclass(frozen=True, slots=True)
class Named:
    """Where a draft names a document; `documents` are the ids it may mean, none when it is unknown."""

    span: Span
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as written: the document named, the clause label, pages and date, as far as given.

    Of a range of pages both ends are listed. `unread` is what looks like a label, a page or a date and is not
    understood.
    """

    span: Span
    named: Named
    label: str | None = None
    pages: tuple[str, ...] = ()
    is_pdf_page: bool = False
    date: str | None = None
    is_date_possible: bool = True
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks, the marks left out."""

    span: Span
    words: str


_N = r"(?:\d{1,3}|[一二三四五六七八九十百千]{1,5})"
_ANNEX = r"(?:資料|別添|別紙|別表|様式)[ ]?第?\d{1,2}(?:-\d{1,2})*"
_ARTICLE = rf"(?:附則[ ]?)?第{_N}条(?:の{_N})*(?:第{_N}項)?(?:第{_N}号)?"
_CHAIN = (
    r"(?<![\dA-Za-z第.-])(?<!資料)(?<!別添)(?<!別紙)(?<!別表)\d{1,2}(?:-\d{1,2}){1,6}(?![\d-])(?![ ]?(?:頁|ページ))"
)
_DAI = rf"第{_N}(?![条項号章節年月日回期版{{\d])(?:の\d{{1,2}}(?!\d))?"
_SUB = (
    r"(?:\(\d{1,2}\)|[⑴-⒇①-⑳㉑-㊿]|\([ア-ン]\)|[ア-ン](?![ァ-ヶーぁ-ん一-龥])|の?\d{1,2}\)"
    r"|の\d{1,2}(?![\d年月日-])|の(?=[(⑴-⒇①-⑳]))"
)
_NOTE = r"(?:\(注\d{0,2}\)|注\d{1,2}|※\d{0,2}|脚注\d{1,2})"
_HEAD = rf"(?:{_ARTICLE}|{_CHAIN}|{_DAI}|[Ⅰ-Ⅻ]\.?(?:\(\d\))?(?:\d\))?|問\d{{1,3}}(?:の?答)?|{_ANNEX})"
_BELOW = rf"(?:{_ARTICLE}|{_CHAIN}|{_DAI}|\d{{1,2}}(?=[(⑴-⒇①-⑳])|[【][^】]+[】])"
_WRIT = r"(?:の?(?:本文|ただし書き?|なお書き?|柱書))?"
_LABEL = rf"(?:{_ANNEX}[、の ]{{0,2}}{_BELOW}(?:の{_ARTICLE})?|{_HEAD})(?:{_SUB})*(?:の?{_NOTE})?{_WRIT}"
_TAIL = re.compile(
    r"(?:\((?P<bracket>[^()]*(?:\([^()]*\)[^()]*)*)\))?(?:のうち|における|において|に定める|の|、|\(|[ ])*"
    rf"(?P<label>{_LABEL})?"
)
_MORE = re.compile(rf"(?:、|及び|並びに|・|又は|と)(?P<label>{_LABEL})")
_BARE = re.compile(rf"(?P<label>(?:{_ANNEX}(?:[、の ]{{0,2}}{_BELOW})?|{_CHAIN})(?:{_SUB})*(?:の?{_NOTE})?)")
_OTHER = re.compile(r"(?:法|令|規則|条例|指針|ガイドライン|GL|編\))[ ]?$")
_TITLE_LIKE = re.compile(r"(?:指針|ガイドライン|規則|規程|法律|法|条例|Q&A|要領|について|に関する件|概要|留意点|通達)$")
_ALIAS = re.compile(r"以下[、,]?(?:単に)?「([^「」]{2,30})」(?:という|とする|と略す)")
_LAST_WORD = re.compile(r"[一-龥々ァ-ヶー&A-Za-zＡ-Ｚ＆]{3,}(?:\([^()]*\))?$")
_LETTER = re.compile(r"[一-龥ァ-ヶー]")
_SHORT_NAME = 12


def names_of(documents: Sequence[Document]) -> Mapping[str, tuple[str, ...]]:
    """What each document may be called: its title, its title's last word, its id."""
    table: dict[str, tuple[str, ...]] = {}
    for document in documents:
        title = one_width(document.title.replace("\n", ""))
        bare = re.sub(r"\([^()]*\)$", "", title)
        last = _LAST_WORD.search(bare)
        for name in (title, bare, document.id, last.group() if last else title):
            key = squash(name)
            if document.id not in table.get(key, ()):
                table[key] = (*table.get(key, ()), document.id)
    return table


class Draft:
    """A draft and what it may call the documents."""

    def __init__(self, text: str, documents: Sequence[Document]) -> None:
        self.text = text
        self.wide = one_width(text).replace("\n", " ").replace("　", " ")
        self._names = dict(names_of(documents))
        self._dates = {one.id: one.about.date.value for one in documents if one.about.date}

    def cited(self) -> tuple[Cited, ...]:
        """The citations, in order."""
        named = self._named()
        found = [one for name in named for one in self._after(name)]
        taken = [one.span for one in found] + self._marked()
        for match in _BARE.finditer(self.wide):
            place = Span(*match.span())
            before = [one for one in named if one.span.end <= place.start]
            inside = any(place.start < span.end and span.start < place.end for span in taken)
            if before and not inside and not _OTHER.search(self.wide[: place.start]):
                more = details(self.wide, match.end())
                found.append(_made(Span(place.start, more.end), before[-1], self._label(match), more))
        return tuple(sorted(found, key=lambda one: one.span))

    def quoted(self) -> tuple[Quoted, ...]:
        """The quotations, in order: no titles, no definitions, nothing too short."""
        titles = {one.span for one in self._named()}
        found = []
        for span in self._marked():
            words = span.of(self.text)
            named = Span(span.start - 1, span.end + 1)
            defined = self.text.endswith("以下", 0, span.start - 1)
            if len(squash(words)) >= SHORTEST and named not in titles and not defined:
                found.append(Quoted(span, words))
        return tuple(found)

    def _marked(self) -> list[Span]:
        """What stands between outermost quotation marks."""
        found, depth, start = [], 0, 0
        for i, letter in enumerate(self.text):
            if letter == "「":
                depth += 1
                start = i + 1 if depth == 1 else start
            elif letter == "」" and depth:
                depth -= 1
                if depth == 0:
                    found.append(Span(start, i))
        return found

    def _named(self) -> tuple[Named, ...]:
        """Where documents are named, the longest name at a place; a title-like quotation that is cited is unknown."""
        found = list(self._titles())
        aliases = self._aliases(found)
        for name, ids in sorted({**self._names, **aliases}.items(), key=lambda one: -len(one[0])):
            for span in self._places(name):
                if not any(span.start < one.span.end and one.span.start < span.end for one in found):
                    found.append(Named(span, ids))
        return tuple(sorted(found, key=lambda one: one.span))

    def _titles(self) -> Iterator[Named]:
        for span in self._marked():
            words = squash(span.of(self.text))
            around = Span(span.start - 1, span.end + 1)
            if self.text.endswith("以下", 0, around.start):
                continue
            if words in self._names:
                yield Named(around, self._names[words])
            elif _TITLE_LIKE.search(one_width(span.of(self.text))):
                tail = _TAIL.match(self.wide, around.end)
                if tail and (tail["label"] or self._bracketed(tail).date or details(self.wide, around.end).pages):
                    yield Named(around, ())

    def _aliases(self, found: Sequence[Named]) -> dict[str, tuple[str, ...]]:
        """Short names the draft gives: 「題名」（以下「実務指針」という。）; a date before it tells versions apart."""
        out: dict[str, tuple[str, ...]] = {}
        for match in _ALIAS.finditer(self.text):
            before = [one for one in found if match.start() - 40 <= one.span.end <= match.start()]
            if before and before[-1].documents:
                date = DATE.search(self.wide[before[-1].span.end : match.start()])
                out[squash(match.group(1))] = self._dated(before[-1].documents, iso_of(date) if date else None)
        return out

    def _dated(self, ids: tuple[str, ...], date: str | None) -> tuple[str, ...]:
        """The documents of that date; all of them where none is, or no date is given."""
        known = ((id, self._dates.get(id)) for id in ids)
        found = tuple(id for id, own in known if date and own and (own.startswith(date) or date.startswith(own)))
        return found or ids

    def _places(self, name: str) -> Iterator[Span]:
        """Where a folded name stands in the draft; a short one not inside a longer word or quotation."""
        pattern = r"\s*".join(map(re.escape, name))
        marked = self._marked()
        for match in re.finditer(pattern, self.wide, re.IGNORECASE):
            span = Span(*match.span())
            if any(span in one for one in marked) or self.text.endswith("以下「", 0, span.start):
                continue
            glued = _LETTER.match(name) and _LETTER.match(self.wide[max(span.start - 1, 0) : span.start])
            if not (glued and len(name) <= _SHORT_NAME):
                yield span

    def _after(self, name: Named) -> Iterator[Cited]:
        """The citations that begin with the name; a name with neither label, page nor date cites the whole."""
        tail = _TAIL.match(self.wide, name.span.end)
        if tail is None:
            return
        bracket = self._bracketed(tail)
        at = tail.end() if tail["label"] else tail.end("bracket") + 1 if tail["bracket"] else name.span.end
        more = details(self.wide, at)
        whole = tail["bracket"] or self.text[name.span.start] == "「"
        if not (tail["label"] or not more.is_empty or whole):
            return
        end = more.end if tail["label"] or more.pages or bracket.pages else name.span.end
        if "(" in self.wide[tail.end("bracket") + 1 : end] and self.wide.startswith(")", end):
            end += 1
        yield _made(Span(name.span.start, end), name, self._label(tail), more, bracket)
        while tail["label"] and (found := _MORE.match(self.wide, end)):
            more = details(self.wide, found.end())
            end = more.end
            yield _made(Span(found.start("label"), end), name, self._label(found), more)

    def _label(self, found: re.Match[str]) -> str | None:
        """The label as it is written in the draft."""
        return Span(*found.span("label")).of(self.text).strip() if found["label"] else None

    def _bracketed(self, tail: re.Match[str]) -> Details:
        """What stands in brackets behind a name; a date anywhere in them."""
        words = tail["bracket"] or ""
        found = in_brackets(words)
        date = None if found.date else DATE.search(words)
        return replace(found, date=iso_of(date), unread=None) if date else found


def _made(span: Span, name: Named, label: str | None, more: Details, bracket: Details | None = None) -> Cited:
    """A citation of what was read behind its label and, where the name has any, in the name's brackets."""
    first = bracket or Details(0)
    return Cited(
        span,
        name,
        label,
        more.pages or first.pages,
        more.is_pdf_page or first.is_pdf_page,
        first.date or more.date,
        first.is_date_possible and more.is_date_possible,
        first.unread or more.unread,
    )
