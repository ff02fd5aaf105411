"""Cases as tables for a spreadsheet: one a kind of fact, the quotation and its page in columns of their own.

Only a quotation that matches the page is written out. Corrected cells carry the words that stand and the
machine's beside them; the record of corrections is a table too, and comes back with `corrections_sheet`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from compliance.case.contract import quote_json
from compliance.case.corrections import Correction
from compliance.case.entries import Entry, basis_words, entries, entry_of, violation_words, when
from compliance.case.narrative import Place
from compliance.case.reconcile import Check, Outcome
from compliance.cases import Case
from compliance.comparison import Comparison, matrix, timeline
from compliance.writer.sheet import Cell, Column, Sheet
from law.document import Document

_VERDICTS = {"match": "一致", "mismatch": "不一致", "unchecked": "未照合"}
Documents = Callable[[str], Document]
"""Gives a document by its id."""
_HEAD = (Column("事案", 26), Column("処分庁", 16), Column("文書", 18))
_QUOTE = (Column("引用（原文）", 60), Column("条項", 24), Column("頁", 8), Column("PDF頁", 7), Column("照合", 8))
_SAID = (Column("判断", 9), Column("訂正後", 30), Column("記録者", 12), Column("記録日", 12), Column("理由", 24))
_RULED = (_SAID[0], _SAID[2], _SAID[3])
"""What people said, where the words that stand have a column of their own."""
OUTCOMES = {
    Outcome.HOLDS: "一致",
    Outcome.HOLDS_ROUNDED: "一致（余・約の範囲）",
    Outcome.DIFFERS: "不一致（要確認）",
}
"""What a check of figures came to, in words."""


def case_sheets(
    comparison: Comparison, documents: Documents, checks: Sequence[Check], record: Sequence[Correction]
) -> tuple[Sheet, ...]:
    """The tables of a comparison, in the order of a case sheet."""
    made = _Tables(comparison, documents)
    return (
        made.facts(),
        made.affected(),
        made.violations(),
        made.measures(),
        made.deficiencies(),
        made.categories(),
        made.causes(),
        made.remedies(),
        made.timeline(),
        made.checks(checks),
        corrections_sheet(record, {case.id for case in comparison.cases}),
    )


def facts_sheet(comparison: Comparison, documents: Documents) -> Sheet:
    """All facts of all cases, a row each: the one table that holds everything, for a CSV."""
    return _Tables(comparison, documents).facts()


def corrections_sheet(record: Sequence[Correction], cases: set[str] | None = None) -> Sheet:
    """Everything that people said of the cases (of all where none are named), the oldest first."""
    columns = (
        *(Column("番号", 6), Column("日時（UTC）", 20), Column("判断", 9), Column("事案", 40), Column("事実", 16)),
        *(Column("読取り（機械）", 40), Column("条項", 24), Column("訂正後", 40)),
        *(Column("記録者", 14), Column("理由", 30)),
    )
    mine = (one for one in record if cases is None or one.cell.case in cases)
    return Sheet("訂正の記録", columns, tuple(_correction(one) for one in mine), frozen=1)


def _correction(one: Correction) -> tuple[Cell, ...]:
    cell = one.cell
    return (
        one.number, one.at, one.ruling.value, cell.case, cell.fact, cell.words, cell.clause,
        one.words, one.who, one.why,
    )  # fmt: skip


class _Tables:
    """Makes the tables of one comparison."""

    def __init__(self, comparison: Comparison, documents: Documents) -> None:
        self._comparison = comparison
        self._documents = documents
        self._said = {one.key: one for one in comparison.entries if one.correction}

    def facts(self) -> Sheet:
        columns = (*_HEAD, Column("事実", 16), Column("内容", 50), Column("読取り（機械）", 30), *_RULED, *_QUOTE)
        rows = []
        for case, column in zip(self._comparison.cases, self._comparison.columns, strict=True):
            for entry in column:
                machine = entry.words if entry.said != entry.words else ""
                said = (entry.fact, entry.said, machine, *_signed(entry))
                rows.append((*_head(case), *said, *self._quote(case, entry.place)))
        return Sheet("事実", columns, tuple(rows), frozen=1, note="空欄は、文書に記載がないもの。●は原文で不明のもの。")

    def affected(self) -> Sheet:
        columns = (
            *_HEAD,
            *(Column("値", 14), Column("単位", 8), Column("限定（約・余・以上・延べ等）", 14), Column("印字", 18)),
            *(Column("範囲", 40), *_SAID, *_QUOTE),
        )
        standing = {(case.id, one) for case in self._comparison.counted for one in case.affected}
        rows = (
            (
                *_head(case), one.value if (case.id, one) in standing else None,
                one.unit, one.qualifier, one.printed, one.scope,
                *self._ruled(case, "影響を受けた人数・件数", one), *self._quote(case, one.place),
            )
            for case in self._comparison.kept
            for one in case.affected
        )  # fmt: skip
        return Sheet("影響人数", columns, tuple(rows), frozen=1, note="範囲の異なる人数・件数は合算していません。")

    def violations(self) -> Sheet:
        numbers = (Column("法令", 34), Column("条", 8), Column("項", 6), Column("号", 6), Column("版", 16))
        columns = (*_HEAD, Column("違反した規定", 40), *numbers, *_SAID, *_QUOTE)
        rows = (
            (
                *_head(case), violation_words(one), "、".join(one.laws), one.article, one.paragraph, one.item,
                one.version, *self._ruled(case, "違反した規定", one), *self._quote(case, one.place),
            )
            for case in self._comparison.kept
            for one in case.violations
        )  # fmt: skip
        return Sheet("違反", columns, tuple(rows), frozen=1)

    def measures(self) -> Sheet:
        columns = (
            *_HEAD,
            *(Column("措置", 14), Column("根拠規定", 40), Column("日付", 24), Column("日付（ISO）", 12)),
            *(Column("期限", 24), *_SAID, *_QUOTE),
        )
        rows = (
            (
                *_head(case), one.kind, basis_words(one), when(one.date.value) if one.date else None,
                one.date.value if one.date else None, when(one.deadline.value) if one.deadline else None,
                *self._ruled(case, "措置", one), *self._quote(case, one.place),
            )
            for case in self._comparison.kept
            for one in case.measures
        )  # fmt: skip
        return Sheet("措置", columns, tuple(rows), frozen=1)

    def deficiencies(self) -> Sheet:
        chain = (Column("規範", 50), Column("事実（認定）", 60), Column("評価", 50), Column("結論", 50))
        columns = (*_HEAD, Column("区分", 14), Column("区分の根拠", 12), *chain, *_SAID, *_QUOTE)
        rows = (
            (
                *_head(case), one.category, "印字" if one.is_printed else "読取り",
                one.norm.words if one.norm else None, one.finding, one.weighing.words if one.weighing else None,
                one.conclusion.words if one.conclusion else None,
                *self._ruled(case, "不備", one), *self._quote(case, one.place),
            )
            for case in self._comparison.kept
            for one in case.deficiencies
        )  # fmt: skip
        return Sheet("不備", columns, tuple(rows), frozen=1)

    def categories(self) -> Sheet:
        table = matrix(self._comparison.counted)
        columns = (Column("区分", 16), *(Column(_named(case), 22) for case in table.cases), Column("計", 8))
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (category, *(table.count(category, case) for case in table.cases), sum(len(cell) for cell in cells))
            for category, cells in zip(table.categories, table.cells, strict=True)
        )
        return Sheet("不備の区分×事案", columns, rows, frozen=1)

    def causes(self) -> Sheet:
        return self._plain("原因", "原因")

    def remedies(self) -> Sheet:
        columns = (*_HEAD, Column("再発防止策", 60), Column("日付", 24), Column("当局の評価", 40), *_SAID, *_QUOTE)
        rows = (
            (
                *_head(case), one.words.words, when(one.date.value) if one.date else None,
                one.verdict.words if one.verdict else None,
                *self._ruled(case, "再発防止策", one), *self._quote(case, one.words.place),
            )
            for case in self._comparison.kept
            for one in case.remedies
        )  # fmt: skip
        return Sheet("再発防止策", columns, tuple(rows), frozen=1)

    def timeline(self) -> Sheet:
        columns = (Column("日付（ISO）", 22), Column("日付", 30), Column("措置", 16), *_HEAD, *_SAID, *_QUOTE)
        rows = (
            (event.date, when(event.date), event.measure.kind, *_head(event.case),
             *self._ruled(event.case, "措置", event.measure),
             *self._quote(event.case, event.measure.place))
            for event in timeline(self._comparison.counted)
        )  # fmt: skip
        return Sheet("時系列", columns, tuple(rows), frozen=1)

    def checks(self, checks: Sequence[Check]) -> Sheet:
        columns = (
            *(Column("結果", 20), Column("式", 60), Column("種類", 16), Column("文書", 20)),
            *(Column("引用（合計又は後の記載）", 50), Column("頁", 8), Column("PDF頁", 7)),
            Column("引用（内訳又は先の記載）", 60),
        )
        return Sheet("数字の照合", columns, tuple(self._check(one) for one in checks), note="食い違いは示すのみ。")

    def _check(self, check: Check) -> tuple[Cell, ...]:
        total = self._exact(check.total.document, check.total.place)
        parts = [self._exact(one.document, one.place)[0] for one in check.parts]
        kind = "合計と内訳" if check.is_sum else "文書間の人数"
        words = dict.fromkeys(str(part) for part in parts if part)
        quote, _, page, pdf_page, _ = total
        told = " ／ ".join(words)
        return OUTCOMES[check.outcome], check.written, kind, check.total.document, quote, page, pdf_page, told

    def _plain(self, name: str, fact: str) -> Sheet:
        columns = (*_HEAD, Column(fact, 60), *_SAID, *_QUOTE)
        rows = (
            (*_head(case), one.words, *self._told(one), *self._quote(case, one.place))
            for case in self._comparison.kept
            for one in entries(case, fact)
        )
        return Sheet(name, columns, tuple(rows), frozen=1)

    def _ruled(self, case: Case, fact: str, item: object) -> tuple[Cell, ...]:
        """What people said of one item of a fact that is a list, in the columns for it."""
        entry = entry_of(case, fact, item)
        return self._told(entry) if entry else (None,) * len(_SAID)

    def _told(self, entry: Entry) -> tuple[Cell, ...]:
        said = self._said.get(entry.key)
        one = said.correction if said else None
        return (said.ruling, one.words, one.who, one.day, one.why) if said and one else (None,) * len(_SAID)

    def _quote(self, case: Case, place: Place | None) -> tuple[Cell, ...]:
        return self._exact(case.document, place) if place is not None else (None, None, None, None, "引用なし（追記）")

    def _exact(self, doc: str, place: Place) -> tuple[Cell, ...]:
        """The quotation where it matches, its clause, printed page, page of the file and verdict."""
        document = self._documents(doc)
        said = quote_json(document, place)
        pdf_page = said["pdf_page"]
        quote = said["quote"] if said["verdict"] == "match" else None
        return quote, place.clause, document.printed_page(pdf_page), pdf_page, _VERDICTS[said["verdict"]]


def _signed(entry: Entry) -> tuple[Cell, ...]:
    one = entry.correction
    return (entry.ruling, one.who, one.day) if one else (None,) * len(_RULED)


def _head(case: Case) -> tuple[Cell, ...]:
    return case.respondent.words, case.before, case.document


def _named(case: Case) -> str:
    date = case.action_date.value if case.action_date else case.document
    return f"{case.respondent.words}（{case.before}、{date}）"
