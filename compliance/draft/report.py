"""What the check of a draft found, as a table for Excel and as a report for Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.draft.wordwise import Change, compared
from compliance.verify import Checked, Claim, Finding
from compliance.writer.blocks import Block, Heading, Paragraph, Run, Table, Words
from compliance.writer.paper import paper
from compliance.writer.sheet import Cell, Column, Sheet, workbook

FINDINGS = {
    Finding.MATCH: "一致",
    Finding.MISMATCH: "文言が異なる",
    Finding.NOT_FOUND: "見当たらない",
    Finding.WRONG_PAGE: "頁が違う",
    Finding.WRONG_CLAUSE: "条項が違う",
    Finding.WRONG_DATE: "日付が違う",
    Finding.SUPERSEDED: "旧版",
    Finding.SCATTERED: "中略が不適切",
    Finding.UNCHECKED: "未照合",
}
"""How a finding is said."""
CLAIMS = {Claim.CITATION: "出典", Claim.QUOTATION: "引用"}
"""What is checked, as it is said."""

_COLUMNS = (
    Column("番号", 6),
    Column("行", 6),
    Column("種別", 8),
    Column("判定", 14),
    Column("原稿の記載", 50),
    Column("指摘", 40),
    Column("原文", 50),
    Column("出典", 50),
)


def line_of(text: str, checked: Checked) -> int:
    """The line of the draft on which a claim begins, from 1."""
    return text.count("\n", 0, checked.span.start) + 1


def said(checked: Sequence[Checked]) -> str:
    """The result in one line."""
    if not checked:
        return "出典も引用も見つかりませんでした。"
    faults, unknown, right = (len(group) for group in parted(checked))
    doubts = f"未照合{unknown}件、" if unknown else ""
    return f"{len(checked)}件を確認：指摘{faults}件、{doubts}一致{right}件"


def parted(checked: Sequence[Checked]) -> tuple[list[Checked], list[Checked], list[Checked]]:
    """What is wrong, what could not be checked, and what is right."""
    return (
        [one for one in checked if one.is_fault],
        [one for one in checked if one.finding is Finding.UNCHECKED],
        [one for one in checked if one.finding is Finding.MATCH],
    )


def check_workbook(text: str, checked: Sequence[Checked]) -> bytes:
    """The result as Excel: one row a claim, in the order of the draft."""
    rows = tuple(_row(text, number, one) for number, one in enumerate(checked, start=1))
    return workbook([Sheet("引用チェック", _COLUMNS, rows, 1, said(checked))])


def check_paper(text: str, checked: Sequence[Checked], title: str = "引用チェックの結果") -> bytes:
    """The result as Word: what must be looked at, altered words marked; then what is right."""
    return paper(title, _blocks(text, checked), subtitle=said(checked), landscape=True, foot=title)


def _row(text: str, number: int, one: Checked) -> tuple[Cell, ...]:
    return (
        number,
        line_of(text, one),
        CLAIMS[one.claim],
        FINDINGS[one.finding],
        one.words,
        one.message,
        one.true_text or "",
        one.citation or "",
    )


def _blocks(text: str, checked: Sequence[Checked]) -> Iterator[Block]:
    faults, unknown, right = parted(checked)
    yield Heading(f"指摘　{len(faults)}件")
    if faults:
        heads = ("行", "判定", "原稿の記載", "原文", "指摘と出典")
        yield Table(heads, tuple(_fault(text, one) for one in faults), (0.5, 1.5, 3.6, 3.6, 4.4))
    else:
        yield Paragraph("指摘はありません。")
    if unknown:
        yield Heading(f"未照合　{len(unknown)}件")
        doubts: tuple[tuple[Words, ...], ...] = tuple(
            (str(line_of(text, one)), CLAIMS[one.claim], one.words, one.message) for one in unknown
        )
        yield Table(("行", "種別", "原稿の記載", "理由"), doubts, (0.5, 0.8, 6, 5))
    yield Heading(f"一致　{len(right)}件")
    rows: tuple[tuple[Words, ...], ...] = tuple(
        (str(line_of(text, one)), CLAIMS[one.claim], one.words, _source(one)) for one in right
    )
    if rows:
        yield Table(("行", "種別", "原稿の記載", "出典"), rows, (0.5, 0.8, 6, 5))


def _source(one: Checked) -> str:
    """The citation; below it what a quotation with … leaves out, in its place."""
    whole = f"中略を含む原文：{one.true_text}" if one.is_elided else ""
    return "\n".join(words for words in (one.citation or "", whole) if words)


def _fault(text: str, one: Checked) -> tuple[Words, ...]:
    changes = compared(one.words, one.true_text) if one.finding is Finding.MISMATCH and one.true_text else ()
    draft = _runs(changes, is_draft=True) or one.words
    true = _runs(changes, is_draft=False) or one.true_text or ""
    notes = "\n".join(words for words in (one.message, one.citation or "") if words)
    return str(line_of(text, one)), f"{CLAIMS[one.claim]}：{FINDINGS[one.finding]}", draft, true, notes


def _runs(changes: Sequence[Change], *, is_draft: bool) -> tuple[Run, ...]:
    """One side of a comparison, what differs underlined."""
    sides = ((one.draft if is_draft else one.true, one.is_same) for one in changes)
    return tuple(Run(words, underline=not same, bold=not same) for words, same in sides if words)
