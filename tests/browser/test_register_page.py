"""義務一覧 and 新旧対照 in a real browser: the quote boxed, own columns kept, files downloaded, versions compared."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from screens import MARKS, at_rest, expect, follow, go, keep, outside, picture, playwright, sees, share_tinted

from compliance.duty.ledger import kept
from compliance.obligations import obligations
from law.store import Store

pytestmark = MARKS
REGISTER, VERSIONS = "/register?doc=mihon-shishin", "/versions?new=mihon-shishin-kaitei&old=mihon-shishin"


def test_the_words_of_the_chosen_duty_are_boxed_on_its_page(server: str, page: Any, sample_kb: Path) -> None:
    go(page, server + REGISTER)
    keep(page, "register-light")
    seen = picture(page)
    with Store.open(sample_kb) as store:
        document = store.document("mihon-shishin")
    duty = obligations(document)[0]
    first = document.boxes_of(duty.span)[0]
    assert share_tinted(seen, first.x0, first.top, first.x1, first.bottom) > 0.5
    assert share_tinted(seen, first.x0, first.top - 60, first.x1, first.top - 30) < 0.02


def test_a_duty_opens_in_the_reader_at_its_clause(server: str, page: Any) -> None:
    go(page, server + REGISTER + "&q=台帳　14日以内")
    follow(page, page.get_by_role("link", name="文書で開く").first, "**/reader?**clause=**")
    sees(page, "枠：２－３")


def test_a_filter_writes_an_address_that_reloads(server: str, page: Any) -> None:
    go(page, server + REGISTER)
    page.get_by_label("語句（すべてを含むもの）").fill("委託先")
    page.get_by_role("button", name="表示", exact=True).click()
    page.wait_for_url("**q=**")
    at_rest(page)
    page.reload()
    at_rest(page)
    expect(page.get_by_label("語句（すべてを含むもの）")).to_have_value("委託先")
    expect(page.get_by_text("絞り込みを外す")).to_be_visible()


def test_what_is_filled_in_is_still_there_in_another_session(own_server: str, own_kb: Path, new_page: Any) -> None:
    page = new_page(scheme="dark")
    go(page, own_server + REGISTER)
    page.get_by_label("担当").fill("総務部 <i>佐藤</i>")
    page.get_by_role("button", name="保存", exact=True).click()
    sees(page, "保存しました。")
    expect(page.locator(".k-own", has_text="総務部 <i>佐藤</i>")).to_be_visible()
    keep(page, "register-dark")
    assert [one.own.owner for one in kept(own_kb)] == ["総務部 <i>佐藤</i>"]
    other = new_page()
    go(other, own_server + REGISTER)
    expect(other.get_by_label("担当")).to_have_value("総務部 <i>佐藤</i>")


def test_the_register_and_the_checklist_are_downloaded(server: str, page: Any) -> None:
    go(page, f"{server}{REGISTER}&view=export")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="点検表　Excel（.xlsx）").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book.sheetnames == ["点検表"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Word（A4横）", exact=True).click()
    file = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert len(file.tables[0].rows) == 81


def test_two_versions_stand_side_by_side_and_are_downloaded(server: str, page: Any) -> None:
    go(page, server + VERSIONS)
    keep(page, "versions-light")
    expect(page.locator(".k-pair u", has_text="半年").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="新旧対照表　Word（A4横）").click()
    file = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert [cell.text for cell in file.tables[0].rows[0].cells] == ["改正後", "改正前"]
    page.get_by_text("義務の増減").click()
    sees(page, "「望ましい」から「なければならない」へ")


def test_a_row_of_the_table_opens_the_clause_in_its_version(server: str, page: Any) -> None:
    go(page, server + VERSIONS)
    row = page.locator("tr", has_text="30日")
    follow(page, row.get_by_role("link", name="文書で開く").first, "**/reader?**")
    sees(page, "枠：６－３－１")


@pytest.mark.parametrize("path", [REGISTER, f"{REGISTER}&view=numbers", VERSIONS, f"{VERSIONS}&view=duties"])
def test_neither_page_asks_anybody_else_or_is_wider_than_its_window(path: str, server: str, new_page: Any) -> None:
    page = new_page(width=820)
    go(page, server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 820
    assert outside(page, server) == []


def _open_owner(page: Any) -> Any:
    """The field of the owner of the first duty; the table is a canvas that takes a click only once it is drawn."""
    field = page.locator(".gdg-input")
    for _ in range(20):
        box = page.locator("[data-testid=stDataFrame]").bounding_box()
        page.mouse.click(box["x"] + 60 + 110 + 430 + 80 + 60, box["y"] + 80)  # in the first row, behind the quote
        page.keyboard.press("Enter")
        with suppress(playwright.TimeoutError):
            field.wait_for(timeout=3000)
            return field
    raise AssertionError("the table opened no field")


def test_what_is_typed_in_the_table_is_saved_with_its_duty_and_another_persons_entry_stays(
    own_server: str, own_kb: Path, new_page: Any
) -> None:
    first, second = new_page(), new_page()
    for page in (first, second):
        go(page, f"{own_server}/register?doc=mihon-kisoku&view=table")
    for page, words in ((first, "総務部"), (second, "法務部")):
        _open_owner(page).fill(words)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="保存（1件）").click()
        at_rest(page)
    sees(first, "1件を保存しました。")
    sees(second, "ほかの人がこの記入を変更したか、削除しました。")
    keep(second, "register-refused")
    assert len(kept(own_kb)) == 1
