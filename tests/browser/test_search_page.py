"""The home and search pages in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from screens import MARKS, ROOT, keep, outside, picture, share_tinted

pytestmark = MARKS
QUESTION = "委託契約に盛り込む事項は何ですか"
FIELD = "質問、語句又は条項の番号"


def best_hit(sample_kb: Path, question: str) -> dict[str, Any]:
    command = [sys.executable, "cli.py", "search", question, "--json", "--kb", str(sample_kb)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    hit: dict[str, Any] = json.loads(done.stdout)["hits"][0]
    return hit


def test_a_user_asks_at_home_and_sees_the_quote_boxed_on_the_page(server: str, page: Any, sample_kb: Path) -> None:
    page.goto(server)
    page.get_by_text("できないこと").wait_for()
    keep(page, "home-light")
    page.get_by_label(FIELD).fill(QUESTION)
    page.get_by_role("button", name="検索", exact=True).click()
    page.get_by_text("回答となる条項").wait_for()
    seen = picture(page)
    keep(page, "search-light")
    hit = best_hit(sample_kb, QUESTION)
    assert hit["quote"] in page.inner_text("body")
    box = {side: hit["boxes"][0][side] for side in ("x0", "top", "x1", "bottom")}
    assert share_tinted(seen, **box) > 0.5
    assert share_tinted(seen, **{**box, "top": box["top"] - 30, "bottom": box["top"] - 16}) < 0.02


def test_a_permalink_of_question_filter_and_clause_survives_a_reload_and_the_way_back(server: str, page: Any) -> None:
    page.goto(f"{server}/search?q={QUESTION}&only=mihon-shishin")
    page.get_by_role("link", name="頁に表示、引用、評価").nth(1).click()
    page.wait_for_url("**clause=**")
    shown = page.url
    page.get_by_text("3. 共同物流").last.wait_for()
    page.reload()
    page.get_by_text("3. 共同物流").last.wait_for()
    assert page.url == shown
    assert page.get_by_label(FIELD).input_value() == QUESTION
    page.go_back()
    page.get_by_text("1. 共同物流").last.wait_for()


def test_an_address_of_the_first_version_still_opens(server: str, page: Any) -> None:
    page.goto(f"{server}/?q={QUESTION}")
    page.get_by_text("回答となる条項").wait_for()
    assert "/search?q=" in page.url


def test_an_honest_no_is_shown(server: str, new_page: Any) -> None:
    page = new_page(scheme="dark")
    page.goto(f"{server}/search?q=宇宙ロケットの打上げ許可の手数料")
    page.get_by_text("回答ではありません").first.wait_for()
    keep(page, "no-dark")


def test_enter_that_ends_a_conversion_does_not_send_the_question(server: str, page: Any) -> None:
    page.goto(f"{server}/search")
    field = page.get_by_label(FIELD)
    field.fill("いたく")
    field.dispatch_event("keydown", {"key": "Enter", "code": "Enter", "keyCode": 229, "isComposing": True})
    page.wait_for_timeout(1000)
    assert "q=" not in page.url
    field.press("Enter")
    page.wait_for_url("**q=**")


@pytest.mark.parametrize("path", ["/", "/search?q=委託", "/reader", "/library", "/help"])
def test_no_page_asks_anybody_else_for_anything(path: str, server: str, page: Any) -> None:
    page.goto(server + path)
    page.get_by_text("法的助言ではありません").first.wait_for()
    page.wait_for_timeout(1500)
    assert outside(page, server) == []


def test_html_in_a_question_is_text(server: str, page: Any) -> None:
    page.goto(f"{server}/search?q=<img src=x onerror=document.title='hacked'>委託**太字**")
    page.get_by_text("条項").first.wait_for()
    page.wait_for_timeout(1500)
    assert page.title() != "hacked"
    assert page.locator("img[src='x']").count() == 0


def test_an_answer_prints_on_a4_without_the_controls(server: str, page: Any, tmp_path: Path) -> None:
    page.goto(f"{server}/search?q={QUESTION}")
    page.get_by_text("回答となる条項").wait_for()
    page.emulate_media(media="print")
    page.get_by_text(f"質問：{QUESTION}").wait_for()
    assert not page.get_by_role("button", name="検索", exact=True).is_visible()
    page.pdf(path=str(tmp_path / "answer.pdf"), prefer_css_page_size=True)
    assert (tmp_path / "answer.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("width", [820, 1280, 1920])
@pytest.mark.parametrize(
    "path", ["/", "/search?q=委託", "/reader?doc=mihon-shishin&clause=５－２", "/library", "/help"]
)
def test_no_page_is_wider_than_its_window(width: int, path: str, server: str, new_page: Any) -> None:
    page = new_page(width=width)
    page.goto(server + path)
    page.get_by_text("法的助言ではありません").first.wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_sessions_at_once_get_their_own_answers(server: str, new_page: Any) -> None:
    questions = ("委託契約に盛り込む事項", "アクセス権限の管理")
    pages = [new_page() for _ in questions]
    for page, question in zip(pages, questions, strict=True):
        page.goto(f"{server}/search?q={question}", wait_until="commit")
    for page, question in zip(pages, questions, strict=True):
        page.locator(".k-card").first.wait_for()
        assert page.get_by_label(FIELD).input_value() == question
