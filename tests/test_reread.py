"""Reading again: what headings tell of the passages under them."""

from __future__ import annotations

import numpy as np
import pytest
from documents import HashEncoder, PlainTokenizer, Row, document

from index.gather import gather
from index.query import read
from index.reread import UNHEADED, Runs
from index.signals import candidates
from law.document import Document


def headings(question: str, held: Document) -> dict[str, float]:
    """How alike the heading of each clause and the question are."""
    parts = gather([held], HashEncoder(), PlainTokenizer())
    found = candidates(parts, read(question, PlainTokenizer()), HashEncoder())
    return {
        parts.table.path(int(place)): float(score)
        for place, score in zip(found.places, found.signals["heading"], strict=True)
    }


@pytest.mark.parametrize("numbers", [[], [0], [0, 1, 2, 3], [3, 0], [1, 3], [2, 2]])
def test_texts_are_read_whole_whether_they_stand_together_or_apart(numbers: list[int]) -> None:
    texts = [[5, 6], [], [7], [8, 9, 8]]
    runs = Runs(np.array([5, 6, 7, 8, 9, 8]), np.array([0, 2, 2, 3, 6]))
    terms, lengths = runs.of(np.array(numbers, dtype=np.int64))
    assert terms.tolist() == [term for number in numbers for term in texts[number]]
    assert lengths.tolist() == [len(texts[number]) for number in numbers]


def test_the_number_of_a_clause_does_not_make_its_heading_less_alike() -> None:
    words = "受託者は、台帳を備えなければならない。"
    held = document([Row("１", words, "第三十八条の三（台帳の整備）"), Row("２", words, "（台帳の整備）")])
    seen = headings("台帳の整備", held)
    assert seen["１"] == seen["２"] == 1.0


def test_a_clause_without_a_heading_is_not_taken_to_be_about_something_else() -> None:
    words = "受託者は、台帳を備えなければならない。"
    held = document(
        [Row("１", words, "（鍵の貸出し）"), Row("２", words, "第二条"), Row("３", words, "（台帳の整備）")]
    )
    seen = headings("台帳の整備", held)
    assert seen["１"] < seen["２"] < seen["３"]
    assert seen["２"] == pytest.approx(UNHEADED)
