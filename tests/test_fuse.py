"""Fusion: the order does not depend on how the signals come."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.fuse import CLOSER, WEIGHTS, best, fuse, ranked

SHARE = st.integers(0, 64).map(lambda n: n / 64)
NAMES = sorted(WEIGHTS)
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
"""Drawing lists is slow on a busy machine, and says nothing about fusion."""


@st.composite
def signals(draw: st.DrawFn) -> dict[str, np.ndarray]:
    count = draw(st.integers(1, 8))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    return {n: np.array(draw(st.lists(SHARE, min_size=count, max_size=count)), dtype=np.float32) for n in names}


@patient
@given(signals(), st.randoms())
def test_the_order_of_signals_and_of_hits_changes_nothing(given_signals, random) -> None:  # noqa: ANN001
    names = list(given_signals)
    random.shuffle(names)
    scores = fuse(given_signals)
    assert np.array_equal(fuse({n: given_signals[n] for n in names}), scores)
    places = list(range(len(scores)))
    random.shuffle(places)
    assert np.array_equal(fuse({n: s[places] for n, s in given_signals.items()}), scores[places])


@patient
@given(signals())
def test_a_hit_first_in_every_signal_is_first_and_scores_lie_between_0_and_1(given_signals) -> None:  # noqa: ANN001
    best = {n: np.append(s, np.float32(s.max() + 1 / 64)) for n, s in given_signals.items()}
    scores = fuse(best)
    assert ranked(scores)[0] == len(scores) - 1
    assert all(0 <= s <= 1.02 for s in fuse(given_signals))


@patient
@given(signals())
def test_the_ranking_is_sorted_and_equals_stand_in_document_order(given_signals) -> None:  # noqa: ANN001
    scores = fuse(given_signals)
    order = ranked(scores)
    assert order == sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def test_the_closer_look_keeps_what_the_first_look_saw_of_the_words_the_vectors_and_the_label() -> None:
    assert {"lexical", "dense", "label"} <= set(CLOSER) & set(WEIGHTS)
    assert all(weight > 0 for weight in (*CLOSER.values(), *WEIGHTS.values()))


def test_a_signal_without_a_weight_counts_nothing() -> None:
    assert fuse({"unheard": np.array([1.0, 0.0], dtype=np.float32)}).tolist() == [0.0, 0.0]


@patient
@given(st.lists(st.integers(-2, 6), max_size=12), st.integers(1, 5))
def test_the_best_k_are_those_of_the_ranking_without_what_is_not_allowed(values: list[int], k: int) -> None:
    scores = np.array(values, dtype=np.float32)
    assert best(scores, k).tolist() == sorted(i for i in ranked(scores)[:k] if scores[i] >= 0)
