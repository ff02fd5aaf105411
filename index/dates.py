"""Dates in running text: eras and years meet (2015年, 平成27年, and 27年 where the era was said before).

A day is written `2015-05-08`, a month `2015-05`, a year `2015`; a text that names a day names its
month and year too. `Calendar` walks a document and remembers the era and year, so that 27年 and 同年
find theirs; where no era was said, a bare year is read in every era that it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from law.span import Span

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""What is added to a year of the era."""
_INITIALS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_LAST = {"明治": 45, "大正": 15, "昭和": 64, "平成": 31, "令和": 99}

_ERA_YEAR = r"(?P<era>明治|大正|昭和|平成|令和)(?P<era_year>元|\d{1,2})年"
_INITIAL = r"(?<![a-z])(?P<initial>[mtshr])(?P<initial_year>\d{1,2})(?:年|\.(?=\d)(?P<imonth>1[0-2]|0?[1-9])(?!\d))"
_YEAR = r"(?P<year>(?:19|20)\d\d)年"
_BARE = r"(?<![\d.])(?P<bare>[1-9]\d?)年(?![間以前後])(?=度|\d{1,2}月)"
_SAME = r"(?P<same>同年)"
_MONTH = r"(?:度?の?(?P<month>1[0-2]|0?[1-9])月)?(?:(?P<day>3[01]|[12]\d|0?[1-9])日)?"
_SLASHED = r"(?P<syear>(?:19|20)\d\d)[/.\-](?P<smonth>1[0-2]|0?[1-9])(?:[/.\-](?P<sday>3[01]|[12]\d|0?[1-9]))?(?!\d)"
_DATE = re.compile(rf"(?:{_ERA_YEAR}|{_YEAR}|{_INITIAL}|{_BARE}|{_SAME}){_MONTH}|{_SLASHED}")

_PERHAPS = re.compile(r"[\d年]")
"""Without one of these there is no date."""


@dataclass
class Calendar:
    """The era and the year that were said last, walking through a document."""

    era: str | None = None
    year: int | None = None

    def days(self, form: str) -> list[str]:
        """Every day, month and year that a search form names, in order.

        >>> Calendar().days("平成27年5月8日、同年6月")
        ['2015', '2015-05', '2015-05-08', '2015', '2015-06']
        """
        return [day for _, days in self.dated(form) for day in days]

    def dated(self, form: str) -> list[tuple[Span, tuple[str, ...]]]:
        """The same, each with the place where it is written."""
        out: list[tuple[Span, tuple[str, ...]]] = []
        if not _PERHAPS.search(form):
            return out
        for found in _DATE.finditer(form):
            days = tuple(part for year in self._years(found) for part in _parts(year, found))
            if days:
                out.append((Span(*found.span()), days))
        return out

    def _years(self, found: re.Match[str]) -> Iterator[int]:
        read = found.groupdict()
        era = read["era"] or _INITIALS.get(read["initial"] or "")
        if era:
            printed = read["era_year"] or read["initial_year"]
            self.era, self.year = era, ERAS[era] + (1 if printed == "元" else int(printed))
        elif read["year"] or read["syear"]:
            self.year = int(read["year"] or read["syear"])
        elif read["bare"]:
            number = int(read["bare"])
            if self.era is None:
                yield from (ERAS[e] + number for e in ("平成", "令和") if number <= _LAST[e])
                return
            self.year = ERAS[self.era] + number
        if self.year is not None:
            yield self.year


def _parts(year: int, found: re.Match[str]) -> Iterator[str]:
    month = found["month"] or found["smonth"] or found["imonth"]
    day = found["day"] or found["sday"]
    yield f"{year}"
    if month:
        yield f"{year}-{int(month):02d}"
        if day:
            yield f"{year}-{int(month):02d}-{int(day):02d}"


def exact_days(form: str) -> frozenset[str]:
    """The days that a search form names to the day.

    >>> sorted(exact_days("令和7年3月18日、平成27年5月"))
    ['2025-03-18']
    """
    return frozenset(day for day in Calendar().days(form) if len(day) == len("2025-03-18"))


_PAPER = (
    r"\s*(?:付け?)?の?\s*(?:公表|発表|公開|報道|資料(?!流出|漏)|文書|報告書?|通知|通達|事務連絡|告示|勧告|注意喚起|処分|"
    r"指針|ガイドライン|改正(?=版)|版|"
    r"(?:\w+ )?(?:announcement|release|publication|report|paper|document|notice|guideline|decision|version))"
)
_NAMED_BY_DATE = re.compile(_PAPER)
_NAMED_BY_MONTH = re.compile(rf"(?<![年\d])(?P<month>1[0-2]|0?[1-9])月(?:\d{{1,2}}日)?{_PAPER}")


def issued(form: str) -> frozenset[str]:
    """The dates by which a question names a paper, to the day, month or year; `-09` for a month without a year.

    >>> sorted(issued("令和6年9月の公表では")), sorted(issued("9月の公表と2024年1月24日付けの資料"))
    (['2024-09'], ['-09', '2024-01-24'])
    >>> issued("2023年8月5日に行われた対策"), issued("平成29年改正の法律")
    (frozenset(), frozenset())
    >>> sorted(issued("27年5月の公表"))  # an era that is not said may be either
    ['2015-05', '2045-05']
    """
    read = list(Calendar().dated(form))
    named = [days for span, days in read if _NAMED_BY_DATE.match(form, span.end)]
    dated = {day for days in named for day in days if len(day) == max(map(len, days))}
    months = {
        f"-{int(found['month']):02d}"
        for found in _NAMED_BY_MONTH.finditer(form)
        if not any(span.start <= found.start() < span.end for span, _ in read)
    }
    return frozenset(dated | months)


def era_month(iso: str) -> str:
    """A date in the era form of citations: `2017-02` as 平成29年2月; a year alone as 平成29年.

    >>> era_month("2017-02"), era_month("2019-05-01"), era_month("2024")
    ('平成29年2月', '令和元年5月1日', '令和6年')
    """
    year, *rest = (int(part) for part in iso.split("-"))
    month = rest[0] if rest else 12
    day = rest[1] if len(rest) > 1 else 31
    starts = {"令和": (2019, 5, 1), "平成": (1989, 1, 8), "昭和": (1926, 12, 25), "大正": (1912, 7, 30)}
    era = next((name for name, start in starts.items() if (year, month, day) >= start), "明治")
    count = year - ERAS[era]
    written = f"{era}{'元' if count == 1 else count}年"
    return written + "".join(f"{n}{unit}" for n, unit in zip(rest, "月日", strict=False))
