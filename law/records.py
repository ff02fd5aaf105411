"""How a document lies in the catalogue: rows out of a `Document`, and a `Document` out of rows.

Pure: values in, values out. The text and the boxes lie in the text file (`law.textfile`), all else
here. Columns that repeat what the text says (heading, pages) are for other readers of the catalogue.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from law.document import About, Block, BlockKind, Clause, ClauseKind, Document, Evidence, Finding, Sheet, Source
from law.reference import Reference, ReferenceKind
from law.span import Span
from law.textfile import Printed

Row = tuple[Any, ...]
"""A row of a table; SQLite's values have no static type."""

COLUMNS: Mapping[str, str] = {
    "sheets": "number printed width height",
    "blocks": 'kind start "end"',
    "clauses": 'path label kind parent heading pdf_page page start "end" places',
    "cross_references": 'clause kind surface start "end" target law article paragraph item resolved',
    "findings": "code japanese english page line",
}
"""The tables of a version and their columns, in the order of the rows."""


@dataclass(frozen=True, slots=True)
class Record:
    """A document as rows, a list for each table, and what the document says of itself as JSON."""

    about: str
    tables: Mapping[str, Sequence[Row]]

    def reading(self, text_sha256: str) -> str:
        """One checksum of everything that was read: it changes when a better reader reads more."""
        whole = repr((text_sha256, self.about, [(name, list(self.tables[name])) for name in COLUMNS]))
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def record(document: Document, references: Iterable[Reference]) -> Record:
    """The document and its references as rows."""
    return Record(
        _about_json(document.about),
        {
            "sheets": [(s.number, s.printed, s.width, s.height) for s in document.sheets],
            "blocks": [(b.kind.value, b.span.start, b.span.end) for b in document.blocks],
            "clauses": [_clause_row(document, clause) for clause in document.clauses],
            "cross_references": [_reference_row(reference) for reference in references],
            "findings": [(f.code, f.japanese, f.english, f.page, f.line) for f in document.findings],
        },
    )


def document_of(
    id: str,
    source: Source,
    about: str,
    tables: Mapping[str, Sequence[Row]],
    printed: Printed,
) -> Document:
    """The document that these rows and this text file were made from."""
    return Document(
        id=id,
        source=source,
        about=about_of(about),
        text=printed.text,
        boxes=printed.boxes,
        sheets=tuple(Sheet(*row) for row in tables["sheets"]),
        blocks=tuple(Block(BlockKind(kind), Span(start, end)) for kind, start, end in tables["blocks"]),
        clauses=tuple(_clause(row) for row in tables["clauses"]),
        findings=tuple(Finding(*row) for row in tables["findings"]),
    )


def reference_of(row: Row) -> Reference:
    """The reference that this row was made from."""
    clause, kind, surface, start, end, target, law, article, paragraph, item, resolved = row
    return Reference(
        surface=surface,
        span=Span(start, end),
        clause=clause,
        kind=ReferenceKind(kind),
        target=target,
        law=law,
        article=article,
        paragraph=paragraph,
        item=item,
        resolved=bool(resolved),
    )


def _clause_row(document: Document, clause: Clause) -> Row:
    pdf_page = document.pdf_page(clause)
    places = [_pair(clause.mark), _pair(clause.heading), [_pair(span) for span in clause.own]]
    return (
        clause.path,
        clause.label,
        clause.kind.value,
        clause.parent,
        document.heading(clause),
        pdf_page,
        document.printed_page(pdf_page),
        clause.span.start,
        clause.span.end,
        json.dumps(places, separators=(",", ":")),
    )


def _clause(row: Row) -> Clause:
    path, label, kind, parent, _, _, _, start, end, places = row
    mark, heading, own = json.loads(places)
    return Clause(
        path=path,
        label=label,
        kind=ClauseKind(kind),
        parent=parent,
        span=Span(start, end),
        mark=Span(*mark) if mark else None,
        heading=Span(*heading) if heading else None,
        own=tuple(Span(*pair) for pair in own),
    )


def _reference_row(reference: Reference) -> Row:
    return (
        reference.clause,
        reference.kind.value,
        reference.surface,
        reference.span.start,
        reference.span.end,
        reference.target,
        reference.law,
        reference.article,
        reference.paragraph,
        reference.item,
        int(reference.resolved),
    )


def _about_json(about: About) -> str:
    return json.dumps(
        {
            "title": _evidence_json(about.title),
            "authority": [_evidence_json(one) for one in about.authority],
            "date": _evidence_json(about.date),
            "date_printed": about.date_printed,
            "kind": _evidence_json(about.kind),
            "url": about.url,
            "licence": about.licence,
        }
    )


def about_of(words: str) -> About:
    """What the document says of itself, from the catalogue's JSON."""
    said = json.loads(words)
    authority = (_evidence(one) for one in said["authority"])
    return About(
        title=_evidence(said["title"]),
        authority=tuple(one for one in authority if one),
        date=_evidence(said["date"]),
        date_printed=said["date_printed"],
        kind=_evidence(said["kind"]),
        url=said["url"],
        licence=said["licence"],
    )


def _evidence_json(evidence: Evidence | None) -> list[object] | None:
    return [evidence.value, _pair(evidence.span)] if evidence else None


def _evidence(said: list[Any] | None) -> Evidence | None:
    if said is None:
        return None
    value, span = said
    return Evidence(value, Span(*span) if span else None)


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span is not None else None
