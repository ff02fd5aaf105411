"""The reading process: reads one PDF after another, with limits, and answers on standard output.

Run by `ingest.apart` as `python -m ingest.worker PARENT`, the number of the process it reads for. A request
is a line of JSON with the path and the file's own name; an answer is lines of JSON, the last with `length`
bytes of an encoded document behind it. Whatever a PDF does here, it does to this process only.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from ingest.read import read_pdf
from ingest.wire import encode
from law.errors import SourceError

MEMORY = 4 * 2**30
"""Bytes of address space; the 129 pages of the densest real guideline take a tenth of it."""


def main() -> None:
    """Answers requests until standard input ends."""
    _limit_memory()
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    logging.disable(logging.WARNING)  # pdfminer warns of every odd font; the findings say what matters
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing a library prints may come between the answers
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _answer(answers, Path(request["path"]), str(request["name"]))


def _end_with(parent: int) -> None:
    """Ends this process soon after its parent, however that one ended and whatever a file makes this one do."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _limit_memory() -> None:
    # Not on Windows, and not honoured by macOS: there the parent's time limit is what is left.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(answers: IO[bytes], path: Path, name: str) -> None:
    def progress(done: int, count: int) -> None:
        _say(answers, {"done": done, "count": count})

    try:
        data = encode(read_pdf(path, name=name, progress=progress))
    except SourceError as error:
        said = {"code": error.code, "english": str(error), "japanese": error.japanese, "page": error.page}
        _say(answers, {"refused": said})
    except (MemoryError, RecursionError) as error:
        _say(answers, {"refused": too_much(type(error).__name__)})
    except Exception as error:  # the rim: a hostile file may raise anything at all
        _say(answers, {"refused": unreadable(type(error).__name__)})
    else:
        _say(answers, {"length": len(data)})
        answers.write(data)
        answers.flush()


def _say(answers: IO[bytes], what: dict[str, Any]) -> None:
    answers.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
    answers.flush()


def too_much(why: str) -> dict[str, object]:
    """The refusal of a file that needs more memory, time or depth than any document does."""
    return {
        "code": "explodes",
        "english": f"expected a file that can be read within the limits, found one that exceeds them ({why}): "
        "check where it comes from, or print it to PDF again",
        "japanese": f"読み取りに必要な時間又はメモリが上限を超えたため中止しました（{why}）。"
        "ファイルの出所を確認し、必要ならPDFを作り直してください。",
        "page": None,
    }


def unreadable(why: str) -> dict[str, object]:
    """The refusal of a file whose content breaks the reader."""
    return {
        "code": "unreadable",
        "english": f"expected a PDF that keeps to the format, found content that cannot be read ({why}): "
        "open it in a PDF viewer, print it to PDF again and ingest that",
        "japanese": f"PDFの内容が規格に合わないため読み取れません（{why}）。"
        "PDF閲覧ソフトで開き、PDFとして印刷し直したものを取り込んでください。",
        "page": None,
    }


if __name__ == "__main__":
    main()
