"""Mentions: where running words refer to a provision, a clause, a law or another document.

Finding only. A mention carries the words as printed and the parts they name (article, paragraph, item,
label steps, the name that stands before them); what they lead to is judged in `law.citation`.
The grammar is a table of named pieces in reading order; the earliest and then the longest match wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from law.numeral import number
from law.span import Span

_WIDE = {ord(c): chr(ord(c) - 0xFEE0) for c in map(chr, range(0xFF01, 0xFF5F))}
_PRINTED = str.maketrans({**_WIDE, **dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"), ord("〜"): "~", ord("∼"): "~"})


def one_width(words: str) -> str:
    """The words with figures, letters and brackets half-width and one dash, character for character."""
    return words.translate(_PRINTED)


@dataclass(frozen=True, slots=True)
class Tight:
    """Words in one width and without white space, each character knowing its place in the document."""

    text: str
    printed: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str, span: Span) -> Tight:
        """The words at a place of the document's text, tightened; circled figures stay as printed."""
        printed = span.of(text)
        kept = "".join(printed.split())
        if len(kept) == len(printed):
            return cls(one_width(kept), kept, range(span.start, span.end))
        places = [span.start + i for i, c in enumerate(printed) if not c.isspace()]
        return cls(one_width(kept), kept, places)

    def source(self, start: int, end: int) -> Span:
        """The place in the document of a stretch of the tight text."""
        return Span(self.places[start], self.places[end - 1] + 1)


