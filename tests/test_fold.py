"""Folding: the forms that mean the same meet, and every folded character knows where it was printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.fold import fold, squash
from law.span import Span

# What stands in Japanese documents: kana, kanji, radicals, half- and full-width forms, marks, white space.
printed = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x3041, max_codepoint=0x30FF),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF),
        st.characters(min_codepoint=0x2E80, max_codepoint=0x2FD5),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF9F),
        st.sampled_from("①⑴Ⅳ㈱㍻〇　\n―‐－"),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("as_printed", "folded"),
    [
        ("ＵＳＢ ﾒﾓﾘ", "usbメモリ"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
        ("⾧期", "長期"),
        ("⺠法", "民法"),
        ("①", "1"),
        ("６－２―１", "6-2-1"),
        ("サーバー", "サーバー"),
        ("㈱", "(株)"),
        ("個人\nデータ", "個人データ"),
    ],
)
def test_like_forms_are_made_one(as_printed: str, folded: str) -> None:
    assert squash(as_printed) == folded


def test_spaces_stay_when_they_are_asked_for() -> None:
    assert fold("Ａ　Ｂ", spaces=True).text == "a b"


def test_a_folded_span_leads_back_to_the_printed_words() -> None:
    words = "㈱ 見本ﾊﾞﾝｸ"
    aligned = fold(words)
    at = aligned.text.index("バンク")
    assert aligned.source(Span(at, at + 3)).of(words) == "ﾊﾞﾝｸ"
    assert aligned.source(Span(0, 3)).of(words).strip() == "㈱"


@given(printed)
def test_folding_twice_changes_nothing(words: str) -> None:
    once = squash(words)
    assert squash(once) == once


@given(printed)
def test_the_way_back_never_runs_backward(words: str) -> None:
    aligned = fold(words)
    assert len(aligned.origin) == len(aligned.text) + 1
    assert list(aligned.origin) == sorted(aligned.origin)
    assert aligned.origin[-1] == len(words)


@given(printed)
def test_every_folded_character_comes_from_the_words_it_leads_back_to(words: str) -> None:
    aligned = fold(words)
    for i, character in enumerate(aligned.text):
        assert character in fold(aligned.source(Span(i, i + 1)).of(words)).text


@given(
    st.text(alphabet=st.sampled_from("ＵＳＢ ｱｶﾞﾊﾟ\u3099\u309a　㈱①¨ー-長⾧\n\u00a0が"), max_size=20)
    | st.text(max_size=20)
)
def test_squashing_is_folding_without_the_way_back(words: str) -> None:
    assert squash(words) == fold(words).text
