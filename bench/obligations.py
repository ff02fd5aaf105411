"""Obligations of a document against gold sentences: found, false, clause, modality, actor.

    python -m bench.obligations KB DOC GOLD.jsonl

A gold sentence is found by an obligation whose quote shares its words (white space and width folded), in
its clause first. An actor is right when the folded words are equal, a gloss in trailing brackets aside.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from compliance.duty.levels import Level
from compliance.obligations import Obligation, obligations
from law.document import Document
from law.fold import squash
from law.label import normal_path
from law.store import Store

LEVELS = {
    "義務(なければならない)": (Level.MUST, Level.MUST_NOT),
    "こととする": (Level.SHALL,),
    "望ましい": (Level.DESIRABLE,),
    "できる(認められる)": (Level.ACCEPTED, Level.MAY),
}
"""The levels that stand for a gold modality."""
_GLOSS = re.compile(r"\([^()]*\)$")
_SHARED = 0.9
"""Of the shorter text that the longest common run must cover: gold quotes are cut, and may run into an item."""


def overlaps(quote: str, gold: str) -> bool:
    """Whether two folded quotes are of the same sentence."""
    if gold in quote or quote in gold:
        return True
    run = SequenceMatcher(None, quote, gold, autojunk=False).find_longest_match()
    return run.size >= min(12, _SHARED * min(len(quote), len(gold)))


def match(document: Document, found: Sequence[Obligation], gold: Sequence[dict[str, Any]]) -> dict[int, int]:
    """For each gold sentence the obligation that is it, each used once; same clause first."""
    quotes = [squash(one.span.of(document.text)) for one in found]
    pairs: dict[int, int] = {}
    for same in (True, False):
        for k, row in enumerate(gold):
            wanted = squash(row["quote"])
            for i, one in enumerate(found):
                if k in pairs or i in pairs.values() or (normal_path(one.clause) == normal_path(row["clause"])) != same:
                    continue
                if wanted in quotes[i] or (same and overlaps(quotes[i], wanted)):
                    pairs[k] = i
    return pairs


def main() -> None:
    """Print the figures, the misses and the false ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kb", type=Path)
    parser.add_argument("doc")
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    with Store.open(options.kb) as store:
        document = store.document(options.doc)
    found = obligations(document)
    gold = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    pairs = match(document, found, gold)
    marks = {"clause": 0, "modality": 0, "actor": 0, "implied": 0}
    for k, i in pairs.items():
        right = _right(gold[k], found[i])
        for name, value in right.items():
            marks[name] += value
            if not value and name != "implied":
                actor = found[i].actor
                print(
                    f"{name}: {gold[k]['id']} {gold[k]['clause']} | gold {gold[k].get(name)} | {actor and actor.words}"
                )
    for k, row in enumerate(gold):
        if k not in pairs:
            print("missed:", row["id"], row["clause"], row["quote"])
    false = [one for i, one in enumerate(found) if i not in pairs.values()]
    for one in false:
        print("false:", one.clause, one.span.of(document.text))
    hung = sum(one.exception_of is not None for one in found)
    print(
        f"gold {len(gold)} found {len(pairs)} false {len(false)}",
        *(f"{n} {v / len(gold):.3f}" for n, v in marks.items()),
    )
    print(*(f"{level.value} {n}" for level, n in Counter(one.level for one in found).items()), "| hung", hung)


def _right(row: dict[str, Any], one: Obligation) -> dict[str, bool]:
    actor = squash(one.actor.words) if one.actor else ""
    return {
        "clause": normal_path(one.clause) == normal_path(row["clause"]),
        "modality": one.level in LEVELS[row["modality"]],
        "actor": _GLOSS.sub("", squash(row["actor"])) == actor,
        "implied": bool(one.actor and one.actor.implied) == row["actor_implied"],
    }


if __name__ == "__main__":
    main()
