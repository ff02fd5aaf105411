"""Labels: what stands before a clause (第３, １－２, (4), イ, ①, 別添１, 第二十三条の二), read and compared.

`read_label` reads the label at the start of a line and says nothing of whether it is one: a line may
begin with a number that only refers to a clause. That is judged in context, in `ingest.outline`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from law.fold import DASHES
from law.numeral import AIUEO, IROHA, number


class Style(StrEnum):
    """How a label is written; siblings share it."""

    MATERIAL = "material"  # 資料１－２, 別紙１ as a corner label: a document inside the file
    ANNEX = "annex"  # （別添１）, 別表第一
    SUPPLEMENT = "supplement"  # 附則
    REFERENCE = "reference"  # 【参考】
    ROMAN = "roman"  # Ⅰ．
    PART = "part"  # 第一編, 第１部
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一節
    SUBSECTION = "subsection"  # 第一款
    ARTICLE = "article"  # 第二十三条の二
    DAI = "dai"  # 第１
    QUESTION = "question"  # 問１, Ｑ１
    ANSWER = "answer"  # 答, Ａ１
    CHAIN = "chain"  # ６－２－１, Ⅱ－３－１
    ARABIC = "arabic"  # １
    PAREN = "paren"  # (1), （１）, ⑴
    HALF_PAREN = "half-paren"  # １）
    BRACKET = "bracket"  # ［１］, 〔1〕, ＜１＞
    KANJI = "kanji"  # 一
    PAREN_KANJI = "paren-kanji"  # （一）
    KANA = "kana"  # ア, イ
    PAREN_KANA = "paren-kana"  # (ア), ㋐
    CIRCLED = "circled"  # ①
    PAREN_ROMAN = "paren-roman"  # (i), ⅰ, i)
    PAREN_LETTER = "paren-letter"  # (a), as treaties count
    LETTER = "letter"  # ａ, b)
    NOTE = "note"  # （注）, 注１：, ※, （※１）, *1
    EXAMPLE = "example"  # （例）, 【事例１】, 事例１）
    BULLET = "bullet"  # ・
    FOOTNOTE = "footnote"  # 脚注8


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, how it is written, and its number (several for a chain or 条の二)."""

    printed: str
    style: Style
    number: tuple[int, ...]
    length: int = 0
    """Code points of the line that the label takes, its brackets, stop and spaces included."""

    def follows(self, other: Label) -> bool:
        """Whether this is the next sibling of `other`: ③ of ②, 第二条の二 of 第二条."""
        if self.style is not other.style or not self.number or not other.number:
            return False
        same, mine, yours = self.number[:-1], self.number[-1], other.number[-1]
        if len(self.number) == len(other.number):
            return same == other.number[:-1] and mine == yours + 1
        if self.style in (Style.ARTICLE, Style.KANJI, Style.CHAPTER, Style.SECTION):
            deeper = len(self.number) > len(other.number)
            if deeper:
                return same == other.number and mine == 2
            return same == other.number[: len(same)] and mine == other.number[len(same)] + 1
        return False


_D = r"[0-9０-９]"
_N = rf"(?:{_D}{{1,3}})"
_K = r"[〇一二三四五六七八九十百千]{1,7}"
_DASH = f"[{re.escape(DASHES)}\\-ー]"
_OPEN, _CLOSE = r"[（(【［\[〔＜<]", r"[）)】］\]〕＞>]"
_SMALL_ROMAN = r"(?:i{1,3}|iv|vi{0,3}|ix|x|[ⅰ-ⅹ])"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_PAREN_DIGIT = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"

_CAPITAL = r"[A-ZＡ-Ｚ](?![A-Za-zＡ-Ｚａ-ｚ])"

