"""What is counted in one pass is what is counted one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from index.fuse import Scores
from index.lexical import Fields, Lexical
from index.meet import Held, meets
from index.query import Concept, Way
from index.reread import distinct
from index.signals import WORDED, _first
from index.tally import build

TERMS = ("委託", "監督", "規程", "usb", "保管")
TEXTS = st.lists(st.lists(st.sampled_from(TERMS), max_size=8), min_size=2, max_size=12)
WAYS = st.lists(
    st.lists(st.sampled_from((*TERMS, "課徴金")), min_size=1, max_size=3, unique=True), min_size=1, max_size=3
)


def of(index: Lexical, terms: list[str]) -> NDArray[np.intp]:
    """The places of terms that the vocabulary knows."""
    return np.array([index.place(term) for term in terms], dtype=np.intp)


def concept(ways: list[list[str]]) -> Concept:
    """The first way as asked, the others widened at a discount."""
    made = [Way(tuple(terms), 1.0 if n == 0 else 0.6, "", widened=n > 0) for n, terms in enumerate(ways)]
    return Concept("".join(ways[0]), 0.7, tuple(made))


@settings(deadline=None)
@given(TEXTS, st.lists(WAYS, min_size=1, max_size=4))
def test_all_texts_meet_a_question_as_each_does_by_itself(texts: list[list[str]], asked: list[list[list[str]]]) -> None:
    index = build([Fields(own=text) for text in texts])
    concepts = [concept(ways) for ways in asked]
    places = np.arange(len(texts), dtype=np.uint32)
    known = [term for term in TERMS if index.place(term) is not None]
    held = Held({term: row for row, term in enumerate(known)}, index.table(of(index, known), places))
    found = meets(index, concepts, frozenset((*TERMS, "課徴金")), 0.5)
    assert np.allclose(found, 0.5 * held.met(concepts), atol=1e-5)


@settings(deadline=None)
@given(TEXTS)
def test_a_table_of_terms_says_what_each_posting_says(texts: list[list[str]]) -> None:
    index = build([Fields(own=text) for text in texts])
    places = np.arange(0, len(texts), 2, dtype=np.uint32)
    known = [term for term in TERMS if index.place(term) is not None]
    for row, term in zip(index.table(of(index, known), places), known, strict=True):
        assert np.array_equal(row, index.posting(term).at(places))


SCORES = st.sampled_from([WORDED - 1, WORDED, 3000]).flatmap(
    lambda count: arrays(np.float32, count, elements=st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0]), fill=st.just(0.0))
)


@settings(deadline=None, max_examples=40)
@given(SCORES)
def test_the_best_of_all_are_those_of_a_plain_order_without_what_is_left_out(scores: Scores) -> None:
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:WORDED]
    assert _first(scores).tolist() == sorted(i for i in order if scores[i] >= 0)


@settings(deadline=None)
@given(TEXTS, st.lists(st.sampled_from((*TERMS, "課徴金")), min_size=1, unique=True))
def test_what_stands_beside_the_concepts_is_added_at_its_weight(texts: list[list[str]], asked: list[str]) -> None:
    index = build([Fields(own=text) for text in texts])
    found = meets(index, [], frozenset(), beside=[(index.posting(term), 0.2) for term in asked])
    assert np.allclose(found, index.scores(dict.fromkeys(asked, 0.2)), atol=1e-6)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9)))
def test_distinct_values_are_those_of_numpy(values: list[int]) -> None:
    expected, which = np.unique(np.array(values, dtype=np.int64), return_inverse=True)
    found = distinct(np.array(values, dtype=np.int64))
    assert found.values.tolist() == expected.tolist()
    assert found.which.tolist() == which.tolist()
