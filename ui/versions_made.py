"""Two versions compared, once for all sessions: one thread compares, so that the dictionary is opened once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import streamlit as st

from compliance.scale import alike
from compliance.version.abridged import Entry, abridged
from compliance.version.amended import DutyChange, amended
from compliance.version.contrast import Contrast, contrast
from compliance.version.paper import Names, Sides, duty_words, names
from compliance.version.wording import Difference, difference, whole
from index.mecab import Mecab
from law.document import Document
from law.store import Entry as Held
from ui.shelf import Shelf

Which = tuple[str, int]
"""A document's id and version."""
_LIKE_TITLES = 0.6


@dataclass(frozen=True)
class Compared:
    """Two versions side by side: in full, as printed, and what becomes of the duties."""

    contrast: Contrast
    entries: tuple[Entry, ...]
    duties: tuple[DutyChange, ...]
    wordings: tuple[Difference, ...]
    """The words of each duty in both versions, changed ones marked."""
    names: Names

    @property
    def sides(self) -> Sides:
        """The two documents."""
        return Sides(self.contrast.new, self.contrast.old)

    @property
    def kept(self) -> float:
        """The share of the older version's clauses that have their like in the newer one."""
        return len(self.contrast.pairs) / max(len(self.contrast.old.clauses), 1)


def compared(shelf: Shelf, new: Which, old: Which) -> Compared:
    """The two versions compared; not worked out again until the knowledge base changes."""
    return _compared(shelf, shelf.stamp, new, old)


def likely(held: Sequence[Held]) -> tuple[Which, Which] | None:
    """The two versions a user most likely wants: the last two of one document, else two of like titles."""
    for entry in held:
        older = [one.version for one in held if one.id == entry.id and one.version < entry.version]
        if entry.superseded is None and older:
            return (entry.id, entry.version), (entry.id, max(older))
    now = [entry for entry in held if entry.superseded is None]
    pairs = [
        (alike(one.title, other.title), one, other)
        for i, one in enumerate(now)
        for other in now[i + 1 :]
        if one.kind == other.kind
    ]
    score, one, other = max(pairs, key=lambda pair: pair[0], default=(0.0, None, None))
    if one is None or other is None or score < _LIKE_TITLES:
        return None
    newer, older_one = sorted((one, other), key=lambda entry: entry.date or "", reverse=True)
    return (newer.id, newer.version), (older_one.id, older_one.version)


@st.cache_resource(max_entries=16, show_spinner="二つの版を比べています…")
def _compared(_shelf: Shelf, stamp: str, new: Which, old: Which) -> Compared:
    ours, theirs = _shelf.document(*new), _shelf.document(*old)
    numbers = (new[1], old[1]) if new[0] == old[0] else None
    return _comparer().submit(_made, ours, theirs, names(ours, theirs, numbers)).result()


def _made(new: Document, old: Document, called: Names) -> Compared:
    cut = _dictionary()
    made = contrast(new, old, cut)
    duties = amended(made)
    return Compared(made, abridged(made), duties, tuple(_wording(one, Sides(new, old), cut) for one in duties), called)


def _wording(one: DutyChange, sides: Sides, cut: Mecab) -> Difference:
    words = duty_words(one, sides)
    if one.new and one.old:
        return difference(*words, cut)
    return Difference(whole(words[0], changed=False), whole(words[1], changed=False))


@st.cache_resource(show_spinner=False)
def _comparer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="konkyo-compare")


@st.cache_resource(show_spinner=False)
def _dictionary() -> Mecab:
    return Mecab()
