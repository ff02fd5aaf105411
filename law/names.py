"""Names of laws and guidelines in running words, and the short names a document defines for them.

    個人情報の保護に関する法律（平成十五年法律第五十七号。以下「法」という。）第23条

`Names` reads the definitions of a whole document first; a short name means what the nearest definition
before it says. A name nobody defines stands for itself when it names a law, and for nothing when it is
a bare 法 or 同法.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from law.mention import Tight, one_width
from law.titles import joined_title

_SHORT = re.compile(r"以下[、,]?(?:単に)?「([^「」]{1,30})」(?:という|といいます|と総称する)")
_MEANT = re.compile(
    r"(?:^|[^一-龥])(?P<short>[一-龥]{0,12}法)\((?P<full>[^()]{2,60}?法律?)(?:\([^()]*\))?をいう。以下同じ。?\)"
)
"""法（個人情報の保護に関する法律（平成15年法律第57号）をいう。以下同じ。）"""
_OPENERS = "、。「」『』()\n:;○◯●・【】"
_LAW_END = r"(?:法律|法|政令|省令|府令|施行令|施行規則|規則|条例)"
_GUIDE_END = r"(?:ガイドライン|指針|ガイド|ガイダンス|監督指針)(?:\([^()]{1,20}[編け]\))?"
_LAW = re.compile(rf"{_LAW_END}$")
_GUIDE = re.compile(rf"{_GUIDE_END}$")
_MATERIAL = re.compile(r"\((資料\d+(?:-\d+)*|別[添紙]\d*)\)")

# 個人情報の保護に関する法律, …の一部を改正する法律: long names, by their ends.
_LONG = re.compile(r"(?:に関する|に係る|のための|を改正する|する)(?:特別措置|臨時措置)?法律(?![案])")
# 銀行法, 日本年金機構法: short ones are one run of kanji or katakana; 独立行政法人, 法令, 方法 are none.
_RUN = re.compile(r"(?<![一-龥々ァ-ヶー])[一-龥々ァ-ヶー]{1,14}法(?![令律人的廷務曹則定学案制])")
_FORMAL_GUIDE = re.compile(rf"(?:に関する|についての|のための)[^、。「」()]{{0,20}}{_GUIDE_END}")
_NO_LAW = re.compile(r"(?:[方手用司立違適不合技文作製療同本旧新加除魔拳]|改正|[処対]応方|無作為抽出|[^一-龥]違)法$")
_CUT = re.compile(
    r".*(?:に対する|に対して|に対し|に基づく|に規定する|に定める|による|にいう|された|により|とは|又は|及び|並びに|[はが])"
)
_NAMED_END = f"(?:{_LAW_END}|{_GUIDE_END})"
_NAMED = re.compile(f"{_NAMED_END}$")
_BARE = frozenset(("法", "令", "規則", "施行令", "施行規則", "条例", "ガイドライン", "指針", "同法", "同令", "同規則"))
_AMENDED = re.compile(r"(?:(?:令和|平成|昭和)\d+年)?改正(?:前|後)?の?法$|[新旧同]法$")
_GLUED = re.compile(r"(?<!当該)(?<![一-龥]及)[一-龥々]$")
_PLAIN = re.compile(rf"(?<![一-龥々ァ-ヶー])[一-龥々ァ-ヶー]{{1,20}}(?<!関する){_NAMED_END}$")
_COUNT = r"[\d一二三四五六七八九十百千〇]+"
_AFTER = re.compile(rf"\([^()]*(?:第{_COUNT}号|以下「)[^()]*\)")
_NUMBERED = re.compile(rf"\((?:明治|大正|昭和|平成|令和)(?:元|{_COUNT})年[^()\d]{{0,8}}(?:法律|条例)第{_COUNT}号")
# 、甲製品及び, は甲製品並びに: a thing that follows a break or a particle
_JOINED = re.compile(r"(?:^|[、。「」()はがをに])(?P<thing>[一-龥々ァ-ヶー]{2,12})(?:及び|並びに)$")
_RULE = re.compile(
    r"会社|法人|機構|(?:[法令則程約款針規定条項号書]|ガイドライン|ガイダンス|通[知達]|方針|規範|基準|義務|違反|省|庁|会|社|者)$"
)
_KEEP = "の一部を改正する法律"


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands in the tight words, its bracket with number and definition included."""

    start: int
    end: int
    words: str
    printed: str


@dataclass(frozen=True, slots=True)
class _Definition:
    place: int
    full: str
    scope: str | None


