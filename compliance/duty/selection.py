"""The register sifted: rows that pass a filter, rows in groups, rows counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance.duty.levels import Level
from compliance.register import Row
from index.excerpt import Verdict
from law.fold import squash
from law.sentence import Modality


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show; an empty field shows all. Words must all stand in a row (folded)."""

    documents: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    grades: tuple[Modality, ...] = ()
    levels: tuple[Level, ...] = ()
    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    words: str = ""
    has_deadline: bool | None = None
    changed: bool | None = None

    def admits(self, row: Row) -> bool:
        """Whether the row passes."""
        chosen = (
            (self.documents, (row.document,)),
            (self.actors, (row.actor or "",)),
            (self.grades, (row.grade,)),
            (self.levels, (row.level,)),
            (self.categories, row.categories),
            (self.topics, row.topics),
            (self.statuses, (row.own.status,)),
        )
        return (
            all(not wanted or set(wanted) & set(held) for wanted, held in chosen)
            and self.has_deadline in (None, row.deadline is not None)
            and self.changed in (None, row.is_changed)
            and all(word in _searched(row) for word in _folded(self.words))
        )


def _folded(words: str) -> tuple[str, ...]:
    """The folded words of a search line."""
    return tuple(squash(word) for word in words.split())


def grouped(rows: Sequence[Row], by: str) -> Mapping[str, tuple[Row, ...]]:
    """The rows by document, actor, grade, level, category, topic or status, in order of first appearance."""
    out: dict[str, list[Row]] = {}
    for row in rows:
        for name in _groups(row, by):
            out.setdefault(name, []).append(row)
    return {name: tuple(held) for name, held in out.items()}


def statistics(rows: Sequence[Row]) -> Mapping[str, Mapping[str, int]]:
    """How many rows there are of each document, grade, level, actor, category, topic and status."""
    names = ("document", "grade", "level", "actor", "category", "topic", "status")
    table = {name: dict(Counter(group for row in rows for group in _groups(row, name))) for name in names}
    extra = {
        "行数": len(rows),
        "期限あり": sum(row.deadline is not None for row in rows),
        "変更あり": sum(row.is_changed for row in rows),
        "照合一致": sum(row.verdict is Verdict.MATCH for row in rows),
    }
    return {**table, "total": extra}


def _searched(row: Row) -> str:
    return squash(
        "\n".join(
            (row.title, row.clause, *row.headings, row.quote, *row.items, *row.cases, *row.references, *_own(row))
        )
    )


def _groups(row: Row, by: str) -> tuple[str, ...]:
    table: dict[str, tuple[str, ...]] = {
        "document": (row.title,),
        "actor": (row.actor or "（主体の記載なし）",),
        "grade": (row.grade.value,),
        "level": (row.level.value,),
        "category": row.categories or ("（区分なし）",),
        "topic": row.topics or ("（その他）",),
        "status": (row.own.status or "（未記入）",),
    }
    return table[by]


def _own(row: Row) -> tuple[str, ...]:
    own = row.own
    return (own.status, own.owner, own.evidence, own.note, row.changed_from or "")
