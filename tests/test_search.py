"""The searcher: what comes back for a question over a small knowledge base."""

from __future__ import annotations

import json

import pytest
from documents import HashEncoder, PlainTokenizer, Row, document, guideline

from index.gather import gather
from index.search import Scope, Searcher, result_json
from index.thesaurus import Entry, Thesaurus
from law.document import Document

_NAMES = (
    "doc title authority date kind clause label heading page pdf_page text quote verdict boxes modality citation "
    "score why"
)
KEYS = set(_NAMES.split())


def release() -> Document:
    return document(
        [
            Row("１", "令和２年６月、持出しが判明した。", "経緯", page=1),
            Row("２", "対象は928万人である。", "規模", page=2),
            Row("３", "職員が台帳を持ち出していた。", "原因", page=2),
        ],
        id="release",
        title="見本社における顧客情報の漏えいについて",
        authority=("見本社",),
        date="2020-07-01",
        kind="incident-release",
    )


def searcher(*documents: Document, threshold: float = 0.0) -> Searcher:
    held = documents or (guideline(), release())
    table = {d.id: d for d in held}
    thesaurus = Thesaurus([Entry("委託先", ("外注先",), "syn", 0.6)])
    encoder, tokenizer = HashEncoder(), PlainTokenizer()
    return Searcher(gather(held, encoder, tokenizer), table.__getitem__, encoder, tokenizer, thesaurus, threshold)


def clauses(question: str, scope: Scope | None = None, k: int = 5) -> list[tuple[str, str]]:
    return [(h.doc, h.clause) for h in searcher().search(question, k=k, scope=scope).hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("管理責任者の設置", ("shishin", "１－１")),
        ("２－２", ("shishin", "２－２")),
        ("1-1の②について", ("shishin", "１－１")),
        ("九百二十八万人", ("release", "２")),
        ("928万人の漏えい", ("release", "２")),
        ("2020年6月に判明", ("release", "１")),
        ("移送するＵＳＢﾒﾓﾘの暗号化", ("shishin", "３－２")),
        ("平成27年5月の改正", ("shishin", "２－２ > 脚注1")),
        ("外注先の選定基準", ("shishin", "２－１")),
    ],
)
def test_the_clause_that_is_meant_comes_first(question: str, first: tuple[str, str]) -> None:
    assert clauses(question)[0] == first


def test_a_question_after_a_number_is_answered_more_surely_than_one_after_what_no_quote_holds() -> None:
    sure = {asked: searcher().search(f"持ち出しの対象の{asked}").confidence for asked in ("人数", "金額")}
    assert sure["人数"] > 2 * sure["金額"]


@pytest.mark.parametrize("asked", ["持ち出しの対象の人数", "持ち出しの対象の金額", "顧客情報の持ち出し"])
def test_the_decision_does_not_hang_on_how_many_clauses_are_shown(asked: str) -> None:
    assert len({searcher().search(asked, k=k).confidence for k in (1, 2, 3, 10)}) == 1


def test_what_two_quotes_tell_together_is_not_missed() -> None:
    fees = document(
        [Row("１", "手数料は、10万円とする。"), Row("２", "令和６年４月１日までに手数料を納付する。")], id="fees"
    )
    both, other = (
        searcher(fees).search(asked).confidence for asked in ("手数料はいくらでいつ納付", "手数料は何人が納付")
    )
    assert both > other


def test_near_twins_are_told_apart_by_their_headings() -> None:
    assert clauses("保管段階の規程")[0] == ("shishin", "３－１")
    assert clauses("移送段階の規程")[0] == ("shishin", "３－２")


def test_the_same_question_has_the_same_answer_whatever_the_order_of_the_documents() -> None:
    one = searcher(guideline(), release()).search("顧客情報の持ち出し")
    other = searcher(release(), guideline()).search("顧客情報の持ち出し")
    assert result_json(one) == result_json(other)


