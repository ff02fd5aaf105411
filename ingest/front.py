"""The front of a document or of a part: title, date, authority, addressee, and the words before clause one.

Read from layout and form only; what is not printed stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.imprint import is_authority, iso_date
from ingest.tree import Paragraph

_ADDRESSEE = re.compile(r"(?:様|各位|御中|殿|皆様へ|皆さまへ|皆様)$")

_STAMP = re.compile(r"^(?:.|事務連絡|通達|通知|別添|写し)$")
"""What is printed above a title and names only the form of the paper, or is a single letter of a stamp."""


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
    authorities = tuple(p for p in head if is_authority(p.text))
    said = {id(p) for p, _ in dates} | {id(p) for p in authorities}
    return Front(head, prose, _title([p for p in head if id(p) not in said]), dates, authorities)


def _title(candidates: Sequence[Paragraph]) -> Paragraph | None:
    """The largest centred paragraph, the first of equals; else the first that is no address."""
    named = [
        p
        for p in candidates
        if not (_ADDRESSEE.search(p.text.strip()) or _is_subtitle(p) or _STAMP.match("".join(p.text.split())))
    ]
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
