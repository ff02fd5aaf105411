"""Guidelines written for these tests, printed and read: outline, duties and references as their sheets say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import papers
import pytest

from compliance.cases import cases
from compliance.obligations import obligations
from law.citation import references
from law.document import Document

GOLDEN = Path(__file__).parent / "golden"


def sheet(document: Document) -> Iterator[str]:
    """What the guideline says: a line a clause, under it its duties and where it refers to."""
    duties = obligations(document)
    refers = references(document)
    for clause in document.clauses:
        heading = clause.heading.of(document.text) if clause.heading else ""
        yield f"{clause.path}　{heading}".rstrip()
        for duty in (one for one in duties if one.clause == clause.path):
            actor = duty.actor.words if duty.actor else "－"
            proviso = "、ただし書" if duty.exceptions else ""
            yield f"    {duty.level.value}（{actor}）{'、例外' if duty.exception_of else ''}{proviso}"
        for one in (one for one in refers if one.clause == clause.path):
            yield f"    {one.surface} → {one.target or one.law or '不明'}"


@pytest.mark.parametrize(
    "name",
    ["articles", "decimals", "chains", "circular", "vaults", "supervision", "answers", "archives", "handbook"],
)
def test_a_guideline_reads_as_its_sheet(name: str, tmp_path: Path) -> None:
    document = papers.paper(f"guide_{name}", tmp_path)
    assert "\n".join(sheet(document)) + "\n" == (GOLDEN / f"guide-{name}.txt").read_text(encoding="utf-8")
    assert cases(document) == ()
