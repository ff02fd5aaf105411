"""A word as the dictionary cut it, with the place it was printed at.

Types only: the cutting is done by `index/mecab.py`, tests bring a tokenizer of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from law.span import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One short-unit word.

    `surface` is folded (width, case, old forms), `base` the dictionary form that spellings share
    (漏えい → 漏洩), `pos` the part of speech (名詞, 動詞, 助詞 …), `span` the place in the source text.
    """

    surface: str
    base: str
    pos: str
    span: Span


class Tokenizer(Protocol):
    """Cuts a text into words, in reading order."""

    def __call__(self, text: str) -> Sequence[Token]:
        """The words of the text; white space is no word."""
        ...
