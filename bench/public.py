"""Quality on the two public benchmarks: procedures and the articles they rest on, tax questions and their sources.

    python -m bench.public [procedures|nta_shitsugi ...] [--split test] [--save RUN.json] [--against RUN.json]

The product's own index and searcher over texts without pages, a document a law. Printed are hit@1, hit@10
and nDCG@10 with bootstrap intervals, beside BM25 (bm25s, MeCab content words), ours by words alone and by
vectors alone, and with `--against` the questions whose nDCG rose and fell. Tune on `dev` only.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from time import perf_counter

import bm25s

from bench.quality import ALONE
from bench.statutes import articles, documents
from index.encoder import open_encoder
from index.gather import gather
from index.mecab import Mecab
from index.search import Searcher
from index.terms import content_words, search_form
from index.thesaurus import load

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEPTH = 10
_ASKED = 25
"""Hits asked for: an article in several parts stands once in the ranking."""

System = Callable[[str], list[str]]
"""The ids of the articles found for a question, best first, each once."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the grade of every article that answers it."""

    id: str
    text: str
    right: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One question judged."""

    id: str
    first: bool
    found: bool
    gain: float
    """nDCG@10."""


def ndcg(ranked: Sequence[str], right: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain, linear gains, as trec_eval counts it.

    >>> ndcg(["b", "a"], {"a": 1}), ndcg(["a"], {"a": 1}), ndcg(["c"], {"a": 1})
    (0.6309297535714575, 1.0, 0.0)
    """
    gained = sum(right.get(id, 0) / log2(i + 2) for i, id in enumerate(ranked[:depth]))
    best = sum(grade / log2(i + 2) for i, grade in enumerate(sorted(right.values(), reverse=True)[:depth]))
    return gained / best if best else 0.0


def judge(question: Question, ranked: Sequence[str]) -> Row:
    """How well a ranking answers a question."""
    right = [id in question.right for id in ranked[:DEPTH]]
    return Row(question.id, right[:1] == [True], any(right), ndcg(ranked, question.right))


def questions(folder: Path, split: str, limit: int | None) -> list[Question]:
    """The questions of a split that stand for their group of duplicates."""
    right: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, article, grade = line.split("\t")
        if grade.isdigit() and int(grade) > 0:
            right.setdefault(query, {})[article] = int(grade)
    rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    chosen = [Question(r["id"], r["text"], right[r["id"]]) for r in rows if r["split"] == split and r["rep"]]
    return chosen[:limit]


def ours(searcher: Searcher) -> System:
    """The product's searcher; a hit is the article it lies in."""

    def answer(text: str) -> list[str]:
        hits = searcher.search(text, k=_ASKED).hits
        return list(dict.fromkeys(f"{hit.doc}/{hit.clause}" for hit in hits))

    return answer


def systems(corpus: Path) -> dict[str, System]:
    """Ours, whole and with one side alone, and BM25 over the same articles."""
    mecab = Mecab()
    encoder = open_encoder(mecab=mecab)
    held = {document.id: document for document in documents(articles([corpus]))}
    begun = perf_counter()
    parts = gather(list(held.values()), encoder, mecab)
    print(f"indexed {len(held)} documents, {len(parts.table)} passages in {perf_counter() - begun:.0f} s")
    thesaurus = load()
    found: dict[str, System] = {
        name: ours(Searcher(parts, held.__getitem__, encoder, mecab, thesaurus, weights=weights))
        for name, weights in ALONE.items()
    }
    return found | {"bm25s, MeCab": bm25(corpus, mecab)}


def bm25(corpus: Path, mecab: Mecab) -> System:
    """bm25s over titles and texts."""
    read = list(articles([corpus]))
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index(
        [content_words(mecab(search_form(f"{a.title} {a.heading}\n{a.text}"))) for a in read], show_progress=False
    )
    ids = [f"{article.law}/{article.number}" for article in read]

    def answer(text: str) -> list[str]:
        words = content_words(mecab(search_form(text)))
        places, _ = index.retrieve([words], k=DEPTH, show_progress=False)
        return [ids[int(place)] for place in places[0]]

    return answer


def report(name: str, rows: Sequence[Row]) -> None:
    """Print the figures of one system with their 95 % intervals."""
    figures = {
        "hit@1": [float(row.first) for row in rows],
        f"hit@{DEPTH}": [float(row.found) for row in rows],
        f"nDCG@{DEPTH}": [row.gain for row in rows],
    }
    print(f"{name:16s} n {len(rows)} ", *(f"{figure} {_interval(values)}" for figure, values in figures.items()))


def _interval(values: Sequence[float], times: int = 1_000) -> str:
    draw = random.Random(7)
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(times))
    mean = sum(values) / len(values)
    return f"{mean:.3f} ({means[times // 40]:.3f}-{means[-times // 40 - 1]:.3f})"


def compare(rows: Sequence[Row], earlier: Mapping[str, float]) -> None:
    """Print the questions that gained and lost against an earlier run."""
    won = [row.id for row in rows if row.gain > earlier.get(row.id, 0.0)]
    lost = [row.id for row in rows if row.gain < earlier.get(row.id, 0.0)]
    print("  gained", len(won), *won[:20])
    print("  lost", len(lost), *lost[:20])


def main() -> None:
    """Run every system over every benchmark named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmarks", nargs="*", default=["procedures", "nta_shitsugi"])
    parser.add_argument("--split", default="dev", choices=("dev", "test"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--systems", nargs="*", help="only these, for instance: ours")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--shared", type=Path, default=SHARED)
    options = parser.parse_args()
    earlier = json.loads(options.against.read_text(encoding="utf-8")) if options.against else {}
    saved: dict[str, dict[str, float]] = {}
    for name in options.benchmarks:
        folder = options.shared / "bench" / name
        print(f"{name} {options.split}")
        asked = questions(folder, options.split, options.limit)
        for system, answer in systems(folder / "corpus.jsonl.gz").items():
            if options.systems and system not in options.systems:
                continue
            begun = perf_counter()
            rows = [judge(question, answer(question.text)) for question in asked]
            report(system, rows)
            print(f"  {1000 * (perf_counter() - begun) / len(rows):.1f} ms a question")
            saved[f"{name}/{options.split}/{system}"] = {row.id: row.gain for row in rows}
            if earlier:
                compare(rows, earlier.get(f"{name}/{options.split}/{system}", {}))
    if options.save:
        options.save.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
