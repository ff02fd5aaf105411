"""The register as a Word file, A4 landscape: a table a document, the duty's own words, the firm's columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from compliance.duty.levels import LEGEND
from compliance.duty.selection import grouped
from compliance.duty.sheet import GRADES
from compliance.register import Row
from compliance.writer.blocks import Block, Heading, Paragraph, Run, Table, Words
from compliance.writer.paper import paper
from index.excerpt import written_path

_HEADS = ("番号", "条項・頁", "主体", "強さ", "義務の内容（原文）", "期限・条件", "状況・担当", "証跡・備考")
_WIDTHS = (0.7, 1.6, 1.7, 1.7, 7.2, 2.2, 1.4, 2.0)
_NOTE = "「推定」は、文に主体が書かれておらず、前後の文から補ったことを示す。原文は原本の文字と照合済みのものに限る。"


def register_paper(rows: Sequence[Row], *, subtitle: str = "") -> bytes:
    """The register as Word: the documents in turn, then the legend of the levels that occur."""
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    blocks: list[Block] = [Paragraph(_NOTE, small=True)]
    for title, held in grouped(rows, "document").items():
        lines = tuple(_line(row, numbers) for row in held)
        blocks += [Heading(title, 2), Paragraph(f"{len(held)}件", small=True), Table(_HEADS, lines, _WIDTHS, size=8.5)]
    blocks += [Heading("凡例：表現の強さ", 2), _legend(rows)]
    return paper("義務一覧", blocks, subtitle=subtitle, landscape=True, foot="義務一覧")


def place(row: Row) -> str:
    """The provision and its page, as a table cell says them."""
    page = f"\n{row.page}頁" if row.page else ""
    return written_path(row.clause) + page


def actor(row: Row) -> str:
    """Who must; marked where the sentence does not say it."""
    if row.actor is None:
        return "（記載なし）"
    return row.actor + ("（推定）" if row.actor_implied else "")


def _line(row: Row, numbers: Mapping[str, int]) -> tuple[Words, ...]:
    own = row.own
    limits = (f"期限：{row.deadline}" if row.deadline else "", f"条件：{row.condition}" if row.condition else "")
    return (
        str(numbers[row.id]),
        place(row),
        actor(row),
        f"{GRADES[row.grade.value]}\n（{row.level.value}）",
        tuple(_duty(row, numbers)),
        "\n".join(one for one in limits if one),
        "\n".join(one for one in (own.status, own.owner) if one),
        tuple(_kept(row)),
    )


def _duty(row: Row, numbers: Mapping[str, int]) -> Iterator[Run]:
    yield Run(row.shown)
    yield from (Run(f"\n　{item}") for item in row.listed)
    if row.cases:
        yield Run("\n次のいずれかの場合：")
    yield from (Run(f"\n　{one}") for one in row.cases)
    for one in row.exceptions:
        yield Run(f"\n例外：{one}")
    if row.exception_of is not None and row.exception_of in numbers:
        yield Run(f"\n（番号{numbers[row.exception_of]}の義務を緩和する定め）")


def _kept(row: Row) -> Iterator[Run]:
    said = "\n".join(one for one in (row.own.evidence, row.own.note) if one)
    if said:
        yield Run(said)
    if row.changed_from is not None:
        yield Run(("\n" if said else "") + "【変更あり】", bold=True)
        place = f"（{written_path(row.moved_from)}）" if row.moved_from else ""
        yield Run(f"変更前{place}：{row.changed_from}")


def _legend(rows: Sequence[Row]) -> Table:
    present = {row.level for row in rows}
    lines = tuple(
        (level.value, GRADES[one.grade.value], one.told, one.source)
        for level, one in LEGEND.items()
        if level in present
    )
    return Table(("表現", "強さ", "実務上の意味", "根拠"), lines, (1.4, 1.2, 4, 4), size=8.5)
