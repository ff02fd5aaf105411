"""What is clicked in the words of a page, in a real browser: references, copies and judgements, in one session."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from screens import MARKS, at_rest, expect, follow, go, keep, sees, tab_to

pytestmark = MARKS
QUESTION = "委託契約に盛り込む事項は何ですか"


def test_a_reference_in_the_words_opens_its_clause_and_the_session_goes_on(server: str, page: Any) -> None:
    go(page, f"{server}/search?q={QUESTION}&only=mihon-shishin")
    follow(page, page.locator(".st-key-hit-1").get_by_role("link", name="文書で開く"), "**/reader?**")
    go_on = page.locator(".k-text").get_by_role("link").first
    page.get_by_label("番号で移動").fill("５－１－１")
    page.get_by_role("button", name="移動").click()
    page.wait_for_url("**%EF%BC%95%EF%BC%8D%EF%BC%91%EF%BC%8D%EF%BC%91**")
    at_rest(page)
    keep(page, "references-light")
    expect(go_on).to_have_text("５－１②")
    follow(page, go_on, "**%E2%91%A1**")
    assert unquote(page.url).endswith("clause=５－１+>+②")
    page.go_back()
    expect(page).not_to_have_url(re.compile("%E2%91%A1"))
    at_rest(page)
    page.get_by_role("link", name="検索", exact=True).click()
    expect(page.get_by_text("この画面で尋ねた質問（1件")).to_be_visible()  # as no new session would know


def test_a_reference_opens_in_a_tab_of_its_own_too(server: str, page: Any) -> None:
    go(page, f"{server}/reader?doc=mihon-shishin&clause=５－１－１")
    with page.context.expect_page() as opened:
        page.locator(".k-text").get_by_role("link").first.click(modifiers=["ControlOrMeta"])
    sees(opened.value, "この条項が参照する先")
    assert unquote(opened.value.url).endswith("clause=５－１+>+②")
    assert "５－１－１" in unquote(page.url)


def test_why_a_reference_leads_nowhere_is_told_to_the_keyboard_and_is_no_part_of_the_words(
    server: str, page: Any
) -> None:
    go(page, f"{server}/reader?doc=mihon-kankoku-1&clause=第２ > ４")
    tab_to(page, ".k-open")
    one = page.locator(".k-open:focus")
    told = one.evaluate("(words) => getComputedStyle(words, '::after').content")
    assert "見本利用者情報保護法第24条第1項（収録していません）" in told
    assert one.inner_text() == "法第24条第１項"
    keep(page, "unresolved-light")


def test_a_citation_and_a_quotation_are_copied_from_any_hit_as_they_stand(server: str, page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, f"{server}/search?q={QUESTION}")
    hit = page.locator(".st-key-hit-3")
    hit.get_by_text("引用を写す").click()
    for number in (0, 1):
        words = hit.locator("code").nth(number)
        button = hit.locator(".k-copy").nth(number)
        button.click()
        expect(button).to_have_text("写しました")
        assert page.evaluate("navigator.clipboard.readText()") == words.text_content()


def test_any_hit_is_judged_and_the_judgement_is_kept(own_server: str, own_kb: Path, page: Any) -> None:
    go(page, f"{own_server}/search?q={QUESTION}")
    hit = page.locator(".st-key-hit-4")
    hit.get_by_role("button", name="違う").click()
    expect(hit.get_by_role("status")).to_have_text("評価を記録しました：違う")
    kept = [json.loads(line) for line in (own_kb / "feedback.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["question"], one["useful"]) for one in kept] == [(QUESTION, False)]
