"""Counting documents: the same terms as reading them one by one, only faster."""

from __future__ import annotations

import pytest

from index.count import Counter
from index.dates import Calendar
from index.mecab import Mecab
from index.tally import Numbers
from index.terms import content_words, pairs, search_form, special

TEXTS = (
    "第十二条の二　サーバーのログを三ヶ月ごとに点検すること。",
    "ＵＳＢﾒﾓﾘ（ＰＣ a\nb を含む。）",
    "平成27年5月8日、約10億8379万円",
    "",
)


@pytest.fixture(scope="module")
def mecab() -> Mecab:
    return Mecab()


def test_a_document_counts_the_terms_of_its_texts(mecab: Mecab) -> None:
    numbers = Numbers()
    counted = Counter(mecab, numbers)(TEXTS)
    names = {number: term for term, number in numbers.items()}
    calendar = Calendar()
    for text, form, terms, words in zip(TEXTS, counted.forms, counted.terms, counted.words, strict=True):
        assert form == search_form(text)
        tokens = mecab(form)
        expected = [*content_words(tokens), *special(form, calendar), *pairs(form)]
        assert sorted(names[n] for n in terms.tolist()) == sorted(expected)
        assert words == [token.base for token in tokens]
