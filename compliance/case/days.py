"""Days that a narrative names: 令和６年１月24日, 同年３月29日, ９月●日, 27年5月, 2022年１月頃から同年３月頃.

A day is written as precisely as the print: `2024-09` for 令和６年９月●日, whose day stays unknown. 同年, 同月
and 同日 mean the day named last. A year without era is read in the one era that the document prints, and
keeps the place where it prints it; in a document of several eras it stays unread. A day without a year (６月９日)
is of the year named last in its clause, else of the document's, as long as it does not come before the one or after
the other; it keeps the place of that year too. The years of laws (平成15年法律第57号, 平成27年改正法) are names,
not days.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from compliance.case.narrative import Narrative, Place, Sentence

_BEFORE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""What is added to a year of the era."""

_YEAR = (
    r"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<era_year>元|\d{1,2})年"  # 令和６年
    r"|(?P<west>(?:19|20)\d\d)年"  # 2024年
    r"|(?P<same>同)年"
    r"|(?<![\d.,第])(?P<bare>[1-9]\d?)年(?=\d{1,2}月))"  # 27年5月
)
_NAME = r"(?!度|間|目|改正|[^\d、。()]{0,6}法律第|政令第|省令第|規則第|条例第)"
_MONTH = r"(?:(?P<month>1[0-2]|0?[1-9])月(?!期(?!間|日))(?:(?P<day>3[01]|[12]\d|0?[1-9])日|●日)?)?"
_DAY = re.compile(
    rf"(?:{_YEAR}{_NAME}{_MONTH}"
    r"|(?P<same_month>同月)(?:(?P<same_day>3[01]|[12]\d|[1-9])日)?"
    r"|(?P<today>同日)"
    r"|(?<=年\d月から)(?P<same_year>1[0-2]|[1-9])月|(?<=年\d\d月から)(?P<also_year>1[0-2]|[1-9])月"  # １月から３月
    r"|(?<![年\d.])(?P<short_month>1[0-2]|[1-9])月(?P<short_day>3[01]|[12]\d|[1-9])日"  # ６月９日
    r"|(?<![年\d.])(?P<late_month>1[0-2]|[1-9])月(?=[上中下]旬|末|中に)"  # ２月末
    r"|(?<=日[、・])(?P<next>3[01]|[12]\d|[1-9])日)"  # 12月７日、８日
    r"(?:\([月火水木金土日]\))?(?P<about>頃|ごろ|[上中下]旬|末)?"
)
_LAW_YEAR = re.compile(r"[^\d、。()]{0,6}\d{0,2}月?\d{0,2}日?[^\d、。()]{0,6}(?:法律|政令|省令|規則|条例)第")
_ERA = re.compile(r"(明治|大正|昭和|平成|令和)(?:元|\d{1,2})年")
_FROM = re.compile(r"^(?:までの間)?(?:から|より|~|-|以降、)$|^[^、。]{0,60}てから$")
_BEGAN = re.compile(r"^から、[^。]{4,80}(?:り|て|し|い)、$")
_TO = re.compile(r"^(?:までの?|にかけて|の間|に(?!は))")
_AND = re.compile(r"^(?:及び|および|、|・|並びに)$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year, in ISO as precisely as printed, and where it stands in its sentence."""

    value: str
    start: int
    end: int
    is_about: bool = False
    evidence: Place | None = None
    """Where the era, or the year, was read that the day itself does not name."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in ISO, an interval, or a term as printed; and the words that say it."""

    value: str
    place: Place
    evidence: Place | None = None
    """Where the era was read, when the date does not name it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another; one of them is open in 2007年10月以降."""

    start: str | None
    end: str | None
    first: int
    last: int
    evidence: Place | None = None

    @property
    def value(self) -> str:
        """The stretch as ISO 8601 writes an interval."""
        return f"{self.start or ''}/{self.end or ''}"


@dataclass(slots=True)
class Days:
    """The days of each sentence of a narrative."""

    narrative: Narrative
    era: tuple[str, Place] | None = None
    _last: list[int] = field(default_factory=list)
    _at: Place | None = None
    """Where the day named last stands."""
    _issued: tuple[list[int], Place] | None = None
    """The day of the document, where one is printed."""
    _of: dict[int, tuple[Day, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.era = _only_era(self.narrative)
        self._issued = _issued(self.narrative)
        for sentence in self.narrative.sentences:
            self._of[sentence.start] = tuple(self._read(sentence))

    def of(self, sentence: Sentence) -> tuple[Day, ...]:
        """The days a sentence names, in order."""
        return self._of.get(sentence.start, ())

    def _read(self, sentence: Sentence) -> Iterator[Day]:
        for found in _DAY.finditer(sentence.text):
            if _LAW_YEAR.match(sentence.text, found.end()) or "法律第" in found.group():
                continue
            short = _numbers(found["short_month"] or found["late_month"], found["short_day"])
            parts, evidence = self._in_its_year(sentence, short) if short else self._parts(found)
            if parts:
                self._last, self._at = parts, sentence.place(*found.span())
                value = "-".join(f"{part:02d}" for part in parts)
                yield Day(value, *found.span(), bool(found["about"]), evidence)

    def _parts(self, found: re.Match[str]) -> tuple[list[int], Place | None]:
        """Year, month and day as far as they are printed or meant by 同."""
        read = found.groupdict()
        last = self._last
        if read["today"]:
            return list(last), None
        if read["next"]:
            return ([*last[:2], int(read["next"])] if len(last) > 1 else []), None
        month = read["same_year"] or read["also_year"]
        if month:
            return ([last[0], int(month)] if last else []), None
        if read["same_month"]:
            return ([*last[:2], *_numbers(read["same_day"])] if len(last) > 1 else []), None
        evidence = self.era[1] if read["bare"] and self.era else None
        year = self._year(read)
        return ([year, *_numbers(read["month"], read["day"])] if year else []), evidence

    def _in_its_year(self, sentence: Sentence, day: list[int]) -> tuple[list[int], Place | None]:
        """A day without a year with the year that fits it, and where that year stands."""
        if self._at is not None and self._at.clause == sentence.clause.path and day >= self._last[1:]:
            return [self._last[0], *day], self._at
        if self._issued is not None and day <= self._issued[0][1:]:
            return [self._issued[0][0], *day], self._issued[1]
        return [], None

    def _year(self, read: dict[str, str | None]) -> int | None:
        if read["era"]:
            printed = read["era_year"] or ""
            return _BEFORE[read["era"]] + (1 if printed == "元" else int(printed))
        if read["west"]:
            return int(read["west"])
        if read["same"]:
            return self._last[0] if self._last else None
        return _BEFORE[self.era[0]] + int(read["bare"] or 0) if self.era else None


def stretches(text: str, days: Sequence[Day]) -> Iterator[Stretch]:
    """The stretches a sentence names: A から B まで, A から B にかけて, A 以降.

    A list of days (12月７日、８日) is no stretch; see `span_of`.
    """
    for first, second in itertools.pairwise(days):
        if _FROM.match(text[first.end : second.start]):
            evidence = first.evidence or second.evidence
            yield Stretch(first.value, second.value, first.start, second.end, evidence)
    for first, second in itertools.pairwise(days):  # 10月頃から、…となっており、３月末までに
        if _BEGAN.match(text[first.end : second.start]) and text.startswith("まで", second.end):
            yield Stretch(first.value, second.value, first.start, second.end, first.evidence or second.evidence)
    for day in days:
        since = re.match(r"(?:の[^、。]{1,15}?)?以(?:降|来)", text[day.end :])
        if since:
            yield Stretch(day.value, None, day.start, day.end + since.end(), day.evidence)


def span_of(text: str, days: Sequence[Day]) -> str | None:
    """When something was done: a day, or the first and last of days that belong together.

    `2023-12-07/2023-12-08` for 12月７日、８日; `2016-08/2016-09` for 28年8月から同年9月まで.
    """
    if not days:
        return None
    first = last = days[0]
    for day in days[1:]:
        between = text[last.end : day.start]
        if not (_AND.match(between) or _FROM.match(between)) or day.value < last.value:
            break
        last = day
    return first.value if first is last else f"{first.value}/{last.value}"


def dated(sentence: Sentence, days: Sequence[Day], extra: int = 0) -> Dated:
    """The date that some days of a sentence are together; `extra` characters behind it belong to its words (までに)."""
    value = span_of(sentence.text, days) or ""
    last = days[0]
    for day in days[1:]:
        if value.endswith(day.value) and "/" in value:
            last = day
    end = min(last.end + extra, len(sentence.text))
    return Dated(value, sentence.place(days[0].start, end), days[0].evidence)


def _only_era(narrative: Narrative) -> tuple[str, Place] | None:
    found: dict[str, Place] = {}
    for sentence in narrative.sentences:
        for match in _ERA.finditer(sentence.text):
            found.setdefault(match.group(1), sentence.place(*match.span()))
    return next(iter(found.items())) if len(found) == 1 else None


def _issued(narrative: Narrative) -> tuple[list[int], Place] | None:
    date = narrative.document.about.date
    parts = [int(part) for part in date.value.split("-")] if date else []
    span = date.span if date else None
    within = next((s for s in narrative.sentences if span is not None and span in s.place().span), None)
    return (parts, Place(within.clause.path, span)) if len(parts) == 3 and within and span else None


def _numbers(*printed: str | None) -> list[int]:
    return [int(one) for one in printed if one]
