"""Which cases to compare: filters over cases; an empty field lets all through."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.cases import Case
from law.fold import squash


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

    def admits(self, case: Case) -> bool:
        """Whether the case passes."""
        held = (
            (self.documents, {case.document}),
            (self.authorities, {case.before}),
            (self.measures, {one.kind for one in case.measures}),
            (self.categories, {one.category for one in case.deficiencies}),
        )
        return (
            all(not wanted or held_by & set(wanted) for wanted, held_by in held)
            and self._is_in_time(case)
            and all(squash(word) in _searched(case) for word in self.words.split())
        )

    def _is_in_time(self, case: Case) -> bool:
        if self.date_from is None and self.date_to is None:
            return True
        if case.action_date is None:
            return False
        day = case.action_date.value.split("/")[0]
        after = self.date_from is None or day[: len(self.date_from)] >= self.date_from[: len(day)]
        return after and (self.date_to is None or day[: len(self.date_to)] <= self.date_to[: len(day)])


def _searched(case: Case) -> str:
    told = [case.respondent.words, case.authority.words, case.document]
    told += [one.finding for one in case.deficiencies]
    told += [one.words.words for one in case.causes] + [one.words.words for one in case.remedies]
    return squash("\n".join(told))
