"""MeCab's words: where they stand, what they share, and that no text stops them."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.mecab import Mecab
from law.errors import KonkyoError
from law.fold import fold, squash
from law.span import Span
from law.token import Token

MECAB = Mecab()
LETTERS = "個人情報漏洩えいの報告を、。ｶﾞｽ㈱㍻①ＵＳＢアクセスー－⻑ 　\n\t\r\x00\x0b\u2028aZ5・「」ヴう゛ﾞ𠮷é"


def _printed(text: str, token: Token) -> str:
    return squash(token.span.of(text))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=60))
def test_a_word_stands_where_its_span_says(text: str) -> None:
    tokens = MECAB(text)
    for token in tokens:
        assert squash(token.surface) in _printed(text, token)
        assert len(token.span) > 0
    assert [t.span for t in tokens] == sorted(t.span for t in tokens)
    assert MECAB.words(text) == [token.base for token in tokens]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="個人情報漏洩えいのＵＳＢアクセスー。、 \n\x00aZ5・⻑𠮷", max_size=60))
def test_words_follow_each_other_where_no_character_folds_to_several(text: str) -> None:
    assert all(first.span.end <= second.span.start for first, second in pairwise(MECAB(text)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_cut_into_words_with_a_base_form(text: str) -> None:
    tokens = MECAB(text)
    assert all(token.base and token.surface and token.pos for token in tokens)
    assert all(0 <= token.span.start < token.span.end <= len(text) for token in tokens)


def test_a_character_that_folds_to_several_is_the_place_of_each_word_in_it() -> None:
    assert [(t.surface, t.span) for t in MECAB("㈱東京")] == [
        ("(", Span(0, 1)),
        ("株", Span(0, 1)),
        (")", Span(0, 1)),
        ("東京", Span(1, 3)),
    ]


def test_half_width_voicing_marks_belong_to_their_letter() -> None:
    text = "ｶﾞｲﾄﾞﾗｲﾝの改正"
    first = MECAB(text)[0]
    assert (first.surface, first.span.of(text)) == ("ガイドライン", "ｶﾞｲﾄﾞﾗｲﾝ")


@pytest.mark.parametrize(
    ("one", "other"),
    [("漏えい", "漏洩"), ("取扱い", "取り扱い"), ("ＵＳＢ", "usb"), ("サイバー", "ｻｲﾊﾞｰ")],
)
def test_spellings_of_one_word_share_the_base_form(one: str, other: str) -> None:
    assert MECAB.words(one) == MECAB.words(other)


def test_a_gloss_is_cut_and_an_unknown_word_is_its_own_base() -> None:
    assert MECAB.words("サイバー FISC 5-3") == ["サイバー", "fisc", "5", "-", "3"]


def test_a_nul_does_not_cut_the_text() -> None:
    assert [t.surface for t in MECAB("報告\x00義務")] == ["報告", "義務"]


def test_white_space_is_no_word() -> None:
    assert MECAB(" \u3000\t\r\n\u00a0") == []


def test_half_a_million_characters_without_a_full_stop_are_cut() -> None:
    text = "個人データ" * 100_000
    words = MECAB.words(text)
    assert 190_000 < len(words) < 220_000
    assert MECAB("あ" * 30_000 + "。報告")[-1].span == Span(30_001, 30_003)


def test_one_object_serves_many_threads() -> None:
    texts = [f"第{i}条の報告を受けた個人情報取扱事業者" for i in range(200)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(MECAB, texts)) == [MECAB(text) for text in texts]


def test_the_version_names_the_dictionary() -> None:
    assert MECAB.version.startswith("unidic-lite 1.")


def test_a_missing_dictionary_says_what_to_install_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "unidic_lite", None)
    with pytest.raises(KonkyoError, match="pip install fugashi unidic-lite") as caught:
        Mecab()
    assert "辞書を開けません" in caught.value.japanese


@pytest.mark.parametrize("text", ["5「－", "「－」を「-", "ＵＳＢ－Ｃ", "ｱｲｳ゙か゚"])
def test_an_unknown_word_with_a_stroke_is_whole_however_it_is_read(text: str) -> None:
    assert MECAB.words(text) == [token.base for token in MECAB(text)]
    form = fold(text, spaces=True).text
    assert MECAB.meanings(form) == [(token.base, token.pos) for token in MECAB(form)]
