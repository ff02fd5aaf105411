"""義務一覧 and 新旧対照 as a session sees them, without a browser."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from test_app import links, open_page, shown
from test_app_reader import own_kb  # noqa: F401  a fixture

import cli
from compliance.duty.ledger import Ledger, kept
from compliance.duty.topics import TOPICS
from compliance.register import Own, document_rows, entry, orphans, with_own
from law.store import Store
from ui import register_rows, register_table
from ui.register_filters import EMPTY
from ui.shelf import open_shelf
from ui.versions_made import likely

REGISTER, VERSIONS = "ui/register.py", "ui/versions.py"


def html(app: AppTest) -> str:
    """Every piece of HTML on the page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def test_every_duty_stands_with_its_words_who_must_and_a_way_to_its_clause(app_kb: Path) -> None:
    app = open_page(REGISTER, doc="mihon-shishin")
    assert not app.exception
    words = html(app)
    assert "80件のうち1～20件目" in shown(app)
    assert "次に掲げる事項を定めた利用者データの安全管理に係る基本方針を策定し" in words
    assert "義務：なければならない" in words
    assert "①　対象事業者の名称及び所在地" in words
    ways = [unquote_plus(link.query_string) for link in links(app) if link.label == "文書で開く"]
    assert ways[0] == "doc=mihon-shishin&clause=１－１"
    assert len(app.get("image")) >= 1


def test_who_must_is_marked_where_the_sentence_does_not_say_it(app_kb: Path) -> None:
    words = html(open_page(REGISTER, doc="mihon-kankoku-1"))
    assert "ロッカーネット社 <span" in words
    assert ">推定</span>" in words


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ({"doc": "mihon-shishin", "grade": "may"}, 9),
        ({"doc": "mihon-shishin", "level": "望ましい"}, 8),
        ({"doc": "mihon-shishin", "q": "委託先 実地"}, 1),
        ({"doc": "mihon-shishin", "topic": "教育・訓練"}, 3),
        ({"doc": "mihon-kankoku-1", "due": "yes"}, 3),
        ({"doc": "mihon-shishin", "status": "対応済"}, 0),
    ],
)
def test_filters_of_an_address_hold(address: dict[str, str], count: int, app_kb: Path) -> None:
    app = open_page(REGISTER, **address)
    assert not app.exception
    words = shown(app)
    assert (f"{count}件のうち" in words) if count else ("この絞り込みに当たる義務はありません" in words)


def test_an_address_that_makes_no_sense_shows_everything(app_kb: Path) -> None:
    app = open_page(REGISTER, doc="nowhere", grade="<b>", level="x", at="-4", by="y", view="z", row="</div>")
    assert not app.exception
    assert "件のうち1～20件目" in shown(app)


def test_what_is_filled_in_is_kept_apart_and_shown_again(own_kb: Path) -> None:  # noqa: F811
    app = open_page(REGISTER, doc="mihon-kisoku")
    next(field for field in app.text_input if field.label == "担当").input("総務部 <b>x</b>")
    next(button for button in app.button if button.label == "保存").click().run()
    assert not app.exception
    assert [one.own.owner for one in kept(own_kb)] == ["総務部 <b>x</b>"]
    words = html(open_page(REGISTER, doc="mihon-kisoku", q="総務部"))
    assert "総務部 &lt;b&gt;x&lt;/b&gt;" in words


def press(app: AppTest, label: str) -> AppTest:
    """The page after a press of this button."""
    return next(button for button in app.button if button.label == label).click().run()


def owner_field(app: AppTest) -> Any:
    """The field for who is in charge."""
    return next(field for field in app.text_input if field.label == "担当")


def errors(app: AppTest) -> str:
    """What the page reports as not done, and what it gives back."""
    return "\n".join(one.value for one in (*app.error, *app.get("text")))


def test_two_people_who_fill_in_one_duty_do_not_overwrite_each_other(own_kb: Path) -> None:  # noqa: F811
    first, second = (open_page(REGISTER, doc="mihon-kisoku") for _ in range(2))
    owner_field(first).input("総務部")
    press(first, "保存")
    owner_field(second).input("法務部")
    press(second, "保存")
    assert "ほかの人がこの記入を変更したか、削除しました。" in errors(second)
    assert "担当：法務部" in errors(second)
    assert owner_field(second).value == "総務部"
    assert [one.own.owner for one in kept(own_kb)] == ["総務部"]
    owner_field(second).input("総務部、法務部")
    assert not press(second, "保存").error
    assert [one.own.owner for one in kept(own_kb)] == ["総務部、法務部"]


def editors(app: AppTest) -> list[str]:
    """The identities by which the browser keeps what was typed in a table."""
    return [element.proto.id for element in app.dataframe]


