"""The reader as a session sees it, without a browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from test_app import links, markdown_of, open_page, pictures, shown

import cli
from law.store import Store

READER = "ui/reader.py"


@pytest.fixture
def own_kb(sample_kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample knowledge base that a test may spoil."""
    kb = tmp_path / "kb"
    shutil.copytree(sample_kb, kb)
    monkeypatch.setenv("KONKYO_KB", str(kb))
    return kb


def test_a_clause_is_shown_with_its_headings_words_items_page_and_picture(app_kb: Path) -> None:
    app = open_page(READER, doc="mihon-shishin", clause="５－２")
    words = shown(app)
    assert not app.exception
    assert '<div class="k-heading">５－２' in words
    assert "k-item" in words
    assert "頁（PDFの" in words
    assert "枠：５－２" in words
    assert pictures(app) >= 1


@pytest.mark.parametrize("typed", ["5-2", "５－２", "五の二"])
def test_a_label_as_a_person_types_it_finds_the_clause(typed: str, app_kb: Path) -> None:
    app = open_page(READER, doc="mihon-shishin")
    app.text_input[0].input(typed)
    next(button for button in app.button if button.label == "移動").click().run()
    assert not app.exception
    assert '<div class="k-heading">５－２' in shown(app)


def test_a_label_that_is_not_there_is_said_to_be_absent(app_kb: Path) -> None:
    app = open_page(READER, doc="mihon-shishin")
    app.text_input[0].input("99-99 **x**")
    next(button for button in app.button if button.label == "移動").click().run()
    assert "という番号の条項はありません" in shown(app)
    assert "**x**" not in markdown_of(app)


def test_a_label_that_several_clauses_have_lists_them(app_kb: Path) -> None:
    app = open_page(READER, doc="mihon-shishin")
    app.text_input[0].input("①")
    next(button for button in app.button if button.label == "移動").click().run()
    assert "件あります" in shown(app)
    assert not app.exception


def test_the_clauses_before_and_after_are_one_link_away(app_kb: Path) -> None:
    app = open_page(READER, doc="mihon-shishin", clause="５－２")
    ways = {link.label: link.query_string for link in links(app)}
    assert "doc=mihon-shishin" in ways["前の条項"]
    assert "doc=mihon-shishin" in ways["次の条項"]
    assert "page=" in ways["次の頁"]


def test_references_that_lead_somewhere_are_links_and_others_say_that_they_do_not(app_kb: Path) -> None:
    words = shown(open_page(READER, doc="mihon-shishin", clause="５－３"))
    assert "この条項が参照する先" in words
    assert "この条項を参照する条項" in words
    whole = [shown(open_page(READER, doc=doc)) for doc in ("mihon-kankoku-1", "mihon-qa")]
    assert all("この条項が参照する先" in one for one in whole)


def test_a_document_that_is_gone_is_said_to_be_gone(app_kb: Path) -> None:
    app = open_page(READER, doc="<b>gone</b>")
    assert not app.exception
    assert "知識ベースにありません" in app.warning[0].value
    assert "<b>" not in markdown_of(app)


def test_a_clause_that_is_gone_is_said_to_be_gone_and_the_document_is_shown(app_kb: Path) -> None:
    app = open_page(READER, doc="mihon-shishin", clause="９９－９９")
    assert "この文書の表示中の版にありません" in app.warning[0].value
    assert pictures(app) >= 1


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "１"])
@pytest.mark.parametrize("version", ["0", "77", "x"])
def test_pages_and_versions_that_make_no_sense_break_nothing(page: str, version: str, app_kb: Path) -> None:
    app = open_page(READER, doc="mihon-shishin", page=page, v=version)
    assert not app.exception
    assert pictures(app) >= 1


def test_another_page_than_the_clauses_is_shown_without_a_box_and_says_so(app_kb: Path) -> None:
    words = shown(open_page(READER, doc="mihon-shishin", clause="５－２", page="1"))
    assert "この頁に枠はありません" in words
    assert "条項の頁に戻る" in words


