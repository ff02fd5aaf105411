"""A comparison of cases as a value: rows are facts, columns cases, every cell with its quotes' places.

Pure: screens and exports draw it. Cells are filled as far as the documents say; an empty cell is empty.
`matrix` counts deficiencies by category and case, `timeline` puts the dated measures in order, and `joined`
puts the cases of one respondent together, the earlier first: a later one follows up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compliance.cases import Case
from compliance.deficiencies import OTHER, Deficiency
from compliance.measures import Dated, Measure
from compliance.narrative import Place
from compliance.provisions import Provision
from compliance.violations import Violation

CATEGORIES = ("組織的", "人的", "物理的", "技術的", "委託先の監督", OTHER)
"""The categories of safeguards, in the order of the guideline."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value in a cell and the place of its quote."""

    words: str
    document: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A fact across the cases: a cell a case, empty where the document says nothing."""

    fact: str
    cells: tuple[tuple[Entry, ...], ...]

    @property
    def is_shared(self) -> bool:
        """Whether every case says the same."""
        said = {tuple(entry.words for entry in cell) for cell in self.cells}
        return len(said) == 1 and said != {()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cases side by side."""

    cases: tuple[Case, ...]
    rows: tuple[Row, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The respondents, a column each."""
        return tuple(case.respondent.words for case in self.cases)


@dataclass(frozen=True, slots=True)
class Event:
    """A dated measure on a respondent."""

    date: str
    measure: Measure
    case: Case

    @property
    def end(self) -> str | None:
        """The last day of a measure that took several, or None."""
        return self.date.split("/")[1] if "/" in self.date else None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Deficiencies by category (rows) and case (columns)."""

    cases: tuple[Case, ...]
    categories: tuple[str, ...]
    cells: tuple[tuple[tuple[Deficiency, ...], ...], ...]

    def count(self, category: str, case: Case) -> int:
        """How many deficiencies of a category a case has."""
        return len(self.cells[self.categories.index(category)][self.cases.index(case)])


def compare(cases: Sequence[Case]) -> Comparison:
    """The cases side by side, their facts in the order of a case sheet."""
    rows = (Row(fact, tuple(tuple(read(case)) for case in cases)) for fact, read in _FACTS)
    return Comparison(tuple(cases), tuple(row for row in rows if any(row.cells)))


def matrix(cases: Sequence[Case]) -> Matrix:
    """The deficiencies of each category in each case, every category a row."""
    cells = tuple(
        tuple(tuple(one for one in case.deficiencies if one.category == category) for case in cases)
        for category in CATEGORIES
    )
    return Matrix(tuple(cases), CATEGORIES, cells)


def timeline(cases: Sequence[Case]) -> tuple[Event, ...]:
    """The dated measures of the cases, the earliest first; a filing that several cases share stands once."""
    events: dict[tuple[object, ...], Event] = {}
    for case in cases:
        for measure in case.measures:
            if measure.date is not None:
                key = (case.document, measure.place) if measure.is_filed else (case.id, measure)
                events.setdefault(key, Event(measure.date.value, measure, case))
    return tuple(sorted(events.values(), key=lambda event: (event.date, event.case.id, event.measure.place.span)))


def joined(cases: Sequence[Case]) -> tuple[tuple[Case, ...], ...]:
    """The cases of one respondent before one authority together, the earlier document first."""
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.authority.words, case.respondent.words), []).append(case)
    return tuple(tuple(sorted(group, key=_when)) for group in groups.values())


def _when(case: Case) -> tuple[str, str]:
    return case.action_date.value if case.action_date else "", case.document


def _dates(case: Case, date: Dated | None) -> list[Entry]:
    return [Entry(date.value, case.document, date.place)] if date else []


def _affected(case: Case) -> list[Entry]:
    return [
        Entry(f"{one.printed}（{one.scope}）" if one.scope else one.printed, case.document, one.place)
        for one in case.affected
    ]


def _period(case: Case) -> list[Entry]:
    period = case.period
    return [Entry(f"{period.start or ''}～{period.end or ''}", case.document, period.place)] if period else []


def _violation(one: Violation) -> str:
    law = "、".join(one.laws) + (f"（{one.version}）" if one.version else "")
    return law + _number(one)


def _number(one: Violation | Provision) -> str:
    numbers = ((one.article, "条"), (one.paragraph, "項"), (one.item, "号"))
    return "".join(f"第{number}{unit}" for number, unit in numbers if number)


def _measure(one: Measure) -> str:
    basis = "、".join(f"{provision.law or ''}{_number(provision)}" for provision in one.basis)
    date = one.date.value if one.date else ""
    deadline = f"期限 {one.deadline.value}" if one.deadline else ""
    rest = "、".join(part for part in (basis, date, deadline) if part)
    return f"{one.kind}（{rest}）" if rest else one.kind


_FACTS: tuple[tuple[str, Callable[[Case], list[Entry]]], ...] = (
    ("処分庁", lambda case: [Entry(case.authority.words, case.document, case.authority.place)]),
    ("処分日", lambda case: _dates(case, case.action_date)),
    ("立場", lambda case: [Entry(one.words, case.document, one.place) for one in case.relations]),
    ("影響を受けた人数・件数", _affected),
    ("期間", _period),
    ("発覚の端緒", lambda case: [Entry(one.words, case.document, one.place) for one in (case.discovery,) if one]),
    ("違反した規定", lambda case: [Entry(_violation(one), case.document, one.place) for one in case.violations]),
    ("措置", lambda case: [Entry(_measure(one), case.document, one.place) for one in case.measures]),
    (
        "不備",
        lambda case: [Entry(f"［{one.category}］{one.finding}", case.document, one.place) for one in case.deficiencies],
    ),
    ("原因", lambda case: [Entry(one.words.words, case.document, one.words.place) for one in case.causes]),
    ("再発防止策", lambda case: [Entry(one.words.words, case.document, one.words.place) for one in case.remedies]),
    ("当局の評価", lambda case: [Entry(one.words.words, case.document, one.words.place) for one in case.assessments]),
)
"""What is compared, in the order of a case sheet, and how it is read from a case."""
