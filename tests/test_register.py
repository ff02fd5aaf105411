"""The register shows every duty with the firm's own columns, which outlive new readings and new versions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from documents import Row as Draft
from documents import document, guideline

from compliance.duty.ledger import Ledger, kept
from compliance.duty.norms import Level
from compliance.duty.selection import Filter, grouped, statistics
from compliance.duty.topics import topics
from compliance.register import Own, Row, categories, document_rows, entry, orphans, register, with_own
from law.document import ClauseKind
from law.errors import StoreError
from law.sentence import Modality

DONE = Own("対応済", "総務部", "台帳.xlsx", "四半期ごとに更新")


def rows(words: str = "事業者は、速やかに台帳を整備しなければならない。") -> tuple[Row, ...]:
    """A small register: two clauses under headings."""
    made = document(
        [
            Draft("Ⅰ", heading="組織的安全管理措置", kind=ClauseKind.HEADING),
            Draft("１－１", words, "台帳の整備", parent="Ⅰ"),
            Draft("Ⅱ", heading="委託先の監督", kind=ClauseKind.HEADING),
            Draft("２－１", "委託者は、選定の基準を定めることが望ましい。", parent="Ⅱ"),
        ]
    )
    return register([made])


def clauses(held: tuple[Row, ...], chosen: Filter) -> list[str]:
    """The clauses a filter lets through."""
    return [row.clause for row in held if chosen.admits(row)]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Filter(), ["１－１", "２－１"]),
        (Filter(documents=("別の文書",)), []),
        (Filter(actors=("委託者",)), ["２－１"]),
        (Filter(grades=(Modality.MUST,)), ["１－１"]),
        (Filter(levels=(Level.DESIRABLE,)), ["２－１"]),
        (Filter(categories=("委託先",)), ["２－１"]),
        (Filter(topics=("台帳・記録・保存",)), ["１－１"]),
        (Filter(words="選定　基準"), ["２－１"]),
        (Filter(has_deadline=True), ["１－１"]),
        (Filter(statuses=("",)), ["１－１", "２－１"]),
        (Filter(changed=True), []),
    ],
)
def test_rows_are_filtered_by_what_a_reader_asks_for(chosen: Filter, expected: list[str]) -> None:
    assert clauses(rows(), chosen) == expected


def test_the_nearest_heading_that_names_a_safety_category_gives_it() -> None:
    assert categories(("委託先の監督", "委託先の技術的安全管理措置")) == ("技術的", "委託先")
    assert categories(("総則",)) == ()


def test_the_nearest_heading_names_the_topic_and_without_one_the_act_does() -> None:
    assert topics(("安全管理", "委託先の監督"), "台帳を整備し") == ("委託",)
    assert topics(("安全管理", "その他"), "台帳を整備し") == ("台帳・記録・保存",)
    assert topics((), "") == ()


def test_rows_are_grouped_and_counted() -> None:
    assert {name: len(held) for name, held in grouped(rows(), "category").items()} == {"組織的": 1, "委託先": 1}
    assert statistics(rows())["level"] == {"なければならない": 1, "望ましい": 1}
    assert statistics(rows())["total"] == {"行数": 2, "期限あり": 1, "変更あり": 0, "照合一致": 2}


def test_own_columns_survive_a_new_ingestion(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(entry(rows()[0], DONE))
    with Ledger(tmp_path) as ledger:
        again = with_own(rows(), ledger.entries())
    assert [(row.own, row.is_changed) for row in again] == [(DONE, False), (Own(), False)]


def test_a_changed_duty_keeps_its_columns_and_is_flagged_until_it_is_settled(tmp_path: Path) -> None:
    before = rows()[0]
    with Ledger(tmp_path) as ledger:
        ledger.put(entry(before, DONE))
        changed = with_own(rows("事業者は、直ちに台帳を整備しなければならない。"), ledger.entries())[0]
        assert (changed.own, changed.changed_from, changed.entry_id) == (DONE, before.quote, before.id)
        ledger.put(entry(changed, replace(DONE, note="確認済")), instead_of=changed.entry_id)
        settled = with_own(rows("事業者は、直ちに台帳を整備しなければならない。"), ledger.entries())[0]
    assert (settled.own.note, settled.is_changed) == ("確認済", False)


def test_a_duty_that_got_another_number_keeps_its_columns_and_says_where_it_stood(tmp_path: Path) -> None:
    words = "事業者は、速やかに台帳を整備しなければならない。"
    before = document_rows(document([Draft("１－１", words)]))[0]
    with Ledger(tmp_path) as ledger:
        ledger.put(entry(before, DONE))
        new = document([Draft("１－１", "事業者は、監査を行わなければならない。"), Draft("１－２", words)])
        first, second = with_own(document_rows(new), ledger.entries())
    assert (first.own, first.is_changed) == (Own(), False)
    assert (second.own, second.is_changed, second.moved_from) == (DONE, True, "１－１")


def test_an_entry_whose_duty_is_gone_is_named_and_not_lost(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(entry(rows()[0], DONE))
        left = document_rows(document([Draft("９", "事業者は、監査を行わなければならない。")]))
        assert [one.clause for one in orphans(left, ledger.entries())] == ["１－１"]
        assert [one.clause for one in ledger.entries()] == ["１－１"]


def test_a_ledger_of_a_newer_konkyo_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"not a database, not at all" * 50)
    with pytest.raises(StoreError, match="register"):
        Ledger(tmp_path)


def test_looking_at_the_register_writes_nothing(tmp_path: Path) -> None:
    assert kept(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []
    with Ledger(tmp_path) as ledger:
        ledger.put(entry(rows()[0], DONE))
    assert [one.own for one in kept(tmp_path)] == [DONE]


def test_a_damaged_ledger_is_told_and_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"not a database, not at all" * 50)
    with pytest.raises(StoreError, match="register"):
        kept(tmp_path)


def test_rows_of_several_documents_stand_by_document_and_reading_order() -> None:
    made = register([guideline(), document([Draft("１", "甲社は、報告しなければならない。")], id="a")])
    assert [row.document for row in made] == ["a", *["shishin"] * (len(made) - 1)]
