"""What a question put in English writes in its own way, as a Japanese document writes it: days and large numbers."""

from __future__ import annotations

import re
from decimal import Decimal

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATE = re.compile(
    rf"\b(?:(?P<before>{_DAY})\s+(?:of\s+)?)?{_MONTH}(?:\s+(?P<after>{_DAY}))?(?:,|\s)\s*(?:of\s+)?{_YEAR}\b",
    re.IGNORECASE,
)
_TENS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
_NUMBER = re.compile(
    r"\b(?P<number>\d[\d,]*(?:\.\d+)?)(?:[\s-]*(?P<tens>thousand|million|billion|trillion)\b)?"
    r"(?:\s+(?P<counted>yen|people|persons|individuals|customers|companies|municipalities|months?|items|records))?\b",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"\b(?:(?:articles?|sections?|clauses?|paragraphs?|chapters?)"
    r"|(?:in|since|until|by|during|fiscal|fy)(?=\s+(?:19|20)\d\d$))\s+[\d,.]+$",
    re.IGNORECASE,
)
"""A number that names a provision or a year, whatever word follows it."""
_TELL_US = re.compile(r"\b(?:(?:can|could|would|will) you )?(?:please )?(?:tell|show|find) (?:me|us)\b", re.IGNORECASE)
"""Said to us who answer, and nothing of what is asked."""
_COUNTED = {
    "yen": "円",
    "companies": "社",
    "municipalities": "団体",
    "month": "か月",
    "months": "か月",
    "items": "件",
    "records": "件",
}


def in_japanese(words: str) -> str:
    """The words with their English days and large numbers as a Japanese document writes them, without "tell me".

    >>> in_japanese("ordered on March 18, 2025"), in_japanese("leaked in Sept 2024")
    ('ordered on 2025年3月18日', 'leaked in 2024年9月')
    >>> in_japanese("In 2024 companies reported"), in_japanese("Article 26 people"), in_japanese("1.5 months")
    ('In 2024 companies reported', 'Article 26 people', '1.5 months')
    >>> in_japanese("9.28 million people, 1.08 billion yen, 30 companies, 3 steps")
    '9280000人, 1080000000円, 30社, 3 steps'
    """
    return _NUMBER.sub(_number, _DATE.sub(_date, _TELL_US.sub(" ", words)))


def _date(found: re.Match[str]) -> str:
    month = _MONTHS.index(found["month"][:3].casefold()) + 1
    day = found["before"] or found["after"]
    return f"{found['year']}年{month}月" + (f"{int(re.sub(r'[a-z]+$', '', day.casefold()))}日" if day else "")


def _number(found: re.Match[str]) -> str:
    if not found["tens"] and (not found["counted"] or _NO_COUNT.search(found.string, 0, found.end("number"))):
        return found.group()
    value = Decimal(found["number"].replace(",", "")) * _TENS.get((found["tens"] or "").casefold(), 1)
    if value != value.to_integral_value():
        return found.group()
    counted = (found["counted"] or "").casefold()
    return f"{value:.0f}{_COUNTED.get(counted, '人' if counted else '')}"