class MentionKind(StrEnum):
    """How a mention is written."""

    PROVISION = "provision"  # 法第23条第１項, 第147条
    PART = "part"  # 第２項, 第三号: of the article named before
    RELATIVE = "relative"  # 同条第２項, 前項, 次条
    CHAIN = "chain"  # ６－２－１①, 3-4-4(2)
    STEPS = "steps"  # 前記第２の１(3), 第４の２(1)ア, Ⅰ．（２）１）
    TAKEN = "taken"  # (1)の記録, 2.5)の項目: nothing but a clause of that label tells that it is one
    SAME = "same"  # 同２）
    NEXT = "next"  # ② in ①及び②
    ANNEX = "annex"  # 別添１, 資料１－３
    NOTE = "note"  # （注１）, ※
    NAME = "name"  # 銀行法, 個人情報の保護に関する法律
    QUOTE = "quote"  # 「個人データの管理責任者等の設置」
    PAPER = "paper"  # 令和６年２月29日付け報告書


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference as written: its place in the tight text and the parts it names."""

    kind: MentionKind
    start: int
    end: int
    words: str
    core: int
    """Where the provision or label itself begins, after any name or 前記."""
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    pointer: str | None = None
    """前記, 後記, 本実務指針, 同, 前, 次: what shows that a label refers."""
    steps: tuple[str, ...] = ()


_N = r"(?:\d{1,4}|[一二三四五六七八九十百千〇]{1,6})"
_CIRCLED = r"[①-⑳㉑-㉟]"
_SUB = rf"(?:\((?:\d{{1,2}}|[a-z]|[ivx]{{2,4}})\)|[⑴-⒇]|{_CIRCLED})"
_KANA = r"(?:[ア-ン](?![ァ-ヶー])|\([ア-ン]\))"
_STEP = rf"(?:{_SUB}|{_KANA})"
_HALF = r"\d{1,2}\)"
_SIGN = rf"(?:{_SUB}|\([ア-ン]\)|(?<![A-Za-z\d])[a-z]\)|(?<![\d.]){_HALF})"
"""A label that is plainly one, by its bracket or circle."""
_ARTICLE = rf"第{_N}条(?![件約例文])(?:の{_N}(?![つ項号章]))*"
_PARAGRAPH = rf"第{_N}項"
_ITEM = rf"第{_N}号(?:の{_N})?"
_REST = (
    rf"(?P<paragraph>{_PARAGRAPH})?(?P<item>各号|{_ITEM})?(?P<sub>(?:{_SUB})*)"
    r"(?:本文|ただし書き?|前段|後段|柱書)?"
)
_POINTER = r"前記|後記|上記|下記|前述の?|後述の?|本実務指針の?|本指針の?|本ガイドラインの?|本資料の?"
_NO_LABEL = (
    r"(?![\d条項号編章節款目回次年月日期版種部巻審位者四表図階週か個カヵヶつ件人社名%円点頁弾段時分秒倍割枚台本歳営])"
)
_KANJI = r"[一二三四五六七八九十]{1,3}"
_DAI = rf"第{_N}{_NO_LABEL}(?:の(?:\d{{1,2}}{_NO_LABEL}|{_KANJI}(?![一-龥々])))?(?:\({_KANJI}\))?"
_BELOW = rf"(?:{_STEP}|{_HALF})"
_LABELS = (
    rf"(?:{_DAI}(?:の(?=\())?(?:{_STEP})*|\d{{1,2}}\.?{_HALF}(?:{_STEP})*|{_HALF}(?:{_STEP})*"
    rf"|\d{{1,2}}{_NO_LABEL}(?![-.]\d)(?:{_STEP})*|(?:{_STEP})+)"
)
REFERRED = (
    rf"に(?:つ(?:いて|き)|お(?:いて|ける)|掲げる|規定する|定める|よ[りる]|該当|示す|記載|従い|準[じず])|ただし書|"
    rf"の(?:場合|とき|規定|ほか|うち|方法|要件|事項|措置)|(?:及び|又は|並びに|若しくは|から|~){_STEP}"
)
"""What follows a bare label that refers, and none that only counts."""
TAKEN_UP = r"の(?!と)|[をはが](?![、。])|及び|および|又は|または|から|以降|に(?:準|則|基|係|関)|(?=[^()。]{0,40}を参照)"
"""What follows a label in brackets that is taken up again, where no item begins with it: (1)の記録を."""
_DECIMAL = r"\d{1,2}(?:\.\d{1,2}){1,5}"
_MEASURED = r"場合|割合|水準|範囲|[増減上低版]|[一-龥]{0,3}[率値差度数比幅量]"
_DECIMAL_REFERRED = re.compile(
    rf"(?:(?:及び|又は|並びに|若しくは|から|乃至|ないし|[~、・]){_DECIMAL}(?:{_SUB})*)*[章節項]?(?:まで)?"
    rf"」?(?:「[^「」]{{1,40}}」)?"
    rf"(?:に(?:つ(?:いて|き)|お(?:いて|ける)|掲げ|規定|定め|よ[りる]|該当|示[しす]|記載|述べ|従[いっ]|準じ|基づ|係る)"
    rf"|を?(?:参照|準用|適用)|で(?:述べ|定め|示し|規定|求め|掲げ)"
    rf"|の(?:とおり|ほか|うち|いずれ|{_SUB}|(?!{_MEASURED})[一-龥]))"
)
"""What follows a decimal number that refers, or a list of them, and none that measures: 2.4の規定, not 2.4の割合."""
_GOES_ON = re.compile(r"[のにをはがでとも及又並、。)」(（~・]|から|まで|参照|$")
"""What follows a number of three parts inside a sentence; a number at the head of a cell has its heading behind it."""
_MEASURE = re.compile(r"(?:[率値差度数比幅量]|割合|金額|倍)[はがを]約?$")
"""What a decimal number behind it measures: 比率は1.2により."""
_ANNEX = r"別添|別紙様式|別紙|別表|別記様式|別記|様式|資料|参考資料|付録"
_UNDER_ROMAN = (
    rf"(?:\d{{1,2}}{_NO_LABEL}(?!\))(?:\.\d{{1,2}}(?![\d)]))*\.?)?"
    rf"(?:\(\d{{1,2}}\))?(?:{_HALF})?(?:{_KANA})?(?:{_CIRCLED})?"
)
_PART = r"(?<![一-龥]第\d)(?<![一-龥]第\d\d)部(?=[のにをはがで、。)」]|及び|又は|から|まで|$)"
"""第１部に定める, not 東証第１部, 第２部上場."""
_UNIT = rf"第\d{{1,2}}(?:[編章節款]|{_PART})(?:の\d{{1,2}}(?![条項]))?"
_ANSWER = (
    r"A\d{1,3}(?:-\d{1,3})*"
    r"(?=の(?:とおり|うち|ほか|(?!用紙|紙|書類|資料)[一-龥])|に(?:記載|つ[いき]|示|述べ|あ)|を?参照|」)"
)
"""A3のとおり, not A4で印刷し."""

# In reading order: how it is written, the signs without which it cannot stand in a passage (a quick look
# spares most searches), and the form. Each with an example it matches.
_FORMS: tuple[tuple[MentionKind, str, re.Pattern[str]], ...] = tuple(
    (kind, signs, re.compile(form))
    for kind, signs, form in (
        # 法第148条第１項, ガイドライン第８条第５項(1)①, 法20条第１項 (printed without 第, so only after a name)
        (MentionKind.PROVISION, "条", rf"(?P<article>{_ARTICLE}|(?<=[法令則])\d{{1,4}}条){_REST}"),
        # 及び第２項, 第三号
        (
            MentionKind.PART,
            "項号",
            rf"(?<![条項律令示則達])(?=第{_N}[項号])(?!第{_N}[項号][目室館])(?:{_REST})",
        ),
        # 同条第２項, 前項, 次条第一項第二号
        (
            MentionKind.RELATIVE,
            "条項号",
            rf"(?P<pointer>前各|[同前次本])(?P<unit>[条項号])(?![件約例文目数室館])(?<!日本条){_REST}",
        ),
        # 6-2-1①, 3-4-4(2)
        (
            MentionKind.CHAIN,
            "-",
            rf"(?<![\dA-Za-z#/.第\-])\d{{1,2}}(?:-\d{{1,2}}){{1,6}}(?![\d\-/.])(?:{_SUB})*",
        ),
        # Ⅱ-1-2(1)①, as manuals of supervision count
        (MentionKind.CHAIN, "-", rf"(?<![A-Za-z\-])[Ⅰ-Ⅻ](?:-\d{{1,2}}){{1,6}}(?![\d\-])(?:{_STEP})*"),
        # 2.2①, 10.1.3: a decimal point too, so `only_counts` and the document judge
        (
            MentionKind.CHAIN,
            ".",
            rf"(?<![\dA-Za-z#/.第\-]){_DECIMAL}(?![\d\-/.%版])(?:{_SUB})*",
        ),
        # 第２章, 第２章第１節, 第２章第２節の２(1)
        (
            MentionKind.STEPS,
            "編章節款部",
            rf"(?P<steps>(?:{_UNIT})+"
            rf"(?:(?<=[編部章節款])の?\d{{1,2}}{_NO_LABEL}(?![-.)])(?:{_STEP})*|(?:{_SUB})(?:{_STEP})*)?)",
        ),
        # 前記第２の１(3), 前記ア, 後記(4)エ
        (MentionKind.STEPS, "記述本", rf"(?P<pointer>{_POINTER})(?P<steps>{_LABELS})"),
        # 第４の２(1)ア
        (MentionKind.STEPS, "第", rf"(?P<steps>{_DAI}(?:の(?=\())?(?:{_STEP})*)"),
        # 2.2①及び②, 第３の２(1)及び(2): goes on from the label before it
        (
            MentionKind.NEXT,
            "及又並おまな、・,",
            rf"(?:(?<=及び)|(?<=又は)|(?<=並びに)|(?<=および)|(?<=または)|(?<=ならびに)|(?<=[、・,]))"
            rf"(?P<steps>{_HALF}|{_STEP}|\d{{1,2}}{_NO_LABEL}(?![-.]))",
        ),
        # 2.5)の項目, 3.(2)に定める, 1(2)ただし書, where the document has that clause
        (
            MentionKind.TAKEN,
            ")",
            rf"(?<![\d.\-第A-Za-z一-龥々ァ-ヶー①-⑳⑴-⒇)])(?P<steps>\d{{1,2}}(?:\.{_HALF}|\.?\((?:\d{{1,2}}|{_KANJI})\))(?:{_STEP})*)",
        ),
        # 二の１の規定, 三の２(一)
        (
            MentionKind.TAKEN,
            "の",
            rf"(?<![一-龥々ァ-ヶー\d])(?P<steps>{_KANJI}の\d{{1,2}}{_NO_LABEL}(?:\({_KANJI}\)|{_STEP})*)",
        ),
        # (1)の記録, (ア)および(イ)の, b)は: a label taken up again
        (
            MentionKind.TAKEN,
            ")①②③④⑤⑥⑦⑧⑨⑩",
            rf"(?<![一-龥々ァ-ヶーA-Za-z\d①-⑳⑴-⒇])(?P<steps>(?:{_SIGN})(?:{_STEP})*)(?={TAKEN_UP}|{REFERRED})",
        ),
        # ①に掲げる, (1)及び(2), アの場合: bare, but with what only follows a label that refers
        (
            MentionKind.STEPS,
            "にの及又から~",
            rf"(?<![一-龥々ァ-ヶーA-Za-z\d)①-⑳⑴-⒇])(?P<steps>{_STEP})(?={REFERRED})",
        ),
        # Ⅰ．(2)1), 本実務指針Ⅲ
        (
            MentionKind.STEPS,
            "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
            rf"(?:(?P<pointer>{_POINTER}))?(?P<steps>[Ⅰ-Ⅻ](?:章|\.)?{_UNDER_ROMAN})",
        ),
        # V.2, with a Latin letter
        (MentionKind.TAKEN, ".", rf"(?<![A-Za-z\d.])(?P<steps>[IVX]{{1,4}}\.(?=\d){_UNDER_ROMAN})"),
        # 同２）
        (MentionKind.SAME, "同", rf"(?P<pointer>同)(?P<steps>\d{{1,2}}\)|{_SUB})"),
        # 調査項目４の「手続類型」, 項番12
        (MentionKind.TAKEN, "項", r"(?<=項[目番])(?P<steps>\d{1,2})(?![\-.])" + _NO_LABEL),
        # 問１の答, Q3-2, where the document has that question
        (
            MentionKind.TAKEN,
            "問QA",
            rf"(?<![一-龥々A-Za-z\d&])(?P<steps>[問Q]\d{{1,3}}(?:-\d{{1,3}})*(?:の?答)?|{_ANSWER})(?!\d)",
        ),
        # 別添１, 資料１－３
        (
            MentionKind.ANNEX,
            "別様資付",
            rf"(?P<steps>(?:{_ANNEX})第?(?:{_N}|[A-Z](?![A-Za-z]))(?:号|(?:-\d{{1,2}})*))(?![\d年月日])"
            r"|(?P<alone>別[表紙添記])(?=[のにをは])",
        ),
        # （注１）, ※２
        (MentionKind.NOTE, "注※", r"(?P<steps>\(注\d{0,2}\)|※\d{1,2})"),
        # 令和６年２月29日付け報告書, 「…」に関するＱ＆Ａ, 「労働者派遣契約」
        (
            MentionKind.PAPER,
            "日」",
            r"(?:令和|平成)?\d{1,4}年\d{1,2}月\d{1,2}日(?:付け?|に公表した|に受領した)[一-龥]{2,8}"
            r"|「[^「」]{2,60}」に関するQ&A|「[^「」]{2,40}(?:契約書?|覚書|報告書)」",
        ),
    )
)
_LEVELS = re.compile(
    rf"{_UNIT}|第{_N}|^{_KANJI}(?=の\d)|[IVX]+(?=\.)|[a-z]\)|(?<=の)(?:\d{{1,2}}|{_KANJI})|\({_KANJI}\)|\d{{1,2}}\)|\((?:\d{{1,2}}|[a-z]{{1,4}})\)|[⑴-⒇①-⑳㉑-㉟]|\([ア-ン]\)|[ア-ン]|[Ⅰ-Ⅻ]|\d{{1,2}}"
)
_TYPED = re.compile(rf"(?:{_ANNEX})第?{_N}(?:-\d{{1,2}})*|\d{{1,2}}(?:-\d{{1,2}})+|{_LEVELS.pattern}")
_FIGURES = re.compile(_N)
_REACH = 120  # characters within which a bracket is closed
_CIRCLES = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_HALVED = re.compile(r"(?<![(\d])\d{1,2}\)$")
_QUOTE = re.compile(r"(?<!以下)「([^「」]{6,80})」(?!という|といいます)")


def find_mentions(tight: Tight) -> list[Mention]:
    """Every mention in the words, in order and without overlap; names come later, from `law.citation`."""
    signs = set(tight.text)
    return separate(
        mention
        for kind, needed, form in _FORMS
        if not signs.isdisjoint(needed)
        for mention in _matches(kind, form, tight.text)
    )


def find_quotes(tight: Tight) -> Iterator[Mention]:
    """The words in corner brackets, which may quote a heading or an item."""
    for match in _QUOTE.finditer(tight.text):
        yield Mention(MentionKind.QUOTE, *match.span(), match.group(1), match.start(1))


def goes_on(chain: Mention, tight: Tight) -> bool:
    """Whether the words go on behind a chained number as they do in a sentence."""
    return len(chain.steps) > 1 or _GOES_ON.match(tight.text, chain.end) is not None


def only_counts(decimal: Mention, tight: Tight) -> bool:
    """Whether a decimal number measures or dates and refers to nothing: 2.4GHz, not 2.4①, 2.4を参照."""
    if len(decimal.steps) > 1 or (decimal.steps[0].count(".") > 1 and goes_on(decimal, tight)):
        return False
    referred = _DECIMAL_REFERRED.match(tight.text, decimal.end) is not None
    return not referred or _MEASURE.search(tight.text, 0, decimal.start) is not None


def separate(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in order, the earlier and then the longer one where two overlap."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def typed_steps(words: str) -> tuple[str, ...]:
    """The steps of a label as a person types it, already in one width.

    >>> typed_steps("第3の1(1)ア"), typed_steps("資料1-2第3"), typed_steps("6-2-1①")
    (('第3', '1', '(1)', 'ア'), ('資料1-2', '第3'), ('6-2-1', '①'))
    """
    return tuple(_TYPED.findall(words))


def _matches(kind: MentionKind, form: re.Pattern[str], text: str) -> Iterator[Mention]:
    for match in form.finditer(text):
        part = match.groupdict()
        steps = part.get("steps") or part.get("alone")
        if kind is MentionKind.CHAIN:
            steps = match.group()
        start, end = match.span()
        if end == start:
            continue
        if steps and _HALVED.search(steps) and _closes(text, start, end):
            steps, end = steps[:-1], end - 1  # (上記2)
        if kind is MentionKind.TAKEN and steps and len(steps) > 1 and not set(steps) - _CIRCLES:
            for at, one in enumerate(steps, match.start("steps")):  # ②③を
                yield Mention(kind, at, at + 1, one, at, steps=(one,))
            continue
        yield Mention(
            kind=kind,
            start=start,
            end=end,
            words=text[start:end],
            core=match.start("steps") if part.get("steps") else start,
            article=_figures(part.get("article")),
            paragraph=_figures(part.get("paragraph")),
            item=_item(part.get("item"), part.get("sub")),
            pointer=(part.get("pointer") or "") + (part.get("unit") or "") or None,
            steps=_steps(kind, steps),
        )


def _closes(text: str, start: int, end: int) -> bool:
    """Whether the bracket at the end of a label is that of the words around it: (上記2), but not (4.2)を参照)."""
    first, last = max(0, start - _REACH), end + _REACH
    opened = text.rfind("(", first, start)
    if opened < 0 or opened < text.rfind(")", first, start):
        return False
    closed = text.find(")", end, last)
    return closed == -1 or -1 < text.find("(", end, last) < closed


def _steps(kind: MentionKind, words: str | None) -> tuple[str, ...]:
    if words is None:
        return ()
    if kind in (MentionKind.ANNEX, MentionKind.NOTE):
        return (words,)
    if words[0] == "A":
        return ("Q" + words[1:], words)
    if words[0] in "問Q":
        question = words.removesuffix("答").removesuffix("の")
        return (question, "答") if words.endswith("答") else (question,)
    if kind is MentionKind.CHAIN:
        chain = re.match(r"[Ⅰ-Ⅻ]?[\d\-.]+", words)
        head = chain.group() if chain else ""
        return (head, *_LEVELS.findall(words[len(head) :]))
    return tuple(_LEVELS.findall(words))


def _figures(words: str | None) -> str | None:
    """第二十三条の二 → 23-2, 第１項 → 1."""
    if not words:
        return None
    return "-".join(str(number(part) or part) for part in _FIGURES.findall(words))


def _item(item: str | None, sub: str | None) -> str | None:
    """第２号 → 2, 各号 → 各号, (1)① → (1)①."""
    head = "各号" if item == "各号" else _figures(item) or ""
    return head + (sub or "") or None
