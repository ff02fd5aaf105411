"""The library page, the desk that runs `konkyo`, and uploaded names."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_app import listed, markdown_of, open_page, shown
from test_app_reader import own_kb  # noqa: F401  a fixture

from law.store import Store
from ui import shelf
from ui.jobs import Desk, Job, Pages, State, desk, konkyo
from ui.uploads import put_down, safe_stem

LIBRARY = "ui/library.py"
CORPUS = Path(__file__).resolve().parent.parent / "corpus"


class Upload:
    """A file as the browser sends it."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


def ended(job: Job) -> Job:
    """The job, when it is done."""
    until = time.monotonic() + 100
    while job.state is not State.DONE:
        assert time.monotonic() < until, "the job did not end"
        time.sleep(0.05)
    return job


def uploaded(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after these files were chosen and taken in, when the desk is empty again."""
    app.file_uploader[0].set_value([(name, content, "application/pdf") for name, content in files])
    app.run()
    next(button for button in app.button if button.label == "取り込む").click().run()
    ended(desk().jobs()[0])
    return app.run()


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc/passwd.pdf", "passwd"),
        ("C:\\Users\\x\\指針.PDF", "指針"),
        ("<img src=x onerror=alert(1)>.pdf", "img_src_x_onerror_alert_1"),
        (".hidden.pdf", "hidden"),
        ("--again.pdf", "again"),
        ("\u202egnp.pdf", "gnp"),
        ("a\x00b\n.pdf", "a_b"),
        ("...", "document"),
        ("", "document"),
        ("か\u3099.pdf", "が"),
        ("あ" * 300 + ".pdf", "あ" * 40),
    ],
)
def test_of_an_uploaded_name_only_a_safe_stem_is_kept(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


def test_two_uploads_of_one_name_do_not_overwrite_each_other() -> None:
    folder, names = put_down([Upload("a.pdf", b"1"), Upload("x/A.pdf", b"2")])
    assert sorted(path.read_bytes() for path in folder.iterdir()) == [b"1", b"2"]
    assert sorted(names.values()) == ["a.pdf", "x/A.pdf"]


def test_the_library_lists_documents_versions_and_disk_use(app_kb: Path) -> None:
    app = open_page(LIBRARY)
    table = listed(app)
    assert len(table) == 8
    assert {line[1] for line in table} == {"第1版（現在）"}
    assert all("令和" in line[3] for line in table)
    assert "使用量" in shown(app)


def test_good_and_bad_files_get_their_verdicts_and_nothing_stored_is_lost(own_kb: Path) -> None:  # noqa: F811
    good = (CORPUS / "mihon-qa.pdf").read_bytes()
    app = uploaded(
        open_page(LIBRARY),
        ("新しいＱ＆Ａ.pdf", good + b"\n% another file\n"),
        ("web<b>.pdf", b"<html><body>not a pdf</body></html>"),
        ("empty.pdf", b""),
        ("同じ.pdf", good),
    )
    words = shown(app)
    assert not app.exception
    assert "取り込みました：" in words
    assert "PDFではありません" in words
    assert "空（0バイト）" in words
    assert "同じ内容の文書が既にあります" in words
    assert "<b>" not in markdown_of(app)
    with Store.open(own_kb) as store:
        assert len(store.documents()) == 9
    assert len(listed(app)) == 9


def test_a_first_document_makes_the_knowledge_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONKYO_KB", str(tmp_path / "new"))
    app = open_page(LIBRARY)
    assert "まだ知識ベースがありません" in shown(app)
    uploaded(app, ("qa.pdf", (CORPUS / "mihon-qa.pdf").read_bytes()))
    assert "取り込みました" in shown(app)
    assert "文書　1件" in shown(app)


def test_a_document_is_removed_only_after_confirmation(own_kb: Path) -> None:  # noqa: F811
    app = open_page(LIBRARY)
    next(box for box in app.selectbox if box.label == "削除する文書").select("mihon-qa").run()
    button = next(button for button in app.button if button.label == "削除する")
    assert button.disabled
    app.checkbox[0].check().run()
    next(button for button in app.button if button.label == "削除する").click().run()
    assert ended(desk().jobs()[0]).is_good
    app.run()
    assert len(listed(app)) == 7


def test_the_check_says_that_all_is_well_or_what_is_wrong(own_kb: Path) -> None:  # noqa: F811
    app = open_page(LIBRARY)
    next(button for button in app.button if button.label == "点検する").click().run()
    ended(desk().jobs()[0])
    assert "異常はありません" in shown(app.run())
    next((own_kb / "sources").iterdir()).write_bytes(b"changed")
    next(button for button in app.button if button.label == "点検する").click().run()
    assert not ended(desk().jobs()[0]).is_good
    assert app.run().warning


def test_two_ingestions_are_done_one_after_the_other_and_both_are_whole(tmp_path: Path) -> None:
    one = Desk()
    jobs = [
        one.hand_in(Job(name, konkyo("ingest", tmp_path / "kb", str(CORPUS / name)), {name: name}))
        for name in ("mihon-qa.pdf", "mihon-kisoku.pdf")
    ]
    assert jobs[1].state is State.WAITING
    assert [ended(job).answers[0]["verdict"] for job in jobs] == ["stored", "stored"]
    with Store.open(tmp_path / "kb") as store:
        assert len(store.documents()) == 2


def test_a_knowledge_base_that_another_program_writes_to_is_said_to_be_in_use(own_kb: Path) -> None:  # noqa: F811
    with Store.open(own_kb) as store, store.writing():
        job = ended(Desk().hand_in(Job("取込み", konkyo("ingest", own_kb, str(CORPUS / "mihon-qa.pdf")))))
    assert job.code == 3
    assert any("使用中です" in line for line in job.lines)


def test_a_command_that_is_stopped_leaves_the_knowledge_base_whole(own_kb: Path) -> None:  # noqa: F811
    job = Desk().hand_in(Job("作り直し", konkyo("reindex", own_kb)))
    while job.process is None and job.state is not State.DONE:
        time.sleep(0.01)
    job.stop()
    assert ended(job).code != 0
    with Store.open(own_kb) as store:
        assert len(store.documents()) == 8
        assert [fault.code for fault in store.check()] == []


def test_the_progress_of_each_file_is_heard_from_the_command(tmp_path: Path) -> None:
    names = {"mihon-qa.pdf": "資料.pdf", "cut.pdf": "壊れた.pdf"}
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "mihon-qa.pdf").write_bytes((CORPUS / "mihon-qa.pdf").read_bytes())
    (tmp_path / "up" / "cut.pdf").write_bytes(b"<html>")
    job = ended(Desk().hand_in(Job("取込み", konkyo("ingest", tmp_path / "kb", str(tmp_path / "up")), names)))
    assert job.pages["mihon-qa.pdf"] == Pages(3, 3)
    assert job.verdicts == {"mihon-qa.pdf": "stored", "cut.pdf": "refused"}


def test_a_bar_a_file_is_shown_while_files_are_read(own_kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    names = {"a.pdf": "甲.pdf", "b.pdf": "乙<b>.pdf", "c.pdf": "丙.pdf"}
    job = Job("3件の取込み", [], names, state=State.RUNNING)
    for line in ("reading      /x/a.pdf: 3/12", "stored       /x/b.pdf: 2 pages, 5 clauses"):
        job.hear(line)
    monkeypatch.setattr(Desk, "active", lambda _: (job,))
    words = [bar.proto.text for bar in open_page(LIBRARY).get("progress")]
    assert words[0].endswith("：1／3件が済みました")
    assert words[1:3] == ["甲\\.pdf：3／12頁を読み取りました", "丙\\.pdf：順番を待っています"]
    assert words[3].endswith("乙\\<b\\>\\.pdf：取り込みました")


def test_a_knowledge_base_that_cannot_be_written_is_said_to_be_so_and_can_be_read(
    app_kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf.os, "access", lambda _path, mode: mode != shelf.os.W_OK)
    app = open_page(LIBRARY)
    assert "読み取り専用" in app.info[0].value
    assert len(listed(app)) == 8
    working = {button.label for button in app.button if not button.disabled}
    assert working == {"点検する"}
