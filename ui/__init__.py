"""The screens (Streamlit), one file a page."""
