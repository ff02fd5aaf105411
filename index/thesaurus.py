"""The thesaurus: everyday, English and short forms beside the words that documents use.

`thesaurus.tsv` is data a lawyer can edit: term, variants (joined by 、), relation, weight. `syn` and
`abbr` widen both ways, `narrower`, `everyday` and `en` only from the variant to the term (スマホ finds
携帯端末, not the reverse), `related` little. A widened word counts with its weight, the less of it the more
ways there are (index/query.py), never more than the word itself, and the result names it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from law.errors import KonkyoError
from law.token import Token

SHIPPED = Path(__file__).with_name("thesaurus.tsv")
BOTH_WAYS = frozenset({"syn", "abbr"})
RELATIONS = frozenset({"syn", "abbr", "narrower", "everyday", "en", "related"})
_HEAD = 2
_REACH = 9
"""Words that the longest variant may take; 行政手続における特定の個人を… is asked by its short name."""


class Entry(NamedTuple):
    """A line of the thesaurus."""

    term: str
    variants: tuple[str, ...]
    relation: str
    weight: float

    @classmethod
    def read(cls, line: str) -> Entry:
        """The entry in a line."""
        term, variants, relation, weight = line.split("\t")
        return cls(term, tuple(variants.split("、")), relation, float(weight))

    @property
    def line(self) -> str:
        """The entry as it is written."""
        return "\t".join((self.term, "、".join(self.variants), self.relation, str(self.weight)))

    def others(self, key: str) -> Iterator[str]:
        """The other ways to say a word of the line, as far as it has any."""
        if key in self.variants and says_enough(key, self.relation):
            yield self.term
        if key == self.term and self.relation in BOTH_WAYS and len(key) > 1:
            yield from (variant for variant in self.variants if says_enough(variant, self.relation))


def says_enough(variant: str, relation: str) -> bool:
    """Whether a variant says enough: one character does (嘘, 客), but not a letter, nor for what is merely near."""
    return len(variant) > 1 or (not variant.isascii() and relation != "related")


@dataclass(frozen=True, slots=True)
class Widening:
    """A run of words of a question, and another way to say it."""

    first: int
    last: int
    """The first word of the run, and the one after its last."""
    other: str
    relation: str
    weight: float


class Thesaurus:
    """Looks up runs of words."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._lines: dict[str, str] = {}
        """Under what is widened, the lines that do so; they are read when it is asked for."""
        self._entries: dict[str, tuple[Entry, ...]] = {}
        for entry in entries:
            self.add(entry.line, entry.term, entry.variants, entry.relation)

    def add(self, line: str, term: str, variants: Sequence[str], relation: str) -> None:
        """A line, and what it says."""
        lines, both = self._lines, False
        for variant in variants:
            if len(variant) > 1 or says_enough(variant, relation):
                lines[variant] = f"{lines[variant]}\n{line}" if variant in lines else line
                both = relation in BOTH_WAYS and len(term) > 1
        if both:
            lines[term] = f"{lines[term]}\n{line}" if term in lines else line

    def _of(self, key: str) -> tuple[Entry, ...]:
        """The entries that widen a word."""
        known = self._entries.get(key)
        if known is None:
            lines = self._lines[key].split("\n") if key in self._lines else ()
            known = self._entries[key] = tuple(map(Entry.read, lines))
        return known

    def __len__(self) -> int:
        return len(self._lines)

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
        for entry in self._of(key):
            for other in entry.others(key):
                yield other, entry.relation, entry.weight
                if entry.relation == "en":
                    for further in self._of(other):
                        if further.relation in BOTH_WAYS:
                            share = round(entry.weight * further.weight, 3)
                            yield from ((last, entry.relation, share) for last in further.others(other))

    def _known(self, form: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
        for first, opening in enumerate(tokens):
            start = opening.span.start
            longest = self._longest.get(form[start : start + _HEAD], 0)
            for last, token in enumerate(tokens[first : first + _REACH], first + 1):
                before = token.span.start - start
                if before >= _HEAD and before >= longest:
                    break
                key = self._key(form[start : token.span.end], form[start : token.span.start] + token.base)
                if key is not None:
                    yield first, last, key

    @cached_property
    def _longest(self) -> dict[str, int]:
        """By the first `_HEAD` characters of what is known, the most characters: where to stop reading on."""
        longest: dict[str, int] = {}
        for key in self._lines:
            if len(key) > longest.get(key[:_HEAD], 0):
                longest[key[:_HEAD]] = len(key)
        return longest

    def _key(self, surface: str, base: str) -> str | None:
        """The form under which a run stands: as written, in dictionary form, an English plural as one."""
        for form in (surface, base):
            if form in self._lines:
                return form
        if surface.isascii():
            stems = ((surface.removesuffix(end), put) for end, put in _ENGLISH if surface.endswith(end))
            others = (stem + put for stem, put in stems if len(stem) >= _STEM)
            return next((form for form in others if form in self._lines), None)
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
    thesaurus, text = Thesaurus(), _text(path)
    form = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    for number, line in enumerate(form.casefold().splitlines(), 1):
        if line and line[0] != "#":
            fields = line.split("\t")
            if len(fields) != 4 or fields[2] not in RELATIONS or not _weighs(fields[3]):
                raise _wrong(path, number, line)
            thesaurus.add(line, fields[0], fields[1].split("、"), fields[2])
    return thesaurus


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KonkyoError(
            f"{path.name}: expected UTF-8, found other bytes at place {error.start}; save it as UTF-8",
            f"{path.name} は UTF-8 で書かれていません（{error.start} バイト目）。UTF-8 で保存し直してください。",
        ) from error


def _wrong(path: Path, number: int, line: str) -> KonkyoError:
    return KonkyoError(
        f"{path.name} line {number}: expected term, variants joined by 、, one of {sorted(RELATIONS)} and "
        f"a weight in 0..1, parted by tabs; found {line!r}",
        f"{path.name} の {number} 行目：「用語、言い換え（、区切り）、関係、重み」の4欄（タブ区切り）が必要です。",
    )


@cache
def _weighs(written: str) -> bool:
    """Whether this is a weight, 0 to 1."""
    try:
        return 0 <= float(written) <= 1
    except ValueError:
        return False