def test_a_damaged_original_is_said_to_be_damaged_and_the_words_stay(own_kb: Path) -> None:
    for source in (own_kb / "sources").iterdir():
        source.write_bytes(b"%PDF-1.4 broken")
    app = open_page(READER, doc="mihon-shishin", clause="５－２")
    assert not app.exception
    assert "原本（PDF）が壊れています" in shown(app)
    assert '<div class="k-heading">５－２' in shown(app)


def test_an_original_that_is_gone_is_said_to_be_gone(own_kb: Path) -> None:
    for source in (own_kb / "sources").iterdir():
        source.unlink()
    assert "原本（PDF）がありません" in shown(open_page(READER, doc="mihon-shishin", clause="５－２"))


def test_a_document_that_another_session_removes_is_told_and_the_rest_stays_readable(own_kb: Path) -> None:
    app = open_page(READER, doc="mihon-qa")
    assert cli.main(["remove", "mihon-qa", "--kb", str(own_kb), "--quiet"]) == 0
    app.run()
    assert not app.exception
    assert "知識ベースにありません" in app.warning[0].value
    app.selectbox[0].select("mihon-shishin").run()
    assert pictures(app) >= 1


def test_an_old_version_is_shown_as_such_and_the_present_one_by_default(own_kb: Path, tmp_path: Path) -> None:
    corpus = Path(cli.__file__).parent / "corpus"
    shutil.copy(corpus / "mihon-release.pdf", tmp_path / "mihon-qa.pdf")  # other bytes under an id that is there
    assert cli.main(["remove", "mihon-release", "--kb", str(own_kb), "--quiet"]) == 0
    assert cli.main(["ingest", str(tmp_path / "mihon-qa.pdf"), "--kb", str(own_kb), "--quiet"]) == 0
    now, old = open_page(READER, doc="mihon-qa"), open_page(READER, doc="mihon-qa", v="1")
    assert "これは旧版（第1版）です" not in shown(now)
    assert "第1版（旧版）" in shown(now)
    assert "これは旧版（第1版）です" in shown(old)
    assert pictures(old) >= 1


def test_a_clause_is_written_in_the_order_of_the_print(app_kb: Path) -> None:
    """１－３ of the guideline has a paragraph behind its items."""
    words = shown(open_page(READER, doc="mihon-shishin", clause="１－３"))
    html = words[words.index("k-heading") :]
    assert html.index("次に掲げる事項") < html.index("指摘事項の改善") < html.index("なお、利用者データ")


def test_a_defined_term_tells_its_definition_to_mouse_and_keyboard(app_kb: Path) -> None:
    words = shown(open_page(READER, doc="mihon-shishin", clause="５－２"))
    term = words[words.index('<span class="k-term" tabindex="0">対象事業者') :]
    assert "以下「対象事業者」という。" in term[: term.index("</span></span>")]


def test_a_reference_by_title_leads_there_and_is_shown_there(own_kb: Path, tmp_path: Path) -> None:
    """The questions and answers cite 標記の実務指針; here the guideline has that title."""
    corpus = Path(cli.__file__).parent / "corpus"
    shutil.copy(corpus / "mihon-shishin.pdf", tmp_path)
    (tmp_path / "mihon-shishin.toml").write_text('title = "標記の実務指針"', encoding="utf-8")
    assert cli.main(["ingest", str(tmp_path / "mihon-shishin.pdf"), "--kb", str(own_kb), "--again", "--quiet"]) == 0
    with Store.open(own_kb) as store:
        asking = {one.surface: one.clause for one in store.references("mihon-qa")}["実務指針１－１"]
    outward = [link.query_string for link in links(open_page(READER, doc="mihon-qa", clause=asking))]
    assert any(unquote_plus(address).startswith("doc=mihon-shishin&clause=１－１") for address in outward)
    there = open_page(READER, doc="mihon-shishin", clause="１－１")
    assert "他の文書からの参照（" in shown(there)
    assert any("doc=mihon-qa" in link.query_string for link in links(there))
