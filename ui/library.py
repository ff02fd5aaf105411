"""資料管理: add documents, see what became of each, remove, rebuild, check; each change a process apart."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from law.errors import KonkyoError
from law.store import Entry, Store
from ui import about, frame, report
from ui.jobs import Job, desk, konkyo
from ui.listing import Line, listing
from ui.place import reader_address
from ui.shelf import is_writable, kb_folder, open_store
from ui.uploads import put_down
from ui.words import both_dates, kind_name, plain, printable, short, size

_COLUMNS = (
    *(("題名とID", ""), ("版", "short"), ("発出者", ""), ("日付", ""), ("種類", "")),
    *(("分量", ""), ("記録", "short"), ("取込み日", "short")),
)


_READ_ONLY = (
    "この知識ベースは読み取り専用です。検索と閲覧はできますが、文書の追加、変更、削除、索引の作り直しはできません。"
    "変更するには、フォルダーへの書き込みを許すか、フォルダーを書き込める場所に写してください。"
)


def main() -> None:
    """Draws the page."""
    frame.draw("資料管理", _body)


def _body() -> None:
    may_write = is_writable()
    if not may_write:
        st.info(_READ_ONLY, icon=":material/lock:")
    left, right = st.columns([1, 1], gap="large")
    with left:
        _add(may_write=may_write)
    with right:
        report.activity()
    store = _store()
    if store is not None:
        _documents(store)
        if may_write:
            _mend(store)
            _remove(store)
    _care(store, may_write=may_write)


def _store() -> Store | None:
    try:
        return open_store()
    except KonkyoError as error:
        if (kb_folder() / "catalogue.sqlite").exists():
            st.error(plain(error.japanese), icon=":material/error:")
        else:
            st.info("まだ知識ベースがありません。PDFを追加すると作られます。", icon=":material/info:")
        return None


# -- add ------------------------------------------------------------------------------------------


def _add(*, may_write: bool) -> None:
    st.subheader("文書を追加する", anchor=False)
    count = st.session_state.setdefault("uploads", 0)
    whole = st.toggle("フォルダーごと選ぶ", help="フォルダーの中のPDFをまとめて追加します。")
    files = st.file_uploader(
        "PDFを選ぶか、ここに置いてください（複数可）",
        type=["pdf"],
        accept_multiple_files="directory" if whole else True,
        key=f"files-{whole}-{count}",
        disabled=not may_write,
    )
    st.caption("ファイル名が文書の名前（ID）になります。同じ名前で内容が異なるPDFは新しい版になり、前の版も残ります。")
    if st.button("取り込む", type="primary", disabled=not files, icon=":material/upload_file:") and files:
        _ingest(list(files))
        st.session_state["uploads"] = count + 1  # an empty box for the next files
        st.rerun()


def _ingest(files: list[report.Uploaded]) -> None:
    try:
        folder, names = put_down(files)
    except OSError as error:
        st.error(f"一時フォルダーに書き込めません（{plain(error.strerror or '')}）。空き容量を確かめてください。")
        return
    title = f"{len(names)}件の取込み"
    _hand_in(Job(title, konkyo("ingest", kb_folder(), str(folder)), names, folder))


def _hand_in(job: Job) -> None:
    if desk().active():
        st.toast("他の処理が終わりしだい始めます。", icon=":material/hourglass_top:")
    desk().hand_in(job)


# -- what is there --------------------------------------------------------------------------------


def _documents(store: Store) -> None:
    entries = store.documents(superseded=True)
    now = [entry for entry in entries if entry.superseded is None]
    st.subheader(f"文書　{len(now)}件", anchor=False)
    if not entries:
        st.info("まだ文書がありません。", icon=":material/info:")
        return
    lines = [
        Line(reader_address(one.id, version=_old(one)), _cells(one), f"{one.id}　{size(one.bytes)}") for one in entries
    ]
    listing("library", _COLUMNS, lines)


def _old(entry: Entry) -> int | None:
    return entry.version if entry.superseded else None


def _cells(entry: Entry) -> tuple[str, ...]:
    return (
        entry.title,
        f"第{entry.version}版" + ("（旧版）" if entry.superseded else "（現在）"),
        "・".join(entry.authority) or "（記載なし）",
        both_dates(entry.date),
        kind_name(entry.kind),
        f"{entry.pages:,}頁、{entry.clauses:,}条項",
        f"{entry.findings}件" if entry.findings else "なし",
        entry.added[:10],
    )


def _mend(store: Store) -> None:
    entries = store.documents()
    if not entries:
        return
    with st.expander("題名、発出者、日付、種類を直す（書誌）", icon=":material/edit_note:"):
        entry = _picked(entries, "直す文書")
        if entry is None:
            return
        document = store.document(entry.id)
        said = about.form(document)
        if said is None:
            return
        try:
            _hand_in(about.job(store, document, said))
        except OSError:
            st.error("保存された原本（PDF）を読めないか、一時フォルダーに書き込めません。点検してください。")
            return
    st.rerun()


def _picked(entries: Sequence[Entry], label: str) -> Entry | None:
    titles = {entry.id: f"{short(entry.title, 70)}（{entry.id}）" for entry in entries}
    id = st.selectbox(
        label, list(titles), index=None, format_func=lambda id: printable(titles[id]), placeholder="文書を選ぶ"
    )
    return next((entry for entry in entries if entry.id == id), None)


def _remove(store: Store) -> None:
    entries = store.documents()
    if not entries:
        return
    with st.expander("文書を削除する", icon=":material/delete:"):
        entry = _picked(entries, "削除する文書")
        st.write("すべての版と、保存された原本（PDF）を削除します。元に戻せません（PDFがあれば取り込み直せます）。")
        id = entry.id if entry else None
        is_sure = st.checkbox("元に戻せないことを確認しました", key=f"sure-{id}", disabled=id is None)
        if st.button("削除する", disabled=not (id and is_sure), icon=":material/delete_forever:") and entry:
            title = f"「{short(printable(entry.title), 40)}」の削除"
            _hand_in(Job(title, konkyo("remove", kb_folder(), entry.id)))
            st.rerun()


# -- care -----------------------------------------------------------------------------------------


def _care(store: Store | None, *, may_write: bool) -> None:
    st.subheader("点検と保守", anchor=False)
    with st.container(horizontal=True):
        if st.button("点検する", icon=":material/health_and_safety:", disabled=store is None):
            _hand_in(Job("点検", konkyo("doctor", kb_folder())))
            st.rerun()
        if st.button("検索索引を作り直す", icon=":material/build:", disabled=store is None or not may_write):
            _hand_in(Job("検索索引の作り直し", konkyo("reindex", kb_folder())))
            st.rerun()
    st.caption("点検は辞書・モデル・目録・原本・検索索引を確かめます。検索索引は目録からいつでも作り直せます。")
    kb = kb_folder()
    parts = {"原本（PDF）": "sources", "本文と座標": "text", "検索索引": "generations"}
    sizes = {name: _bytes(kb / folder) for name, folder in parts.items()}
    try:
        free = shutil.disk_usage(kb if kb.exists() else tempfile.gettempdir()).free
    except OSError:
        free = 0
    used = "、".join(f"{name} {size(count)}" for name, count in sizes.items() if count)
    st.text(f"使用量：合計 {size(_bytes(kb))}（{used or 'なし'}）　空き容量：{size(free)}")
    st.text(f"知識ベースの場所：{kb.resolve()}")


def _bytes(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*") if folder.is_dir() else ():
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # a file that a job removed meanwhile
            continue
    return total


main()
