"""Levels: the surfaces that bind, and what each says in practice: the legend.

A document that defines its own words goes before the legend (`defines`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from law.sentence import Modality


class Level(StrEnum):
    """The surface that binds, in its plain form."""

    MUST = "なければならない"
    MUST_NOT = "してはならない"
    CANNOT = "できない"
    NECESSARY = "必要がある"
    ORDER = "命ずる"
    RECOMMENDATION = "勧告する"
    GUIDANCE = "指導する"
    DEMAND = "求める"
    SHALL = "こととする"
    INTENDED = "ものとする"
    INSTRUCTED = "すること"
    OUGHT = "べきである"
    EFFORT = "努めなければならない"
    EXPECTED = "求められる"
    REQUEST = "してください"
    APPROPRIATE = "適切である"
    DESIRABLE = "望ましい"
    UNDESIRABLE = "望ましくない"
    MAY = "できる"
    ACCEPTED = "認められる"
    NO_OBJECTION = "差し支えない"
    ENOUGH = "足りる"
    EXEMPT = "要しない"
    CONCEIVABLE = "考えられる"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a level says in practice, and on whose word."""

    grade: Modality
    practice: str
    source: str
    defined: str = ""
    """What it says in a document that defines it so itself, as 通則編１－１ does."""

    @property
    def told(self) -> str:
        """What it says, for a legend of all documents."""
        own = f"。{_GENERAL}など、自らそう定める文書では「{self.defined}」" if self.defined else ""
        return f"{self.practice}{own}"


_GENERAL = "個人情報の保護に関する法律についてのガイドライン（通則編）１－１"
_DRAFTING = "法令用語の通例による整理（公的な出典を確認していない。文書に定義があればそれによる）"
_APPI = "個人情報の保護に関する法律"

LEGEND: dict[Level, Meaning] = {
    Level.MUST: Meaning(
        Modality.MUST, "義務として書かれた定め", _DRAFTING, "従わなかった場合、法違反と判断される可能性がある義務"
    ),
    Level.MUST_NOT: Meaning(
        Modality.MUST, "禁止として書かれた定め", _DRAFTING, "従わなかった場合、法違反と判断される可能性がある禁止"
    ),
    Level.CANNOT: Meaning(Modality.MUST, "許されないこと。禁止と同じに扱う", _DRAFTING),
    Level.NECESSARY: Meaning(Modality.MUST, "しなければ要件を満たさないこと。義務と同じに扱う", _DRAFTING),
    Level.ORDER: Meaning(
        Modality.MUST, "行政処分。従わなければ罰則があり得る", f"{_APPI}第148条・第178条（個人情報保護委員会の場合）"
    ),
    Level.RECOMMENDATION: Meaning(
        Modality.SHALL,
        "行政指導のうち法定のもの。正当な理由なく従わなければ命令があり得る",
        f"{_APPI}第148条（個人情報保護委員会の場合）",
    ),
    Level.GUIDANCE: Meaning(Modality.SHALL, "行政指導。改善と報告が期待される", f"{_APPI}第147条（同）"),
    Level.DEMAND: Meaning(Modality.SHALL, "報告等の求め。期限までに応じる", f"{_APPI}第146条（同）"),
    Level.SHALL: Meaning(
        Modality.SHALL, "行うことを原則とする定め。行わない場合は理由を説明できるようにする", _DRAFTING
    ),
    Level.INTENDED: Meaning(Modality.SHALL, "原則や方針の定め。合理的な理由があれば例外があり得る", _DRAFTING),
    Level.INSTRUCTED: Meaning(Modality.SHALL, "通達や基準で、すべきこととして書かれた定め", _DRAFTING),
    Level.OUGHT: Meaning(Modality.RECOMMEND, "当然に期待されること", _DRAFTING),
    Level.EFFORT: Meaning(
        Modality.RECOMMEND,
        "努力義務として書かれた定め",
        _DRAFTING,
        "努力義務。従わないことのみで直ちに法違反とはされない",
    ),
    Level.EXPECTED: Meaning(Modality.RECOMMEND, "期待されること", _DRAFTING),
    Level.REQUEST: Meaning(Modality.RECOMMEND, "依頼。注意喚起や回答の中で、すべきことを述べる", _DRAFTING),
    Level.APPROPRIATE: Meaning(Modality.RECOMMEND, "適切又は重要とされる取扱い", _DRAFTING),
    Level.DESIRABLE: Meaning(
        Modality.RECOMMEND,
        "推奨として書かれた定め",
        _DRAFTING,
        "従わないことのみで直ちに法違反とはされないが、可能な限り対応すること",
    ),
    Level.UNDESIRABLE: Meaning(Modality.RECOMMEND, "避けることが望まれる取扱い", _DRAFTING),
    Level.MAY: Meaning(Modality.MAY, "してもよいこと。権限又は義務の緩和", _DRAFTING),
    Level.ACCEPTED: Meaning(Modality.MAY, "義務の緩和として許される代わりの方法", _DRAFTING),
    Level.NO_OBJECTION: Meaning(Modality.MAY, "しても支障がないこと", _DRAFTING),
    Level.ENOUGH: Meaning(Modality.MAY, "そこまでで要件を満たすこと", _DRAFTING),
    Level.EXEMPT: Meaning(Modality.MAY, "しなくてもよいこと。義務の免除又は緩和", _DRAFTING),
    Level.CONCEIVABLE: Meaning(Modality.MAY, "方法の例示", _DRAFTING),
}
"""What each level says in practice. A document that defines its own words (as 通則編 1-1 does) goes before it."""

_DEFINES = re.compile(r"「[^「」]*なければならない」[^。]{0,80}従わなかった場合[^。]{0,20}違反と判断される")


def defines(words: str) -> bool:
    """Whether a text says itself that not following its なければならない may be judged a violation.

    >>> defines("「しなければならない」と記述している事項に従わなかった場合、法違反と判断される可能性がある。")
    True
    """
    return _DEFINES.search(words) is not None


def meaning(level: Level, defined_in: str | None) -> Meaning:
    """What a level says in practice in a document; `defined_in` is where that document defines it, if it does."""
    general = LEGEND[level]
    if defined_in is None or not general.defined:
        return general
    return replace(general, practice=general.defined, source=defined_in)
