"""Proof-read the printed samples: `python corpus/proof.py [FOLDER...]` from the repository's root.

Reads every PDF back with pdfplumber and compares its characters, as a multiset, with the source;
checks that a second printing gives the same bytes; and, for each FOLDER of other people's texts
(`.txt`, `.jsonl`), that no run of more than 40 characters is shared with them.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
from drawing import draw, furniture, measure, register_faces
from layouts import LAYOUTS
from manuscript import Manuscript, read_manuscript
from setting import begins, compose
from typeset import Page, Typesetter, contents, glyphs

HERE = Path(__file__).resolve().parent
_RUN = 41
_DRAWN_ALONE = {"corner", "page", "number", "space", "toc", "columns", "figure"}


def printed(manuscript: Manuscript) -> Iterator[str]:
    """The characters that the source itself puts on paper, without the contents' page numbers."""
    for block in manuscript.blocks:
        if block.kind in _DRAWN_ALONE:
            continue
        yield block.label
        for glyph in glyphs(block.text):
            yield glyph.char + ("・" if glyph.style == "dots" else "")
    if any(block.kind == "toc" for block in manuscript.blocks):
        yield from (text for _, text in contents(manuscript))


def expected(manuscript: Manuscript, made: list[Page]) -> Counter[str]:
    """How often each character must stand in the PDF, full stops of the leaders apart."""
    layout = LAYOUTS[manuscript.layout]
    count = Counter("".join(printed(manuscript)).replace("｜", ""))
    count["／"] -= _figure_breaks(manuscript)
    for page in made:
        count.update("".join(run.text for run in furniture(page, layout, manuscript.running)))
    if any(block.kind == "toc" for block in manuscript.blocks):
        first = begins(manuscript, made)
        count.update("".join(str(first[i].folio) for i, _ in contents(manuscript)))
    return _visible(count)


def _figure_breaks(manuscript: Manuscript) -> int:
    """`／` parts the lines in a figure's box and is not printed."""
    return sum(block.text.count("／") for block in manuscript.blocks if block.kind == "box")


def read_back(file: Path) -> Counter[str]:
    """How often pdfplumber finds each character."""
    count: Counter[str] = Counter()
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            count.update("".join(char["text"] for char in page.chars))
            page.close()
    return _visible(count)


def _visible(count: Counter[str]) -> Counter[str]:
    return Counter({char: n for char, n in count.items() if n and not char.isspace() and char != "."})


def own_runs(manuscripts: list[Manuscript]) -> dict[str, str]:
    """Every run of 41 characters of ours, with the document it stands in."""
    runs: dict[str, str] = {}
    for manuscript in manuscripts:
        for block in manuscript.blocks:
            text = "".join(glyph.char for glyph in glyphs(block.text) if glyph.style != "mark")
            text = "".join(text.split())
            for i in range(len(text) - _RUN + 1):
                runs.setdefault(text[i : i + _RUN], manuscript.name)
    return runs


def shared(runs: dict[str, str], folder: Path) -> Iterator[str]:
    """Runs that also stand in a text under `folder`."""
    for file in sorted(folder.rglob("*")):
        if file.suffix not in {".txt", ".jsonl"}:
            continue
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".jsonl":
            text = "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in text.splitlines())
        text = "".join(text.split())
        for i in range(len(text) - _RUN + 1):
            if text[i : i + _RUN] in runs:
                yield f"{runs[text[i : i + _RUN]]} shares with {file.name}: {text[i : i + _RUN]}"


def proof(manuscript: Manuscript) -> Iterator[str]:
    """What is wrong with one printed document."""
    layout = LAYOUTS[manuscript.layout]
    made = compose(manuscript, Typesetter(layout, measure))
    file = HERE / f"{manuscript.name}.pdf"
    want, found = expected(manuscript, made), read_back(file)
    if want != found:
        yield f"{file.name}: missing {dict(want - found)}, too many {dict(found - want)}"
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "again.pdf"
        draw(made, layout, manuscript.running, again)
        if again.read_bytes() != file.read_bytes():
            yield f"{file.name}: printing again gives other bytes; run corpus/print.py"


def main(folders: list[str]) -> int:
    """Proof all; 1 when anything is wrong."""
    register_faces()
    manuscripts = [read_manuscript(file) for file in sorted((HERE / "sources").glob("*.txt"))]
    wrong = [line for manuscript in manuscripts for line in proof(manuscript)]
    runs = own_runs(manuscripts)
    for folder in folders:
        wrong += shared(runs, Path(folder))
    for line in wrong:
        sys.stderr.write(line + "\n")
    sys.stdout.write(f"{len(manuscripts)} documents, {len(wrong)} faults\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
