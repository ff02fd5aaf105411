"""Gathering: Documents become the parts of an index, one after the other and without touching the disk.

Each sentence is read once by MeCab; its words serve the lexical index, its passages', and the encoder.
Of a document that has been gathered only numbers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.count import Counted, Counter
from index.dates import Calendar
from index.dense import Dense
from index.encoder import Encoder, StaticEncoder, Vectors
from index.excerpt import Grades
from index.lexical import Settings
from index.marks import held
from index.passages import Passage, Unit, passages
from index.reread import Runs
from index.signals import LABEL, WITHIN, Parts
from index.table import Card, Tabulator
from index.tally import Ids, Numbers, Tally
from index.terms import SPECIAL, content_words, search_form, unnumbered
from index.vocabulary import Vocabulary
from law.document import Document
from law.label import normal_path
from law.token import Tokenizer

_LABELS = Settings(k1=0.0, b=0.0)
_NEAREST = 2
"""Headings that go into a passage's vector: its own and the next above."""
_ENCODED = 8_192
"""Single words encoded, and units read again, at a time, so that never all of them are in memory twice."""

Halves = NDArray[np.float16]


def gather(documents: Iterable[Document], encoder: Encoder, tokenizer: Tokenizer) -> Parts:
    """The parts of an index over these documents; those in memory in the order of their ids, others as they come."""
    ordered = sorted(documents, key=lambda d: d.id) if isinstance(documents, Sequence) else documents
    gathering = _Gathering(encoder, tokenizer)
    for document in ordered:
        gathering.add(document)
    return gathering.parts()


class _Gathering:
    """The columns while they grow."""

    def __init__(self, encoder: Encoder, tokenizer: Tokenizer) -> None:
        self._encoder, self._tokenizer = encoder, tokenizer
        self._numbers, self._names = Numbers(), Numbers()
        self._count = Counter(tokenizer, self._numbers)
        self._passages, self._labels = Tally(), Tally()
        self._cards: list[Card] = []
        self._table = Tabulator()
        self._units, self._headings, self._titles = _Growing(), _Growing(), _Growing()
        self._vectors: list[Halves] = []
        self._unit_vectors: list[Halves] = []
        self._abouts: list[Halves] = []

    def add(self, document: Document) -> None:
        """One more document."""
        found = passages(document)
        units = sorted({u for p in found for u in p.units}, key=lambda u: (u.span.start, u.span.end, u.clause))
        texts = [unit.span.of(document.text) for unit in units]
        read = self._count(texts, Calendar())
        headings = sorted({heading for passage in found for heading in passage.headings})
        titled = self._count([*headings, _title(document)])
        words = content_words(self._tokenizer(search_form(document.title)))
        self._titles.add([np.unique(self._numbers.of(words))])
        named = self._count([unnumbered(heading) for heading in headings])
        own = {unit: i for i, unit in enumerate(units)}
        over = {heading: i for i, heading in enumerate(headings)}
        self._cards.append(Card.of(document))
        marks = [int(held(text, form)) for text, form in zip(texts, read.forms, strict=True)]
        none = len(self._headings)
        under = [none + 1 + over[passage.headings[-1]] if passage.headings else none for passage in found]
        self._table.add(found, units, marks, list(map(Grades(document).of, units)), under)
        self._tally(found, own, over, read, titled)
        self._units.add(read.terms)
        self._headings.add([_NO_TERMS, *map(np.unique, named.terms)])
        pieces = _Pieces((*texts, *headings), (*read.words, *titled.words[:-1]))
        runs = [
            [len(units) + over[h] for h in passage.headings[-_NEAREST:]] + [own[unit] for unit in passage.units]
            for passage in found
        ]
        vectors = pieces.vectors(runs, self._encoder)
        self._vectors.append(vectors)
        self._abouts.append(_together(vectors))
        self._unit_vectors.append(pieces.vectors([[i] for i in range(len(units))], self._encoder))

    def _tally(
        self, found: Sequence[Passage], own: dict[Unit, int], over: dict[str, int], read: Counted, titled: Counted
    ) -> None:
        title = titled.terms[-1]
        if found:
            self._passages.add(
                [_joined([read.terms[own[unit]] for unit in passage.units]) for passage in found],
                [_joined([titled.terms[over[heading]] for heading in passage.headings]) for passage in found],
                [title] * len(found),
            )
            self._labels.add([self._names.of(_labels(passage)) for passage in found])

    def parts(self) -> Parts:
        """Everything added, as an index."""
        vocabulary, places = self._numbers.settled()
        names, name_places = self._names.settled()
        vectors = _stacked(self._vectors, self._encoder.dimension)
        rows, words = _word_vectors(vocabulary, self._encoder)
        units = self._units.runs(places)
        return Parts(
            cards=tuple(self._cards),
            table=self._table.table(),
            passages=self._passages.index(vocabulary, places),
            labels=self._labels.index(names, name_places, _LABELS),
            units=units,
            headings=self._headings.runs(places),
            titles=self._titles.runs(places),
            dense=Dense.build(vectors),
            vectors=vectors,
            unit_vectors=_stacked(self._unit_vectors, self._encoder.dimension),
            abouts=_stacked(self._abouts, self._encoder.dimension),
            words=words,
            word_rows=rows,
            unit_words=_worded(units, rows),
        )


