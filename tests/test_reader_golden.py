"""Golden files a lawyer can read: a title, the printed lines, and the outline they have."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import outline, read_text
from tree import broken_invariants

FOLDER = Path(__file__).resolve().parent / "golden" / "reader"


def _cases() -> list[tuple[str, str, str]]:
    cases = []
    for path in sorted(FOLDER.glob("*.txt")):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        cases += [tuple(part.strip("\n") for part in parts[k : k + 3]) for k in range(0, len(parts) - 2, 3)]
    return cases  # type: ignore[return-value]  # three parts each


@pytest.mark.parametrize(("title", "printed", "expected"), _cases(), ids=lambda text: text.split("\n")[0][:24])
def test_printed_lines_have_this_outline(title: str, printed: str, expected: str) -> None:
    document = read_text(printed)
    assert outline(document) == expected, title
    assert broken_invariants(document) == []
