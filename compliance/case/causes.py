"""Causes: why it happened, as the document says. A cause that nobody could clear up is told as that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compliance.case.names import Party
from compliance.case.narrative import ASIDE, Narrative, Sentence, Words
from compliance.case.parties import Parties

_THEME = re.compile(r"(?:原因|要因|真因)(?:等|分析|の(?:概要|分析|究明)|及び背景|と背景|となった事情)?(?:について)?$")
_CLEARED = r"(?:解明|明らか|特定|究明)"
_UNKNOWN = re.compile(
    rf"(?:経緯|原因|要因|理由)[^。]{{0,14}}{_CLEARED}[^。]{{0,14}}(?:至って(?:おら|いな)|でき(?:ておら|ていな|ず)|していな|しておら|しなかった)"
)
_NAMED = re.compile(
    r"(?:原因|要因|真因|背景)(?:は、|として(?:は)?、|については、|には、)[^。]*(?:(?:こと|ため)(?:である|です|にある|が(?:ある|挙げ|考え)|と(?:考え|推定|判断|認め))"
    r"|によるもの|とした|とされている|としている|が挙げられ|が考えられ)"
    r"|が(?:主な|直接の|根本的な)?(?:原因|要因)(?:で(?:あ[るり]|す|した)|となって|と(?:考え|推定|判断|認め)られ)|が原因で|に起因(?:する|して|した)もの"
)
_ANNOUNCES = re.compile(r"(?:次|以下|下記)(?:の(?:とおり|通り|ことなど|こと|点)|(?:が|に))[^。、]{0,20}。$")
_OF_CAUSES = re.compile(r"(?:原因|要因|真因|背景)[^。]*(?:次|以下|下記)[^。]*。$")
_NOT_MEANT = re.compile(r"(?:意図的|故意)[^。]{0,30}(?:ではな|とまでは|とは認められな)")


@dataclass(frozen=True, slots=True)
class Cause:
    """Words that say why, and of whom; of the case as a whole when of nobody."""

    words: Words
    parties: tuple[Party, ...]


def causes(narrative: Narrative, parties: Parties) -> tuple[Cause, ...]:
    """The causes of the narrative; that a cause stayed unknown is told once of a party."""
    found: list[Cause] = []
    unknown: set[tuple[Party, ...]] = set()
    for sentence in narrative.sentences:
        if sentence.is_heading or sentence.clause.kind in ASIDE:
            continue
        by = parties.of(sentence)
        is_unknown = _UNKNOWN.search(sentence.text) is not None
        if is_unknown and by not in unknown:
            unknown.add(by)
            found.append(Cause(sentence.words(), by))
        elif not is_unknown and _is_cause(narrative, sentence):
            found.append(Cause(sentence.words(), by))
    return tuple(found)


def _is_cause(narrative: Narrative, sentence: Sentence) -> bool:
    if _ANNOUNCES.search(sentence.text):
        return False
    if _NAMED.search(sentence.text) or _NOT_MEANT.search(sentence.text):
        return True
    if narrative.document.children.get(sentence.clause.path) and not _is_under_caption(narrative, sentence):
        return False
    return any(_THEME.search(h.text) for h in narrative.above(sentence.clause)) or is_listed(narrative, sentence)


def is_listed(narrative: Narrative, sentence: Sentence) -> bool:
    """Whether a sentence stands in a list of causes that a sentence over it announces: 要因は次のとおりである。"""
    return any(_OF_CAUSES.search(s.text) for s in narrative.announcing(sentence))


def _is_under_caption(narrative: Narrative, sentence: Sentence) -> bool:
    return any(h.is_caption for h in narrative.above(sentence.clause)[:1])
