"""Speed of search: building, opening, the first and the later questions, beside the plain way.

    python -m bench.search ARTICLES.jsonl.gz... QUESTIONS.jsonl [--limit N...] [--keep FOLDER]

Articles are those of `bench/statutes.py`, questions lines with "text" or "question". The plain way is
bm25s over every article plus a flat scan of vectors of the same model, with the same words, in the same
run; it gives ids and scores, ours clauses with quotes and a decision. `first look` stops before those, and before
the closer look at the best. Each system is asked all questions in turn, so that each finds its own memory warm.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import Any

import bm25s
import faiss

from bench.statutes import Article, articles, by_law, document
from index.encoder import StaticEncoder
from index.folder import build, open_generation
from index.fuse import fuse, ranked
from index.mecab import Mecab
from index.query import read
from index.search import Searcher
from index.signals import candidates
from index.terms import content_term, search_form

_BATCH = 4_096
_DOCUMENTS = 512
"""Kept open while asking: reading one again is the store's time, not the search's."""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the result."""
    start = perf_counter()
    found = work()
    return perf_counter() - start, found


def each(ask: Callable[[str], Any], questions: Sequence[str]) -> list[float]:
    """The milliseconds of processor time of each question, the better of two."""
    rounds = [[_processor(ask, question) for question in questions] for _ in range(2)]
    return [1000 * min(pair) for pair in zip(*rounds, strict=True)]


def _processor(ask: Callable[[str], Any], question: str) -> float:
    """Seconds of the processor: all systems use one thread, and other work on the machine is not counted."""
    start = thread_time()
    ask(question)
    return thread_time() - start


def said(times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"p50 {median(times):.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms"


def plain_way(read_articles: Sequence[Article], mecab: Mecab, encoder: StaticEncoder) -> Callable[[str], None]:
    """bm25s and a flat scan over every article."""
    words: list[list[str]] = []
    dense = faiss.IndexFlatIP(encoder.dimension)
    for start in range(0, len(read_articles), _BATCH):
        some = [mecab.meanings(search_form(a.heading + a.text)) for a in read_articles[start : start + _BATCH]]
        words += [[term for meaning in text if (term := content_term(*meaning))] for text in some]
        dense.add(encoder.encode_words([[base for base, _ in text] for text in some]))
    lexical = bm25s.BM25()
    lexical.index(words, show_progress=False)
    faiss.omp_set_num_threads(1)

    def ask(question: str) -> None:
        asked = mecab.meanings(search_form(question))
        lexical.retrieve([[t for m in asked if (t := content_term(*m))]], k=10, show_progress=False, n_threads=0)
        dense.search(encoder.encode_words([[base for base, _ in asked]]), 10)

    return ask


def first_look(searcher: Searcher) -> Callable[[str], None]:
    """Ours up to the order of the candidates: what the plain way does, bm25s and a scan, and no more."""

    def ask(question: str) -> None:
        found = candidates(searcher.parts, read(question, searcher.tokenizer, searcher.thesaurus), searcher.encoder)
        ranked(fuse(found.signals), 10)

    return ask


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured over so many articles; milliseconds are medians."""

    articles: int
    mebibytes: float
    opening: float
    first_look: float
    answer: float
    plain: float

    def row(self) -> str:
        """A line of the summary."""
        return (
            f"| {self.articles:,} | {self.mebibytes:.0f} MiB | {self.opening:.2f} s | {self.first_look:.1f} ms | "
            f"{self.answer:.1f} ms | {self.plain:.1f} ms | {self.first_look / self.plain:.2f} | "
            f"{self.answer / self.plain:.2f} |"
        )


_HEAD = """| articles | on disk | opened in | first look | answer | plain way | first look of plain | answer of plain |
|---|---|---|---|---|---|---|---|"""


def measured(held: Sequence[Article], questions: Sequence[str], place: Path, mecab: Mecab) -> Size:
    """Build (where it is not built yet), open and ask, each system in turn over all questions."""
    encoder = StaticEncoder(mecab=mecab)
    laws = by_law(held)
    if not place.exists():
        seconds, made = timed(lambda: build((document(law) for law in laws.values()), place, encoder, mecab))
        print(f"build {seconds:.0f} s: {len(held)} articles, {made.passages} passages, {made.units} units")
    size = sum(path.stat().st_size for path in place.iterdir()) / 2**20
    documents = lru_cache(maxsize=_DOCUMENTS)(lambda id: document(laws[id]))
    opening, searcher = timed(lambda: open_generation(place, documents, encoder, mecab))
    first, _ = timed(lambda: searcher.search(questions[0]))
    print(f"{len(held)} articles: open {opening:.2f} s, first question {1000 * first:.0f} ms, {_memory()}")
    systems = {
        "ours, first look": first_look(searcher),
        "ours, answer": searcher.search,
        "plain way": plain_way(held, mecab, encoder),
    }
    times = {name: each(ask, questions) for name, ask in systems.items()}
    for name, found in times.items():
        print(f"{name:18s} {said(found)}  {median(found) / median(times['plain way']):.2f} of the plain way")
    return Size(len(held), size, opening, *(median(found) for found in times.values()))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--limit", type=int, nargs="+", help="over so many articles; several numbers show the growth")
    parser.add_argument("--keep", type=Path, help="build in this folder, or use what was built there")
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()[:200]]
    questions = [line.get("text") or line["question"] for line in lines]
    mecab = Mecab()
    place = options.keep or Path(tempfile.mkdtemp())
    try:
        sizes = [
            measured(list(articles(options.articles, limit)), questions, place / str(limit or "all"), mecab)
            for limit in options.limit or [None]
        ]
    finally:
        if options.keep is None:
            shutil.rmtree(place)
    print("\n".join([_HEAD, *(size.row() for size in sizes)]))


def _memory() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"


if __name__ == "__main__":
    main()
