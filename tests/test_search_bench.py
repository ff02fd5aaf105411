"""The bench of speed: how times are taken."""

from __future__ import annotations

import pytest

import bench.search
from bench.search import Row, Times, in_turn


def test_a_first_time_is_told_apart_from_the_least_of_the_later_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    times = iter([9.0, 8.0, 7.0, 6.0, 1.0, 2.0, 3.0, 4.0, 5.0, 1.5, 0.5, 4.5, 5.0, 5.0, 5.0, 5.0])

    def timed(ask: str, question: str) -> float:
        asked.append((ask, question))
        return next(times)

    monkeypatch.setattr(bench.search, "_processor", timed)
    found = in_turn({"ours": "ours", "plain": "plain"}, ["一", "二"])  # type: ignore[dict-item]  # only named here
    assert found == {"ours": Times((9.0, 7.0), (1.0, 0.5)), "plain": Times((8.0, 6.0), (1.5, 4.0))}
    assert asked[:4] == [("ours", "一"), ("plain", "一"), ("ours", "二"), ("plain", "二")]


def test_a_row_says_what_share_of_the_plain_way_each_takes() -> None:
    assert Row(1000, "known", 4.0, 6.0, 12.0).line() == "| 1,000 | known | 12.0 | 4.0 | 0.33 | 6.0 | **0.50** |"
    assert Row(1000, "first-time", None, 6.0, 12.0).line() == "| 1,000 | first-time | 12.0 |  |  | 6.0 | **0.50** |"
