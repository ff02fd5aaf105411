"""Terms: what a text is indexed and asked by. Words, pairs of characters, days and amounts.

Spellings that mean the same meet here: width, old forms, `ヶ月` and `か月`, `三社` and `3社`, the
kanji 一 typed for the stroke ー, a final ー of katakana words, eras and years (see `index.dates`).
Nothing here is shown; it is for comparing only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from index.dates import Calendar
from law.fold import folded
from law.numeral import kanji_number
from law.span import Span
from law.token import Token

GRAM, DAY, AMOUNT, ARTICLE = "\u2016", "@", "#", "\u00a7"
"""What a term that is no word begins with: a pair of characters, a day, an amount, an article of a law."""
SPECIAL = (GRAM, DAY, AMOUNT, ARTICLE)

_SPACE = re.compile(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])")
_STROKE = re.compile(r"(?<=[ァ-ヴー])[一\-](?=[ァ-ヴー])|(?<=[ァ-ヴー]{2})一(?![ァ-ヴー一-龥0-9])")
_MONTHS = re.compile(r"[ヶヵケカか箇ヵ]月")
_COUNTED = "か月|か国|か所|年|月|日|人|名|社|件|条|項|号|回|円|歳|倍|割|週|時間|万|億"
_KANJI = re.compile(rf"(?<![同唯統単均一二三四五六七八九十百千])([〇一二三四五六七八九十百千]+)(?={_COUNTED})")
_PAIRED = re.compile(r"[0-9a-z]+|[ぁ-ヿ一-龥々〆ヵヶ]+")
_LONG_END = re.compile(r"([ァ-ヴ][ァ-ヴー]{2,})ー(?![ァ-ヴー])")
_AMOUNT = re.compile(r"(?:\d[\d,]*(?:\.\d+)?[兆億万千]?)+")
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)([兆億万千]?)")
_ARTICLE = re.compile(r"第?(?P<article>\d{1,4})条(?:の(?P<branch>\d{1,2}))?(?:第?(?P<paragraph>\d{1,2})項)?")
_TENS = {"": 1, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_NUMERAL = "[0-9０-９〇一二三四五六七八九十百千]+"
_NUMBER = re.compile(
    rf"(?:(?:第{_NUMERAL}[編章節款条項号]|[0-9０-９]+)(?:[-－‐のノ]{_NUMERAL})*(?:[\s　]+|(?=[（(])|$))+"
)
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")

CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "接頭辞", "記号", "未知語"})
"""Parts of speech that carry meaning; particles, auxiliaries and punctuation do not."""

_EMPTY_WORDS = """
為る する 有る ある 居る いる 成る なる 事 こと 物 もの 為 ため 等 とう など 様 よう 及ぶ 因る 於く 係る
基づく 的 其の 此の 言う いう 出来る できる 対する つく 付く 就く 関する 依る 者 御 行う 旨 又 上 中 内 際 所
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words so common in rules that sharing them says nothing."""


class Placed(NamedTuple):
    """A term and where it is written in the search form."""

    span: Span
    term: str


def search_form(text: str) -> str:
    """The text as it is compared: folded, without spaces inside Japanese, numbers in digits.

    >>> search_form("三ヶ月ごとに 個人デ一タ を")
    '3か月ごとに個人データを'
    """
    form = _SPACE.sub("", folded(text))
    form = _STROKE.sub("ー", form)
    form = _MONTHS.sub("か月", form)
    return _KANJI.sub(lambda found: str(kanji_number(found.group(1)) or found.group(1)), form)


def unnumbered(heading: str) -> str:
    """A heading without the number of an article, a chained number, or one with a space behind it: it tells no subject.

    >>> [unnumbered(text) for text in ("第三十八条の三（講習の委託）", "10-7 環境の把握", "第二条", "2024年の公表")]
    ['（講習の委託）', '環境の把握', '', '2024年の公表']
    """
    found = _NUMBER.match(heading)
    return heading[found.end() :] if found else heading


def content_words(tokens: Iterable[Token]) -> list[str]:
    """The base forms that carry meaning, in order."""
    return [word for token in tokens if (word := content_word(token))]


def content_word(token: Token) -> str | None:
    """The term of a word, or None."""
    return content_term(token.base, token.pos)


def pairs(form: str) -> list[str]:
    """Pairs of neighbouring characters of a search form, those of hiragana alone left out.

    >>> pairs("持出しは"), pairs("サーバーの")
    (['‖持出', '‖出し'], ['‖サー', '‖ーバ', '‖バの'])
    """
    out: list[str] = []
    for run in _PAIRED.findall(pairing(form)):
        if run.isascii():
            out.append(GRAM + run)
            continue
        out.extend(GRAM + run[i : i + 2] for i in range(len(run) - 1) if not _HIRAGANA.fullmatch(run[i : i + 2]))
    return out


def pairing(form: str) -> str:
    """A search form as its pairs are read: without a final ー of katakana words."""
    return _LONG_END.sub(r"\1", form) if "ー" in form else form


def amounts(form: str) -> list[Placed]:
    """Amounts by their value, so that 10億8379万 and 1,083,790,000 meet; small bare numbers are left out.

    >>> [term for _, term in amounts("経費10億8379万余円、3件")]
    ['#1083790000']
    """
    out: list[Placed] = []
    for found in _AMOUNT.finditer(form):
        value = sum(float(n.replace(",", "")) * _TENS[unit] for n, unit in _PART.findall(found.group()))
        if value >= 100:
            out.append(Placed(Span(*found.span()), f"{AMOUNT}{value:.0f}"))
    return out


def articles(form: str) -> list[Placed]:
    """Articles of laws, and their paragraphs: 法148条1項 and 第148条第1項 meet.

    >>> [term for _, term in articles("法第148条第1項に基づく")]
    ['§148', '§148-1']
    """
    out: list[Placed] = []
    for found in _ARTICLE.finditer(form):
        number = found["article"] + (f"の{found['branch']}" if found["branch"] else "")
        out.append(Placed(Span(*found.span()), ARTICLE + number))
        if found["paragraph"]:
            out.append(Placed(Span(*found.span()), f"{ARTICLE}{number}-{found['paragraph']}"))
    return out


def special(form: str, calendar: Calendar) -> list[str]:
    """Days, amounts and articles; `calendar` remembers the era and year said so far in the document."""
    days = [DAY + day for day in calendar.days(form)]
    return [*days, *(term for _, term in (*amounts(form), *articles(form)))]


@lru_cache(maxsize=65_536)  # words repeat
def content_term(base: str, pos: str) -> str | None:
    """The term of a word by its base form and part of speech, or None where it carries no meaning of its own."""
    if pos not in CONTENT or base in _EMPTY:
        return None
    term = _LONG_END.sub(r"\1", base)
    return None if len(term) == 1 and _HIRAGANA.fullmatch(term) else term
