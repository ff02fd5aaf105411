"""The reader in a real browser: tree, box, links, keyboard, a document that goes away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from screens import MARKS, at_rest, follow, go, keep, picture, sees, share_tinted

import cli
from law.store import Store

pytestmark = MARKS
ADDRESS = "/reader?doc=mihon-shishin&clause=５－２"


def open_reader(page: Any, server: str, address: str = ADDRESS, shown: str = "枠：５－２") -> None:
    go(page, server + address)
    sees(page, shown)


def test_a_hit_opens_in_the_reader_at_its_clause(server: str, page: Any) -> None:
    go(page, f"{server}/search?q=委託契約に盛り込む事項は何ですか")
    follow(page, page.get_by_role("link", name="文書で開く").first, "**/reader?doc=**clause=**")
    sees(page, "この条項が参照する先")


def test_the_chosen_clause_is_boxed_to_the_pixel(server: str, page: Any, sample_kb: Path) -> None:
    open_reader(page, server)
    keep(page, "reader-light")
    seen = picture(page)
    with Store.open(sample_kb) as store:
        document = store.document("mihon-shishin")
    clause = document.by_path["５－２"]
    boxes = document.boxes_of(clause.own[0])
    first = document.boxes_of(clause.heading or clause.anchor)[0]
    for box in (box for box in boxes if box.page == boxes[0].page):
        assert share_tinted(seen, box.x0, box.top, box.x1, box.bottom) > 0.5
    assert share_tinted(seen, first.x0, first.top - 40, first.x1, first.top - 10) < 0.02


def test_the_tree_the_ways_on_and_the_jump_lead_to_addresses_that_reload(server: str, new_page: Any) -> None:
    page = new_page(scheme="dark")
    open_reader(page, server)
    keep(page, "reader-dark")
    tree = page.locator("nav[aria-label=条項]")
    assert "５－２" in tree.locator("a[aria-current]").inner_text()
    tree.locator("a", has_text="５－３").first.click()
    sees(page, "枠：５－３")
    at_rest(page)
    page.get_by_role("link", name="前の条項").click()
    page.wait_for_function("!document.body.innerText.includes('枠：５－３')")
    at_rest(page)
    page.get_by_label("番号で移動").fill("5-2")
    page.keyboard.press("Enter")
    sees(page, "枠：５－２")
    page.reload()
    sees(page, "枠：５－２")
    page.go_back()
    page.wait_for_function("!document.body.innerText.includes('枠：５－２')")


def test_the_tree_is_walked_with_the_arrow_keys(server: str, page: Any) -> None:
    open_reader(page, server)
    page.locator("nav[aria-label=条項] a[aria-current]").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("!document.body.innerText.includes('枠：５－２')")


def test_a_document_that_another_session_removes_is_told_and_the_page_lives(
    own_server: str, own_kb: Path, page: Any
) -> None:
    open_reader(page, own_server)
    assert cli.main(["remove", "mihon-shishin", "--kb", str(own_kb), "--quiet"]) == 0
    page.get_by_role("link", name="次の条項").click()
    sees(page, "知識ベースにありません")
    keep(page, "reader-removed")
    page.goto(f"{own_server}/reader?doc=mihon-qa")
    sees(page, "この条項が参照する先")
