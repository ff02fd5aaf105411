"""How well the dense side alone finds the clause: recall at 1, 5 and 10 for any encoder.

    python bench/model.py [MODEL ...] [--query-prompt P --passage-prompt P] [--wins OTHER]

Measured on the hand-made questions over the five documents (a hit is a passage that holds a quote of
grade 3) and on the `dev` half of the procedures benchmark. Nothing here is used for training.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Encoder, open_encoder

SHARED = Path(__file__).resolve().parents[2] / "shared"
Row = dict[str, Any]
"""A line of a JSON file, read here and turned into values below."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Passages, questions, and for each question the passages that answer it."""

    name: str
    passages: tuple[str, ...]
    questions: tuple[str, ...]
    right: tuple[frozenset[int], ...]
    styles: tuple[str, ...]


def rows(path: Path) -> Iterator[Row]:
    """The lines of a JSONL file, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def squash(text: str) -> str:
    """The text as the gold scorer compares it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def gold(shared: Path) -> Bench:
    """The answerable questions over the clauses of the guideline and the paragraphs of the rest."""
    passages = list(_clauses(shared)) + list(_paragraphs(shared))
    texts = [squash(text) for _, _, text in passages]
    asked = [q for q in rows(shared / "gold/questions.jsonl") if q["answerable"]]
    right = []
    for question in asked:
        quotes = [(r["doc"], squash(r["quote"])) for r in question["relevant"] if r["grade"] == 3]
        right.append(
            frozenset(
                i
                for i, (doc, _, _) in enumerate(passages)
                if any(doc == wanted and quote in texts[i] for wanted, quote in quotes)
            )
        )
    return Bench(
        "gold",
        tuple(f"{heading}\n{text}" for _, heading, text in passages),
        tuple(q["question"] for q in asked),
        tuple(right),
        tuple(q["style"] for q in asked),
    )


def _clauses(shared: Path) -> Iterator[tuple[str, str, str]]:
    document = "jitsumu-shishin-2017"
    sections = {row["path"]: row for row in rows(shared / f"gold/sections-{document}.jsonl")}
    for section in sections.values():
        if section["text"]:
            yield document, section["title"], _with_items(section)
    for clause in rows(shared / f"gold/clauses-{document}.jsonl"):
        section = sections.get(clause["parent_path"], {})
        headings = dict.fromkeys(str(h) for h in (section.get("title"), clause["title_scope"]) if h)
        yield document, " ".join(headings), _with_items(clause)


def _with_items(clause: Row) -> str:
    items = (f"{chr(ord('①') + i)}{item}" for i, item in enumerate(clause["items"]))
    return "\n".join((clause["text"], *items, *clause.get("notes", ())))


def _paragraphs(shared: Path) -> Iterator[tuple[str, str, str]]:
    """The other documents, cut where their outline says that a heading or a paragraph begins."""
    outline: dict[str, list[Row]] = {}
    for row in rows(shared / "gold/outline.jsonl"):
        outline.setdefault(row["doc"], []).append(row)
    for document, entries in sorted(outline.items()):
        text = squash((shared / f"corpus/text/{document}.txt").read_text(encoding="utf-8"))
        starts: list[tuple[int, Row]] = []
        at = 0
        for entry in entries:
            first = squash(entry["first_20_chars"])
            place = text.find(first, at)
            if place < 0:
                place = text.find(first)
            if place >= 0:
                starts.append((place, entry))
                at = place if entry["kind"] not in {"footnote", "note"} else at
        yield from _cut(document, text, sorted(starts, key=lambda s: s[0]))


def _cut(document: str, text: str, starts: list[tuple[int, Row]]) -> Iterator[tuple[str, str, str]]:
    headings: dict[str, str] = {}
    ends = [place for place, _ in starts[1:]] + [len(text)]
    for (start, entry), end in zip(starts, ends, strict=True):
        own = text[start:end]
        parents = [h for path, h in headings.items() if entry["path"].startswith(path + " > ")]
        headings[entry["path"]] = own[:60]
        yield document, " ".join(parents), own


def procedures(shared: Path, split: str) -> Bench:
    """Names of procedures over the articles they rest on."""
    corpus = list(rows(shared / "bench/procedures/corpus.jsonl.gz"))
    number = {row["id"]: i for i, row in enumerate(corpus)}
    right: dict[str, set[int]] = {}
    for line in (shared / "bench/procedures/qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, article, grade = line.split("\t")
        if article in number and grade.isdigit() and int(grade) > 0:
            right.setdefault(query, set()).add(number[article])
    asked = [
        q
        for q in rows(shared / "bench/procedures/queries.jsonl")
        if q["split"] == split and q["rep"] and q["id"] in right
    ]
    return Bench(
        f"procedures/{split}",
        tuple(f"{row['title']}\n{row['text']}" for row in corpus),
        tuple(q["text"] for q in asked),
        tuple(frozenset(right[q["id"]]) for q in asked),
        tuple("all" for _ in asked),
    )


def ranks(encoder: Encoder, bench: Bench) -> list[int]:
    """The place of the first right passage for each question, from 1; ties go to the later place."""
    passages = encoder.encode(bench.passages)
    questions = encoder.encode(bench.questions, query=True)
    out = []
    for vector, right in zip(questions, bench.right, strict=True):
        scores = passages @ vector
        best = max((scores[i] for i in right), default=-np.inf)
        out.append(int(np.sum(scores >= best)) if right else 10**9)
    return out


def report(bench: Bench, found: list[int]) -> str:
    """One line: recall at 1, 5, 10 and the mean reciprocal rank at 10."""
    n = len(found)
    at = {k: sum(r <= k for r in found) / n for k in (1, 5, 10)}
    reciprocal = sum(1 / r for r in found if r <= 10) / n
    return f"{bench.name:16s} n {n}  R@1 {at[1]:.3f}  R@5 {at[5]:.3f}  R@10 {at[10]:.3f}  MRR@10 {reciprocal:.3f}"


def _by_style(bench: Bench, found: list[int]) -> str:
    out = []
    for style in sorted(set(bench.styles)):
        mine = [r for r, s in zip(found, bench.styles, strict=True) if s == style]
        out.append(f"{style} {sum(r <= 5 for r in mine) / len(mine):.2f}")
    return "  R@5 by style: " + ", ".join(out)


def main() -> None:
    """Print the table for each model named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", help="folders or names; none for the shipped model")
    parser.add_argument("--query-prompt", default="")
    parser.add_argument("--passage-prompt", default="")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--split", default="dev", choices=("dev", "test"))
    parser.add_argument("--gold-only", action="store_true")
    given = parser.parse_args()
    benches = [gold(given.shared)] + ([] if given.gold_only else [procedures(given.shared, given.split)])
    for setting in given.models or [None]:
        start = time.perf_counter()
        encoder = open_encoder(setting, query_prompt=given.query_prompt, passage_prompt=given.passage_prompt)
        print(f"{encoder.name}  {encoder.dimension} dimensions  ready in {time.perf_counter() - start:.2f} s")
        for bench in benches:
            found = ranks(encoder, bench)
            print(report(bench, found))
            if len(set(bench.styles)) > 1:
                print(_by_style(bench, found))


if __name__ == "__main__":
    main()
