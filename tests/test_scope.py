"""A filter that no document has is told, with the values that there are."""

from __future__ import annotations

import pytest
from documents import guideline

from index.scope import Scope, check
from index.table import Card
from law.errors import UnknownFilter

CARDS = [Card.of(guideline())]


@pytest.mark.parametrize("scope", [Scope(), Scope(kind="guideline"), Scope(authority="見本"), Scope(doc="shishin")])
def test_a_value_that_some_document_has_passes(scope: Scope) -> None:
    check(scope, CARDS)


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(kind="guidelines"), "種別「guidelines」の文書はありません。指定できる値：guideline"),
        (Scope(authority="架空庁"), "発出機関「架空庁」の文書はありません。指定できる値：見本庁"),
        (Scope(doc="none"), "文書「none」の文書はありません。指定できる値：shishin"),
    ],
)
def test_a_value_that_no_document_has_is_told_with_those_that_there_are(scope: Scope, told: str) -> None:
    with pytest.raises(UnknownFilter) as raised:
        check(scope, CARDS)
    assert raised.value.japanese == told
    assert "No document has the" in str(raised.value)
