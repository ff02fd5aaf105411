"""`konkyo obligations`, `cases`, `course` and `verify`: the practice at the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import OK, REFUSED, no_document, open_index, say_json, tell, usage, warn

if TYPE_CHECKING:
    from law.document import Document
    from law.store import Store


def list_obligations(options: argparse.Namespace) -> int:
    """The duties of the documents, one a line; or the register or the checklist as a file."""
    from compliance.obligations import obligation_json, obligations
    from ui.terminal import obligation_text

    def said(store: Store, document: Document) -> Iterable[dict[str, Any]]:
        found = obligations(document, found=store.references(document.id))
        return (obligation_json(one, document) for one in found)

    if options.out or options.checklist:
        return _write_register(options)
    return _each_document(options, said, obligation_text)


def _write_register(options: argparse.Namespace) -> int:
    """The register, or its checklist, as a file, with the firm's own columns."""
    from compliance.duty.file import CHECKLIST, REGISTER
    from compliance.duty.ledger import kept
    from compliance.register import document_rows, with_own

    path, writers = (options.out, REGISTER) if options.out else (options.checklist, CHECKLIST)
    if path.suffix.lower() not in writers:
        return usage(f"{path}: expected a name that ends in {', '.join(writers)}")

    def content(documents: Sequence[Document]) -> bytes:
        rows = [row for document in documents for row in document_rows(document)]
        return writers[path.suffix.lower()](with_own(rows, kept(options.kb)))

    return _write(options, path, content)


def list_cases(options: argparse.Namespace) -> int:
    """The enforcement cases, one a line; or their comparison as a file; with what people said of them."""
    from compliance.case.contract import case_json
    from compliance.case.correction_file import record_of
    from compliance.cases import cases
    from compliance.comparison import compare
    from ui.terminal import case_text

    if options.out:
        return _write_cases(options)
    record = record_of(options.kb)

    def said(store: Store, document: Document) -> Iterable[dict[str, Any]]:
        table = compare(cases(document), record)
        return (case_json(case, document, told) for case, told in zip(table.cases, table.columns, strict=True))

    return _each_document(options, said, case_text)


def _write_cases(options: argparse.Namespace) -> int:
    """The comparison of the cases as a file, with the corrections that people made."""
    from compliance.case.correction_file import record_of
    from compliance.case.paper import case_paper
    from compliance.case.reconcile import repeated, sums
    from compliance.case.sheets import case_sheets, facts_sheet
    from compliance.cases import cases
    from compliance.comparison import compare
    from compliance.writer.sheet import csv_file, workbook

    def content(documents: Sequence[Document]) -> bytes:
        give = {document.id: document for document in documents}.__getitem__
        found = [case for document in documents for case in cases(document)]
        record = record_of(options.kb)
        comparison = compare(found, record)
        if suffix == ".docx":
            return case_paper(comparison, give)
        if suffix == ".csv":
            return csv_file(facts_sheet(comparison, give))
        checks = [*(check for document in documents for check in sums(document)), *repeated(comparison.counted)]
        return workbook(case_sheets(comparison, give, checks, record))

    suffix = options.out.suffix.lower()
    if suffix not in (".xlsx", ".csv", ".docx"):
        return usage(f"{options.out}: expected a name that ends in .xlsx, .csv, .docx")
    return _write(options, options.out, content)


def _write(options: argparse.Namespace, path: Path, content: Callable[[Sequence[Document]], bytes]) -> int:
    """Writes what is made of the documents (or of the one asked for) to a file."""
    from law.store import Store

    with Store.open(options.kb) as store:
        known = [entry.id for entry in store.documents()]
        if options.doc is not None and options.doc not in known:
            return no_document(options, store, options.doc)
        made = content([store.document(id) for id in ([options.doc] if options.doc else known)])
    path.write_bytes(made)
    tell(options, f"wrote {path}")
    return OK


def write_course(options: argparse.Namespace) -> int:
    """A course for a topic, proposed from the knowledge base, in all its editions."""
    from compliance.case.correction_file import record_of
    from compliance.comparison import told
    from compliance.course import Audience
    from compliance.lesson.contract import course_text
    from compliance.lesson.gathering import FOUND, traces
    from compliance.lesson.markdown import course_markdown
    from compliance.lesson.pictures import boxed_pages
    from compliance.lesson.proposal import propose
    from compliance.lesson.teaching import written
    from index.knowledge import reach
    from law.store import Store

    with Store.open(options.kb) as store:
        reached = reach(store)
        searcher = open_index(options, store, reached)

        def documents(id: str) -> Document | None:
            return searcher.documents(id) if id in reached.versions else None

        def source(id: str) -> Path:
            return store.source(id, reached.versions[id])

        found = searcher.search(options.topic, k=FOUND)
        hits = traces(found.hits) if found.answerable else ()
        course = propose(
            options.topic,
            hits,
            searcher.documents,
            Audience(options.audience),
            count=options.questions,
            cases_of=partial(told, record=record_of(options.kb)),
        )
        if not course.lessons:
            warn(f"no clause in {options.kb} lays down a duty on {options.topic!r}: try another word")
            return REFUSED
        if options.json:
            print(course_text(course))
        elif options.out is None:
            print(course_markdown(course, documents))
        if options.out is not None:
            options.out.mkdir(parents=True, exist_ok=True)
            for name, made in written(course, documents, boxed_pages(source, documents)):
                (options.out / name).write_bytes(made)
                tell(options, f"wrote {options.out / name}")
    return OK


def _each_document(
    options: argparse.Namespace,
    said: Callable[[Store, Document], Iterable[dict[str, Any]]],
    text: Callable[[dict[str, Any]], str],
) -> int:
    """Prints what is said of each document (or the one asked for), as JSON or as text."""
    from law.store import Store

    with Store.open(options.kb) as store:
        known = [entry.id for entry in store.documents()]
        if options.doc is not None and options.doc not in known:
            return no_document(options, store, options.doc)
        for id in [options.doc] if options.doc else known:
            for one in said(store, store.document(id)):
                if options.json:
                    say_json(one)
                else:
                    print(text(one))
    return OK


def check_draft(options: argparse.Namespace) -> int:
    """Checks the citations and quotations of a text; exit code 1 when one is wrong."""
    from compliance.verify import Finding, checked_json, verify
    from law.store import Store

    try:
        text = sys.stdin.read() if str(options.file) == "-" else options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return usage(f"{options.file}: expected a UTF-8 text, found {error}")
    with Store.open(options.kb) as store:
        documents = [store.document(entry.id) for entry in store.documents()]
        past = [entry for entry in store.documents(superseded=True) if entry.superseded]
        checks = verify(text, documents, earlier=[store.document(entry.id, entry.version) for entry in past])
    for check in checks:
        if options.json:
            say_json(checked_json(check))
        elif check.is_fault or not options.quiet:
            verdict = "誤り" if check.is_fault else "一致" if check.finding is Finding.MATCH else "未照合"
            print(f"{verdict}\t{check.words[:60]}\t{check.message}")
    faults = sum(check.is_fault for check in checks)
    tell(options, f"{len(checks)} citations and quotations, {faults} fault(s)")
    return REFUSED if faults else OK