def test_a_hit_is_not_shown_again_inside_another() -> None:
    hits = searcher().search("委託先", k=10).hits
    texts = [h.text for h in hits]
    assert not any(a != b and a in b for a in texts for b in texts)


@pytest.mark.parametrize(
    ("scope", "documents"),
    [
        (Scope(doc="release"), {"release"}),
        (Scope(kind="guideline"), {"shishin"}),
        (Scope(authority="見本庁"), {"shishin"}),
        (Scope(date_from="2021"), {"shishin"}),
        (Scope(date_to="2020-12-31"), {"release"}),
        (Scope(date_from="2020-07", date_to="2021-04"), {"release", "shishin"}),
        (Scope(doc="none"), set()),
    ],
)
def test_a_scope_leaves_out_the_other_documents(scope: Scope, documents: set[str]) -> None:
    assert {doc for doc, _ in clauses("顧客情報", scope, 10)} == documents


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("台帳 AND 整備", [("shishin", "１－２")]),
        ('"台帳を整備" 義務', [("shishin", "１－２")]),
        ("台帳 NOT 整備", [("release", "３")]),
    ],
)
def test_and_not_and_exact_words_bind(question: str, kept: list[tuple[str, str]]) -> None:
    found = clauses(question, k=20)
    assert found[: len(kept)] == kept
    words = question.split()[0].strip('"')
    held = {h.text for h in searcher().search(question, k=20).hits}
    assert all(words in text for text in held) or "NOT" in question
    assert "NOT" not in question or all("整備" not in text for text in held)


def test_a_widened_word_is_named() -> None:
    hit = searcher().search("外注先の選定").hits[0]
    assert "外注先→委託先" in hit.why.terms


def test_when_nothing_covers_the_question_it_says_so_and_what_is_lacking() -> None:
    result = searcher(threshold=0.99).search("課徴金の算定")
    assert not result.answerable
    assert result.reason is not None
    assert "課徴" in result.reason
    assert result.reason.endswith("です。")
    assert result.hits


def test_an_empty_knowledge_base_and_an_empty_question_are_answered_honestly() -> None:
    empty = Searcher(gather((), HashEncoder(), PlainTokenizer()), {}.__getitem__, HashEncoder(), PlainTokenizer())
    for result in (empty.search("委託先の監督"), searcher().search("")):
        assert not result.answerable
        assert result.reason


def test_the_json_is_the_contract() -> None:
    result = result_json(searcher().search("管理責任者の設置"), "q1")
    assert set(result) == {"id", "question", "answerable", "confidence", "reason", "hits"}
    hit = result["hits"][0]
    assert set(hit) == KEYS
    assert {k: hit[k] for k in ("doc", "clause", "label", "heading", "page", "pdf_page", "verdict", "modality")} == {
        "doc": "shishin",
        "clause": "１－１",
        "label": "1-1",
        "heading": "管理責任者の設置",
        "page": "1",
        "pdf_page": 2,
        "verdict": "match",
        "modality": "must",
    }
    assert hit["quote"] in hit["text"]
    assert "\n" not in hit["text"]
    assert set(hit["boxes"][0]) == {"pdf_page", "x0", "top", "x1", "bottom"}
    assert json.loads(json.dumps(result, ensure_ascii=False)) == result


@pytest.mark.parametrize(
    ("named", "first"),
    [("", "july"), ("7月の公表では、", "july"), ("2020年9月の公表では、", "september"), ("9月の資料で、", "september")],
)
def test_a_paper_that_the_question_names_by_its_date_comes_before_its_twin(named: str, first: str) -> None:
    july, september = (
        document(
            [Row("１", "台帳の写しの扱いを改めた。")], id=id, title="見本社の件", date=date, kind="incident-release"
        )
        for id, date in (("july", "2020-07-01"), ("september", "2020-09"))
    )
    found = searcher(july, september).search(f"{named}台帳の写しの扱い", k=2)
    assert found.hits[0].doc == first
