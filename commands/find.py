"""`konkyo search`, `show` and `eval`: the finder at the terminal."""

from __future__ import annotations

import argparse
import json
import unicodedata

from commands.console import OK, USAGE, lines, no_document, open_index, say_json, tell, warn
from law.errors import UnknownFilter


def find(options: argparse.Namespace) -> int:
    """The clauses that cover a question, or each of a batch; exit code 2 for a filter that no document has."""
    from index.scope import check
    from index.search import Scope, result_json
    from law.store import Store
    from ui.terminal import result_text

    if (options.question is None) == (options.batch is None):
        warn("search needs a question or --batch FILE.jsonl, one of the two")
        return USAGE
    scope = Scope(options.doc, options.kind, options.date_from, options.date_to, options.authority)
    with Store.open(options.kb) as store:
        if options.doc is not None and options.doc not in {entry.id for entry in store.documents()}:
            return no_document(options, store, options.doc)
        searcher = open_index(options, store)
        try:
            check(scope, searcher.parts.cards)
        except UnknownFilter as error:
            warn(f"{error}\n        {error.japanese}")
            return USAGE
        if options.batch is not None:
            for asked in lines(options.batch, "question"):
                result = searcher.search(str(asked["question"]), k=options.k, scope=scope)
                say_json(result_json(result, asked.get("id")))
            return OK
        result = searcher.search(options.question, k=options.k, scope=scope)
        if options.json:
            say_json(result_json(result))
        else:
            print(result_text(result_json(result)))
    return OK


def show(options: argparse.Namespace) -> int:
    """A document's clause tree, or one clause with its references both ways."""
    from law.contract import clause_json, document_json
    from law.outline import find_clauses
    from law.store import Store
    from ui.terminal import clause_text, tree_text

    with Store.open(options.kb) as store:
        options.doc = unicodedata.normalize("NFC", options.doc)
        if options.doc not in {entry.id for entry in store.documents()}:
            return no_document(options, store, options.doc)
        document = store.document(options.doc)
        found = store.references(options.doc)
        if options.clause is None:
            whole = document_json(document, found)
            print(json.dumps(whole, ensure_ascii=False) if options.json else tree_text(whole))
            return OK
        clauses = find_clauses(document, options.clause)
        if len(clauses) != 1:
            near = "; ".join(clause.path for clause in clauses[:8]) or "none of that name"
            warn(f"expected one clause of {options.doc} for {options.clause!r}, found {near}")
            return USAGE
        shown = clause_json(document, clauses[0], found)
        print(json.dumps(shown, ensure_ascii=False) if options.json else clause_text(shown))
    return OK


def evaluate(options: argparse.Namespace) -> int:
    """Scores the search on questions with known answers, and what changed since the last run."""
    from index.evaluate import changes, judge
    from index.search import result_json
    from law.store import Store
    from ui.terminal import figures_text

    questions = lines(options.questions, "id", "question", "answerable")
    with Store.open(options.kb) as store:
        searcher = open_index(options, store)
        rows = [judge(q, result_json(searcher.search(str(q["question"]), k=10), q["id"])) for q in questions]
    last = options.kb / f"eval-{options.questions.stem}.json"
    try:
        before = json.loads(last.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = None  # no earlier run, or one that was cut off
    try:
        last.write_text(json.dumps({row.id: row.rank for row in rows}), encoding="utf-8")
    except OSError as error:
        tell(options, f"this run is not kept for the next comparison: {last}: {error.strerror}")
    if options.json:
        for row in rows:
            say_json({"id": row.id, "rank": row.rank, "answered": row.answered, "page_right": row.page_right})
    else:
        print(figures_text(rows, None if before is None else changes(rows, before)))
    return OK
