"""The lexical index: equal to a known tool where both do the same, stable, and able to explain itself."""

from __future__ import annotations

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import Fields, Lexical, Settings
from index.tally import build
from index.vocabulary import Vocabulary

WORDS = st.lists(st.sampled_from(["委託", "監督", "規程", "‖規程", "@2015", "usb", "保管"]), max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=8)


@given(TEXTS.filter(any), WORDS)
@settings(deadline=None)  # bm25s compiles at its first call
def test_on_one_field_our_bm25_equals_bm25s(texts: list[list[str]], query: list[str]) -> None:
    ours = build([Fields(own=text) for text in texts], Settings(k1=1.2, b=0.75))
    vocabulary = {term: i for i, term in enumerate(sorted({t for text in texts for t in text}))}
    reference = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    reference.index(([[vocabulary[t] for t in text] for text in texts], dict(vocabulary)), show_progress=False)
    known = sorted({t for t in query if t in vocabulary})
    expected = reference.get_scores(known) if known else np.zeros(len(texts))
    assert np.allclose(ours.scores(dict.fromkeys(query, 1.0)), expected, atol=1e-5)


@given(TEXTS)
@settings(deadline=None)
def test_the_same_texts_give_the_same_bytes_and_survive_saving(texts: list[list[str]]) -> None:
    fields = [Fields(own=text, headings=text[:2], title=("指針",)) for text in texts]
    first, second = build(fields), build(fields)
    assert [a.tobytes() for a in first.arrays().values()] == [a.tobytes() for a in second.arrays().values()]
    again = Lexical.of_arrays(first.arrays(), first.count)
    assert np.array_equal(again.scores({"委託": 1.0, "指針": 0.5}), first.scores({"委託": 1.0, "指針": 0.5}))


@given(st.sets(st.text(max_size=5)))
def test_every_term_is_found_at_its_place_and_no_other(terms: set[str]) -> None:
    words = Vocabulary.of(terms)
    places = {term: words.find(term) for term in terms}
    assert sorted(place for place in places.values() if place is not None) == list(range(len(terms)))
    assert all(words.strings[place] == term for term, place in places.items() if place is not None)
    assert words.find("‖ない") is None


def test_the_order_in_which_terms_are_met_changes_nothing() -> None:
    one, other = Vocabulary.of(["委託", "監督", "規程"]), Vocabulary.of(["規程", "委託", "監督"])
    assert one.strings.blob.tobytes() == other.strings.blob.tobytes()


def test_what_a_term_adds_is_read_for_some_texts_as_for_all() -> None:
    index = build([Fields(["委託"]), Fields(["他"]), Fields(["委託", "委託"])])
    some = np.array([0, 2], dtype=np.uint32)
    assert index.posting("委託").at(some).tolist() == index.scores({"委託": 1.0})[some].tolist()
    assert index.posting("課徴金").at(some).tolist() == [0.0, 0.0]


def test_a_heading_weighs_more_than_the_title_and_less_than_the_clause() -> None:
    index = build(
        [Fields(["委託", "他"], ["他"], ["他"]), Fields(["他", "他"], ["委託"]), Fields(["他"], (), ["委託"])]
    )
    own, heading, title = index.scores({"委託": 1.0})
    assert own > heading > title > 0


def test_an_unknown_word_is_the_most_telling_and_scores_nothing() -> None:
    index = build([Fields(["委託"]), Fields(["委託", "監督"])])
    assert index.idf("課徴金") > index.idf("監督") > index.idf("委託") > 0
    assert index.scores({"課徴金": 1.0}).tolist() == [0.0, 0.0]


def test_an_index_of_nothing_answers_nothing() -> None:
    assert build([]).scores({"委託": 1.0}).tolist() == []


@pytest.mark.parametrize("wrong", [{"k1": -1.0}, {"b": 1.5}, {"weights": (-1.0, 0.0, 0.0)}])
def test_impossible_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected k1 >= 0"):
        Settings(**wrong)  # type: ignore[arg-type]  # that is the point


@given(TEXTS, st.sampled_from([("委託", "監督"), ("usb", "委託", "保管"), ("規程", "課徴金")]))
@settings(deadline=None)
def test_terms_stand_together_where_each_of_them_stands(texts: list[list[str]], terms: tuple[str, ...]) -> None:
    index = build([Fields(own=text) for text in texts])
    expected = [i for i, text in enumerate(texts) if set(terms) <= set(text)]
    for _ in range(2):  # worked out, then remembered
        found = index.together(terms)
        assert found.texts.tolist() == expected
        each = sum(index.posting(term).at(found.texts) for term in terms)
        assert np.allclose(found.impacts, each)
