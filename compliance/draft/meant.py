"""What a citation means in a document: the clauses of its label, and whether its date is the document's."""

from __future__ import annotations

import re

from compliance.draft.checked import Finding
from compliance.draft.reading import Cited
from compliance.scale import folded
from index.dates import era_month
from index.excerpt import written_path
from law.document import Clause, Document
from law.label import normal_label
from law.mention import one_width
from law.outline import find_clauses

_ANNEXED = re.compile(r"^((?:資料|別添|別紙|別表|様式)第?\d+(?:-\d+)*)[、の \u3000]+")


def clauses_of(document: Document, label: str) -> tuple[Clause, ...]:
    """The clauses a written label means: as our own citations write it, else as `find_clauses` reads it.

    A note or footnote at its end is looked for below them.
    """
    written = [clause for clause in document.clauses if folded(written_path(clause.path)) == folded(label)]
    if written:
        return tuple(written)
    for tail in ("本文", "ただし書き", "ただし書", "なお書き", "なお書", "柱書"):
        label = label.removesuffix(tail).removesuffix("の")
    label = _ANNEXED.sub(r"\1>", one_width(label))
    cut = max(label.rfind("(注"), label.rfind("注") if "(注" not in label else -1, label.rfind("※"))
    if label.endswith("答"):
        cut = len(label) - 1
    cut = label.rfind("脚注") if "脚注" in label else cut
    if cut <= 0:
        return find_clauses(document, label)
    wanted = normal_label(label[cut:]).strip("()")
    return tuple(
        child
        for clause in find_clauses(document, label[:cut].rstrip("の"))
        for child in document.children.get(clause.path, ())
        if normal_label(child.label).strip("()") == wanted
    )


def dated(document: Document, cited: Cited) -> tuple[Finding, str]:
    """Whether the date that is cited exists and is the document's."""
    if not cited.is_date_possible:
        known = f"この文書の日付は{date_of(document)}です。" if document.about.date else ""
        return Finding.WRONG_DATE, f"この日付は存在しません。{known}"
    if cited.date and not agrees(document, cited.date):
        return Finding.WRONG_DATE, f"この文書の日付は{date_of(document)}です。"
    if cited.date and document.about.date is None:
        return Finding.UNCHECKED, "文書の日付が分からないため、日付は照合していません。"
    if cited.date and document.about.date and len(cited.date) > len(document.about.date.value):
        return Finding.UNCHECKED, f"この文書の日付は{date_of(document)}までしか分かりません。"
    return Finding.MATCH, ""


def agrees(document: Document, date: str) -> bool:
    """Whether a date is the document's, as precise as both are; an unknown one is not against it."""
    known = document.about.date.value if document.about.date else None
    return known is None or known.startswith(date) or date.startswith(known)


def date_of(document: Document) -> str:
    """The date in both calendars: 令和8年4月（2026年4月）."""
    value = document.about.date.value if document.about.date else ""
    western = "".join(f"{int(part)}{unit}" for part, unit in zip(value.split("-"), "年月日", strict=False) if part)
    return f"{era_of(document)}（{western}）" if western else era_of(document)


def era_of(document: Document) -> str:
    """The date as a citation writes it: 令和8年4月."""
    return era_month(document.about.date.value) if document.about.date else "日付なし"
