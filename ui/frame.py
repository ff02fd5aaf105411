"""What every page has: the style, the heading, the disclaimer, and plain words when something is wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from law.errors import IndexMismatch, KonkyoError
from ui.shelf import Shelf, kb_folder, open_shelf
from ui.words import plain

DISCLAIMER = "根拠（Konkyo）は検索の補助であり、法的助言ではありません。引用の前に原本をご確認ください。"
HOME, SEARCH, READER, LIBRARY, HELP = "ui/home.py", "ui/search.py", "ui/reader.py", "ui/library.py", "ui/help.py"
REGISTER, VERSIONS, COMPARISON = "ui/register.py", "ui/versions.py", "ui/comparison.py"
COURSE, CHECKER = "ui/course.py", "ui/checker.py"
"""The pages, as links name them."""

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f4e8c"/>'
    '<rect x="7" y="7" width="18" height="3" fill="#fff"/><rect x="5" y="13" width="22" height="7" fill="#ffd500"/>'
    '<rect x="7" y="23" width="14" height="3" fill="#fff"/></svg>'
)
"""The app's icon: a page with its quotation boxed. It is drawn here, so that the browser asks nobody for it."""

STYLE = """<style>
.stMainBlockContainer { padding-top: 4.2rem; padding-bottom: 2rem; max-width: 1800px; }
.k-card { border: 1px solid rgba(128,128,128,.45); border-radius: .5rem; padding: .8rem 1.1rem; line-height: 1.8; }
.k-cite { font-weight: 600; overflow-wrap: anywhere; }
.k-quote { border-left: .3rem solid #c85a00; margin: .5rem 0; padding: .2rem 0 .2rem .8rem; font-size: 1.06rem; }
.k-path { opacity: .85; font-size: .9rem; }
.k-grade { border: 1px solid currentColor; border-radius: 1rem; padding: .05rem .7rem; font-size: .85rem;
           white-space: nowrap; }
.k-note { opacity: .88; font-size: .9rem; }
.k-why { font-size: .88rem; margin-top: .3rem; }
.k-word { border: 1px solid rgba(128,128,128,.6); border-radius: .3rem; padding: 0 .4rem; margin-right: .3rem; }
.k-wide { border-style: dashed; }
.k-text p { margin: 0 0 .55rem; text-align: justify; overflow-wrap: anywhere; }
.k-text .k-item { padding-left: 1.6rem; text-indent: -1.1rem; margin: 0 0 .3rem; }
.k-text .k-item .k-item { padding-left: 1.2rem; }
.k-text mark { background: rgba(255,213,0,.45); color: inherit; }
.k-heading { font-weight: 700; font-size: 1.1rem; margin: 0 0 .4rem; }
.k-text { position: relative; }
.k-term { border-bottom: 1px dotted currentColor; cursor: help; }
.k-tip { display: none; position: absolute; left: .8rem; right: .8rem; margin-top: 1.7em; z-index: 20;
         padding: .5rem .8rem; text-indent: 0; text-align: left; font-size: .9rem; line-height: 1.7;
         border: 1px solid #c85a00; border-radius: .4rem; background: #fffbe8; color: #1c2430;
         box-shadow: 0 .3rem 1rem rgba(0,0,0,.3); }
.k-term:hover > .k-tip, .k-term:focus > .k-tip { display: block; }
.k-term:focus-visible { outline: 3px solid #c85a00; outline-offset: 1px; }
.k-open { border-bottom: 1px dashed currentColor; cursor: help; }
.k-open:focus-visible { outline: 3px solid #c85a00; outline-offset: 1px; }
.k-open[title]:focus-visible::after { content: attr(title); margin: 0 .4em; padding: 0 .4em; font-size: .85em;
           background: #fffbe8; color: #1c2430; border-radius: .3rem; }  /* told, and no part of the words */
.k-go { color: light-dark(#174a8b, #9cc3ff) !important; text-decoration: underline; text-underline-offset: .2em; }
.k-actions { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; align-items: baseline; font-size: .88rem;
             margin-top: .3rem; }
.k-actions details[open] { flex-basis: 100%; }
.k-actions summary { cursor: pointer; }
.k-actions button { font: inherit; color: inherit; background: none; cursor: pointer; padding: 0 .7rem;
                    border: 1px solid rgba(128,128,128,.6); border-radius: 1rem; }
.k-actions button:hover, .k-actions summary:hover { background: rgba(128,128,128,.15); }
.k-words { display: flex; gap: .6rem; align-items: flex-start; margin: .15rem 0 .4rem; }
.k-words code { flex: 1; font: inherit; color: inherit; padding: .3rem .6rem; border-radius: .3rem;
                background: rgba(128,128,128,.12); overflow-wrap: anywhere; }
.k-words button { white-space: nowrap; }
.st-key-clicks { display: none; }
.k-print { display: none; }
.k-lead { font-size: 1.15rem; line-height: 1.9; max-width: 60rem; }
.k-lead ul { margin: .3rem 0; }
[data-testid="stPageLink"] a { padding-left: .3rem; padding-right: .5rem; }
[data-testid="stPageLink"] a { background: transparent !important; height: auto; }
[data-testid="stPageLink"] a span { white-space: normal; overflow: visible; }
[data-testid="stPageLink"] a:hover { background: rgba(128,128,128,.15) !important; }
[data-testid="stPageLink"] p { font-weight: 400; text-decoration: underline; text-underline-offset: .2em; }
a:focus-visible, button:focus-visible, summary:focus-visible
  { outline: 3px solid #c85a00 !important; outline-offset: 1px; }
[data-testid="stColumn"]:has([class*="st-key-picture"]) > [data-testid="stVerticalBlock"] { height: 100%; }
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-picture"]) { position: sticky; top: 3.8rem; }
[data-testid="stFileUploaderDropzone"] > span > button > *, [data-testid="stFileUploaderDropzoneInstructions"]
  { display: none; }
[data-testid="stFileUploaderDropzone"] > span > button::after { content: "ファイルを選ぶ"; }
[data-testid="InputInstructions"] { display: none; }
.rc-overflow-item-rest [data-testid="stTopNavSection"] p { font-size: 0; }
.rc-overflow-item-rest [data-testid="stTopNavSection"] p::after { content: "ほかの画面"; font-size: .875rem; }
@page { size: A4; margin: 15mm; }
@media print {
  .k-print { display: block !important; margin-bottom: 4mm; }
  header, [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSidebar"], [data-testid="stForm"],
  [data-testid="stButton"], [data-testid="stPageLink"], [data-testid="stPopover"],
  [data-testid="stExpander"]:not(:has(.k-text)),
  [data-testid="stFileUploader"], [data-testid="stSelectbox"], [data-testid="stTextInput"], [class*="st-key-noprint"]
    { display: none !important; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], .stMainBlockContainer
    { position: static !important; overflow: visible !important; height: auto !important; padding: 0 !important;
      background: #fff !important; color: #000 !important; }
  .k-tip, .k-actions { display: none !important; }
  .k-go { color: #000 !important; text-decoration: none; }
  .k-term { border: 0; }
  .k-card, .k-cite, .k-note, .k-path, h1, h2, h3, p, [data-testid="stText"] { color: #000 !important; }
  [class*="st-key-references"] [data-testid="stPageLink"] { display: block !important; }
  [data-testid="stExpander"] summary { display: none; }
  [data-testid="stHorizontalBlock"] { display: block !important; }
  [data-testid="stColumn"] { width: 100% !important; min-width: 0 !important; }
  .k-card { break-inside: avoid; border-color: #888; }
  [data-testid="stImage"] img { max-width: 100% !important; max-height: 240mm; break-inside: avoid; }
}
</style>"""


