"""Which cases to compare: filters over what cases say once people have spoken; an empty field lets all through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.case.corrections import Ruling
from compliance.case.counted import counted
from compliance.case.entries import Entry
from compliance.cases import Case
from index.dates import Calendar
from law.fold import squash

_SEARCHED = ("名宛人", "処分庁", "不備", "原因", "再発防止策")
"""The facts in whose words is searched."""
_KIND = re.compile(r"[一-龥々ァ-ヶー]+")
"""How a measure begins, as the machine writes it and people after it: 勧告（法第148条第1項）."""
_CATEGORY = re.compile(r"［([^［］（）]+)")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a case is chosen by: what was read, less what people rejected, with what they wrote in its place."""

    document: str
    authority: str
    measures: frozenset[str]
    categories: frozenset[str]
    day: str | None
    """ISO, as precise as printed or written; None where nobody says it."""
    words: str
    """Folded, to search in."""


def traits(case: Case, told: Sequence[Entry]) -> Traits:
    """What a case is chosen by; `told` are the entries of its column in a comparison, with what people said."""
    left = counted(case, told)
    said = [entry.said for entry in told if entry.fact in _SEARCHED and not _is_rejected(entry)]
    return Traits(
        document=case.document,
        authority=next(_written(told, "処分庁"), "" if _is_gone(told, "処分庁") else case.before),
        measures=frozenset({one.kind for one in left.measures} | set(_heads(told, "措置", _KIND))),
        categories=frozenset({one.category for one in left.deficiencies} | set(_heads(told, "不備", _CATEGORY))),
        day=left.action_date.value.split("/")[0] if left.action_date else next(_days(told), None),
        words=squash("\n".join((case.document, *said))),
    )


def _is_rejected(entry: Entry) -> bool:
    return entry.correction is not None and entry.correction.ruling is Ruling.REJECTED


def _is_gone(told: Sequence[Entry], fact: str) -> bool:
    """Whether people rejected all that was read of a fact."""
    return any(one.fact == fact for one in told) and all(_is_rejected(one) for one in told if one.fact == fact)


def _written(told: Sequence[Entry], fact: str) -> Iterator[str]:
    """What people wrote of a fact themselves: in the machine's place, or beside it."""
    for entry in told:
        if entry.fact == fact and entry.correction is not None and entry.correction.words:
            yield entry.correction.words


def _heads(told: Sequence[Entry], fact: str, head: re.Pattern[str]) -> Iterator[str]:
    for words in _written(told, fact):
        found = head.match(words.strip())
        if found:
            yield found[found.re.groups]


def _days(told: Sequence[Entry]) -> Iterator[str]:
    """The first date of each saying about the day of the case, as precise as it is written."""
    for words in _written(told, "処分日"):
        for _, days in Calendar().dated(squash(words))[:1]:
            yield days[-1]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a case must have. Dates are ISO as precise as given; a case without a date lies outside every range."""

    documents: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    words: str = ""

    def admits(self, case: Traits) -> bool:
        """Whether the case passes."""
        held: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
            (self.documents, frozenset((case.document,))),
            (self.authorities, frozenset((case.authority,))),
            (self.measures, case.measures),
            (self.categories, case.categories),
        )
        return (
            all(not wanted or held_by & set(wanted) for wanted, held_by in held)
            and self._is_in_time(case.day)
            and all(squash(word) in case.words for word in self.words.split())
        )

    def _is_in_time(self, day: str | None) -> bool:
        if self.date_from is None and self.date_to is None:
            return True
        if day is None:
            return False
        after = self.date_from is None or day[: len(self.date_from)] >= self.date_from[: len(day)]
        return after and (self.date_to is None or day[: len(self.date_to)] <= self.date_to[: len(day)])
