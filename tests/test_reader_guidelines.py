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
    r"(（[0-9０-９]+）|[①-⑳]|（※[0-9０-９]*）|事例[0-9０-９]*）|【事例[0-9０-９]+】|[イロハニホヘト]) ?(?=[^、])"
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
    return [row for row in rows if row["number"] and row["text"].count(" | ") == 0][:count]


def print_guideline(printer: Printer, title: str, rows: list[dict[str, str]]) -> tuple[list[Section], list[Item]]:
    """Prints a cover, contents and the sections, and says what was printed."""
    printer.space(8)
    printer.paragraph(title, size=16, align="centre")
    printer.space(20)
    printer.paragraph("平成28年11月", align="centre")
    printer.paragraph("個人情報保護委員会", align="centre")
    pages = _print_contents(printer, rows)
    printer.first_folio = printer.page + 1
    printer.next_page()
    sections, items = [], []
    for row, page in zip(rows, pages, strict=True):
        printer.space()
        begins = printer.paragraph(row["heading"], hang=2 if len(row["number"]) < 4 else 3)
        assert page in (0, begins)
        lines = [line.strip() for line in row["text"].split("\n") if line.strip()]
        items += [item for line in lines if (item := _print_line(printer, line))]
        words = squash(row["heading"].removeprefix(row["number"]) + "".join(lines))
        above = max((r["number"] for r in rows if row["number"].startswith(r["number"] + "-")), key=len, default="")
        sections.append(Section(row["number"], above, words, begins))
    return sections, items


def _print_contents(printer: Printer, rows: list[dict[str, str]]) -> list[int]:
    printer.next_page()
    printer.paragraph("目　　　次", align="centre")
    for row in rows:
        words = row["heading"][:28]
        printer.paragraph(words + "…" * (36 - len(words)) + "1")
    return [0] * len(rows)


def _print_line(printer: Printer, line: str) -> Item | None:
    found = _LABELLED.match(line)
    if found:
        page = printer.paragraph(line, first=1, hang=2)
        return Item(squash(found.group(1)), squash(line[found.end() :])[:20], page)
    if _BULLET.match(line):
        printer.paragraph(line, first=1, hang=2)
    elif line.startswith(("【", "＜", "（参考）")):
        printer.paragraph(line)
    else:
        printer.paragraph(line, first=1)
    return None


def sections_read(document: Document) -> list[Section]:
    """The numbered sections as they were read: each with all that stands before the next."""
    numbered = [c for c in document.clauses if re.fullmatch(r"[0-9]+(?:-[0-9]+)*", c.label)]
    ends = [c.span.start for c in numbered[1:]]
    ends.append(max(b.span.end for b in document.blocks if b.kind not in _APPARATUS))
    return [_section(document, clause, end) for clause, end in zip(numbered, ends, strict=True)]


_APPARATUS = (BlockKind.CONTENTS, BlockKind.FURNITURE, BlockKind.FOOTNOTE)


def _section(document: Document, clause: Clause, end: int) -> Section:
    start = clause.mark.end if clause.mark else clause.span.start
    above = document.by_path[clause.parent].label if clause.parent else ""
    return Section(clause.path, above, squash(document.text[start:end]), document.pdf_page(clause) or 0)


def items_read(document: Document) -> list[Item]:
    """The labelled paragraphs as they were read."""
    items = []
    for clause in document.clauses:
        if _LABELLED.match(clause.label + "x") and clause.mark:
            words = squash(document.text[clause.mark.end : clause.span.end])[:20]
            items.append(Item(squash(clause.label), words, document.pdf_page(clause) or 0))
    return items


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
    printer = Printer(paper, folio="{}")
    sections, items = print_guideline(printer, title, _sections(name, 60))
    document = read_pdf(printer.save(tmp_path / "guideline.pdf"))
    assert sections_read(document) == sections
    assert items_read(document) == items
    assert document.title == title
