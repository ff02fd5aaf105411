"""Searches kept with a note, judgements of an answer, and a knowledge base that cannot be written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_app import click, judgements, links, open_page, opened, shown  # noqa: F401  one is a fixture
from test_app_reader import own_kb  # noqa: F401  a fixture

from index.search import Scope
from ui import feedback
from ui import saved as keeping
from ui.place import Asked
from ui.saved import NAME, Saved, drop, keep, saved

SEARCH = "ui/search.py"
QUESTION = "委託契約に盛り込む事項"


def press(app: AppTest, label: str) -> AppTest:
    """The page after the first button of that name was pressed."""
    return next(button for button in app.button if button.label == label).click().run()


def test_what_is_kept_is_read_back_newest_first_and_dropped(tmp_path: Path) -> None:
    one, two = Asked("委託"), Asked("監査", Scope(doc="mihon-qa"), clause="問３")
    keep(tmp_path, one, "前に見た")
    keep(tmp_path, two, "")
    keep(tmp_path, one, "  また見る  ")
    assert [(kept.asked, kept.note) for kept in saved(tmp_path)] == [(one, "また見る"), (two, "")]
    drop(tmp_path, one)
    assert [kept.asked for kept in saved(tmp_path)] == [two]


def test_a_line_that_makes_no_sense_is_left_out(tmp_path: Path) -> None:
    lines = ["{", "[]", '{"asked": {"q": ""}, "at": "x"}', '{"at": "2026-01-01", "asked": {"q": "委託", "from": "x"}}']
    (tmp_path / NAME).write_text("\n".join(lines), encoding="utf-8")
    assert saved(tmp_path) == (Saved("2026-01-01", Asked("委託")),)


def test_a_note_may_hold_any_separator_and_lines_of_a_newer_konkyo_stay(tmp_path: Path) -> None:
    newer = '{"at": "2030-01-01", "what": "nothing we know"}'
    (tmp_path / NAME).write_text(newer + "\n", encoding="utf-8")
    note = "一行目\u2028二行目\u0085三行目"
    keep(tmp_path, Asked("委託"), note)
    assert [one.note for one in saved(tmp_path)] == [note]
    drop(tmp_path, Asked("委託"))
    assert (tmp_path / NAME).read_text(encoding="utf-8") == newer + "\n"


def test_a_search_is_kept_with_a_note_found_again_and_removed(own_kb: Path) -> None:  # noqa: F811
    app = opened(open_page(SEARCH, q=QUESTION, only="mihon-shishin"), "keep-True")
    app.text_area[0].input("来週の会議で<b>使う</b>")
    press(app, "保存する")
    assert not app.exception
    again = opened(open_page(SEARCH), "kept")
    words = shown(again)
    assert "保存した検索（1件）" in words
    assert "来週の会議で<b>使う</b>" in [text.value for text in again.text]
    assert any(link.query_string.count("only=mihon-shishin") for link in links(again))
    press(again, "削除")
    assert saved(own_kb) == ()


def test_a_no_can_be_judged_as_right_or_as_a_miss(own_kb: Path) -> None:  # noqa: F811
    app = press(open_page(SEARCH, q="宇宙ロケットの打上げ許可の手数料"), "書いてあるはず")
    assert "評価を記録しました：書いてあるはず" in shown(app)
    line = json.loads((own_kb / feedback.NAME).read_text(encoding="utf-8"))
    assert (line["doc"], line["useful"]) == (None, False)


def test_where_nothing_can_be_written_the_screens_say_so_and_stay(
    app_kb: Path,
    monkeypatch: pytest.MonkeyPatch,
    click: Callable[..., AppTest],  # noqa: F811
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(feedback.os, "open", refuse)
    monkeypatch.setattr(keeping, "write_once", refuse)
    app = open_page(SEARCH, q=QUESTION)
    app = click(app, judge=judgements(app, "yes")[0])
    assert "評価を記録できません" in app.error[0].value
    app = press(opened(open_page(SEARCH, q=QUESTION), "keep-True"), "保存する")
    assert "保存できません" in app.error[0].value
    assert "回答となる条項" in shown(app)
