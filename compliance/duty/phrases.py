"""The parts of a normative sentence around its act: condition, deadline, exception, and the act itself.

All are places in the sentence, so that they can be shown as printed. What is not clearly there is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from compliance.duty.norms import masked
from law.numeral import number
from law.span import Span

_CONDITION = re.compile(
    r"(?:場合(?:には|においては|において|に限り|は|に)?|とき(?:には|に限り|は)?|際(?:には|は|に)|に当たって(?:は)?|に当たり|"
    r"に際して(?:は)?|に際し|であれば|限りにおいて(?:は)?|(?<=[たる])後(?:において)?(?:は)?|実施後において)(?=、)"
)
_JOINED = re.compile(r"又は|若しくは|及び|並びに|かつ")
_TOPIC = re.compile(r"(?:は|おいて|おかれて)$")
_NEVER = re.compile(r"(?:(?:この|その|同様の)場合(?:において)?は?|場合を除き?|この際|その際|今後|事後)$")
_BOUNDARY = re.compile(
    r"(?:は|おいて|おかれて|おかれましては|とともに|に基づき|基づいて|により|よって|として|ほか|対し|対して|ついて|に従い|加えて|"
    r"[しりいきみじえけせてべれ]|なお|また|ただし|ため|よう|求め|もの?の|一方で|上で|特に|例えば)$"
)
_LEAD = re.compile(
    r"^(?:[・\s　]*(?:なお|また|ただし|但し|さらに|加えて|特に|したがって|そのため|このため|ついては|"
    r"つきましては|そこで|例えば|"
    r"この場合(?:において|に)?は?|その場合(?:に|において)?は?|その際|この際)|.*(?:は|おいて|おかれては|おかれましては|"
    r"に基づき|に基づいて|の規定により|規定による|として|について|に関し|に対し|に対して|に従い|のため))$"
)

_NAMED = re.compile(r"〓{3,}として、?")
_TAIL = re.compile(r"(?:こと)?[がもはを]?$")
_ADVERB = re.compile(
    r"^(?:必要に応じて?|定期的に|定期的又は随時に|速やかに|遅滞なく|直ちに|適切に|あらかじめ|その他に|.*(?:であれば|として))"
)

_BESIDE = re.compile(r"とともに|に対し(?:て)?|に基づき|に関し(?:て)?")
_INNER = re.compile(r"、|よう|について|に関し|ため")
_NEAR = 14
"""Characters from を to the end of its verb: further off it belongs to an inner verb."""


def _lead(stops: str, most: int) -> str:
    """Up to so many characters without a stop; a bracket counts as one, and is not begun in its middle."""
    return rf"(?<!〓)(?:[^{stops}〓]|〓++){{1,{most}}}"


_FIGURE = r"[0-9０-９一二三四五六七八九十百]+"
_ERA_YEAR = rf"(?P<era>令和|平成|昭和)(?P<era_year>元|{_FIGURE})年"
_DATE = (
    rf"(?:{_ERA_YEAR}|(?P<year>[12１２][0-9０-９]{{3}})年|(?P<same>同年))[ 　]*(?P<month>{_FIGURE})月"
    rf"[ 　]*(?:(?P<day>{_FIGURE})日|末日?)?"
)
_DAY = re.compile(_DATE.replace(" 　", "\\s　"))
_UNIT = r"(?:営業日|週間|日間|日|か月|ヶ月|カ月|箇月|月|年間|年|時間)"
_EVERY = (
    rf"(?:毎(?:年度|年|月|週|日|事業年度)(?:{_FIGURE}回以上)?|(?:四半期|半期|半年|事業年度|年度|年|月|週)(?:ごと)?に{_FIGURE}(?:度|回)(?:以上)?|"
    rf"年(?:{_FIGURE})回以上|(?:今後{_FIGURE}{_UNIT}、)?{_FIGURE}{_UNIT}(?:ごと|毎)に|四半期ごとに|定期的又は随時に|定期的に|定期に|随時に?(?=[^の]))"
)
_NOT_DONE = r"(?![^、。]{0,14}(?:された|した|めた|れた)[一-龥])"  # あらかじめ整備された規律: that is done already
_TO_DAY, _FROM_DAY, _BEFORE_ACT = _lead("、。は", 20), _lead("、。はがを", 24), _lead("、。はが", 24)
_FORMS = (
    (
        "date",
        re.compile(
            rf"{_DATE}〓*(?:まで(?:の間)?に?|以内に?)|{_FIGURE}月末?日?までに"
            rf"|(?:それぞれの)?(?:期限|期日|{_TO_DAY}日)までに"
        ),
    ),
    (
        "period",
        re.compile(rf"(?:{_FROM_DAY}(?:日|とき|後)から(?:起算して)?〓*)?{_FIGURE}{_UNIT}(?:〓*)以内(?:に)?"),
    ),
    (
        "before",
        re.compile(
            rf"{_BEFORE_ACT}(?:する|く|う|つ|ぶ)(?:前|まで)に(?=[、\s]|[一-龥])|(?:あらかじめ|事前に){_NOT_DONE}"
        ),
    ),
    ("at-once", re.compile(r"直ちに|速やかに|すみやかに|遅滞なく|早急に|可及的速やかに|即時に")),
    ("regular", re.compile(_EVERY)),
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}


class DeadlineKind(StrEnum):
    """What sort of time limit is printed."""

    DATE = "date"  # 2024年２月29日までに
    PERIOD = "period"  # 知った日から三日以内に
    BEFORE = "before"  # あらかじめ, 業務に就く前に
    AT_ONCE = "at-once"  # 速やかに, 遅滞なく, 直ちに
    REGULAR = "regular"  # 定期的に, 年に一度以上


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit as printed; `iso` where it names a day or a month."""

    kind: DeadlineKind
    span: Span
    iso: str | None = None


