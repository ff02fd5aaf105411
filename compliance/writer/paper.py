"""Papers written as Word files: blocks in order, drawn on A4.

The only file that knows a Word writer (python-docx).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from compliance.writer.blocks import (
    Block,
    Bullets,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Table,
    Words,
)
from law.fold import printable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of a paper."""

_INK = RGBColor(0x1F, 0x4E, 0x8C)
_GREY = RGBColor(0x55, 0x55, 0x55)
_FACE = "Yu Gothic"
_LONG, _SHORT, _MARGIN = 297, 210, 18  # millimetres: A4 and its margin
_WHOLE = 1200
"""Characters of a table's row, or of a paragraph, below which it is not cut by the end of a page."""
_BEHIND_BORDERS = tuple(
    f"w:{name}" for name in ("shd", "tabs", "overflowPunct", "spacing", "ind", "contextualSpacing", "jc", "rPr")
)
"""What may stand in a paragraph's properties and must follow its borders (ECMA-376, 17.3.1.26)."""


def paper(title: str, blocks: Iterable[Block], *, subtitle: str = "", landscape: bool = False, foot: str = "") -> bytes:
    """A Word file (.docx) on A4: the title, the blocks in order, and at the foot of each page `foot` and its number."""
    document = docx.Document()
    width = _lay_out(document, landscape)
    _dress(document)
    _foot(document, foot)
    heading = document.add_paragraph(style="Title")
    heading.add_run(printable(title))
    if subtitle:
        _remark(document, subtitle)
    for block in blocks:
        _draw(document, block, width)
    document.core_properties.title = printable(title)[:255]
    document.core_properties.author = "根拠 Konkyo"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _draw(document: docx.document.Document, block: Block, width: float) -> None:
    match block:
        case Heading(words, level):
            document.add_heading(printable(words), level=min(level, 4))
        case Paragraph(words, small, keep):
            if small:
                _remark(document, words)
            else:
                line = document.add_paragraph()
                line.paragraph_format.keep_with_next = keep or None
                line.paragraph_format.keep_together = _length(words) < _WHOLE or None
                _say(line, words)
        case Bullets():
            _list(document, block)
        case Quotation(words, source):
            _quote(document, words, source)
        case Table():
            _table(document, block, width)
        case Picture(png, caption, part):
            document.add_picture(io.BytesIO(png), width=Mm(width * part))
            _remark(document, caption)
        case PageBreak():
            document.add_page_break()


def _lay_out(document: docx.document.Document, landscape: bool) -> float:
    """Set the page to A4; the width of its text in millimetres."""
    (section,) = document.sections
    across, down = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    return across - 2 * _MARGIN


def _dress(document: docx.document.Document) -> None:
    for name, size in (
        ("Normal", 10.5),
        ("Title", 20),
        ("Heading 1", 15),
        ("Heading 2", 12.5),
        ("Heading 3", 11),
        ("Heading 4", 10.5),
    ):
        style = document.styles[name]
        style.font.name = _FACE
        style.font.size = Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{script}"), _FACE)
        if name != "Normal":
            style.font.color.rgb = _INK
            style.font.bold = True
    document.styles["Normal"].paragraph_format.space_after = Pt(6)


def _foot(document: docx.document.Document, words: str) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(f"{printable(words)}　" if words else "")
    run.font.size = Pt(8)
    number = line.add_run()
    number.font.size = Pt(8)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        number._r.append(_field(kind, text))


def _field(kind: str, text: str) -> object:
    if text:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = text
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _say(line: docx.text.paragraph.Paragraph, words: Words, size: float | None = None) -> None:
    runs = (Run(words),) if isinstance(words, str) else words
    for one in runs:
        run = line.add_run(printable(one.words))
        run.bold = one.bold or None
        run.underline = one.underline or None
        if size is not None:
            run.font.size = Pt(size)


def _length(words: Words) -> int:
    return len(words) if isinstance(words, str) else sum(len(run.words) for run in words)


def _remark(document: docx.document.Document, words: Words) -> None:
    line = document.add_paragraph()
    _say(line, words, 9)
    for run in line.runs:
        run.font.color.rgb = _GREY


def _list(document: docx.document.Document, bullets: Bullets) -> None:
    for number, words in enumerate(bullets.lines, start=1):
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Mm(8)
        line.paragraph_format.first_line_indent = Mm(-6)
        line.paragraph_format.space_after = Pt(2)
        line.add_run("□ " if bullets.boxes else f"{number}. " if bullets.numbered else "・ ")
        _say(line, words)


def _quote(document: docx.document.Document, words: str, source: str) -> None:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = Mm(8)
    line.paragraph_format.keep_with_next = True
    _say(line, f"「{words}」")
    _edge(line)
    where = document.add_paragraph()
    where.paragraph_format.left_indent = Mm(8)
    _say(where, f"出典：{source}", 8.5)
    for run in where.runs:
        run.font.color.rgb = _GREY


def _edge(line: docx.text.paragraph.Paragraph) -> None:
    """A rule at the left of a quotation."""
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "C85A00")):
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    line._p.get_or_add_pPr().insert_element_before(borders, *_BEHIND_BORDERS)


def _table(document: docx.document.Document, table: Table, width: float) -> None:
    grid = document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    grid.autofit = False
    _pad(grid)
    parts = table.widths or (1.0,) * len(table.heads)
    spans = [width * part / sum(parts) for part in parts]
    for column, span in zip(grid.columns, spans, strict=True):
        column.width = Mm(span)
    _fill(grid.rows[0].cells, table.heads, spans, table.size, head=True)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in table.rows:
        line = grid.add_row()
        _fill(line.cells, row, spans, table.size)
        if sum(map(_length, row)) < _WHOLE:
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    document.add_paragraph()


def _pad(grid: docx.table.Table) -> None:
    """A little room between a cell's words and its rules: 2 points above and below."""
    room = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        room.append(margin)
    grid._tbl.tblPr.insert_element_before(room, "w:tblLook")


def _fill(
    cells: Sequence[docx.table._Cell],
    words: Sequence[Words],
    spans: Sequence[float],
    size: float,
    *,
    head: bool = False,
) -> None:
    for cell, said, span in zip(cells, words, spans, strict=True):
        cell.width = Mm(span)
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(0)
        _say(line, (Run(said, bold=head),) if isinstance(said, str) else said, size)
        if head:
            shade = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", "DCE6F2")):
                shade.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shade)
