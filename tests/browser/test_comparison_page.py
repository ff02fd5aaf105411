"""The comparison page in a real browser: table to quotation, charts, a correction, both themes, no outside request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from screens import MARKS, expect, follow, go, keep, outside, sees

from compliance.case.correction_file import record_of

pytestmark = MARKS
PAGE = "/comparison"


def test_a_value_of_the_table_leads_to_its_quotation_and_an_address_that_reloads(server: str, page: Any) -> None:
    go(page, server + PAGE)
    follow(page, page.locator("td a", has_text="約").first, "**entry=**")
    page.get_by_role("heading", name="引用と頁").wait_for()
    keep(page, "comparison-light")
    expect(page.locator(".k-quote").first).to_be_visible()
    page.reload()
    page.get_by_role("heading", name="引用と頁").wait_for()
    expect(page.locator("a[aria-current]").first).to_be_visible()


@pytest.mark.parametrize("view", ["time", "people", "matrix", "measures"])
def test_a_chart_is_drawn_in_the_dark_and_asks_nobody_else(view: str, server: str, new_page: Any) -> None:
    page = new_page(scheme="dark")
    go(page, f"{server}{PAGE}?view={view}")
    page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first.wait_for()
    keep(page, f"comparison-{view}-dark")
    assert outside(page, server) == []


def test_a_field_of_the_matrix_leads_to_its_quotations(server: str, page: Any) -> None:
    go(page, f"{server}{PAGE}?view=matrix")
    count = page.locator("[data-testid=stVegaLiteChart] text").filter(has_text=re.compile("^[1-9]$")).first
    count.wait_for()
    box = count.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sees(page, "選んだ印の引用")


def test_a_correction_made_in_the_browser_is_kept_and_shown(own_server: str, own_kb: Path, page: Any) -> None:
    go(page, own_server + PAGE)
    follow(page, page.locator("td a", has_text="約").first, "**entry=**")
    page.get_by_role("heading", name="引用と頁").wait_for()
    page.get_by_label("記録者（必須）").first.fill("法務 花子")
    page.get_by_role("button", name="記録する").click()
    page.locator("td .mark", has_text="確認済").first.wait_for()
    keep(page, "comparison-corrected")
    assert [one.who for one in record_of(own_kb)] == ["法務 花子"]


@pytest.mark.parametrize("width", [820, 1280, 1920])
def test_the_page_is_not_wider_than_its_window(width: int, server: str, new_page: Any) -> None:
    page = new_page(width=width)
    go(page, server + PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
