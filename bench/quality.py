"""Quality of search on questions with gold clauses, beside named baselines, by user and style.

    python -m bench.quality PDF_FOLDER QUESTIONS.jsonl [--save RUN.json] [--against RUN.json]

The scoring is that of `konkyo eval` (index/evaluate.py); here the usual ways stand beside ours, and with
`--against` the questions won and lost since an earlier run. `--beside FOLDER` indexes guidelines
(`*.jsonl` of sections) with the documents, as distractors.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from bench.statutes import Article, by_law
from bench.statutes import document as statute
from index.dense import Dense
from index.encoder import Encoder, open_encoder
from index.evaluate import Judged, by_group, changes, figures, interval, judge
from index.fuse import CLOSER
from index.gather import gather
from index.mecab import Mecab
from index.passages import passages
from index.search import Searcher, result_json
from index.terms import content_words, search_form
from index.thesaurus import load
from ingest.read import read_pdf
from law.document import Document, Evidence

CHUNK, OVERLAP = 500, 100
_DENSE = {"dense", "sentence", "words", "about"}
ALONE: dict[str, dict[str, float] | None] = {
    "ours": None,
    "lexical alone": {name: weight for name, weight in CLOSER.items() if name not in _DENSE},
    "dense alone": {name: CLOSER[name] for name in sorted(_DENSE)},
}

Answer = dict[str, Any]
"""A result as `konkyo search --json` prints it; baselines give its doc, text and pdf_page."""
System = Callable[[str], Answer]


def guidelines(folder: Path) -> list[Document]:
    """The guidelines of a folder, a clause a section; those without words are left out."""
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    sections = [
        Article(row["doc"], row["number"] or row["section_id"], row["doc_title"], row["heading"], row["text"])
        for row in rows
        if row["text"] or row["heading"]
    ]
    flat = [statute(held) for held in by_law(sections).values()]
    return [replace(read, about=replace(read.about, kind=Evidence("guideline"))) for read in flat]


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
    hits = [{"doc": d, "text": t, "pdf_page": p, "verdict": "unchecked"} for d, t, p in found]
    return {"answerable": True, "hits": hits}


def report(name: str, rows: Sequence[Judged], *, groups: bool) -> None:
    """Print the figures of one system, and with `groups` of each user and style."""
    low, high = interval(rows, "recall_1")
    print(f"{_line(name, rows)} (R@1 {low:.2f}-{high:.2f})")
    for group, members in sorted(by_group(rows).items()) if groups else ():
        if group != "all":
            print(_line(f"  {group}", members))


def _line(name: str, rows: Sequence[Judged]) -> str:
    found = figures(rows)
    shown = {
        "n": sum(row.answerable for row in rows),
        "R@1": found.recall_1,
        "R@5": found.recall_5,
        "MRR": found.mrr,
        "page_exact": found.page_exact,
        "wrong_silence": found.wrong_silence,
        "wrong_answer": found.wrong_answer,
    }
    return f"{name:24s}" + " ".join(f"{key} {round(value, 3)}" for key, value in shown.items())


def compare(rows: Sequence[Judged], before: dict[str, int | None]) -> None:
    """Print the questions whose answer moved to the first place, or away from it."""
    moved = changes(rows, before)
    print("won", len(moved.won), *moved.won)
    print("lost", len(moved.lost), *moved.lost)


def main() -> None:
    """Run every system over the questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--beside", type=Path, help="a folder of guidelines as distractors")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    mecab = Mecab()
    encoder = open_encoder(mecab=mecab)
    documents = [read_pdf(path) for path in sorted(options.pdfs.glob("*.pdf"))]
    documents += guidelines(options.beside) if options.beside else []
    questions = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    systems = ours(documents, encoder, mecab) | {
        "bm25s, MeCab, clauses": plain_bm25(documents, mecab),
        "chunks of 500, vectors": chunks(documents, encoder),
    }
    judged = {name: [judge(q, system(q["question"])) for q in questions] for name, system in systems.items()}
    for name, rows in judged.items():
        report(name, rows, groups=name == "ours")
    if options.against:
        compare(judged["ours"], json.loads(options.against.read_text(encoding="utf-8")))
    if options.save:
        options.save.write_text(json.dumps({r.id: r.rank for r in judged["ours"]}), encoding="utf-8")


if __name__ == "__main__":
    main()
