"""Violations: the provisions that the authority says a party broke.

Said is 法第23条の規定に違反する。 or a heading 不適正取得（法第20条第１項の規定違反）; a provision that another one's
doing would break (違反することを知り), or that a measure wants mended (規定違反を是正する), is not said again here.
A release that names no article (安全管理措置義務違反（保険業法関連）) leaves the article empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from compliance.case.names import Party
from compliance.case.narrative import ASIDE, Narrative, Place, Sentence
from compliance.case.parties import Parties
from compliance.case.provisions import Provision, provisions, said_of, spot

_BRACKET = r"(?:\([^()]*\))?"
_BROKEN = re.compile(
    rf"(?:本文|ただし書|前段|後段)?{_BRACKET}(?:の規定|(?:に規定する|の)「[^」]{{1,30}}」)?に(?:違反(?:する(?:[。、]|もの|行為|と認|と判断|$)|し(?:[、。]|た(?![^、。]{{0,4}}取得)|てい)|"
    r"すると)|抵触(?:する|し))"
)
_UNDER = re.compile(rf"{_BRACKET}に該当(?:する|し|して|\))")
_PROVISION = re.compile(r"違反(?:の|した|する)?(?:条項|法条|法令)$")
"""The heading over nothing but the provisions that were broken."""
_ASIDE_BROKEN = re.compile(rf"{_BRACKET}(?:の規定)?違反\)")
"""Behind what was done, in a bracket: …していた（法第56条違反）."""
_UNDER_NAMED = re.compile(
    rf"{_BRACKET}(?:に規定する|の)[^、。()]{{0,20}}(?:漏えい|侵害|違反|禁止)に該当(?:する|し)|{_BRACKET}に(?:掲げる|規定する)行為に該当(?:する|し)"
)
_HEADED = re.compile(r"(?:の規定)?\)?(?:に)?違反")
_FOUND_WANTING = re.compile(r"(?:問題点|不備)\([^()]*$")
"""Before the provision that ends a heading: 法律上の問題点（法第23条）."""
_WANTED = re.compile(
    rf"{_BRACKET}(?:に基づ[きく]|が)(?:求め(?:る|られる)|必要な)[^、。]*(?:不十分|不備|欠)[^、。]*言わざるを得な"
)
"""Behind a provision that asks for what was wanting: 法第23条が求める…として不十分であったと言わざるを得ない。"""
_CALLED = re.compile(r"(?:(?:から|及び|および|、)[^、。]{1,4}?(?:まで)?)?(?:の|に掲げる)違反")
_THEME = re.compile(r"違反")
_NAMED_BEFORE = re.compile(r"(?:[一-龥ァ-ヶー]|た)\([^()]*$")
"""What was done, and behind it in a bracket the provision: 不実告知（…法第６条第１項）, 点呼を怠った（…規則第24条）."""
_DUTY = re.compile(r"[^、。・]*?(?:義務違反|監督責任)(?=及び|および|並びに|、|。|$)")
_LAW = re.compile(r"(?:[一-龥ァ-ヶー]|の|に関する)+?法(?!令|人|律)(?:律)?")


@dataclass(frozen=True, slots=True)
class Violation:
    """A provision that parties broke, as far as it is printed; several laws where the print joins them."""

    laws: tuple[str, ...]
    article: str | None
    paragraph: str | None
    item: str | None
    version: str | None
    place: Place
    parties: tuple[Party, ...]


def violations(narrative: Narrative, parties: Parties) -> tuple[Violation, ...]:
    """The violations of the narrative, the first telling of each party's, in reading order."""
    found: dict[tuple[object, ...], Violation] = {}
    for sentence in narrative.sentences:
        if sentence.clause.kind in ASIDE:
            continue
        for one in _told(narrative, parties, sentence):
            words = () if one.article else (one.place,)
            key = (one.laws, one.article, one.paragraph, one.item, one.version, one.parties, *words)
            found.setdefault(key, one)
    return tuple(one for one in found.values() if one.laws or not _is_named_better(one, found.values()))


