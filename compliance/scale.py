"""How like two stretches of words are, by the pairs of characters they share; rare pairs tell more than common ones.

Between any two texts, such as the choices of a question, or a quotation and the passages it may have meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import fsum, log

from law.fold import squash

folded = lru_cache(maxsize=16384)(squash)
"""The folded words; those that are compared are compared often."""


@lru_cache(maxsize=16384)
def pairs(words: str) -> frozenset[str]:
    """The pairs of neighbouring characters of the folded words."""
    text = folded(words)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def alike(one: str, other: str, least: float = 0.0) -> float:
    """The share of pairs two texts have in common, 0 to 1, every pair weighing the same; 0 where it is below `least`.

    For two texts alone, where no others say which pairs are common: two versions of a clause, two readings of a cell.

    >>> alike("台帳の整備", "台帳の整備"), alike("台帳", "監査")
    (1.0, 0.0)
    """
    a, b = pairs(one), pairs(other)
    both = len(a) + len(b)
    if 2 * min(len(a), len(b)) < least * both:
        return 0.0
    score = 2 * len(a & b) / both
    return score if score >= least else 0.0


class Scale:
    """Weighs pairs by how few of the given texts have them; 個人データ tells little where every line has it."""

    def __init__(self, texts: Iterable[str]) -> None:
        held = [pairs(text) for text in texts]
        self._all = len(held) + 1
        count = Counter(pair for text in held for pair in text)
        self._weights = {pair: self._rarity(number) for pair, number in count.items()}
        self._unseen = self._rarity(0)
        self._whole: dict[str, float] = {}

    def likeness(self, one: str, other: str) -> float:
        """From 0 (nothing in common) to 1 (the same pairs): twice the shared weight by the weight of both."""
        both = self._total(one) + self._total(other)
        return 2 * self._weight(pairs(one) & pairs(other)) / both if both else 0.0

    def share(self, part: str, whole: str) -> float:
        """How much of the part's weight stands in the whole."""
        total = self._total(part)
        return self._weight(pairs(part) & pairs(whole)) / total if total else 0.0

    def _total(self, words: str) -> float:
        if words not in self._whole:
            self._whole[words] = self._weight(pairs(words))
        return self._whole[words]

    def _weight(self, held: frozenset[str]) -> float:
        """Summed exactly, so that the order of a set, which changes from run to run, changes nothing."""
        return fsum(self._weights.get(pair, self._unseen) for pair in held)

    def _rarity(self, number: int) -> float:
        return log(1 + self._all / (number + 0.5))
