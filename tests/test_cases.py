"""Cases of the samples and of other authorities' notices, against golden sheets that a lawyer can read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import notices
import notices_wide
import papers
import pytest
from documents import Row, document, guideline
from sheets import sheets

from bench.cases import score
from compliance.case.contract import case_json
from compliance.case.days import Days
from compliance.case.narrative import Narrative
from compliance.cases import cases
from law.document import ClauseKind, Document, Evidence
from law.store import Store

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = ("mihon-kankoku-1", "mihon-kankoku-2", "mihon-release", "mihon-kansa")
NOTICES = (
    notices.financial,
    notices.consumer,
    notices.cartel,
    notices.telecom,
    notices.drink,
    notices.regional,
    notices.pharmacy,
    notices_wide.insurer,
    notices_wide.subcontract,
    notices_wide.door_to_door,
    notices_wide.coach,
    notices_wide.shop_leak,
    notices_wide.prefecture,
    notices_wide.agencies,
    notices_wide.carriers,
    notices_wide.securities,
    notices_wide.energy,
    notices_wide.received_guidance,
    notices_wide.school,
    notices_wide.city,
    notices_wide.bank_release,
)


def golden(name: str, found: str) -> None:
    """Compares with the sheet on file; the failure prints what was found."""
    assert found == (GOLDEN / f"cases-{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("id", SAMPLES)
def test_a_sample_reads_as_its_sheet(sample_kb: Path, id: str) -> None:
    with Store.open(sample_kb) as store:
        golden(id, sheets(store.document(id)))


@pytest.mark.parametrize("notice", NOTICES, ids=lambda make: str(make.__name__))
def test_a_notice_of_another_authority_reads_as_its_sheet(notice: Callable[[], Document]) -> None:
    golden(notice.__name__, sheets(notice()))


@pytest.mark.parametrize("name", papers.notices())
def test_a_printed_notice_reads_as_its_sheet(name: str, tmp_path: Path) -> None:
    golden(f"paper-{name}", sheets(papers.paper(name, tmp_path)))


@pytest.mark.parametrize("id", ["mihon-shishin", "mihon-kisoku", "mihon-qa"])
def test_a_document_that_is_no_report_of_a_case_tells_none(sample_kb: Path, id: str) -> None:
    with Store.open(sample_kb) as store:
        assert cases(store.document(id)) == ()


def test_a_document_of_unknown_kind_without_an_act_tells_no_case() -> None:
    assert cases(document([Row("１", "見本業者は、台帳を整備した。")], kind=None)) == ()
    assert cases(guideline()) == ()


def test_every_quote_is_a_slice_of_the_text_and_matches_the_page(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        for id in SAMPLES:
            text = store.document(id).text.replace("\n", "")
            for case in cases(store.document(id)):
                for leaf in leaves(case_json(case, store.document(id))):
                    assert leaf["verdict"] == "match"
                    assert str(leaf["quote"]) in text
                    assert leaf["pdf_page"]


def leaves(node: object) -> list[dict[str, object]]:
    """Every object with a quote, however deep."""
    if isinstance(node, dict):
        own = [node] if "quote" in node else []
        return own + [leaf for value in node.values() for leaf in leaves(value)]
    return [leaf for value in node for leaf in leaves(value)] if isinstance(node, list) else []


def test_the_id_of_a_case_is_the_same_when_the_document_is_read_again() -> None:
    assert [case.id for case in cases(notices.cartel())] == [
        "hoso:公正取引委員会:株式会社甲野道路",
        "hoso:公正取引委員会:乙山建設株式会社",
    ]


def test_a_day_that_is_printed_as_a_black_dot_stays_unknown() -> None:
    unknown = document([Row("１", "当庁は、令和６年９月●日、見本を公表した。")])
    narrative = Narrative(unknown)
    assert [day.value for day in Days(narrative).of(narrative.sentences[0])] == ["2024-09"]


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("見本法（平成19年法律第109号）", [("2015-05", "平成19年")]),
        ("見本法", []),  # no era is printed: the year stays unread
        ("見本法（平成19年法律第109号、令和元年改正）", []),  # two eras are printed: it is not guessed which
    ],
)
def test_a_year_without_era_takes_the_only_era_printed_and_keeps_where(
    law: str, expected: list[tuple[str, str]]
) -> None:
    audit = document([Row("１", f"{law}に基づく検査。27年5月、流出が発生した。")])
    narrative = Narrative(audit)
    days = [day for sentence in narrative.sentences for day in Days(narrative).of(sentence)]
    found = [(day.value, day.evidence.span.of(audit.text)) for day in days if day.evidence]
    assert found == expected


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("６月９日、送信した。", ["2025-06-09"]),  # of the document's year
        (
            "2024年12月20日、送信した。同月21日、判明した。12月27日、公表した。",
            ["2024-12-20", "2024-12-21", "2024-12-27"],
        ),
        ("2024年12月20日、送信した。１月８日、公表した。", ["2024-12-20", "2025-01-08"]),
        ("10月１日までに報告する。", []),  # after the document: of which year is not said
    ],
)
def test_a_day_without_a_year_takes_the_one_that_fits(words: str, days: list[str]) -> None:
    made = document(
        [Row("（日付）", "2025年６月12日", kind=ClauseKind.FRONT, mark=""), Row("１", words)], date="2025-06-12"
    )
    made = replace(made, about=replace(made.about, date=Evidence("2025-06-12", made.clauses[0].own[0])))
    narrative = Narrative(made)
    read = Days(narrative)
    assert [day.value for s in narrative.sentences[1:] for day in read.of(s)] == days


def test_the_respondents_of_one_sentence_keep_their_own_days() -> None:
    words = "見本庁は、令和６年６月19日に株式会社甲野、同月20日に合同会社乙山に対し、立入検査を行った。"
    told = cases(document([Row("１", words)], kind="enforcement"))
    dated = [(case.respondent.words, one.date and one.date.value) for case in told for one in case.measures]
    assert dated == [("株式会社甲野", "2024-06-19"), ("合同会社乙山", "2024-06-20")]


def test_a_measure_that_is_only_spoken_of_is_none() -> None:
    rows = [
        Row("１", "見本庁は、株式会社甲野商会に対し、見本法第３条の規定により勧告する。"),
        Row("２", "見本庁が株式会社甲野商会に対し命令したことに対し、同社は、指導の内容を検討するとしている。"),
    ]
    told = cases(document(rows, kind="enforcement"))
    assert [one.kind for case in told for one in case.measures] == ["勧告"]


def test_a_provision_that_another_broke_is_no_violation_of_the_respondent() -> None:
    rows = [
        Row("１", "見本庁は、株式会社甲野商会に対し、見本法第３条の規定により指導する。"),
        Row("２", "株式会社甲野商会は、名簿の提供が見本法第７条の規定に違反することを知りながら、これを取得した。"),
        Row("３", "株式会社甲野商会の行為は、見本法第５条第２項の規定に違反する。"),
    ]
    told = cases(document(rows, kind="enforcement"))
    assert [(one.article, one.paragraph) for case in told for one in case.violations] == [("5", "2")]


def test_the_version_of_a_law_is_kept_as_printed_and_its_law_read_from_the_note() -> None:
    rows = [
        Row("１", "見本庁は、株式会社甲野商会に対し、見本法第３条の規定により指導する。"),
        Row("２", "株式会社甲野商会の行為は、平成27年改正法第17条第１項の規定に違反する。"),
        Row(
            "２ > 脚注1",
            "見本法の一部を改正する法律（平成27年法律第65号）により改正された見本法をいう。",
            kind=ClauseKind.FOOTNOTE,
            mark="1",
        ),
    ]
    told = cases(document(rows, kind="enforcement"))
    violations = [(one.laws, one.version, one.article) for case in told for one in case.violations]
    assert violations == [(("見本法",), "平成27年改正法", "17")]


def test_the_gold_cases_are_found_with_few_errors(gold_kb: Path, shared: Path) -> None:
    gold = json.loads((shared / "gold" / "cases.json").read_text(encoding="utf-8"))
    with Store.open(gold_kb) as store:
        documents = [store.document(id) for id in sorted({record["doc"] for record in gold})]
    result = score([case_json(case, one) for one in documents for case in cases(one)], gold)
    right, wrong, missing = len(result.right), len(result.wrong), len(result.missing)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missing) >= 0.95
