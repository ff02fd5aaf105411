"""Terms that a document defines, and the places that use them."""

from __future__ import annotations

import pytest
from documents import Row, document

from law.definition import glossary
from law.document import ClauseKind, Document


def uses(made: Document) -> list[tuple[str, str]]:
    """Each use of a term with the words that define it."""
    known = glossary(made)
    spans = (span for clause in made.clauses for span in clause.own)
    text = made.text
    return [(one.span.of(text), one.definition.span.of(text)) for span in spans for one in known.uses(span)]


@pytest.mark.parametrize(
    ("defined", "used", "term"),
    [
        ("定める事項を定めた規程（以下「取扱規程」という。）を整備する。", "取扱規程は、見直す。", "取扱規程"),
        ("見本保護法（令和元年法律第12号。以下「法」という。）に従う。", "法第24条による。", "法"),
        ("民間事業者24社（以下この章において「委託元」と総称する。）がある。", "委託元に報告する。", "委託元"),
        ("それぞれの方針（以下、それぞれ「甲方針」及び「乙方針」という。）を定める。", "乙方針による。", "乙方針"),
        ("漏えい、滅失又は毀損（以下「漏えい等」という。）に備える。", "当該漏えい等の報告。", "漏えい等"),
        ("「荷物」とは、受取人に引き渡す物をいう。", "荷物を保管する。", "荷物"),
    ],
)
def test_a_term_is_found_where_it_is_used_with_the_words_that_define_it(defined: str, used: str, term: str) -> None:
    made = document([Row("１", defined), Row("２", used)])
    found = uses(made)
    assert [word for word, _ in found] == [term]
    assert found[0][1] in defined
    assert f"「{term}」" in found[0][1]


@pytest.mark.parametrize(
    ("defined", "used"),
    [
        ("見本保護法（以下「法」という。）に従う。", "次の方法による。法令を守る。"),
        ("利用者の情報（以下「個人データ」という。）を守る。", "個人データベースを作る。"),
        ("他の者への依頼（以下「委託」という。）をする。", "再委託をしない。"),
        ("見本株式会社（以下「ABC社」という。）は従う。", "XABC社とは別である。"),
        ("次に掲げる事項を定める（以下同じ。）。", "事項を定める。"),
    ],
)
def test_a_term_inside_a_longer_word_is_not_that_term(defined: str, used: str) -> None:
    assert uses(document([Row("１", defined), Row("２", used)])) == []


def test_a_short_name_holds_from_where_it_is_given() -> None:
    made = document([Row("１", "取扱規程を見る。"), Row("２", "規程（以下「取扱規程」という。）を定める。")])
    assert uses(made) == []


def test_of_two_definitions_of_a_term_the_nearer_before_it_holds() -> None:
    rows = [
        Row("１", "甲法（以下「法」という。）に従う。"),
        Row("２", "法第１条による。"),
        Row("３", "乙法（以下「法」という。）に従う。"),
        Row("４", "法第２条による。"),
    ]
    assert [defined for _, defined in uses(document(rows))] == [
        "甲法（以下「法」という。）",
        "乙法（以下「法」という。）",
    ]


def test_the_items_of_a_list_of_terms_define_them() -> None:
    item = ClauseKind.ITEM
    rows = [
        Row("第二条", "この規則において、次の各号に掲げる用語の意義は、当該各号に定めるところによる。"),
        Row("第二条 > 一", "受取人　荷物を受け取る者をいう。", kind=item, mark="一"),
        Row("第三条", "受取人に渡す。"),
    ]
    assert [word for word, _ in uses(document(rows))] == ["受取人"]


def test_a_document_without_definitions_has_no_uses() -> None:
    assert uses(document([Row("１", "定めなければならない。")])) == []
