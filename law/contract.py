"""The JSON rim of `konkyo show`: documents and clauses in the keys that users' scripts rely on.

The keys are the contract of docs (DESIGN §5); a change to them is a change to every script. Values are
as printed, without line breaks; nothing here decides anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from law.document import Clause, ClauseKind, Document, Finding
from law.label import normal_label
from law.reference import Reference

Json = dict[str, Any]
"""A JSON object; dicts live only at this rim."""

_NOTES = (ClauseKind.NOTE, ClauseKind.EXAMPLE, ClauseKind.FOOTNOTE)


def document_json(document: Document, found: Iterable[Reference] | None = None) -> Json:
    """`konkyo show DOC --json`: the document and its clauses, flat, in reading order.

    `found` are the document's references where they are at hand (`Store.references`).
    """
    mine: dict[str | None, list[Reference]] = defaultdict(list)
    for reference in _references(document) if found is None else found:
        mine[reference.clause].append(reference)
    about = document.about
    return {
        "doc": document.id,
        "title": document.title,
        "authority": [one.value for one in about.authority],
        "date": about.date.value if about.date else None,
        "kind": about.kind.value if about.kind else None,
        "pages": len(document.sheets),
        "findings": [finding_json(finding) for finding in document.findings],
        "clauses": [_clause(document, clause, mine[clause.path]) for clause in document.clauses],
    }


def clause_json(document: Document, clause: Clause, found: Iterable[Reference] | None = None) -> Json:
    """`konkyo show DOC CLAUSE --json`: one clause, the headings over it, and references both ways."""
    known = tuple(_references(document) if found is None else found)
    mine = [reference for reference in known if reference.clause == clause.path]
    above = [(parent.path, document.heading(parent)) for parent in document.ancestors(clause)]
    return {
        "doc": document.id,
        "title": document.title,
        **_clause(document, clause, mine),
        "headings": [{"clause": path, "heading": heading} for path, heading in reversed(above)],
        "children": [child.path for child in document.children.get(clause.path, ())],
        "referenced_by": [
            {"clause": reference.clause, "surface": _line(reference.surface), "pdf_page": _page_of(document, reference)}
            for reference in known
            if reference.target == clause.path and reference.clause != clause.path
        ],
    }


def finding_json(finding: Finding) -> Json:
    """A finding with its message in both languages."""
    return {
        "code": finding.code,
        "page": finding.page,
        "line": finding.line,
        "message": f"{finding.japanese} / {finding.english}",
    }


def _references(document: Document) -> tuple[Reference, ...]:
    # Inside, because its patterns take 60 ms to compile, and every command speaks JSON of findings.
    from law.citation import references

    return references(document)


def reference_json(reference: Reference) -> Json:
    """A reference as `konkyo show` prints it."""
    return {
        "surface": _line(reference.surface),
        "kind": reference.kind.value,
        "target": reference.target,
        "law": reference.law,
        "article": reference.article,
        "paragraph": reference.paragraph,
        "item": reference.item,
        "resolved": reference.resolved,
    }


def _clause(document: Document, clause: Clause, mine: Sequence[Reference]) -> Json:
    children = document.children.get(clause.path, ())
    pdf_page = document.pdf_page(clause)
    printed = document.printed_page(pdf_page)
    modality = document.modality(clause)
    return {
        "clause": clause.path,
        "label": normal_label(clause.path.split(" > ")[-1]),
        "heading": document.heading(clause),
        "parent": clause.parent,
        "kind": clause.kind.value,
        "page": printed if printed is not None or pdf_page is None else str(pdf_page),
        "pdf_page": pdf_page,
        "text": document.own_text(clause),
        "items": [_words(document, child) for child in children if child.kind is ClauseKind.ITEM],
        "notes": [_words(document, child) for child in children if child.kind in _NOTES],
        "modality": modality.value if modality else None,
        "references": [reference_json(reference) for reference in mine],
    }


def _words(document: Document, clause: Clause) -> str:
    """A child's own words with its heading, which an item may be cut into."""
    heading = _line(clause.heading.of(document.text)) if clause.heading is not None else ""
    return heading + document.own_text(clause)


def _page_of(document: Document, reference: Reference) -> int | None:
    return document.boxes.page_of(reference.span)


def _line(words: str) -> str:
    return words.replace("\n", "")
