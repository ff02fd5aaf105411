"""Pages that are not plain: vertical lines, columns, corner labels, emphasis dots, figures; none needs a PDF."""

from __future__ import annotations

from dataclasses import replace

from pages import HEIGHT, LEFT, SIZE, WIDTH, chars, outline, read_set, read_text, set_pages

from ingest.lines import page_lines
from ingest.page import Char, Page
from ingest.vertical import is_vertical, turned
from law.document import BlockKind, Document

_UPRIGHT = ("(a)", "(b)", "12", "28")


def _column(number: int, x: float, y: float, words: str) -> list[Char]:
    """A vertical line with its top at a place; the bits of `_UPRIGHT` stand upright side by side."""
    out: list[Char] = []
    while words:
        bit = next((u for u in _UPRIGHT if words.startswith(u)), words[0])
        out += chars(number, x + SIZE / 2 - (len(bit) * SIZE / 2 if len(bit) > 1 else SIZE) / 2, y, SIZE, bit)
        y += SIZE
        words = words[len(bit) :]
    return out


def _vertical_page(lines: list[tuple[int, str]], folio: str = "") -> Page:
    """Lines from the right, each with its indent in ems."""
    found: list[Char] = []
    for k, (indent, words) in enumerate(lines):
        found += _column(1, WIDTH - 60 - 1.6 * SIZE * k, 70 + indent * SIZE, words)
    found += chars(1, WIDTH / 2, HEIGHT - 30, 9.0, folio)
    return Page(1, WIDTH, HEIGHT, tuple(found))


_TREATY = [
    (3, "第一条"),
    (0, "１　両締約国は、平成28年12月までに、次の(a)及び(b)に掲げる措置を講じ、その結果を通"),
    (1, "知する。"),
    (1, "(a)　記録を残すこと。"),
    (1, "(b)　責任者を置くこと。"),
    (0, "２　両締約国は、１の措置を見直す。"),
]


def test_figures_and_letters_set_upright_in_a_vertical_line_are_read_in_its_order() -> None:
    page = _vertical_page(_TREATY)
    assert is_vertical(page)
    assert [line.text for line in page_lines(turned(page))] == [words for _, words in _TREATY]


def test_a_vertical_page_has_the_outline_of_a_horizontal_one_and_its_number_is_no_text() -> None:
    document = read_set([turned(_vertical_page(_TREATY, "3"))])
    assert outline(document).splitlines() == [
        "第一条",
        "  １ 両締約国は、平成28年12月までに、次の(a)及び(b)に掲げる措置を講じ、その結果を通知する。",
        "    (a) 記録を残すこと。",
        "    (b) 責任者を置くこと。",
        "  ２ 両締約国は、１の措置を見直す。",
        "［欄外］3",
        "［頁番号］3",
    ]


def test_boxes_of_vertical_text_are_places_on_the_page() -> None:
    document = read_set([turned(_vertical_page(_TREATY))])
    box = document.boxes[document.text.index("両")]
    assert box is not None
    assert (round(box.x0), round(box.top)) == (round(WIDTH - 60 - 1.6 * SIZE), round(70 + 2 * SIZE))


def _two_columns() -> Page:
    """Ten lines left and right of a gutter, under a title over both; the stream goes from left to right."""
    found = list(chars(1, WIDTH / 2 - 70, 40, 14.0, "記録に関する見本の指針"))
    left = ["第１　総則", *["　業者は記録を残すものとし、そ"[k % 2 :][:14] for k in range(9)]]
    right = ["第２　措置", *["　業者は責任者を置くものとし、そ"[k % 2 :][:14] for k in range(9)]]
    for k in range(10):
        for x, words in ((LEFT, left[k]), (LEFT + 160, right[k])):
            found += chars(1, x, 80 + 16 * k, SIZE, words)
    return Page(1, WIDTH, HEIGHT, tuple(found))


def test_two_columns_are_read_one_after_the_other() -> None:
    document = read_set([_two_columns()])
    assert [clause.label for clause in document.clauses if clause.mark] == ["第１", "第２"]
    assert "責任者" not in document.own_text(document.by_path["第１"])
    assert document.title == "記録に関する見本の指針"


