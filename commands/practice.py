"""`konkyo obligations`, `cases` and `verify`: the practice at the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from commands.console import OK, REFUSED, no_document, say_json, tell, usage

if TYPE_CHECKING:
    from law.document import Document
    from law.store import Store


def list_obligations(options: argparse.Namespace) -> int:
    from compliance.obligations import obligation_json, obligations
    from ui.terminal import obligation_text

    def said(store: Store, document: Document) -> Iterable[dict[str, Any]]:
        found = obligations(document, found=store.references(document.id))
        return (obligation_json(one, document) for one in found)

    return _each_document(options, said, obligation_text)


def list_cases(options: argparse.Namespace) -> int:
    from compliance.case_json import case_json
    from compliance.cases import cases
    from ui.terminal import case_text

    def said(store: Store, document: Document) -> Iterable[dict[str, Any]]:
        return (case_json(one, document) for one in cases(document))

    return _each_document(options, said, case_text)


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
    from compliance.verify import checked_json, verify
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
            print(f"{'誤り' if check.is_fault else '一致'}\t{check.words[:60]}\t{check.message}")
    faults = sum(check.is_fault for check in checks)
    tell(options, f"{len(checks)} citations and quotations, {faults} fault(s)")
    return REFUSED if faults else OK
