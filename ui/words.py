"""How the screens write things: foreign words in labels, dates in both calendars, kinds, grades, sizes."""

from __future__ import annotations

import re

from index.dates import era_month
from law.sentence import Modality

KINDS = {
    "guideline": "指針・ガイドライン",
    "enforcement": "行政上の対応（勧告・指導等）",
    "incident-release": "事案の公表資料",
    "audit-report": "検査・監査の報告",
    "qa": "Ｑ＆Ａ",
    "statute": "法令",
}
"""What the app calls each kind of document."""

GRADES = {
    Modality.MUST: ("義務", "〜なければならない、〜してはならない"),
    Modality.SHALL: ("義務に準ずる定め", "〜こととする、〜ものとする、〜よう求める"),
    Modality.RECOMMEND: ("推奨", "〜望ましい、〜努める"),
    Modality.MAY: ("許容", "〜できる、〜認められる"),
}
"""What the app calls each grade, and the words that carry it."""

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def plain(words: str) -> str:
    """Foreign words for a label or a message, where Streamlit reads Markdown: every mark is escaped.

    >>> plain("**太字** :red[赤]")
    '\\\\*\\\\*太字\\\\*\\\\* \\\\:red\\\\[赤\\\\]'
    """
    return _MARKS.sub(r"\\\1", printable(words))


def printable(words: str) -> str:
    """Words on one line, without characters that control the screen or turn the direction of writing."""
    return " ".join(_CONTROL.sub(" ", words).split())


def short(words: str, most: int) -> str:
    """The words, cut where they are longer than `most`, with the sign that they go on."""
    return words if len(words) <= most else words[: most - 1] + "…"


def both_dates(iso: str | None) -> str:
    """A date in both calendars; the word that none is printed where there is none.

    >>> both_dates("2017-02"), both_dates("2024-01-24")
    ('平成29年2月（2017年2月）', '令和6年1月24日（2024年1月24日）')
    """
    if not iso:
        return "（記載なし）"
    western = "".join(f"{int(part)}{unit}" for part, unit in zip(iso.split("-"), "年月日", strict=False))
    return f"{era_month(iso)}（{western}）"


def kind_name(kind: str | None) -> str:
    """What the app calls a kind of document."""
    return KINDS.get(kind, kind) if kind else "（判別できず）"


def size(count: int) -> str:
    """Bytes in words.

    >>> size(900), size(2_500_000)
    ('1 KB', '2.5 MB')
    """
    if count >= 1e9:
        return f"{count / 1e9:,.1f} GB"
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3)):,} KB"


def where(page: str | None, pdf_page: int | None) -> str:
    """The page as printed and as counted in the file."""
    file = f"PDFの{pdf_page}頁目" if pdf_page else "頁不明"
    return f"{page}頁（{file}）" if page else f"{file}（頁番号の印刷なし）"
