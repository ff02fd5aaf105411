"""Tables written to Excel and CSV: every cell is a value, never a formula.

The only file that knows an Excel writer (XlsxWriter). A table is a frozen value; what is drawn of it is here.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from law.fold import printable

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of a workbook."""

Cell = str | int | float | datetime.date | None

_CELL = 32_767
"""The characters an Excel cell holds (Microsoft, Excel specifications and limits)."""

_FORMULA = re.compile("[ \u00a0\u3000\u200b-\u200d\u2060\ufeff]*[=+\\-@＝＋－＠\t\r\n]")
"""How a cell begins that a spreadsheet would run when it opens a CSV (OWASP, CSV Injection)."""

_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_A3, _A4 = 8, 9  # as Excel numbers papers
_WIDE = 230
"""Half-width characters across that an A4 sheet on its side still shows in six points; a wider table takes A3."""
_FONT = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, its width in half-width characters, and the words a cell may be chosen from."""

    head: str
    width: float = 14
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a row holds a cell a column. `frozen` columns stay in sight, as the head does; `note` stands above."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    frozen: int = 0
    note: str = ""


def workbook(sheets: Sequence[Sheet], *, landscape: bool = True) -> bytes:
    """An Excel workbook (.xlsx): a sheet a table, heads frozen and filtered, cells wrapped, printed on A4 or A3.

    Text is written as text whatever it begins with, so that nothing runs; control characters, which the
    format cannot hold, are left out; a text longer than a cell holds is cut with an ellipsis. A table that
    A4 would make too small to read is printed on A3.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = {
        "head": book.add_format(
            {**_FONT, "bold": True, "bg_color": "#1F4E8C", "font_color": "#FFFFFF", "text_wrap": True, "border": 1}
        ),
        "cell": book.add_format({**_FONT, "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}),
        "day": book.add_format(
            {**_FONT, "num_format": "yyyy-mm-dd", "align": "left", "border": 1, "border_color": "#BFBFBF"}
        ),
        "note": book.add_format({**_FONT, "italic": True}),
    }
    for name, sheet in zip(_names(sheet.name for sheet in sheets), sheets, strict=True):
        page = book.add_worksheet(name)
        top = 1 if sheet.note else 0
        if sheet.note:
            page.write_string(0, 0, _held(sheet.note), looks["note"])
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
            page.write_string(top, at, _held(column.head), looks["head"])
        for down, row in enumerate(sheet.rows, start=top + 1):
            page.set_row(down, _height(row, sheet.columns))
            for at, cell in enumerate(row):
                _write(page, down, at, cell, looks)
        _offer(page, top, sheet)
        page.freeze_panes(top + 1, sheet.frozen)
        if sheet.columns and sheet.rows:
            page.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)
        page.repeat_rows(top)
        page.set_paper(_A3 if sum(column.width for column in sheet.columns) > _WIDE else _A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P / &N")
        if landscape:
            page.set_landscape()
    book.close()
    return buffer.getvalue()


def csv_file(sheet: Sheet) -> bytes:
    """A table as CSV that Excel opens in Japanese: UTF-8 with a mark, CRLF, formulas defused.

    A cell that a spreadsheet would run gets an apostrophe before it, as OWASP advises; numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([defused(printable(column.head)) for column in sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def defused(words: str) -> str:
    """Words that no spreadsheet runs: with an apostrophe before them where they begin as a formula does."""
    return f"'{words}" if _FORMULA.match(words) else words


def _write(page: xlsxwriter.worksheet.Worksheet, down: int, at: int, cell: Cell, looks: dict[str, object]) -> None:
    match cell:
        case None | "":
            page.write_blank(down, at, None, looks["cell"])
        case bool():
            page.write_string(down, at, "○" if cell else "", looks["cell"])
        case int() | float():
            page.write_number(down, at, cell, looks["cell"])
        case datetime.date():
            page.write_datetime(down, at, cell, looks["day"])
        case _:
            page.write_string(down, at, _held(cell), looks["cell"])


def _offer(page: xlsxwriter.worksheet.Worksheet, top: int, sheet: Sheet) -> None:
    """Lists to choose from in the columns that have them; other words may be typed all the same."""
    for at, column in enumerate(sheet.columns):
        if column.choices and sheet.rows:
            offer = {"validate": "list", "source": list(column.choices), "error_type": "information"}
            page.data_validation(top + 1, at, top + len(sheet.rows), at, offer)


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """The height of a row in points, so that the wrapped text of its fullest cell is seen; Excel takes up to 409."""
    lines = max((_lines(str(cell), column.width) for cell, column in zip(row, columns, strict=True) if cell), default=1)
    return min(409.0, 15.0 * lines + 3)


def _lines(words: str, width: float) -> int:
    return sum(
        -(-max(1, sum(1 if ord(c) < 0x300 else 2 for c in line)) // max(1, int(width))) for line in words.split("\n")
    )


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return defused(printable(cell)) if isinstance(cell, str) else str(cell)


def _held(words: str) -> str:
    clean = printable(words)
    return clean if len(clean) <= _CELL else clean[: _CELL - 1] + "…"


def _names(names: Iterable[str]) -> list[str]:
    """Names Excel takes: at most 31 characters, none of its signs, no two the same in any case."""
    taken: list[str] = []
    for name in names:
        clean = _NO_NAME.sub("・", printable(name)).strip("' ")[:31] or "表"
        number = 1
        unique = clean
        while unique.casefold() in {one.casefold() for one in taken}:
            number += 1
            unique = f"{clean[: 31 - len(str(number)) - 1]}-{number}"
        taken.append(unique)
    return taken
