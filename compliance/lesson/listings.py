"""Listings: duties that enumerate, with the name of what they list and their items; what quiz choices are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliance.obligations import Obligation
from compliance.scale import Scale, folded
from index.excerpt import plain
from law.document import Clause, ClauseKind, Document
from law.mention import one_width
from law.sentence import Modality
from law.span import Span

NUMBERED = re.compile(
    r"\d-\d|第[\d一二三四五六七八九十百]+[条項号章節]?|[①-⑳⑴-⒇㉑-㊿Ⅰ-ⅿ]"
    r"|別[添紙表]|(?:資料|様式|附則|問)[\d ]|[(〔]\d+[)〕]|\d+\)"
)
"""A clause number or the name of an annex, in words of one width."""

_NAMED = re.compile(r"「([^「」]{4,60})」として|^「([^「」]{4,60})」は、")
_NOUN = re.compile(r"次に掲げる(?:[^、。をがはで]*?(?:に関する|に係る))?([一-鿿]+?)(?=及び|並びに|[^一-鿿])")
"""次に掲げる措置を, 次に掲げる安全管理に関する事項を: what sort of thing the items are."""
_BARE = re.compile(r"[一-鿿ァ-ヴー]{1,6}")
"""対応部署, 利用目的: a bare noun, at home in any list."""
_SUBJECT = re.compile(r"^([^、。「」（）]{8,60})は、次に掲げる")
_REST = re.compile(r"^(?:その他|前各?号|上記|その)")
_TWIN = 0.55
"""Likeness from which two items say the same to a reader in a hurry."""
_NAMES = 0.4
"""Share of a list's name in an item from which the item seems to belong there."""
_REFINES = 0.75
_END = 5
"""Folded characters at the end from which two items speak of the same thing."""


def is_numbered(words: str) -> bool:
    """Whether the words name a clause by its number."""
    return NUMBERED.search(one_width(words)) is not None


@dataclass(frozen=True)
class Listing:
    """A clause that lists items under a name; `lead` is the sentence that announces them."""

    document: Document
    clause: Clause
    name: str
    lead: Span
    items: tuple[Span, ...]
    paths: tuple[str, ...]
    """The clause of each item."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The items in words."""
        return tuple(plain(span.of(self.document.text)).rstrip("。") for span in self.items)

    @property
    def noun(self) -> str | None:
        """What the sentence calls the items: 措置, 事項, 役職者; None where it does not say."""
        found = _NOUN.search(plain(self.lead.of(self.document.text)))
        return found.group(1) if found else None

    def is_of_sort(self, other: Listing) -> bool:
        """Whether the other's items may be of the same sort: not where the two sentences call them differently."""
        return self.noun is None or other.noun is None or self.noun == other.noun

    def holds(self, other: Listing) -> bool:
        """Whether the other's clause is this one's or stands below or above it."""
        mine = {self.clause.path, *(one.path for one in self.document.ancestors(self.clause))}
        its = {other.clause.path, *(one.path for one in other.document.ancestors(other.clause))}
        return self.document is other.document and (other.clause.path in mine or self.clause.path in its)


def listings(document: Document, duties: Sequence[Obligation]) -> tuple[Listing, ...]:
    """The listings of a document in reading order: two items or more, and a name without a clause number."""
    found: dict[str, Listing] = {}
    for duty in duties:
        is_list = len(duty.items) > 1 and not _is_exception(duty) and duty.clause not in found
        made = _listing(document, duty) if is_list else None
        if made is not None:
            found[duty.clause] = made
    return tuple(found.values())


def unique(found: Iterable[Listing]) -> tuple[Listing, ...]:
    """Those whose name no other of the same title has: a question by the name has one answer."""
    count: dict[tuple[str, str], int] = {}
    kept = list(found)
    for one in kept:
        key = (folded(one.document.title), folded(one.name))
        count[key] = count.get(key, 0) + 1
    return tuple(one for one in kept if count[folded(one.document.title), folded(one.name)] == 1)


def siblings(listing: Listing, others: Sequence[Listing], scale: Scale) -> list[Listing]:
    """The other listings of the document, those of the nearest common parent first, then the likest.

    Left out are its parents and children, and those that refine one of its items or that it refines.
    """
    beside = [
        one
        for one in others
        if one.document is listing.document
        and not listing.holds(one)
        and not refines(one, listing, scale)
        and not refines(listing, one, scale)
    ]
    return sorted(
        beside,
        key=lambda one: (_apart(listing, one), -scale.likeness(listing.name, one.name), one.clause.span.start),
    )


