"""Whose text a label belongs to: this document's own, or another's that stands before it.

    銀行法の第２章 and the 第３章 after it in a list are that law's; 本指針の第２章 is ours,
    and so is a 第２章 that nothing stands before.

A provision of a law carries its name with it (`law.names`). A chapter, a form, a decimal number or a bare ①
does not, so what stands before it decides, and in doubt it is not ours: no link is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from law.antecedent import Antecedent
from law.mention import Mention, Tight
from law.names import Name, Names, is_guideline
from law.reference import ReferenceKind

_REACH = 120  # characters looked back over

_N = r"[\d一二三四五六七八九十百]{1,4}"
_UNIT = rf"第{_N}[編章節款](?:の\d{{1,2}})?"
_FORM = rf"(?:別|様式|資料|参考資料|付録)[紙表添記様式]{{0,3}}第?{_N}(?:号|(?:-\d{{1,2}})*)"
_DECIMAL = r"\d{1,2}(?:\.\d{1,2})+"
_STEP = r"(?:\(\d{1,2}\)|[①-⑳㉑-㉟⑴-⒇]|\([ア-ン]\)|(?<![ァ-ヶー])[ア-ン])"
_JOIN = r"(?:及び|並びに|又は|若しくは|および|ならびに|または|もしくは|から|乃至|ないし|[、,・~])"
_LIST = re.compile(rf"(?:(?:(?:{_UNIT})+|{_FORM}|{_DECIMAL}|(?:{_STEP})+)(?:まで)?{_JOIN})+$")
"""The labels of a list before the one in question."""

_OF = r"(?:の|[にで](?:定め|規定す|掲げ)る)?「?$"
_LED = re.compile(rf"[一-龥々ァ-ヶーA-Za-z\d)」』]{_OF}")
"""A thing, not a particle or a comma, stands before: マニュアルの第２章, 図の①, 約1.2."""
_PLACE = re.compile(rf"(?:[前後上下]記|[前後上]述|以上|以下|当該|別途|項番|項目|箇条|(?<![一-龥々])[次上下左右]){_OF}")
"""Words that point to a place of the same text: 次の①, 上記2.4."""
_KINDS = (
    r"(?:法律?|[政省府]?令|条例|規則|規程|規約|約款|要[領綱]|基準|指針|方針|計画|通[達知]|告示|ガイドライン|ガイダンス"
    r"|ガイド|マニュアル|手引き?|資料|文書|報告書|書|Q&A|[編章節款条項号表]|様式|別[紙添表])"
)
_OWN = re.compile(
    rf"(?:この(?!場合|とき|[際時点])|(?<![一-龥々ァ-ヶー])[本当](?![人件店社部体邦該]))[一-龥々ァ-ヶー]{{0,4}}{_KINDS}{_OF}"
)
"""This very text, or a part of it: 本ガイドライン, この章."""
_OTHER = re.compile(
    r"(?:(?<![方手用司違適技文作製療])法律?|政令|省令|府令|規則|条例|規程|条約|約款|通達|告示)(?:\([^()]*\))?" + _OF,
)
_CHAPTER = re.compile(_UNIT)
_BARE = re.compile(rf"{_STEP}|{_DECIMAL}|[問QA]?\d|[a-z]\)")


def is_of_another(mention: Mention, tight: Tight, names: Names, last: Antecedent | None) -> bool:
    """Whether a label follows another text, or a list that does: 銀行法第１章及び第２章, 同規則様式第１号."""
    text, end = tight.text, _head(tight.text, mention.start)
    if names.scope(text, end, tight.places[end]) is not None:
        return False
    is_chapter = _CHAPTER.match(mention.words) is not None
    is_bracketed = is_chapter and text.endswith("(", 0, end)  # 銀行法(第２章), but 体制(第２章)
    end -= is_bracketed
    before = text[max(0, end - _REACH) : end]
    name = names.before(tight, end - len(_of(before)))
    if _OWN.search(before):
        return name is not None and _is_defined_law(name, names, tight)
    if name is not None or _OTHER.search(before) or _goes_on(replace(mention, start=end), tight, last):
        return True
    is_led = _LED.search(before) is not None and _PLACE.search(before) is None
    return is_led and not is_bracketed and (is_chapter or _BARE.match(mention.words) is not None)


def is_own(name: Name, names: Names, tight: Tight) -> bool:
    """Whether a name is what this document calls itself, 本指針, and does not define as another's."""
    end = name.start + len(name.words)
    called = _OWN.search(tight.text[max(0, end - _REACH) : end])
    return called is not None and names.full(name, tight.places[name.start]) == name.printed


def _head(text: str, start: int) -> int:
    """Where the list begins that a label ends, or the label itself."""
    first = max(0, start - _REACH)
    before = _LIST.search(text[first:start])
    return first + before.start() if before else start


def _of(before: str) -> str:
    """What joins a label to the text it is of: の, 「, に定める."""
    found = re.search(_OF, before)
    return found.group() if found else ""


def _is_defined_law(name: Name, names: Names, tight: Tight) -> bool:
    """Whether the document has defined 本法 as the short name of a law."""
    full = names.full(name, tight.places[name.start])
    return full is not None and full != name.printed and not is_guideline(full)


def _goes_on(mention: Mention, tight: Tight, last: Antecedent | None) -> bool:
    """Whether a label goes on from a provision of another text: 規則第３条の別表第１, 銀行法第３条及び第２章."""
    if last is None or last.tight is not tight or last.reference.kind is ReferenceKind.SELF:
        return False
    between = tight.text[last.end : mention.start]
    is_chapter = _CHAPTER.match(mention.words) is not None
    return between in ("", "の") or (is_chapter and last.joins(mention, tight))
