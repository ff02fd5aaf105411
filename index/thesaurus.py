"""The thesaurus: everyday, English and short forms beside the words that documents use.

`thesaurus.tsv` is data a lawyer can edit: term, variants (joined by 、), relation, weight. `syn` and
`abbr` widen both ways, `narrower`, `everyday` and `en` only from the variant to the term (スマホ finds
携帯端末, not the reverse), `related` little. A widened word counts with its weight, never more than the
word itself, and the result names it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from law.errors import KonkyoError
from law.token import Token

SHIPPED = Path(__file__).with_name("thesaurus.tsv")
BOTH_WAYS = frozenset({"syn", "abbr"})
RELATIONS = frozenset({"syn", "abbr", "narrower", "everyday", "en", "related"})
_REACH = 9
"""Words that the longest variant may take; 行政手続における特定の個人を… is asked by its short name."""


class Entry(NamedTuple):
    """A line of the thesaurus."""

    term: str
    variants: tuple[str, ...]
    relation: str
    weight: float


@dataclass(frozen=True, slots=True)
class Widening:
    """A run of words of a question, and another way to say it."""

    first: int
    last: int
    """The first word of the run, and the one after its last."""
    other: str
    relation: str
    weight: float


_Way = tuple[str, str, float]
"""Another way to say a form, its relation and its weight."""


class Thesaurus:
    """Looks up runs of words.

    A variant of one character says enough (嘘, 客), but not a letter, nor for what is merely near.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        first: dict[str, _Way] = {}
        more: defaultdict[str, list[_Way]] = defaultdict(list)
        for term, variants, relation, weight in entries:
            way = (term, relation, weight)
            back = relation in BOTH_WAYS and len(term) > 1
            for variant in variants:
                if len(variant) > 1 or (relation != "related" and not variant.isascii()):
                    if first.setdefault(variant, way) is not way:
                        more[variant].append(way)
                    if back and first.setdefault(term, other := (variant, relation, weight)) is not other:
                        more[term].append(other)
        self._first, self._more = first, more  # not a list for each form: to make 40,000 takes longer than the rest

    def _ways(self, form: str) -> tuple[_Way, ...]:
        """The other ways to say a form; none where it is not known."""
        first = self._first.get(form)
        return (first, *self._more.get(form, ())) if first else ()

    def __len__(self) -> int:
        return len(self._first)

    def widen(self, form: str, tokens: Sequence[Token]) -> list[Widening]:
        """Other ways to say the longest runs of words that are known, heaviest first in each run."""
        runs = [(first, last, key) for first, last, key in self._known(form, tokens)]
        longest = [r for r in runs if not any(_inside(r, other) for other in runs)]
        out = {
            (first, last, other): Widening(first, last, other, relation, weight)
            for first, last, key in longest
            for other, relation, weight in sorted(self._spread(key), key=lambda way: way[2])
        }
        return sorted(out.values(), key=lambda w: (w.first, w.last, -w.weight, w.other))

    def _spread(self, key: str) -> Iterator[tuple[str, str, float]]:
        """The ways of a key; an English one leads on to the other Japanese words for the same."""
        for other, relation, weight in self._ways(key):
            yield other, relation, weight
            if relation == "en":
                for further, kind, share in self._ways(other):
                    if kind in BOTH_WAYS:
                        yield further, relation, round(weight * share, 3)

    def _known(self, form: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
        for first in range(len(tokens)):
            start = tokens[first].span.start
            for last in range(first + 1, min(first + _REACH, len(tokens)) + 1):
                token = tokens[last - 1]
                key = self._key(form[start : token.span.end], form[start : token.span.start] + token.base)
                if key is not None:
                    yield first, last, key

    def _key(self, surface: str, base: str) -> str | None:
        """The form under which a run stands: as written, in dictionary form, an English plural as one."""
        for form in (surface, base):
            if form in self._first:
                return form
        if surface.isascii():
            stems = ((surface.removesuffix(end), put) for end, put in _ENGLISH if surface.endswith(end))
            others = (stem + put for stem, put in stems if len(stem) >= _STEM)
            return next((form for form in others if form in self._first), None)
        return None


_STEM = 4
"""Letters that are left of an English word without its ending: leaks, not seed."""
_ENGLISH = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))


def _inside(run: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] <= run[0] and run[1] <= other[1] and other[1] - other[0] > run[1] - run[0]


def load(path: Path = SHIPPED) -> Thesaurus:
    """The thesaurus in a file.

    Raises:
        KonkyoError: a line does not have four fields, a known relation and a weight in 0..1.
    """
    text = path.read_text(encoding="utf-8")
    form = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    rows = ((n, line.split("\t")) for n, line in enumerate(form.casefold().splitlines(), 1) if line and line[0] != "#")
    return Thesaurus(_entry(row, n, path) for n, row in rows)


def _entry(row: Sequence[str], number: int, path: Path) -> Entry:
    try:
        term, variants, relation, weight = row
        entry = Entry(term, tuple(variants.split("、")), relation, float(weight))
    except ValueError:
        entry = None
    if entry is None or entry.relation not in RELATIONS or not 0 <= entry.weight <= 1:
        raise KonkyoError(
            f"{path.name} line {number}: expected term, variants joined by 、, one of {sorted(RELATIONS)} and "
            f"a weight in 0..1, parted by tabs; found {chr(9).join(row)!r}",
            f"{path.name} の {number} 行目：「用語、言い換え（、区切り）、関係、重み」の4欄（タブ区切り）が必要です。",
        )
    return entry
