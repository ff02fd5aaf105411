"""The home, search and help pages as a session sees them, without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote_plus

import pytest
from streamlit.testing.v1 import AppTest

from ui import clicks

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "ui/home.py",
    "ui/search.py",
    "ui/reader.py",
    "ui/register.py",
    "ui/versions.py",
    "ui/comparison.py",
    "ui/course.py",
    "ui/checker.py",
    "ui/library.py",
    "ui/help.py",
)
HOSTILE = [
    "<script>alert(1)</script>委託",
    "**太字** [link](http://example.com) $x$ :red[赤]",
    "🙂" * 50,
    "\x00\x07制御\u202e文字",
    "委託" * 6000,
    '"',
    "AND OR NOT",
    "\n\n# 見出し\n| a | b |",
]


def open_page(page: str, /, **address: str) -> AppTest:
    """A page of the app at an address, drawn."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for name, value in address.items():
        app.query_params[name] = value
    return app if page == "ui/home.py" and not address else app.switch_page(page).run()


def shown(app: AppTest) -> str:
    """Every word on the page."""
    kinds = (
        app.markdown,
        app.text,
        app.warning,
        app.error,
        app.info,
        app.success,
        app.subheader,
        app.caption,
        app.code,
    )
    words = [str(element.value) for elements in kinds for element in elements]
    words += [element.proto.body for element in app.get("html")]
    words += [f"{link.label} {link.query_string}" for link in links(app)]
    words += [element.label for element in app.expander]
    words += [" ".join(line) for line in listed(app)]
    words += [image.caption for element in app.get("image") for image in element.proto.imgs]
    return "\n".join(words)


def listed(app: AppTest) -> list[list[str]]:
    """The cells of each line of the tables of documents."""
    tables = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return [line["cells"] for table in tables if "page" in table for line in table["rows"]]


def markdown_of(app: AppTest) -> str:
    """Every word on the page that the browser reads as Markdown."""
    kinds = (app.markdown, app.warning, app.error, app.info, app.success, app.caption)
    labels = [element.label for element in (*app.expander, *app.button, *links(app))]
    return "\n".join([str(element.value) for elements in kinds for element in elements] + labels)


@dataclass
class Link:
    """A link to a page: its words and its address."""

    label: str
    query_string: str
    page: str = ""


class _Links(HTMLParser):
    """The links in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Link] = []
        self._is_in_one = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_in_one = tag == "a"
        if self._is_in_one:
            page, _, address = (dict(attrs)["href"] or "").partition("?")
            self.found.append(Link("", address, page))

    def handle_endtag(self, tag: str) -> None:
        self._is_in_one = self._is_in_one and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._is_in_one:
            self.found[-1].label += data


def links(app: AppTest) -> list[Link]:
    """The links to pages: those that are widgets, and those in the HTML of cards and clauses."""
    widgets = [Link(element.proto.label, element.proto.query_string) for element in app.get("page_link")]
    return widgets + [link for element in app.get("html") for link in _Links(element.proto.body).found]


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Runs the page again as the browser has it after a click in its HTML: go="search?q=…" or judge={…}."""

    def clicked(app: AppTest, **said: object) -> AppTest:
        with monkeypatch.context() as patch:
            once = iter([SimpleNamespace(**said)])
            patch.setattr(clicks, "_clicks", lambda **_: next(once, SimpleNamespace()))
            return app.run()

    return clicked


def opened(app: AppTest, key: str) -> AppTest:
    """The page after a list or a form that is drawn when it is opened was opened."""
    app.session_state[key] = True
    return app.run()


def question_in(app: AppTest) -> str:
    """The question in the page's address."""
    said = app.query_params["q"]
    return said if isinstance(said, str) else said[0]


