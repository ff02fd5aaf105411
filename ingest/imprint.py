"""The imprint of a document: the lines that name its date and its authority, known by their form alone."""

from __future__ import annotations

import re
import unicodedata

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_DATE = re.compile(
    r"^(?:(明治|大正|昭和|平成|令和)(元|[0-9]{1,2})|([0-9]{4}))年(?:([0-9]{1,2})月(?:([0-9]{1,2}|[●○〇■Xx＊*]{1,2})日)?)?"
    r"(?:[(（][月火水木金土日][)）])?(?:付け?|改正|一部改正)?$"
)
_BODIES = (
    "委員会|協議会|連絡会|連合会|懇談会|研究会|検討会|会議|庁|省|局|院|府|部|課|センター|機構|協会|公社|連盟|本部|内閣|審議会|研究所|事務所|裁判所|警察|"
    "大臣|長官|局長|委員長|知事|市長|会社|グループ|組合|銀行|法人|財団"
)
_AUTHORITY = re.compile(
    rf"^[^、。：:（）()「」0-9]{{2,30}}(?:{_BODIES})$|^(?:株式会社|合同会社|一般社団法人)[^、。]{{1,30}}$"
    r"|^[一-龥々ぁ-んァ-ヶー]{1,7}[都道府県市区町村]$"
)

_ANYBODY = re.compile(
    r"^(?:各|全|対象|関係|該当|当該|全国の|その他の|管下の?|管内の?)*"
    r"(?:[都道府県市区町村・･及びと]|特別区|(?:政令|指定|中核|特例)+都?市|保健所設置市)+(?:知事|長)?$"
    r"|^各(?:都道府県|道府県|府県|市区?町村|区市町村|指定都市|中核市|特別区|保健所設置市)"
)
"""Towns and prefectures that nobody names, to which papers are addressed: 各都道府県, 全国の市町村, 特別区."""
_WITH_BODY = re.compile(r"^[（(]?(?P<date>[^（）()]{4,20}[月日])[)）]?[ 　]*(?P<body>[^ 　（）()、。]{2,30})$")
_BEHIND_TITLE = re.compile(r"[（(](?P<date>[^（）()]{4,20}日)[)）]$")


def plain(text: str) -> str:
    """The words in one width, without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_authority(text: str) -> bool:
    """Whether a line is the name of a body and nothing else: 個人情報保護委員会, 株式会社…"""
    words = plain(text)
    is_body = _AUTHORITY.match(words) is not None and not _ANYBODY.match(words)
    return is_body and not re.search(r"及び|に対|について|に関|における|等の", words)


def issued(text: str) -> tuple[str, str] | None:
    """The date and the body (or none) that a line names beside other words, as printed.

    >>> issued("（令和７年３月５日）公正取引委員会"), issued("行政上の対応について（令和７年６月25日）")
    (('令和７年３月５日', '公正取引委員会'), ('令和７年６月25日', ''))
    """
    found = _WITH_BODY.match(text) or _BEHIND_TITLE.search(text)
    if found is None or iso_date(found["date"]) is None:
        return None
    body = found.groupdict().get("body") or ""
    return (found["date"], body) if not body or is_authority(body) else None


def stands_alone(text: str) -> bool:
    """Whether a line is a date or a body: it never goes on in the next."""
    return (
        is_authority(text) or iso_date(text) is not None or (_WITH_BODY.match(text) is not None and bool(issued(text)))
    )


def iso_date(text: str) -> str | None:
    """The date a text is, in ISO 8601 and as precise as the print; None when it is no date.

    >>> iso_date("令和６年１月 24日"), iso_date("平成 29 年２月"), iso_date("令和６年９月●日"), iso_date("第１")
    ('2024-01-24', '2017-02', '2024-09', None)
    """
    found = _DATE.match(plain(text))
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
