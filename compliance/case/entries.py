"""The facts of a case as the cells of a sheet: words for people, and the places of their quotes.

The order is that of a case sheet. A cell has an entry for each thing the document says, none where it says
nothing. Dates are written in both calendars, as precisely as printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from compliance.case.corrections import Cell, Correction, Ruling
from compliance.case.days import Dated
from compliance.case.deficiencies import Deficiency
from compliance.case.figures import Affected, Amount
from compliance.case.measures import Measure
from compliance.case.narrative import Place, Words
from compliance.case.provisions import Provision
from compliance.case.remedies import Remedy
from compliance.case.violations import Violation
from compliance.cases import Case
from index.dates import era_month


@dataclass(frozen=True, slots=True)
class Proof:
    """A further place that an entry rests on, and what it proves: 日付, 元号, 規範."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One value in a cell, the place of its quote (none where a person added it), and what people say of it."""

    words: str
    document: str
    place: Place | None
    case: str = ""
    fact: str = ""
    proofs: tuple[Proof, ...] = ()
    correction: Correction | None = None
    is_changed: bool = False
    """Whether the machine's words are others than those that were corrected."""

    @property
    def cell(self) -> Cell:
        """The cell as corrections name it."""
        added = self.correction is not None and self.correction.ruling is Ruling.ADDED
        if added or self.place is None:
            return Cell(self.case, self.fact)
        return Cell(self.case, self.fact, self.words, self.place.clause)

    @property
    def id(self) -> str:
        """What an address calls the entry."""
        added = f"-{self.correction.number}" if self.place is None and self.correction else ""
        return self.cell.id + added

    @property
    def key(self) -> tuple[str, str, Place | None, str]:
        """What tells it from every other entry as read, whatever people say of it."""
        return self.case, self.fact, self.place, self.words

    @property
    def ruling(self) -> str:
        """What people said of it, for tables and papers, and whether the reading has changed since."""
        if self.correction is None:
            return ""
        return self.correction.ruling.value + ("（読取り変更後・要確認）" if self.is_changed else "")

    @property
    def signed(self) -> str:
        """What people said of it, who and on which day: 訂正：法務 花子、令和8年11月21日（2026年11月21日）."""
        one = self.correction
        if one is None:
            return ""
        return f"{self.ruling}：{one.who}" + (f"、{when(one.day)}" if one.day else "")

    @property
    def said(self) -> str:
        """The words that stand: a person's where one has corrected, else the machine's."""
        one = self.correction
        if one is None or one.ruling is Ruling.CONFIRMED:
            return self.words
        return "（誤りとして除外）" if one.ruling is Ruling.REJECTED else one.words


def entries(case: Case, fact: str) -> tuple[Entry, ...]:
    """What a case says of a fact, each thing once."""
    found = (replace(one, case=case.id, fact=fact, document=case.document) for one in _READERS[fact](case))
    return tuple({(one.words, one.place): one for one in found}.values())


def entry_of(case: Case, fact: str, one: object = None) -> Entry | None:
    """The entry of one item of a fact that is a list, or of a single fact; None where it says nothing."""
    alone: dict[str, Any] = {LISTS[fact]: (one,)} if fact in LISTS else {}
    return next(iter(entries(replace(case, **alone), fact)), None)


def when(iso: str) -> str:
    """A date, an interval or a term in both calendars.

    >>> when("2024-09"), when("2016-08/2016-09"), when("30日以内")
    ('令和6年9月（2024年9月）', '平成28年8月（2016年8月）～平成28年9月（2016年9月）', '30日以内')
    """
    if "/" in iso:
        start, end = iso.split("/", 1)
        return f"{when(start) if start else ''}～{when(end) if end else ''}"
    if not iso[:4].isdecimal() or len(iso) not in (4, 7, 10):
        return iso
    western = "".join(f"{int(part)}{unit}" for part, unit in zip(iso.split("-"), "年月日", strict=False))
    return f"{era_month(iso)}（{western}）"


def number(one: Violation | Provision) -> str:
    """A provision's number as it is read: 第7条の2第1項."""
    article, *branches = (one.article or "").split("-")
    head = f"第{article}条" + "".join(f"の{branch}" for branch in branches) if article else ""
    return head + "".join(f"第{part}{unit}" for part, unit in ((one.paragraph, "項"), (one.item, "号")) if part)


def violation_words(one: Violation) -> str:
    """A violation: the laws, their version, and the provision."""
    return "、".join(one.laws) + (f"（{one.version}）" if one.version else "") + number(one)