def test_what_is_typed_in_the_table_stays_with_its_duties_when_the_filter_changes(app_kb: Path) -> None:
    rows = document_rows(open_shelf().document("mihon-shishin"))
    alike = defaultdict[int, list[str]](list)
    for topic in TOPICS:
        alike[sum(topic in row.topics for row in rows)].append(topic)
    one, other = next(topics for count, topics in alike.items() if count and len(topics) > 1)[:2]
    app = open_page(REGISTER, doc="mihon-shishin", topic=one, view="table")
    before = editors(app)
    assert editors(app.run()) == before
    app.query_params["topic"] = other
    assert len(before) == len(editors(app.run())) == 1
    assert editors(app) != before


def test_of_the_table_what_somebody_else_changed_is_not_overwritten(
    own_kb: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = document_rows(open_shelf().document("mihon-kisoku"))

    def typed(lines: list[dict[str, Any]], *, key: str, **_: object) -> list[dict[str, Any]]:
        st.session_state[key] = {"edited_rows": {0: {"担当": "法務部"}, 1: {"担当": "法務部"}}}
        return [{**line, "担当": "法務部"} if place < 2 else line for place, line in enumerate(lines)]

    monkeypatch.setattr(st, "data_editor", typed)
    app = open_page(REGISTER, doc="mihon-kisoku", view="table")
    with Ledger(own_kb) as ledger:
        ledger.put(entry(rows[0], Own("", "総務部", "", "")))
    press(app, "保存（2件）")
    assert [one.value for one in app.success] == ["1件を保存しました。"]
    assert "ほかの人がこの記入を変更したか、削除しました。" in errors(app)
    assert "担当：法務部" in errors(app)
    assert {one.id: one.own.owner for one in kept(own_kb)} == {rows[0].id: "総務部", rows[1].id: "法務部"}


@pytest.mark.parametrize("view", ["", "table"])
def test_a_knowledge_base_that_may_not_be_changed_offers_no_saving(
    view: str, app_kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shelf.os.access", lambda *_: False)
    app = open_page(REGISTER, doc="mihon-kisoku", view=view)
    assert not app.exception
    assert "知識ベースのフォルダーに書き込めないため、記入を保存できません。" in shown(app)
    assert not [button.label for button in app.button if "保存" in button.label]


def test_what_a_surface_means_is_told_with_its_source(app_kb: Path) -> None:
    words = html(open_page(REGISTER, doc="mihon-shishin"))
    assert 'title="義務として書かれた定め（根拠：法令用語の通例による整理' in words
    assert "法違反と判断" not in words


def test_a_changed_duty_is_flagged_with_its_old_words_until_it_is_saved_again(own_kb: Path) -> None:  # noqa: F811
    with Store.open(own_kb) as store:
        row = document_rows(store.document("mihon-kisoku"))[0]
    old = entry(row, Own("対応済", "総務部", "", ""))
    with Ledger(own_kb) as ledger:
        ledger.put(type(old)("0" * 16, old.document, old.clause, old.quote.replace("ならない", "ならぬ"), old.own))
    app = open_page(REGISTER, doc="mihon-kisoku", changed="yes")
    assert "記入の後に、この義務の文言が変わりました" in shown(app)
    assert "<u>" in html(app)
    next(button for button in app.button if button.label == "変更を確認して保存").click().run()
    assert [one.id for one in kept(own_kb)] == [row.id]
    assert "この絞り込みに当たる義務はありません" in shown(open_page(REGISTER, doc="mihon-kisoku", changed="yes"))


def test_an_entry_whose_duty_is_gone_is_shown_until_it_is_removed(own_kb: Path) -> None:  # noqa: F811
    with Ledger(own_kb) as ledger:
        made = entry(document_rows(open_shelf().document("mihon-kisoku"))[0], Own("対応済", "", "", ""))
        ledger.put(type(made)("1" * 16, "gone", "第九条", "事業者は、届け出なければならない。", made.own))
    app = open_page(REGISTER, doc="mihon-kisoku")
    assert "対応する義務がなくなった記入（1件）" in shown(app)
    next(button for button in app.button if button.label == "この記入を削除する").click().run()
    assert kept(own_kb) == ()


def test_an_entry_that_another_changed_meanwhile_is_not_removed(own_kb: Path) -> None:  # noqa: F811
    made = entry(document_rows(open_shelf().document("mihon-kisoku"))[0], Own("対応済", "", "", ""))
    gone = type(made)("1" * 16, "gone", "第九条", "事業者は、届け出なければならない。", made.own)
    with Ledger(own_kb) as ledger:
        ledger.put(gone)
    app = open_page(REGISTER, doc="mihon-kisoku")
    with Ledger(own_kb) as ledger:
        ledger.put(replace(gone, own=Own("対応中", "法務部", "", "")), revision=1)
    next(button for button in app.button if button.label == "この記入を削除する").click().run()
    assert [one.own.owner for one in kept(own_kb)] == ["法務部"]
    assert "ほかの人がこの記入を変更したか" in app.error[0].value
    next(button for button in app.button if button.label == "この記入を削除する").click().run()
    assert kept(own_kb) == ()
    assert not app.error


@pytest.mark.parametrize(
    ("view", "seen"),
    [("numbers", "文書と強さ"), ("legend", "実務上の意味"), ("export", "点検項目"), ("table", "保存（0件）")],
)
def test_the_other_screens_of_the_register(view: str, seen: str, app_kb: Path) -> None:
    app = open_page(REGISTER, doc="mihon-shishin", view=view)
    assert not app.exception
    assert seen in shown(app) + html(app) + "".join(button.label for button in app.button)


def test_two_versions_stand_side_by_side(app_kb: Path) -> None:
    app = open_page(VERSIONS)
    assert not app.exception
    words = html(app)
    assert "<u>半年</u>に一度" in words
    assert "（新設）" in words
    assert "（削る）" in words
    assert "（略）" in words
    assert "条項**　改正9、新設2、削除3" in shown(app)


def test_the_duties_that_an_amendment_touches_are_listed(app_kb: Path) -> None:
    app = open_page(VERSIONS, new="mihon-shishin-kaitei", old="mihon-shishin", view="duties")
    assert not app.exception
    assert "保存の期間：「３年間」から「５年間」へ" in html(app)


def test_versions_that_are_not_there_and_equal_ones_are_told(app_kb: Path) -> None:
    assert not open_page(VERSIONS, new="nowhere", old="<b>").exception
    same = open_page(VERSIONS, new="mihon-qa", old="mihon-qa")
    assert "同じ版どうしは比べられません" in shown(same)
    foreign = open_page(VERSIONS, new="mihon-qa", old="mihon-kansa")
    assert "一つの文書の二つの版ではないようです" in shown(foreign)


def test_own_columns_outlive_a_new_version_and_the_last_two_versions_are_compared_first(own_kb: Path) -> None:  # noqa: F811
    with Store.open(own_kb) as store:
        before = document_rows(store.document("mihon-shishin"))
    with Ledger(own_kb) as ledger:
        for row in before:
            ledger.put(entry(row, Own("対応済", row.clause, "", "")))
    folder = own_kb.parent / "new"
    folder.mkdir()
    source = Path(__file__).resolve().parent.parent / "corpus" / "mihon-shishin-kaitei.pdf"
    (folder / "mihon-shishin.pdf").write_bytes(source.read_bytes() + b"\n%\n")
    assert cli.main(["ingest", str(folder), "--kb", str(own_kb), "--quiet"]) == 0
    with Store.open(own_kb) as store:
        held = store.documents(superseded=True)
        rows = with_own(document_rows(store.document("mihon-shishin")), kept(own_kb))
    changed = {row.clause for row in rows if row.is_changed}
    assert changed == {"１－２", "２－３", "２－４－２", "４－５", "６－３－１", "７－２", "７－３"}
    assert [row.clause for row in rows if not row.own.status] == ["２－５－２", "４－３－２"]
    assert all(row.own.owner == row.clause for row in rows if row.own.status)
    assert {one.clause for one in orphans(rows, kept(own_kb))} == {
        *("３－１", "４－６", "４－６ > （注）", "５－２ > （注）", "７－２ > （注）"),
    }
    assert likely(held) == (("mihon-shishin", 2), ("mihon-shishin", 1))
    app = open_page(VERSIONS)
    assert not app.exception
    assert "<u>半年</u>に一度" in html(app)
    assert "第2版" in html(app)


def test_of_very_many_documents_one_is_shown_until_others_are_chosen(
    app_kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_rows, "MANY", 3)
    app = open_page(REGISTER)
    assert "文書が8件あるため" in shown(app)
    assert not app.exception


def test_of_the_table_only_what_was_typed_is_saved(app_kb: Path) -> None:
    rows = document_rows(open_shelf().document("mihon-kisoku"))[:2]
    empty = {"状況": EMPTY, "担当": "", "証跡": None, "備考": ""}
    assert register_table.edits(rows, [empty, {**empty, "状況": "対応中", "担当": " 総務部 "}]) == [
        (rows[1], Own("対応中", "総務部", "", ""))
    ]


def test_a_duty_of_several_topics_stands_under_each_and_is_counted_once(app_kb: Path) -> None:
    app = open_page(REGISTER, doc="mihon-shishin", by="topic")
    assert "80件（複数の主題に入る義務があるため、延べ" in shown(app)
