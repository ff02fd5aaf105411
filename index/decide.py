"""The decision: answer, or say honestly that no clause covers the question, and what the nearest lacks.

A few readable facts about the best passage and the first quotes become a confidence between 0 and 1; below `THRESHOLD`
the searcher abstains. The weights were fitted on questions that have no answer and on questions of three
collections whose answering document was taken out of the index; the curve is in docs/search.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from math import exp

THRESHOLD = 0.5
"""Confidence from which an answer is given; lower it for fewer wrong silences and more wrong answers."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the best passage, each fact between 0 and 1."""

    score: float
    """How well it meets the question by every signal, named or not."""
    ahead: float
    """By how much its score is better than the mean of the next ten clauses: an answer stands out, a topic does not."""
    alike: float
    """Likeness in meaning of the passage."""
    missing: float
    """The share of the question that hangs on the most telling word it does not meet."""
    length: float
    """How long the question is: a long one is never met in every word."""
    named: float
    """Whether the question names the clause."""
    unsaid: float
    """Whether a day, an amount or a number is asked for that none of the first quotes holds."""


BIAS = -1.8
WEIGHTS: dict[str, float] = {
    "score": 2.0,
    "ahead": 7.0,
    "alike": 2.5,
    "missing": -2.0,
    "length": 1.4,
    "named": 4.0,
    "unsaid": -1.5,
}


@dataclass(frozen=True, slots=True)
class Lacks:
    """The question's words that are not met, most telling first: by no clause at all, and by the nearest one."""

    everywhere: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """What the question asks for and the nearest clause does not hold: 金額."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, how sure that is, and where not, why not."""

    answerable: bool
    confidence: float
    reason: str | None


def confidence(facts: Facts) -> float:
    """How sure it is that the best passage covers the question, 0 to 1."""
    total = BIAS + sum(WEIGHTS[field.name] * getattr(facts, field.name) for field in fields(facts))
    return 1.0 / (1.0 + exp(-total))


def decide(facts: Facts, lacks: Callable[[], Lacks], nearest: str | None, *, threshold: float = THRESHOLD) -> Decision:
    """The decision, and in Japanese what the nearest passage lacks, which is asked only where it is told."""
    sure = confidence(facts)
    if nearest is not None and sure >= threshold:
        return Decision(True, sure, None)
    return Decision(False, sure if nearest is not None else 0.0, _reason(lacks(), nearest))


def _reason(lacks: Lacks, nearest: str | None) -> str:
    if nearest is None:
        return "問いの語に触れる条項が見つかりません。"
    if lacks.everywhere:
        return f"{_quoted(lacks.everywhere)}に触れる条項がありません。最も近いのは{nearest}です。"
    if lacks.here:
        return (
            f"問い全体に答える条項がありません。最も近いのは{nearest}ですが、{_quoted(lacks.here)}には触れていません。"
        )
    if lacks.kinds:
        return (
            f"問いに答える条項がありません。最も近いのは{nearest}ですが、{'・'.join(lacks.kinds)}は書かれていません。"
        )
    return f"問いに答える条項がありません。最も近いのは{nearest}ですが、問いの趣旨とは一致しません。"


def _quoted(words: Sequence[str]) -> str:
    return "".join(f"『{word}』" for word in words[:3])
