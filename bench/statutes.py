"""Statutes and circulars without pages, as documents: one a law or text, a clause an article.

Two sources are read: the benchmarks' `corpus.jsonl.gz` ({"id": "法/条", "title", "text"}) and
`laws/main-*.jsonl.gz` ({"law_id", "law_title", "article_num", "caption", "text"}).
"""

from __future__ import annotations

import gzip
import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from law.document import About, Block, BlockKind, Clause, ClauseKind, Document, Evidence, Source
from law.span import Boxes, Span


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law."""

    law: str
    number: str
    title: str
    """Of the law."""
    heading: str
    text: str


def articles(paths: Iterable[Path], limit: int | None = None) -> Iterator[Article]:
    """The articles in these files, in their order."""
    return islice((_article(json.loads(line)) for path in paths for line in _lines(path)), limit)


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from lines


def _article(row: dict[str, str]) -> Article:
    if "law_id" in row:
        return Article(row["law_id"], row["article_num"], row["law_title"], row["caption"], row["text"])
    law, _, number = row["id"].partition("/")
    title, _, heading = row["title"].partition("\u3000")
    return Article(law, number, title, heading, row["text"])


def by_law(read: Iterable[Article]) -> dict[str, list[Article]]:
    """The articles of each law, the laws in the order of their ids."""
    laws: dict[str, list[Article]] = {}
    for article in read:
        laws.setdefault(article.law, []).append(article)
    return dict(sorted(laws.items()))


def documents(read: Iterable[Article]) -> Iterator[Document]:
    """A document for each law, in the order of their ids; only the texts are held meanwhile."""
    return (document(held) for held in by_law(read).values())


def document(held: list[Article]) -> Document:
    """The document of one law; an article whose number is not its own alone is told apart by a count."""
    parts: list[str] = []
    clauses: dict[str, Clause] = {}
    at = 0
    for article in held:
        path = article.number or "本文"
        while path in clauses:
            path += "'"
        heading = Span(at, at + len(article.heading)) if article.heading else None
        start = at + len(article.heading) + 1 if heading else at
        body = Span(start, start + len(article.text))
        parts += [article.heading, article.text] if heading else [article.text]
        clauses[path] = Clause(path, path, ClauseKind.ARTICLE, None, Span(at, body.end), heading=heading, own=(body,))
        at = body.end + 1
    text = "\n".join([*parts, ""])
    law = held[0]
    boxes = Boxes(array("H", bytes(2 * len(text))), array("f", bytes(16 * len(text))))
    blocks = (Block(BlockKind.BODY, Span(0, len(text))),)
    about = About(title=Evidence(law.title))
    return Document(
        law.law, Source(law.law, law.law, len(text)), about, text, boxes, (), blocks, tuple(clauses.values())
    )
