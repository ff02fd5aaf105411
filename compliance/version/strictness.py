"""Whether an amended duty asks more or less than before, as far as its words can be measured.

Measured are: the grade of the surface that binds, how often, within what time, how long to keep, a ceiling,
listed items, exceptions, and hedges (原則として). Each difference is a reason, up or down. What cannot be
measured gives none: the change is then shown as one of wording, for a person to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.duty.levels import LEGEND, Level
from law.numeral import number
from law.sentence import Modality


@dataclass(frozen=True, slots=True)
class Reason:
    """A measured difference: stricter or laxer, in words."""

    words: str
    stricter: bool


_DIGIT = "[0-9０-９一二三四五六七八九十百千]"
_NUMBER = rf"{_DIGIT}+"
_MONTH = dict.fromkeys(("か月", "ヶ月", "カ月", "箇月", "月"), 30.4)
_SPANS = {"時間": 1 / 24, "営業日": 1.4, "日": 1, "週": 7, **_MONTH, "年": 365}
"""Days of each unit, near enough to tell longer from shorter."""
_UNIT = r"(?:時間|営業日|日|週|か月|ヶ月|カ月|箇月|月|年)"
_LENGTH = rf"(?P<n>{_NUMBER})(?P<unit>{_UNIT})(?:間)?"
_CYCLES = {"年度": 1, "事業年度": 1, "年": 1, "半年": 2, "半期": 2, "四半期": 4, "月": 12, "週": 52, "日": 365}
_CYCLE = r"(?P<cycle>事業年度|年度|半年|半期|四半期|年|月|週|日)"

# Each with an example it measures.
_OFTEN = re.compile(  # 半年に一度, 毎年二回, 年２回, ２年に３回, 三か月ごと
    rf"(?<!{_DIGIT})(?:{_CYCLE}(?:ごと)?に|毎(?P<each>事業年度|年度|年|月|週|日)、?|(?P<bare>年|月|週))"
    rf"(?P<times>{_NUMBER})[度回]"
    rf"|(?P<every>{_NUMBER})(?P<step>{_UNIT})間?(?:(?:ごと|毎)?に(?P<so_often>{_NUMBER})[度回]|ごと|毎)"
)
_WITHIN = re.compile(rf"{_LENGTH}以内")  # 変更があった日から14日以内に
_KEPT = re.compile(rf"{_LENGTH}(?:以上)?(?:は)?、?(?:これを)?(?:保存|保管|保持|備え)")  # ３年間保存する
_BARRED = r"(?:を(?:超え|越え|上回)(?:ては|ない|る[^。、]{0,10}?(?:はならない|ことはできない)))"
_CEILING = re.compile(_LENGTH + _BARRED)  # 90日を超えてはならない
_AT_ONCE = re.compile(r"直ちに|即時に|速やかに|すみやかに|遅滞なく")
_HASTE = {"直ちに": 3, "即時に": 3, "速やかに": 2, "すみやかに": 2, "遅滞なく": 1}
"""How soon each word asks for, by the usage of statutes: 直ちに before 速やかに before 遅滞なく."""
_HEDGES = re.compile("原則として|必要に応じて?|可能な限り|できる限り|努めて|合理的な範囲で")
_GRADES = list(Modality)


def by_level(new: Level, old: Level) -> Iterator[Reason]:
    """なければならない for 望ましい is stricter; a level of the same grade says nothing."""
    ours, theirs = (_GRADES.index(LEGEND[one].grade) for one in (new, old))
    if ours != theirs:
        yield Reason(f"「{old.value}」から「{new.value}」へ", ours < theirs)


def by_words(new: str, old: str) -> Iterator[Reason]:
    """The measured differences of two wordings of one duty.

    >>> [(one.words, one.stricter) for one in by_words("年に二度以上行う", "年に一度以上行う")]
    [('頻度：「年に一度」から「年に二度」へ', True)]
    """
    for name, form, more_is_stricter in (
        ("頻度", _OFTEN, True),
        ("期限", _WITHIN, False),
        ("保存の期間", _KEPT, True),
        ("上限", _CEILING, False),
    ):
        yield from _compared(name, form, new, old, more_is_stricter=more_is_stricter)
    yield from _haste(new, old)
    ours, theirs = _hedges(new), _hedges(old)
    yield from (Reason(f"限定の追加：「{words}」", False) for key, words in ours.items() if key not in theirs)
    yield from (Reason(f"限定の削除：「{words}」", True) for key, words in theirs.items() if key not in ours)


def _hedges(words: str) -> dict[str, str]:
    """The hedges of a wording as printed; 必要に応じ and 必要に応じて are one."""
    return {found.group().removesuffix("て"): found.group() for found in _HEDGES.finditer(words)}


def _compared(name: str, form: re.Pattern[str], new: str, old: str, *, more_is_stricter: bool) -> Iterator[Reason]:
    """The measures of one kind in turn, where both wordings have as many; one that came or went is told too."""
    ours, theirs = list(form.finditer(new)), list(form.finditer(old))
    if len(ours) == len(theirs):
        for mine, other in zip(ours, theirs, strict=True):
            a, b = _measure(mine), _measure(other)
            if a is not None and b is not None and a != b:
                yield Reason(f"{name}：「{_shown(other)}」から「{_shown(mine)}」へ", (a > b) == more_is_stricter)
    elif not theirs:
        yield from (Reason(f"{name}の追加：「{_shown(mine)}」", True) for mine in ours)
    elif not ours:
        yield from (Reason(f"{name}の削除：「{_shown(other)}」", False) for other in theirs)


def _measure(found: re.Match[str]) -> float | None:
    """Times a year, or days."""
    said = found.groupdict()
    if said.get("n"):
        count = number(said["n"])
        return None if count is None else count * _SPANS[said["unit"]]
    if said.get("every"):
        count = number(said["every"])
        often = number(said["so_often"]) if said["so_often"] else 1
        return None if not count or often is None else 365 * often / (count * _SPANS[said["step"]])
    times = number(said["times"])
    cycle = said["cycle"] or said["each"] or said["bare"]
    return None if times is None else times * _CYCLES[cycle]


def _shown(found: re.Match[str]) -> str:
    return re.sub(r"(?:を(?:超え|越え|上回).*|、?(?:これを)?(?:保存|保管|保持|備え))$", "", found.group())


def _haste(new: str, old: str) -> Iterator[Reason]:
    ours, theirs = _AT_ONCE.findall(new), _AT_ONCE.findall(old)
    if len(ours) == len(theirs):
        for mine, other in zip(ours, theirs, strict=True):
            if _HASTE[mine] != _HASTE[other]:
                yield Reason(f"期限：「{other}」から「{mine}」へ", _HASTE[mine] > _HASTE[other])
    elif not theirs:
        yield from (Reason(f"期限の追加：「{mine}」", True) for mine in ours)
    elif not ours:
        yield from (Reason(f"期限の削除：「{other}」", False) for other in theirs)


def by_count(name: str, added: Sequence[str], dropped: Sequence[str], *, more_is_stricter: bool) -> Iterator[Reason]:
    """Items or exceptions that came or went."""
    yield from (Reason(f"{name}の追加：{one}", more_is_stricter) for one in added)
    yield from (Reason(f"{name}の削除：{one}", not more_is_stricter) for one in dropped)
