"""Mending what is known of a document: its evidence, what the sidecar says, and the way back to the print."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_app import links, open_page, shown
from test_app_library import ended
from test_app_reader import own_kb  # noqa: F401  a fixture

from law.document import Evidence
from law.span import Span
from law.store import Entry, Store
from ui.about import Fact, iso_date, sidecar, to_say
from ui.jobs import desk

PRINTED, GIVEN = (Evidence("a", Span(0, 1)),), (Evidence("a"),)


def entry(kb: Path, id: str) -> Entry:
    """The catalogue's line of a document."""
    with Store.open(kb) as store:
        return next(one for one in store.documents() if one.id == id)


def chosen(id: str) -> AppTest:
    """The library with a document chosen to be mended."""
    return open_page("ui/library.py").selectbox[0].select(id).run()


def saved(app: AppTest) -> AppTest:
    """The page after the form was sent and the job is done."""
    next(button for button in app.button if button.label == "変更を保存する").click().run()
    assert not app.exception
    assert ended(desk().jobs()[0]).is_good
    return app.run()


@pytest.mark.parametrize(
    ("fact", "wanted", "said"),
    [
        (Fact("title", "題名", "a", PRINTED), "a", {}),
        (Fact("title", "題名", "a", PRINTED), "b", {"title": "b"}),
        (Fact("title", "題名", "a", GIVEN), "a", {"title": "a"}),
        (Fact("title", "題名", "a", GIVEN), " ", {}),
        (Fact("authority", "発出者", "", ()), "甲省\n乙庁\n", {"authority": ["甲省", "乙庁"]}),
    ],
)
def test_the_sidecar_says_only_what_the_print_does_not(fact: Fact, wanted: str, said: dict[str, object]) -> None:
    assert to_say([fact], {fact.key: wanted}) == said


def test_a_sidecar_is_toml_whatever_the_words_are() -> None:
    said = {"title": 'x"\\u0041\n[a]\u3042', "authority": ["甲", "乙"]}
    assert tomllib.loads(sidecar("mihon", said)) == {"id": "mihon", **said}


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2024-09-01", "2024-09-01"),
        ("令和6年9月", "2024-09"),
        ("平成２９年２月２８日", "2017-02-28"),
        ("令和元年", "2019"),
        ("昨日", None),
        ("2024-13", None),
    ],
)
def test_a_date_may_be_typed_in_either_calendar(typed: str, iso: str | None) -> None:
    assert iso_date(typed) == iso


def test_each_value_is_shown_with_the_page_that_prints_it_or_as_said_by_a_user(own_kb: Path) -> None:  # noqa: F811
    app = chosen("mihon-qa")
    assert any("PDFの1頁目" in link.label and "page=1" in link.query_string for link in links(app))
    app = chosen("mihon-kansa")  # its date stands in a sidecar
    assert "利用者による記入" in shown(app)


def test_a_title_is_mended_searched_by_and_taken_back(own_kb: Path) -> None:  # noqa: F811
    before = entry(own_kb, "mihon-qa")
    app = chosen("mihon-qa")
    next(field for field in app.text_input if field.label == "題名").input("<b>見本</b>Ｑ＆Ａ集")
    next(field for field in app.text_input if field.label.startswith("日付")).input("令和8年1月")
    saved(app)
    mended = entry(own_kb, "mihon-qa")
    assert (mended.title, mended.date) == ("<b>見本</b>Ｑ＆Ａ集", "2026-01")
    assert (mended.sha256, mended.version) == (before.sha256, before.version)
    assert "<b>見本" not in "".join(link.label for link in links(app))
    app = chosen("mihon-qa")
    next(field for field in app.text_input if field.label == "題名").input("")
    next(field for field in app.text_input if field.label.startswith("日付")).input("")
    saved(app)
    again = entry(own_kb, "mihon-qa")
    assert (again.title, again.date) == (before.title, before.date)


def test_a_date_that_is_none_is_told_and_nothing_changes(own_kb: Path) -> None:  # noqa: F811
    app = chosen("mihon-qa")
    next(field for field in app.text_input if field.label.startswith("日付")).input("来年の春")
    next(button for button in app.button if button.label == "変更を保存する").click().run()
    assert "のように書いてください" in app.error[0].value
    assert desk().active() == ()
