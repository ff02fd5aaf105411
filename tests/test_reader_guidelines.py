"""An oracle from outside: guidelines as section trees, printed the way their authority prints, are read back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from printed import A4, B5, Paper, Printer

from ingest.read import read_pdf
from law.document import BlockKind, Clause, Document
from law.fold import squash

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "guidelines"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the guidelines of ../shared are not at hand")

_LABELLED = re.compile(
    r"(（[0-9０-９]+）|[①-⑳]|（※[0-9０-９]*）|事例[0-9０-９]*）|【事例[0-9０-９]+】|[イロハニホヘト] )(?=[^、]|$)"
)
_BULLET = re.compile(r"[・○●]")


@dataclass(frozen=True)
class Section:
    """A numbered section: its number, that of the one above, its words without white space, its page."""

    number: str
    above: str
    words: str
    page: int


@dataclass(frozen=True)
class Item:
    """A labelled paragraph inside a section, with the first of its words."""

    label: str
    words: str
    page: int


def _sections(name: str, count: int) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    until = next((i for i, row in enumerate(rows) if row["number"].startswith("別")), len(rows))
    plain = [row for row in rows[:until] if row["number"] and " | " not in row["text"]]  # no tables
    return plain[:count]


def print_guideline(
    printer: Printer, title: str, rows: list[dict[str, str]], folios: list[int]
) -> tuple[list[Section], list[Item]]:
    """Prints a cover, contents (with these page numbers) and the sections, and says what was printed."""
    printer.space(8)
    printer.paragraph(title, size=16, align="centre")
    printer.space(20)
    printer.paragraph("平成28年11月", align="centre")
    printer.paragraph("個人情報保護委員会", align="centre")
    printer.next_page()
    printer.paragraph("目　　　次", align="centre")
    for row, folio in zip(rows, folios, strict=True):
        words = _heading(row)[:28]
        printer.paragraph(words + "…" * (36 - len(words)) + str(folio))
    printer.first_folio = printer.page + 1
    printer.next_page()
    numbers = [squash(row["number"]) for row in rows]
    sections: list[Section] = []
    items: list[Item] = []
    for row, number in zip(rows, numbers, strict=True):
        printer.space()
        begins = printer.paragraph(_heading(row), hang=2 if len(number) < 4 else 3)
        lines = [line.strip() for line in row["text"].split("\n") if line.strip()]
        items += [item for line in lines if (item := _print_line(printer, line))]
        words = _plain(row["heading"].removeprefix(row["number"]) + "".join(lines))
        above = max((n for n in numbers if number.startswith(n + "-")), key=len, default="")
        sections.append(Section(number, above, words, begins))
    return sections, items


def _heading(row: dict[str, str]) -> str:
    """As printed: a space behind the number."""
    return row["number"] + " " + row["heading"].removeprefix(row["number"]).lstrip()


def print_twice(
    paper: Paper, title: str, rows: list[dict[str, str]], path: Path
) -> tuple[list[Section], list[Item], Document]:
    """The second time with the page numbers of the first in the contents; and the document as it was read."""
    first = Printer(paper)
    sections, _ = print_guideline(first, title, rows, [1] * len(rows))
    printer = Printer(paper)
    folios = [section.page - first.first_folio + 1 for section in sections]
    sections, items = print_guideline(printer, title, rows, folios)
    return sections, items, read_pdf(printer.save(path))


def _plain(text: str) -> str:
    """Without white space and width, and with the one wave that the font has."""
    return squash(text).replace("〜", "~")


def _print_line(printer: Printer, line: str) -> Item | None:
    found = _LABELLED.match(line)
    if found:
        page = printer.paragraph(line, first=1, hang=2)
        return Item(_plain(found.group(1)), _plain(line[found.end() :])[:20], page)
    if _BULLET.match(line):
        printer.paragraph(line, first=1, hang=2)
    elif line.startswith(("【", "＜", "（参考）")):
        printer.paragraph(line)
    else:
        printer.paragraph(line, first=1)
    return None


def sections_read(document: Document, numbers: set[str]) -> list[Section]:
    """The numbered sections as they were read: each with all that stands before the next."""
    numbered = [c for c in document.clauses if squash(c.path) in numbers]
    ends = [c.span.start for c in numbered[1:]]
    ends.append(max(b.span.end for b in document.blocks if b.kind not in _APPARATUS))
    return [_section(document, clause, end) for clause, end in zip(numbered, ends, strict=True)]


_APPARATUS = (BlockKind.CONTENTS, BlockKind.FURNITURE, BlockKind.FOOTNOTE)


def _section(document: Document, clause: Clause, end: int) -> Section:
    start = clause.mark.end if clause.mark else clause.span.start
    above = squash(document.by_path[clause.parent].label) if clause.parent else ""
    return Section(squash(clause.path), above, _plain(document.text[start:end]), document.pdf_page(clause) or 0)


def items_read(document: Document, items: list[Item]) -> list[Item]:
    """The labelled paragraphs as they were read, as much of each as the printed one's account has."""
    found = [c for c in document.clauses if c.mark and _LABELLED.match(c.mark.of(document.text) + " x")]
    read = []
    for k, clause in enumerate(found):
        words = _plain(document.text[clause.mark.end if clause.mark else 0 : clause.span.end])[:20]
        if k < len(items) and words.startswith(items[k].words):
            words = items[k].words
        read.append(Item(_plain(clause.label), words, document.pdf_page(clause) or 0))
    return read


@pytest.mark.parametrize(
    ("name", "title", "paper"),
    [
        ("ppc-guideline", "見本の法律についてのガイドライン（通則編）", A4),
        ("ppc-offshore", "見本の法律についてのガイドライン（外国編）", B5),
        ("ppc-anonymous", "見本の法律についてのガイドライン（匿名編）", A4),
        ("ppc-certified", "見本の法律についてのガイドライン（団体編）", B5),
    ],
)
def test_a_printed_guideline_is_read_back_section_by_section(
    tmp_path: Path, name: str, title: str, paper: Paper
) -> None:
    sections, items, document = print_twice(paper, title, _sections(name, 60), tmp_path / "guideline.pdf")
    assert sections_read(document, {section.number for section in sections}) == sections
    assert items_read(document, items) == items
    assert (document.title, document.findings) == (title, ())
