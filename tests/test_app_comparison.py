"""The comparison page as a session sees it, without a browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from test_app import links, open_page, pictures

import cli
from compliance.case.correction_file import CorrectionFile, record_of
from compliance.case.corrections import Cell, Correction, Ruling
from compliance.case.entries import Entry, when
from compliance.cases import cases
from compliance.comparison import compare
from law.store import Store
from ui.comparison_cases import code

PAGE = "ui/comparison.py"
VIEWS = ("table", "time", "people", "matrix", "measures", "chain", "clause", "figures", "record", "export")
CHARTS = ("time", "people", "matrix", "measures")


@pytest.fixture
def own_kb(sample_kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample knowledge base that a test may write to."""
    kb = tmp_path / "kb"
    shutil.copytree(sample_kb, kb)
    monkeypatch.setenv("KONKYO_KB", str(kb))
    return kb


def entries_of(kb: Path, doc: str = "mihon-kankoku-1") -> tuple[Entry, ...]:
    """The entries of a document's cases."""
    with Store.open(kb) as store:
        return compare(cases(store.document(doc))).entries


def shown(app: AppTest) -> str:
    """The words on the page, without those of the table."""
    kinds = (app.markdown, app.warning, app.error, app.info, app.caption, app.subheader)
    words = [str(element.value) for elements in kinds for element in elements]
    return "\n".join([*words, *(element.proto.body for element in app.get("html"))])


def codes_of(kb: Path, doc: str = "mihon-kankoku-1") -> str:
    """The cases of a document as an address names them."""
    with Store.open(kb) as store:
        return ",".join(code(case) for case in cases(store.document(doc)))


def opened(kb: Path, fact: str) -> tuple[AppTest, Entry]:
    """The page at the first entry of a fact, whatever people have said of it."""
    entry = next(one for one in entries_of(kb) if one.fact == fact)
    return open_page(PAGE, view="table", cases=codes_of(kb), entry=entry.id), entry


def table(app: AppTest) -> dict[str, Any]:
    """What the table component is given."""
    (component,) = app.get("bidi_component")
    found: dict[str, Any] = json.loads(component.proto.json)
    return found