def below(listing: Listing, others: Sequence[Listing], scale: Scale) -> list[Listing]:
    """The listings of clauses under this one, and those that spell out one of its items."""

    def is_under(one: Listing) -> bool:
        return listing.clause.path in (parent.path for parent in one.document.ancestors(one.clause))

    mine = [one for one in others if one.document is listing.document and one is not listing]
    return [one for one in mine if is_under(one) or refines(one, listing, scale)]


def refines(one: Listing, other: Listing, scale: Scale) -> bool:
    """Whether one spells out an item of the other: its name is that item, or nearly."""
    name = folded(one.name)
    return any(
        name in folded(line) or folded(line) in name or scale.likeness(one.name, line) >= _REFINES
        for line in other.lines
    )


def fits(line: str, listing: Listing, scale: Scale) -> bool:
    """Whether words that are not in the list could be taken to be: then they are no wrong choice."""
    said = folded(line)
    lead = folded(listing.lead.of(listing.document.text))
    if _REST.match(line) or said in lead or said in folded(listing.name):
        return True
    if scale.share(listing.name, line) >= _NAMES:
        return True
    return any(_says_the_same(line, own, scale) for own in listing.lines)


def is_broad(line: str, known: Sequence[Listing], scale: Scale) -> bool:
    """Whether an item is the name of a list itself: as wide as a heading, and so at home under many."""
    return any(folded(one.name) == folded(line) or scale.likeness(one.name, line) >= _REFINES for one in known)


def affinity(line: str, listing: Listing, scale: Scale) -> float:
    """How near a line comes to the list: to its name, or to an item that is not the line itself."""
    others = (own for own in listing.lines if folded(own) != folded(line))
    return max(scale.likeness(line, one) for one in (listing.name, *others))


def _says_the_same(line: str, own: str, scale: Scale) -> bool:
    """Whether one item holds the other, is nearly it, or ends as it does: 従業者の役割・責任, 取扱者の役割・責任."""
    a, b = folded(line), folded(own)
    return a in b or b in a or a[-_END:] == b[-_END:] or scale.likeness(line, own) >= _TWIN


def is_plain(line: str) -> bool:
    """Whether an item says something by itself: no number, no remainder (その他…), no bare noun, not too long."""
    is_said = 4 <= len(line) <= 70 and not _BARE.fullmatch(line)
    return is_said and not is_numbered(line) and not _REST.match(line)


def _is_exception(duty: Obligation) -> bool:
    """Whether it only allows something else instead of a duty: not what its clause is about."""
    return duty.grade is Modality.MAY and duty.exception_of is not None


def _listing(document: Document, duty: Obligation) -> Listing | None:
    clause = document.by_path[duty.clause]
    lead = duty.sentence.of(document.text).replace("\n", "")
    name = _name(document, clause, lead)
    if name is None or is_numbered(name):
        return None
    spans = tuple(item.span for item in duty.items)
    return Listing(document, clause, name, duty.sentence, spans, tuple(item.clause for item in duty.items))


def _name(document: Document, clause: Clause, lead: str) -> str | None:
    """The clause's heading, or what its sentence calls the list."""
    heading = document.heading(clause)
    if heading is not None and clause.kind is not ClauseKind.NOTE:
        return heading
    found = _NAMED.search(lead) or _SUBJECT.search(lead)
    return next((one for one in found.groups() if one), None) if found else None


_UNRELATED = 99


def _apart(one: Listing, other: Listing) -> int:
    """How many steps up from one until the other is below."""
    above = [a.path for a in other.document.ancestors(other.clause)]
    for steps, parent in enumerate(one.document.ancestors(one.clause)):
        if parent.path in above:
            return steps
    return _UNRELATED


def is_foreign(one: Listing, other: Listing) -> bool:
    """Whether the other stands in another part of the document, and so is about something else.

    A document without parts does not say.
    """
    return bool(one.document.ancestors(one.clause)) and _apart(one, other) == _UNRELATED


def words_of(found: Sequence[Listing]) -> Iterator[str]:
    """Names and items, to weigh words by."""
    for one in found:
        yield one.name
        yield from one.lines
