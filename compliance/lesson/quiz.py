"""Quizzes: all questions that the documents yield, and a chosen few of them, always the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import zip_longest

from compliance.cases import Case, cases
from compliance.lesson.listings import Listing, is_numbered, listings, words_of
from compliance.lesson.question import Kind, Question
from compliance.lesson.quiz_cases import case_questions
from compliance.lesson.quiz_duties import Statement, grade_questions, statement
from compliance.lesson.quiz_lists import clause_questions, cloze_questions, listed_questions
from compliance.obligations import Obligation, obligations
from compliance.scale import Scale
from law.document import Document
from law.fold import squash

Places = Collection[tuple[str, str]]
"""Documents and clauses that questions may be about, with all that stands below them."""


CasesOf = Callable[[Document], Sequence[Case]]
"""Gives the cases that a document tells."""


def questions(documents: Sequence[Document], *, seed: int = 0, cases_of: CasesOf = cases) -> tuple[Question, ...]:
    """Every sound question the documents yield, in their order, kind by kind."""
    duties = {document.id: obligations(document) for document in documents}
    found = {document.id: listings(document, duties[document.id]) for document in documents}
    known = tuple(_statements(documents, duties))
    every = [one for held in found.values() for one in held]
    scale = Scale([*words_of(every), *(one.words for one in known)])
    made = [
        question
        for document in documents
        for question in (
            *_of(document, duties[document.id], found[document.id], known, scale, seed),
            *case_questions(document, cases_of(document), seed),
        )
    ]
    return _once([one for one in made if is_sound(one)], scale)


def chosen(
    every: Sequence[Question], count: int, *, within: Places | None = None, kinds: Collection[Kind] = tuple(Kind)
) -> tuple[Question, ...]:
    """So many questions, the kinds in turn, no clause asked about again before every other was.

    `within` keeps those about clauses of a course.
    """
    able = [one for one in every if one.kind in kinds and (within is None or _is_within(one, within))]
    by_kind = [[one for one in able if one.kind is kind] for kind in Kind]
    turns = [one for row in zip_longest(*by_kind) for one in row if one is not None]
    asked: dict[tuple[str, str], int] = {}
    ranks: list[int] = []
    for one in turns:
        key = (one.quotes[0].document, one.quotes[0].clause)
        ranks.append(asked.get(key, 0))
        asked[key] = ranks[-1] + 1
    order = sorted(range(len(turns)), key=lambda i: (ranks[i], i))
    return tuple(turns[i] for i in order[:count])


def quiz(
    documents: Sequence[Document], count: int, *, within: Places | None = None, seed: int = 0
) -> tuple[Question, ...]:
    """A quiz of so many questions, or as many as there are."""
    return chosen(questions(documents, seed=seed), count, within=within)


def is_sound(question: Question) -> bool:
    """Whether all quotes are verified, the choices differ, and neither stem nor choices name a clause by number."""
    folded = [squash(choice) for choice in question.choices]
    asked = question.stem.split("」")[-1] if "「" in question.stem else question.stem
    is_named = is_numbered(asked) or any(map(is_numbered, (*question.given, *question.choices)))
    return question.is_verified and len(set(folded)) == len(folded) and not is_named


def _of(
    document: Document,
    duties: Sequence[Obligation],
    found: Sequence[Listing],
    known: Sequence[Statement],
    scale: Scale,
    seed: int,
) -> Iterator[Question]:
    yield from clause_questions(found, scale, seed)
    yield from listed_questions(found, scale, seed)
    yield from cloze_questions(found, scale, seed)
    yield from grade_questions(document, duties, known, scale, seed)


def _once(made: Sequence[Question], scale: Scale) -> tuple[Question, ...]:
    """Without those that ask nearly the same as one before: a demand that a law and a notice both print."""
    kept: list[Question] = []
    shown: dict[str, list[str]] = {}
    for one in made:
        key = "judged" if one.kind in (Kind.GRADE, Kind.JUDGED) else one.kind.value
        words = "".join((*one.given, one.stem if not one.given else "", one.right if key != "judged" else ""))
        before = shown.setdefault(key, [])
        if all(scale.likeness(words, other) < _SAME for other in before):
            before.append(words)
            kept.append(one)
    return tuple(kept)


_SAME = 0.8
"""Likeness from which two questions ask the same."""


def _statements(documents: Sequence[Document], duties: dict[str, tuple[Obligation, ...]]) -> Iterator[Statement]:
    for document in documents:
        for duty in duties[document.id]:
            said = statement(document, duty, duties[document.id])
            if said is not None:
                yield said


def _is_within(question: Question, within: Places) -> bool:
    """Whether the question is about one of the clauses, or about one below them."""
    return any(
        quote.document == document and (quote.clause == clause or quote.clause.startswith(f"{clause} > "))
        for quote in question.quotes
        for document, clause in within
    )
