"""Corrections: what people say of a cell that the machine read; the machine's words always stay beside theirs.

A cell is named by its case, its fact, and what the machine said there and where, so that the correction is
found again after the document is read anew. Where the reader's words have changed since, it goes to the cell
of the same fact with the likest words and says so, but never to other figures; a correction without any cell
is kept and shown apart. One that was answered by a later saying is spent, wherever that one stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from compliance.scale import alike, folded
from compliance.succession import Claim, heirs

_LIKE = 0.5
"""How like a cell's words must be to those that were corrected, to have taken their place."""

_FIGURES = re.compile(r"\d+")
_JAPAN = timezone(timedelta(hours=9))


class Ruling(StrEnum):
    """What somebody said of a cell."""

    CONFIRMED = "確認済"
    CORRECTED = "訂正"
    REJECTED = "誤り"
    ADDED = "追記"
    WITHDRAWN = "取消"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the machine read it: its words are empty where the document was read to say nothing."""

    case: str
    fact: str
    words: str = ""
    clause: str = ""

    @property
    def id(self) -> str:
        """The same whenever the same is read again: case, fact, clause, and the folded words."""
        parts = (self.case, self.fact, folded(self.clause), folded(self.words))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Correction:
    """One saying: of which cell, what, the words in its place, who said it, when, and why."""

    cell: Cell
    ruling: Ruling
    words: str
    who: str
    why: str
    at: str = ""
    """UTC, ISO 8601; the file fills it in."""
    number: int = 0
    """Its place in the record, from 1; an added cell is told by it."""
    instead_of: int = 0
    """The number of the saying that it answers: replaces, or withdraws; 0 where it answers none."""

    @property
    def day(self) -> str:
        """The day in Japan on which it was said, ISO; empty where the file has not yet dated it."""
        return datetime.fromisoformat(self.at).astimezone(_JAPAN).date().isoformat() if self.at else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The sayings that stand: the last of each cell, and those whose cell was carried to other words or is gone."""

    of_cell: Mapping[str, Correction]
    """By the id of the cell as it reads now."""
    changed: frozenset[str]
    """Ids of the cells whose words are not those that were corrected."""
    added: tuple[Correction, ...]
    lost: tuple[Correction, ...]


def standing(record: Sequence[Correction], cells: Iterable[Cell]) -> Standing:
    """What of the whole record, the oldest first, stands for the cells as they read now.

    Sayings of cases that are not among the cells are left out, not lost.
    """
    present = {cell.id: cell for cell in cells}
    known = {cell.case for cell in present.values()}
    answered = {one.instead_of for one in record if one.instead_of}
    last: dict[tuple[str, int], Correction] = {}
    for one in record:
        if one.cell.case in known and one.number not in answered:
            last[_key(one)] = one
    valid = [one for one in last.values() if one.ruling is not Ruling.WITHDRAWN]
    added = tuple(one for one in valid if _is_added(one))
    mine = {one.cell.id: one for one in valid if not _is_added(one) and one.cell.id in present}
    carried, lost = _carried([one for one in valid if not _is_added(one) and one.cell.id not in present], present, mine)
    return Standing({**mine, **carried}, frozenset(carried), added, tuple(lost))


def _is_added(one: Correction) -> bool:
    return not one.cell.words


def _key(one: Correction) -> tuple[str, int]:
    """What a later saying replaces: the one of the same cell; added words stand beside each other."""
    return one.cell.id, one.number if _is_added(one) else 0


def _carried(
    gone: Sequence[Correction], present: Mapping[str, Cell], mine: Mapping[str, Correction]
) -> tuple[dict[str, Correction], list[Correction]]:
    """Sayings by the id of the cell that took the place of theirs, and those without any."""
    claims = (
        Claim(likeness, one.cell.id, id)
        for one in gone
        for id, cell in present.items()
        if id not in mine and _may_take(cell, one.cell) and (likeness := alike(cell.words, one.cell.words, _LIKE))
    )
    found = heirs(claims)
    by_cell = {one.cell.id: one for one in gone}
    lost = [one for one in gone if one.cell.id not in found.values()]
    return {new: by_cell[old] for new, old in found.items()}, lost


def _may_take(cell: Cell, gone: Cell) -> bool:
    """Whether what was said of a cell that is gone may go to another: of the same fact, with the same figures."""
    is_fact = (cell.case, cell.fact) == (gone.case, gone.fact)
    return is_fact and _FIGURES.findall(folded(cell.words)) == _FIGURES.findall(folded(gone.words))
