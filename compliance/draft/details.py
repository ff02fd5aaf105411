"""What stands behind a name or a clause label: pages, a date, and what looks like either but is not understood.

Words are in one width (`law.mention.one_width`), line breaks as spaces. Nothing is guessed: pages and dates that
cannot be read are handed on as unread, never dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from index.dates import ERAS


@dataclass(frozen=True, slots=True)
class Details:
    """Pages as written (both ends of a range), the date in ISO 8601, and where reading stopped."""

    end: int
    pages: tuple[str, ...] = ()
    is_pdf_page: bool = False
    date: str | None = None
    is_date_possible: bool = True
    unread: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was there."""
        return not (self.pages or self.date or self.unread)


DATE = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<eyear>元|\d{1,2})年|(?P<year>(?:19|20)\d\d)年)"
    r"(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?"
    r"|(?P<syear>(?:19|20)\d\d)[./](?P<smonth>\d{1,2})(?:[./](?P<sday>\d{1,2}))?(?!\d)"
)
_DATED = re.compile(r"(?:時点|付け?|制定|最終改正|改正|改定|改訂|策定|公表|発出|施行|版)*(?=[、。, ]|$)")
_NUMBER = r"\d{1,4}"
_PAGE = r"[ ]?(?:頁|ページ)"
_PAGES = re.compile(
    rf"(?P<pdf>PDF[ ]?)?(?:第?(?P<listed>(?:{_NUMBER}(?:~{_NUMBER})?(?:、|,|・|及び)[ ]?)*"
    rf"{_NUMBER}(?:[ ]?(?:-|~|から)[ ]?{_NUMBER})?){_PAGE}"
    rf"(?P<more>(?:[ ]?(?:-|~|から|、|,|・|及び)[ ]?第?{_NUMBER}(?:[-~]{_NUMBER})?{_PAGE})*)"
    rf"|[pP]{{1,2}}\.?[ ]?(?P<latin>{_NUMBER}(?:[-~]{_NUMBER})?"
    rf"(?:[、,・][ ]?{_NUMBER}(?:~{_NUMBER})?(?=[)、。,」]|$))*))"
)
_LEAD = re.compile(r"[、, の]{0,3}")
_NUMERAL = r"[\d一二三四五六七八九十百千〇]{1,6}"
_LIKE_LABEL = rf"第?{_NUMERAL}[ ]?(?:章|節|編|款|目(?!的|次|標)|条|項(?!目)|号|段落)|\d+(?:-\d+)+"
_LIKE_PAGE = (
    rf"(?:PDF[ ]?)?第?{_NUMERAL}(?:[~、,・]{_NUMERAL})*(?:-{_NUMERAL})?{_PAGE}|(?:頁|ページ)[ ]?\d|[pP]{{1,2}}\.[ ]?\S"
)
_LIKE_DATE = r"(?:明治|大正|昭和|平成|令和)[元\d一二三四五六七八九十]|[MTSHR]\d{1,2}[.年/]|(?:19|20)\d\d[年./-]"
_UNREAD = re.compile(rf"[ の]{{0,2}}(?P<label>{_LIKE_LABEL})|[、, の(]{{0,3}}(?P<page>{_LIKE_PAGE})")
_UNREAD_INSIDE = re.compile(rf"(?:{_LIKE_DATE}|{_LIKE_PAGE}|(?!\d+-)(?:{_LIKE_LABEL}))[^、。,]*")
_LONGEST_BRACKET = 200
"""Characters in brackets that are read; more are prose."""


def details(words: str, at: int) -> Details:
    """What is read from this place on, in brackets or not.

    >>> details("、99~100頁による", 0).pages, details("(令和3年4月、2頁)", 0).date
    (('99', '100'), '2021-04')
    """
    found = Details(at)
    while True:
        start = _lead(words, found.end)
        close = words.find(")", start, start + _LONGEST_BRACKET)
        pages = _PAGES.match(words, start)
        if words.startswith("(", start) and close != -1:
            inside = in_brackets(words[start + 1 : close])
            if inside.is_empty:
                break
            found = _with(found, replace(inside, end=close + 1))
        elif pages and not found.pages:
            found = _with(found, _paged(pages))
        else:
            break
    unread = _UNREAD.match(words, found.end)
    if unread and not found.unread:
        return replace(found, unread=unread["label"] or unread["page"])
    return found


def in_brackets(words: str) -> Details:
    """What stands between brackets; empty where they hold something else.

    >>> in_brackets("pp.9-10").pages, in_brackets("平成60年13月").is_date_possible, in_brackets("R3.4").unread
    (('9', '10'), False, 'R3.4')
    """
    if len(words) > _LONGEST_BRACKET:
        return Details(len(words))
    pages = next((found for found in _PAGES.finditer(words) if found.end() == len(words) and _begins(found)), None)
    rest = words[: pages.start()].rstrip("、, ") if pages else words
    read = _paged(pages) if pages else Details(len(words))
    if not rest:
        return read
    dated = DATE.match(rest)
    after = _DATED.match(rest, dated.end()) if dated else None
    if dated and after:
        iso = iso_of(dated)
        unread = _UNREAD_INSIDE.match(rest, _lead(rest, after.end()))
        return replace(read, date=iso, is_date_possible=is_date(dated), unread=unread.group() if unread else None)
    unread = _UNREAD_INSIDE.match(rest)
    return Details(len(words), unread=unread.group() if unread else None)


def iso_of(found: re.Match[str]) -> str:
    """The date in ISO 8601, as precise as it is written."""
    if found["era"]:
        year = ERAS[found["era"]] + (1 if found["eyear"] == "元" else int(found["eyear"]))
    else:
        year = int(found["year"] or found["syear"])
    rest = (found["month"] or found["smonth"], found["day"] or found["sday"])
    return "-".join([str(year), *(f"{int(part):02d}" for part in rest if part)])


def is_date(found: re.Match[str]) -> bool:
    """Whether there is such a day, month or year: no 平成60年, no 13月."""
    year, month, day = (int(part) for part in (*iso_of(found).split("-"), "1", "1")[:3])
    lasts = {"明治": 45, "大正": 15, "昭和": 64, "平成": 31}
    if found["era"] and not 1 <= year - ERAS[found["era"]] <= lasts.get(found["era"], 99):
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _lead(words: str, at: int) -> int:
    found = _LEAD.match(words, at)
    return found.end() if found else at


def _begins(found: re.Match[str]) -> bool:
    return found.start() == 0 or found.string[found.start() - 1] in "、, 。"


def _paged(found: re.Match[str]) -> Details:
    written = (found["listed"] or found["latin"] or "") + " " + (found["more"] or "")
    return Details(found.end(), tuple(re.findall(r"\d+", written)), bool(found["pdf"]))


def _with(found: Details, more: Details) -> Details:
    return Details(
        more.end,
        found.pages or more.pages,
        found.is_pdf_page or more.is_pdf_page,
        found.date or more.date,
        found.is_date_possible and more.is_date_possible,
        found.unread or more.unread,
    )
