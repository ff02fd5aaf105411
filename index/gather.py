"""Gathering: Documents become the parts of an index, in memory and without touching the disk.

Each sentence is read once by MeCab; its words serve the lexical index, its parent's, and the encoder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.dates import Calendar
from index.dense import Dense
from index.encoder import Encoder, StaticEncoder
from index.lexical import Fields, Settings, build
from index.marks import held
from index.passages import Passage, Unit, passages
from index.signals import LABEL, WITHIN, Parts
from index.table import Card, tabulate
from index.terms import Reader, Terms
from law.document import Document
from law.label import normal_path
from law.token import Tokenizer


@dataclass(frozen=True, slots=True)
class _Read:
    """A document read: its passages, and the terms of its units, headings and title."""

    text: str
    passages: list[Passage]
    units: dict[Unit, Terms]
    marks: dict[Unit, int]
    headings: dict[str, Terms]
    title: Terms
    """With the authority and the date, so that a document can be asked for by them."""


def gather(documents: Iterable[Document], encoder: Encoder, tokenizer: Tokenizer) -> Parts:
    """The parts of an index over these documents, in the order of their ids."""
    ordered = sorted(documents, key=lambda document: document.id)
    read = [_read(document, tokenizer) for document in ordered]
    table, units = tabulate([part.passages for part in read], [part.marks for part in read])
    flat = [
        (unit.span.of(part.text), part.units[unit]) for part, owned in zip(read, units, strict=True) for unit in owned
    ]
    found = [(part, passage) for part in read for passage in part.passages]
    return Parts(
        cards=tuple(Card.of(document) for document in ordered),
        table=table,
        passages=build([_fields(part, passage) for part, passage in found]),
        units=build([Fields(terms.terms) for _, terms in flat]),
        documents=build([Fields(_all(part), (), part.title.terms) for part in read], Settings(weights=(1.0, 0.0, 1.0))),
        labels=build([Fields(tuple(_labels(passage))) for _, passage in found], Settings(k1=0.0, b=0.0)),
        dense=Dense.build(_passage_vectors(found, encoder)),
        unit_vectors=_vectors([[piece] for piece in flat], encoder).astype(np.float16),
    )


def _read(document: Document, tokenizer: Tokenizer) -> _Read:
    reader = Reader(tokenizer)
    calendar = Calendar()
    found = passages(document)
    units = sorted({unit for passage in found for unit in passage.units}, key=lambda unit: unit.span)
    about = document.about
    title = " ".join((document.title, *(a.value for a in about.authority), about.date.value if about.date else ""))
    return _Read(
        document.text,
        found,
        {unit: reader(unit.span.of(document.text), calendar) for unit in units},
        {unit: int(held(text := unit.span.of(document.text), reader(text).form)) for unit in units},
        {heading: reader(heading) for passage in found for heading in passage.headings},
        reader(title),
    )


def _fields(part: _Read, passage: Passage) -> Fields:
    own = chain.from_iterable(part.units[unit].terms for unit in passage.units)
    headings = chain.from_iterable(part.headings[heading].terms for heading in passage.headings)
    return Fields(tuple(own), tuple(headings), part.title.terms)


def _all(part: _Read) -> tuple[str, ...]:
    return tuple(chain.from_iterable(terms.terms for terms in (*part.units.values(), *part.headings.values())))


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


def _passage_vectors(found: Sequence[tuple[_Read, Passage]], encoder: Encoder) -> NDArray[np.float32]:
    texts = [
        [(heading, part.headings[heading]) for heading in passage.headings[-2:]]
        + [(unit.span.of(part.text), part.units[unit]) for unit in passage.units]
        for part, passage in found
    ]
    return _vectors(texts, encoder)


def _vectors(texts: Sequence[Sequence[tuple[str, Terms]]], encoder: Encoder) -> NDArray[np.float32]:
    """One row a text, given in pieces with their terms; the words are used again where the encoder takes words."""
    if not texts:
        return np.empty((0, encoder.dimension), dtype=np.float32)
    if isinstance(encoder, StaticEncoder):
        return encoder.encode_words([[word for _, terms in pieces for word in terms.words] for pieces in texts])
    return encoder.encode(["\n".join(text for text, _ in pieces) for pieces in texts])
