"""`konkyo ingest`: files read apart, stored, indexed; a line of verdict each."""

from __future__ import annotations

import argparse
import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import OK, REFUSED, say_json, tell, warn
from law.contract import finding_json
from law.document import Finding
from law.errors import KonkyoError

if TYPE_CHECKING:
    from ingest.apart import Outcome
    from law.document import Document
    from law.store import Store


def ingest(options: argparse.Namespace) -> int:
    """Reads files and folders into the knowledge base; exit code 1 when one was refused."""
    from concurrent.futures import ThreadPoolExecutor

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
                say_json(reports[path])
            sys.stdout.flush()
        if is_stale(store):
            rebuild(store, tools.result() if tools else open_tools(settings), fresh)
    if not paths:
        warn(f"no PDF in {', '.join(str(p) for p in options.paths)}: name a .pdf file or a folder")
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
    tell(options, f"unchanged    {path}")
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

    if options.json and not options.quiet:  # a program follows, the app: it draws the bars
        yield from read_apart(
            paths, progress=lambda path, done, count: tell(options, f"reading      {path}: {done}/{count}")
        )
        return
    if options.quiet or not sys.stderr.isatty() or not paths:
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
    tell(options, f"{stored.verdict.value:12s} {path}: {len(document.sheets)} pages, {len(document.clauses)} clauses")
    for finding in document.findings:
        tell(options, f"    {finding.english}\n    {finding.japanese}")
    return {
        "path": str(path),
        "doc": stored.id,
        "verdict": stored.verdict.value,
        "pages": len(document.sheets),
        "clauses": len(document.clauses),
        "findings": [finding_json(finding) for finding in document.findings],
    }


def _refused(options: argparse.Namespace, path: Path, why: Finding) -> dict[str, Any]:
    if options.json:
        tell(options, f"refused      {path}")
    else:
        warn(f"refused      {path}\n    {why.english}\n    {why.japanese}")
    finding = {**finding_json(why), "english": why.english}
    return {"path": str(path), "doc": None, "verdict": "refused", "pages": 0, "clauses": 0, "findings": [finding]}
