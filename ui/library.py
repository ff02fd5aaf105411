"""資料管理: add documents, see what became of each, remove, rebuild, check; each change a process apart."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import streamlit as st

from law.errors import KonkyoError
from law.store import Entry, Store
from ui import frame, report
from ui.jobs import Job, desk, konkyo
from ui.place import reader_address
from ui.shelf import kb_folder, open_store
from ui.uploads import put_down
from ui.words import both_dates, kind_name, plain, printable, short, size


def main() -> None:
    """Draws the page."""
    frame.draw("資料管理", _body)


def _body() -> None:
    left, right = st.columns([1, 1], gap="large")
    with left:
        _add()
    with right:
        report.activity()
    store = _store()
    if store is not None:
        _documents(store)
        _remove(store)
    _care(store)


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


def _add() -> None:
    st.subheader("文書を追加する", anchor=False)
    count = st.session_state.setdefault("uploads", 0)
    whole = st.toggle("フォルダーごと選ぶ", help="フォルダーの中のPDFをまとめて追加します。")
    files = st.file_uploader(
        "PDFを選ぶか、ここに置いてください（複数可）",
        type=["pdf"],
        accept_multiple_files="directory" if whole else True,
        key=f"files-{whole}-{count}",
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
    st.dataframe([_row(entry) for entry in entries], hide_index=True, column_config={"題名": {"width": "large"}})
    with st.expander("文書を開く", icon=":material/menu_book:"):
        for entry in now:
            label = plain(short(entry.title, 80))
            st.page_link(frame.READER, label=label, query_params=reader_address(entry.id))


def _row(entry: Entry) -> dict[str, object]:
    return {
        "題名": printable(entry.title),
        "版": f"第{entry.version}版" + ("（現在）" if entry.superseded is None else "（旧版）"),
        "発出者": printable("・".join(entry.authority)) or "（記載なし）",
        "日付": both_dates(entry.date),
        "種類": kind_name(entry.kind),
        "頁数": entry.pages,
        "条項数": entry.clauses,
        "読取りの記録": f"{entry.findings}件" if entry.findings else "なし",
        "大きさ": size(entry.bytes),
        "取込み日": entry.added[:10],
        "ID": printable(entry.id),
    }


def _remove(store: Store) -> None:
    entries = store.documents()
    if not entries:
        return
    with st.expander("文書を削除する", icon=":material/delete:"):
        titles = {entry.id: f"{short(entry.title, 70)}（{entry.id}）" for entry in entries}
        ids = list(titles)
        doc = st.selectbox(
            "削除する文書",
            ids,
            index=None,
            format_func=lambda id: printable(titles[id]),
            placeholder="文書を選ぶ",
        )
        st.write("すべての版と、保存された原本（PDF）を削除します。元に戻せません（PDFがあれば取り込み直せます）。")
        is_sure = st.checkbox("元に戻せないことを確認しました", key=f"sure-{doc}", disabled=doc is None)
        if st.button("削除する", disabled=not (doc and is_sure), icon=":material/delete_forever:") and doc:
            _hand_in(Job(f"「{short(titles[doc], 40)}」の削除", konkyo("remove", kb_folder(), doc)))
            st.rerun()


# -- care -----------------------------------------------------------------------------------------


def _care(store: Store | None) -> None:
    st.subheader("点検と保守", anchor=False)
    with st.container(horizontal=True):
        if st.button("点検する", icon=":material/health_and_safety:", disabled=store is None):
            _hand_in(Job("点検", konkyo("doctor", kb_folder())))
            st.rerun()
        if st.button("検索索引を作り直す", icon=":material/build:", disabled=store is None):
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
