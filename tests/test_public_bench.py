"""The public benchmarks' arithmetic, against a case worked by hand."""

from __future__ import annotations

from math import log2

import ir_measures
import pytest

from bench.public import Question, judge, ndcg


def test_ndcg_of_a_case_worked_by_hand() -> None:
    right = {"a": 2, "b": 1, "c": 1}
    ranked = ["x", "a", "c", "y"]
    gained = 2 / log2(3) + 1 / log2(4)
    best = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert ndcg(ranked, right) == pytest.approx(gained / best)


def test_what_stands_below_the_tenth_place_gains_nothing() -> None:
    row = judge(Question("q", "問い", {"a": 1}), [str(n) for n in range(10)] + ["a"])
    assert (row.first, row.found, row.gain) == (False, False, 0.0)


@pytest.mark.parametrize(
    "ranked",
    [["a"], ["x", "a", "b"], ["c", "b", "a"], ["x"], [f"x{n}" for n in range(9)] + ["b", "a"]],
)
def test_ndcg_is_that_of_ir_measures(ranked: list[str]) -> None:
    right = {"a": 2, "b": 1, "c": 1}
    judged = [ir_measures.Qrel("q", id, grade) for id, grade in right.items()]
    found = [ir_measures.ScoredDoc("q", id, -float(place)) for place, id in enumerate(ranked)]
    theirs = ir_measures.calc_aggregate([ir_measures.nDCG @ 10], judged, found)[ir_measures.nDCG @ 10]
    assert ndcg(ranked, right) == pytest.approx(theirs)
