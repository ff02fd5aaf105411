"""Places: spans count code points, boxes join into printed lines, a folded text knows its way back."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.span import Aligned, Box, Boxes, Span


def test_a_span_holds_the_words_between_its_ends() -> None:
    assert Span(3, 6).of("第一条（目的）") == "（目的"
    assert len(Span(3, 6)) == 3
    assert Span(3, 6).moved(10) == Span(13, 16)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_runs_backward_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"0 <= start <= end, found {start}\.\.{end}"):
        Span(start, end)


def test_a_span_lies_in_another_when_both_its_ends_do() -> None:
    assert Span(2, 4) in Span(2, 5)
    assert Span(1, 4) not in Span(2, 5)


def char(i: int, line: int = 0, page: int = 1) -> Box:
    return Box(page, 10.0 * i, 20.0 * line, 10.0 * i + 10, 20.0 * line + 10)


def test_characters_of_one_printed_line_share_a_box() -> None:
    boxes = Boxes.of([char(0), char(1), None, char(2), char(0, 1), char(1, 1)])
    assert boxes.lines_of(Span(0, 6)) == (Box(1, 0, 0, 30, 10), Box(1, 0, 20, 20, 30))
    assert boxes.lines_of(Span(2, 3)) == ()


def test_a_line_ends_with_its_page() -> None:
    boxes = Boxes.of([char(0, page=1), char(1, page=2)])
    assert boxes.lines_of(Span(0, 2)) == (char(0, page=1), char(1, page=2))
    assert boxes.pages_of(Span(0, 2)) == (1, 2)


def test_the_page_of_a_span_is_that_of_its_first_boxed_character() -> None:
    boxes = Boxes.of([None, char(0, page=3), char(0, page=4)])
    assert boxes.page_of(Span(0, 3)) == 3
    assert boxes.page_of(Span(0, 1)) is None
    assert boxes[0] is None
    assert boxes[1] == char(0, page=3)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 characters, 4 sides"):
        Boxes(array("H", [1, 1]), array("f", [0, 0, 1, 1]))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.data())
def test_the_way_back_is_monotone_and_stays_in_the_source(steps: list[int], data: st.DataObject) -> None:
    origin = [sum(steps[: i + 1]) for i in range(len(steps))]
    aligned = Aligned("x" * (len(steps) - 1), origin)
    start = data.draw(st.integers(0, len(steps) - 1))
    end = data.draw(st.integers(start, len(steps) - 1))
    source = aligned.source(Span(start, end))
    assert origin[start] == source.start <= source.end <= origin[-1]
    wider = aligned.source(Span(start, len(steps) - 1))
    assert source.end <= wider.end
