"""Whole ingestion against a bare text extraction of the same pages, in one run.

    python bench/ingest.py [FOLDER] [--rounds 5]

Two commands are timed in turn, each in a process of its own, interpreter start included: `konkyo ingest`
into a new knowledge base (reading, catalogue, vectors, index), and a loop of pdfplumber's
`page.extract_text()`. The target is a ratio of at most 1.2.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import sys, pdfplumber
for name in sys.argv[1:]:
    with pdfplumber.open(name) as pdf:
        for page in pdf.pages:
            page.extract_text()
"""
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Prints the medians and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = [str(path) for path in sorted(options.folder.glob("*.pdf"))]
    bare, ours = [], []
    for _ in range(options.rounds):
        bare.append(_timed([sys.executable, "-c", BARE, *files]))
        with tempfile.TemporaryDirectory() as kb:
            ours.append(_timed([sys.executable, str(ROOT / "cli.py"), "ingest", "--quiet", "--kb", kb, *files]))
    one, two = statistics.median(bare), statistics.median(ours)
    print(f"files {len(files)}  rounds {options.rounds}")
    print(f"bare page.extract_text()  {one:.2f} s  {[round(t, 2) for t in bare]}")
    print(f"konkyo ingest             {two:.2f} s  {[round(t, 2) for t in ours]}")
    print(f"ratio                     {two / one:.2f}  (target 1.20)")


def _timed(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
