"""Tables: cells are read one by one, and the keys in them are no clauses."""

from __future__ import annotations

from pages import HEIGHT, LEFT, SIZE, WIDTH, chars, outline, read_set

from ingest.lines import page_lines
from ingest.page import Char, Page
from law.span import Box

_COLUMNS = (LEFT, LEFT + 90, LEFT + 300)
_TOP = 112.0
_HIGH = 36.0


def _written(*lines: tuple[float, float, str]) -> list[Char]:
    return [char for x, y, words in lines for char in chars(1, x, y, SIZE, words)]


def _ruled(rows: int, columns: tuple[float, ...] = _COLUMNS, high: float = _HIGH) -> tuple[Box, ...]:
    """The rules of a table: an upright one at each column's edge, a level one over and under each row."""
    bottom = _TOP + rows * high
    walls = [Box(1, x, _TOP, x, bottom) for x in columns]
    shelves = [Box(1, columns[0], _TOP + k * high, columns[-1], _TOP + k * high) for k in range(rows + 1)]
    return (*walls, *shelves)


def _page(words: list[Char], frame: tuple[Box, ...]) -> Page:
    return Page(1, WIDTH, HEIGHT, tuple(words), frame=frame, strokes=len(frame), drawn_from=_TOP, drawn_to=_TOP + 80)


_TEXT = [(LEFT, 60.0, "１．手続の主体"), (LEFT, 80.0, "　主体は、次の表から選ぶ。")]
_CELLS = [
    (LEFT + 4, 116.0, "1 国"),
    (LEFT + 94, 116.0, "国の行政機関をいう。ただし、独"),
    (LEFT + 94, 132.0, "立行政法人を除く。"),
    (LEFT + 4, 152.0, "2-1 独立"),
    (LEFT + 4, 168.0, "行政法人"),
    (LEFT + 94, 152.0, "法人をいう。"),
]
_AFTER = [(LEFT, 200.0, "２．手続の受け手"), (LEFT, 220.0, "　受け手も、同じ表から選ぶ。")]


def test_keys_in_a_table_are_no_clauses_and_each_cell_is_read_whole() -> None:
    document = read_set([_page(_written(*_TEXT, *_CELLS, *_AFTER), _ruled(2))])
    assert outline(document).splitlines() == [
        "１ 〈手続の主体〉主体は、次の表から選ぶ。1 国国の行政機関をいう。ただし、独立行政法人を除く。"
        "2-1 独立行政法人法人をいう。",
        "２ 〈手続の受け手〉受け手も、同じ表から選ぶ。",
    ]
    assert [finding.code for finding in document.findings] == []


def test_a_row_that_a_merged_cell_leaves_undivided_belongs_to_the_table() -> None:
    merged = (LEFT + 4, _TOP + 2 * _HIGH + 4, "３　その他の主体")
    frame = (*_ruled(2), *_ruled(3, (_COLUMNS[0], _COLUMNS[-1])))
    after = [(x, y + _HIGH, words) for x, y, words in _AFTER]
    document = read_set([_page(_written(*_TEXT, *_CELLS, merged, *after), frame)])
    assert [clause.path for clause in document.clauses] == ["１", "２"]


def test_a_frame_around_clauses_is_no_table() -> None:
    inside = [(LEFT + 10, 116.0, "(1) 氏名を記録する。"), (LEFT + 10, 132.0, "(2) 時刻を記録する。")]
    document = read_set([_page(_written(*_TEXT, *inside, *_AFTER), _ruled(1, (LEFT, LEFT + 300)))])
    assert [clause.path for clause in document.clauses] == ["１", "１ > (1)", "１ > (2)", "２"]


def test_the_ground_under_a_whole_text_makes_no_table_of_what_stands_over_one() -> None:
    ground = [Box(1, x, -4000.0, x, _TOP + 80) for x in (LEFT - 2, LEFT + 310)]
    document = read_set([_page(_written(*_TEXT, *_CELLS, *_AFTER), (*_ruled(2), *ground))])
    assert [clause.path for clause in document.clauses] == ["１", "２"]


def test_framed_columns_of_running_text_are_no_table() -> None:
    left = [(LEFT + 4, 116.0 + 14 * k, f"({k}) 記録をする。") for k in range(1, 9)]
    right = [(LEFT + 160, 116.0 + 14 * k, "毎年見直すこと。") for k in range(1, 9)]
    frame = _ruled(1, (LEFT, LEFT + 150, LEFT + 300), high=150.0)
    assert {line.cell for line in page_lines(_page(_written(*_TEXT, *left, *right), frame))} == {0}


def test_a_chapter_that_stands_in_a_cell_is_told_to_be_read_as_text() -> None:
    cells = [(_COLUMNS[0] + 4, _TOP + 4, "第１条"), (_COLUMNS[1] + 4, _TOP + 4, "この規程は目的を定める。")]
    cells += [(_COLUMNS[0] + 4, _TOP + _HIGH + 4, "第２条"), (_COLUMNS[1] + 4, _TOP + _HIGH + 4, "用語を定める。")]
    document = read_set([_page(_written(*_TEXT, *cells, *_AFTER), _ruled(2))])
    assert [clause.path for clause in document.clauses] == ["１", "２"]
    assert {finding.code for finding in document.findings} == {"number-not-taken"}
