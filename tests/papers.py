"""Papers written for these tests, printed as the real ones look and read back: `papers/NAME.txt`.

No real party is meant, and the words are our own. A line begins with `>` to stand right, with `=` to stand in the
middle in a larger type, else with as many wide spaces as it is indented; one with a label hangs under it.
"""

from __future__ import annotations

import re
from pathlib import Path

from printed import A4, B5, Printer

from ingest.read import read_pdf
from law.document import Document

FOLDER = Path(__file__).parent / "papers"
_LABEL = re.compile(
    r"^(?:第?[０-９0-9一二三四五六七八九十]+[．.、]?[　 ]|[（(][０-９0-9一二三四五六七八九十ア-ン]+[)）]"
    r"|[①-⑳]|[ⅠⅡⅢ]．|[ア-コ][　 ]|[・■○※])"
)


def notices() -> list[str]:
    """The names of the papers that tell of a case."""
    return sorted(path.stem for path in FOLDER.glob("*.txt") if not path.stem.startswith("guide_"))


def paper(name: str, folder: Path) -> Document:
    """The paper printed into a folder and read."""
    printer = Printer(B5 if len(name) % 2 else A4, folio="- {} -")
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        _set(printer, line)
    return read_pdf(printer.save(folder / f"{name}.pdf"))


def _set(printer: Printer, line: str) -> None:
    if not line:
        printer.space(0.7)
    elif line[0] == ">":
        printer.paragraph(line[1:], align="right")
    elif line[0] == "=":
        printer.paragraph(line[1:], align="centre", size=printer.paper.size + (1.5 if len(line) > 3 else 0))
    else:
        words = line.lstrip("　")
        indent = len(line) - len(words)
        hang = indent + 1 if _LABEL.match(words) else max(indent - 1, 0)
        printer.paragraph(words, first=indent, hang=hang)
