"""Navigation only: `streamlit run app.py` opens the app. Every screen is a file in `ui/`."""

import streamlit as st

st.set_page_config(page_title="根拠 Konkyo", layout="wide", initial_sidebar_state="collapsed")
st.navigation([st.Page("ui/search.py", title="検索", default=True)], position="hidden").run()
