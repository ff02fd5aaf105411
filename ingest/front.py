"""The front of a document or of a part: title, date, authority, addressee, and the words before clause one.

Read from layout and form only; what is not printed stays empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.outline import Paragraph

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_DATE = re.compile(
    r"^(?:(明治|大正|昭和|平成|令和)(元|[0-9]{1,2})|([0-9]{4}))年(?:([0-9]{1,2})月(?:([0-9]{1,2}|[●○〇■Xx＊*]{1,2})日)?)?"
    r"(?:[(（][月火水木金土日][)）])?(?:付け?|改正|一部改正)?$"
)
_BODIES = (
    "委員会|庁|省|局|院|府|部|課|センター|機構|協会|公社|連盟|本部|内閣|審議会|研究所|事務所|裁判所|警察|"
    "大臣|長官|局長|委員長|知事|市長|会社|グループ|組合|銀行|法人|財団"
)
_AUTHORITY = re.compile(rf"^[^、。：:（）()「」0-9]{{2,30}}(?:{_BODIES})$|^(?:株式会社|合同会社|一般社団法人)[^、。]{{1,30}}$")
_ADDRESSEE = re.compile(r"(?:様|各位|御中|殿|皆様へ|皆さまへ|皆様)$")


@dataclass(frozen=True)
class Front:
    """Paragraphs before the first clause. `head` holds title, dates, authorities; `prose` the preamble."""

    head: tuple[Paragraph, ...]
    prose: tuple[Paragraph, ...]
    title: Paragraph | None
    dates: tuple[tuple[Paragraph, str], ...]
    """Paragraphs that are a date, with the ISO date as precise as the print."""
    authorities: tuple[Paragraph, ...]


def read_front(paragraphs: Sequence[Paragraph]) -> Front:
    """Sorts the paragraphs before the first clause."""
    first = next((k for k, p in enumerate(paragraphs) if "。" in p.text), len(paragraphs))
    head, prose = tuple(paragraphs[:first]), tuple(paragraphs[first:])
    dates = tuple((p, iso) for p in head if (iso := iso_date(p.text)))
    authorities = tuple(p for p in head if _AUTHORITY.match(_plain(p.text)))
    said = {id(p) for p, _ in dates} | {id(p) for p in authorities}
    return Front(head, prose, _title([p for p in head if id(p) not in said]), dates, authorities)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _title(candidates: Sequence[Paragraph]) -> Paragraph | None:
    """The largest centred paragraph, the first of equals; else the first that is no address."""
    named = [p for p in candidates if not _ADDRESSEE.search(p.text.strip()) and not _is_subtitle(p)]
    centred = [p for p in named if p.centred]
    pool = centred or [p for p in named if not p.right]
    if not pool:
        return None
    largest = max(p.lines[0].size for p in pool)
    return next(p for p in pool if p.lines[0].size > largest - 0.3)


def _is_subtitle(paragraph: Paragraph) -> bool:
    """【概要資料】, （詳細資料）, （案）: in brackets from end to end."""
    text = paragraph.text.strip()
    return len(text) < 20 and text[0] in "【（(〔[" and text[-1] in "】）)〕]"


def iso_date(text: str) -> str | None:
    """The date a text is, in ISO 8601 and as precise as the print; None when it is no date.

    >>> iso_date("令和６年１月 24日"), iso_date("平成 29 年２月"), iso_date("令和６年９月●日"), iso_date("第１")
    ('2024-01-24', '2017-02', '2024-09', None)
    """
    found = _DATE.match(_plain(text))
    if not found:
        return None
    era, in_era, western, month, day = found.groups()
    year = int(western) if western else _ERAS[era] + (1 if in_era == "元" else int(in_era))
    iso = f"{year:04d}"
    if month and 1 <= int(month) <= 12:
        iso += f"-{int(month):02d}"
        if day and day.isdigit() and 1 <= int(day) <= 31:
            iso += f"-{int(day):02d}"
    return iso
