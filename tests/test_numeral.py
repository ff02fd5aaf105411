"""Numerals: every way a number is printed is read as its value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.numeral import AIUEO, IROHA, kanji_number, number


def in_kanji(value: int) -> str:
    """A number up to 9,999 as statutes write it."""
    digits, words = "〇一二三四五六七八九", ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        count, value = divmod(value, unit)
        if count:
            words += ("" if count == 1 else digits[count]) + sign
    return words + (digits[value] if value else "")


@given(st.integers(1, 9999))
def test_a_number_written_as_in_statutes_is_read_back(value: int) -> None:
    assert kanji_number(in_kanji(value)) == value


@given(st.integers(0, 9999))
def test_a_number_written_digit_by_digit_is_read_back(value: int) -> None:
    assert kanji_number("".join("〇一二三四五六七八九"[int(d)] for d in str(value))) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("⑫", 12),
        ("⑴", 1),
        ("(3)", 3),
        ("（３）", 3),
        ("Ⅳ", 4),
        ("ⅳ", 4),
        ("XII", 12),
        ("百四十八", 148),
        ("千", 1000),
        ("ア", None),
        ("第", None),
        ("", None),
    ],
)
def test_numerals_of_every_kind_are_read(words: str, value: int | None) -> None:
    assert number(words) == value


def test_the_two_orders_of_kana_hold_each_letter_once() -> None:
    assert AIUEO.startswith("アイウエオ")
    assert IROHA.startswith("イロハニホヘト")
    assert len(set(AIUEO)) == len(AIUEO)
    assert len(set(IROHA)) == len(IROHA)
