"""Sentences end where a reader ends them, and bind as strongly as their own predicate says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.sentence import Modality, modality, modality_surface, sentences
from law.span import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲とする。乙とする。", ["甲とする。", "乙とする。"]),
        ("甲（乙をいう。以下同じ。）とする。", ["甲（乙をいう。以下同じ。）とする。"]),
        ("「甲。」という。", ["「甲。」という。"]),
        ("甲とする\n乙とする。", ["甲とする", "乙とする。"]),
        ("甲（乙とする。\n丙とする。", ["甲（乙とする。", "丙とする。"]),
        ("　甲とする。　", ["甲とする。"]),
        ("", []),
        ("甲）とする。乙", ["甲）とする。", "乙"]),
    ],
)
def test_a_sentence_ends_at_its_full_stop_outside_brackets(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


def test_sentences_of_a_part_keep_their_places_in_the_whole() -> None:
    text = "甲とする。乙とする。"
    assert list(sentences(text, Span(5, 10))) == [Span(5, 10)]


@given(st.text("甲乙。（）「」\n ", max_size=40))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    kept = "".join(span.of(text) for span in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "grade", "surface"),
    [
        ("規程を整備しなければならない。", Modality.MUST, "なければならない"),
        ("持ち出してはならない。", Modality.MUST, "てはならない"),
        ("報告する義務がある。", Modality.MUST, "義務がある"),
        ("確認することとする。", Modality.SHALL, "こととする"),
        ("確認するものとする。", Modality.SHALL, "ものとする"),
        ("定めることが望ましい。", Modality.RECOMMEND, "望ましい"),
        ("周知に努める。", Modality.RECOMMEND, "努める"),
        ("兼務することができる。", Modality.MAY, "することができる"),
        ("代えることも認められる。", Modality.MAY, "ことも認められる"),
    ],
)
def test_a_predicate_carries_its_grade(sentence: str, grade: Modality, surface: str) -> None:
    assert modality_surface(sentence) == (grade, surface)


@pytest.mark.parametrize(
    "sentence",
    [
        "台帳は、次のとおりである。",
        "「講じなければならない」とは、義務をいう。",
        "措置（講じなければならないものを除く。）の一覧である。",
    ],
)
def test_words_in_brackets_or_quotations_bind_nobody(sentence: str) -> None:
    assert modality(sentence) is None


def test_the_strongest_grade_of_a_sentence_counts() -> None:
    assert modality("委託することができるが、監督しなければならない。") is Modality.MUST
