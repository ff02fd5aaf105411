"""The scope of a search: which documents are looked into, and which words for that are known.

Comparing is forgiving where the user is (an authority by a part of its name, dates as precisely as given);
`check` tells a value that no document has, which would otherwise look like a knowledge base that is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.signals import Parts
from index.table import Card
from law.errors import UnknownFilter


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: one document, one kind, dates from and to (ISO, as precise as given), an authority."""

    doc: str | None = None
    kind: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    authority: str | None = None


def check(scope: Scope, cards: Sequence[Card]) -> None:
    """Nothing, if some document has each value that the scope asks for.

    Raises:
        UnknownFilter: none has the kind, the authority or the id; the message says which there are.
    """
    kinds = sorted({card.kind for card in cards if card.kind})
    authorities = sorted({name for card in cards for name in card.authority})
    asked = (
        ("document", "文書", scope.doc, sorted(card.id for card in cards), scope.doc in {card.id for card in cards}),
        ("kind", "種別", scope.kind, kinds, scope.kind in kinds),
        ("authority", "発出機関", scope.authority, authorities, any((scope.authority or "") in a for a in authorities)),
    )
    for english, japanese, value, known, found in asked:
        if value is not None and not found:
            raise UnknownFilter(
                f"No document has the {english} {value!r}; there are: {', '.join(known) or 'none'}.",
                f"{japanese}「{value}」の文書はありません。指定できる値：{'、'.join(known) or 'なし'}",
            )


def allowed(parts: Parts, scope: Scope, hidden: frozenset[str]) -> NDArray[np.bool_] | None:
    """Which passages the scope lets through, but none of hidden documents; None for all."""
    if scope == Scope() and not hidden:
        return None
    cards = np.array([card.id not in hidden and _inside(card, scope) for card in parts.cards], dtype=np.bool_)
    passages: NDArray[np.bool_] = cards[parts.table.document]
    return passages


def _inside(card: Card, scope: Scope) -> bool:
    """Whether a document is in the scope; one without a date lies outside every range of dates."""
    return (
        scope.doc in (None, card.id)
        and scope.kind in (None, card.kind)
        and (scope.authority is None or any(scope.authority in name for name in card.authority))
        and (scope.date_from is None or _compare(card.date, scope.date_from) in (0, 1))
        and (scope.date_to is None or _compare(card.date, scope.date_to) in (0, -1))
    )


def _compare(date: str | None, limit: str) -> int | None:
    """-1, 0 or 1 as a date lies before, at or after a limit, as precisely as both say; None without a date."""
    if date is None:
        return None
    length = min(len(date), len(limit))
    return (date[:length] > limit[:length]) - (date[:length] < limit[:length])


def issued_then(card: Card, dates: frozenset[str]) -> bool:
    """Whether a document is of a day, month or year that `index.dates.issued` names, as precisely as both say."""
    return card.date is not None and any(
        card.date[4:7] == date if date.startswith("-") else _compare(card.date, date) == 0 for date in dates
    )