def draw(title: str, body: Callable[[], None]) -> None:
    """A page: its style and heading, its body, the disclaimer.

    A fault that the user can mend is told in its own words; another one is written to the log, and the
    page says that nothing is lost and what to do. A traceback is never shown.
    """
    st.html(STYLE)
    # A link from a page to itself draws the right page but leaves the browser's address as it was (Streamlit
    # 1.67); saying the address again mends that, and is nothing where they agree already.
    st.query_params.from_dict(st.query_params.to_dict())
    st.title(title, anchor=False)
    try:
        body()
    except KonkyoError as error:
        st.error(plain(error.japanese), icon=":material/error:")
        st.write("文書の追加や削除の直後に起きることがあります。頁を読み込み直しても続く場合は、点検してください。")
        st.page_link(LIBRARY, label="資料管理で点検する", icon=":material/health_and_safety:")
    except (OSError, LookupError, ValueError):  # the rim: a file or a line went away while it was shown
        logging.getLogger("konkyo.ui").exception("a page could not be drawn")
        st.error("表示できませんでした。知識ベースが更新中か、壊れている可能性があります。", icon=":material/error:")
        st.write("保存済みの原本には影響ありません。頁を読み込み直しても続く場合は、資料管理で点検してください。")
        st.page_link(LIBRARY, label="資料管理で点検する", icon=":material/health_and_safety:")
    st.caption(DISCLAIMER)


def shelf_or_tell() -> Shelf | None:
    """The shelf; or None, after telling the user what is missing and what to do."""
    try:
        shelf = open_shelf()
    except KonkyoError as error:
        st.error(plain(error.japanese), icon=":material/error:")
        if isinstance(error, IndexMismatch):
            st.page_link(LIBRARY, label="資料管理で検索索引を作り直す", icon=":material/build:")
        else:
            _how_to_begin()
        return None
    if not shelf.entries:
        st.info("まだ文書がありません。", icon=":material/info:")
        _how_to_begin()
        return None
    return shelf


def _how_to_begin() -> None:
    st.page_link(LIBRARY, label="資料管理で文書（PDF）を追加・点検する", icon=":material/upload_file:")
    st.write("端末から行う場合：")
    st.code(f"konkyo ingest 文書のフォルダー --kb {kb_folder()}\nkonkyo doctor --kb {kb_folder()}", language=None)
