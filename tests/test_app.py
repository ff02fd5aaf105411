"""The search page as a session sees it, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = str(Path(__file__).resolve().parent.parent / "ui" / "search.py")


def shown(app: AppTest) -> str:
    """Every word on the page."""
    elements = [*app.markdown, *app.text, *app.warning, *app.error, *app.info, *app.subheader, *app.caption, *app.code]
    html = [element.proto.body for element in app.get("html")]
    return "\n".join([str(element.value) for element in elements] + html)


@pytest.fixture
def app(app_kb: Path) -> AppTest:
    return AppTest.from_file(PAGE, default_timeout=30)


def test_a_new_user_sees_what_is_in_here_and_what_to_ask(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "質問の例" in shown(app)
    assert len(app.dataframe[0].value) == 8


def test_a_question_is_answered_with_citation_quote_grade_and_the_page_boxed(app: AppTest) -> None:
    app.run()
    app.text_input[0].input("委託契約に盛り込む事項")
    app.button[0].click().run()
    words = shown(app)
    assert not app.exception
    assert "回答となる条項" in words
    assert "５－２" in words
    assert "義務" in words
    assert app.query_params["q"] == "委託契約に盛り込む事項"
    assert len(app.get("image")) == 1


def test_a_question_nothing_covers_gets_an_honest_no_and_the_nearest_clauses(app: AppTest) -> None:
    app.query_params["q"] = "宇宙ロケットの打上げ許可の手数料"
    app.run()
    words = shown(app)
    assert "対応する条項は、収録文書にありません" in words
    assert "回答ではありません" in words
    assert "回答となる条項" not in words


def test_a_permalink_opens_the_answer_and_the_chosen_clause(app: AppTest) -> None:
    app.query_params["q"] = "委託契約に盛り込む事項"
    app.query_params["n"] = "3"
    app.run()
    assert app.text_input[0].value == "委託契約に盛り込む事項"
    assert "この引用を頁の画像に表示しています" in shown(app)


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>委託",
        "**太字** [link](http://example.com) $x$",
        "🙂" * 50,
        "\x00\x07制御\u202e文字",
        "委託" * 6000,
        '"',
        "AND OR NOT",
    ],
)
def test_hostile_questions_are_shown_as_text_and_break_nothing(app: AppTest, question: str) -> None:
    app.query_params["q"] = question
    app.run()
    assert not app.exception
    assert "<script>" not in shown(app)


def test_a_missing_knowledge_base_is_told_with_the_command_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_KB", str(tmp_path / "none"))
    app = AppTest.from_file(PAGE, default_timeout=30).run()
    assert not app.exception
    assert "ナレッジベースがありません" in app.error[0].value
    assert "konkyo ingest" in app.code[0].value
