"""The tally: counts of terms, taken document by document, that become a lexical index.

Words are turned into numbers when they are first met and never kept as text, so 128,000 articles are
counted in a few hundred megabytes. `Numbers` gives the numbers; `Tally.index` weighs the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import Fields, Lexical, Settings, idfs
from index.vocabulary import Vocabulary

Ids = NDArray[np.int32]
"""Numbers of terms."""

FIELDS = 3
_MOST = 2**16 - 1
_CHUNK = 1 << 22
"""Postings weighed at a time."""


class Numbers(dict[str, int]):
    """The number of each term, given when it is first met."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number

    def of(self, terms: Iterable[str]) -> Ids:
        """The numbers of these terms, in their order."""
        return np.array([self[term] for term in terms], dtype=np.int32)

    def settled(self) -> tuple[Vocabulary, Ids]:
        """The vocabulary of all terms, and the place in it of each number."""
        vocabulary = Vocabulary.of(self)
        places = np.empty(len(self), dtype=np.int32)
        for place in range(len(vocabulary)):
            places[self[vocabulary.strings[place]]] = place
        return vocabulary, places


class Tally:
    """The counts of terms in texts, field by field."""

    def __init__(self) -> None:
        self._terms: list[Ids] = []
        self._texts: list[NDArray[np.uint32]] = []
        self._counts: list[NDArray[np.uint16]] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._size = 0

    def add(self, *fields: Sequence[Ids]) -> None:
        """Texts, each given by its numbers in each of the fields (own words, headings, title)."""
        held = [*fields, *([()] * (FIELDS - len(fields)))]
        size = len(fields[0])
        lengths = np.zeros((FIELDS, size), dtype=np.int64)
        keys: list[NDArray[np.int64]] = []
        for k, texts in enumerate(held):
            if len(texts):
                lengths[k] = [len(text) for text in texts]
                owners = np.repeat(np.arange(size, dtype=np.int64), lengths[k])
                keys.append((owners << 32) | np.concatenate(texts))
            else:
                keys.append(np.empty(0, np.int64))
        key, inverse = np.unique(np.concatenate(keys), return_inverse=True)
        cuts = np.cumsum([len(part) for part in keys])[:-1]
        counts = [np.bincount(part, minlength=len(key)) for part in np.split(inverse, cuts)]
        self._terms.append((key & 0xFFFFFFFF).astype(np.int32))
        self._texts.append(((key >> 32) + self._size).astype(np.uint32))
        self._counts.append(np.minimum(np.stack(counts), _MOST).astype(np.uint16))
        self._lengths.append(lengths)
        self._size += size

    def index(self, vocabulary: Vocabulary, places: Ids, settings: Settings | None = None) -> Lexical:
        """The index of all texts added, in their order."""
        chosen = settings or Settings()
        terms = places[np.concatenate([np.empty(0, np.int32), *self._terms])]
        texts = np.concatenate([np.empty(0, np.uint32), *self._texts])
        counts = np.concatenate([np.empty((FIELDS, 0), np.uint16), *self._counts], axis=1)
        lengths = np.concatenate([np.zeros((FIELDS, 0), np.int64), *self._lengths], axis=1)
        order = np.argsort(terms, kind="stable")
        held = np.bincount(terms, minlength=len(vocabulary))
        weights = idfs(held, self._size)
        norms = [_norm(length, chosen.b) for length in lengths]
        impacts = np.empty(len(terms), dtype=np.float32)
        for start in range(0, len(terms), _CHUNK):
            some = order[start : start + _CHUNK]
            owners = texts[some]
            frequency = np.zeros(len(some), dtype=np.float64)
            for weight, norm, count in zip(chosen.weights, norms, counts, strict=True):
                if weight > 0:
                    frequency += weight * count[some] / norm[owners]
            impacts[start : start + _CHUNK] = weights[terms[some]] * frequency / (chosen.k1 + frequency)
        starts = np.concatenate(([0], np.cumsum(held))).astype(np.int64)
        return Lexical(vocabulary, starts, texts[order], impacts, self._size)


def _norm(lengths: NDArray[np.int64], b: float) -> NDArray[np.float64]:
    """How much longer than the mean each text is, as far as that is held against it."""
    mean = lengths.mean() if lengths.sum() else 1.0
    return 1 - b + b * lengths / mean


def build(fields: Sequence[Fields], settings: Settings | None = None) -> Lexical:
    """The index of these texts, in their order."""
    numbers, tally = Numbers(), Tally()
    if fields:
        tally.add(*([numbers.of(text[k]) for text in fields] for k in range(FIELDS)))
    return tally.index(*numbers.settled(), settings)
