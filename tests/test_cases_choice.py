"""Which cases are compared: filters over what cases say, as people left it."""

from __future__ import annotations

import notices_wide
import pytest

from compliance.case.choice import Choice, traits
from compliance.case.corrections import Cell, Correction, Ruling
from compliance.cases import cases
from compliance.comparison import compare

TOLD = cases(notices_wide.carriers())
"""Three carriers before one authority: an order and a demand to report on 5 October 2021."""
ORDER = "業務改善命令"


def let_through(choice: Choice, *record: Correction) -> int:
    """How many of the cases a filter lets through."""
    table = compare(TOLD, record)
    return sum(choice.admits(traits(*one)) for one in zip(table.cases, table.columns, strict=True))


def said_of(fact: str, ruling: Ruling, words: str) -> Correction:
    """What somebody says of the first cell of a fact, or adds to the first case."""
    read = (one.cell for one in compare(TOLD).entries if one.fact == fact)
    cell = Cell(TOLD[0].id, fact) if ruling is Ruling.ADDED else next(read)
    return Correction(cell, ruling, words, "甲", "", number=1)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), 3),
        (Choice(authorities=("見本通信省",)), 3),
        (Choice(authorities=("見本庁",)), 0),
        (Choice(measures=("報告徴収",)), 3),
        (Choice(measures=("勧告",)), 0),
        (Choice(date_from="2021", date_to="2021-10"), 3),
        (Choice(date_from="2021-11"), 0),
        (Choice(words="アカネ"), 1),
        (Choice(categories=("人的",)), 0),
    ],
)
def test_filters_let_through_what_has_all_that_is_wanted(choice: Choice, expected: int) -> None:
    assert let_through(choice) == expected


@pytest.mark.parametrize(
    ("fact", "ruling", "words", "choice", "expected"),
    [
        ("措置", Ruling.REJECTED, "", Choice(measures=(ORDER,)), 2),
        ("措置", Ruling.CORRECTED, "勧告（電気通信事業法）", Choice(measures=(ORDER,)), 2),
        ("措置", Ruling.CORRECTED, "勧告（電気通信事業法）", Choice(measures=("勧告",)), 1),
        ("措置", Ruling.ADDED, "立入検査　令和3年12月", Choice(measures=("立入検査",)), 1),
        ("不備", Ruling.ADDED, "［人的］教育をしていなかった。", Choice(categories=("人的",)), 1),
        ("不備", Ruling.ADDED, "［人的］教育をしていなかった。", Choice(words="教育をして"), 1),
        ("処分日", Ruling.CONFIRMED, "", Choice(date_from="2021", date_to="2021"), 3),
        ("処分日", Ruling.REJECTED, "", Choice(date_from="2021", date_to="2021"), 2),
        ("処分日", Ruling.CORRECTED, "令和４年１月15日（2022年1月15日）", Choice(date_from="2021-11"), 1),
        ("処分日", Ruling.CORRECTED, "令和４年１月15日（2022年1月15日）", Choice(date_to="2021-12"), 2),
        ("処分日", Ruling.CORRECTED, "不詳", Choice(date_from="2021"), 2),
        ("名宛人", Ruling.CORRECTED, "株式会社モミジ", Choice(words="モミジ"), 1),
        ("処分庁", Ruling.CORRECTED, "見本総務庁", Choice(authorities=("見本総務庁",)), 1),
        ("処分庁", Ruling.CORRECTED, "見本総務庁", Choice(authorities=("見本通信省",)), 2),
        ("処分庁", Ruling.REJECTED, "", Choice(authorities=("見本通信省",)), 2),
        ("処分庁", Ruling.CONFIRMED, "", Choice(authorities=("見本通信省",)), 3),
        ("名宛人", Ruling.CORRECTED, "株式会社モミジ", Choice(words="アカネ"), 0),
    ],
)
def test_filters_decide_on_what_stands_once_people_have_spoken(
    fact: str, ruling: Ruling, words: str, choice: Choice, expected: int
) -> None:
    assert let_through(choice, said_of(fact, ruling, words)) == expected
