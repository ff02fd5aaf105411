"""The home and search pages in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2
from screens import MARKS, ROOT, at_rest, expect, follow, go, keep, picture, sees, share_tinted, tab_to

import cli

pytestmark = MARKS
QUESTION = "委託契約に盛り込む事項は何ですか"
FIELD = "質問、語句又は条項の番号"
SHOWN = "頁に表示中"


def best_hit(sample_kb: Path, question: str) -> dict[str, Any]:
    command = [sys.executable, "cli.py", "search", question, "--json", "--kb", str(sample_kb)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    hit: dict[str, Any] = json.loads(done.stdout)["hits"][0]
    return hit


def a4(page: Any, path: Path) -> str:
    """What the page prints, all its sheets of A4, as words without spaces."""
    page.pdf(path=str(path), prefer_css_page_size=True)
    pdf = pypdfium2.PdfDocument(path)
    try:
        assert {tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in pdf} == {(210, 297)}
        words = "".join(sheet.get_textpage().get_text_bounded() for sheet in pdf)
        return unicodedata.normalize("NFC", "".join(words.split()))
    finally:
        pdf.close()


def test_a_user_asks_at_home_and_sees_the_quote_boxed_on_the_page(server: str, page: Any, sample_kb: Path) -> None:
    go(page, server)
    expect(page.get_by_text("できないこと")).to_be_visible()
    keep(page, "home-light")
    page.get_by_label(FIELD).fill(QUESTION)
    page.get_by_role("button", name="検索", exact=True).click()
    sees(page, "回答となる条項")
    at_rest(page)
    seen = picture(page)
    keep(page, "search-light")
    hit = best_hit(sample_kb, QUESTION)
    shown = page.locator(".k-quote").first.inner_text()
    assert shown.replace("\n", "") == f"「{hit['quote']}」"
    box = {side: hit["boxes"][0][side] for side in ("x0", "top", "x1", "bottom")}
    assert share_tinted(seen, **box) > 0.5
    assert share_tinted(seen, **{**box, "top": box["top"] - 30, "bottom": box["top"] - 16}) < 0.02


def test_a_permalink_of_question_filter_and_clause_survives_a_reload_and_the_way_back(server: str, page: Any) -> None:
    go(page, f"{server}/search?q={QUESTION}&only=mihon-shishin")
    follow(page, page.locator(".st-key-hit-3").get_by_role("link", name="頁に表示"), "**clause=**")
    first, third = page.locator(".st-key-hit-1"), page.locator(".st-key-hit-3")
    expect(third).to_contain_text(SHOWN)
    address = page.url
    page.reload()
    expect(third).to_contain_text(SHOWN)
    at_rest(page)
    assert page.url == address
    expect(page.get_by_label(FIELD)).to_have_value(QUESTION)
    page.go_back()
    expect(first).to_contain_text(SHOWN)
    expect(page).not_to_have_url(address)
    page.go_forward()
    expect(third).to_contain_text(SHOWN)
    expect(page).to_have_url(address)


def test_an_address_of_the_first_version_still_opens(server: str, page: Any) -> None:
    page.goto(f"{server}/?q={QUESTION}")
    sees(page, "回答となる条項")
    assert "/search?q=" in page.url


def test_an_honest_no_is_shown(server: str, new_page: Any) -> None:
    page = new_page(scheme="dark")
    page.goto(f"{server}/search?q=宇宙ロケットの打上げ許可の手数料")
    sees(page, "回答ではありません")
    keep(page, "no-dark")


def test_enter_that_ends_a_conversion_does_not_send_the_question(server: str, page: Any) -> None:
    """Of the two, only the question that a plain Enter sends reaches the list of questions asked."""
    go(page, f"{server}/search")
    field = page.get_by_label(FIELD)
    field.fill("いたく")
    field.dispatch_event("keydown", {"key": "Enter", "code": "Enter", "keyCode": 229, "isComposing": True})
    field.fill("委託契約")
    field.press("Enter")
    page.wait_for_url("**q=**")
    sees(page, "尋ねた質問（1件")


def test_an_answer_prints_on_a4_without_the_controls(server: str, page: Any, tmp_path: Path) -> None:
    go(page, f"{server}/search?q={QUESTION}")
    page.emulate_media(media="print")
    sees(page, f"質問：{QUESTION}")
    assert not page.get_by_role("button", name="検索", exact=True).is_visible()
    assert "５－２" in a4(page, tmp_path / "answer.pdf")


def test_a_clause_prints_on_a4_with_its_citation_and_its_page(server: str, page: Any, tmp_path: Path) -> None:
    go(page, f"{server}/reader?doc=mihon-shishin&clause=５－２")
    page.emulate_media(media="print")
    printed = a4(page, tmp_path / "clause.pdf")
    assert "委託契約に盛り込む事項" in printed
    assert "（令和6年4月）５－２" in printed
    assert "移動" not in printed


def test_two_sessions_at_once_get_their_own_answers(server: str, new_page: Any) -> None:
    questions = ("委託契約に盛り込む事項", "アクセス権限の管理")
    pages = [new_page() for _ in questions]
    for page, question in zip(pages, questions, strict=True):
        page.goto(f"{server}/search?q={question}", wait_until="commit")
    for page, question in zip(pages, questions, strict=True):
        page.locator(".k-card").first.wait_for()
        expect(page.get_by_label(FIELD)).to_have_value(question)


def test_a_search_is_kept_with_a_note_and_found_again_after_a_restart_of_the_browser(
    own_server: str, new_page: Any
) -> None:
    page = new_page()
    go(page, f"{own_server}/search?q={QUESTION}&only=mihon-shishin")
    page.get_by_role("button", name="検索を保存").click()
    page.get_by_label("メモ（任意）").fill("契約書の見直し <b>一</b>")
    page.get_by_role("button", name="保存する").click()
    page.get_by_role("button", name="保存済み（メモを直す）").wait_for()
    later = new_page(scheme="dark")
    go(later, f"{own_server}/search")
    later.get_by_text("保存した検索（1件）").click()
    sees(later, "契約書の見直し <b>一</b>")
    keep(later, "saved-dark")
    follow(later, later.get_by_role("link", name=QUESTION).last, "**only=mihon-shishin**")
    sees(later, "回答となる条項")


def test_from_home_to_the_clause_with_the_keyboard_alone(server: str, page: Any) -> None:
    go(page, server)
    tab_to(page, "input")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    sees(page, "回答となる条項")
    at_rest(page)
    tab_to(page, ".st-key-hit-1 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reader?**")
    sees(page, "この条項が参照する先")


def test_a_defined_term_tells_its_definition_to_mouse_and_keyboard(server: str, page: Any) -> None:
    go(page, f"{server}/reader?doc=mihon-shishin&clause=５－２")
    told = page.locator(".k-tip:visible")
    assert told.count() == 0
    page.locator(".k-term", has_text="対象事業者").first.hover()
    assert "以下「対象事業者」という。" in told.inner_text()
    keep(page, "term-light")
    page.mouse.move(0, 0)
    page.wait_for_function("!document.querySelector('.k-term:hover')")
    tab_to(page, ".k-term")
    assert told.count() == 1


def test_a_document_that_goes_away_while_its_clause_is_shown_is_told(own_server: str, own_kb: Path, page: Any) -> None:
    go(page, f"{own_server}/search?q={QUESTION}&only=mihon-shishin")
    assert cli.main(["remove", "mihon-shishin", "--kb", str(own_kb), "--quiet"]) == 0
    page.locator(".st-key-hit-3").get_by_role("link", name="頁に表示").click()
    sees(page, "この絞り込みに当たる条項はありません")
    page.get_by_role("link", name="絞り込みを外して検索する").click()
    page.locator(".k-card").first.wait_for()
