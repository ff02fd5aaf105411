"""How well a searcher does on questions with known answers: `konkyo eval`.

A question file has a JSON object a line: id, question, answerable, relevant [{doc, quote, pdf_page,
grade}], and optionally user and style. A hit is right when its document is right and its text, at most
1,200 characters long, holds a quote of grade 3 (white space and width folded).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from law.fold import squash

LONGEST = 1_200
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One question and what became of it."""

    id: str
    groups: tuple[str, ...]
    answerable: bool
    answered: bool
    rank: int | None
    page_right: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a group of questions."""

    questions: int
    recall_1: float
    recall_5: float
    mrr: float
    page_exact: float
    verified: float
    wrong_silence: float
    wrong_answer: float


def judge(question: Mapping[str, Any], result: Mapping[str, Any]) -> Judged:
    """The question with the place of its first right hit in the result (as `konkyo search --json` gives it)."""
    wanted = [
        (r["doc"], squash(r["quote"]), r.get("pdf_page")) for r in question.get("relevant", ()) if r.get("grade") == 3
    ]
    groups = tuple(f"{key}:{question[key]}" for key in ("user", "style") if question.get(key))
    rank, page_right, verified = None, False, False
    for k, hit in enumerate(result["hits"][:DEPTH], 1):
        text = squash(hit["text"])
        pages = [page for doc, quote, page in wanted if doc == hit["doc"] and quote in text and len(text) <= LONGEST]
        if pages:
            rank, verified = k, hit["verdict"] == "match"
            page_right = None in pages or hit["pdf_page"] in pages
            break
    return Judged(
        str(question["id"]),
        groups,
        bool(question["answerable"]),
        bool(result["answerable"]),
        rank,
        page_right,
        verified,
    )


def figures(rows: Sequence[Judged]) -> Figures:
    """The figures of these questions."""
    asked = [row for row in rows if row.answerable]
    empty = [row for row in rows if not row.answerable]
    found = [row for row in asked if row.rank]
    first = [row for row in found if row.rank == 1]
    return Figures(
        len(rows),
        _share(len(first), asked),
        _share(sum((row.rank or 99) <= 5 for row in found), asked),
        _share(sum(1 / (row.rank or 99) for row in found), asked),
        _share(sum(row.page_right for row in first), first),
        _share(sum(row.verified for row in found), found),
        _share(sum(not row.answered for row in asked), asked),
        _share(sum(row.answered for row in empty), empty),
    )


def _share(count: float, of: Sequence[Judged]) -> float:
    return count / len(of) if of else 0.0


def by_group(rows: Iterable[Judged]) -> dict[str, list[Judged]]:
    """The questions of each group: all of them, each user, each style."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        for group in ("all", *row.groups):
            groups[group].append(row)
    return dict(groups)


def interval(rows: Sequence[Judged], name: str, draws: int = 1_000) -> tuple[float, float]:
    """The 95 % interval of a figure by bootstrap over the questions, with a fixed seed."""
    rng = random.Random(20260401)
    values = sorted(float(getattr(figures(rng.choices(rows, k=len(rows))), name)) for _ in range(draws))
    return values[draws // 40], values[-1 - draws // 40]


@dataclass(frozen=True, slots=True)
class Changes:
    """Questions whose right clause moved to the first place, or away from it, since another run."""

    won: tuple[str, ...]
    lost: tuple[str, ...]


def changes(rows: Iterable[Judged], before: Mapping[str, int | None]) -> Changes:
    """What changed since the ranks of an earlier run; questions that run had not are left out."""
    known = [row for row in rows if row.answerable and row.id in before]
    won = tuple(row.id for row in known if row.rank == 1 and before[row.id] != 1)
    return Changes(won, tuple(row.id for row in known if row.rank != 1 and before[row.id] == 1))
