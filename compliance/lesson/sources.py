"""What every export of a course shares: its quotes checked again, its sources by letter, its warning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compliance.course import Course, reviewed
from compliance.quote import Documents, Quote
from index.dates import era_month
from index.excerpt import plain, written_path
from law.document import Document

Pictures = Callable[[Quote], bytes | None]
"""The page of a quote with the quote boxed (PNG or JPEG), or None where there is none."""

UNVERIFIED = "【未照合】"
"""Stands before every quote that is not the words on the page now."""
DISCLAIMER = "根拠（Konkyo）は教材作成の補助であり、法的助言ではありません。引用の前に原本をご確認ください。"


@dataclass(frozen=True)
class Sourced:
    """A course as it is written out now: every quote checked, and the documents they stand in."""

    course: Course
    documents: tuple[Document, ...]

    @property
    def warning(self) -> str:
        """What an export with an unverified quote says at its head; empty where all are verified."""
        count = len(self.course.unverified)
        if not count:
            return ""
        return (
            f"{UNVERIFIED}この教材には、現在の原本と照合できない引用が{count}件あります（版の変更又は文書の削除）。"
            f"該当箇所に{UNVERIFIED}と示し、引用としては扱いません。"
        )

    @property
    def verified(self) -> str:
        """What an export says of its quotes where all are verified."""
        return f"引用{len(self.course.quotes)}件は、すべて原本の文字と照合済みです。"

    def letter(self, document: str) -> str:
        """The letter of a source: Ａ, Ｂ, …; a number after twenty-six."""
        ids = [one.id for one in self.documents]
        if document not in ids:
            return "－"
        at = ids.index(document)
        return chr(ord("Ａ") + at) if at < 26 else str(at + 1)

    def short(self, quote: Quote) -> str:
        """A source in few words: its letter, the clause and the page."""
        return f"{self.letter(quote.document)}　{written_path(quote.clause)}{page_words(quote)}"

    def source_lines(self) -> tuple[str, ...]:
        """The sources, each with its letter."""
        return tuple(f"{self.letter(one.id)}　{_named(one)}" for one in self.documents)


def page_words(quote: Quote) -> str:
    """The page as a citation writes it: 、10頁; the page of the file where none is printed."""
    if quote.page is not None:
        return f"、{quote.page}頁"
    return f"、PDF {quote.pdf_page}頁" if quote.pdf_page is not None else ""


def sourced(course: Course, documents: Documents) -> Sourced:
    """The course with every quote checked now, and its documents in the order in which they are quoted."""
    checked = reviewed(course, documents)
    found = [documents(id) for id in dict.fromkeys(quote.document for quote in checked.quotes)]
    return Sourced(checked, tuple(one for one in found if one is not None))


def subtitle(course: Course) -> str:
    """Whom it is for and how long it takes."""
    return f"対象：{course.audience.value}　所要：{course.minutes}分　テーマ：{course.topic}"


def clock(minutes: Sequence[int]) -> tuple[str, ...]:
    """When each part begins and ends.

    >>> clock((5, 70))
    ('0:00〜0:05', '0:05〜1:15')
    """
    out, start = [], 0
    for length in minutes:
        end = start + length
        out.append(f"{start // 60}:{start % 60:02d}〜{end // 60}:{end % 60:02d}")
        start = end
    return tuple(out)


def _named(document: Document) -> str:
    about = document.about
    authority = "・".join(one.value for one in about.authority)
    date = f"（{era_month(about.date.value)}）" if about.date else ""
    url = f"　{about.url}" if about.url else ""
    return f"{authority}「{plain(document.title)}」{date}{url}"
