"""What of a case is counted and drawn once people have spoken: nothing that they said is wrong.

A fact that was rejected is out. One that was corrected counts with what the person's words let stand: a number
only while it stands in them, a measure by its kind and day, a deficiency under the category that they print at
their head, the day or the stretch of time of a case not at all. Added words are shown, and count nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from compliance.case.corrections import Correction, Ruling
from compliance.case.deficiencies import CATEGORIES, Deficiency
from compliance.case.entries import LISTS, Entry, entry_of, when
from compliance.case.figures import Affected
from compliance.case.measures import Measure
from compliance.case.narrative import Place
from compliance.cases import Case

_Said = Mapping[tuple[str, str, Place | None, str], Correction]
"""What was said, by the key of an entry."""
_SINGLE = {"処分日": "action_date", "期間": "period", "発覚の端緒": "discovery", "行為者": "perpetrator"}
"""Facts of a case and their fields. Authority and respondent are what makes it a case: they stay."""
_TIMES = ("処分日", "期間")


def counted(case: Case, told: Iterable[Entry]) -> Case:
    """The case without what people said is wrong; `told` are the entries of its column, with what was said."""
    return _without(case, told, keep_corrected=False)


def kept(case: Case, told: Iterable[Entry]) -> Case:
    """The case without what was rejected; what was corrected stays as the machine read it, for tables beside it."""
    return _without(case, told, keep_corrected=True)


def _without(case: Case, told: Iterable[Entry], *, keep_corrected: bool) -> Case:
    wrong = (Ruling.REJECTED,) if keep_corrected else (Ruling.REJECTED, Ruling.CORRECTED)
    said = {one.key: one.correction for one in told if one.correction and one.correction.ruling in wrong}
    if not said:
        return case
    fields: dict[str, Any] = {}
    for fact in {fact for _, fact, _, _ in said}:
        if fact in LISTS:
            name = LISTS[fact]
            fields[name] = tuple(_left(case, fact, name, said))
        elif fact in _SINGLE:
            fields.update(_single(case, fact, said))
    return replace(case, **fields)


def _left(case: Case, fact: str, name: str, said: _Said) -> Iterator[object]:
    """The items of a list that count, each as it counts."""
    for one in getattr(case, name):
        correction = _said_of(entry_of(case, fact, one), said)
        if correction is None:
            yield one
        elif correction.ruling is Ruling.CORRECTED:
            yield from _STANDING.get(fact, _as_read)(one, correction.words)


def _single(case: Case, fact: str, said: _Said) -> dict[str, None]:
    """The field without its value, where that was rejected or is a time that was corrected."""
    correction = _said_of(entry_of(case, fact), said)
    if correction is None:
        return {}
    is_gone = correction.ruling is Ruling.REJECTED or fact in _TIMES
    return {_SINGLE[fact]: None} if is_gone else {}


def _said_of(entry: Entry | None, said: _Said) -> Correction | None:
    return said.get(entry.key) if entry else None


def _as_read(one: object, _words: str) -> Iterator[object]:
    yield one


def _affected(one: Affected, words: str) -> Iterator[Affected]:
    if re.search(rf"(?<![\d,，.．万億]){re.escape(one.printed)}", words):  # 100人 does not stand in 1,100人
        yield one


def _measure(one: Measure, words: str) -> Iterator[Measure]:
    if re.search(rf"(?<![一-龥ァ-ヶ]){re.escape(one.kind)}(?![一-龥ァ-ヶ])", words):  # 命令 is no 措置命令
        day = one.date if one.date and when(one.date.value) in words else None
        yield replace(one, date=day)


def _deficiency(one: Deficiency, words: str) -> Iterator[Deficiency]:
    named = next((kind for kind in CATEGORIES if words.startswith(f"［{kind}")), one.category)
    yield replace(one, category=named)


_STANDING: Mapping[str, Callable[[Any, str], Iterator[object]]] = {
    "影響を受けた人数・件数": _affected,
    "措置": _measure,
    "不備": _deficiency,
}
"""What the words of a correction let stand of a fact that is counted or drawn."""
