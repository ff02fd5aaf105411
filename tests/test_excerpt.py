"""Excerpts: exact, checked, boxed, cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import Row, document, guideline

from index.dates import exact_days
from index.excerpt import Grades, Sought, Verdict, best_unit, cite, excerpt, quotable, verify
from index.passages import Unit, passages
from law.document import ClauseKind
from law.sentence import Modality
from law.span import Boxes, Span

TITLE = "見本業における顧客情報の安全管理に関する実務指針"


def test_an_item_is_quoted_with_its_page_its_clause_and_the_grade_of_its_lead_sentence() -> None:
    source = guideline()
    unit = next(u for p in passages(source) for u in p.units if u.clause == "１－１ > ②")
    found = excerpt(source, unit, Grades(source).of(unit))
    assert (found.quote, found.verdict, found.pdf_page, found.page, found.modality) == (
        "②各部署における管理者",
        Verdict.MATCH,
        3,
        "2",
        Modality.MUST,
    )
    assert found.citation == f"見本庁「{TITLE}」（令和3年4月）１－１②、2頁"
    assert {box.page for box in found.boxes} == {3}


def test_the_quote_is_a_slice_of_the_document_without_line_breaks() -> None:
    source = document([Row("１", "記録を残すもの\nとする。")])
    found = excerpt(source, Unit("１", Span(source.text.index("記録"), source.text.index("。") + 1)))
    assert (found.quote, found.verdict) == ("記録を残すものとする。", Verdict.MATCH)


def test_words_that_are_not_on_the_page_are_a_mismatch_and_get_no_boxes() -> None:
    source = guideline()
    span = passages(source)[0].units[0].span
    assert verify(source, span, "別の言葉") is Verdict.MISMATCH
    assert verify(source, Span(0, len(source.text) + 1), "別の言葉") is Verdict.MISMATCH


def test_a_character_without_a_box_is_no_match() -> None:
    source = guideline()
    span = passages(source)[0].units[0].span
    pages = source.boxes.pages[:]
    pages[span.start] = 0
    holed = replace(source, boxes=Boxes(pages, source.boxes.sides))
    found = excerpt(holed, Unit("（前文）", span))
    assert (found.verdict, found.boxes) == (Verdict.MISMATCH, ())


def test_a_document_without_boxes_is_unchecked() -> None:
    source = guideline()
    bare = replace(source, boxes=Boxes.of([None] * len(source.text)))
    found = excerpt(bare, passages(source)[0].units[0])
    assert (found.verdict, found.boxes, found.pdf_page) == (Verdict.UNCHECKED, (), None)


@pytest.mark.parametrize(
    ("authority", "date", "page", "expected"),
    [
        (("個人情報保護委員会", "金融庁"), "2017-02", 2, "個人情報保護委員会・金融庁「指針」（平成29年2月）１、1頁"),
        (("見本庁",), "2021-04-01", 1, "見本庁「指針」（令和3年4月1日）１、PDF 1頁"),
        ((), None, 1, "「指針」１、PDF 1頁"),
    ],
)
def test_a_citation_prints_what_is_known(
    authority: tuple[str, ...], date: str | None, page: int, expected: str
) -> None:
    source = document([Row("１", "本文。", page=page)], title="指針", authority=authority, date=date)
    assert cite(source, source.by_path["１"], page) == expected


def test_an_item_too_short_to_answer_leaves_it_to_its_clause() -> None:
    source = document(
        [Row("１", "次の者を置くものとする。"), Row("１ > ①", "監査人", kind=guideline().by_path["１－１ > ①"].kind)]
    )
    units = passages(source)[0].units
    assert units[best_unit(source, units.__getitem__, [0.1, 0.9], short=15)].clause == "１"
    assert units[best_unit(source, units.__getitem__, [0.1, 0.9], short=2)].clause == "１ > ①"


def test_the_sentence_that_binds_is_quoted_before_the_note_and_the_item_below_it() -> None:
    source = document(
        [
            Row("１", "次の事項を定めなければならない。"),
            Row("１ > ①", "返還の方法", kind=ClauseKind.ITEM),
            Row("１ > （注）", "返還の方法は書面によることが望ましい。", kind=ClauseKind.NOTE),
        ]
    )
    units = passages(source)[0].units

    def best(sought: Sought) -> str:
        return max(units, key=lambda unit: quotable(source, unit, sought)).clause

    assert (best(Sought()), best(Sought(grade=Modality.RECOMMEND))) == ("１", "１ > （注）")


@pytest.mark.parametrize(
    ("words", "asked", "as_good"),
    [
        ("2025年3月19日、報告を命じた。", "令和7年3月18日", False),
        ("2025年3月18日及び19日、報告を命じた。", "令和7年3月18日", True),
        ("同日、報告を命じた。", "令和7年3月18日", True),
        ("2025年3月19日、報告を命じた。", "令和7年3月", True),
    ],
)
def test_a_sentence_of_another_day_than_the_one_asked_for_is_the_lesser_quote(
    words: str, asked: str, as_good: bool
) -> None:
    source = document([Row("１", words)])
    unit = passages(source)[0].units[-1]
    assert (quotable(source, unit, Sought(exact_days(asked))) == quotable(source, unit)) is as_good


LISTED = [
    Row("１", "次の事項を定めなければならない。"),
    Row("１ > ①", "返還の方法", kind=ClauseKind.ITEM),
    Row("１ > ②", "返還の期限", kind=ClauseKind.ITEM),
    Row("１ > （注）", "返還の方法は書面によることが望ましい。", kind=ClauseKind.NOTE),
]


def test_a_sentence_that_announces_a_list_is_quoted_with_all_of_it_and_without_the_note() -> None:
    source = document(LISTED)
    found = excerpt(source, passages(source)[0].units[0])
    assert found.quote == "次の事項を定めなければならない。①返還の方法②返還の期限"


def test_a_list_too_long_to_be_read_at_a_look_is_not_quoted_by_halves() -> None:
    long = [replace(row, own="返還" * 110) if "> ①" in row.path or "> ②" in row.path else row for row in LISTED]
    source = document(long)
    assert excerpt(source, passages(source)[0].units[0]).quote == "次の事項を定めなければならない。"


def test_the_list_belongs_to_the_last_sentence_that_announces_it() -> None:
    rows = [replace(LISTED[0], own="次の措置を講ずる。小規模な者は、次の事項のみでよい。"), *LISTED[1:]]
    source = document(rows)
    first, second, *_ = passages(source)[0].units
    assert [excerpt(source, unit).quote for unit in (first, second)] == [
        "次の措置を講ずる。",
        "小規模な者は、次の事項のみでよい。①返還の方法②返還の期限",
    ]


@pytest.mark.parametrize(
    "beside_the_point",
    [
        "返還の期限はいつか。",
        "返還の期限を教えてほしい。",
        "（返還を含む。）",
        "返還の詳細は別紙１参照。",
        "返還の方法",
    ],
)
def test_a_question_an_aside_a_pointer_and_a_bare_name_are_lesser_quotes_than_a_statement(
    beside_the_point: str,
) -> None:
    source = document([Row("１", f"{beside_the_point}返還は書面による。")])
    start = source.text.index(beside_the_point)
    said = Unit("１", Span(start, start + len(beside_the_point)))
    statement = Unit("１", Span(said.span.end, source.text.index("による。") + 4))
    assert quotable(source, said) < quotable(source, statement)


@pytest.mark.parametrize(
    ("asked", "quoted"),
    [("謝罪にいくらかかったか", "費用は10億円と見込まれる。"), ("謝罪の仕方", "謝罪は文書による。")],
)
def test_a_question_after_an_amount_is_answered_by_the_sentence_that_names_one(asked: str, quoted: str) -> None:
    source = document([Row("１", "謝罪は文書による。費用は10億円と見込まれる。")])
    units = passages(source)[0].units
    best = best_unit(source, units.__getitem__, [1.0, 0.7], Sought.by(asked), short=2)
    assert units[best].span.of(source.text) == quoted


@pytest.mark.parametrize(
    "words",
    ["100人以下の事業者は、届出を要しない。", "二次の被害を防ぐ。", "次の月に届け出る。", "年次の計画を立てる。"],
)
def test_a_sentence_that_only_counts_or_dates_announces_no_list(words: str) -> None:
    source = document([replace(LISTED[0], own=words), *LISTED[1:]])
    assert excerpt(source, passages(source)[0].units[0]).quote == words
