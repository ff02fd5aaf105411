"""Imports point down, and heavy libraries live behind one file each (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "law": {"law"},
    "ingest": {"ingest", "law"},
    "index": {"index", "law"},
    "compliance": {"compliance", "index", "law"},
    "ui": {"ui", "compliance", "index", "law"},
    "app.py": {"ui"},
    "commands": {"commands", "ui", "compliance", "index", "ingest", "law"},
    "cli.py": {"commands", "law"},
}
OURS = {"law", "ingest", "index", "compliance", "ui", "commands", "app", "cli"}
ALONE = {
    "pdfplumber": {"ingest/pdf.py"},
    "pdfminer": {"ingest/pdf.py"},
    "pikepdf": {"ingest/repair.py"},
    "fugashi": {"index/mecab.py"},
    "unidic_lite": {"index/mecab.py"},
    "faiss": {"index/dense.py"},
    "sentence_transformers": {"index/encoder.py", "index/rerank.py"},
    "tokenizers": {"index/encoder.py"},
    "safetensors": {"index/encoder.py"},
    "pypdfium2": {"compliance/writer/picture.py"},
    "xlsxwriter": {"compliance/writer/sheet.py"},
    "docx": {"compliance/writer/paper.py"},
    "pptx": {"compliance/writer/slides.py"},
}
"""Who alone may import a library; training scripts stand outside the running product."""


def imports(path: Path) -> set[str]:
    """The first names of everything a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def files(floor: str) -> list[Path]:
    """The product files of a floor."""
    top = ROOT / floor
    return [top] if top.suffix == ".py" else [p for p in sorted(top.rglob("*.py")) if "training" not in p.parts]


@pytest.mark.parametrize("floor", MAY_IMPORT)
def test_a_floor_imports_only_from_itself_and_from_below(floor: str) -> None:
    wrong = {str(f.relative_to(ROOT)): imports(f) & OURS - MAY_IMPORT[floor] for f in files(floor)}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_vocabulary_needs_nothing_but_the_standard_library() -> None:
    foreign = set().union(*(imports(f) for f in files("law"))) - set(sys.stdlib_module_names) - {"law"}
    assert foreign == set()


@pytest.mark.parametrize("library", ALONE)
def test_a_heavy_library_lives_behind_its_own_file(library: str) -> None:
    users = {str(f.relative_to(ROOT)) for floor in MAY_IMPORT for f in files(floor) if library in imports(f)}
    assert users <= ALONE[library]


def test_streamlit_is_imported_by_the_screens_and_by_the_command_that_opens_them() -> None:
    users = {f.relative_to(ROOT).parts[0] for floor in MAY_IMPORT for f in files(floor) if "streamlit" in imports(f)}
    assert users == {"ui", "app.py", "commands"}


@pytest.mark.parametrize("module", ["pickle", "marshal", "shelve", "dill", "joblib"])
def test_nothing_is_pickled(module: str) -> None:
    assert [str(f) for floor in MAY_IMPORT for f in files(floor) if module in imports(f)] == []


@pytest.mark.parametrize("name", ["eval", "exec", "compile"])
def test_nothing_is_evaluated(name: str) -> None:
    def calls(path: Path) -> bool:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        return any(isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == name for n in nodes)

    assert [str(f) for floor in MAY_IMPORT for f in files(floor) if calls(f)] == []


HEAVY = ("torch", "sklearn", "pandas", "streamlit", "sentence_transformers", "transformers")


@pytest.mark.parametrize("arguments", [["--help"], ["search", "委託先の監督", "--json"]])
def test_help_and_search_start_without_the_heavy_libraries(arguments: list[str], sample_kb: Path) -> None:
    more = [] if arguments == ["--help"] else ["--kb", str(sample_kb)]
    program = (
        "import sys, cli\n"
        "try: code = cli.main(sys.argv[1:])\n"
        "except SystemExit as end: code = end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, *more], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip().splitlines()[-1] == "[]"
