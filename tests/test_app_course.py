"""The pages 教材作成 and 引用チェック as a session sees them, without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_app import HOSTILE, links, markdown_of, open_page, shown
from test_app_reader import own_kb  # noqa: F401  a fixture

from compliance.lesson.shelf import Courses

COURSE, CHECKER = "ui/course.py", "ui/checker.py"
TOPIC = "委託先の監督"


def press(app: AppTest, label: str, number: int = 0) -> AppTest:
    """The page after the button of that label is pressed."""
    return [button for button in app.button if button.label == label][number].click().run()


def field(app: AppTest, label: str) -> str:
    """What stands in a field."""
    return str(next(one for one in app.text_input if one.label == label).value)


def proposed(topic: str = TOPIC) -> AppTest:
    """The page after a course on the topic was proposed."""
    app = open_page(COURSE)
    next(one for one in app.text_input if one.label == "テーマ").input(topic)
    return press(app, "提案する")


def lessons(app: AppTest) -> list[str]:
    """The lessons in their order."""
    return list(next(one for one in app.radio if one.label == "編集する回").options)


# -- 教材作成 -------------------------------------------------------------------------------------


def test_the_page_opens_with_an_explanation(app_kb: Path) -> None:
    app = open_page(COURSE)
    assert not app.exception
    assert "「提案する」を押すと" in shown(app)
    assert "法的助言ではありません" in shown(app)


def test_a_topic_gives_a_course_with_lessons_quotes_quiz_and_exports(app_kb: Path) -> None:
    app = proposed()
    assert not app.exception
    words = shown(app)
    assert field(app, "教材の題名") == f"{TOPIC}研修"
    assert len(lessons(app)) >= 4
    assert "k-quote" in words
    assert "すべて原本の文字と照合済みです" in words
    assert "問1" in words
    assert "正答" in words
    exports = [element.proto.label for element in app.get("download_button")]
    assert exports == [
        *("受講者用（Word）", "講師用（Word）", "スライド（PowerPoint）"),
        *("確認テスト（Excel）", "確認テスト（CSV）", "全体（Markdown）"),
    ]
    assert [link.query_string for link in links(app) if link.label == "文書で開く"]


def test_a_topic_that_no_document_covers_says_so(app_kb: Path) -> None:
    words = shown(proposed("宇宙ロケットの打上げ"))
    assert "編集する回" not in words


def test_lessons_are_moved_by_number_and_taken_out(app_kb: Path) -> None:
    app = proposed()
    before = lessons(app)
    next(one for one in app.number_input if one.label == "順番").set_value(2).run()
    moved = lessons(app)
    assert [name[2:] for name in moved[:2]] == [before[1][2:], before[0][2:]]
    press(app, "この回を削除する")
    assert len(lessons(app)) == len(before) - 1
    press(app, "回を追加する")
    assert lessons(app)[-1].endswith("新しい回（10分）")
    assert not app.exception


def test_a_part_is_taken_out_and_the_trainers_words_and_a_clause_are_added(app_kb: Path) -> None:
    app = proposed()
    parts = sum(button.label == "外す" and str(button.key).startswith("out-") for button in app.button)
    press(app, "外す")
    now = sum(button.label == "外す" and str(button.key).startswith("out-") for button in app.button)
    assert now == parts - 1
    next(one for one in app.text_area if one.label.startswith("説明")).input("自社の<b>契約書</b>を配る。")
    press(app, "加える")
    assert "自社の&lt;b&gt;契約書&lt;/b&gt;を配る。" in shown(app)
    next(one for one in app.text_input if one.label == "語句又は条項の番号").input("再委託")
    press(app, "探す")
    press(app, "この引用を加える")
    assert not app.exception
    assert sum(button.label == "外す" and str(button.key).startswith("out-") for button in app.button) == parts + 1


def test_title_minutes_and_objectives_are_edited(app_kb: Path) -> None:
    app = proposed()
    next(one for one in app.text_input if one.label == "題名").input("自社の<i>題名</i>").run()
    next(one for one in app.number_input if one.label == "分").set_value(25).run()
    next(one for one in app.text_area if one.label.startswith("ねらい")).input("一つ目\n\n二つ目").run()
    assert "自社の" in lessons(app)[0]
    assert "25分" in lessons(app)[0]
    assert next(one for one in app.text_area if one.label.startswith("ねらい")).value == "一つ目\n\n二つ目"
    assert "<i>" not in markdown_of(app)


def test_a_new_proposal_does_not_throw_edits_away_unasked(app_kb: Path) -> None:
    app = proposed()
    next(one for one in app.text_input if one.label == "教材の題名").input("手を入れた教材").run()
    next(one for one in app.text_input if one.label == "テーマ").input("従業者の教育")
    app = press(app, "提案する")
    assert "編集中の教材は保存されていません" in shown(app)
    assert field(app, "教材の題名") == "手を入れた教材"
    app = press(app, "変更を捨てて続ける").run()
    assert field(app, "教材の題名") == "従業者の教育研修"


def test_the_quiz_is_made_anew_and_thinned_out(app_kb: Path) -> None:
    app = proposed()
    next(one for one in app.number_input if one.label == "問題数").set_value(3)
    next(one for one in app.radio if one.label == "出題の範囲").set_value("引用した文書の全体")
    press(app, "作り直す")
    asked = [button for button in app.button if str(button.key).startswith("qout-")]
    assert len(asked) == 3
    asked[0].click().run()
    assert sum(str(button.key).startswith("qout-") for button in app.button) == 2
    assert not app.exception


def test_the_quiz_says_from_which_documents_its_questions_come_and_which_gave_none(app_kb: Path) -> None:
    app = proposed()
    accounted: dict[int, set[str]] = {}
    for count in (1, 12):
        next(one for one in app.number_input if one.label == "問題数").set_value(count)
        press(app, "作り直す")
        made = sum(str(button.key).startswith("qout-") for button in app.button)
        lines = [str(one.value) for one in app.caption]
        (asked,) = [line for line in lines if line.startswith("設問の出典：")]
        none = "".join(line for line in lines if line.startswith("教材が引用する文書のうち設問のないもの："))
        counts = re.findall("「(.+?)」(\\d+)問", asked)
        assert sum(int(number) for _, number in counts) == made
        with_questions, without = {title for title, _ in counts}, set(re.findall("「(.+?)」(?=[、。])", none))
        assert not with_questions & without
        accounted[count] = with_questions | without
    assert len(accounted[1]) > 1
    assert accounted[1] == accounted[12]  # every document is named on one side, however many questions are asked


def test_a_course_is_kept_opened_at_its_address_and_removed(
    own_kb: Path,  # noqa: F811
) -> None:
    app = press(proposed(), "保存する")
    assert "保存済みです。" in shown(app)
    with Courses(own_kb) as courses:
        (line,) = courses.kept()
    assert app.query_params["course"] in (line.id, [line.id])
    again = open_page(COURSE, course=line.id)
    assert field(again, "教材の題名") == line.title
    with Courses(own_kb) as courses:
        courses.remove(line.id, line.revision)
    assert "この教材は削除されたか" in shown(open_page(COURSE, course=line.id))


def test_a_course_that_another_changed_meanwhile_is_not_overwritten(
    own_kb: Path,  # noqa: F811
) -> None:
    app = press(proposed(), "保存する")
    with Courses(own_kb) as courses:
        (line,) = courses.kept()
        held = courses.course(line.id)
        assert held is not None
        courses.put(line.id, held[0], held[1])
    next(one for one in app.text_input if one.label == "教材の題名").input("別の題").run()
    press(app, "保存する")
    assert "上書きせずに" in shown(app)
    press(app, "別の教材として保存する")
    with Courses(own_kb) as courses:
        assert sorted(one.title for one in courses.kept()) == sorted([line.title, "別の題"])


@pytest.mark.parametrize("topic", HOSTILE)
def test_hostile_topics_are_text_and_break_nothing(topic: str, app_kb: Path) -> None:
    app = proposed(topic)
    assert not app.exception
    assert "<script>" not in shown(app)
    assert "[link](" not in markdown_of(app)


@pytest.mark.parametrize("id", ["../../etc/passwd", "<b>x</b>", "9" * 500, ""])
def test_an_address_of_no_course_breaks_nothing(id: str, app_kb: Path) -> None:
    app = open_page(COURSE, course=id)
    assert not app.exception
    assert "<b>x</b>" not in shown(app)


# -- 引用チェック ---------------------------------------------------------------------------------


def checked(text: str) -> AppTest:
    """The page after a draft was checked."""
    app = open_page(CHECKER)
    app.text_area[0].input(text)
    return press(app, "照合する")


def test_a_draft_is_judged_claim_by_claim_with_the_true_text(app_kb: Path) -> None:
    app = checked("「作成の日から五年間保存しなければならない」（見本利用者情報保護法施行規則第三条第２項）")
    words = shown(app)
    assert not app.exception
    assert "2件を確認：指摘1件、一致1件" in words
    assert "作成の日から<del>五</del>年間保存しなければならない" in words
    assert "作成の日から<ins>三</ins>年間保存しなければならない" in words
    assert [element.proto.label for element in app.get("download_button")] == [
        *("結果をExcelで書き出す", "結果をWordで書き出す")
    ]
    assert any("doc=mihon-kisoku" in link.query_string for link in links(app))


def test_a_draft_without_a_claim_and_an_empty_one_are_told_apart(app_kb: Path) -> None:
    assert "出典も引用も見つかりませんでした" in shown(checked("本日は晴天なり。"))
    assert "照合する文章を入れてください" in shown(checked("  \n"))


def test_a_draft_without_a_fault_is_praised(app_kb: Path) -> None:
    words = shown(checked("「作成の日から三年間保存しなければならない」（見本利用者情報保護法施行規則第三条第２項）"))
    assert "すべて原本と一致しました" in words


@pytest.mark.parametrize("text", [*HOSTILE, "「<script>alert(1)</script>を備えなければならない」（実務指針１－１）"])
def test_hostile_drafts_are_shown_as_text(text: str, app_kb: Path) -> None:
    app = checked(text)
    assert not app.exception
    assert "<script>" not in shown(app)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_text_file_is_read_in_the_codings_of_japanese(coding: str, app_kb: Path) -> None:
    app = open_page(CHECKER)
    draft = "見本利用者情報保護法施行規則第十二条を見よ。"
    app.file_uploader[0].set_value([("memo.txt", draft.encode(coding), "text/plain")])
    assert "見当たらない" in shown(press(app, "照合する"))


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\x81", b"PK\x03\x04\x00", b"a" * 2_000_001])
def test_a_file_that_is_no_text_is_refused(content: bytes, app_kb: Path) -> None:
    app = open_page(CHECKER)
    app.file_uploader[0].set_value([("memo.txt", content, "text/plain")])
    assert "ファイルを文字として読めません" in shown(press(app, "照合する"))
