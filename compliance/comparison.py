"""A comparison of cases as a value: rows are facts, columns cases, every cell with its quotes' places.

Pure: screens and exports draw it. Cells are filled as far as the documents say; an empty cell is empty.
`compare` lays what people said over it; `counted` are its cases without what they said is wrong, and
whatever counts or draws takes those. `matrix` counts deficiencies by category and case, `timeline` puts
the dated measures in order, and `joined` puts the cases of one respondent together, the earlier first: a
later one follows up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compliance.case import counted
from compliance.case.corrections import Cell, Correction, Ruling, Standing, standing
from compliance.case.deficiencies import CATEGORIES, Deficiency
from compliance.case.entries import FACTS, Entry, entries
from compliance.case.measures import Measure
from compliance.cases import Case, cases
from law.document import Document


@dataclass(frozen=True, slots=True)
class Row:
    """A fact across the cases: a cell a case, empty where the document says nothing."""

    fact: str
    cells: tuple[tuple[Entry, ...], ...]

    @property
    def is_shared(self) -> bool:
        """Whether every case says the same."""
        said = {tuple(entry.said for entry in cell) for cell in self.cells}
        return len(said) == 1 and said != {()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cases side by side."""

    cases: tuple[Case, ...]
    rows: tuple[Row, ...]
    lost: tuple[Correction, ...] = ()
    """What people said of cells that are no longer read."""

    @property
    def heads(self) -> tuple[str, ...]:
        """The respondents, a column each."""
        return tuple(case.respondent.words for case in self.cases)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, row by row."""
        return tuple(entry for row in self.rows for cell in row.cells for entry in cell)

    @property
    def counted(self) -> tuple[Case, ...]:
        """The cases as they are counted and drawn: nothing that people said is wrong."""
        return tuple(counted.counted(*one) for one in zip(self.cases, self.columns, strict=True))

    @property
    def kept(self) -> tuple[Case, ...]:
        """The cases without what was rejected; what was corrected still as the machine read it."""
        return tuple(counted.kept(*one) for one in zip(self.cases, self.columns, strict=True))

    def twins(self, entry: Entry) -> tuple[Entry, ...]:
        """What was read in the same words from the same place for other cases: a fact of several respondents."""
        if entry.place is None:
            return ()
        same = (entry.document, entry.fact, entry.place, entry.words)
        return tuple(
            one
            for one in self.entries
            if one.case != entry.case and (one.document, one.fact, one.place, one.words) == same
        )

    @property
    def wrong(self) -> tuple[Entry, ...]:
        """The entries that people rejected or corrected."""
        rulings = (Ruling.REJECTED, Ruling.CORRECTED)
        return tuple(one for one in self.entries if one.correction and one.correction.ruling in rulings)

    @property
    def columns(self) -> tuple[tuple[Entry, ...], ...]:
        """The entries of each case, in the order of a case sheet."""
        return tuple(tuple(entry for row in self.rows for entry in row.cells[at]) for at, _ in enumerate(self.cases))


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


def compare(cases: Sequence[Case], record: Sequence[Correction] = ()) -> Comparison:
    """The cases side by side, their facts in the order of a case sheet, with what people said of the cells."""
    machine = tuple(Row(fact, tuple(entries(case, fact) for case in cases)) for fact in FACTS)
    read = [entry.cell for row in machine for cell in row.cells for entry in cell]
    blank = [Cell(case.id, "") for case in cases]  # so that the case of an added cell is known
    held = standing(record, [*read, *blank])
    rows = (_corrected(row, cases, held) for row in machine)
    return Comparison(tuple(cases), tuple(row for row in rows if any(row.cells)), held.lost)


def told(document: Document, record: Sequence[Correction]) -> tuple[Case, ...]:
    """The cases of a document as they may be told: nothing that people said is wrong."""
    return compare(cases(document), record).counted


def _corrected(row: Row, cases: Sequence[Case], held: Standing) -> Row:
    cells = []
    for case, cell in zip(cases, row.cells, strict=True):
        own = [
            replace(one, correction=held.of_cell.get(one.cell.id), is_changed=one.cell.id in held.changed)
            for one in cell
        ]
        more = [one for one in held.added if (one.cell.case, one.cell.fact) == (case.id, row.fact)]
        own += [Entry("", case.document, None, case.id, row.fact, correction=one) for one in more]
        cells.append(tuple(own))
    return Row(row.fact, tuple(cells))


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