def _title(document: Document) -> str:
    """With the authority and the date, so that a document can be asked for by them."""
    about = document.about
    return " ".join((document.title, *(a.value for a in about.authority), about.date.value if about.date else ""))


def _labels(passage: Passage) -> Iterator[str]:
    """The ends of the path, each of which may be what a question calls the clause; also of its items."""
    own = normal_path(passage.clause)
    yield from (LABEL + end for end in _ends(own))
    for path in dict.fromkeys(normal_path(unit.clause) for unit in passage.units):
        if path.startswith(own + ">"):
            yield from (WITHIN + end for end in _ends(path) if ">" in end)


def _ends(path: str) -> list[str]:
    steps = path.split(">")
    return [">".join(steps[i:]) for i in range(len(steps))]


class _Pieces:
    """Texts with their words; the words are used again where the encoder takes words."""

    def __init__(self, texts: Sequence[str], words: Sequence[list[str]]) -> None:
        self._texts, self._words = texts, words

    def vectors(self, runs: Sequence[Sequence[int]], encoder: Encoder) -> Halves:
        """One row for each run of pieces."""
        if not runs:
            return np.empty((0, encoder.dimension), dtype=np.float16)
        if isinstance(encoder, StaticEncoder):
            rows = encoder.encode_words([[word for i in run for word in self._words[i]] for run in runs])
        else:
            rows = encoder.encode(["\n".join(self._texts[i] for i in run) for run in runs])
        return rows.astype(np.float16)


class _Growing:
    """Runs of terms while they grow."""

    def __init__(self) -> None:
        self._terms: list[Ids] = []
        self._lengths: list[int] = []

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, texts: Sequence[Ids]) -> None:
        """More texts."""
        self._terms.append(_joined(texts))
        self._lengths.extend(len(terms) for terms in texts)

    def runs(self, places: Ids) -> Runs:
        """All of them, by the places of the terms in the vocabulary."""
        return Runs(places[_joined(self._terms)], np.cumsum([0, *self._lengths], dtype=np.int64))


def _together(vectors: Halves) -> Halves:
    """One row of length one: where these rows point together; zero where they point nowhere."""
    total = vectors.astype(np.float32).sum(axis=0, keepdims=True)
    together: Halves = (total / (np.linalg.norm(total) or 1.0)).astype(np.float16)
    return together


def _word_vectors(vocabulary: Vocabulary, encoder: Encoder) -> tuple[Ids, Vectors]:
    """The row of each term of the vocabulary, and the rows of those that are words, as exact as all that is stored."""
    rows = np.full(len(vocabulary), -1, dtype=np.int32)
    if not isinstance(encoder, StaticEncoder):
        return rows, _stacked([], encoder.dimension).astype(np.float32)
    terms = [vocabulary.strings[place] for place in range(len(vocabulary))]
    places = [place for place, term in enumerate(terms) if not term.startswith(SPECIAL)]
    rows[places] = np.arange(len(places))
    some = (places[start : start + _ENCODED] for start in range(0, len(places), _ENCODED))
    vectors = [encoder.encode_words([[terms[place]] for place in run]).astype(np.float16) for run in some]
    return rows, _stacked(vectors, encoder.dimension).astype(np.float32)


def _worded(units: Runs, rows: Ids) -> Runs:
    """The rows of the words among the terms of every unit, in the narrowest numbers that hold them."""
    narrow = np.min_scalar_type(int(rows.max(initial=0)))
    found, lengths = [np.empty(0, narrow)], [np.zeros(1, np.int64)]
    for first in range(0, len(units.starts) - 1, _ENCODED):
        starts = units.starts[first : first + _ENCODED + 1]
        held = rows.take(units.terms[starts[0] : starts[-1]])
        words = held >= 0
        before = np.concatenate(([0], np.cumsum(words)))
        found.append(held[words].astype(narrow))
        lengths.append(np.diff(before[starts - starts[0]]))
    return Runs(np.concatenate(found), np.cumsum(np.concatenate(lengths)))


_NO_TERMS = np.empty(0, dtype=np.int32)


def _joined(parts: Sequence[Ids]) -> Ids:
    return np.concatenate([np.empty(0, np.int32), *parts])


def _stacked(rows: Sequence[Halves], dimension: int) -> Halves:
    return np.concatenate([np.empty((0, dimension), np.float16), *rows])
