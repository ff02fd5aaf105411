"""The word table of the static model: which words have a vector of their own, and how the rest are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import WhitespaceSplit

from index.training.ginza import WordVectors

UNKNOWN = "[UNK]"


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of the model; the first `learned` were met in training and have a row of their own."""

    words: tuple[str, ...]
    counts: NDArray[np.int64]
    learned: int

    @property
    def table(self) -> Tokenizer:
        """Words between white space; an unknown word is read in the longest pieces that are words."""
        model = WordPiece(
            {word: i for i, word in enumerate(self.words)},
            unk_token=UNKNOWN,
            continuing_subword_prefix="",
            max_input_chars_per_word=60,
        )
        tokenizer = Tokenizer(model)
        tokenizer.pre_tokenizer = WhitespaceSplit()
        return tokenizer


def choose_words(
    texts: Iterable[Sequence[str]], more: Iterable[str], at_least: int, always: Collection[str] = ()
) -> Words:
    """Words met `at_least` times or in `always`, every Japanese character met, then the words of `more`.

    Latin letters are no words: an unknown English word is left out, not spelt.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    letters = {c for word, n in counts.items() if n >= at_least for c in word if not (c.isascii() and c.isalpha())}
    learned = [word for word, n in counts.items() if (n >= at_least or word in always) and len(word) <= 60]
    learned.sort(key=lambda word: (-counts[word], word))
    met = set(learned)
    rest = sorted((letters | set(more)) - met)
    words = (UNKNOWN, *learned, *rest)
    return Words(words, np.array([counts[word] for word in words], dtype=np.int64), 1 + len(learned))


def starting_rows(words: Words, vectors: WordVectors | None) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Distinct public rows and, for each word, which row it starts from; row 0 is zero.

    A word without a public vector starts from the mean of its characters, or from zero.
    """
    if vectors is None:
        return np.zeros((1, 1), dtype=np.float32), np.zeros(len(words.words), dtype=np.int64)
    row_of: Mapping[str, int] = vectors.row_of
    extra: list[NDArray[np.float32]] = []
    base = 1 + len(vectors.rows)
    rows = np.zeros(len(words.words), dtype=np.int64)
    for i, word in enumerate(words.words):
        if word in row_of:
            rows[i] = 1 + row_of[word]
        elif i and i < words.learned and (parts := [row_of[c] for c in word if c in row_of]):
            mean = vectors.rows[parts].mean(axis=0)
            extra.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
            rows[i] = base + len(extra) - 1
    zero = np.zeros((1, vectors.rows.shape[1]), dtype=np.float32)
    stacked = [zero, vectors.rows] + ([np.stack(extra)] if extra else [])
    return np.concatenate(stacked).astype(np.float32), rows
