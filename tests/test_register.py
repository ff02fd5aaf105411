"""The register shows every duty with the firm's own columns, which outlive new readings and new versions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from documents import Row as Draft
from documents import document, guideline

from compliance.duty.ledger import Ledger, kept
from compliance.duty.levels import Level
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
        settled_by = entry(changed, replace(DONE, note="確認済"))
        assert ledger.put(settled_by, revision=changed.revision, instead_of=changed.entry_id) == 2
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


def test_who_saves_over_what_somebody_else_wrote_meanwhile_is_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert ledger.put(entry(rows()[0], DONE)) == 1
        (mine,) = (row for row in with_own(rows(), ledger.entries()) if row.own == DONE)
        assert ledger.put(entry(mine, replace(DONE, owner="法務部")), revision=mine.revision) == 2
        assert ledger.put(entry(mine, replace(DONE, owner="経理部")), revision=mine.revision) is None
        assert ledger.put(entry(mine, replace(DONE, owner="人事部"))) is None
        assert [(one.own.owner, one.revision) for one in ledger.entries()] == [("法務部", 2)]
        assert not ledger.remove(mine.id, mine.revision)
        assert ledger.remove(mine.id, 2)
        assert not ledger.remove(mine.id, 2)
        assert ledger.put(entry(mine, DONE), revision=2) is None


def test_a_change_that_somebody_else_settled_meanwhile_is_not_settled_again(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(entry(rows()[0], DONE))
        changed = with_own(rows("事業者は、直ちに台帳を整備しなければならない。"), ledger.entries())[0]
        assert ledger.put(entry(changed, DONE), revision=1, instead_of=changed.entry_id) == 2
        assert ledger.put(entry(changed, Own()), revision=1, instead_of=changed.entry_id) is None
        assert [one.own for one in ledger.entries()] == [DONE]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_ledger_of_the_trial_version_is_told_and_left_as_it_is(read_only: bool, tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(entry(rows()[0], DONE))
    with closing(sqlite3.connect(tmp_path / Ledger.FILE, isolation_level=None)) as file:
        file.execute("ALTER TABLE entries DROP COLUMN revision")
        file.execute("PRAGMA user_version = 1")
    before = (tmp_path / Ledger.FILE).read_bytes()
    with pytest.raises(StoreError, match="trial version"):
        Ledger(tmp_path, read_only=read_only)
    assert (tmp_path / Ledger.FILE).read_bytes() == before


DEFINITION = (
    "本指針において、「しなければならない」及び「してはならない」と記述している事項については、"
    "これらに従わなかった場合、法違反と判断される可能性がある。"
)


def test_a_duty_is_said_to_risk_a_violation_only_where_its_document_says_so() -> None:
    duty = Draft("２", "事業者は、台帳を整備しなければならない。")
    plain_one = document_rows(document([duty]))[0]
    assert plain_one.meaning.practice == "義務として書かれた定め"
    defined = document_rows(document([Draft("１", DEFINITION), duty]))[-1]
    assert "法違反と判断される可能性がある" in defined.meaning.practice
    assert defined.meaning.source.endswith("　１")
    assert "法違反と判断される可能性がある" in plain_one.meaning.told


def test_many_lost_entries_go_to_the_same_rows_as_few() -> None:
    drafts = [Draft(f"{n}", f"事業者は、第{n}の台帳を整備し、{n * 7}日保存しなければならない。") for n in range(1, 9)]
    old = document_rows(document(drafts))
    new = document_rows(document([replace(one, path=f"{9 - n}") for n, one in enumerate(drafts, 1)][::-1]))
    entries = [entry(row, Own("", row.clause, "", "")) for row in old]
    assert [(row.own.owner, row.quote) for row in with_own(new, entries)] == [
        (row.clause, row.quote) for row in reversed(old)
    ]
    assert orphans(new, entries) == ()


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
