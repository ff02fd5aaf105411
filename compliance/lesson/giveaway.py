"""Words that give an answer away: a stretch of the question that stands in the right choice and in no wrong one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from compliance.scale import folded

_STRETCH, _EDGE = 4, 3
"""Characters that a reader recognises within a choice, and those at its head or its end."""
_PAIR = re.compile(r"(?=([一-鿿]{2}))")
_WORD = re.compile(r"(?=([一-鿿]{3}))")
_TIMES = 2
"""Lines that must have a pair of kanji for it to tell, or pairs that one line must have."""


def stretches(words: str) -> frozenset[str]:
    """What a reader can match at a glance: four neighbours, the three at either end, two kanji or three."""
    text = folded(words)
    inside = {text[i : i + _STRETCH] for i in range(len(text) - _STRETCH + 1)}
    kanji = {*_PAIR.findall(text), *_WORD.findall(text)}
    return frozenset(inside | {f"^{text[:_EDGE]}", f"{text[-_EDGE:]}$"} | kanji)


def telling(right: str, shown: Sequence[str], wrong: Iterable[str], about: str = "") -> frozenset[str]:
    """What the right choice alone has in common with the words shown; empty where they tell nothing.

    Two kanji tell where half of the lines have them (委託 in 外部委託の規程, over 委託先の選定 and 委託契約の内容), or
    where two such pairs tell the same (教育 and 訓練), and always where the name of what is asked `about` has them.

    >>> sorted(telling("鍵の貸出しの帳簿", ["鍵の貸出し"], ["帳簿の保管"]))
    ['^鍵の貸', 'の貸出し', '鍵の貸出']
    """
    alone = stretches(right).difference(*map(stretches, wrong))
    named = stretches(about) & alone
    count = Counter(one for words in shown for one in stretches(words) & alone)
    pairs = {one for one in count if len(one) == len("委託")}
    often = {one for one in pairs if count[one] >= max(_TIMES, len(shown) / 2)}
    return frozenset(named | count.keys() - pairs | (pairs if len(pairs) >= _TIMES else often))


def covering(right: str, shown: Sequence[str], wrong: Sequence[str], about: str = "") -> list[str]:
    """The wrong choices in an order that gives least away: first those that share what would tell, then as given."""
    left, rest, out = telling(right, shown, (), about), list(wrong), []
    while left and rest:
        best = max(rest, key=lambda choice: len(stretches(choice) & left))
        if not stretches(best) & left:
            break
        rest.remove(best)
        out.append(best)
        left -= stretches(best)
    return out + rest
