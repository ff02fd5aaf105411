"""The register as tables: all its columns for Excel and CSV, with the legend and the counts beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compliance.duty.levels import LEGEND
from compliance.duty.selection import statistics
from compliance.register import Row
from compliance.writer.sheet import Cell, Column, Sheet, csv_file, workbook

GRADES = {"must": "義務", "shall": "義務に準ずる定め", "recommend": "推奨", "may": "許容"}
"""The grades of the contract in words."""

COLUMNS = (
    Column("番号", 6),
    Column("文書", 24),
    Column("条項", 14),
    Column("頁", 6),
    Column("主体", 16),
    Column("主体の推定", 8),
    Column("強さ", 10),
    Column("表現", 14),
    Column("行為", 36),
    Column("対象", 20),
    Column("条件", 24),
    Column("期限", 16),
    Column("期限日", 12),
    Column("例外", 28),
    Column("緩和する義務の番号", 10),
    Column("細目", 40),
    Column("監督者", 16),
    Column("参照", 20),
    Column("安全管理の区分", 12),
    Column("主題", 16),
    Column("原文", 60),
    Column("照合", 8),
    Column("出典", 40),
    Column("状況", 10),
    Column("担当", 12),
    Column("証跡", 20),
    Column("備考", 20),
    Column("変更前の原文", 40),
)
_NOTE = "原文は原本の文字と照合済み（照合欄）。主体の「推定」は、文に書かれておらず前後の文から補ったもの。"
VERDICTS = {"match": "一致", "mismatch": "不一致", "unchecked": "未照合"}


def register_sheet(rows: Sequence[Row]) -> Sheet:
    """All columns of these rows, numbered in their order."""
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    made = tuple(_cells(row, numbers) for row in rows)
    return Sheet("義務一覧", COLUMNS, made, frozen=3, note=_NOTE)


def _cells(row: Row, numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    own = row.own
    return (
        numbers[row.id],
        row.title,
        row.clause,
        row.page or "",
        row.actor or "",
        "推定" if row.actor_implied else "",
        GRADES[row.grade.value],
        row.level.value,
        row.action,
        row.object,
        "\n".join(one for one in (row.condition or "", *row.cases) if one),
        row.deadline,
        row.deadline_date,
        "\n".join(row.exceptions),
        numbers.get(row.exception_of or ""),
        "\n".join(row.listed),
        row.supervisor,
        "、".join(row.references),
        "・".join(row.categories),
        "、".join(row.topics),
        row.shown,
        VERDICTS[row.verdict.value],
        row.citation,
        own.status,
        own.owner,
        own.evidence,
        own.note,
        row.changed_from,
    )


def legend_sheet() -> Sheet:
    """What each surface says in practice, and where that is said."""
    columns = (Column("表現", 20), Column("強さ", 16), Column("実務上の意味", 60), Column("根拠", 60))
    rows = tuple((level.value, GRADES[one.grade.value], one.told, one.source) for level, one in LEGEND.items())
    return Sheet("凡例", columns, rows, note="文書が用語を自ら定義している場合は、その定義が優先する。")


def counts_sheet(rows: Sequence[Row]) -> Sheet:
    """How many duties there are of each document, grade, surface, actor, category, topic and status."""
    named = {
        "文書": "document",
        "強さ": "grade",
        "表現": "level",
        "主体": "actor",
        "安全管理の区分": "category",
        "主題": "topic",
        "状況": "status",
    }
    counted = statistics(rows)
    made: list[tuple[Cell, ...]] = [("合計", name, number) for name, number in counted["total"].items()]
    for head, key in named.items():
        made += [(head, GRADES.get(name, name), number) for name, number in counted[key].items()]
    return Sheet("件数", (Column("分け方", 18), Column("名称", 60), Column("件数", 8)), tuple(made))


def as_workbook(rows: Sequence[Row]) -> bytes:
    """The register as an Excel file: the duties, the legend, the counts."""
    return workbook([register_sheet(rows), legend_sheet(), counts_sheet(rows)])


def as_csv(rows: Sequence[Row]) -> bytes:
    """The register as CSV for Excel."""
    return csv_file(register_sheet(rows))
