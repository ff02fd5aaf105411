"""Questions of a quiz: a stem, choices with one right answer, and the quotes that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from compliance.quote import Quote

CHOICES = 4
"""Choices of a question; a question of right or wrong has two."""


class Kind(StrEnum):
    """What a question asks for."""

    CLAUSE = "条項選択"  # which clause lays this down
    LISTED = "列挙事項"  # which of these is in the list of a clause
    CLOZE = "空欄補充"  # which item of a list is left out
    GRADE = "義務の程度"  # a duty, a wish, or a permission
    JUDGED = "正誤"  # the same as a statement to be judged
    CASE = "事例"  # which safeguard was found wanting


class Difficulty(StrEnum):
    """How near the wrong choices come to the right one."""

    EASY = "易"
    MIDDLE = "中"
    HARD = "難"


_HARD, _MIDDLE = 0.30, 0.14
"""Mean likeness of the wrong choices to the right one: the upper and the lower quartile over our samples."""


_AHEAD = 0.15
"""How far ahead of every wrong choice the right one's nearness to the question makes it easy to pick."""


def difficulty(nearness: Sequence[float], ahead: float = 0.0) -> Difficulty:
    """The difficulty by how like each wrong choice is to the right one.

    It is one step lower where the right one is by far the nearest to the words of the question (`ahead`).
    """
    mean = sum(nearness) / len(nearness) if nearness else 0.0
    steps = tuple(Difficulty)
    step = 2 if mean >= _HARD else 1 if mean >= _MIDDLE else 0
    return steps[max(0, step - 1) if ahead >= _AHEAD else step]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `given` are the lines the stem speaks of, `answer` the place of the right choice.

    `quotes` prove the answer; the first is the clause's own sentence.
    """

    kind: Kind
    stem: str
    given: tuple[str, ...]
    choices: tuple[str, ...]
    answer: int
    difficulty: Difficulty
    quotes: tuple[Quote, ...]

    @property
    def id(self) -> str:
        """The same for the same question."""
        key = "\x1f".join((self.kind, self.stem, *self.given, *sorted(self.choices)))
        return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def right(self) -> str:
        """The right choice."""
        return self.choices[self.answer]

    @property
    def is_verified(self) -> bool:
        """Whether all the quotes that prove it stand in the documents."""
        return bool(self.quotes) and all(quote.is_verified for quote in self.quotes)

    @property
    def citation(self) -> str:
        """Where the answer stands."""
        return self.quotes[0].citation if self.quotes else ""


def arranged(right: str, wrong: Sequence[str], key: str, seed: int = 0) -> tuple[tuple[str, ...], int]:
    """The choices in an order that tells nothing, and the place of the right one: the same for the same seed."""
    order = sorted((right, *wrong), key=lambda choice: _mixed(f"{seed}\x1f{key}\x1f{choice}"))
    return tuple(order), order.index(right)


def _mixed(words: str) -> bytes:
    return sha256(words.encode("utf-8", "surrogatepass")).digest()


def lettered(number: int) -> str:
    """How a choice is named on paper.

    >>> [lettered(i) for i in range(4)]
    ['ア', 'イ', 'ウ', 'エ']
    """
    return "アイウエオカキクケコ"[number]
