"""Folding: the forms that mean the same are made one, for search and comparison only.

What is shown is always the text as printed; `fold` keeps the way back to it. Folded are width
(ＵＳＢ, ｱｸｾｽ, ①), old and radical forms (⾧ → 長), the many dashes, and, where asked, white space.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache

from law.span import Aligned

DASHES = "‐‑‒–—―−－─━ｰ"  # every stroke that stands for a hyphen in a label
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COMBINING = "\u3099\u309a\uff9e\uff9f"
"""Voicing marks that belong to the character before them: ｶﾞ is one letter."""

# CJK radicals supplement: NFKC leaves these, though printers use them for the full character.
_RADICALS = str.maketrans(
    {
        "⻑": "長",
        "⻘": "青",
        "⻝": "食",
        "⻤": "鬼",
        "⻨": "麦",
        "⻩": "黄",
        "⻫": "斉",
        "⻭": "歯",
        "⻯": "竜",
        "⻲": "亀",
        "⺟": "母",
        "⺠": "民",
        "⻁": "虎",
        "⻄": "西",
        "⻅": "見",
        "⻆": "角",
        "⻌": "辶",
        "⻎": "辶",
        "⻔": "門",
        "⻖": "阝",
        "⻣": "骨",
        "⺼": "肉",
        "⺡": "水",
        "⺍": "小",
    }
)


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    folded = unicodedata.normalize("NFKC", cluster).translate(_RADICALS)
    return "-" if folded in DASHES and cluster != "ｰ" else folded.casefold()


def fold(text: str, *, spaces: bool = False) -> Aligned:
    """The text with like forms made one, in lower case, and the way back; spaces go unless kept.

    >>> fold("ＵＳＢ ﾒﾓﾘ").text
    'usbメモリ'
    """
    out: list[str] = []
    origin = array("L")
    i, n = 0, len(text)
    while i < n:
        j = i + 1
        while j < n and text[j] in _COMBINING:
            j += 1
        folded = _fold_cluster(text[i:j])
        if spaces or not folded.isspace():
            out.append(folded)
            origin.extend([i] * len(folded))
        i = j
    origin.append(n)
    return Aligned("".join(out), origin)


_VOICED = re.compile(f"[{_COMBINING}]")
_CHANGING = re.compile("[^ぁ-ゖァ-ヺー一-龥々。、・a-z0-9]")
"""All characters but those that stand for themselves, of which most of a text is made."""


class _Letters(dict[str, str]):
    """Folds a text by characters, each looked up once: hundreds of times faster than `fold`, without the way back."""

    def __init__(self, *, spaces: bool) -> None:
        self._spaces = spaces

    def __missing__(self, letter: str) -> str:
        self[letter] = folded = fold(letter, spaces=self._spaces).text
        return folded

    def of(self, text: str) -> str:
        """The folded text."""
        if _VOICED.search(text):  # folds together with the character before it
            return fold(text, spaces=self._spaces).text
        return _CHANGING.sub(lambda found: self[found[0]], text)


_SQUASHED, _SPACED = _Letters(spaces=False), _Letters(spaces=True)


def squash(text: str) -> str:
    """The folded text alone, without white space: two printings of the same words are equal."""
    return _SQUASHED.of(text)


def folded(text: str) -> str:
    """The folded text alone, with its white space."""
    return _SPACED.of(text)


def is_folded(text: str) -> bool:
    """Whether every character stands for itself alone; what folding changes it never gives."""
    return not _VOICED.search(text) and folded(text) == text


def printable(text: str) -> str:
    """Text without the control characters that XML, and so Word, Excel and PowerPoint, cannot hold (XML 1.0, 2.2)."""
    return _UNPRINTABLE.sub("", text)