def test_corner_labels_part_the_documents_in_one_file() -> None:
    document = read_text(
        "[隅 資料１－１]\n[大 調査の結果]\n第１　事実\n"
        "　従業者が記録を持ち出した事実及びその記録が第三者に渡った事\n実が明らかになった。\n"
        "[頁]\n[隅 資料１－２]\n[大 今後の措置]\n第１　措置\n　記録を残す。"
    )
    assert [(c.path, document.heading(c)) for c in document.clauses] == [
        ("資料１－１", "調査の結果"),
        ("資料１－１ > 第１", "事実"),
        ("資料１－２", "今後の措置"),
        ("資料１－２ > 第１", "措置"),
    ]
    assert _words(document, BlockKind.FURNITURE) == ["資料１－１", "資料１－２"]


def test_emphasis_dots_are_kept_out_of_the_words_they_stand_over() -> None:
    (page,) = set_pages(
        "１　業者は、点検を全くしていなかったとの事実を認め、その旨を公表した。\n２　業者は、届け出た。"
    )
    dots = tuple(chars(1, LEFT + 80, page.chars[0].top - 3.5, 4.0, "・"))
    document = read_set([replace(page, chars=(*page.chars, *dots))])
    assert document.own_text(document.by_path["１"]).startswith("業者は、点検を全くしていなかった")
    assert _words(document, BlockKind.FURNITURE) == ["・"]


def test_a_figure_page_keeps_its_labels_as_captions_and_makes_no_clauses_of_them() -> None:
    found = list(chars(2, 150, 50, 14.0, "記録の流れ"))
    labels = [
        (80, 120, "業者"),
        (300, 125, "委託先"),
        (90, 250, "１ 入室"),
        (290, 255, "２ 持出し"),
        (180, 400, "廃棄"),
    ]
    for x, y, words in labels:
        found += chars(2, x, y, SIZE, words)
    figure = Page(2, WIDTH, HEIGHT, tuple(found), strokes=30)
    (text,) = set_pages("第１　記録の流れ\n　記録の流れは、次の図のとおりである。業者は、これを確かめる。")
    document = read_set([text, figure])
    (drawn,) = [c for c in document.clauses if c.kind == "figure"]
    assert (drawn.path, document.heading(drawn)) == ("第１ > （図 2頁）", "記録の流れ")
    assert sorted(_words(document, BlockKind.CAPTION)) == sorted(["記録の流れ", *(words for *_, words in labels)])


def test_what_stands_above_and_below_a_drawing_is_text() -> None:
    found = list(chars(1, LEFT, 60, SIZE, "第２　記録の流れ"))
    found += chars(1, LEFT, 80, SIZE, "　記録の流れは、次の図のとおりである。")
    for x, y, words in [
        (80, 150, "業者"),
        (300, 155, "委託先"),
        (90, 250, "入室"),
        (290, 255, "持出し"),
        (180, 400, "廃棄"),
    ]:
        found += chars(1, x, y, SIZE, words)
    found += chars(1, LEFT, 450, SIZE, "第３　図の見直し")
    found += chars(1, LEFT, 470, SIZE, "　図は、毎年見直す。")
    document = read_set([Page(1, WIDTH, HEIGHT, tuple(found), strokes=30, drawn_from=140.0, drawn_to=420.0)])
    assert outline(document).splitlines()[:3] == [
        "第２ 〈記録の流れ〉記録の流れは、次の図のとおりである。",
        "  （図 1頁） 業者委託先入室持出し廃棄",
        "第３ 〈図の見直し〉図は、毎年見直す。",
    ]
    assert sorted(_words(document, BlockKind.CAPTION)) == sorted(["業者", "委託先", "入室", "持出し", "廃棄"])


def _chaptered() -> Document:
    """Eight pages of three chapters, each page with the name of its chapter over the text; one chapter is a page."""
    pages = []
    for number, (chapter, begins) in enumerate(
        [("Ⅰ", 1), ("Ⅰ", 0), ("Ⅱ", 1), ("Ⅲ", 1), ("Ⅲ", 0), ("Ⅲ", 0), ("Ⅳ", 1), ("Ⅳ", 0)], start=1
    ):
        name = f"{chapter}．{'総則措置監査雑則'['ⅠⅡⅢⅣ'.index(chapter) * 2 :][:2]}"
        words = [(LEFT + 150, 30.0, name), *([(LEFT, 80.0, name)] if begins else [])]
        words += [(LEFT, 110.0, f"　業者は、記録を{number}年保存しなければならない。")]
        found = [char for x, y, said in words for char in chars(number, x, y, SIZE, said)]
        pages.append(Page(number, WIDTH, HEIGHT, tuple(found)))
    return read_set(pages)


