"""The cases of the knowledge base for the comparison page, read once a document and shared by all sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

import streamlit as st

from compliance.case.correction_file import record_of
from compliance.cases import Case, cases, may_tell
from compliance.comparison import told
from index.dates import era_month
from law.document import Document
from ui.shelf import Shelf, kb_folder
from ui.words import printable, short


def all_cases(shelf: Shelf) -> tuple[Case, ...]:
    """The cases of every current document that can tell any, by document and in its order."""
    able = [entry for entry in shelf.entries if may_tell(entry.kind)]
    return tuple(one for entry in able for one in _cases(shelf, entry.id, f"{shelf.stamp} {entry.version}"))


def told_cases() -> Callable[[Document], tuple[Case, ...]]:
    """Gives the cases of a document as they may be told: nothing that people have said is wrong."""
    return partial(told, record=record_of(kb_folder()))


def code(case: Case) -> str:
    """What an address calls a case."""
    return hashlib.sha256(case.id.encode()).hexdigest()[:8]


def name(shelf: Shelf, case: Case) -> str:
    """A case in a list: respondent, authority, day; the document where no day is printed."""
    entry = shelf.entry(case.document)
    title = f"「{short(entry.title if entry else case.document, 16)}」"
    date = era_month(case.action_date.value.split("/")[0]) if case.action_date else title
    return printable(f"{short(case.respondent.words, 22)}（{case.before}、{date}）")


@st.cache_resource(max_entries=512, show_spinner="事案を読み取っています…")
def _cases(_shelf: Shelf, doc: str, stamp: str) -> tuple[Case, ...]:
    return cases(_shelf.document(doc))