def _is_named_better(one: Violation, found: Iterable[Violation]) -> bool:
    """Whether the same provision is told elsewhere with the name of its law."""
    number = (one.article, one.paragraph, one.item)
    return one.article is not None and any(
        other.laws and other.parties == one.parties and (other.article, other.paragraph, other.item) == number
        for other in found
    )


def _told(narrative: Narrative, parties: Parties, sentence: Sentence) -> Iterator[Violation]:
    named = provisions(narrative, sentence)
    is_listed = narrative.is_under(sentence.clause, _THEME)
    is_named = any(_PROVISION.search(h.text) for h in narrative.above(sentence.clause)[:1]) and not sentence.is_heading
    is_said = partial(_is_said, sentence, is_listed=is_listed, is_named=is_named)
    for provision in said_of(sentence, named, lambda _, end: is_said(end)):
        yield _violation(provision, sentence, parties.of(sentence))
    if not sentence.is_heading:
        yield from _pointed(narrative, parties, sentence)
        if not named and is_listed:
            yield from _duties(narrative, parties, sentence)


def _is_said(sentence: Sentence, end: int, *, is_listed: bool, is_named: bool) -> bool:
    """Whether the words behind a provision say that it was broken."""
    if sentence.is_heading:
        is_closed = sentence.text[end:] == ")"
        return bool(_HEADED.match(sentence.text, end)) or (
            is_closed and (is_listed or _FOUND_WANTING.search(sentence.text, 0, end) is not None)
        )
    if is_named:
        return True
    if is_listed and sentence.text.startswith(")", end) and _NAMED_BEFORE.search(sentence.text, 0, end):
        return True
    if (
        _ASIDE_BROKEN.match(sentence.text, end)
        or _BROKEN.match(sentence.text, end)
        or _UNDER_NAMED.match(sentence.text, end)
        or _WANTED.match(sentence.text, end)
    ):
        return True
    return bool(_UNDER.match(sentence.text, end) and re.search("違反|該当すると認められ", sentence.text))


def _pointed(narrative: Narrative, parties: Parties, sentence: Sentence) -> Iterator[Violation]:
    """The provisions over the clauses that a sentence calls violations: 第３の２⑴及び⑵の違反を是正するため."""
    for reference, clause in narrative.pointed(sentence.place().span):
        _, end = spot(sentence, Place(sentence.clause.path, reference.span))
        if not _CALLED.match(sentence.text, end):
            continue
        for heading in narrative.above(clause)[:1]:
            for provision in provisions(narrative, heading):
                yield _violation(provision, heading, parties.of(sentence))


def _violation(provision: Provision, sentence: Sentence, by: tuple[Party, ...]) -> Violation:
    return Violation(
        (provision.law,) if provision.law else (),
        provision.article,
        provision.paragraph,
        provision.item,
        provision.version,
        sentence.place(),
        by,
    )


def _duties(narrative: Narrative, parties: Parties, sentence: Sentence) -> Iterator[Violation]:
    """Violations told by the duty: 措置義務違反及び…義務違反, under 甲社（保険業法関連）及び乙社（銀行法関連）."""
    start = len(sentence.text) - len(sentence.text.lstrip("・○●"))
    for duty in _DUTY.finditer(sentence.text, start):
        first = duty.start() + (2 if duty.group().startswith("及び") else 0)
        for party in parties.scope(sentence.clause):
            laws = _laws_of(narrative, parties, sentence, party)
            yield Violation(laws, None, None, None, None, sentence.place(first, duty.end()), (party,))


def _laws_of(narrative: Narrative, parties: Parties, sentence: Sentence, party: Party) -> tuple[str, ...]:
    """The laws in the bracket behind the party's name in the heading."""
    for heading in narrative.above(sentence.clause):
        for named in parties.named(heading.text):
            bracket = re.compile(r"\(([^()]*)\)").match(heading.text, named.end)
            if named.party == party and bracket:
                return tuple(m.group() for m in _LAW.finditer(bracket.group(1).replace("及び", "、")))
    return ()
