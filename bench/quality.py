"""Quality of search on questions with gold clauses, beside named baselines, by user and style.

    python -m bench.quality PDF_FOLDER QUESTIONS.jsonl [--save RUN.json] [--against RUN.json]

Prints recall at 1 and 5, MRR and page_exact with bootstrap intervals, both kinds of wrong decision, and
the questions won and lost against an earlier run. A hit counts when its document is right and its text,
at most 1,200 characters, holds a grade-3 quote.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from index.dense import Dense
from index.encoder import Encoder, open_encoder
from index.fuse import WEIGHTS
from index.gather import gather
from index.mecab import Mecab
from index.passages import passages
from index.search import Searcher, result_json
from index.terms import content_words, search_form
from index.thesaurus import load
from ingest.read import read_pdf
from law.document import Document
from law.fold import squash

SHOWN = 1_200
CHUNK, OVERLAP = 500, 100
_DENSE = {"dense", "sentence"}
ALONE: dict[str, dict[str, float] | None] = {
    "ours": None,
    "lexical alone": {name: weight for name, weight in WEIGHTS.items() if name not in _DENSE},
    "dense alone": {name: WEIGHTS[name] for name in sorted(_DENSE)},
}

Answer = dict[str, Any]
"""A result as `konkyo search --json` prints it; baselines give its doc, text and pdf_page."""
System = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Row:
    """One question judged."""

    id: str
    groups: tuple[str, ...]
    answerable: bool
    said: bool
    rank: int | None
    page: bool


def judge(question: dict[str, Any], answer: Answer) -> Row:
    """Where the first right hit stands, and whether its page is right."""
    wanted = [(r["doc"], squash(r["quote"]), r["pdf_page"]) for r in question["relevant"] if r["grade"] == 3]
    groups = ("all", f"user:{question['user']}", f"style:{question['style']}")
    for k, hit in enumerate(answer["hits"][:10]):
        text = squash(hit["text"])
        found = [page for doc, quote, page in wanted if doc == hit["doc"] and quote in text and len(text) <= SHOWN]
        if found:
            right = hit["pdf_page"] in found
            return Row(question["id"], groups, question["answerable"], answer["answerable"], k + 1, right)
    return Row(question["id"], groups, question["answerable"], answer["answerable"], None, False)


def summary(rows: Sequence[Row]) -> dict[str, float]:
    """The figures of one group of questions."""
    asked = [r for r in rows if r.answerable]
    empty = [r for r in rows if not r.answerable]
    first = [r for r in asked if r.rank == 1]
    return {
        "n": len(asked),
        "R@1": _share(len(first), asked),
        "R@5": _share(sum(r.rank is not None and r.rank <= 5 for r in asked), asked),
        "MRR": _share(sum(1 / r.rank for r in asked if r.rank), asked),
        "page_exact": _share(sum(r.page for r in first), first),
        "wrong_abstention": _share(sum(not r.said for r in asked), asked),
        "wrong_answer": _share(sum(r.said for r in empty), empty),
    }


def _share(count: float, of: Sequence[Row]) -> float:
    return round(count / len(of), 3) if of else 0.0


def interval(rows: Sequence[Row], figure: str, times: int = 1_000) -> tuple[float, float]:
    """The 95 % interval of a figure by bootstrap."""
    draw = random.Random(7)
    values = sorted(summary(draw.choices(rows, k=len(rows)))[figure] for _ in range(times))
    return values[times // 40], values[-times // 40 - 1]


def ours(documents: Sequence[Document], encoder: Encoder, mecab: Mecab) -> dict[str, System]:
    """The searcher whole, and with one side alone."""
    parts = gather(documents, encoder, mecab)
    table = {document.id: document for document in documents}
    thesaurus = load()

    def system(weights: dict[str, float] | None) -> System:
        searcher = Searcher(parts, table.__getitem__, encoder, mecab, thesaurus, weights=weights)
        return lambda question: result_json(searcher.search(question, k=10))

    return {name: system(weights) for name, weights in ALONE.items()}


def plain_bm25(documents: Sequence[Document], mecab: Mecab) -> System:
    """bm25s over the same passages, MeCab lemmas, no fields, no thesaurus: what a good engineer does first."""
    held = [(d, p, p.span.of(d.text)) for d in documents for p in passages(d)]
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index([content_words(mecab(search_form(text))) for _, _, text in held], show_progress=False)

    def answer(question: str) -> Answer:
        scores = index.get_scores(content_words(mecab(search_form(question))))
        best = np.argsort(-scores, kind="stable")[:10]
        return _answer([(held[i][0].id, held[i][2], held[i][0].boxes.page_of(held[i][1].span)) for i in best])

    return answer


def chunks(documents: Sequence[Document], encoder: Encoder) -> System:
    """The usual pipeline: pieces of 500 characters that overlap by 100, flat vectors, no structure."""
    held: list[tuple[str, str, int | None]] = []
    for document in documents:
        for start in range(0, len(document.text), CHUNK - OVERLAP):
            pages = [p for p in document.boxes.pages[start : start + CHUNK] if p]
            held.append((document.id, document.text[start : start + CHUNK], pages[0] if pages else None))
    index = Dense.build(encoder.encode([text for _, text, _ in held]))
    return lambda question: _answer([held[i] for i in index.top(encoder.encode([question], query=True)[0], 10).places])


def _answer(found: Sequence[tuple[str, str, int | None]]) -> Answer:
    return {"answerable": True, "hits": [{"doc": d, "text": t, "pdf_page": p} for d, t, p in found]}


def report(name: str, rows: Sequence[Row], *, by_group: bool) -> None:
    """Print the figures of one system."""
    low, high = interval(rows, "R@1")
    print(f"{name:24s}", *(f"{k} {v}" for k, v in summary(rows).items()), f"(R@1 {low:.2f}-{high:.2f})")
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for group in row.groups[1:]:
            groups[group].append(row)
    for group in sorted(groups) if by_group else ():
        print(f"  {group:22s}", *(f"{k} {v}" for k, v in summary(groups[group]).items()))


def compare(rows: Sequence[Row], earlier: dict[str, int | None]) -> None:
    """Print the questions that moved in or out of the first place."""
    won = [r.id for r in rows if r.answerable and r.rank == 1 and earlier.get(r.id) != 1]
    lost = [r.id for r in rows if r.answerable and r.rank != 1 and earlier.get(r.id) == 1]
    print("won", len(won), *won)
    print("lost", len(lost), *lost)


def main() -> None:
    """Run every system over the questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    mecab = Mecab()
    encoder = open_encoder(mecab=mecab)
    documents = [read_pdf(path) for path in sorted(options.pdfs.glob("*.pdf"))]
    questions = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    systems = ours(documents, encoder, mecab) | {
        "bm25s, MeCab, clauses": plain_bm25(documents, mecab),
        "chunks of 500, vectors": chunks(documents, encoder),
    }
    judged = {name: [judge(q, system(q["question"])) for q in questions] for name, system in systems.items()}
    for name, rows in judged.items():
        report(name, rows, by_group=name == "ours")
    if options.against:
        compare(judged["ours"], json.loads(options.against.read_text(encoding="utf-8")))
    if options.save:
        options.save.write_text(json.dumps({r.id: r.rank for r in judged["ours"]}), encoding="utf-8")


if __name__ == "__main__":
    main()
