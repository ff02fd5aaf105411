"""Whom a guideline binds, by its own words, and whether a party of a case is seen to be one of them.

A guideline binds those its scope names (金融分野における個人情報取扱事業者) and nobody else. Read are a sentence
on its scope, or else the actor of most of its duties, with the first sentence that names him; the field
(金融分野) is what the words before 分野 say. That a party belongs there is never guessed: it is seen where the
case's document names the guideline, a sentence that names the party names the field, or an authority of that
field acts on the party; else it is said that it cannot be told. An edition after the case is not seen to bind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from compliance.case.narrative import Narrative, Place, Sentence
from compliance.cases import Case
from compliance.obligations import obligations
from index.excerpt import plain
from law.document import Document
from law.fold import squash

_PAPER = r"(?:指針|ガイドライン|ガイダンス|要領|基準|監督指針|規程|手引き?)"
_SCOPE_HEADING = re.compile(r"適用(?:の)?(?:対象|範囲)|対象(?:者|事業者|となる者)$|適用を受ける")
_SCOPE = re.compile(rf"(?:この|本){_PAPER}は、[^。]*?(?:対象とする|適用する|適用される|適用があ)")
_FIELD = re.compile(r"([一-龥々ァ-ヶーA-Za-z・]{1,24}?)(?:の)?分野(?:における|の|に)")


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom a guideline binds, as it says, and where."""

    words: str
    place: Place | None
    fields: tuple[str, ...]
    """The fields it is for: 金融, or 共同物流 and 宅配ロッカー; empty where it is for all who do a thing."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a guideline is seen to bind a party, and why one says so."""

    is_seen: bool
    reason: str


def bound(document: Document) -> Bound | None:
    """Whom a guideline binds; None where it lays nothing down."""
    actors = Counter(one.actor.words for one in obligations(document) if one.actor)
    if not actors:
        return None
    usual = actors.most_common(1)[0][0]
    narrative = Narrative(document)
    told = _scope(narrative) or _first_naming(narrative, usual)
    words = told.printed() if told is not None else ""
    return Bound(usual, told.place() if told else None, _fields(usual, words, plain(document.title)))


def reach(
    guideline: Document, bound_by: Bound | None, case: Case, told_in: Document, authorities: Iterable[str]
) -> Reach:
    """Whether the guideline is seen to bind the respondent of a case that another document tells.

    `authorities` are those that act on the respondent. An edition of a later day than the case binds nobody in it.
    """
    if bound_by is None:
        return Reach(False, "この文書が誰を対象とするかは読み取れません。")
    if _is_later(guideline, case):
        return Reach(False, f"事案の後の版です。この指針は「{bound_by.words}」を対象とします。")
    text = squash(told_in.text)
    if len(guideline.title) > 8 and squash(guideline.title) in text:
        return Reach(True, "事案の文書がこの指針を挙げています。")
    whom = f"この指針は「{bound_by.words}」を対象とします。"
    told = _told_of(case, told_in)
    for field in bound_by.fields:
        acting = next((name for name in authorities if squash(field) in squash(name)), None)
        if acting is not None:
            return Reach(True, f"{whom}名宛人には{acting}が措置を執っています。")
        if any(_is_named(field, words) for words in told):
            return Reach(True, f"{whom}事案の文書が名宛人について「{field}」と記しています。")
    if not bound_by.fields and any(squash(bound_by.words) in words for words in told):
        return Reach(True, f"{whom}事案の文書が名宛人について同じ語を記しています。")
    return Reach(False, f"{whom}名宛人がこれに当たるかは、事案の文書からは読み取れません。")


def _is_later(guideline: Document, case: Case) -> bool:
    """Whether the guideline is of a later day than the case, as precisely as both are printed."""
    if guideline.about.date is None or case.action_date is None:
        return False
    own, of_case = guideline.about.date.value, case.action_date.value.split("/")[-1]
    exact = min(len(own), len(of_case))
    return own[:exact] > of_case[:exact]


def _told_of(case: Case, told_in: Document) -> list[str]:
    """The sentences that name the respondent, and what it is to the others."""
    acted_on = (party for one in case.measures for party in one.respondents if party.name == case.respondent.words)
    names = {squash(name) for party in acted_on for name in party.shorts} | {squash(case.respondent.words)}
    said = [squash(one.text) for one in Narrative(told_in).sentences]
    return [words for words in said if any(name in words for name in names)] + [
        squash(one.words) for one in case.relations
    ]


def _is_named(field: str, text: str) -> bool:
    """Whether a text speaks of a field: a short name (金融) only as 金融分野 or 金融業."""
    name = squash(field)
    return name in text if len(name) > 3 else f"{name}分野" in text or f"{name}業" in text


def _scope(narrative: Narrative) -> Sentence | None:
    """The sentence that says whom the paper is for."""
    for sentence in narrative.sentences:
        if sentence.is_heading:
            continue
        is_headed = any(_SCOPE_HEADING.search(h.text) for h in narrative.above(sentence.clause)[:1])
        if is_headed or _SCOPE.search(sentence.text):
            return sentence
    return None


def _first_naming(narrative: Narrative, actor: str) -> Sentence | None:
    wanted = "".join(actor.split())
    return next((s for s in narrative.sentences if not s.is_heading and wanted in s.tight.printed), None)


def _fields(*told: str) -> tuple[str, ...]:
    """The fields the words name, each part of 共同物流・宅配ロッカー分野 by itself; the first words that name any."""
    for words in told:
        found = _FIELD.search("".join(words.split()))
        if found:
            return tuple(part for part in found.group(1).split("・") if len(part) > 1)
    return ()
