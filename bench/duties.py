"""Links from findings to clauses, scored against clauses that a person judged right.

    python -m bench.duties --kb KB [KB...]

`duties.json` names each finding by document, clause and its place among the findings of that clause, the
guideline, the clauses that would do, and why in a few words. A finding counts as first when the first link is
one of them, as third when one of the first three is. Of the knowledge bases given, those findings are scored
whose document and guideline they hold.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.case.deficiencies import Deficiency
from compliance.case.duties import Finder, duties
from compliance.cases import cases
from index.knowledge import Tools, open_searcher, open_tools
from law.document import Document
from law.label import normal_path
from law.store import Store

FILE = Path(__file__).with_name("duties.json")


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and the clauses of a guideline that correspond to it."""

    doc: str
    clause: str
    nth: int
    guideline: str
    right: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A judged finding and what was found for it, best first."""

    judged: Judged
    found: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """Where the first right clause stands, from 0; None where none was found."""
        wanted = {normal_path(one) for one in self.judged.right}
        return next((at for at, one in enumerate(self.found) if one in wanted), None)


def judged(file: Path = FILE) -> tuple[Judged, ...]:
    """The list as judged."""
    return tuple(Judged(**{**one, "right": tuple(one["right"])}) for one in json.loads(file.read_text("utf-8")))


def finding(document: Document, clause: str, nth: int) -> Deficiency | None:
    """The nth finding of a clause, in the order of the text; None where there are not so many."""
    found = {one.place: one for case in cases(document) for one in case.deficiencies if one.place.clause == clause}
    ordered = sorted(found.values(), key=lambda one: (one.place.span.start, one.place.span.end))
    return ordered[nth - 1] if nth <= len(ordered) else None


def ranked(
    wanted: Sequence[Judged], documents: Callable[[str], Document], finder: Finder, held: set[str]
) -> Iterator[Ranked]:
    """What is found for each judged finding whose document and guideline are held."""
    for one in wanted:
        if {one.doc, one.guideline} <= held:
            document = documents(one.doc)
            told = finding(document, one.clause, one.nth)
            links = duties(told, document, finder, documents, doc=one.guideline) if told else ()
            yield Ranked(one, tuple(normal_path(link.clause) for link in links))


def of_knowledge_base(kb: Path, tools: Tools) -> list[Ranked]:
    """What is found in one knowledge base."""
    with Store.open(kb) as store:
        searcher = open_searcher(store, tools)
        held = {entry.id for entry in store.documents()}
        return list(ranked(judged(), searcher.documents, searcher, held))


def shares(found: Sequence[Ranked]) -> tuple[float, float]:
    """The share of findings whose first link is right, and of those with a right one among the first three."""
    first = sum(one.rank == 0 for one in found)
    third = sum(one.rank is not None and one.rank < 3 for one in found)
    return first / max(len(found), 1), third / max(len(found), 1)


def main() -> None:
    """Score the links of some knowledge bases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kb", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    tools = open_tools()
    found = [one for kb in options.kb for one in of_knowledge_base(kb, tools)]
    for one in found:
        if one.rank != 0:
            at = "-" if one.rank is None else one.rank + 1
            print(f"{at}\t{one.judged.doc} {one.judged.clause} ({one.judged.nth})\t{one.found} for {one.judged.right}")
    first, third = shares(found)
    print(f"findings {len(found)}  first {first:.3f}  in three {third:.3f}")


if __name__ == "__main__":
    main()
