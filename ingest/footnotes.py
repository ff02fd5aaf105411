"""Footnotes tied to the clause that holds their mark.

A mark belongs to a footnote of its page, or of the next when the text ran on over the page's end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.sheet import Footnote, Sorted
from ingest.tree import Node, Outline
from law.document import Finding
from law.span import Box


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark taken out of a line: its figure, and the line as it reads without it."""

    number: str
    line: Line
    boxes: tuple[Box, ...]


def host_footnotes(
    outline: Outline, sheets: Sequence[Sorted], marks: Sequence[Mark]
) -> tuple[dict[int, list[Footnote]], list[Finding]]:
    """Footnotes by the node that holds their mark; on the same page, else the page before."""
    holder = {_place(line): node for node, paragraph in outline.order for line in paragraph.lines}
    by_page: dict[tuple[int, str], Node] = {}
    for mark in marks:
        if _place(mark.line) in holder:
            by_page.setdefault((mark.line.page, unicodedata.normalize("NFKC", mark.number)), holder[_place(mark.line)])
    hosted: dict[int, list[Footnote]] = {}
    findings: list[Finding] = []
    for sheet in sheets:
        for note in sheet.footnotes:
            page = note.lines[0].page
            node = by_page.get((page, note.number)) or by_page.get((page - 1, note.number))
            if node is None:
                node = _last_on(outline, page)
                findings.append(
                    Finding(
                        "footnote-without-mark",
                        f"{page}頁の脚注{note.number}に対応する番号が本文に見つかりません。",
                        f"footnote {note.number} on page {page} has no mark in the text",
                        page,
                    )
                )
            if node is not None:
                hosted.setdefault(id(node), []).append(note)
    return hosted, findings


def _place(line: Line) -> tuple[int, int, int]:
    """What names a line, also when it was cut in two between the labels it begins with."""
    return line.page, line.column, line.order


def _last_on(outline: Outline, page: int) -> Node | None:
    nodes = [node for node, p in outline.order if p.lines[0].page <= page and node is not outline.root]
    return nodes[-1] if nodes else None