def pictures(app: AppTest) -> int:
    """How many page images are shown."""
    return len(app.get("image"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_says_that_it_gives_no_legal_advice(page: str, app_kb: Path) -> None:
    app = open_page(page)
    assert not app.exception
    assert "法的助言ではありません" in shown(app)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_a_knowledge_base_and_says_what_to_do(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_KB", str(tmp_path / "none"))
    app = open_page(page)
    assert not app.exception
    if page not in ("ui/help.py", "ui/library.py"):
        assert "ナレッジベースがありません" in app.error[0].value
        assert "konkyo ingest" in app.code[0].value
        assert "資料管理で文書（PDF）を追加" in shown(app)


def test_a_new_user_sees_what_is_in_here_what_to_ask_and_what_it_cannot_do(app_kb: Path) -> None:
    app = open_page("ui/home.py")
    words = shown(app)
    assert "収録文書　8件" in words
    assert len(listed(app)) == 8
    assert all(user in words for user in ("法務", "研修", "分析"))
    assert "できないこと" in words


def test_a_question_put_on_the_home_page_goes_on_to_the_search(app_kb: Path) -> None:
    app = open_page("ui/home.py")
    app.text_input[0].input("委託契約に盛り込む事項")
    app.button[0].click().run()
    assert not app.exception
    assert "回答となる条項" in shown(app)
    assert question_in(app) == "委託契約に盛り込む事項"


def test_a_question_is_answered_with_citation_quote_grade_reasons_and_the_page_boxed(app_kb: Path) -> None:
    app = open_page("ui/search.py")
    app.text_input[0].input("委託契約に盛り込む事項")
    app.button[0].click().run()
    words = shown(app)
    assert not app.exception
    assert "回答となる条項" in words
    assert "５－２" in words
    assert "義務" in words
    assert "見つけた理由" in words
    assert "10." in words
    assert question_in(app) == "委託契約に盛り込む事項"
    assert pictures(app) == 1


def test_a_widened_word_is_shown_as_such(app_kb: Path) -> None:
    assert "社員→従業者（言い換え）" in shown(open_page("ui/search.py", q="社員の教育"))


def test_a_question_nothing_covers_gets_an_honest_no_and_the_nearest_clauses(app_kb: Path) -> None:
    words = shown(open_page("ui/search.py", q="宇宙ロケットの打上げ許可の手数料"))
    assert "対応する条項は、収録文書にありません" in words
    assert "回答ではありません" in words
    assert "回答となる条項" not in words


def test_a_permalink_opens_the_question_its_filters_and_the_chosen_clause(app_kb: Path) -> None:
    first = open_page("ui/search.py", q="委託契約に盛り込む事項", only="mihon-shishin")
    chosen = next(link for link in links(first) if link.label == "頁に表示")
    address = dict(part.split("=", 1) for part in chosen.query_string.split("&"))
    assert {"q", "only", "doc", "clause"} == set(address)
    app = open_page("ui/search.py", **{name: unquote_plus(value) for name, value in address.items()})
    assert app.text_input[0].value == "委託契約に盛り込む事項"
    assert app.selectbox[0].value == "mihon-shishin"
    assert unquote_plus(address["clause"]).split(" > ")[0] in shown(app)
    assert "2\\. 共同物流" in "".join(image.caption for element in app.get("image") for image in element.proto.imgs)
    assert "文書「" in shown(app)


def test_a_filter_of_documents_leaves_out_the_others(app_kb: Path) -> None:
    app = open_page("ui/search.py", q="委託", only="mihon-qa")
    opened = [link.query_string for link in links(app) if link.label == "文書で開く"]
    assert opened
    assert all(address.startswith("doc=mihon-qa&") for address in opened)


def test_a_filter_of_grades_shows_only_clauses_of_that_grade(app_kb: Path) -> None:
    words = shown(open_page("ui/search.py", q="委託", grade="recommend"))
    assert 'k-grade" title' in words
    assert ">義務</span>" not in words


def test_filters_that_leave_nothing_say_so_and_offer_the_way_back(app_kb: Path) -> None:
    words = shown(open_page("ui/search.py", q="委託", **{"from": "1900", "to": "1901"}))
    assert "この絞り込みに当たる条項はありません" in words
    assert "絞り込みを外して検索する" in words


@pytest.mark.parametrize("name", ["only", "authority", "kind", "from", "to", "grade", "doc", "clause"])
@pytest.mark.parametrize("value", ["<b>x</b>", "../../etc/passwd", "9" * 300, "\u202e"])
def test_an_address_that_makes_no_sense_breaks_nothing(name: str, value: str, app_kb: Path) -> None:
    app = open_page("ui/search.py", q="委託", **{name: value})
    assert not app.exception
    assert "<b>x</b>" not in shown(app)


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_are_shown_as_text_and_break_nothing(question: str, app_kb: Path) -> None:
    app = open_page("ui/search.py", q=question)
    assert not app.exception
    assert "<script>" not in "".join(element.proto.body for element in app.get("html"))
    assert "<script>" not in markdown_of(app)
    assert "[link](" not in markdown_of(app)
    assert ":red[" not in markdown_of(app)


def test_a_question_that_is_too_long_is_cut_and_the_user_is_told(app_kb: Path) -> None:
    assert "先頭の2,000字だけで検索しました" in shown(open_page("ui/search.py", q="委託" * 6000))


def judgements(app: AppTest, useful: str) -> list[dict[str, str]]:
    """What the browser says when a judgement of a hit is clicked, of every hit in their order."""
    html = "".join(element.proto.body for element in app.get("html"))
    found = re.findall(r'class="k-judge" data-doc="([^"]+)" data-at="([^"]+)" data-useful="([^"]+)"', html)
    return [{"doc": doc, "at": at, "useful": says} for doc, at, says in found if says == useful]


def test_a_judgement_of_any_hit_is_kept_in_the_knowledge_base_and_nowhere_else(
    app_kb: Path, click: Callable[..., AppTest]
) -> None:
    app = open_page("ui/search.py", q="委託契約に盛り込む事項")
    assert len(judgements(app, "yes")) == 10
    third = judgements(app, "no")[2]
    app = click(app, judge=third)
    assert not app.exception
    assert shown(app).count("評価を記録しました：違う") == 1
    kept = app_kb / "feedback.jsonl"
    line = json.loads(kept.read_text(encoding="utf-8").splitlines()[-1])
    kept.unlink()
    assert (line["question"], line["useful"]) == ("委託契約に盛り込む事項", False)
    assert line["doc"] == third["doc"]
    assert line["quote"] in shown(app)


@pytest.mark.parametrize("said", [None, 7, "x", {"doc": "none", "at": "1"}, {"doc": "<b>", "useful": "yes"}])
def test_a_judgement_of_what_is_not_shown_is_none(said: object, app_kb: Path, click: Callable[..., AppTest]) -> None:
    app = click(open_page("ui/search.py", q="委託契約に盛り込む事項"), judge=said)
    assert not app.exception
    assert "評価を記録しました" not in shown(app)
    assert not (app_kb / "feedback.jsonl").exists()


def test_every_hit_has_its_citation_to_copy_as_it_is_and_two_judgements(app_kb: Path) -> None:
    cards = [element.proto.body for element in open_page("ui/search.py", q="委託契約に盛り込む事項").get("html")]
    hits = [html for html in cards if html.startswith('<div class="k-card st-key-hit-')]
    assert len(hits) == 10
    for html in hits:
        citation, quoted = re.findall(r"<code>([^<]+)</code>", html)
        assert f". {citation} " in html  # the citation over the card is the one that is copied
        assert quoted.endswith(f"」（{citation}）")
        assert html.count('class="k-judge"') == 2


def test_a_link_in_a_card_opens_its_page_within_the_session(app_kb: Path, click: Callable[..., AppTest]) -> None:
    app = open_page("ui/search.py", q="委託契約に盛り込む事項")
    link = next(link for link in links(app) if link.label == "文書で開く")
    there = click(app, go=f"{link.page}?{link.query_string}")
    assert not there.exception
    assert "この条項が参照する先" in shown(there)


@pytest.mark.parametrize("said", ["http://example.com/?q=x", "//x", "library?", "../search?q=委託", 7, "x" * 30_000])
def test_an_address_that_is_no_link_of_ours_is_not_followed(
    said: object, app_kb: Path, click: Callable[..., AppTest]
) -> None:
    app = click(open_page("ui/search.py", q="委託契約に盛り込む事項"), go=said)
    assert not app.exception
    assert question_in(app) == "委託契約に盛り込む事項"


def test_questions_of_this_session_can_be_asked_again(app_kb: Path) -> None:
    app = open_page("ui/search.py", q="委託契約に盛り込む事項")
    app.text_input[0].input("アクセス権限の管理")
    app.button[0].click().run()
    assert "この画面で尋ねた質問（2件" in shown(app)
    assert not listed(app)  # nothing is drawn that nobody sees
    app = opened(app, "asked")
    assert [line[0] for line in listed(app)] == ["アクセス権限の管理", "委託契約に盛り込む事項"]


def test_the_questions_of_a_session_are_still_there_after_another_page(app_kb: Path) -> None:
    app = open_page("ui/search.py", q="委託契約に盛り込む事項")
    app.switch_page("ui/help.py").run()
    app.query_params.clear()
    app.switch_page("ui/search.py").run()
    assert "この画面で尋ねた質問（1件" in shown(app)
