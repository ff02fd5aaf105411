"""Fusion: the order does not depend on how the signals come."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import WEIGHTS, best, fuse, ranked

SHARE = st.integers(0, 64).map(lambda n: n / 64)
NAMES = sorted(WEIGHTS)


@st.composite
def signals(draw: st.DrawFn) -> dict[str, np.ndarray]:
    count = draw(st.integers(1, 8))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    return {n: np.array(draw(st.lists(SHARE, min_size=count, max_size=count)), dtype=np.float32) for n in names}


@given(signals(), st.randoms())
def test_the_order_of_signals_and_of_hits_changes_nothing(given_signals, random) -> None:  # noqa: ANN001
    names = list(given_signals)
    random.shuffle(names)
    scores = fuse(given_signals)
    assert np.array_equal(fuse({n: given_signals[n] for n in names}), scores)
    places = list(range(len(scores)))
    random.shuffle(places)
    assert np.array_equal(fuse({n: s[places] for n, s in given_signals.items()}), scores[places])


@given(signals())
def test_a_hit_first_in_every_signal_is_first_and_scores_lie_between_0_and_1(given_signals) -> None:  # noqa: ANN001
    best = {n: np.append(s, np.float32(s.max() + 1 / 64)) for n, s in given_signals.items()}
    scores = fuse(best)
    assert ranked(scores)[0] == len(scores) - 1
    assert all(0 <= s <= 1.02 for s in fuse(given_signals))


@given(signals())
def test_the_ranking_is_sorted_and_equals_stand_in_document_order(given_signals) -> None:  # noqa: ANN001
    scores = fuse(given_signals)
    order = ranked(scores)
    assert order == sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def test_a_signal_without_a_weight_counts_nothing() -> None:
    assert fuse({"unheard": np.array([1.0, 0.0], dtype=np.float32)}).tolist() == [0.0, 0.0]


@given(st.lists(st.integers(-2, 6), max_size=12), st.integers(1, 5))
def test_the_best_k_are_those_of_the_ranking_without_what_is_not_allowed(values: list[int], k: int) -> None:
    scores = np.array(values, dtype=np.float32)
    assert best(scores, k).tolist() == sorted(i for i in ranked(scores)[:k] if scores[i] >= 0)
