"""The library in a real browser: uploads good and bad, two sessions, removal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from screens import MARKS, ROOT, at_rest, choose, follow, go, keep, sees

from law.store import Store

pytestmark = MARKS


def upload(page: Any, server: str, files: list[Path]) -> None:
    go(page, f"{server}/library")
    page.locator("input[type=file]").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="取り込む").click()


def write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def test_good_and_bad_files_are_uploaded_and_each_gets_its_verdict(
    own_server: str, own_kb: Path, new_page: Any, tmp_path: Path
) -> None:
    page = new_page(scheme="dark")
    good = (ROOT / "corpus" / "mihon-qa.pdf").read_bytes()
    files = [
        write(tmp_path / "up", "追加の資料.pdf", good + b"\n%\n"),
        write(tmp_path / "up", "<b>偽物.pdf", b"<html>x</html>"),
        write(tmp_path / "up", "空.pdf", b""),
    ]
    upload(page, own_server, files)
    sees(page, "取り込みました：")
    sees(page, "PDFではありません")
    sees(page, "空（0バイト）")
    sees(page, "文書　9件")
    keep(page, "library-dark")
    assert page.locator("b", has_text="偽物").count() == 0
    page.goto(f"{own_server}/reader?doc=追加の資料")
    sees(page, "この条項が参照する先")
    with Store.open(own_kb) as store:
        assert len(store.documents()) == 9


def test_a_folder_is_uploaded_whole(own_server: str, own_kb: Path, page: Any, tmp_path: Path) -> None:
    good = (ROOT / "corpus" / "mihon-qa.pdf").read_bytes()
    write(tmp_path / "up", "甲.pdf", good + b"%1")
    write(tmp_path / "up" / "下", "乙.pdf", good + b"%2")
    go(page, f"{own_server}/library")
    page.get_by_text("フォルダーごと選ぶ").click()
    page.locator("input[type=file][webkitdirectory]").set_input_files(str(tmp_path / "up"))
    page.get_by_role("button", name="取り込む").click()
    sees(page, "文書　10件", timeout=200_000)
    with Store.open(own_kb) as store:
        assert {"甲", "乙"} <= {entry.id for entry in store.documents()}


def test_a_title_in_the_list_opens_the_document_in_the_same_session(server: str, page: Any) -> None:
    go(page, f"{server}/library")
    page.evaluate("window.same = true")
    follow(page, page.get_by_role("link", name="見本利用者情報保護法施行規則"), "**/reader?doc=mihon-kisoku**")
    sees(page, "この条項が参照する先")
    assert page.evaluate("window.same") is True


def test_two_sessions_that_add_documents_at_once_both_succeed(
    own_server: str, own_kb: Path, new_page: Any, tmp_path: Path
) -> None:
    good = (ROOT / "corpus" / "mihon-qa.pdf").read_bytes()
    pages = [new_page(), new_page()]
    for number, page in enumerate(pages):
        upload(page, own_server, [write(tmp_path / "up", f"session-{number}.pdf", good + b"%" * (number + 1))])
    for number, page in enumerate(pages):
        sees(page, f"session-{number}.pdf　取り込みました", timeout=200_000)
    go(pages[0], f"{own_server}/library")
    sees(pages[0], "文書　10件")
    with Store.open(own_kb) as store:
        assert {"session-0", "session-1"} <= {entry.id for entry in store.documents()}


def test_the_page_of_another_session_answers_while_documents_are_added(
    own_server: str, new_page: Any, tmp_path: Path
) -> None:
    reader, writer = new_page(), new_page()
    good = (ROOT / "corpus" / "mihon-shishin.pdf").read_bytes()
    upload(writer, own_server, [write(tmp_path / "up", f"n-{n}.pdf", good + b"%" * n) for n in range(1, 4)])
    for question in ("委託契約に盛り込む事項", "アクセス権限の管理", "従業者の教育"):
        reader.goto(f"{own_server}/search?q={question}")
        reader.locator(".k-card").first.wait_for()
    sees(writer, "文書　11件", timeout=200_000)
    reader.goto(f"{own_server}/search?q=委託契約に盛り込む事項&only=n-1")
    reader.locator(".k-card").first.wait_for()


def test_a_document_is_removed_after_confirmation(own_server: str, own_kb: Path, page: Any) -> None:
    go(page, f"{own_server}/library")
    page.get_by_text("文書を削除する").click()
    at_rest(page)
    choose(page, "削除する文書", "（mihon-qa）")
    page.get_by_role("checkbox", name="元に戻せないことを確認しました", disabled=False).wait_for()
    page.get_by_text("元に戻せないことを確認しました").click()
    page.get_by_role("button", name="削除する", exact=True).click()
    sees(page, "文書　7件", timeout=200_000)
    keep(page, "library-light")
    with Store.open(own_kb) as store:
        assert "mihon-qa" not in {entry.id for entry in store.documents()}
