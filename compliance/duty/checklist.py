"""The self-inspection checklist (点検表): a line a duty, its listed items as lines of their own, boxes to tick.

Permissions are no lines: one that relaxes a duty stands with it. A line's words are the provision's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.duty.paper import actor
from compliance.duty.selection import grouped
from compliance.duty.sheet import GRADES
from compliance.register import Row
from compliance.writer.blocks import Block, Heading, Paragraph, Run, Table, Words
from compliance.writer.paper import paper
from compliance.writer.sheet import Column, Sheet, csv_file, workbook
from index.excerpt import written_path
from law.sentence import Modality

VERDICTS = ("適", "否", "非該当")
"""What an inspector decides."""

_HEADS = ("番号", "点検項目（原文）", "根拠条項", "頁", "判定", "証跡", "備考")
_WIDTHS = (0.8, 7.4, 1.9, 0.6, 2.4, 2.1, 2.1)
_BOXES = " ".join(f"□{one}" for one in VERDICTS)
_NOTE = "判定は、適・否・非該当のいずれかによる。「否」の場合は、備考に改善の内容及び期限を記載する。"


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the checklist: a duty, or a listed item of the one above it."""

    number: str
    words: str
    remark: str
    clause: str
    page: str
    evidence: str
    note: str
    is_item: bool = False


def points(rows: Sequence[Row]) -> tuple[Point, ...]:
    """The lines of these duties in their order, numbered 1, 1-1, 1-2, 2 …"""
    out: list[Point] = []
    duties = [row for row in rows if row.grade is not Modality.MAY]
    for number, row in enumerate(duties, 1):
        out += _points(str(number), row, [one for one in rows if one.exception_of == row.id])
    return tuple(out)


def _points(number: str, row: Row, relaxing: Sequence[Row]) -> Iterator[Point]:
    remark = [f"主体：{actor(row)}", f"強さ：{GRADES[row.grade.value]}（{row.level.value}）"]
    remark += [f"期限：{row.deadline}"] if row.deadline else []
    remark += [f"場合：{one}" for one in row.cases]
    remark += [f"例外：{one}" for one in row.exceptions]
    remark += [f"緩和：{one.shown}" for one in relaxing]
    clause, page = written_path(row.clause), row.page or ""
    yield Point(number, row.shown, "／".join(remark), clause, page, row.own.evidence, row.own.note)
    for at, (item, path) in enumerate(zip(row.items, row.item_clauses, strict=True), 1):
        yield Point(f"{number}-{at}", item, "", written_path(path), page, "", "", is_item=True)


def checklist_sheet(rows: Sequence[Row]) -> Sheet:
    """The checklist as a table; the decision is chosen from a list."""
    columns = (
        Column("番号", 8),
        Column("点検項目（原文）", 60),
        Column("主体・強さ・期限・例外", 36),
        Column("根拠条項", 16),
        Column("頁", 6),
        Column("判定", 10, VERDICTS),
        Column("証跡", 24),
        Column("備考", 24),
    )
    lines = tuple(
        (one.number, one.words, one.remark, one.clause, one.page, None, one.evidence, one.note) for one in points(rows)
    )
    return Sheet("点検表", columns, lines, frozen=2, note=_NOTE)


def checklist_workbook(rows: Sequence[Row]) -> bytes:
    """The checklist as an Excel file."""
    return workbook([checklist_sheet(rows)])


def checklist_csv(rows: Sequence[Row]) -> bytes:
    """The checklist as CSV."""
    return csv_file(checklist_sheet(rows))


def checklist_paper(rows: Sequence[Row]) -> bytes:
    """The checklist as Word, A4 landscape: a table a document, with boxes to tick and room to write."""
    blocks: list[Block] = [
        Paragraph("点検日：　　　　年　　月　　日　　　点検者：　　　　　　　　　　　　承認者：　　　　　　　　　　"),
        Paragraph(_NOTE, small=True),
    ]
    for title, held in grouped(rows, "document").items():
        made = points(held)
        if made:
            lines = tuple(_line(one) for one in made)
            blocks += [Heading(title, 2), Table(_HEADS, lines, _WIDTHS, size=9)]
    return paper("自己点検表", blocks, landscape=True, foot="自己点検表")


def _line(one: Point) -> tuple[Words, ...]:
    words: tuple[Run, ...] = (Run(("　" if one.is_item else "") + one.words),)
    if one.remark:
        words += (Run(f"\n［{one.remark}］"),)
    return (one.number, words, one.clause, one.page, _BOXES, one.evidence, one.note)