def basis_words(one: Measure) -> str:
    """The provisions a measure rests on."""
    return "、".join(f"{part.law or part.version or ''}{number(part)}" for part in one.basis)


def _measure(one: Measure) -> Entry:
    basis = basis_words(one)
    parts = (
        one.kind + (f"（{basis}）" if basis else ""),
        when(one.date.value) if one.date else "",
        f"期限 {when(one.deadline.value)}" if one.deadline else "",
    )
    proofs = [Proof("根拠規定", part.place) for part in one.basis]
    proofs += [*_dated("日付", one.date), *_dated("期限", one.deadline)]
    return _entry("　".join(part for part in parts if part), one.place, *proofs)


def _dated(name: str, date: Dated | None) -> Iterator[Proof]:
    if date is not None:
        yield Proof(name, date.place)
        if date.evidence is not None:
            yield Proof("元号の根拠", date.evidence)


def _entry(words: str, place: Place, *proofs: Proof) -> Entry:
    return Entry(words, "", place, proofs=tuple(one for one in proofs if one.place != place))


def _plain(words: Words | None) -> Iterator[Entry]:
    if words is not None and words.words:
        yield _entry(words.words, words.place)


def _day(case: Case) -> Iterator[Entry]:
    date = case.action_date
    if date is not None:
        proofs = [Proof("元号の根拠", date.evidence)] if date.evidence else []
        yield _entry(when(date.value), date.place, *proofs)


def _affected(one: Affected) -> Entry:
    return _entry(f"{one.printed}（{one.scope}）" if one.scope else one.printed, one.place)


def _amount(one: Amount) -> Entry:
    return _entry(one.printed, one.place)


def _period(case: Case) -> Iterator[Entry]:
    period = case.period
    if period is not None:
        proofs = [Proof("元号の根拠", period.evidence)] if period.evidence else []
        is_day = period.start == period.end and period.start is not None
        value = period.start or "" if is_day else f"{period.start or ''}/{period.end or ''}"
        yield _entry(when(value), period.place, *proofs)


def _deficiency(one: Deficiency) -> Entry:
    chain = (("規範", one.norm), ("評価", one.weighing), ("結論", one.conclusion))
    proofs = [Proof(name, words.place) for name, words in chain if words]
    source = "" if one.is_printed else "（区分は読取り）"
    return _entry(f"［{one.category}{source}］{one.finding}", one.place, *proofs)


def _remedy(one: Remedy) -> Entry:
    date = f"［{when(one.date.value)}］" if one.date else ""
    proofs = [*_dated("日付", one.date)]
    if one.verdict is not None:
        proofs.append(Proof("当局の評価", one.verdict.place))
    return _entry(date + one.words.words, one.words.place, *proofs)


_READERS: dict[str, Callable[[Case], Iterator[Entry]]] = {
    "処分庁": lambda case: _plain(case.authority),
    "名宛人": lambda case: _plain(case.respondent),
    "処分日": _day,
    "立場": lambda case: (entry for one in case.relations for entry in _plain(one)),
    "影響を受けた人数・件数": lambda case: map(_affected, case.affected),
    "人数の但し書": lambda case: (entry for one in case.caveats for entry in _plain(one)),
    "期間": _period,
    "発覚の端緒": lambda case: _plain(case.discovery),
    "行為者": lambda case: _plain(case.perpetrator),
    "違反した規定": lambda case: (_entry(violation_words(one), one.place) for one in case.violations),
    "措置": lambda case: map(_measure, case.measures),
    "不備": lambda case: map(_deficiency, case.deficiencies),
    "原因": lambda case: (entry for one in case.causes for entry in _plain(one.words)),
    "再発防止策": lambda case: map(_remedy, case.remedies),
    "当局の評価": lambda case: (entry for one in case.assessments for entry in _plain(one.words)),
    "金額等": lambda case: map(_amount, case.amounts),
}
FACTS = tuple(_READERS)
"""What is compared, in the order of a case sheet."""
LISTS = {
    "立場": "relations",
    "影響を受けた人数・件数": "affected",
    "人数の但し書": "caveats",
    "違反した規定": "violations",
    "措置": "measures",
    "不備": "deficiencies",
    "原因": "causes",
    "再発防止策": "remedies",
    "当局の評価": "assessments",
    "金額等": "amounts",
}
"""The facts of which a case may say several things, and its fields."""
