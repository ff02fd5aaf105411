"""What is denied, supposed, asked or planned is no fact, whichever reader looks; what is done is."""

from __future__ import annotations

import pytest
from documents import Row, document

from compliance.case.acts import closing, listing
from compliance.case.narrative import Narrative
from compliance.cases import Case, cases
from law.document import ClauseKind

ANNOUNCED = "見本庁は、本日、株式会社甲（以下「甲」という。）に対し、見本法第１条の規定に基づき、指導を行った。"
OTHER = "見本庁は、本日、株式会社丙（以下「丙」という。）に対し、見本法第１条の規定に基づき、指導を行った。"


def told(words: str, *before: str) -> tuple[Case, ...]:
    """The cases of a notice that says these words."""
    front = [
        Row(f"（前文）{i}", line, kind=ClauseKind.FRONT, mark="") for i, line in enumerate((ANNOUNCED, *before), 1)
    ]
    return cases(document([*front, Row("１", words)], kind="enforcement", title="行政上の対応について"))


def facts(words: str, *before: str) -> list[str]:
    """All that a notice says beside the guidance that it announces."""
    return [fact for case in told(words, *before) for fact in _facts(case)]


def _facts(case: Case) -> list[str]:
    found = [one.kind for one in case.measures if one.kind != "指導"]
    found += [one.words for one in (*case.relations, case.perpetrator, case.discovery) if one]
    found += [one.printed for one in (*case.affected, *case.amounts)]
    return found + ([f"{case.period.start}/{case.period.end}"] if case.period else [])


@pytest.mark.parametrize(
    ("done", "fact", "not_done"),
    [
        (
            "見本庁は、甲に対し、勧告を行った。",
            "勧告",
            (
                "見本庁は、甲に対し、勧告を行っていない。",
                "見本庁は、甲に対し、勧告を行わなかった。",
                "見本庁は、甲に対し、勧告を行うことを検討した。",
                "見本庁は、甲に対し、勧告を行う可能性がある。",
                "見本庁は、甲に対し、勧告する予定である。",
                "見本庁は、甲に対し、勧告したことはない。",
            ),
        ),
        (
            "見本庁は、甲に対し、輸送施設の使用停止を行った。",
            "使用停止処分",
            ("株式会社甲は、当該アカウントの使用停止を行った。", "甲は、サーバの使用の停止を実施した。"),
        ),
        (
            "株式会社乙は、入力を株式会社甲に委託していた。",
            "委託先",
            (
                "株式会社乙は、入力を株式会社甲に委託していなかった。",
                "株式会社乙は、入力を株式会社甲に委託しておらず、自ら行っていた。",
                "株式会社乙は、入力を株式会社甲に委託し得るか検討した。",
                "株式会社乙は、入力を株式会社甲に委託しようとした。",
                "株式会社乙は、入力を株式会社甲に委託したことはない。",
                "株式会社乙は、入力を株式会社甲に委託したかどうかを調査した。",
                "甲は、株式会社乙から入力の委託を受けていない。",
            ),
        ),
        ("甲は、株式会社乙に入力を委託していた。", "委託元", ("甲は、株式会社乙に入力を委託していない。",)),
        (
            "担当者が、誤って資料を外部に送信した。",
            "担当者",
            (
                "従業員が個人データを第三者に提供していないことを確認した。",
                "担当者が、誤って資料を外部に送信していなかったか点検した。",
                "担当者が、資料を持ち出したことはない。",
                "担当者が、資料を持ち出した可能性がある。",
                "担当者が、資料を持ち出し得る状態であった。",
            ),
        ),
        (
            "契約者500人の情報が漏えいした。",
            "500人",
            (
                "漏えいはなく、契約者500人には影響がなかった。",
                "契約者500人の情報の漏えいは確認されていない。",
                "契約者500人について不正に利用された事実はない。",
            ),
        ),
        (
            "契約者500人分の情報が漏えいした。",
            "500人分",
            ("契約者500人分の情報は漏えいしておらず、利用もされていない。",),
        ),
        (
            "令和６年４月１日から同年９月30日までの間、個人データが漏えいしていた。",
            "2024-04-01/2024-09-30",
            ("令和６年４月１日から同年９月30日までの間、個人データの漏えいはなかった。",),
        ),
        (
            "外部からの通報により漏えいが発覚したものである。",
            "外部からの通報により漏えいが発覚したものである。",
            ("外部からの通報により漏えいが発覚したものではない。",),
        ),
        (
            "課徴金として1,000万円を納付しなければならない。",
            "1,000万円",
            (
                "課徴金を減額された事例（他社で500万円）を参考に、1,200円の返還手数料を定めた。",
                "課徴金として1,000万円を納付する必要はない。",
                "課徴金1,000万円の納付を命じなかった。",
            ),
        ),
    ],
)
def test_only_what_was_done_is_a_fact(done: str, fact: str, not_done: tuple[str, ...]) -> None:
    assert facts(done) == [fact]
    assert {words: facts(words) for words in not_done} == {words: [] for words in not_done}


def test_a_line_of_measures_may_name_them_in_short() -> None:
    (line, *_) = Narrative(document([Row("１", "使用停止（110日車）及び文書警告", mark="")])).sentences
    assert (list(listing(line)), closing(line)) == (["使用停止処分"], (len("使用停止(110日車)及び文書警告"), "警告"))


def test_neglect_and_what_cannot_be_ruled_out_are_harm() -> None:
    assert facts("契約者500人分の情報を削除していなかった。") == ["500人分"]
    assert facts("契約者500人の情報が漏えいした可能性は否定できない。") == ["500人"]


def test_a_sum_without_a_name_is_nobodys_where_two_were_acted_on() -> None:
    assert facts("課徴金として1,000万円を納付しなければならない。", OTHER) == []
    assert facts("丙は、課徴金として1,000万円を納付しなければならない。", OTHER) == ["1,000万円"]


def test_a_sum_alone_in_brackets_or_behind_its_topic_is_read() -> None:
    assert facts("甲は、課徴金（総額300万円）を納付しなければならない。") == ["総額300万円"]
    assert facts("減額した額は、総額1,234万円である。") == ["総額1,234万円"]
