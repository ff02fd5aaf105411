"""The `konkyo` command: composition, progress bars, exit codes.

JSON goes to standard output, everything else to standard error. Exit codes: 0 all good; 1 some input
was refused (the report says which and why); 2 wrong usage; 3 the knowledge base is missing, locked or
damaged. Heavy parts are imported by the commands that need them, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands import care, find, ingest, practice
from commands.console import DAMAGED, OK, warn
from law.errors import KonkyoError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code."""
    options = _parser().parse_args(arguments)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that reading processes end with us
    try:
        return int(options.run(options))
    except KonkyoError as error:
        warn(f"{error}\n        {error.japanese}")
        return DAMAGED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        warn(f"{error.filename or options.kb}: {error.strerror or error}. Check the disk and the rights of the folder.")
        return DAMAGED
    except KeyboardInterrupt:
        warn("stopped; what was stored is whole")
        return 130


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    where = "the knowledge base (default: kb, or $KONKYO_KB)"
    common.add_argument("--kb", type=Path, default=_default_kb(), help=where)
    common.add_argument("--json", action="store_true", help="JSON on standard output")
    common.add_argument("--quiet", action="store_true", help="no progress and no remarks")
    what = "Finds the clause: exact quotations from Japanese regulatory PDFs."
    parser = argparse.ArgumentParser(prog="konkyo", description=what)
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        made.add_argument("--version", action=_Version)
        made.set_defaults(run=run)
        return made

    read = command("ingest", ingest.ingest, "read PDFs or folders of PDFs into the knowledge base")
    read.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    read.add_argument("--again", action="store_true", help="read files again that are stored already")
    search = command("search", find.find, "find the clause that covers a question")
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
    show = command("show", find.show, "show a document's clause tree, or one clause")
    show.add_argument("doc")
    show.add_argument("clause", nargs="?")
    command("list", care.list_documents, "list the documents")
    listed = command(
        "obligations", practice.list_obligations, "list the duties: who must do what, how strictly, by when"
    )
    listed.add_argument("--doc", help="only this document")
    listed.add_argument("--out", type=Path, metavar="FILE", help="write the register: .xlsx, .csv or .docx")
    listed.add_argument("--checklist", type=Path, metavar="FILE", help="write the checklist (点検表) instead")
    found = command(
        "cases", practice.list_cases, "list the enforcement cases: who, what was found, which measure, on which ground"
    )
    found.add_argument("--doc", help="only this document")
    found.add_argument("--out", type=Path, metavar="FILE", help="write the comparison: .xlsx, .csv or .docx")
    course = command("course", practice.write_course, "propose a course for a topic: lessons, cases, points, a quiz")
    course.add_argument("topic", metavar="TOPIC")
    audience = ("全社員", "管理者", "委託先管理担当", "システム担当")
    course.add_argument("--audience", choices=audience, default=audience[1], help="whom it is for (default 管理者)")
    course.add_argument("--questions", type=_count, default=10, help="questions of the quiz (1 to 50, default 10)")
    course.add_argument("--out", type=Path, metavar="DIR", help="write Word, PowerPoint, Excel, CSV and Markdown there")
    verify = command(
        "verify", practice.check_draft, "check every citation and quotation of a text against the documents"
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="a UTF-8 text, or - for standard input")
    evaluate = command("eval", find.evaluate, "score the search on a file of questions with known answers")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    command("doctor", care.doctor, "check dictionary, model, catalogue, files and index")
    command("reindex", care.reindex, "build the search index again from the catalogue")
    remove = command("remove", care.remove, "remove a document and its files")
    remove.add_argument("doc")
    serve = command("serve", care.serve, "open the app in the browser")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--headless", action="store_true", help="do not open a browser")
    return parser


def _default_kb() -> Path:
    return Path(os.environ.get("KONKYO_KB") or "kb")


class _Version(argparse.Action):
    """Says the version, and looks it up only when asked: a twentieth of the start of every command."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help="show the version and end")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            found = version("konkyo")
        except PackageNotFoundError:
            found = "(not installed)"
        sys.stdout.write(f"konkyo {found}\n")
        parser.exit()


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 50:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 50, found {text!r}")
    return int(text)


def _date(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", text):
        raise argparse.ArgumentTypeError(f"expected a date as 2024, 2024-09 or 2024-09-01, found {text!r}")
    return text


if __name__ == "__main__":
    raise SystemExit(main())
