"""Speed of search: building, opening, known and first-time questions, beside the plain way.

    python -m bench.search ARTICLES.jsonl.gz... --questions QUESTIONS.jsonl... [--limit N...] [--keep FOLDER]

Articles are those of `bench/statutes.py`, questions lines with "text" or "question", 200 of each file. The plain
way is bm25s over every article plus a flat scan of vectors of the same model, with the same words; it gives ids and
scores, ours clauses with quotes and a decision. `first look` stops where the plain way does, at the order of the
candidates. Figures are processor time of the one thread that every system uses, so other work on the machine counts
less. Half of each file's questions are asked first, so that nothing is new but the questions; then each of the other
half goes to every system in turn, so that all find the machine alike: its first time is a first-time question, the
least of the rounds after it a known one.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
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
_ASKED, _ROUNDS = 200, 3
"""Questions of each file, and how often each is asked again."""
System = Callable[[str], object]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the result."""
    start = perf_counter()
    found = work()
    return perf_counter() - start, found


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each question: asked for the first time, and the least of later times."""

    first: tuple[float, ...]
    known: tuple[float, ...]


def in_turn(systems: Mapping[str, System], questions: Sequence[str]) -> dict[str, Times]:
    """Each question put to every system before the next one is, several rounds."""
    rounds: dict[str, list[list[float]]] = {name: [] for name in systems}
    for _ in range(1 + _ROUNDS):
        for times in rounds.values():
            times.append([])
        for question in questions:
            for name, ask in systems.items():
                rounds[name][-1].append(_processor(ask, question))
    return {name: Times(tuple(first), tuple(map(min, *later))) for name, (first, *later) in rounds.items()}


def _processor(ask: System, question: str) -> float:
    """Milliseconds of the processor: all systems use one thread, and other work on the machine is not counted."""
    start = thread_time()
    ask(question)
    return 1000 * (thread_time() - start)


def said(times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"p50 {median(times):.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms"


def plain_way(read_articles: Sequence[Article], mecab: Mecab, encoder: StaticEncoder) -> System:
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


def first_look(searcher: Searcher) -> System:
    """Ours up to the order of the candidates: what the plain way does, bm25s and a scan, and no more."""

    def ask(question: str) -> None:
        found = candidates(searcher.parts, read(question, searcher.tokenizer, searcher.thesaurus), searcher.encoder)
        ranked(fuse(found.signals), 10)

    return ask


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured with the questions of one file over so many articles; milliseconds are medians."""

    articles: int
    questions: str
    first_look: float | None
    """None of questions asked for the first time: an answer was asked for before it."""
    answer: float
    plain: float

    def line(self) -> str:
        """A line of the summary."""
        look = f"{self.first_look:.1f} | {self.first_look / self.plain:.2f}" if self.first_look else " | "
        return (
            f"| {self.articles:,} | {self.questions} | {self.plain:.1f} | {look} | {self.answer:.1f} | "
            f"**{self.answer / self.plain:.2f}** |"
        )


_HEAD = """| articles | questions | plain way, ms | first look, ms | of plain | answer, ms | of plain |
|---|---|---|---|---|---|---|"""


def measured(held: Sequence[Article], files: Mapping[str, Sequence[str]], place: Path, mecab: Mecab) -> list[Row]:
    """Build (where it is not built yet), open and ask."""
    encoder = StaticEncoder(mecab=mecab)
    laws = by_law(held)
    if not place.exists():
        seconds, made = timed(lambda: build((document(law) for law in laws.values()), place, encoder, mecab))
        print(f"build {seconds:.0f} s: {len(held)} articles, {made.passages} passages, {made.units} units, {_memory()}")
    size = sum(path.stat().st_size for path in place.iterdir()) / 2**20
    documents = lru_cache(maxsize=None)(lambda id: document(laws[id]))  # reading one is the store's time
    opening, searcher = timed(lambda: open_generation(place, documents, encoder, mecab))
    print(f"{len(held)} articles: {size:.0f} MiB on disk, open {opening:.2f} s")
    for law in laws:
        _ = documents(law).by_path
    systems = {
        "first look": first_look(searcher),
        "answer": searcher.search,
        "plain way": plain_way(held, mecab, encoder),
    }
    for questions in files.values():
        for ask in systems.values():
            for question in questions[::2]:
                ask(question)
    return [row for name, questions in files.items() for row in _rows(len(held), name, questions[1::2], systems)]


def _rows(articles: int, name: str, questions: Sequence[str], systems: Mapping[str, System]) -> Iterator[Row]:
    """The rows of one file. The first look comes last, lest an answer find at hand what it has fetched."""
    times = in_turn({key: systems[key] for key in ("answer", "plain way")}, questions)
    times |= in_turn({"first look": systems["first look"]}, questions)
    for system, of in times.items():
        print(f"{name}, {system}: known {said(of.known)}; first-time {said(of.first)}")
    known = {system: median(of.known) for system, of in times.items()}
    first = {system: median(of.first) for system, of in times.items()}
    yield Row(articles, f"{name}, known", known["first look"], known["answer"], known["plain way"])
    yield Row(articles, f"{name}, first-time", None, first["answer"], first["plain way"])


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int, nargs="+", help="over so many articles; several numbers show the growth")
    parser.add_argument("--keep", type=Path, help="build in this folder, or use what was built there")
    options = parser.parse_args()
    files = {str(Path(*path.parts[-2:])): _questions(path) for path in options.questions}
    mecab = Mecab()
    place = options.keep or Path(tempfile.mkdtemp())
    try:
        rows = [
            row
            for limit in options.limit or [None]
            for row in measured(list(articles(options.articles, limit)), files, place / str(limit or "all"), mecab)
        ]
    finally:
        if options.keep is None:
            shutil.rmtree(place)
    print("\n".join([_HEAD, *(row.line() for row in rows)]))


def _questions(path: Path) -> list[str]:
    """The first questions of a file."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:_ASKED]]
    return [line.get("text") or line["question"] for line in lines]


def _memory() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"


if __name__ == "__main__":
    main()
