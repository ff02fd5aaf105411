"""Print the sample documents: `python corpus/print.py [NAME...]` from the repository's root.

Reads `corpus/sources/NAME.txt`, writes `corpus/NAME.pdf` and `corpus/expected/NAME.outline.txt`.
With no name, all of them. The same sources give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from drawing import draw, measure, register_faces
from golden import outline
from layouts import LAYOUTS
from manuscript import ManuscriptError, read_manuscript
from setting import compose
from typeset import Typesetter

HERE = Path(__file__).resolve().parent


def print_one(name: str) -> str:
    """Print one document and its outline; the result is a line for the terminal."""
    manuscript = read_manuscript(HERE / "sources" / f"{name}.txt")
    layout = LAYOUTS[manuscript.layout]
    made = compose(manuscript, Typesetter(layout, measure))
    target = HERE / f"{name}.pdf"
    draw(made, layout, manuscript.running, target)
    golden = outline(manuscript, made)
    (HERE / "expected").mkdir(exist_ok=True)
    (HERE / "expected" / f"{name}.outline.txt").write_text(golden, encoding="utf-8")
    clauses = golden.count("\n")
    return f"{target.name}: {len(made)} pages, {clauses} clauses, {target.stat().st_size} bytes"


def main(names: list[str]) -> int:
    """Print the named documents, or all; 1 when a source cannot be read."""
    register_faces()
    for name in names or sorted(file.stem for file in (HERE / "sources").glob("*.txt")):
        try:
            sys.stdout.write(print_one(name) + "\n")
        except (ManuscriptError, FileNotFoundError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
