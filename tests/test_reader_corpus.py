"""The sample documents of this project are read into the outlines that were made from their sources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tree import broken_invariants

from ingest.read import read_pdf
from law.document import Clause, Document
from law.fold import squash

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NAMES = sorted(path.name.removesuffix(".outline.txt") for path in (CORPUS / "expected").glob("*.outline.txt"))
_NOT_LISTED = ("front", "example")
"""Titles, preambles and examples are part of what they stand in and have no line (corpus/README.md)."""


@dataclass(frozen=True)
class Row:
    """A line of a golden outline."""

    pdf_page: str
    printed: str
    path: str


def _expected(name: str) -> list[tuple[Row, str]]:
    lines = (CORPUS / "expected" / f"{name}.outline.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ", 3) for line in lines if " | " in line and not line.startswith("#")]
    return [(Row(page.strip(), printed.strip(), path.strip()), squash(said)) for page, printed, path, said in rows]


def _row(document: Document, clause: Clause) -> Row:
    page = document.pdf_page(clause)
    return Row(str(page), document.printed_page(page) or "-", clause.path)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_document_is_read_into_its_golden_outline(name: str) -> None:
    document = read_pdf(CORPUS / f"{name}.pdf")
    expected = _expected(name)
    listed = [clause for clause in document.clauses if clause.kind not in _NOT_LISTED]
    assert sorted(map(_key, (_row(document, c) for c in listed))) == sorted(_key(row) for row, _ in expected)
    wrong = [(row, said) for row, said in expected if not _says(document, document.by_path[row.path], said)]
    assert wrong == []
    assert broken_invariants(document) == []


def _key(row: Row) -> tuple[str, str, str]:
    return (row.path, row.pdf_page, row.printed)


def _says(document: Document, clause: Clause, said: str) -> bool:
    """Whether the clause's heading or words begin as the outline's line says."""
    words = squash((document.heading(clause) or "") + document.own_text(clause)).replace("(", "").replace(")", "")
    return words.startswith(said.replace("(", "").replace(")", "")[:20]) or not said


@pytest.mark.parametrize(
    ("name", "path", "words"),
    [
        ("mihon-shishin-kaitei", "４－３－２", "端末についても、４－３及び４－３－１に規定する措置が"),
        ("mihon-qa", "問13 > 答", "できません（実務指針７－１－１－１③）。"),
    ],
)
def test_a_number_that_refers_and_is_kept_whole_on_the_next_line_goes_on_with_its_sentence(
    name: str, path: str, words: str
) -> None:
    document = read_pdf(CORPUS / f"{name}.pdf")
    clause = document.by_path[path]
    assert (document.heading(clause), words in document.own_text(clause)) == (None, True)
