"""Speed of search: building, opening, the first and the later questions, beside the plain way.

    python -m bench.search ARTICLES.jsonl.gz QUESTIONS.jsonl [--limit N]

Articles are lines of {"id", "title", "text"}, a law each run of ids before the slash; questions are lines
with "text" or "question". The plain way is bm25s over everything plus a flat scan of the vectors, both
with the same words and the same model, in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby, islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import bm25s
import numpy as np

from index.dense import Dense
from index.encoder import open_encoder
from index.folder import build, open_generation
from index.mecab import Mecab
from index.terms import content_words, search_form
from law.document import About, Block, BlockKind, Clause, ClauseKind, Document, Evidence, Source
from law.span import Boxes, Span


def statutes(path: Path, limit: int | None) -> Iterator[Document]:
    """A document a law, a clause an article; no pages, because none are printed here."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in islice(lines, limit)]
    for law, held in groupby(articles, key=lambda article: article["id"].split("/")[0]):
        text, clauses = "", []
        for article in held:
            span = Span(len(text), len(text) + len(article["text"]))
            text += article["text"] + "\n"
            clauses.append(
                Clause(article["id"].split("/")[1], article["id"], ClauseKind.ARTICLE, None, span, own=(span,))
            )
        unique = tuple({clause.path: clause for clause in clauses}.values())
        boxes = Boxes.of([None] * len(text))
        about = About(title=Evidence(law))
        blocks = (Block(BlockKind.BODY, Span(0, len(text))),)
        yield Document(law, Source(law, law, len(text)), about, text, boxes, (), blocks, unique)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the result."""
    start = perf_counter()
    found = work()
    return perf_counter() - start, found


def each(ask: Callable[[str], Any], questions: list[str]) -> str:
    """Median and 95th percentile in milliseconds."""
    times = [1000 * timed(lambda q=q: ask(q))[0] for q in questions]  # type: ignore[misc]
    return f"p50 {median(times):.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms"


def plain_way(documents: list[Document], mecab: Mecab) -> Callable[[str], None]:
    """bm25s and a flat scan over every clause."""
    texts = [clause.span.of(d.text) for d in documents for clause in d.clauses]
    encoder = open_encoder(mecab=mecab)
    lexical = bm25s.BM25()
    lexical.index([content_words(mecab(search_form(text))) for text in texts], show_progress=False)
    dense = Dense.build(encoder.encode(texts))

    def ask(question: str) -> None:
        np.argsort(-lexical.get_scores(content_words(mecab(search_form(question)))))[:10]
        dense.top(encoder.encode([question], query=True)[0], 10)

    return ask


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    documents = list(statutes(options.articles, options.limit))
    lines = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()[:200]]
    questions = [line.get("text") or line["question"] for line in lines]
    mecab = Mecab()
    encoder = open_encoder(mecab=mecab)
    place = Path(tempfile.mkdtemp())
    try:
        seconds, manifest = timed(lambda: build(documents, place / "1", encoder, mecab))
        size = sum(path.stat().st_size for path in (place / "1").iterdir()) / 2**20
        print(f"build {seconds:.1f} s, {manifest.passages} passages, {manifest.units} units, {size:.0f} MiB")
        table = {document.id: document for document in documents}
        seconds, searcher = timed(lambda: open_generation(place / "1", table.__getitem__, encoder, mecab))
        first, _ = timed(lambda: searcher.search(questions[0]))
        print(f"open {seconds:.2f} s, first question {1000 * first:.0f} ms, {each(searcher.search, questions)}")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
        print("plain way", each(plain_way(documents, mecab), questions))
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
