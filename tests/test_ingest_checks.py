"""What is kept out of the index: pages without text, without meaning, or with the Japanese gone; and what is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pages import HEIGHT, LEFT, WIDTH, chars, read_text, set_pages

from ingest.checks import check_pages, is_plausible
from ingest.page import Page
from ingest.pdf import readable
from law.errors import SourceError

_TEXT = "第１　措置\n　業者は、記録を残さなければならない。業者は、記録を残さなければならない。\n" * 3


def _page(text: str = _TEXT) -> Page:
    return set_pages(text)[0]


def _lines(*words: str) -> Page:
    found = [c for k, line in enumerate(words) for c in chars(1, LEFT, 60 + 16 * k, 10.0, line)]
    return Page(1, WIDTH, HEIGHT, tuple(found))


def test_japanese_and_english_pages_are_plausible() -> None:
    english = _lines(*["An operator keeps a record of each entry and of each exit."] * 4)
    assert [is_plausible(_page()), is_plausible(english)] == [True, True]


@pytest.mark.parametrize(
    "line",
    [
        "±ÀÄ¾¿ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîï",  # the codes of another encoding
        "bcdfg hjklm npqrs tvwxz bcdfg hjklm npqrs tvwxz",  # letters moved along the alphabet
        "一丁七万丈三上下不与丐丑専且丕世丗丘丙丞両並" * 4,  # kanji by number, no kana at all
    ],
)
def test_a_page_whose_characters_are_no_text_is_not_plausible(line: str) -> None:
    assert not is_plausible(_lines(*[line] * 8))


def test_a_page_whose_japanese_went_missing_is_told_by_its_holes() -> None:
    holes = [*chars(1, LEFT, 60, 10.0, "2024")]
    for k in range(30):
        holes += chars(1, LEFT, 60 + 16 * k, 10.0, "12")
        holes += chars(1, LEFT + 120, 60 + 16 * k, 10.0, "(3)")
        holes += chars(1, LEFT + 260, 60 + 16 * k, 10.0, "456.")
    page = Page(1, WIDTH, HEIGHT, tuple(holes))
    assert not is_plausible(page)
    with pytest.raises(SourceError, match="no usable ToUnicode map") as refusal:
        check_pages([page], restricted=False)
    assert refusal.value.code == "garbled"


@pytest.mark.parametrize(
    ("glyph", "known"),
    [("法", True), ("⾧", True), ("(cid:1234)", False), ("\ue000", False), ("�", False), ("", False)],
)
def test_a_glyph_without_a_meaning_is_known_as_one(glyph: str, known: bool) -> None:
    assert readable(glyph) is known


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (Page(1, WIDTH, HEIGHT, (), image_area=0.95), "scanned"),
        (Page(1, WIDTH, HEIGHT, ()), "no-text"),
        (replace(_page(), unreadable=80), "garbled"),
    ],
)
def test_a_file_without_usable_text_is_refused(page: Page, code: str) -> None:
    with pytest.raises(SourceError) as refusal:
        check_pages([page], restricted=False)
    assert refusal.value.code == code
    assert refusal.value.japanese.endswith("ください。")
    assert str(refusal.value).startswith("expected ")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"vertical": True}, "vertical-writing"),
        ({"turned": 90}, "turned-page"),
        ({"unreadable": 1}, "unreadable-characters"),
        ({"image_area": 0.5}, "page-with-picture"),
    ],
)
def test_an_odd_page_among_good_ones_is_read_and_told(change: dict[str, float], code: str) -> None:
    pages = [_page(), replace(_page(), number=2, **change)]  # type: ignore[arg-type]
    (finding,) = check_pages(pages, restricted=False)
    assert (finding.code, finding.page) == (code, 2)


def test_an_owner_s_restriction_is_told_and_the_file_read() -> None:
    assert [f.code for f in check_pages([_page()], restricted=True)] == ["owner-restricted"]


_CONTENTS = (
    "[中 目　次]\n第１　総則{leader}１\n第２　{second}{leader}１\n"
    "[頁]\n第１　総則\n　この指針は、記録について定める。\n第２　措置\n　業者は、記録を残す。\n[足 1]"
)


def test_a_table_of_contents_that_agrees_says_nothing_and_is_no_clause() -> None:
    document = read_text(_CONTENTS.format(leader="…" * 20, second="措置"))
    assert ([c.path for c in document.clauses], document.findings) == (["第１", "第２"], ())


def test_a_table_of_contents_that_promises_other_words_is_told() -> None:
    document = read_text(_CONTENTS.format(leader="…" * 20, second="責任者の選任"))
    assert [(f.code, f.page) for f in document.findings] == [("contents-differ", 1)]
    assert "責任者の選任" in document.findings[0].japanese


def test_a_number_left_out_in_the_print_is_told_and_the_next_one_read() -> None:
    document = read_text("（１）業者は、記録を残す。\n（２）業者は、責任者を置く。\n（４）業者は、届け出る。")
    assert [c.label for c in document.clauses] == ["（１）", "（２）", "（４）"]
    assert [f.english for f in document.findings] == ["after （２） comes （４）: the numbers between are not printed"]
