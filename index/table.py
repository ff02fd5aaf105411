"""The table of passages: where each one and its units stand, in columns that are mapped, not read.

Texts stay in the documents. A passage's units are a run in the table of units, because both are in
reading order and a unit never lies across a passage's end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.passages import Passage, Unit
from index.vocabulary import Strings
from law.document import Document
from law.sentence import Modality
from law.span import Span

_GRADES: tuple[Modality | None, ...] = (None, *Modality)
_Places = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Card:
    """What a result says of a document without opening it."""

    id: str
    title: str
    authority: tuple[str, ...]
    date: str | None
    date_printed: str | None
    kind: str | None

    @classmethod
    def of(cls, document: Document) -> Card:
        """The card of a document."""
        about = document.about
        return cls(
            document.id,
            document.title,
            tuple(evidence.value for evidence in about.authority),
            about.date.value if about.date else None,
            about.date_printed,
            about.kind.value if about.kind else None,
        )


@dataclass(frozen=True)
class Table:
    """Columns: one row a passage, then one row a unit."""

    document: _Places
    start: _Places
    end: _Places
    clause: _Places
    first: _Places
    last: _Places
    """The run of units, half-open."""
    heading: _Places
    """The number of the heading it stands under."""
    unit_start: _Places
    unit_end: _Places
    unit_clause: _Places
    unit_marks: _Places
    unit_grade: _Places
    """How strongly it binds: the number of the grade among all, from 1, or 0."""
    paths: Strings

    def __len__(self) -> int:
        return len(self.document)

    def span(self, i: int) -> Span:
        """Where passage i stands in its document."""
        return Span(int(self.start[i]), int(self.end[i]))

    def path(self, i: int) -> str:
        """The clause of passage i."""
        return self.paths[int(self.clause[i])]

    def units(self, i: int) -> list[Unit]:
        """The units of passage i."""
        return list(map(self.unit, range(int(self.first[i]), int(self.last[i]))))

    def unit(self, number: int) -> Unit:
        """One unit."""
        span = Span(int(self.unit_start[number]), int(self.unit_end[number]))
        return Unit(self.paths[int(self.unit_clause[number])], span)

    def grade(self, number: int) -> Modality | None:
        """How strongly a unit, or the clause that it is said in, binds."""
        return _GRADES[int(self.unit_grade[number])]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns by name, to be saved."""
        columns = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "paths"}
        return {**columns, "paths": self.paths.blob, "path_ends": self.paths.ends}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Table:
        """The table from its saved columns."""
        columns = {name: column for name, column in arrays.items() if name not in ("paths", "path_ends")}
        return cls(**columns, paths=Strings(arrays["paths"], arrays["path_ends"]))


class Tabulator:
    """The table while it grows, a document at a time."""

    def __init__(self) -> None:
        self._documents = 0
        self._units = 0
        self._paths: dict[str, int] = {}
        self._rows: list[_Places] = []
        self._unit_rows: list[_Places] = []

    def add(
        self,
        found: Sequence[Passage],
        units: Sequence[Unit],
        marks: Sequence[int],
        grades: Sequence[Modality | None],
        headings: Sequence[int],
    ) -> None:
        """The passages of one more document with the numbers of their headings, its units with marks and grades."""
        paths = self._paths
        place = {unit: self._units + i for i, unit in enumerate(units)}
        rows = []
        for passage, heading in zip(found, headings, strict=True):
            held = [place[unit] for unit in passage.units]
            clause = paths.setdefault(passage.clause, len(paths))
            rows.append(
                (self._documents, passage.span.start, passage.span.end, clause, min(held), max(held) + 1, heading)
            )
        flat = [
            (unit.span.start, unit.span.end, paths.setdefault(unit.clause, len(paths)), mark, _GRADES.index(grade))
            for unit, mark, grade in zip(units, marks, grades, strict=True)
        ]
        self._rows.append(np.array(rows, dtype=np.uint32).reshape(-1, 7))
        self._unit_rows.append(np.array(flat, dtype=np.uint32).reshape(-1, 5))
        self._documents += 1
        self._units += len(units)

    def table(self) -> Table:
        """The table of all documents added."""
        columns = np.concatenate([np.empty((0, 7), np.uint32), *self._rows]).T.copy()
        unit_columns = np.concatenate([np.empty((0, 5), np.uint32), *self._unit_rows]).T.copy()
        names = [f.name for f in fields(Table) if f.name != "paths"]
        named: dict[str, _Places] = dict(zip(names, (*columns, *unit_columns), strict=True))
        return Table(**named, paths=Strings.of(self._paths))