# In reading order: the first that matches is the label. Group 1 is the label as cited.
_FORMS: tuple[tuple[Style, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (
            Style.ANNEX,
            rf"{_OPEN}?((?:別添|別紙|別表|別記|様式|別図|付録|附録|付属書|附属書|参考資料|添付資料)(?:様式)?"
            rf"(?:[ 　]?第?[ 　]?(?:{_N}|{_K}|{_CAPITAL})(?:{_DASH}{_N})*号?(?:の(?:{_N}|{_K}))?)?){_CLOSE}?",
        ),
        (Style.SUPPLEMENT, r"(附[ 　]*則)(?=$|[ 　（(])"),
        (Style.REFERENCE, r"(【(?:参考|参照条文|関係法令|別添|参考条文)[^】]{0,12}】)"),
        (Style.CHAIN, rf"((?:[Ⅰ-Ⅻ]|[IVX]{{1,4}})(?:{_DASH}{_N}){{1,6}})(?!{_D}|{_DASH})[．.]?"),
        (Style.ROMAN, r"([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|(?:[ＩＶＸIVX]{1,4}(?=[．.])))[．.、]?"),
        (
            Style.PART,
            rf"(第[ 　]?(?:{_K}|{_N}|[Ⅰ-Ⅻ])[ 　]?(?:編|部(?=$|[ 　（(：:]|の(?:{_K}|{_N})))(?:の(?:{_K}|{_N}))*)",
        ),
        (Style.CHAPTER, rf"(第[ 　]?(?:{_K}|{_N})[ 　]?章(?:の(?:{_K}|{_N}))*)"),
        (Style.SECTION, rf"(第[ 　]?(?:{_K}|{_N})[ 　]?節(?:の(?:{_K}|{_N}))*)"),
        (Style.SUBSECTION, rf"(第[ 　]?(?:{_K}|{_N})[ 　]?款(?:の(?:{_K}|{_N}))*)"),
        (Style.ARTICLE, rf"(第[ 　]?(?:{_K}|{_N})[ 　]?条(?:[ 　]?の[ 　]?(?:{_K}|{_N}))*)"),
        (Style.DAI, rf"(第[ 　]?(?:{_N}|{_K}))(?=[ 　．.]|$)(?![．.]{_D})[．.]?"),
        (Style.QUESTION, rf"[【\[〔（(]?((?:問|Ｑ|Q)[ 　]?(?:{_N}(?:{_DASH}{_N})*))[】\]〕）)]?[．.：:]?"),
        (Style.ANSWER, rf"[【\[〔（(]?((?:回?答|Ａ|A)(?:[ 　]?{_N}(?:{_DASH}{_N})*)?)[】\]〕）)]?[．.：:]?(?=[ 　]|$)"),
        (Style.CHAIN, rf"((?:{_N})(?:[．.](?:{_N})){{1,6}})[．.]?(?=[ 　]|$|[^0-9０-９.．%％])"),
        (Style.CHAIN, rf"((?:{_N})(?:{_DASH}(?:{_N})){{1,6}})(?!{_D}|{_DASH})[．.]?"),
        (Style.PAREN, rf"([（(]{_N}[）)]|[{_PAREN_DIGIT}])"),
        (Style.PAREN_KANA, r"([（(][ア-ン][）)]|[㋐-㋾])"),
        (Style.PAREN_KANJI, rf"([（(]{_K}[）)])"),
        (Style.PAREN_ROMAN, rf"([（(]{_SMALL_ROMAN}[）)]|[ⅰ-ⅹ][）)]?|{_SMALL_ROMAN}[）)])[．.]?"),
        (Style.PAREN_LETTER, r"([（(][a-zａ-ｚ][）)])"),
        (
            Style.NOTE,
            rf"({_OPEN}[注※＊*][ 　]?{_N}?{_CLOSE}|※[ 　]?{_N}?[）)]?|[＊*](?:{_N}[）)]?|(?=[ 　]))|"
            rf"注[ 　]?{_N}?[）)]|注(?:[ 　]?{_N})?(?=[：:]|[ 　]))[：:]?",
        ),
        (
            Style.EXAMPLE,
            rf"({_OPEN}(?:事|具体)?例[ 　]?{_N}?{_CLOSE}|(?:事|具体)?例[ 　]?{_N}?[）)]|例{_N}?(?=[：:]))[：:]?",
        ),
        (Style.CIRCLED, rf"([{_CIRCLED}])"),
        (Style.HALF_PAREN, rf"({_N}[）)])"),
        (Style.BRACKET, rf"({_OPEN}{_N}{_CLOSE})"),
        (Style.ARABIC, rf"({_N})(?=[ 　．.、]|[^0-9０-９]|$)[．.]?"),
        (Style.KANJI, r"([一二三四五六七八九十]{1,4}(?:の[一二三四五六七八九十]{1,3})*)(?=[ 　]|$)"),
        (Style.KANA, r"(?![ァィゥェォッャュョヮ])([ア-ンヰヱ])(?:[）)]|(?=[ 　．.、]|$))[．.]?"),
        (Style.LETTER, r"([a-zａ-ｚ][）)]?)[．.]?(?=[ 　]*[^!-~ 　])"),
        (Style.BULLET, r"([・○●◆■◇□])"),
    )
)
_SPACES = re.compile(r"[ 　]*")


