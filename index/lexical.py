"""Lexical scores: BM25F over weighted fields, as columns of numpy that can be mapped from disk.

A text has three fields (own words, headings, title); a term's frequency is summed over them with each
field's weight and length, then saturated once. What a term adds to a text is computed when the index
is built, so a query only adds columns up, and can say what each word added. The same texts always
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_Ids = NDArray[np.int64]


class Fields(NamedTuple):
    """The terms of one text, field by field."""

    own: Sequence[str]
    headings: Sequence[str] = ()
    title: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """BM25F: `k1` says how soon a repeated term stops counting, `b` how much length is held against a text."""

    k1: float = 0.9
    b: float = 0.5
    weights: tuple[float, float, float] = (1.0, 0.8, 0.2)
    """Of own words, headings and title; a heading word counts nearly as much as one of the text."""

    def __post_init__(self) -> None:
        if self.k1 < 0 or not 0 <= self.b <= 1 or min(self.weights) < 0:
            raise ValueError(f"expected k1 >= 0, 0 <= b <= 1 and weights >= 0, found {self}")


@dataclass(frozen=True)
class Strings:
    """Many strings as one run of UTF-8 with their ends: opened without reading, found by halving."""

    blob: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        """Columns from strings, in the order given."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in strings]
        blob = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        return cls(blob, np.cumsum([len(e) for e in encoded], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def _bytes(self, i: int) -> bytes:
        start = int(self.ends[i - 1]) if i else 0
        return self.blob[start : int(self.ends[i])].tobytes()

    def __getitem__(self, i: int) -> str:
        return self._bytes(i).decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int | None:
        """The place of a string among sorted ones, or None."""
        wanted = text.encode("utf-8", "surrogatepass")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._bytes(low) == wanted else None


class Posting(NamedTuple):
    """The texts that hold a term, ascending, and what the term adds to each."""

    texts: NDArray[np.uint32]
    impacts: Floats


_NOTHING = Posting(np.empty(0, np.uint32), np.empty(0, np.float32))


@dataclass(frozen=True)
class Lexical:
    """An index: sorted terms, and for each a run of texts and impacts."""

    terms: Strings
    starts: NDArray[np.int64]
    texts: NDArray[np.uint32]
    impacts: Floats
    count: int
    """How many texts there are."""
    _places: dict[str, int | None] = field(default_factory=dict, repr=False, compare=False)

    def posting(self, term: str) -> Posting:
        """Where a term stands; nothing for an unknown one."""
        if term not in self._places:
            if len(self._places) > 50_000:
                self._places.clear()
            self._places[term] = self.terms.find(term)
        place = self._places[term]
        if place is None:
            return _NOTHING
        run = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return Posting(self.texts[run], self.impacts[run])

    def frequency(self, term: str) -> int:
        """In how many texts a term stands."""
        return len(self.posting(term).texts)

    def idf(self, term: str) -> float:
        """How telling a term is: 0 where every text has it, highest where none does."""
        return idf(self.frequency(term), self.count)

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """The score of every text for terms with weights."""
        out = np.zeros(self.count, dtype=np.float32)
        for term, weight in sorted(weights.items()):
            posting = self.posting(term)
            out[posting.texts] += np.float32(weight) * posting.impacts
        return out

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns by name, to be saved."""
        return {
            "terms": self.terms.blob,
            "ends": self.terms.ends,
            "starts": self.starts,
            "texts": self.texts,
            "impacts": self.impacts,
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]], count: int) -> Lexical:
        """An index from its saved columns."""
        strings = Strings(arrays["terms"], arrays["ends"])
        return cls(strings, arrays["starts"], arrays["texts"], arrays["impacts"], count)


def idf(frequency: int, count: int) -> float:
    """Robertson's weight in Lucene's form, never negative."""
    return float(np.log1p((count - frequency + 0.5) / (frequency + 0.5)))


def build(fields: Sequence[Fields], settings: Settings | None = None) -> Lexical:
    """The index of these texts, in their order."""
    chosen = settings or Settings()
    count = len(fields)
    vocabulary = sorted({term for text in fields for part in text for term in part})
    places = {term: i for i, term in enumerate(vocabulary)}
    keys: list[_Ids] = []
    values: list[NDArray[np.float64]] = []
    for k, weight in enumerate(chosen.weights):
        if weight > 0:
            found = _frequencies([text[k] for text in fields], places, weight, chosen.b)
            keys.append(found[0])
            values.append(found[1])
    key, inverse = np.unique(np.concatenate(keys) if keys else np.empty(0, np.int64), return_inverse=True)
    frequency = np.bincount(inverse, weights=np.concatenate(values) if values else None, minlength=len(key))
    term_of, text_of = key // max(count, 1), key % max(count, 1)
    held = np.bincount(term_of, minlength=len(vocabulary))
    idfs = np.log1p((count - held + 0.5) / (held + 0.5))
    impacts = idfs[term_of] * frequency / (chosen.k1 + frequency)
    return Lexical(
        Strings.of(vocabulary),
        np.concatenate(([0], np.cumsum(held))).astype(np.int64),
        text_of.astype(np.uint32),
        impacts.astype(np.float32),
        count,
    )


def _frequencies(
    texts: Sequence[Sequence[str]], places: Mapping[str, int], weight: float, b: float
) -> tuple[_Ids, NDArray[np.float64]]:
    """Keys (term × texts + text), and each term's frequency weighed by field and length."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    ids = np.fromiter((places[t] for t in chain.from_iterable(texts)), dtype=np.int64, count=int(lengths.sum()))
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    key, counts = np.unique(ids * len(texts) + owners, return_counts=True)
    mean = lengths.mean() if lengths.sum() else 1.0
    norm = 1 - b + b * lengths / mean
    return key, weight * counts / norm[key % max(len(texts), 1)]
