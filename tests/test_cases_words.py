"""Ways in which papers put the same thing: whom it is done to, how it came to light, what a list holds."""

from __future__ import annotations

import pytest
from documents import Row, document

from compliance.case.names import known
from compliance.case.narrative import Narrative
from compliance.cases import Case, cases
from law.document import ClauseKind

FRONT = ClauseKind.FRONT
ANNOUNCED = (
    "見本庁は、本日、株式会社甲（以下「甲」という。）及び株式会社乙（以下「乙」という。）に対し、"
    "見本法第１条の規定に基づき、指導を行った。"
)


def told(*rows: Row, announced: str = ANNOUNCED) -> tuple[Case, ...]:
    """The cases of a notice with these clauses."""
    front = Row("（前文）", announced, kind=FRONT, mark="")
    return cases(document([front, *rows], kind="enforcement", title="行政上の対応について"))


@pytest.mark.parametrize(
    "words",
    [
        "本件は、顧客からの問合せを契機に、甲が事実関係を把握した。",
        "漏えいについて甲の従業員から申告があり、社内で調査した結果、事実が判明した。",
        "警察庁からの情報提供を受けて調査を開始したものである。",
        "甲の情報システム部門が不審な通信を検知したことにより、本件を認識した。",
        "第三者の指摘を受けて甲が確認したところ、情報が閲覧できる状態であったことが分かった。",
        "甲の役員が送信記録の異常に気付いたことから発覚しました。",
    ],
)
def test_how_a_case_came_to_light_is_told_in_many_ways(words: str) -> None:
    assert [one.discovery.words for one in told(Row("１", words, "発覚の経緯")) if one.discovery] == [words, words]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("乙の入力業務を受託していた甲は、媒体を紛失した。", {"甲": "委託先", "乙": "委託元"}),
        ("委託先である甲において、媒体を紛失した。", {"甲": "委託先", "乙": None}),
        ("再委託先である乙において、媒体を紛失した。", {"甲": None, "乙": "再委託先"}),
        ("甲は、名簿を買い受けた者に、名簿約３万件を販売していた。", {"甲": "名簿業者", "乙": None}),
    ],
)
def test_what_a_party_was_may_stand_before_its_name(words: str, expected: dict[str, str | None]) -> None:
    found = {one.respondent.words[-1]: next((r.words for r in one.relations), None) for one in told(Row("１", words))}
    assert found == expected


def test_a_list_of_causes_is_no_list_of_deficiencies() -> None:
    rows = [
        Row("１", "本件が生じた要因は次のとおりである。", "問題点"),
        Row("１ > ア", "更新プログラムを適用していなかったこと。"),
        Row("１ > イ", "委託先に報告を求めていなかったこと。"),
    ]
    for one in told(*rows):
        assert [cause.words.words for cause in one.causes] == [row.own for row in rows[1:]]
        assert one.deficiencies == ()


def test_a_want_is_whose_it_was_not_theirs_to_whom_it_was_done() -> None:
    first, second = told(Row("１", "甲は、乙に対し、安全管理の状況を確認していなかった。", "問題点"))
    assert [one.finding for one in first.deficiencies] == ["甲は、乙に対し、安全管理の状況を確認していなかった。"]
    assert second.deficiencies == ()


def test_the_counts_under_an_announcement_are_of_those_harmed() -> None:
    rows = [
        Row("１", "漏えいした個人データは、次のとおりである。", "事案の概要"),
        Row("１ > （１）", "会員　30万2,569件"),
        Row("１ > （２）", "取引先の担当者　8,105件"),
    ]
    assert [[a.value for a in one.affected] for one in told(*rows)] == [[302_569, 8_105]] * 2


def test_the_act_on_the_same_firm_is_done_to_the_one_named_last() -> None:
    announced = "見本庁は、本日、株式会社甲の取扱いについて検討した結果、同社に対し、見本法第１条に基づく勧告を行った。"
    assert [(one.respondent.words, one.action) for one in told(announced=announced)] == [("株式会社甲", "勧告")]


def test_two_acts_on_one_ground_share_it() -> None:
    words = "見本庁は、甲に対し、見本法第２条第１項の規定に基づく報告徴収及び立入検査を実施した。"
    first = told(Row("１", words))[0]
    assert [[b.article for b in one.basis] for one in first.measures if one.kind != "指導"] == [["2"], ["2"]]


def test_a_financial_year_of_a_firm_is_no_month() -> None:
    words = "甲は、令和６年５月15日、2021年３月期から2024年３月期までの訂正報告書を提出した。"
    first = told(Row("１", words))[0]
    assert [one.date.value for one in first.remedies if one.date] == ["2024-05-15"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("株式会社常磐みらい銀行（以下「当行」という。）", "株式会社常磐みらい銀行"),
        ("株式会社甲について検査した。", "株式会社甲"),
        ("株式会社甲における取扱い", "株式会社甲"),
        ("親会社であるミナトホールディングス株式会社は、", "ミナトホールディングス株式会社"),
    ],
)
def test_a_name_may_hold_hiragana_but_no_particle(words: str, expected: str) -> None:
    assert [party.name for party in known(Narrative(document([Row("１", words)])))] == [expected]


def test_what_a_firm_does_to_its_own_staff_is_no_act_of_the_authority() -> None:
    first = told(Row("１", "甲は、令和３年３月１日、担当者に対し処分を行った。"))[0]
    assert [one.kind for one in first.measures] == ["指導"]


def test_words_that_only_end_like_a_want_are_none() -> None:
    for one in told(Row("１", "甲は、国内外を問わず、情報を預かっている。", "問題点")):
        assert one.deficiencies == ()