def condition(words: str, start: int, until: int) -> Span | None:
    """When the act is due: the first condition, with those that follow it at once, without the comma.

    >>> words = "事業者は、事案が発生した場合には、報告しなければならない。"
    >>> condition(words, 0, 20).of(words)
    '事案が発生した場合には'
    """
    bare = masked(words)
    found = [one for one in _CONDITION.finditer(bare, start, until) if not _NEVER.search(bare[start : one.end()])]
    if not found:
        return None
    begin = _condition_start(bare, start, found[0].end())
    end = found[0].end()
    for one in found[1:]:
        if _condition_start(bare, end + 1, one.end()) == end + 1:
            end = one.end()
    return Span(begin, end) if begin < end else None


def _condition_start(bare: str, start: int, end: int) -> int:
    begin = max(bare.rfind("、", start, end) + 1, start)
    while begin > start:
        before = bare[start : begin - 1].rpartition("、")[2]
        joined = _JOINED.match(bare, begin) and not _TOPIC.search(before)
        if joined or (before.endswith(("であって", "において", "又は", "若しくは")) and "場合" in before):
            begin = max(bare.rfind("、", start, begin - 1) + 1, start)
        elif _BOUNDARY.search(before):
            break
        else:
            begin = max(bare.rfind("、", start, begin - 1) + 1, start)
    while begin < end and bare[begin] in "・ 　":
        begin += 1
    return begin


def deadlines(words: str, start: int, until: int) -> tuple[Deadline, ...]:
    """The time limits of an act, in the order of the text; a day printed is read as a date.

    >>> words = "関係資料を添付の上、2024年２月29日までに報告"
    >>> [(d.span.of(words), d.iso) for d in deadlines(words, 0, len(words))]
    [('2024年２月29日までに', '2024-02-29')]
    """
    bare = masked(words)
    found: list[Deadline] = []
    for kind, form in _FORMS:
        for match in form.finditer(bare, start, until):
            span = Span(*match.span())
            if not any(span.start < one.span.end and one.span.start < span.end for one in found):
                found.append(Deadline(DeadlineKind(kind), span, _iso(bare, span)))
    return tuple(sorted(found, key=lambda one: one.span))


def _iso(bare: str, span: Span) -> str | None:
    """The day or month the stretch names; 同年 is the year named last before it."""
    year: int | None = None
    for found in _DAY.finditer(bare, 0, span.end):
        year = _year(found) or year
        if found.start() >= span.start and year is not None:
            month, day = number(found["month"]), number(found["day"]) if found["day"] else None
            if month is None or not 1 <= month <= 12:
                return None
            return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")
    return None