def test_the_names_of_chapters_over_the_pages_are_running_heads_and_open_no_clause_twice() -> None:
    document = _chaptered()
    assert [(clause.path, document.heading(clause)) for clause in document.clauses] == [
        ("Ⅰ", "総則"),
        ("Ⅱ", "措置"),
        ("Ⅲ", "監査"),
        ("Ⅳ", "雑則"),
    ]
    assert len(_words(document, BlockKind.FURNITURE)) == 8


def test_a_number_that_follows_none_before_it_is_told_not_passed_over() -> None:
    document = read_text("第１　記録\n　業者は、記録を残す。\n７　業者は、点検をする。")
    assert [clause.path for clause in document.clauses] == ["第１"]
    assert [(f.code, f.page, f.japanese) for f in document.findings] == [
        (
            "number-not-taken",
            1,
            "「７」で始まる行を、前の番号に続かないため条項とせず、本文として読みました：７　業者は、点検をする。",
        )
    ]


def test_a_line_that_says_by_the_answer_of_a_question_is_no_question() -> None:
    document = read_text(
        "問１　記録はいつまで残すか。\n答　３年である。\n問２　点検はいつか。\n"
        "答　次のとおり。\n問１で示したとおり、\n毎年行う。"
    )
    assert [clause.path for clause in document.clauses] == ["問１", "問１ > 答", "問２", "問２ > 答"]


def test_a_word_printed_twice_on_one_spot_is_one_word_and_stretched_lines_get_no_spaces() -> None:
    words = "１　業者は記録を残さなければならない。"
    found = tuple(chars(1, LEFT, 80, SIZE, words, stretch=3.0))
    document = read_set([Page(1, WIDTH, HEIGHT, found)])
    assert outline(document) == "１ 業者は記録を残さなければならない。"


def test_punctuation_that_hangs_over_the_edge_does_not_make_the_other_lines_short() -> None:
    full = "業者は記録を残し責任者を置き点検を行い結果を公表し届出を行う"
    document = read_text(f"１　{full[:28]}、\n　　{full[:28]}\n　　ものとする。\n２　業者は、届け出る。")
    assert [clause.label for clause in document.clauses] == ["１", "２"]
    assert document.own_text(document.by_path["１"]) == f"{full[:28]}、{full[:28]}ものとする。"


def _words(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def test_a_paragraph_at_the_edge_belongs_to_the_last_chained_number_not_to_the_one_above_it() -> None:
    document = read_text(
        "１．１　監視\n目的：　記録を点検する。\n　業者は、記録を点検し、これを保存しなければならないものとする。\n"
        "１．１．１　記録の取得\n措置\n　業者は、入退室の記録を取得し、これを一年間保存しなければならない。\n"
        "実施の手引\n　業者は、記録の改ざんを防ぐため、これを施錠した場所に保存することが望ましい。"
    )
    assert [(clause.path, document.own_text(clause)[-12:]) for clause in document.clauses] == [
        ("１．１", "ければならないものとする。"[-12:]),
        ("１．１．１", "に保存することが望ましい。"[-12:]),
    ]


def test_a_column_with_many_short_headings_beside_a_shorter_one_is_a_column() -> None:
    full = "事業者は、記録の作成及び保存"
    left = [words for k in range(1, 9) for words in (f"第{k}条　見出し", full, full, "をしなければならない。")]
    right = [full, full, "をする。", "別記", full, full, full, "をする。", "一　甲", "二　乙"]
    found = [c for k, words in enumerate(left) for c in chars(1, LEFT, 60 + 14 * k, SIZE, words)]
    found += [c for k, words in enumerate(right) for c in chars(1, LEFT + 160, 60 + 14 * k, SIZE, words)]
    lines = page_lines(Page(1, WIDTH, HEIGHT, tuple(found)))
    assert [line.text for line in lines] == [*left, *right]
