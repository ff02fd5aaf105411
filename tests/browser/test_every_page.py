"""What holds on every page in a real browser: no outside requests, any width, the keyboard, foreign words as text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from screens import MARKS, at_rest, expect, go, outside, sees

pytestmark = MARKS
FIELD = "質問、語句又は条項の番号"
PATHS = [
    "/",
    "/search?q=委託",
    "/reader?doc=mihon-shishin&clause=５－２",
    "/register",
    "/versions",
    "/comparison",
    "/course",
    "/checker",
    "/library",
    "/help",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_asks_anybody_else_for_anything(path: str, server: str, page: Any) -> None:
    go(page, server + path)
    page.wait_for_load_state("networkidle")
    assert page.requested
    assert outside(page, server) == []


@pytest.mark.parametrize("width", [820, 1280, 1920])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_its_window(width: int, path: str, server: str, new_page: Any) -> None:
    page = new_page(width=width)
    go(page, server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=document.title='hacked'>委託**太字**",
        "委託" + "🙂" * 200,
        "委託\u202e\x07制御",
        "</div><script>document.title='hacked'</script>委託",
    ],
)
def test_hostile_words_in_a_question_are_text(question: str, server: str, page: Any) -> None:
    go(page, f"{server}/search")
    page.get_by_label(FIELD).fill(question)
    page.get_by_role("button", name="検索", exact=True).click()
    page.wait_for_url("**q=**")
    at_rest(page)
    assert page.title() != "hacked"
    assert page.locator("img[src='x']").count() == 0
    expect(page.locator(".k-card").first).to_be_visible()


def test_ten_thousand_characters_pasted_are_cut_told_and_reload(server: str, page: Any) -> None:
    go(page, f"{server}/search")
    page.get_by_label(FIELD).fill("委託契約に盛り込む事項" * 1000)
    page.get_by_label(FIELD).press("Enter")
    sees(page, "先頭の2,000字だけで検索しました")
    page.reload()
    at_rest(page)
    expect(page.get_by_label(FIELD)).to_have_value(re.compile("^.{2000}$"))
    expect(page.locator(".k-card").first).to_be_visible()
