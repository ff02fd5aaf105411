"""A draft's citations and quotations are checked against the documents, each fault reported once."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import Row, document, guideline

from compliance.draft.nearest import Difference
from compliance.register import register
from compliance.verify import Checked, Claim, Finding, checked_json, verify
from law.store import Store

MEMO = Path(__file__).parent / "golden" / "memo.txt"
SLIDES = Path(__file__).parent / "golden" / "memo-slides.txt"


def test_a_memo_with_ten_planted_faults_has_all_ten_reported_and_nothing_else(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        documents = [store.document(entry.id) for entry in store.documents()]
    older = [one for one in documents if one.id == "mihon-shishin"]
    current = [one for one in documents if one.id != "mihon-shishin"]
    text = MEMO.read_text(encoding="utf-8")
    found = verify(text, current, earlier=older)
    assert all(one.span.of(text) == one.words for one in found)
    assert [(one.finding.value, one.words) for one in found if one.is_fault] == [
        ("wrong-clause", "監査の対象となる部署から独立した者が、年に二度以上行わなければならない"),
        ("mismatch", "これを５年間保存するとともに、月に一度以上、次に掲げる事象の有無を分析しなければならない"),
        ("superseded", "変更があった日から14日以内に更新しなければならない"),
        ("wrong-page", "実務指針５－１（5頁）"),
        ("not-found", "実務指針５－９"),
        ("not-found", "委託先は、四半期ごとに経営会議の議事録を提出するものとする"),
        ("not-found", "見本利用者情報保護法施行規則第十二条"),
        ("not-found", "「見本配送業における個人情報の取扱いに関するガイドライン」第３条"),
        (
            "superseded",
            "「共同物流・宅配ロッカー分野における利用者情報の保護に関する指針の安全管理措置等についての実務指針」"
            "（令和６年４月）５－１",
        ),
        (
            "wrong-date",
            "「宅配ロッカーの利用者データの不正な持出しに関する事案に対するその後の行政上の対応について」"
            "（令和７年２月）資料２－１ 第２の２",
        ),
    ]


def test_the_text_of_slides_with_ten_other_faults_has_all_ten_reported_and_nothing_else(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        documents = [store.document(entry.id) for entry in store.documents()]
    older = [one for one in documents if one.id == "mihon-shishin"]
    current = [one for one in documents if one.id != "mihon-shishin"]
    text = SLIDES.read_text(encoding="utf-8")
    faults = [one for one in verify(text, current, earlier=older) if one.is_fault]
    expected = [
        ("wrong-date", "令和５年８月）問３", "この文書の日付は令和6年8月（2024年8月）です。"),
        ("wrong-clause", "異動又は退職の当日に権限を停止すること", "この文言は４－２③にあります。"),
        ("mismatch", "複数の者に共用させなければならない", "原文と異なります：「なければ」→「ては」"),
        ("wrong-page", "実務指針４－５（p.8）", "正しくは6頁です。"),
        ("mismatch", "作成の日から五年間保存しなければならない", "原文と異なります：「五」→「三」"),
        ("not-found", "実務指針５－２⑦", "「共同物流・宅配ロッカー分野"),
        ("not-found", "作業報告書を提出するものとする", "ナレッジベースのどの文書にも見当たりません。"),
        ("wrong-clause", "年に一度以上の定期の教育", "この文言は「共同物流・宅配ロッカー分野"),
        ("superseded", "受取りの日から90日を超えてはならない", "旧版の文言です。"),
        ("not-found", "実務指針３－５", "「共同物流・宅配ロッカー分野"),
    ]
    assert [one.finding.value for one in faults] == [finding for finding, _, _ in expected]
    for fault, (_, words, message) in zip(faults, expected, strict=True):
        assert fault.words.endswith(words)
        assert fault.message.startswith(message)


def test_a_short_name_given_with_a_date_means_the_version_of_that_date() -> None:
    older = document([Row("１", "甲は、帳簿を備える。")], id="old", title="見本の指針", date="2020-04")
    newer = document(
        [Row("１", "甲は、台帳を備える。"), Row("２－１", "新しい条。")], id="new", title="見本の指針", date="2022-04"
    )
    draft = "「見本の指針」（令和４年４月。以下「指針」という。）を読む。指針２－１による。"
    assert [one.finding.value for one in verify(draft, [older, newer])] == ["match", "match"]
    assert [one.document for one in verify(draft, [older, newer])] == ["new", "new"]


def test_an_altered_quotation_is_shown_beside_the_true_text_and_its_difference() -> None:
    (only,) = verify("「見本業者は、帳簿を整備しなければならない」", [guideline()])
    assert only == Checked(
        claim=Claim.QUOTATION,
        span=only.span,
        words="見本業者は、帳簿を整備しなければならない",
        finding=Finding.MISMATCH,
        document="shishin",
        clause="１－２",
        true_text="見本業者は、台帳を整備しなければならない",
        differences=(Difference("帳簿", "台帳"),),
        citation="見本庁「見本業における顧客情報の安全管理に関する実務指針」（令和3年4月）１－２、2頁",
        message="原文と異なります：「帳簿」→「台帳」",
    )
    assert checked_json(only)["verdict"] == "mismatch"


@pytest.mark.parametrize(
    ("draft", "findings"),
    [
        ("実務指針２－２は「委託契約に再委託の条件を盛り込まなければならない」と定める。", ["match", "match"]),
        ("実務指針2-2は「委託契約に…盛り込まなければならない」と定める。", ["match", "match"]),
        ("「委託契約に再委託の条件を盛り込まなければならない」（実務指針２－１、3頁）", ["wrong-clause", "match"]),
        ("実務指針１－１②及び１－９による。", ["match", "not-found"]),
        ("実務指針１－１（注）と実務指針２－２（注）を見る。", ["match", "not-found"]),
        ("実務指針２－２、9頁", ["wrong-page"]),
        ("実務指針２－２、PDF 4頁", ["match"]),
        ("委託契約の「見直し」を行う。", []),
        ("（以下「顧客情報の安全管理体制」という。）", []),
        ("", []),
    ],
)
def test_citations_and_quotations_are_judged_together(draft: str, findings: list[str]) -> None:
    assert [one.finding.value for one in verify(draft, [guideline()])] == findings


def test_width_and_line_breaks_do_not_make_a_quotation_false() -> None:
    draft = "「移送段階において、USBメモリを\n暗号化しなければならない」"
    assert [one.finding for one in verify(draft, [guideline()])] == [Finding.MATCH]


def test_what_we_cite_ourselves_is_all_found_true(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        documents = [store.document(entry.id) for entry in store.documents()]
    lines = [f"「{row.quote}」（{row.citation}）" for row in register(documents)]
    found = verify("\n".join(lines), documents)
    assert len(found) == 2 * len(lines)
    assert [one for one in found if one.is_fault] == []
