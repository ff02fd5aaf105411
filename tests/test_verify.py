"""A draft's citations and quotations are checked against the documents, each fault reported once."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import Row, document, guideline

from compliance.draft.nearest import LEFT_OUT, Difference
from compliance.register import register
from compliance.scale import pairs
from compliance.verify import MOST_QUOTED, Checked, Claim, Finding, checked_json, verify
from law.document import ClauseKind
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
        ("実務指針１－２、99～100頁による。", ["wrong-page"]),
        ("実務指針１－２（99-100頁）による。", ["wrong-page"]),
        ("実務指針１－２（99、100頁）による。", ["wrong-page"]),
        ("実務指針１－２（pp.99-100）による。", ["wrong-page"]),
        ("実務指針１－２　第99頁", ["wrong-page"]),
        ("実務指針（99頁）", ["wrong-page"]),
        ("実務指針１－１、1～2頁及び２－２、3頁", ["match", "match"]),
        ("実務指針１－１、2頁、9頁", ["wrong-page"]),
        ("実務指針１－２、２－２、3頁", ["match", "match"]),
        ("実務指針１－２、九頁", ["unchecked"]),
        ("実務指針第99章による。", ["unchecked"]),
        ("実務指針１－２第３項", ["unchecked"]),
        ("実務指針（平成60年13月）", ["wrong-date"]),
        ("実務指針１－２（平成60年13月）", ["wrong-date"]),
        ("実務指針１－２（令和３年４月、2頁）", ["match"]),
        ("実務指針１－２、2頁（令和５年４月）", ["wrong-date"]),
        ("実務指針１－２（R5.4）", ["unchecked"]),
        ("実務指針（令和３年４月１日）", ["unchecked"]),
        ("実務指針１－２（台帳の整備をいう。）", ["match"]),
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
    assert [one for one in found if one.finding is not Finding.MATCH] == []


def test_the_date_of_a_document_without_one_is_not_taken_for_right() -> None:
    undated = document([Row("１", "甲は、台帳を備える。")], title="見本の指針", date=None)
    (one,) = verify("「見本の指針」（令和４年４月）１", [undated])
    assert (one.finding, one.is_fault) == (Finding.UNCHECKED, False)
    (impossible,) = verify("「見本の指針」（令和４年13月）１", [undated])
    assert impossible.finding is Finding.WRONG_DATE


def test_words_left_out_stand_for_words_of_one_clause_and_are_shown() -> None:
    (one,) = verify("「見本業者は、…役職者を…設置しなければならない」", [guideline()])
    assert (one.finding, one.clause, one.is_elided) == (Finding.MATCH, "１－１", True)
    assert one.true_text == "見本業者は、次に掲げる役職者を設置しなければならない"


def test_parts_of_different_clauses_do_not_make_a_quotation() -> None:
    citation, quotation = sorted(
        verify("実務指針１－２は「見本業者は、……暗号化しなければならない」とする。", [guideline()]),
        key=lambda one: one.claim,
    )
    assert (citation.finding, quotation.finding) == (Finding.MATCH, Finding.SCATTERED)
    assert quotation.message.startswith("中略をはさむ引用が一つの条項に収まりません。")
    assert quotation.message.endswith("２－２、３－２にまたがります。")
    assert (quotation.true_text, quotation.citation) == ("見本業者は、……暗号化しなければならない", None)


def test_an_elided_quotation_may_run_from_a_clause_into_its_items() -> None:
    (one,) = verify("「次に掲げる役職者を…統括する管理責任者…各部署における管理者」", [guideline()])
    assert (one.finding, one.clause) == (Finding.MATCH, "１－１")


@pytest.mark.parametrize(("length", "finding"), [(LEFT_OUT, Finding.MATCH), (LEFT_OUT + 1, Finding.SCATTERED)])
def test_not_more_words_are_left_out_than_a_reader_can_see(length: int, finding: Finding) -> None:
    long = document([Row("１", "事業者は、" + "、" * length + "帳簿を備える。", kind=ClauseKind.PARAGRAPH)])
    (one,) = verify("「事業者は……帳簿を備える」".replace("は", "は、"), [long])
    assert one.finding is finding


def test_differences_are_shown_as_printed() -> None:
    printed = document([Row("１", "事業者は、ＵＳＢメモリの台帳を備えなければならない。")])
    (one,) = verify("「事業者は、ＵＳＢメモリの帳簿を備えなければならない」", [printed])
    assert one.differences == (Difference("帳簿", "台帳"),)
    (wide,) = verify("「事業者は、ＣＤの台帳を備えなければならない」", [printed])
    assert wide.differences == (Difference("ＣＤ", "ＵＳＢメモリ"),)


def test_of_several_earlier_versions_the_one_that_has_the_words_is_named() -> None:
    first = document([Row("１", "甲は、帳簿を三年間備えるものとする。")], title="見本の指針", date="2018-04")
    second = document([Row("１", "甲は、台帳を三年間備えるものとする。")], title="見本の指針", date="2020-04")
    now = document([Row("１", "甲は、電子の記録による。")], title="見本の指針", date="2022-04")
    (one,) = verify("「甲は、帳簿を三年間備えるものとする」", [now], earlier=[first, second])
    assert (one.finding, one.earlier) == (Finding.SUPERSEDED, 0)
    (one,) = verify("「甲は、台帳を三年間備えるものとする」", [now], earlier=[first, second])
    assert (one.finding, one.earlier) == (Finding.SUPERSEDED, 1)


def test_more_quotations_than_are_checked_are_told() -> None:
    found = verify("「顧客情報を持ち出してはならない」\n" * (MOST_QUOTED + 2), [guideline()])
    assert [one.finding for one in found] == [Finding.MATCH] * MOST_QUOTED + [Finding.UNCHECKED] * 2
    assert found[-1].message.startswith(f"一度に照合できる引用は{MOST_QUOTED}件までです。")


def test_altered_quotations_do_not_make_each_passage_be_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    monkeypatch.setattr("compliance.draft.nearest.pairs", lambda words: calls.append(words) or pairs(words))
    once = "「見本業者は、帳簿を整備しなければならない」"
    verify(once, [guideline()])
    of_one = len(calls)
    verify(once * 30, [guideline()])
    assert len(calls) - of_one == of_one + 29  # each quotation again, no passage
