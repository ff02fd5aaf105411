"""`konkyo list`, `doctor`, `reindex`, `remove` and `serve`: the care of the knowledge base."""

from __future__ import annotations

import argparse
import os
import threading
from pathlib import Path

from commands.console import DAMAGED, OK, no_document, say_json, tell
from law.contract import finding_json
from law.document import Finding
from law.errors import KonkyoError


def list_documents(options: argparse.Namespace) -> int:
    """The documents, one a line."""
    from law.store import Store

    with Store.open(options.kb) as store:
        for entry in store.documents():
            if options.json:
                about = {"title": entry.title, "authority": entry.authority, "date": entry.date, "kind": entry.kind}
                say_json({"doc": entry.id, **about, "pages": entry.pages, "clauses": entry.clauses})
            else:
                print(f"{entry.id}\t{entry.date or '-'}\t{entry.pages}頁\t{entry.clauses}条項\t{entry.title}")
    return OK


def doctor(options: argparse.Namespace) -> int:
    """Checks dictionary, model, catalogue, files and index; exit code 3 when something is wrong."""
    from index.folder import self_test
    from index.knowledge import open_searcher, open_tools, reach
    from index.settings import read_settings
    from law.store import Store

    faults: list[Finding] = []
    with Store.open(options.kb) as store:
        faults += store.check()
        try:
            tools = open_tools(read_settings(options.kb))
            tell(options, f"dictionary   {tools.mecab.version}\nmodel        {tools.encoder.name}")
            if store.documents():
                faults += [Finding("blind", b.japanese, b.english) for b in self_test(open_searcher(store, tools))]
                behind = reach(store).note
                faults += [Finding("index-behind", behind[1], behind[0])] if behind else []
        except KonkyoError as error:
            faults.append(Finding("index", error.japanese, str(error)))
        tell(options, f"documents    {len(store.documents())}")
    for fault in faults:
        tell(options, f"fault        {fault.english}\n             {fault.japanese}")
    if options.json:
        say_json({"faults": [finding_json(fault) for fault in faults]})
    tell(options, "all is well" if not faults else f"{len(faults)} fault(s)")
    return DAMAGED if faults else OK


def reindex(options: argparse.Namespace) -> int:
    """Builds the search index again from the catalogue."""
    from index.knowledge import open_tools, rebuild
    from index.settings import read_settings
    from law.store import Store

    with Store.open(options.kb) as store:
        manifest = rebuild(store, open_tools(read_settings(options.kb)))
    tell(options, f"indexed {manifest.documents} documents, {manifest.passages} passages with {manifest.encoder}")
    return OK


def remove(options: argparse.Namespace) -> int:
    """Removes a document with its files, and indexes what is left."""
    from index.knowledge import open_tools, rebuild
    from index.settings import read_settings
    from law.store import Store

    with Store.open(options.kb) as store, store.writing():
        if options.doc not in {entry.id for entry in store.documents()}:
            return no_document(options, store, options.doc)
        tools = open_tools(read_settings(options.kb))  # first: a model that is missing must not cost the index
        store.remove(options.doc)
        rebuild(store, tools)
    tell(options, f"removed {options.doc} and its files")
    return OK


def serve(options: argparse.Namespace) -> int:
    """Opens the app."""
    os.environ["KONKYO_KB"] = str(options.kb.resolve())
    app = Path(__file__).resolve().parent.parent / "app.py"
    os.chdir(app.parent)  # Streamlit reads the settings in .streamlit/ of the folder it is started in
    from streamlit.web import bootstrap  # only to open the app

    from ui.shelf import warm

    bootstrap.load_config_options(
        {
            "server.port": options.port,
            "server.address": "127.0.0.1",
            "server.headless": options.headless,
            "browser.gatherUsageStats": False,
            "client.toolbarMode": "viewer",
        }
    )
    threading.Thread(target=warm, name="konkyo-warm", daemon=True).start()
    bootstrap.run(str(app), False, [], {})
    return OK
