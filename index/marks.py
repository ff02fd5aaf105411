"""Marks: what kind of statement a sentence is, and what kind of answer a question wants.

A question after a duty wants a sentence that binds, one after a day a sentence with a date. Marks are
read from the words alone, the same way for every document.
"""

from __future__ import annotations

import re
from enum import IntFlag
from functools import lru_cache

from law.sentence import modality


class Mark(IntFlag):
    """What a sentence holds, or a question wants."""

    NORM = 1  # なければならない, こととする, 望ましい, できる
    DATE = 2
    MONEY = 4
    COUNT = 8  # 人, 件, 社
    DEFINITION = 16  # とは…をいう, 以下「…」という
    FACT = 32  # it tells what happened: ていた, した


_HOLDS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.DATE, re.compile(r"\d+(?:年|月|日)|以内|期限")),
    (Mark.MONEY, re.compile(r"\d(?:[兆億万千]|余)*円")),
    (Mark.COUNT, re.compile(r"\d[\d,]*(?:[兆億万千]|余)*(?:人|名|件|社|団体|機関)")),
    (Mark.DEFINITION, re.compile(r"とは|をいう|[^「」]」という|以下同じ|のことを指す|を指す|を意味")),
    (Mark.FACT, re.compile(r"(?:ていた|であった|ていなかった|されなかった|った|した|なかった)(?:。|[)）]。?|$)")),
)

_TOLD = Mark.DATE | Mark.MONEY | Mark.COUNT | Mark.DEFINITION | Mark.FACT
_WANTS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (
        Mark.NORM,
        re.compile(
            r"義務|規定|条項|条文|べき|なければ|ねば|ないといけ|必須|必要(?:が|は|で|か|$)|してはいけ|てはなら|決まり|ルール|根拠|"
            r"禁止|してよい|ていい|てもよい|でよい|認められ(?:る|ます)か|推奨|せよ|しろと|努力目標|いけないか|差し支え|省いてよ|"
            r"\b(?:mandatory|must|shall|should|require|obligat|rules?\b|allowed|permitted|prohibit|"
            r"have to|need to|duty)"
        ),
    ),
    (
        Mark.DATE,
        re.compile(
            r"いつ|何日|何月|何年|日付|期限|期間|時期|何時|"
            r"\b(?:when (?:do|did|was|were|is|are|must|should|will)|since when|deadline|what date|"
            r"how (?:long|often|soon)|which (?:day|year|month))\b"
        ),
    ),
    (Mark.MONEY, re.compile(r"いくら|金額|費用|経費|何円|\b(?:how much|costs?|amounts?|expenses?|budget)\b")),
    (Mark.COUNT, re.compile(r"何人|何件|何社|人数|件数|社数|何名|内訳|規模|\b(?:how many|number of)\b")),
    (
        Mark.DEFINITION,
        re.compile(
            r"定義|とは[？?]?$|とは何|とはどう|意味|何と呼|って何|何のこと|何を指|"
            r"defin|meaning|what is|what does .+ mean|counts? as"
        ),
    ),
    (
        Mark.FACT,
        re.compile(
            r"事例|実例|失敗|(?:った|いた)(?:の|会社|例|問題|箇所|原因)|どうな(?:った|って)|手口|経緯|原因|られたか|ったか|どう評価|発生|たのか"
        ),
    ),
)


FACTS = Mark.DATE | Mark.MONEY | Mark.COUNT
"""What a question may ask for that a sentence has or has not."""
ASKED: dict[Mark, str] = {Mark.DATE: "日付や期間", Mark.MONEY: "金額", Mark.COUNT: "人数や件数"}
"""What a clause is said to lack that was asked for."""


RULES = frozenset({"guideline", "qa", "statute"})
"""Kinds of document that lay down what must be done."""
CASES = frozenset({"enforcement", "incident-release", "audit-report"})
"""Kinds of document that tell what happened."""


def genre(wants: Mark) -> frozenset[str]:
    """The kinds of document that a question is after: a duty stands in rules, what happened in cases; else none.

    >>> "guideline" in genre(wanted("パスワードを変える義務")), genre(wanted("委託先の監督"))
    (True, frozenset())
    """
    asked = wants & (Mark.NORM | Mark.FACT)
    return RULES if asked == Mark.NORM else CASES if asked == Mark.FACT else frozenset()


def held(sentence: str, form: str) -> Mark:
    """The marks of a sentence, given as printed and as its search form."""
    return (Mark.NORM if modality(sentence) else Mark(0)) | told(form, _TOLD)


def told(form: str, among: Mark) -> Mark:
    """Which of these marks the words of a search form bear."""
    found = Mark(0)
    for mark, pattern in _HOLDS:
        if mark in among and pattern.search(form):
            found |= mark
    return found


@lru_cache(maxsize=64)  # a question is asked this by each part of the search
def wanted(form: str) -> Mark:
    """The marks that a question wants of its answer; none where it does not say.

    >>> wanted("報告書の提出期限はいつか")
    <Mark.DATE: 2>
    """
    found = Mark(0)
    for mark, pattern in _WANTS:
        if pattern.search(form):
            found |= mark
    return found