@lru_cache(maxsize=2048)  # a line is asked for its label by those before it too
def read_label(line: str) -> Label | None:
    """The label at the start of a line, or None.

    >>> read_label("６－２－１ 利用・加工段階").number
    (6, 2, 1)
    """
    for style, form in _FORMS:
        found = form.match(line)
        if found:
            after = _SPACES.match(line, found.end())
            length = after.end() if after else found.end()
            printed = found.group(1).strip()
            return Label(printed, style, label_number(printed, style), length)
    return None


def label_number(printed: str, style: Style) -> tuple[int, ...]:
    """The number a printed label stands for; empty where it has none (（注）, 附則).

    イ counts as the second of ア イ ウ; `as_iroha` reads it as the first of イ ロ ハ.
    """
    if style in (Style.KANA, Style.PAREN_KANA):
        kana = unicodedata.normalize("NFKC", printed).strip("()")
        return next(((order.index(kana) + 1,) for order in (AIUEO, IROHA) if kana in order), ())
    if style is Style.PAREN_ROMAN:
        roman = unicodedata.normalize("NFKC", printed).strip("()").upper()
        value = number(roman)
        return (value,) if value else ()
    plain = unicodedata.normalize("NFKC", printed)
    if style in (Style.PAREN_LETTER, Style.LETTER):
        return (ord(plain.strip("()")) - ord("a") + 1,)
    parts = re.findall(r"[0-9]+|[〇一二三四五六七八九十百千]+|[IVX]+", plain)
    values = [number(p) for p in parts]
    return tuple(v for v in values if v is not None)


def as_iroha(label: Label) -> Label:
    """The same kana label counted in the order イ ロ ハ, as statutes do."""
    kana = unicodedata.normalize("NFKC", label.printed).strip("()")
    return Label(label.printed, label.style, (IROHA.index(kana) + 1,) if kana in IROHA else (), label.length)


def as_letter(label: Label) -> Label | None:
    """(i), (v) or (x) read as a letter: the one after (h), not the first of (i) (ii) (iii)."""
    if label.style is not Style.PAREN_ROMAN or len(label.printed) != 3 or label.printed[1] not in "ivx":
        return None
    number_ = label_number(label.printed, Style.PAREN_LETTER)
    return Label(label.printed, Style.PAREN_LETTER, number_, label.length)


_HYPHENS = re.compile(_DASH)
_DOTS = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_NO = re.compile(r"(?<=[0-9])の(?=[0-9])")
_KANJI_RUN = re.compile(_K)


@lru_cache(maxsize=8192)  # a document has few labels, and a hit is shown with its own
def normal_label(printed: str) -> str:
    """One form for lookup, whatever the width, dash or numeral: `５－１`, `5-1` and `五の一` meet.

    >>> normal_label("五の一"), normal_label("⑷"), normal_label("別添２"), normal_label("③")
    ('5-1', '(4)', '別添2', '③')
    """
    if printed in _CIRCLED:
        return printed
    plain = unicodedata.normalize("NFKC", printed)
    plain = _HYPHENS.sub("-", re.sub(r"\s+", "", plain))
    plain = _DOTS.sub("-", plain)
    plain = _KANJI_RUN.sub(lambda found: str(number(found.group()) or found.group()), plain)
    return _NO.sub("-", plain).strip("【】〔〕")


def normal_path(path: str) -> str:
    """The lookup form of a whole path: its labels' forms joined by `>`."""
    return ">".join(normal_label(step.strip()) for step in path.split(">"))
