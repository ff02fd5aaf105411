"""Navigation only: `streamlit run app.py` opens the app. Every screen is a file in `ui/`."""

import streamlit as st

from ui.frame import MARK

st.set_page_config(page_title="根拠 Konkyo", page_icon=MARK, layout="wide", initial_sidebar_state="collapsed")
st.navigation(
    [
        st.Page("ui/home.py", title="はじめに", icon=":material/home:", default=True),
        st.Page("ui/search.py", title="検索", icon=":material/search:"),
        st.Page("ui/reader.py", title="文書", icon=":material/menu_book:"),
        st.Page("ui/register.py", title="義務一覧", icon=":material/checklist:"),
        st.Page("ui/versions.py", title="新旧対照", icon=":material/difference:"),
        st.Page("ui/comparison.py", title="事案比較", icon=":material/compare_arrows:"),
        st.Page("ui/course.py", title="教材作成", icon=":material/school:"),
        st.Page("ui/checker.py", title="引用チェック", icon=":material/fact_check:"),
        st.Page("ui/library.py", title="資料管理", icon=":material/folder_open:"),
        st.Page("ui/help.py", title="使い方", icon=":material/help:"),
    ],
    position="top",
).run()