def test_the_page_says_what_is_missing_where_no_document_tells_a_case(
    sample_kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = tmp_path / "kb"
    pdf = Path(__file__).resolve().parent.parent / "corpus" / "mihon-qa.pdf"
    assert cli.main(["ingest", str(pdf), "--kb", str(kb), "--quiet"]) == 0
    monkeypatch.setenv("KONKYO_KB", str(kb))
    app = open_page(PAGE)
    assert not app.exception
    assert "まだありません" in app.info[0].value


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_at_its_address(view: str, app_kb: Path) -> None:
    app = open_page(PAGE, view=view)
    assert not app.exception
    assert not app.error
    assert "法的助言ではありません" in shown(app)


@pytest.mark.parametrize(
    "address",
    [
        {"view": "<script>"},
        {"cases": "zzzz,<b>" * 500},
        {"entry": "0" * 500},
        {"view": "clause", "doc": "none", "clause": "99-99"},
        {"view": "chain", "cases": ""},
    ],
)
def test_a_wrong_address_opens_the_page_all_the_same(address: dict[str, str], app_kb: Path) -> None:
    app = open_page(PAGE, **address)
    assert not app.exception
    assert not app.error


def test_a_row_is_a_fact_and_a_column_a_case_and_each_value_has_an_address(app_kb: Path) -> None:
    app = open_page(PAGE, view="table", cases=codes_of(app_kb))
    data = table(app)
    assert [head["name"] for head in data["heads"]] == ["株式会社みほんロッカーネット", "見本システムズ株式会社"]
    facts = {row["fact"]: row["cells"] for row in data["rows"]}
    assert {"処分庁", "処分日", "影響を受けた人数・件数", "違反した規定", "措置", "不備"} <= set(facts)
    assert all("entry=" in one["address"] for cells in facts.values() for cell in cells for one in cell)


def test_a_value_leads_to_its_quotation_its_page_boxed_and_its_clause_in_the_reader(app_kb: Path) -> None:
    app, entry = opened(app_kb, "期間")
    assert entry.place is not None
    with Store.open(app_kb) as store:
        quote = entry.place.span.of(store.document("mihon-kankoku-1").text).replace("\n", "")
    assert f"「{quote}」" in shown(app)
    assert pictures(app) == 1
    assert any("doc=mihon-kankoku-1" in one.query_string for one in links(app))


def test_a_cell_is_corrected_and_the_machines_reading_stays_beside(own_kb: Path) -> None:
    app, entry = opened(own_kb, "期間")
    app.radio[0].set_value(Ruling.CORRECTED)
    next(one for one in app.text_area if one.label.startswith("訂正後")).input("令和４年からとする")
    next(one for one in app.text_input if one.label.startswith("記録者")).input("法務 花子")
    next(one for one in app.text_input if one.label == "理由").input("原本で確認")
    next(one for one in app.button if one.label == "記録する").click().run()
    assert not app.exception
    (kept,) = record_of(own_kb)
    assert (kept.cell, kept.words, kept.who, kept.why) == (entry.cell, "令和４年からとする", "法務 花子", "原本で確認")
    words = shown(app)
    assert "令和４年からとする" in words
    assert f"機械の読取り：{entry.words}" in words
    cell = next(row for row in table(app)["rows"] if row["fact"] == "期間")["cells"][0][0]
    assert (cell["words"], cell["machine"]) == ("令和４年からとする", entry.words)
    assert cell["marks"] == [f"訂正：法務 花子、{when(kept.day)}"]


@pytest.mark.parametrize("for_all", [True, False])
def test_a_fact_of_two_respondents_is_rejected_for_both_only_when_asked(for_all: bool, own_kb: Path) -> None:
    app, entry = opened(own_kb, "期間")
    app.radio[0].set_value(Ruling.REJECTED)
    next(one for one in app.text_input if one.label.startswith("記録者")).input("法務 花子")
    (ask,) = (one for one in app.checkbox if one.label.startswith("同じ箇所から"))
    assert "見本システムズ株式会社" in ask.label
    ask.set_value(for_all)
    next(one for one in app.button if one.label == "記録する").click().run()
    cases = {one.cell.case for one in record_of(own_kb)}
    assert (entry.case in cases, len(cases)) == (True, 2 if for_all else 1)
    row = next(row for row in table(app)["rows"] if row["fact"] == "期間")
    assert [bool(cell[0]["marks"]) for cell in row["cells"]] == [True, for_all]


def test_nobody_corrects_without_a_name(own_kb: Path) -> None:
    app, _ = opened(own_kb, "期間")
    next(one for one in app.button if one.label == "記録する").click().run()
    assert "記録者の名前" in app.warning[0].value
    assert record_of(own_kb) == ()


def test_a_correction_survives_a_new_reading_of_the_file_and_is_in_the_record(own_kb: Path) -> None:
    entry = next(one for one in entries_of(own_kb) if one.fact == "期間")
    with CorrectionFile(own_kb) as file:
        file.add(Correction(entry.cell, Ruling.CORRECTED, "人の言葉", "法務 花子", "理由"))
    pdf = Path(__file__).resolve().parent.parent / "corpus" / "mihon-kankoku-1.pdf"
    assert cli.main(["ingest", str(pdf), "--kb", str(own_kb), "--again", "--quiet"]) == 0
    app, _ = opened(own_kb, "期間")
    assert "人の言葉" in shown(app)
    listed = open_page(PAGE, view="record", cases=codes_of(own_kb)).dataframe[0].value
    assert listed["訂正後"].tolist() == ["人の言葉"]


def test_a_correction_is_withdrawn_and_the_record_keeps_both(own_kb: Path) -> None:
    entry = next(one for one in entries_of(own_kb) if one.fact == "期間")
    with CorrectionFile(own_kb) as file:
        file.add(Correction(entry.cell, Ruling.CONFIRMED, "", "法務 花子", ""))
    app, _ = opened(own_kb, "期間")
    assert "確認済" in app.info[0].value
    next(one for one in app.button if one.label == "この記録を取り消す").click().run()
    assert "記録者の名前" in app.warning[0].value
    assert len(record_of(own_kb)) == 1
    next(one for one in app.text_input if one.label.startswith("取消しの記録者")).input("監査 次郎")
    next(one for one in app.button if one.label == "この記録を取り消す").click().run()
    first, second = record_of(own_kb)
    assert (first.who, first.ruling) == ("法務 花子", Ruling.CONFIRMED)
    assert (second.who, second.ruling, second.instead_of) == ("監査 次郎", Ruling.WITHDRAWN, first.number)
    assert not app.info


def test_a_new_correction_says_which_one_it_answers(own_kb: Path) -> None:
    entry = next(one for one in entries_of(own_kb) if one.fact == "期間")
    with CorrectionFile(own_kb) as file:
        file.add(Correction(entry.cell, Ruling.REJECTED, "", "法務 花子", ""))
    app, _ = opened(own_kb, "期間")
    next(one for one in app.text_input if one.label.startswith("記録者")).input("監査 次郎")
    next(one for one in app.button if one.label == "記録する").click().run()
    assert [(one.who, one.instead_of) for one in record_of(own_kb)] == [("法務 花子", 0), ("監査 次郎", 1)]


def test_a_rejected_finding_leaves_the_matrix_and_the_chains(own_kb: Path) -> None:
    entry = next(one for one in entries_of(own_kb) if one.fact == "不備")
    chosen = codes_of(own_kb).split(",")[0]
    before = open_page(PAGE, view="matrix", cases=chosen)
    chains = len(open_page(PAGE, view="chain", cases=chosen).expander)
    with CorrectionFile(own_kb) as file:
        file.add(Correction(entry.cell, Ruling.REJECTED, "", "法務 花子", ""))
    after = open_page(PAGE, view="matrix", cases=chosen)
    assert shown(before).count("k-quote") == shown(after).count("k-quote") + 1
    assert "誤りとしたものは除き" in shown(after)
    assert len(open_page(PAGE, view="chain", cases=chosen).expander) == chains - 1


def test_a_corrected_value_is_marked_beside_the_chart(own_kb: Path) -> None:
    entry = next(one for one in entries_of(own_kb) if one.fact == "措置")
    with CorrectionFile(own_kb) as file:
        file.add(Correction(entry.cell, Ruling.CORRECTED, f"{entry.words}（甲が補う）", "法務 花子", ""))
    words = shown(open_page(PAGE, view="measures", cases=codes_of(own_kb)))
    assert "（甲が補う）" in words
    assert f"機械の読取り：{entry.words}" in words


def test_what_was_said_of_a_case_that_is_gone_is_in_the_record_with_its_document(own_kb: Path) -> None:
    with CorrectionFile(own_kb) as file:
        file.add(
            Correction(Cell("mihon-old:見本委員会:旧社名", "期間", "読取り", "１"), Ruling.CONFIRMED, "", "甲", "")
        )
    app = open_page(PAGE, view="record", cases=codes_of(own_kb))
    assert "今の資料のどの事案にも当たらない記録が1件" in app.warning[0].value
    assert app.dataframe[0].value["文書"].tolist() == ["mihon-old"]


def test_where_nothing_can_be_written_no_form_is_offered(own_kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = next(one for one in entries_of(own_kb) if one.fact == "期間")
    with CorrectionFile(own_kb) as file:
        file.add(Correction(entry.cell, Ruling.CONFIRMED, "", "法務 花子", ""))
    monkeypatch.setattr("ui.comparison_correct.is_writable", lambda: False)
    app, _ = opened(own_kb, "期間")
    assert "確認済" in app.info[0].value
    assert "読取り専用" in shown(app)
    assert not {"記録する", "追記する", "この記録を取り消す"} & {one.label for one in app.button}


def test_words_of_a_correction_are_text(own_kb: Path) -> None:
    entry = next(one for one in entries_of(own_kb) if one.fact == "期間")
    with CorrectionFile(own_kb) as file:
        file.add(Correction(entry.cell, Ruling.CORRECTED, "<b>太</b> **字**", "<i>甲</i>", ":red[理由]"))
    app, _ = opened(own_kb, "期間")
    html = "\n".join(element.proto.body for element in app.get("html"))
    assert "<b>太</b>" not in html
    assert "&lt;b&gt;太" in html
    assert ":red[" not in app.info[0].value


@pytest.mark.parametrize("view", CHARTS)
def test_a_chart_is_told_in_words_and_its_quotations_can_be_read_without_it(view: str, app_kb: Path) -> None:
    app = open_page(PAGE, view=view)
    (chart,) = app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    assert any(name in str(chart.proto) for name in ("みほん", "見本"))
    assert "k-quote" in "\n".join(element.proto.body for element in app.get("html"))


def test_a_finding_is_shown_with_its_chain_and_the_duties_that_correspond(app_kb: Path) -> None:
    app = open_page(PAGE, view="chain", cases=codes_of(app_kb))
    words = shown(app)
    assert all(step in words for step in ("規範", "事実（認定）", "評価", "結論"))
    assert "対応する義務（参考）" in words
    assert "この指針は「対象事業者」を対象とします" in words
    duties = [element.proto.body for element in app.get("html") if "対応する義務（参考）" in element.proto.body]
    assert duties
    assert all("違反" not in body.split("理由：")[1] for body in duties)


def test_a_clause_leads_back_to_the_findings_that_correspond(app_kb: Path) -> None:
    app = open_page(PAGE, view="clause", doc="mihon-shishin", clause="4-1-1")
    words = shown(app)
    assert "この条項に近い認定" in words
    assert "管理用のアカウントを共用させていたこと" in words


def test_filters_narrow_the_cases_to_choose_from(app_kb: Path) -> None:
    app = open_page(PAGE, view="table")
    before = len(next(one for one in app.multiselect if one.label.startswith("比べる事案")).options)
    next(one for one in app.multiselect if one.label == "処分庁").set_value(["見本監査院"]).run()
    after = next(one for one in app.multiselect if one.label.startswith("比べる事案"))
    assert before > len(after.options) == 1


def test_the_files_are_offered(app_kb: Path) -> None:
    app = open_page(PAGE, view="export")
    names = [one.proto.label for one in app.get("download_button")]
    assert names == ["Excel（表ごとに一枚）", "Word（引用付き）", "CSV（全事実）", "CSV（訂正の記録）"]
