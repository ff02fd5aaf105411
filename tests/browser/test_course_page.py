"""教材作成 and 引用チェック in a real browser: proposed, kept, written out; a draft checked."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pptx
import pytest
from screens import MARKS, expect, go, keep, outside, sees

pytestmark = MARKS
MEMO = Path(__file__).resolve().parents[1] / "golden" / "memo-slides.txt"


def propose(page: Any, server: str) -> None:
    """Opens the page and has a course proposed."""
    go(page, f"{server}/course")
    page.get_by_label("テーマ").fill("委託先の監督")
    page.get_by_role("button", name="提案する").click()
    sees(page, "構成　計", timeout=120_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_trainer_gets_a_course_and_sees_quotes_and_quiz(server: str, new_page: Any, scheme: str) -> None:
    page = new_page(scheme=scheme)
    propose(page, server)
    page.locator(".k-quote").first.wait_for()
    keep(page, f"course-{scheme}")
    page.get_by_role("tab", name="確認テスト").click()
    sees(page, "正答")
    keep(page, f"course-quiz-{scheme}")
    assert outside(page, server) == []


def test_the_slides_are_downloaded_with_their_pages(server: str, page: Any, tmp_path: Path) -> None:
    propose(page, server)
    page.get_by_role("tab", name="書き出し").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="スライド（PowerPoint）").click()
    waiting.value.save_as(tmp_path / "course.pptx")
    show = pptx.Presentation(io.BytesIO((tmp_path / "course.pptx").read_bytes()))
    assert waiting.value.suggested_filename == "委託先の監督研修_スライド.pptx"
    assert sum(shape.shape_type == 13 for slide in show.slides for shape in slide.shapes) > 3


def test_a_kept_course_opens_at_its_address(own_server: str, page: Any) -> None:
    propose(page, own_server)
    page.get_by_role("button", name="保存する", exact=True).click()
    page.wait_for_url("**course=**")
    go(page, page.url)
    expect(page.get_by_label("教材の題名")).to_have_value("委託先の監督研修")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_writer_sees_each_fault_beside_the_true_text(server: str, new_page: Any, scheme: str) -> None:
    page = new_page(scheme=scheme)
    go(page, f"{server}/checker")
    page.get_by_label("原稿の文章").fill(MEMO.read_text(encoding="utf-8"))
    page.get_by_role("button", name="照合する").click()
    sees(page, "件を確認：指摘")
    expect(page.locator("del", has_text="五")).to_have_count(1)
    keep(page, f"checker-{scheme}")
    assert outside(page, server) == []


@pytest.mark.parametrize("width", [820, 1280, 1920])
@pytest.mark.parametrize("path", ["/course", "/checker"])
def test_neither_page_is_wider_than_its_window(width: int, path: str, server: str, new_page: Any) -> None:
    page = new_page(width=width)
    go(page, server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
