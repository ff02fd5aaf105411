"""The `konkyo` command: composition, progress bars, exit codes.

JSON goes to standard output, everything else to standard error. Exit codes: 0 all good; 1 some input
was refused (the report says which and why); 2 wrong usage; 3 the knowledge base is missing, locked or
damaged. Heavy parts are imported by the commands that need them, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import signal
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from law.contract import finding_json
from law.document import Finding
from law.errors import KonkyoError

if TYPE_CHECKING:
    from ingest.apart import Outcome
    from law.document import Document
    from law.store import Store

OK, REFUSED, USAGE, DAMAGED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code."""
    options = _parser().parse_args(arguments)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that reading processes end with us
    try:
        return int(options.run(options))
    except KonkyoError as error:
        _warn(f"{error}\n        {error.japanese}")
        return DAMAGED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        _warn(
            f"{error.filename or options.kb}: {error.strerror or error}. Check the disk and the rights of the folder."
        )
        return DAMAGED
    except KeyboardInterrupt:
        _warn("stopped; what was stored is whole")
        return 130


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    where = "the knowledge base (default: kb, or $KONKYO_KB)"
    common.add_argument("--kb", type=Path, default=_default_kb(), help=where)
    common.add_argument("--json", action="store_true", help="JSON on standard output")
    common.add_argument("--quiet", action="store_true", help="no progress and no remarks")
    what = "Finds the clause: exact quotations from Japanese regulatory PDFs."
    parser = argparse.ArgumentParser(prog="konkyo", description=what)
    parser.add_argument("--version", action="version", version=f"konkyo {_version()}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        made.add_argument("--version", action="version", version=f"konkyo {_version()}")
        made.set_defaults(run=run)
        return made

    ingest = command("ingest", _ingest, "read PDFs or folders of PDFs into the knowledge base")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    ingest.add_argument("--again", action="store_true", help="read files again that are stored already")
    search = command("search", _search, "find the clause that covers a question")
    search.add_argument("question", nargs="?", help="the question, in words or with a clause number")
    search.add_argument("-k", type=_count, default=5, help="how many clauses to show (1 to 50, default 5)")
    search.add_argument("--batch", type=Path, metavar="FILE.jsonl", help='one {"id", "question"} a line')
    search.add_argument("--doc", help="only this document")
    search.add_argument("--kind", help="only this kind: guideline, enforcement, …")
    search.add_argument("--authority", help="only this authority")
    search.add_argument(
        "--from", dest="date_from", type=_date, metavar="DATE", help="from this date (2024, 2024-09, 2024-09-01)"
    )
    search.add_argument("--to", dest="date_to", type=_date, metavar="DATE", help="to this date")
    show = command("show", _show, "show a document's clause tree, or one clause")
    show.add_argument("doc")
    show.add_argument("clause", nargs="?")
    command("list", _list, "list the documents")
    listed = command("obligations", _obligations, "list the duties: who must do what, how strictly, by when")
    listed.add_argument("--doc", help="only this document")
    found = command("cases", _cases, "list the enforcement cases: who, what was found, which measure, on which ground")
    found.add_argument("--doc", help="only this document")
    verify = command("verify", _verify, "check every citation and quotation of a text against the documents")
    verify.add_argument("file", type=Path, metavar="FILE", help="a UTF-8 text, or - for standard input")
    evaluate = command("eval", _eval, "score the search on a file of questions with known answers")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    command("doctor", _doctor, "check dictionary, model, catalogue, files and index")
    command("reindex", _reindex, "build the search index again from the catalogue")
    remove = command("remove", _remove, "remove a document and its files")
    remove.add_argument("doc")
    serve = command("serve", _serve, "open the app in the browser")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--headless", action="store_true", help="do not open a browser")
    return parser


def _default_kb() -> Path:
    return Path(os.environ.get("KONKYO_KB") or "kb")


def _version() -> str:
    try:
        return version("konkyo")
    except PackageNotFoundError:
        return "(not installed)"


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 50:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 50, found {text!r}")
    return int(text)


def _date(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", text):
        raise argparse.ArgumentTypeError(f"expected a date as 2024, 2024-09 or 2024-09-01, found {text!r}")
    return text


def _tell(options: argparse.Namespace, text: str) -> None:
    if not getattr(options, "quiet", False):
        print(text, file=sys.stderr)


def _warn(text: str) -> None:
    """A refusal or a fault: said also where --quiet asks for no remarks."""
    print(f"konkyo: {text}", file=sys.stderr)


def _say_json(what: object) -> None:
    print(json.dumps(what, ensure_ascii=False))


# -- ingest ---------------------------------------------------------------------------------------


def _ingest(options: argparse.Namespace) -> int:
    from index.knowledge import is_stale, open_tools, rebuild
    from index.settings import read_settings
    from law.store import Store

    paths = list(_pdfs(options.paths))
    reports: dict[Path, dict[str, Any]] = {}
    fresh: list[Document] = []
    settings = read_settings(options.kb)
    with Store.open(options.kb, create=True) as store, store.writing(), ThreadPoolExecutor(1) as beside:
        unread, copies = _unread(options, store, paths, reports)
        # Dictionary and model are opened while the reading processes work.
        tools = beside.submit(open_tools, settings) if unread else None
        for outcome in _outcomes(options, unread):
            reports[outcome.path] = _stored(options, store, outcome, fresh)
        for copy, first in copies.items():
            reports[copy] = {**reports[first], "path": str(copy)}
        if options.json:
            for path in paths:
                _say_json(reports[path])
            sys.stdout.flush()
        if is_stale(store):
            rebuild(store, tools.result() if tools else open_tools(settings), fresh)
    if not paths:
        _warn(f"no PDF in {', '.join(str(p) for p in options.paths)}: name a .pdf file or a folder")
    return OK if paths and all(r["verdict"] != "refused" for r in reports.values()) else REFUSED


def _unread(
    options: argparse.Namespace, store: Store, paths: Sequence[Path], reports: dict[Path, dict[str, Any]]
) -> tuple[list[Path], dict[Path, Path]]:
    """The files to be read, and copies of these by the file they equal; the others are reported at once.

    Two different files that would get the same id in one call are refused from the second on: one would
    silently take the place of the other.
    """
    unread: list[Path] = []
    copies: dict[Path, Path] = {}
    by_bytes: dict[str, Path] = {}
    by_id: dict[str, Path] = {}
    for path in paths:
        sha256, id = _identity(path)
        known = None if options.again else _known(store, path, sha256)
        if known is not None:
            reports[path] = _unchanged(options, store, path, known)
        elif sha256 is not None and sha256 in by_bytes:
            copies[path] = by_bytes[sha256]
        elif id in by_id:
            reports[path] = _refused(options, path, _same_id(id, by_id[id]))
        else:
            unread.append(path)
        if sha256 is not None and path not in reports:
            by_bytes.setdefault(sha256, path)
            by_id.setdefault(id, path)
    return unread, copies


def _identity(path: Path) -> tuple[str | None, str]:
    """The checksum of a file (None where it cannot be read), and the id it would be stored under."""
    from ingest.about import read_sidecar
    from law.errors import SourceError

    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        sha256 = None
    try:
        given = read_sidecar(path.with_suffix(".toml")).id
    except (SourceError, OSError):
        given = None
    return sha256, unicodedata.normalize("NFC", given or path.stem)


def _same_id(id: str, other: Path) -> Finding:
    return Finding(
        "same-id",
        f"文書ID「{id}」が、同時に指定された別のファイル「{other}」と重なります。"
        "ファイル名を変えるか、添付の設定ファイル（.toml）でIDを指定してください。",
        f"the id {id!r} is also that of another file named, {other}: rename one, or give it an id in its sidecar",
    )


def _pdfs(paths: Iterable[Path]) -> Iterable[Path]:
    """The files named, and the PDFs in the folders named, each once, in order."""
    seen: set[Path] = set()
    for path in paths:
        try:
            inside = (p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            named = [(file, file.resolve()) for file in (sorted(inside) if path.is_dir() else (path,))]
        except (OSError, RuntimeError):  # a link to itself, a name too long: refused as missing when it is read
            named = [(path, path.absolute())]
        for file, place in named:
            if place not in seen:
                seen.add(place)
                yield file


def _known(store: Store, path: Path, sha256: str | None) -> str | None:
    """The id these very bytes are stored under, unless a sidecar now says otherwise."""
    from ingest.about import agrees, read_sidecar
    from law.errors import SourceError

    known = store.find_sha256(sha256) if sha256 is not None else None
    if known is None:
        return None
    try:
        return known if agrees(read_sidecar(path.with_suffix(".toml")), store.document(known)) else None
    except (OSError, SourceError):
        return None  # a sidecar that cannot be read is refused with the file


def _unchanged(options: argparse.Namespace, store: Store, path: Path, known: str) -> dict[str, Any]:
    _tell(options, f"unchanged    {path}")
    entry = next(e for e in store.documents() if e.id == known)
    return {
        "path": str(path),
        "doc": known,
        "verdict": "unchanged",
        "pages": entry.pages,
        "clauses": entry.clauses,
        "findings": [],
    }


def _outcomes(options: argparse.Namespace, paths: Sequence[Path]) -> Iterable[Outcome]:
    """Each file's outcome, with a bar a file where a person is watching."""
    from ingest.apart import read_apart

    if options.quiet or options.json or not sys.stderr.isatty() or not paths:
        yield from read_apart(paths)
        return
    import tqdm  # only where a bar is shown

    with tqdm.tqdm(total=len(paths), unit="file", file=sys.stderr) as bar:

        def progress(path: Path, done: int, count: int) -> None:
            bar.set_postfix_str(f"{path.name} {done}/{count} pages")

        for outcome in read_apart(paths, progress=progress):
            bar.update()
            yield outcome


def _stored(options: argparse.Namespace, store: Store, outcome: Outcome, fresh: list[Document]) -> dict[str, Any]:
    path, reading = outcome.path, outcome.reading
    if reading is None:
        refusal = outcome.refusal
        assert refusal is not None  # an outcome is one or the other
        return _refused(options, path, Finding(refusal.code, refusal.japanese, str(refusal), refusal.page))
    document = reading.document
    try:
        stored = store.add(document, path, again=True, found=reading.references)
    except KonkyoError as error:
        return _refused(options, path, Finding("not-stored", error.japanese, str(error)))
    if stored.verdict.value != "unchanged":
        fresh.append(document)
    _tell(options, f"{stored.verdict.value:12s} {path}: {len(document.sheets)} pages, {len(document.clauses)} clauses")
    for finding in document.findings:
        _tell(options, f"    {finding.english}\n    {finding.japanese}")
    return {
        "path": str(path),
        "doc": stored.id,
        "verdict": stored.verdict.value,
        "pages": len(document.sheets),
        "clauses": len(document.clauses),
        "findings": [finding_json(finding) for finding in document.findings],
    }


def _refused(options: argparse.Namespace, path: Path, why: Finding) -> dict[str, Any]:
    if not options.json:
        _warn(f"refused      {path}\n    {why.english}\n    {why.japanese}")
    finding = {**finding_json(why), "english": why.english}
    return {"path": str(path), "doc": None, "verdict": "refused", "pages": 0, "clauses": 0, "findings": [finding]}


# -- search and show ------------------------------------------------------------------------------


def _search(options: argparse.Namespace) -> int:
    from index.knowledge import open_searcher, open_tools
    from index.search import Scope, result_json
    from index.settings import read_settings
    from law.store import Store
    from ui.terminal import result_text

    if (options.question is None) == (options.batch is None):
        _warn("search needs a question or --batch FILE.jsonl, one of the two")
        return USAGE
    scope = Scope(options.doc, options.kind, options.date_from, options.date_to, options.authority)
    with Store.open(options.kb) as store:
        if options.doc is not None and options.doc not in {entry.id for entry in store.documents()}:
            return _no_document(options, store, options.doc)
        searcher = open_searcher(store, open_tools(read_settings(options.kb)))
        if options.batch is not None:
            for asked in _lines(options.batch, "question"):
                result = searcher.search(str(asked["question"]), k=options.k, scope=scope)
                _say_json(result_json(result, asked.get("id")))
            return OK
        result = searcher.search(options.question, k=options.k, scope=scope)
        if options.json:
            _say_json(result_json(result))
        else:
            print(result_text(result_json(result)))
    return OK


def _lines(path: Path, *needed: str) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line, each with the keys that are needed.

    Raises:
        SystemExit: the file cannot be read or a line is no such object; the message says which.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(_usage(f"{path}: expected a UTF-8 file of questions, found {error}")) from error
    objects = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        if not isinstance(said, dict) or any(key not in said for key in needed):
            wanted = ", ".join(f'"{key}"' for key in needed)
            raise SystemExit(_usage(f"{path}, line {number}: expected an object with {wanted}, found {line[:60]!r}"))
        objects.append(said)
    return objects


def _usage(text: str) -> int:
    _warn(text)
    return USAGE


def _show(options: argparse.Namespace) -> int:
    from law.contract import clause_json, document_json
    from law.outline import find_clauses
    from law.store import Store
    from ui.terminal import clause_text, tree_text

    with Store.open(options.kb) as store:
        options.doc = unicodedata.normalize("NFC", options.doc)
        if options.doc not in {entry.id for entry in store.documents()}:
            return _no_document(options, store, options.doc)
        document = store.document(options.doc)
        found = store.references(options.doc)
        if options.clause is None:
            whole = document_json(document, found)
            print(json.dumps(whole, ensure_ascii=False) if options.json else tree_text(whole))
            return OK
        clauses = find_clauses(document, options.clause)
        if len(clauses) != 1:
            near = "; ".join(clause.path for clause in clauses[:8]) or "none of that name"
            _warn(f"expected one clause of {options.doc} for {options.clause!r}, found {near}")
            return USAGE
        shown = clause_json(document, clauses[0], found)
        print(json.dumps(shown, ensure_ascii=False) if options.json else clause_text(shown))
    return OK


def _no_document(options: argparse.Namespace, store: Store, doc: str) -> int:
    known = ", ".join(entry.id for entry in store.documents()) or "none"
    _warn(f"no document {doc!r} in {options.kb}; there are: {known}")
    return USAGE


def _obligations(options: argparse.Namespace) -> int:
    from compliance.obligations import obligation_json, obligations
    from ui.terminal import obligation_text

    def said(store: Store, document: Document) -> Iterable[dict[str, Any]]:
        found = obligations(document, found=store.references(document.id))
        return (obligation_json(one, document) for one in found)

    return _each_document(options, said, obligation_text)


def _cases(options: argparse.Namespace) -> int:
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
            return _no_document(options, store, options.doc)
        for id in [options.doc] if options.doc else known:
            for one in said(store, store.document(id)):
                if options.json:
                    _say_json(one)
                else:
                    print(text(one))
    return OK


def _verify(options: argparse.Namespace) -> int:
    from compliance.verify import checked_json, verify
    from law.store import Store

    try:
        text = sys.stdin.read() if str(options.file) == "-" else options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return _usage(f"{options.file}: expected a UTF-8 text, found {error}")
    with Store.open(options.kb) as store:
        documents = [store.document(entry.id) for entry in store.documents()]
        past = [entry for entry in store.documents(superseded=True) if entry.superseded]
        checks = verify(text, documents, earlier=[store.document(entry.id, entry.version) for entry in past])
    for check in checks:
        if options.json:
            _say_json(checked_json(check))
        elif check.is_fault or not options.quiet:
            print(f"{'誤り' if check.is_fault else '一致'}\t{check.words[:60]}\t{check.message}")
    faults = sum(check.is_fault for check in checks)
    _tell(options, f"{len(checks)} citations and quotations, {faults} fault(s)")
    return REFUSED if faults else OK


def _eval(options: argparse.Namespace) -> int:
    from index.evaluate import changes, judge
    from index.knowledge import open_searcher, open_tools
    from index.search import result_json
    from index.settings import read_settings
    from law.store import Store
    from ui.terminal import figures_text

    questions = _lines(options.questions, "id", "question", "answerable")
    with Store.open(options.kb) as store:
        searcher = open_searcher(store, open_tools(read_settings(options.kb)))
        rows = [judge(q, result_json(searcher.search(str(q["question"]), k=10), q["id"])) for q in questions]
    last = options.kb / f"eval-{options.questions.stem}.json"
    try:
        before = json.loads(last.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = None  # no earlier run, or one that was cut off
    last.write_text(json.dumps({row.id: row.rank for row in rows}), encoding="utf-8")
    if options.json:
        for row in rows:
            _say_json({"id": row.id, "rank": row.rank, "answered": row.answered, "page_right": row.page_right})
    else:
        print(figures_text(rows, None if before is None else changes(rows, before)))
    return OK


# -- care -----------------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> int:
    from law.store import Store

    with Store.open(options.kb) as store:
        for entry in store.documents():
            if options.json:
                about = {"title": entry.title, "authority": entry.authority, "date": entry.date, "kind": entry.kind}
                _say_json({"doc": entry.id, **about, "pages": entry.pages, "clauses": entry.clauses})
            else:
                print(f"{entry.id}\t{entry.date or '-'}\t{entry.pages}頁\t{entry.clauses}条項\t{entry.title}")
    return OK


def _doctor(options: argparse.Namespace) -> int:
    from index.folder import self_test
    from index.knowledge import open_searcher, open_tools
    from index.settings import read_settings
    from law.store import Store

    faults: list[Finding] = []
    with Store.open(options.kb) as store:
        faults += store.check()
        try:
            tools = open_tools(read_settings(options.kb))
            _tell(options, f"dictionary   {tools.mecab.version}\nmodel        {tools.encoder.name}")
            if store.documents():
                faults += [Finding("blind", b.japanese, b.english) for b in self_test(open_searcher(store, tools))]
        except KonkyoError as error:
            faults.append(Finding("index", error.japanese, str(error)))
        _tell(options, f"documents    {len(store.documents())}")
    for fault in faults:
        _tell(options, f"fault        {fault.english}\n             {fault.japanese}")
    if options.json:
        _say_json({"faults": [finding_json(fault) for fault in faults]})
    _tell(options, "all is well" if not faults else f"{len(faults)} fault(s)")
    return DAMAGED if faults else OK


def _reindex(options: argparse.Namespace) -> int:
    from index.knowledge import open_tools, rebuild
    from index.settings import read_settings
    from law.store import Store

    with Store.open(options.kb) as store:
        manifest = rebuild(store, open_tools(read_settings(options.kb)))
    _tell(options, f"indexed {manifest.documents} documents, {manifest.passages} passages with {manifest.encoder}")
    return OK


def _remove(options: argparse.Namespace) -> int:
    from index.knowledge import open_tools, rebuild
    from index.settings import read_settings
    from law.store import Store

    with Store.open(options.kb) as store, store.writing():
        if options.doc not in {entry.id for entry in store.documents()}:
            return _no_document(options, store, options.doc)
        tools = open_tools(read_settings(options.kb))  # first: a model that is missing must not cost the index
        store.remove(options.doc)
        rebuild(store, tools)
    _tell(options, f"removed {options.doc} and its files")
    return OK


def _serve(options: argparse.Namespace) -> int:
    from streamlit.web import bootstrap  # only to open the app

    os.environ["KONKYO_KB"] = str(options.kb.resolve())
    app = Path(__file__).resolve().parent / "app.py"
    bootstrap.load_config_options(
        {
            "server.port": options.port,
            "server.address": "127.0.0.1",
            "server.headless": options.headless,
            "browser.gatherUsageStats": False,
            "client.toolbarMode": "viewer",
        }
    )
    bootstrap.run(str(app), False, [], {})
    return OK


if __name__ == "__main__":
    raise SystemExit(main())
