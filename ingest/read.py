"""A PDF, read: `read_pdf` is the whole road from the file to a `Document`."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.about import about_document, read_sidecar
from ingest.assemble import assemble
from ingest.blocks import sort_pages
from ingest.checks import check_contents, check_file, check_pages
from ingest.footnotes import Mark
from ingest.lines import Line, page_lines
from ingest.measure import measures
from ingest.outline import Outliner
from ingest.page import Page
from ingest.pdf import open_pdf
from ingest.repair import Repaired, repaired
from ingest.sheet import Sorted
from ingest.tree import Outline
from law.document import Document, Finding, Sheet, Source
from law.errors import SourceError

Progress = Callable[[int, int], None]
"""Told of each page read: pages done, pages in all."""


def read_pdf(path: Path, *, name: str | None = None, progress: Progress | None = None) -> Document:
    """The document in the file.

    `name` is the file's own name when `path` is a copy of it. A sidecar `NAME.toml` beside the file
    gives what the print does not say.

    Raises:
        SourceError: the file is refused; its code and messages say why and what to do.
    """
    data = check_file(path)
    try:
        pages, restricted = _pages(path, progress)
        mended: Repaired | None = None
    except SourceError as error:
        if error.code != "damaged":
            raise
        with repaired(path, error) as mended:
            pages, restricted = _pages(mended.path, progress)
    source = Source(name or path.name, hashlib.sha256(data).hexdigest(), len(data))
    findings = check_pages(pages, restricted=restricted)
    if mended is not None:
        findings = (mended.finding(len(pages)), *findings)
    return read_pages(pages, source, path.with_suffix(".toml"), findings)


def _pages(path: Path, progress: Progress | None) -> tuple[list[Page], bool]:
    pages: list[Page] = []
    with open_pdf(path) as pdf:
        for page in pdf.pages():
            pages.append(page)
            if progress is not None:
                progress(len(pages), pdf.count)
        return pages, pdf.restricted


def read_pages(pages: Sequence[Page], source: Source, sidecar: Path, findings: Sequence[Finding] = ()) -> Document:
    """The document on the pages: pure but for the sidecar."""
    sheets = sort_pages([(page, page_lines(page)) for page in pages])
    sheets, marks = _without_marks(sheets)
    outline = read_outline(sheets)
    built = assemble(outline, sheets, marks)
    given = read_sidecar(sidecar)
    about = about_document(built, given)
    document = Document(
        unicodedata.normalize("NFC", given.id or Path(source.name).stem),
        source,
        about,
        built.text,
        built.boxes,
        tuple(Sheet(s.page.number, s.printed, s.page.width, s.page.height) for s in sheets),
        built.blocks,
        built.clauses,
        (*findings, *built.findings),
    )
    return replace(document, findings=(*document.findings, *check_contents(document, sheets)))


def read_outline(sheets: Sequence[Sorted]) -> Outline:
    """The clause tree of the sorted pages."""
    outliner = Outliner(measures(sheets))
    part = None
    for k, sheet in enumerate(sheets):
        if sheet.corner and sheet.corner != part:
            part = sheet.corner
            outliner.part(part)
        upcoming = sheets[k + 1].body[:3] if k + 1 < len(sheets) and not sheets[k + 1].corner else ()
        ahead = (*sheet.body, *upcoming)
        for i, line in enumerate((*sheet.body, None)):
            if sheet.caption and i == sheet.drawing:
                outliner.figure(sheet.title, [label for label in sheet.caption if label not in sheet.title])
            if i in sheet.ends:
                outliner.end()
            if line is not None:
                outliner.line(line, ahead[i + 1 : i + 4])
    return outliner.finish()


def _without_marks(sheets: Sequence[Sorted]) -> tuple[list[Sorted], list[Mark]]:
    """The pages with footnote marks taken out of their lines, and the marks."""
    marks: list[Mark] = []
    out: list[Sorted] = []
    for k, sheet in enumerate(sheets):
        numbers = {note.number for note in sheet.footnotes}
        if k + 1 < len(sheets):
            numbers |= {n.number for n in sheets[k + 1].footnotes} - {n.number for n in sheet.footnotes}
        body = []
        for line in sheet.body:
            bare, found = _bare(line, numbers)
            marks.extend(found)
            body.append(bare)
        out.append(replace(sheet, body=tuple(body)))
    return out, marks


def _bare(line: Line, numbers: set[str]) -> tuple[Line, list[Mark]]:
    """The line without those raised figures that a footnote answers."""
    runs: list[list[int]] = []
    for i in line.raised:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    answered = [run for run in runs if _figure(line, run) in numbers]
    if not answered:
        return line, []
    bare = line.without(i for run in answered for i in run)
    return bare, [
        Mark("".join(line.text[i] for i in run), bare, tuple(c.box for i in run if (c := line.char(i))))
        for run in answered
    ]


def _figure(line: Line, run: Sequence[int]) -> str:
    return unicodedata.normalize("NFKC", "".join(line.text[i] for i in run))
