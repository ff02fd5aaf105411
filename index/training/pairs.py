"""What the model learns from: pairs of a question and the passage that answers it.

Reads `shared/train` and keeps out every law whose title is in `heldout_law_titles.json`, and the authored
questions over laws of the procedures benchmark. The gold questions are never read.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LONGEST = 600
"""Characters of a passage that are read; the median article has 200."""

_WIDENING = {"syn", "abbr", "narrower", "en"}
"""Relations of the thesaurus in which the two sides may stand for each other; `related` may not."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage; `group` holds pairs that are easily taken for each other (one law).

    `context` (a law's title) may be set before either side; `wrong` are passages that look right.
    """

    question: str
    passage: str
    context: str
    group: str
    wrong: tuple[str, ...] = ()


def law_pairs(folder: Path) -> list[Pair]:
    """Captions and their articles, procedures and the articles they rest on, headings and sections."""
    held = set(json.loads((folder / "heldout_law_titles.json").read_text(encoding="utf-8")))
    out: list[Pair] = []
    seen: set[tuple[str, str]] = set()
    for name in (
        "law_caption_2025",
        "law_caption_2016",
        "law_caption_2013",
        "procedures_train",
        "ppc_guideline_heading",
    ):
        for row in _rows(folder / f"{name}.jsonl.gz"):
            law = row.get("law_title", "")
            key = (row["q"], row["p"][:200])
            if law in held or row["source"] in held or key in seen:
                continue
            seen.add(key)
            out.append(Pair(row["q"], row["p"][:_LONGEST], law, law or row["source"].partition("#")[0]))
    return out


def general_pairs(folder: Path) -> list[Pair]:
    """Everyday questions over an encyclopedia (JaQuAD), for the words that statutes do not use.

    Not in the shipped model: CC BY-SA 3.0, and no gain that shows (docs/model.md).
    """
    return [Pair(row["q"], row["p"][:_LONGEST], "", row["title"]) for row in _rows(folder / "jaquad_train.jsonl.gz")]


def authored_pairs(folder: Path, benchmark: Path | None) -> list[Pair]:
    """Questions written for this project over real clauses, each with near misses.

    Questions over laws of the procedures benchmark are left out when its folder is given.
    """
    kept_out = _laws_of(benchmark) if benchmark else frozenset()
    clauses = {row["pid"]: row for file in sorted((folder / "authored").glob("pool-*.jsonl.gz")) for row in _rows(file)}
    out = []
    for file in sorted((folder / "authored").glob("q-*.jsonl")):
        for row in _rows(file):
            clause = clauses[row["pid"]]
            if clause["title"] in kept_out:
                continue
            wrong = tuple(_clause_text(clauses[pid]) for pid in row["neg"] if pid in clauses)
            out.append(Pair(row["q"], _clause_text(clause), clause["title"], clause["title"], wrong))
    return out


def term_pairs(folder: Path) -> list[Pair]:
    """Everyday words and the formal terms they stand for, English ones too."""
    out = []
    for file in sorted((folder / "authored").glob("terms-*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            everyday, _, formal = line.partition("\t")
            if formal:
                out.append(Pair(everyday, formal.partition("\t")[0], "", ""))
    for line in (folder / "authored/thesaurus.tsv").read_text(encoding="utf-8").splitlines():
        formal, everyday, relation, field = (*line.split("\t"), "", "", "")[:4]
        if relation in _WIDENING:
            out.extend(Pair(word, formal, "", field) for word in everyday.split("、") if word and word != formal)
    return out


def _clause_text(clause: Mapping[str, Any]) -> str:
    heading = re.sub(r"^([\d-]+) \1 ", r"\1 ", clause["heading"])
    return f"{heading}\n{clause['text'][:_LONGEST]}"


def _laws_of(benchmark: Path) -> frozenset[str]:
    return frozenset(row["id"].rpartition("/")[0] for row in _rows(benchmark / "corpus.jsonl.gz"))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
