"""Passages: what one hit shows, and what it is made of."""

from __future__ import annotations

import pytest
from documents import Row, document, guideline

from index.passages import FAMILY, SHOWN, Passage, passages, shown_length
from law.document import ClauseKind, Document


def words(document: Document, passage: Passage) -> str:
    return passage.span.of(document.text).replace("\n", "")


def test_a_clause_is_shown_with_its_items_and_notes_and_each_can_be_the_quote() -> None:
    source = guideline()
    passage = next(p for p in passages(source) if p.clause == "１－１")
    assert words(source, passage) == (
        "管理責任者の設置１－１見本業者は、次に掲げる役職者を設置しなければならない。"
        "①顧客情報の管理を統括する管理責任者②各部署における管理者（注）部署が一つの場合には、兼務することができる。"
    )
    assert [(u.clause, u.span.of(source.text)) for u in passage.units] == [
        ("１－１", "見本業者は、次に掲げる役職者を設置しなければならない。"),
        ("１－１ > ①", "①顧客情報の管理を統括する管理責任者"),
        ("１－１ > ②", "②各部署における管理者"),
        ("１－１ > （注）", "（注）部署が一つの場合には、兼務することができる。"),
    ]


def test_items_have_no_passage_of_their_own_but_front_matter_and_footnotes_do() -> None:
    clauses = [p.clause for p in passages(guideline())]
    assert "１－１ > ①" not in clauses
    assert {"（前文）", "２－２ > 脚注1"} <= set(clauses)


def test_headings_run_from_the_root_to_the_clause() -> None:
    passage = next(p for p in passages(guideline()) if p.clause == "２－１")
    assert passage.headings == ("委託先の監督", "委託先の選定")


def test_a_heading_without_words_is_shown_with_its_short_children() -> None:
    source = guideline()
    family = next(p for p in passages(source) if p.clause == "Ⅱ")
    assert (family.whole, words(source, family)) == (
        True,
        "委託先の監督Ⅱ委託先の選定２－１見本業者は、委託先の選定基準を定めることが望ましい。"
        "委託契約２－２見本業者は、委託契約に再委託の条件を盛り込まなければならない。",
    )


def test_a_heading_over_long_children_opens_with_what_follows_it() -> None:
    long = "対象者は、記録を残すものとする。" * 40
    source = document(
        [Row("第１", heading="記録", kind=ClauseKind.HEADING), Row("第１ > １", long), Row("第１ > ２", long)]
    )
    opening = next(p for p in passages(source) if p.clause == "第１")
    assert words(source, opening).startswith("記録第１１対象者は、")
    assert shown_length(words(source, opening)) <= FAMILY


@pytest.mark.parametrize("sentence", ["対象者は、記録を残すものとする。", "記録、", "あ"])
def test_a_long_clause_is_cut_between_sentences_and_nothing_is_lost(sentence: str) -> None:
    source = document([Row("１", sentence * (3000 // len(sentence)))])
    parts = passages(source)
    assert all(shown_length(words(source, p)) <= SHOWN for p in parts)
    assert "".join(words(source, p) for p in parts) == source.text.replace("\n", "")
    assert all(p.units and p.units[0].span.start >= p.span.start for p in parts)


def test_every_unit_stands_in_its_passage_and_every_clause_is_in_one() -> None:
    source = guideline()
    found = passages(source)
    assert all(unit.span in passage.span for passage in found for unit in passage.units)
    assert {c.path for c in source.clauses} == {u.clause for p in found for u in p.units} | {p.clause for p in found}


def test_a_note_is_quoted_with_what_it_defines_and_a_lone_value_with_its_name() -> None:
    text = document(
        [
            Row("２", "件数は次のとおりである。", "対象"),
            Row("２ > 注２", "注２：抱合せとは\n異なる業務の商品の勧誘をいう。", kind=ClauseKind.NOTE, mark=""),
            Row("３", "推定できるお客さまの人数を数えた結果\n：約16万人", "人数"),
        ]
    )
    quotes = {unit.span.of(text.text) for passage in passages(text) for unit in passage.units}
    assert "注２：抱合せとは\n異なる業務の商品の勧誘をいう。" in quotes
    assert "推定できるお客さまの人数を数えた結果\n：約16万人" in quotes
