"""The authority that speaks in a document, and those it names: 個人情報保護委員会, 金融庁, 厚生労働大臣.

The author is who the document says issued it, else who calls itself 当委員会 or 当庁, else who inspected
(会計検査院は、…検査した). A company's release has no such author; its authorities are named in its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.case.narrative import Narrative, Place, Sentence, Words
from law.mention import Tight
from law.span import Span

OFFICE = (
    r"(?:(?!及び|並び|又は)(?:[一-龥々ァ-ヶー]|(?<![省庁会局])・)){1,14}?"
    r"(?:委員会|検査院|監査院|財務局|財務事務所|経済産業局|総合通信局|労働局|運輸局|運輸支局|整備局|厚生局|農政局|国税局|"
    r"監督部|監督署|税務署|保健所|消防署|庁|省|大臣|長官|知事|警察)"
)
_IS_OFFICE = re.compile(rf"({OFFICE}長?)$")
_UNIT = r"(?:局|部|課|室|所|署|グループ|センター|チーム)"
_OF_OFFICE = re.compile(rf"({OFFICE})[一-龥ァ-ヶー・]{{1,24}}{_UNIT}長?$")
"""A part of an office as the issuer: 個人情報保護委員会事務局, 消費者庁取引対策課."""
_IS_UNIT = re.compile(rf"[一-龥ァ-ヶー・]{{2,24}}{_UNIT}$")
"""A part of an office whose name stands elsewhere: 航空局安全部, of 国土交通省."""
_PART = rf"(?:(?:の)?[一-龥ァ-ヶー・]{{1,20}}{_UNIT})?"
_IS_LOCAL = re.compile(
    r"((?:(?:東京都|北海道|[一-龥]{2,3}[府県])?[一-龥ァ-ヶー]{1,7}?[市区町村](?!市(?!民))|東京都|北海道|[一-龥]{2,3}[府県])(?:長|庁)?)"
    r"(?:役所|役場)?(?:[一-龥ぁ-んァ-ヶー・]{2,24}(?:部|局|課|室|係|センター))?"
)
"""A prefecture or town as the issuer of a notice; in running words it may be anybody."""
_IS_SELF_RULED = re.compile(r"((?:株式会社)?[一-龥ァ-ヶー]{2,16}(?:取引所|自主規制法人|証券業協会))[一-龥ァ-ヶー]*")
"""A body that rules its own members: 株式会社東都証券取引所."""
_SELF = re.compile(rf"({OFFICE})\(以下「(?:当|本)[一-龥]{{1,3}}」という")
_INSPECTED = re.compile(rf"^({OFFICE})は、.*(?:検査|監査)(?:を実施)?した。$")
_ACTED = re.compile(
    rf"^(?:[^、。\d]{{0,6}}、)?({OFFICE}){_PART}(?:\([^()]*\))?は、.*(?:に対し|命令|勧告|指導|警告|処分)"
)
_BOARD = re.compile(r"(会計検査院)法第\d+条(?:の規定)?により、.*(?:処置を(?:求め|要求)|意見を表示)")
"""A board of audit demands under the law that has its name, and calls itself 本院."""


def author(narrative: Narrative) -> Words | None:
    """The authority that issued the document, where the document says so."""
    about = narrative.document.about.authority
    for form in (_IS_OFFICE, _OF_OFFICE, _IS_LOCAL, _IS_SELF_RULED):
        for evidence in about:
            issuer = form.fullmatch("".join(evidence.value.split()))
            if issuer:
                return _printed(narrative, issuer.group(1), evidence.span)
    if about and not all(_IS_UNIT.fullmatch("".join(one.value.split())) for one in about):
        return None
    for form in (_SELF, _INSPECTED, _ACTED, _BOARD):
        for sentence in narrative.sentences:
            found = form.search(sentence.text)
            if found and not sentence.is_heading:
                return sentence.words(*found.span(1))
    return None


def is_self(said: str, author: Words) -> bool:
    """Whether an authority so named is the author, by its short name for itself: 当庁, 本委員会."""
    return said[:1] in ("当", "本") and len(said) > 1 and author.words.endswith(said[1:])


def acting(sentence: Sentence, before: int) -> Words | None:
    """The authority that a sentence says acts: 金融庁から、… or 厚生労働大臣の業務改善命令."""
    found = [m for form in _AGENTS for m in form.finditer(sentence.text, 0, before)]
    return sentence.words(*max(found, key=lambda m: m.start(1)).span(1)) if found else None


_AGENTS = (
    re.compile(rf"(?:^|(?<=[、。日])|(?<=日に))({OFFICE}){_PART}(?:\([^()]*\))?(?:は、|から、|より、|が、)"),
    re.compile(
        rf"(?:^|(?<=[、。日])|(?<=日に))({OFFICE})(?:から|より)(?=[^、。]{{0,60}}(?:に基づく|による)|[^、。]{{0,12}}$)"
    ),
    re.compile(rf"(?:^|(?<=[、。日])|(?<=に基づく)|(?<=による))({OFFICE})(?:から)?の(?=[^、。]{{0,20}}$)"),
)


def _printed(narrative: Narrative, name: str, span: Span | None) -> Words | None:
    """The name where the document prints it: at the head of the span, else in its first sentence that names it."""
    if span is not None:
        clause = next((c for c in narrative.document.clauses if any(span in own for own in c.own)), None)
        tight = Tight.of(narrative.document.text, span)
        if clause is not None:
            return Words(tight.printed[: len(name)], Place(clause.path, tight.source(0, len(name))))
    return next(_naming(narrative, "".join(name.split())), None)


def _naming(narrative: Narrative, name: str) -> Iterator[Words]:
    for sentence in narrative.sentences:
        at = sentence.tight.printed.find(name)
        if at >= 0:
            yield sentence.words(at, at + len(name))
