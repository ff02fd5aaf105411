"""The five real documents and their variants: scans, passwords, columns, vertical lines; skipped without ../shared."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tree import broken_invariants

from ingest.read import read_pdf
from law.document import Document
from law.errors import SourceError
from law.fold import squash

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the documents of ../shared are not at hand")

NAMES = ("jba-nenkin-2016", "jitsumu-shishin-2017", "jp-post-2025", "ppc-ntt-2024-01", "ppc-ntt-2024-09")


def _letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def _outline(document: Document) -> list[tuple[str, str | None, str]]:
    """Path, parent and words of every clause but the front, whose lines depend on the layout."""
    return [
        (c.path, c.parent, squash((document.heading(c) or "") + document.own_text(c)))
        for c in document.clauses
        if c.kind != "front"
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_the_document_is_stored_once(name: str) -> None:
    document = read_pdf(CORPUS / f"{name}.pdf")
    printed = (CORPUS / "text" / f"{name}.txt").read_text(encoding="utf-8")
    assert _letters(document.text) == _letters(printed)
    assert broken_invariants(document) == []
    assert document.findings == ()


@pytest.mark.parametrize(
    ("variant", "code", "english"),
    [
        ("ppc-ntt-2024-09-scan150", "scanned", "5 of 5 have no text layer"),
        ("jba-nenkin-2016-userpw", "encrypted", "without a password"),
        ("ppc-ntt-2024-01-notounicode", "garbled", "no usable ToUnicode"),
        ("zero-byte", "empty", "0 bytes"),
        ("html-renamed", "not-a-pdf", "an HTML page"),
    ],
)
def test_a_variant_that_holds_no_text_is_refused_with_its_reason(variant: str, code: str, english: str) -> None:
    with pytest.raises(SourceError, match=re.escape(english)) as refusal:
        read_pdf(CORPUS / "variants" / f"{variant}.pdf")
    assert refusal.value.code == code
    assert re.search(r"ください。$", refusal.value.japanese)


@pytest.mark.parametrize(
    ("variant", "base", "findings"),
    [
        ("jba-nenkin-2016-ownerpw", "jba-nenkin-2016", ["owner-restricted"]),
        ("jba-nenkin-2016-rot90", "jba-nenkin-2016", ["turned-page"]),
        ("jitsumu-shishin-2017-truncated", "jitsumu-shishin-2017", ["repaired"]),
        ("ppc-ntt-2024-09-2col", "ppc-ntt-2024-09", []),
    ],
)
def test_a_variant_of_the_layout_is_read_into_the_same_outline(variant: str, base: str, findings: list[str]) -> None:
    document = read_pdf(CORPUS / "variants" / f"{variant}.pdf")
    assert _outline(document) == _outline(read_pdf(CORPUS / f"{base}.pdf"))
    assert [finding.code for finding in document.findings] == findings
    assert broken_invariants(document) == []


def test_the_vertical_variant_is_read_into_the_same_outline() -> None:
    document = read_pdf(CORPUS / "variants" / "jp-post-2025-tategaki.pdf")
    assert _outline(document) == _outline(read_pdf(CORPUS / "jp-post-2025.pdf"))
    assert [finding.code for finding in document.findings] == ["vertical-writing"]
