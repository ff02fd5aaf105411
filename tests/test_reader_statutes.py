"""An oracle from outside: statutes as e-Gov gives them, printed to PDF, are read back into the tree they have."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from printed import A4, B5, BOUND, Paper, Printer

from ingest.read import read_pdf
from law.document import Document
from law.fold import squash

LAWS = Path(__file__).resolve().parents[2] / "shared" / "laws" / "appi.jsonl.gz"
pytestmark = pytest.mark.skipif(not LAWS.is_file(), reason="the statutes of ../shared are not at hand")

_PARAGRAPH = re.compile(r"([０-９]+)　")
_ITEM = re.compile(r"([一二三四五六七八九十]+(?:の[一二三四五六七八九十]+)*)　")
_IROHA = re.compile(r"([イロハニホヘトチリヌルヲワカヨタレソツネ])　")


@dataclass(frozen=True)
class Row:
    """One printed unit of a statute: where it belongs, what it says, and where it begins."""

    path: str
    text: str
    page: int


def _articles(title: str, count: int, start: int = 0) -> list[dict[str, object]]:
    with gzip.open(LAWS, "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["law_title"] == title]
    return rows[start : start + count]


def print_statute(printer: Printer, articles: list[dict[str, object]]) -> list[Row]:
    """Prints articles the way e-Gov does, and says what was printed."""
    printer.paragraph(str(articles[0]["law_title"]), first=3, hang=3, size=14)
    printer.paragraph(f"（{articles[0]['law_num']}）", first=3)
    rows: list[Row] = []
    open_path: list[str] = []
    for article in articles:
        headings = [str(h) for h in article["path"]]  # type: ignore[union-attr]
        shared = sum(1 for a, b in zip(headings, open_path, strict=False) if a == b)
        for depth, heading in enumerate(headings[shared:], shared):
            label, _, words = heading.partition("　")
            rows.append(Row(label, words, printer.paragraph(heading, first=3 + depth)))
        open_path = headings
        rows += _print_article(printer, article)
    return rows


def _print_article(printer: Printer, article: dict[str, object]) -> Iterator[Row]:
    caption = str(article["caption"] or "")
    above = printer.paragraph(caption, first=1, hang=1) if caption else 0
    title = str(article["article_title"])
    paragraph, item = title, title
    for line in str(article["text"]).split("\n"):
        label, _, words = line.partition("　")
        if label == title:
            page = printer.paragraph(line, hang=1)
            yield Row(title, squash(caption + words), above or page)
        elif _PARAGRAPH.match(line):
            paragraph = item = f"{title} > {label}"
            yield Row(paragraph, squash(words), printer.paragraph(line, hang=1))
        elif _ITEM.match(line):
            item = f"{paragraph} > {label}"
            yield Row(item, squash(words), printer.paragraph(line, first=1, hang=2))
        elif _IROHA.match(line):
            yield Row(f"{item} > {label}", squash(words), printer.paragraph(line, first=2, hang=3))
        else:
            raise AssertionError(f"no unit of a statute: {line[:40]}")


def rows_read(document: Document) -> list[Row]:
    """The same account of the document as it was read."""
    rows = []
    for clause in document.clauses:
        path = clause.path
        if clause.kind == "front" or path.startswith("附"):
            continue
        heading = clause.heading.of(document.text) if clause.heading else ""
        page = document.boxes.page_of(clause.span) or 0
        rows.append(Row(path, squash(heading + document.own_text(clause)), page))
    return rows


def _plain(row: Row) -> Row:
    """A group's path is its label; its children's numbers stand alone."""
    last = row.path.split(" > ")
    grouped = re.match(r"第[一二三四五六七八九十百]+[編章節款目]$", last[-1])
    return Row(last[-1] if grouped else row.path, squash(row.text), row.page)


@pytest.mark.parametrize(
    ("title", "start", "count", "paper"),
    [
        ("個人情報の保護に関する法律", 0, 70, A4),
        ("個人情報の保護に関する法律", 40, 60, BOUND),
        ("個人情報の保護に関する法律", 70, 115, B5),
        ("行政手続における特定の個人を識別するための番号の利用等に関する法律", 0, 86, B5),
        ("労働安全衛生法", 0, 90, BOUND),
        ("労働安全衛生法", 90, 117, A4),
        ("不正アクセス行為の禁止等に関する法律", 0, 14, A4),
    ],
)
def test_a_printed_statute_is_read_back_whole(tmp_path: Path, title: str, start: int, count: int, paper: Paper) -> None:
    printer = Printer(paper, running=title, folio="{}")
    printed = print_statute(printer, _articles(title, count, start))
    document = read_pdf(printer.save(tmp_path / "statute.pdf"))
    assert [_plain(row) for row in rows_read(document)] == [_plain(row) for row in printed]
