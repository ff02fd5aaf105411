"""The figures of a search are those of the gold's own scorer."""

from __future__ import annotations

from typing import Any

import pytest

from index.evaluate import Changes, Figures, Judged, by_group, changes, figures, interval, judge

HIT = {"doc": "a", "text": "委託先を 定期的に 監査する。", "pdf_page": 3, "verdict": "match"}


def question(quote: str, *, page: int | None = 3, answerable: bool = True) -> dict[str, Any]:
    relevant = [{"doc": "a", "quote": quote, "pdf_page": page, "grade": 3}] if answerable else []
    return {"id": "q", "user": "legal", "style": "keyword", "answerable": answerable, "relevant": relevant}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (question("定期的に監査"), (1, True, True)),
        (question("定期的に監査", page=4), (1, False, True)),
        (question("定期的に監査", page=None), (1, True, True)),
        (question("随時に監査"), (None, False, False)),
    ],
)
def test_a_hit_is_right_when_it_holds_the_quote_and_its_page_is_right_when_it_is_the_quotes(
    asked: dict[str, Any], expected: tuple[int | None, bool, bool]
) -> None:
    row = judge(asked, {"answerable": True, "hits": [HIT]})
    assert (row.rank, row.page_right, row.verified) == expected


def test_a_hit_too_long_to_be_read_at_a_look_is_not_right() -> None:
    long = {**HIT, "text": HIT["text"] + "あ" * 1200}
    assert judge(question("定期的に監査"), {"answerable": True, "hits": [long]}).rank is None


def row(id: str, rank: int | None, *, answerable: bool = True, answered: bool = True) -> Judged:
    return Judged(id, ("user:legal",), answerable, answered, rank, rank is not None, rank is not None)


def test_the_figures_count_silence_and_answers_apart() -> None:
    rows = [row("a", 1), row("b", 5), row("c", None, answered=False), row("d", None, answerable=False)]
    third = pytest.approx(1 / 3)
    assert figures(rows) == Figures(4, third, pytest.approx(2 / 3), pytest.approx(0.4), 1.0, 1.0, third, 1.0)
    assert set(by_group(rows)) == {"all", "user:legal"}


def test_the_interval_holds_the_figure_and_comes_out_the_same_twice() -> None:
    rows = [row(str(i), 1 if i % 3 else None) for i in range(60)]
    low, high = interval(rows, "recall_1", 200)
    assert low < figures(rows).recall_1 < high
    assert (low, high) == interval(rows, "recall_1", 200)


def test_questions_won_and_lost_since_the_last_run_are_named() -> None:
    before = {"a": 2, "b": 1, "c": 1}
    assert changes([row("a", 1), row("b", 3), row("c", 1), row("new", 1)], before) == Changes(("a",), ("b",))
