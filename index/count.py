"""Counting: the sentences of a document become numbers of terms, without a loop over characters.

MeCab reads each sentence once; its words serve the lexical index and the encoder. Pairs of characters
are counted for the whole document at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.dates import Calendar
from index.mecab import Mecab
from index.tally import Ids, Numbers
from index.terms import GRAM, content_term, pairing, search_form, special
from law.token import Tokenizer

Meaning = tuple[str, str]
"""A base form and its part of speech."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Texts in the forms they are compared in, in their order."""

    forms: tuple[str, ...]
    terms: tuple[Ids, ...]
    """All terms of each: words, pairs of characters, days, amounts, articles."""
    words: tuple[list[str], ...]
    """All base forms of each, for the encoder."""


class Counter:
    """Counts texts; keeps what it has learnt of words from one document to the next."""

    def __init__(self, tokenizer: Tokenizer, numbers: Numbers) -> None:
        self._meanings: Callable[[str], Sequence[Meaning]] = (
            tokenizer.meanings
            if isinstance(tokenizer, Mecab)
            else lambda form: [(token.base, token.pos) for token in tokenizer(form)]
        )
        self._numbers = numbers
        self._contents: dict[Meaning, int] = {}
        self._pairs: dict[int, int] = {}

    def __call__(self, texts: Sequence[str], calendar: Calendar | None = None) -> Counted:
        """The counts of these texts, read one after the other; `calendar` is the era and year said so far."""
        at = calendar or Calendar()
        forms = tuple(search_form(text) for text in texts)
        meanings = [self._meanings(form) for form in forms]
        own = [self._words(read, special(form, at)) for form, read in zip(forms, meanings, strict=True)]
        paired = self._paired(forms)
        return Counted(
            forms,
            tuple(np.concatenate(parts) for parts in zip(own, paired, strict=True)),
            tuple([base for base, _ in read] for read in meanings),
        )

    def _words(self, meanings: Sequence[Meaning], more: Sequence[str]) -> Ids:
        contents = self._contents
        out = []
        for meaning in meanings:
            number = contents.get(meaning)
            if number is None:
                term = content_term(*meaning)
                number = contents[meaning] = -1 if term is None else self._numbers[term]
            if number >= 0:
                out.append(number)
        return np.array([*out, *(self._numbers[term] for term in more)], dtype=np.int32)

    def _paired(self, forms: Sequence[str]) -> list[Ids]:
        """The pairs of characters of each form: as `terms.pairs`, for many at once."""
        if not forms:
            return []
        joined = "\n".join(pairing(form).replace("\n", " ") for form in forms)
        letters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
        kinds = _KINDS[np.minimum(letters, _LAST)]
        left, right = kinds[:-1], kinds[1:]
        at = np.flatnonzero((left > 0) & (right > 0) & (left + right > 2 * _KANA))
        codes, which = np.unique(letters[at] << 21 | letters[at + 1], return_inverse=True)
        numbers = np.array([self._pair(int(code)) for code in codes], dtype=np.int32)[which]
        runs = [(found.start(), self._numbers[GRAM + found.group()]) for found in _LATIN.finditer(joined)]
        places = np.concatenate([at, np.array([start for start, _ in runs], dtype=np.int64)])
        terms = np.concatenate([numbers, np.array([number for _, number in runs], dtype=np.int32)])
        ends = np.flatnonzero(letters == ord("\n"))
        owners = np.searchsorted(ends, places)
        order = np.argsort(owners, kind="stable")
        bounds = np.searchsorted(owners[order], np.arange(len(forms) + 1))
        return [terms[order[a:b]] for a, b in pairwise(bounds.tolist())]

    def _pair(self, code: int) -> int:
        number = self._pairs.get(code)
        if number is None:
            number = self._pairs[code] = self._numbers[GRAM + chr(code >> 21) + chr(code & 0x1FFFFF)]
        return number


_LATIN = re.compile("[0-9a-z]+")
_LAST = 0xFFFF
_KANA = 1


def _kinds() -> NDArray[np.uint8]:
    """What each character is in a pair: nothing, hiragana (no pair of its own), anything else."""
    kinds = np.zeros(_LAST + 1, dtype=np.uint8)
    for first, last in ("ぁヿ", "一龥", "々々", "〆〆"):
        kinds[ord(first) : ord(last) + 1] = 2
    kinds[ord("ぁ") : ord("ゖ") + 1] = _KANA
    kinds[ord("ー")] = _KANA
    return kinds


_KINDS = _kinds()