def _year(found: re.Match[str]) -> int | None:
    if found["year"]:
        return number(found["year"])
    if found["era"]:
        return _ERAS[found["era"]] + (1 if found["era_year"] == "元" else number(found["era_year"]) or 0)
    return None


class Listed(StrEnum):
    """What the items of a list are to the sentence that lists them."""

    DUTY = "duty"  # 次に掲げる措置を講じ
    CASE = "case"  # 次の各号のいずれかに該当するときは
    EXCEPTION = "exception"  # 次に掲げる場合を除き


_LIST = r"(?:次|下記|以下|左)(?:の各号)?|(?:前|次の)?各号"
_LISTED_OUT = re.compile(
    rf"(?:{_LIST})(?:に掲げる|のいずれかに該当する|に該当する|の)?[^、。]{{0,12}}を除(?:き|く|いて)"
)
_LISTED_CASE = re.compile(
    rf"(?:{_LIST})の?(?:いずれ(?:か|にも)(?:一に)?に?該当|いずれにも適合|に掲げる(?:場合|とき|区分)|に該当(?:する|しない))"
)
_LISTED_STILL = re.compile(r"(?:次|下記|以下|左|各号)(?:に掲げる|のとおり|のいずれか|の[一-龥])")


def listed_as(words: str) -> Listed:
    """What the listed items are to the sentence; a duty's parts where it says two lists.

    >>> listed_as("次に掲げる場合を除き、提供してはならない。").value, listed_as("次に掲げる措置を講じる。").value
    ('exception', 'duty')
    """
    bare = masked(words)
    for role, form in ((Listed.EXCEPTION, _LISTED_OUT), (Listed.CASE, _LISTED_CASE)):
        found = form.search(bare)
        if found and not _LISTED_STILL.search(bare[: found.start()] + bare[found.end() :]):
            return role
    return Listed.DUTY


_EXCEPTED = re.compile(r"[^、。]*(?:場合|もの|とき|者|事項)?を除(?:き|く|いて)(?=、)")
_BRACKETED = re.compile(r"[（(]([^（）()]*を除く)。?[^（）()]*[）)]")


def exceptions(words: str, start: int, until: int) -> tuple[Span, ...]:
    """What the sentence itself leaves out: 「…場合を除き」, 「（…を除く。）」.

    >>> words = "同意がある場合を除き、提供してはならない。"
    >>> [one.of(words) for one in exceptions(words, 0, 17)]
    ['同意がある場合を除き']
    """
    found = [Span(*one.span()) for one in _EXCEPTED.finditer(masked(words), start, until)]
    found += [Span(*one.span(1)) for one in _BRACKETED.finditer(words, start, until)]
    return tuple(sorted(found))


def action(words: str, start: int, until: int, condition: Span | None) -> Span:
    """The act: what stands before the modality, without connective, topic, basis and condition.

    >>> words = "なお、事業者は、法第三条に基づき、規程を整備しなければならない。"
    >>> action(words, 0, 23, None).of(words)
    '規程を整備し'
    """
    bare = masked(words)
    begin = start
    while (comma := bare.find("、", begin, until)) != -1:
        segment = bare[begin:comma]
        in_condition = condition is not None and condition.start <= begin and comma <= condition.end
        if not in_condition and not (_LEAD.match(segment) and comma + 1 < until):
            break
        begin = comma + 1
    named = _NAMED.match(bare, begin, until)
    begin = named.end() if named else begin
    while begin < until and words[begin] in "・ 　\n":
        begin += 1
    tail = _TAIL.search(bare, begin, until)
    return Span(begin, tail.start() if tail and tail.start() > begin else until)


def object_of(words: str, act: Span) -> Span | None:
    """What the act is done to: the last を of its verb, where there is one.

    >>> object_of("台帳等を整備し", Span(0, 7)).of("台帳等を整備し")
    '台帳等'
    """
    bare = masked(words)
    at = bare.rfind("を", act.start, act.end)
    if at == -1 or len(after := bare[at + 1 : act.end]) > _NEAR or _INNER.search(after):
        return None
    begin = max(bare.rfind("、", act.start, at) + 1, act.start)
    begin += max((one.end() for one in _BESIDE.finditer(bare[begin:at])), default=0)
    adverb = _ADVERB.match(bare[begin:at])
    begin += adverb.end() if adverb else 0
    return Span(begin, at) if begin < at else None