class Names:
    """The short names that a document defines, with their places."""

    def __init__(self, passages: Sequence[Tight]) -> None:
        self._defined: dict[str, list[_Definition]] = {}
        for passage in passages:
            if "以下" in passage.text:
                for short, definition in _definitions(passage):
                    self._defined.setdefault(short, []).append(definition)
        shorts = sorted(self._defined, key=lambda short: (-len(short), short))
        free = [short for short in shorts if len(short) > 2 and _NAMED.search(short)]
        self._shorts = re.compile("|".join(map(re.escape, free))) if free else None
        self._ends = tuple(shorts)

    def full(self, name: Name, place: int) -> str | None:
        """What a name means at a place of the document: its definition, or itself when it is a whole name."""
        definition = self._at(name.words, place)
        if definition is not None:
            return definition.full
        return None if name.words in _BARE or _AMENDED.match(name.words) else name.printed

    def scope(self, text: str, end: int, place: int) -> str | None:
        """The label of the material whose short name stands before a label: 詳細版、第３ → 資料1-2."""
        stop = len(text[:end].rstrip("、の"))
        short = next((one for one in self._ends if text.endswith(one, 0, stop)), None)
        definition = self._at(short, place) if short else None
        return definition.scope if definition else None

    def before(self, tight: Tight, end: int) -> Name | None:
        """The name that ends where a provision begins; brackets between them belong to it."""
        text = tight.text
        stop = _before_bracket(text, end)
        for short in self._ends:
            start = stop - len(short)
            if text.endswith(short, 0, stop) and (len(short) > 2 or not _GLUED.search(text, 0, start)):
                return _name(tight, start, stop, end)
        run = text[max(0, stop - 80) : stop]
        amended = _AMENDED.search(run)
        if amended:
            return _name(tight, stop - len(amended.group()), stop, end)
        if not _NAMED.search(run):
            return None
        plain = _PLAIN.search(run)
        start = plain.start() if plain is not None and _is_whole(run, plain) else _name_start(run)
        start = _with_joined(run, start) if _NUMBERED.match(text, stop) else start
        words = run[start + _gap(tight, stop - len(run) + start, stop) :]
        return None if not words or _NO_LAW.search(words) else _name(tight, stop - len(words), stop, end)

    def free(self, tight: Tight) -> Iterator[Name]:
        """Names that stand alone, without a provision: 銀行法及び保険業法."""
        text = tight.text
        for form in (_LONG, _FORMAL_GUIDE, _RUN):
            for match in form.finditer(text):
                run = text[max(0, match.end() - 80) : match.end()]
                is_run = form is _RUN and joined_title(run) is None
                start = match.start() if is_run else match.end() - len(run) + _name_start(run)
                start += _gap(tight, start, match.end())
                if match.end() - start > 2 and not _NO_LAW.search(text[start : match.end()]):
                    yield _name(tight, start, match.end(), _after_bracket(text, match.end()))
        if self._shorts is not None:
            for match in self._shorts.finditer(text):
                yield _name(tight, *match.span(), match.end())

    def _at(self, words: str, place: int) -> _Definition | None:
        known = self._defined.get(words)
        if not known:
            return None
        return known[max(0, bisect_right([one.place for one in known], place) - 1)]


def is_guideline(name: str) -> bool:
    """Whether a full name is a guideline's rather than a law's."""
    return _GUIDE.search(one_width(name)) is not None


def _name(tight: Tight, start: int, stop: int, end: int) -> Name:
    return Name(start, end, tight.text[start:stop], tight.printed[start:stop])


def _definitions(passage: Tight) -> Iterator[tuple[str, _Definition]]:
    text = passage.text
    for match in _MEANT.finditer(text):
        full = passage.printed[slice(*match.span("full"))]
        yield match["short"], _Definition(passage.places[match.start()], full, None)
    for match in _SHORT.finditer(text):
        stop = _opening(text, match.start())
        if stop is None:
            continue
        run = text[max(0, stop - 160) : stop]
        is_quoted = run.endswith("」")
        start = run.rfind("「") + 1 if is_quoted else _name_start(run)
        if not is_quoted and _NUMBERED.match(text, stop):
            start = _with_joined(run, start)
        full = run[start : len(run) - is_quoted]
        material = _MATERIAL.search(full) if is_quoted else None
        if material is not None or _NAMED.search(full):
            first = stop - len(run) + start
            printed = passage.printed[first : first + len(full)]
            yield match.group(1), _Definition(passage.places[match.start()], printed, material and material.group(1))


def _is_whole(run: str, plain: re.Match[str]) -> bool:
    """Whether a name of one script is all of the name, not the end of …に関する内閣府令 or of a listed one."""
    is_end = run.endswith(("に関する", "に係る"), 0, plain.start()) or plain.group().startswith("法律")
    return not is_end and joined_title(run) is None


def _with_joined(run: str, start: int) -> int:
    """Where a numbered name begins that 及び seems to cut: what stands before it is a thing, not a name or a rule.

    見本業者は、甲製品及び乙製品取締法（平成10年法律第3号） names one law; 銀行法及び保険業法 names two.
    """
    before = _JOINED.search(run, 0, start)
    return before.start("thing") if before is not None and not _RULE.search(before["thing"]) else start


def _name_start(run: str) -> int:
    """Where the name begins that ends with the run."""
    title = joined_title(run)
    if title is not None:
        return len(run) - len(title)
    body = len(run)
    if run.endswith(")"):
        body = _opening(run, body - 1) or body
    start = next((i + 1 for i in range(body - 1, -1, -1) if run[i] in _OPENERS), 0)
    if run.endswith(_KEEP):
        return start
    cut = _CUT.match(run, start, body - 1)
    return cut.end() if cut else start


def _opening(text: str, at: int) -> int | None:
    """Where the bracket opens that a place stands in."""
    depth = 0
    for i in range(at - 1, max(-1, at - 120), -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            if depth == 0:
                return i
            depth -= 1
    return None


def _gap(tight: Tight, start: int, stop: int) -> int:
    """How many characters stand before a wide gap, as one parts a value from its name: 違反の条項　　甲法第２条."""
    places = tight.places
    return next((i - start for i in range(stop - 1, start, -1) if places[i] - places[i - 1] > 2), 0)


def _before_bracket(text: str, end: int) -> int:
    """Where the words stop before a bracket with number or definition that closes at `end`."""
    if end == 0 or text[end - 1] != ")":
        return end
    opening = _opening(text, end - 1)
    if opening is None or not re.search(rf"第{_COUNT}号|以下「", text[opening:end]):
        return end
    return opening


def _after_bracket(text: str, end: int) -> int:
    match = _AFTER.match(text, end)
    return match.end() if match else end
