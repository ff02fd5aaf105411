"""Questions over duties: how far a sentence binds, asked openly or as a statement to be judged.

Only sentences that say all of themselves are asked about: one predicate, no number of another clause, no
word that points outside (当該 at its head, 次に掲げる), no permission beside that relaxes the duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile

from compliance.duty.demand import POINTS, sentence_demand
from compliance.duty.levels import Level
from compliance.lesson.listings import is_numbered
from compliance.lesson.question import Difficulty, Kind, Question, arranged
from compliance.lesson.quiz_lists import titled
from compliance.obligations import Obligation
from compliance.quote import quoted, unbulleted
from compliance.scale import Scale
from law.document import Document
from law.fold import squash
from law.sentence import Modality

GRADES = {
    Modality.MUST: "義務である（〜しなければならない）",
    Modality.SHALL: "原則として行うこととされている（〜こととする、〜ものとする）",
    Modality.RECOMMEND: "望ましいとされている（〜することが望ましい）",
    Modality.MAY: "してもよいとされている（〜することができる、〜も認められる）",
}
"""How a choice says a grade."""
RIGHT, WRONG = "正しい", "誤り"
_STATED = {Modality.MUST: "義務とされている", Modality.RECOMMEND: "義務ではなく、望ましいこととされている"}

_ASIDES = ("ただし、", "この場合")
"""How a sentence begins that does not say all of itself."""
_MORE = ("また、", "なお、")
"""How a sentence begins that takes its subject from the one before, where it has none of its own."""
_SHORTEST, _LONGEST = 22, 220
_WORD = 8
"""Characters of a word."""
_NEAR = 0.5
"""Likeness from which a duty of another grade makes the question one of memory, not of understanding."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence is about, ending in こと, and how far it binds."""

    document: str
    words: str
    grade: Modality


def statement(document: Document, duty: Obligation, duties: Sequence[Obligation]) -> Statement | None:
    """What a duty demands, without the words that bind; None where it cannot stand alone."""
    alone = sum(one.sentence == duty.sentence for one in duties) == 1
    if not alone or duty.exceptions or _is_relaxed(document, duty, duties) or _is_aside(document, duty):
        return None
    said = sentence_demand(document, duty) if duty.level is not Level.NECESSARY else None
    if said is None or not _SHORTEST <= len(said) <= _LONGEST or is_numbered(said) or POINTS.search(said):
        return None
    return None if _is_open(said) else Statement(document.id, f"{said}こと", duty.grade)


def _is_relaxed(document: Document, duty: Obligation, duties: Sequence[Obligation]) -> bool:
    """Whether a permission is an exception to the duty, or to the duties of a clause above: 点検により監査に代える."""
    above = {clause.path for clause in document.ancestors(document.by_path[duty.clause])}
    return any(one.exception_of is not None and (one.exception_of == duty.id or one.clause in above) for one in duties)


def _is_aside(document: Document, duty: Obligation) -> bool:
    """Whether the sentence leans on the one before it: an aside, or one that goes on without a subject."""
    said = duty.sentence.of(document.text).lstrip("・ \u3000\n")
    has_subject = duty.actor is not None and not duty.actor.implied
    return said.startswith(_ASIDES) or (said.startswith(_MORE) and not has_subject)


def grade_questions(
    document: Document,
    duties: Sequence[Obligation],
    known: Sequence[Statement],
    scale: Scale,
    seed: int = 0,
) -> Iterator[Question]:
    """One question a duty that can stand alone, of twins the first; `known` are the statements of all documents."""
    asked: dict[str | None, list[str]] = {}
    for duty in duties:
        said = statement(document, duty, duties)
        beside = asked.setdefault(document.by_path[duty.clause].parent, [])
        if said is None or _contested(said, known, scale) or any(is_twin(said.words, other) for other in beside):
            continue
        beside.append(said.words)
        yield _question(document, duty, said, seed)


def is_twin(one: str, other: str) -> bool:
    """Whether two sentences differ in one word only.

    >>> is_twin("利用段階において措置を定めること", "保管段階において措置を定めること")
    True
    """
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    return max(len(one), len(other)) - head - tail <= _WORD


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _question(document: Document, duty: Obligation, said: Statement, seed: int) -> Question:
    toss = sha256(f"{seed}\x1f{said.words}".encode("utf-8", "surrogatepass")).digest()
    quote = quoted(document, duty.clause, unbulleted(document, duty.sentence))
    if duty.grade in _STATED and toss[0] % 2:
        is_true = bool(toss[1] % 2)
        grade = duty.grade if is_true else next(one for one in _STATED if one is not duty.grade)
        stem = f"次の記述は、{titled(document)}の定めとして正しいか。"
        given = (f"{said.words.removesuffix('こと')}ことは、{_STATED[grade]}。",)
        return Question(Kind.JUDGED, stem, given, (RIGHT, WRONG), 0 if is_true else 1, Difficulty.MIDDLE, (quote,))
    stem = f"次のことは、{titled(document)}では、どのように定められているか。"
    wrong = [words for grade, words in GRADES.items() if grade is not duty.grade]
    choices, answer = arranged(GRADES[duty.grade], wrong, said.words, seed)
    near = Difficulty.HARD if duty.grade in (Modality.SHALL, Modality.MAY) else Difficulty.MIDDLE
    return Question(Kind.GRADE, stem, (said.words,), choices, answer, near, (quote,))


def _contested(said: Statement, known: Sequence[Statement], scale: Scale) -> bool:
    """Whether the same is said with another grade, here or in another document."""
    mine = squash(said.words)
    others = [one.words for one in known if one.grade is not said.grade]
    return any(
        mine in squash(words) or squash(words) in mine or scale.likeness(said.words, words) >= _NEAR for words in others
    )


def _is_open(said: str) -> bool:
    """Whether a bracket is left open: the sentence was cut in an aside."""
    return said.count("（") != said.count("）") or said.count("「") != said.count("」")
