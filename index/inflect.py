"""Verbs and the nouns made of them: 取り扱う and 取扱い, 持ち出す and 持ち出し, 定める and 定め.

Statutes name what people do with a noun, and people ask with the verb, or the other way round. MeCab's base forms keep
the two apart. What is made here by rule may be no word; then no text has it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_U = "うくぐすつぬぶむる"
_I = "いきぎしちにびみり"
_E = "えけげせぜてでねべめれ"
_VERB = re.compile(rf"[一-龥々][ぁ-ゖ一-龥々]*[{_U}]")
_NOUN = re.compile(rf"[一-龥々][ぁ-ゖ一-龥々]*[{_I}{_E}]|[一-龥々]+[ぁ-ゖ]+[一-龥々]")


@lru_cache(maxsize=4_096)  # words repeat
def other_forms(word: str, pos: str) -> tuple[str, ...]:
    """The nouns that may be made of a verb, or the verbs that a noun may be made of, as base forms.

    >>> other_forms("取り扱う", "動詞"), [other_forms(noun, "名詞") for noun in ("取り扱い", "定め", "委託")]
    (('取り扱い',), [('取り扱う', '取り扱いる'), ('定める',), ()])
    """
    if pos == "動詞" and _VERB.fullmatch(word):
        stem, end = word[:-1], word[-1]
        made = [stem + _I[_U.index(end)]]
        if end == "る":
            made.append(stem)
        return tuple(noun for noun in made if len(noun) > 1)
    if pos == "名詞" and _NOUN.fullmatch(word):
        stem, end = word[:-1], word[-1]
        made = [stem + _U[_I.index(end)]] if end in _I else []
        return (*made, word + "る")
    return ()
