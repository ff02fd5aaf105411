"""A course is proposed out of the documents, edited as a value, kept as JSON, and every quote checked again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from documents import Row, document, guideline

from compliance.case.corrections import Correction, Ruling
from compliance.cases import cases
from compliance.comparison import compare, told
from compliance.course import (
    Audience,
    Course,
    Lesson,
    Part,
    PartKind,
    moved,
    places,
    reviewed,
    with_lesson,
    without,
)
from compliance.lesson.contract import course_of, course_text
from compliance.lesson.gathering import Trace, gather, head_of, newest
from compliance.lesson.markdown import course_markdown
from compliance.lesson.proposal import propose
from compliance.lesson.question import Kind
from compliance.lesson.shelf import Courses
from compliance.lesson.terms import terms
from compliance.quote import Quote, again, place, quoted, unbulleted
from index.excerpt import Verdict
from law.document import ClauseKind, Document
from law.errors import StoreError
from law.span import Span
from law.store import Store

GOLDEN = Path(__file__).parent / "golden" / "course-itaku.md"
ITEM, NOTE, HEADING = ClauseKind.ITEM, ClauseKind.NOTE, ClauseKind.HEADING


def school() -> Document:
    """A guideline with a chapter on contractors, one on people, and a definition."""
    return document(
        [
            Row("Ⅰ", heading="委託先の監督", kind=HEADING),
            Row("１－１", "見本業者は、次に掲げる事項を定めなければならない。", "委託先の選定", parent="Ⅰ"),
            Row("１－１ > ①", "委託先の経営の状況", kind=ITEM),
            Row("１－１ > ②", "委託先の信用", kind=ITEM),
            Row("１－１－１", "見本業者は、選定の基準を毎年見直さなければならない。", parent="１－１"),
            Row("１－２", "見本業者は、委託先の状況を確認しなければならない。", parent="Ⅰ", page=2),
            Row(
                "１－３",
                "見本業者（以下「甲」という。）は、契約を結ばなければならない。",
                "委託契約",
                parent="Ⅰ",
                page=2,
            ),
            Row("１－３ > （注）", "・見本業者は、再委託の条件を定めることが望ましい。", kind=NOTE, page=2),
            Row("Ⅱ", heading="従業者の監督", kind=HEADING, page=3),
            Row("２－１", "見本業者は、従業者を教育しなければならない。", "教育", parent="Ⅱ", page=3),
        ]
    )


def found(*clauses: str, score: float = 1.0) -> list[Trace]:
    """What a search would find."""
    return [Trace("shishin", clause, clause, score) for clause in clauses]


def by_id(*documents: Document) -> Callable[[str], Document]:
    """Documents by their ids."""
    return {one.id: one for one in documents}.__getitem__


def here(*documents: Document) -> Callable[[str], Document | None]:
    """Documents by their ids, None where there is none."""
    return {one.id: one for one in documents}.get


def quote_of(held: Document, clause: str) -> Quote:
    """A clause's own words as a quote."""
    return quoted(held, clause, held.by_path[clause].own[0])


def course_with(*quotes: Quote) -> Course:
    """A course of one lesson."""
    parts = tuple(Part(PartKind.DEMAND, "義務", quote) for quote in quotes)
    return Course("委託研修", "委託", Audience.MANAGERS, (Lesson("委託先の選定", 10, ("選べる。",), parts),))


# -- quotes ---------------------------------------------------------------------------------------


def test_a_quote_is_found_again_in_its_clause_whatever_the_white_space() -> None:
    held = school()
    quote = quote_of(held, "１－２")
    spaced = replace(quote, words="見本業者は、\n委託先の 状況を確認しなければならない。")
    assert place(spaced, held) == held.by_path["１－２"].own[0]
    assert again(spaced, here(held)) == quote


def test_words_that_changed_are_no_quote_and_a_lost_document_leaves_them_unchecked() -> None:
    quote = quote_of(school(), "１－２")
    changed = document([Row("１－２", "見本業者は、委託先の状況を毎年確認しなければならない。")])
    assert again(quote, here(changed)).verdict is Verdict.MISMATCH
    assert again(quote, here()).verdict is Verdict.UNCHECKED
    assert again(replace(quote, clause="９－９"), here(school())).verdict is Verdict.MISMATCH


def test_a_quote_that_moved_to_another_page_says_so() -> None:
    quote = quote_of(school(), "１－２")
    later = document([Row("１－２", "見本業者は、委託先の状況を確認しなければならない。", page=4)])
    assert (quote.pdf_page, again(quote, here(later)).pdf_page, again(quote, here(later)).page) == (2, 4, "3")


def test_the_bullet_before_a_sentence_is_not_quoted() -> None:
    held = school()
    span = held.by_path["１－３ > （注）"].own[0]
    assert unbulleted(held, span).of(held.text) == "見本業者は、再委託の条件を定めることが望ましい。"


def test_a_term_is_quoted_from_where_the_thing_named_begins() -> None:
    held = document([Row("１", "この指針は、他に定めるもののほか、見本業者（以下「甲社」という。）に用いる。")])
    assert [(one.name, one.span.of(held.text)) for one in terms(held)] == [("甲社", "見本業者（以下「甲社」という。）")]


# -- gathering and proposing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "head"),
    [
        ("１－１", "１－１"),
        ("１－１－１", "１－１"),
        ("１－１ > ②", "１－１"),
        ("１－２", "１－１"),
        ("１－３ > （注）", "１－３"),
        ("２－１", "２－１"),
    ],
)
def test_a_clause_without_a_heading_belongs_to_the_heading_printed_before_it(clause: str, head: str) -> None:
    held = school()
    assert head_of(held, held.by_path[clause]).path == head


def test_half_of_a_chapter_brings_the_other_half_along_but_not_another_chapter() -> None:
    held = school()
    sections = gather(found("１－１", "１－３"), by_id(held))
    assert [section.title for section in sections] == ["委託先の選定", "委託契約"]
    assert [duty.clause for duty in sections[0].duties] == ["１－１", "１－１－１", "１－２"]


def test_of_a_section_found_by_an_item_alone_only_that_item_is_taught() -> None:
    held = school()
    (section,) = gather([Trace("shishin", "１－１", "１－１ > ②", 1.0)], by_id(held))
    assert section.items == ("１－１ > ②",)
    (lesson,) = propose("信用", [Trace("shishin", "１－１", "１－１ > ②", 1.0)], by_id(held)).lessons
    assert [item.line for item in lesson.parts[0].items] == ["委託先の信用"]


def test_what_a_search_found_far_below_its_best_is_not_about_the_topic() -> None:
    held = school()
    traces = [*found("１－１"), *found("２－１", score=0.3)]
    assert [section.head.path for section in gather(traces, by_id(held))] == ["１－１"]


def test_of_two_documents_of_one_title_the_later_is_taught() -> None:
    older = document([Row("１", "甲は、乙をしなければならない。")], id="old", title="見本の指針", date="2020-04")
    newer = document(
        [Row("１", "甲は、丙をしなければならない。")], id="new", title="見本の指針（改正）", date="2022-04"
    )
    assert [one.id for one in newest([older, newer])] == ["new"]


def test_a_course_teaches_what_is_demanded_in_the_order_of_the_document() -> None:
    course = propose("委託先の監督", found("１－３", "１－１"), by_id(school()), Audience.OUTSOURCING)
    assert [lesson.title for lesson in course.lessons] == ["委託先の選定", "委託契約"]
    first = course.lessons[0]
    assert [(part.words, part.quote.clause if part.quote else "") for part in first.of(PartKind.DEMAND)] == [
        ("義務", "１－１"),
        ("義務", "１－１－１"),
        ("義務", "１－２"),
    ]
    assert [part.words for part in first.of(PartKind.CHECK)] == [
        "見本業者が、次に掲げる事項を定めること",
        "選定の基準を毎年見直すこと",
        "委託先の状況を確認すること",
    ]
    assert course.unverified == ()


def test_an_answer_is_taught_with_its_question() -> None:
    held = document(
        [
            Row("Ⅰ", heading="委託", kind=HEADING),
            Row("問１", "書面による確認だけで足りますか。", parent="Ⅰ"),
            Row("問１ > 答", "実地に確認しなければなりません。"),
        ],
        kind="qa",
    )
    (lesson,) = propose("確認", found("問１ > 答"), by_id(held)).lessons
    assert lesson.title == "Ｑ＆Ａ：書面による確認だけで足りますか。"
    assert [(part.words, part.quote.line if part.quote else "") for part in lesson.of(PartKind.DEMAND)] == [
        ("質問", "書面による確認だけで足りますか。"),
        ("義務", "実地に確認しなければなりません。"),
    ]


def test_what_two_documents_both_demand_is_taught_once() -> None:
    words = "見本業者は、委託先に対する必要かつ適切な監督を行わなければならない。"
    law = document([Row("第一条", words, kind=ClauseKind.ARTICLE)], id="law", title="見本法", kind="statute")
    notice = document([Row("１", words, "留意点")], id="notice", title="見本の指針")
    traces = [Trace("notice", "１", "１", 1.0), Trace("law", "第一条", "第一条", 1.0)]
    course = propose("監督", traces, by_id(law, notice))
    assert [quote.document for lesson in course.lessons for quote in (lesson.parts[0].quote,) if quote] == ["law"]


def test_a_topic_on_which_nothing_is_laid_down_gives_no_lessons() -> None:
    assert propose("宇宙", [], by_id(school())).lessons == ()


def test_the_course_on_supervising_contractors_over_the_samples_is_the_golden_one(sample_kb: Path) -> None:
    """The traces stand here, so that a change of the search does not change what is shown to be taught."""
    with Store.open(sample_kb) as store:
        ids = {entry.id for entry in store.documents()}
        hits = [
            *(Trace("mihon-kisoku", clause, clause, 1.0) for clause in ("第四条", "第四条 > ２")),
            *(Trace("mihon-shishin-kaitei", clause, clause, 0.9) for clause in ("５－１", "５－２", "５－３")),
            Trace("mihon-kankoku-1", "第３ > １ > ⑴", "第３ > １ > ⑴", 0.8),
        ]
        course = propose("委託先の監督", hits, store.document, Audience.OUTSOURCING)
        text = course_markdown(course, lambda id: store.document(id) if id in ids else None)
    assert course.unverified == ()
    assert text == GOLDEN.read_text(encoding="utf-8"), text


# -- editing and keeping --------------------------------------------------------------------------


def test_lessons_are_moved_by_number_taken_out_and_added() -> None:
    assert moved(("a", "b", "c"), 0, 2) == ("b", "c", "a")
    assert moved(("a", "b", "c"), 2, -5) == ("c", "a", "b")
    assert without(("a", "b", "c"), 1) == ("a", "c")
    course = course_with()
    longer = with_lesson(course, 1, Lesson("新しい回", 5, (), ()))
    assert [lesson.title for lesson in longer.lessons] == ["委託先の選定", "新しい回"]
    assert longer.minutes == 15
    with pytest.raises(IndexError, match="from 0 to 2, found 7"):
        moved(("a", "b", "c"), 7, 0)


def test_a_part_whose_words_changed_is_flagged_when_the_course_is_opened_again() -> None:
    old = school()
    course = course_with(quote_of(old, "１－２"), quote_of(old, "２－１"))
    new = document(
        [
            Row("１－２", "見本業者は、委託先の状況を毎年確認しなければならない。"),
            Row("２－１", "見本業者は、従業者を教育しなければならない。", "教育", page=5),
        ]
    )
    opened = reviewed(course, here(new))
    assert [quote.clause for quote in opened.unverified] == ["１－２"]
    assert reviewed(course, here(old)) == course


def test_a_course_is_about_the_clauses_it_demands_each_once() -> None:
    held = guideline()
    quote, item = quote_of(held, "１－１"), quote_of(held, "１－１ > ①")
    part = Part(PartKind.DEMAND, "義務", quote, (item,))
    course = Course("", "", Audience.EVERYBODY, (Lesson("", 0, (), (part, part)),))
    assert list(places(course)) == [("shishin", "１－１"), ("shishin", "１－１ > ①")]


def test_a_course_kept_and_opened_is_the_same(tmp_path: Path) -> None:
    course = propose("委託先の監督", found("１－１", "１－３"), by_id(school()))
    assert course_of(course_text(course)) == course
    with Courses(tmp_path) as courses:
        line = courses.add(course)
        assert courses.course(line.id) == (course, 1)
        assert courses.course("none") is None


def test_whoever_saves_over_a_newer_revision_overwrites_nothing(tmp_path: Path) -> None:
    course = course_with(quote_of(school(), "１－２"))
    with Courses(tmp_path) as mine, Courses(tmp_path) as theirs:
        id = mine.add(course).id
        assert theirs.put(id, replace(course, title="先の変更"), 1) == 2
        assert mine.put(id, replace(course, title="後の変更"), 1) is None
        kept = mine.course(id)
        assert kept is not None
        assert (kept[0].title, kept[1]) == ("先の変更", 2)
        assert not mine.remove(id, 1)
        assert mine.remove(id, 2)
        assert theirs.kept() == ()


def test_reading_the_kept_courses_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=Courses.FILE):
        Courses(tmp_path, read_only=True)
    assert list(tmp_path.iterdir()) == []
    with Courses(tmp_path) as courses:
        id = courses.add(course_with()).id
    before = (tmp_path / Courses.FILE).read_bytes()
    with Courses(tmp_path, read_only=True) as courses:
        assert courses.course(id) == (course_with(), 1)
    assert [path.name for path in tmp_path.iterdir()] == [Courses.FILE]
    assert (tmp_path / Courses.FILE).read_bytes() == before


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 1}', "[" * 100_000, '{"format": "x"}', "null"],
)
def test_what_is_no_course_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(StoreError, match=r"courses\.sqlite"):
        course_of(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [("audience", "誰か"), ("lessons", [{"title": 1}]), ("questions", [{"choices": []}]), ("title", None)],
)
def test_a_course_with_a_part_that_makes_no_sense_is_refused(key: str, value: object) -> None:
    said = {**json.loads(course_text(course_with(quote_of(school(), "１－２")))), key: value}
    with pytest.raises(StoreError):
        course_of(json.dumps(said))


def test_a_course_of_a_newer_konkyo_says_so() -> None:
    said = {**json.loads(course_text(course_with())), "format": 9}
    with pytest.raises(StoreError, match="format 9, this one reads 1"):
        course_of(json.dumps(said))


def test_a_damaged_file_of_courses_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / Courses.FILE).write_bytes(b"not a database, but long enough to be read as one" * 50)
    with pytest.raises(StoreError, match=Courses.FILE):
        Courses(tmp_path)


def test_a_quote_with_no_words_stands_nowhere() -> None:
    held = school()
    assert place(replace(quoted(held, "１－１", Span(0, 0)), words="  \n"), held) is None


def test_a_course_tells_no_finding_that_people_rejected(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        notice = store.document("mihon-kankoku-1")
        hits = [
            *(Trace("mihon-shishin-kaitei", clause, clause, 0.9) for clause in ("５－１", "５－２", "５－３")),
            Trace("mihon-kankoku-1", "第３ > １ > ⑴", "第３ > １ > ⑴", 0.8),
        ]
        known = compare(cases(notice))
        findings = [one.cell for one in known.entries if one.fact == "不備"]
        record = [Correction(cell, Ruling.REJECTED, "", "甲", "", number=n) for n, cell in enumerate(findings, 1)]
        whole = propose("委託先の監督", hits, store.document)
        left = propose("委託先の監督", hits, store.document, cases_of=partial(told, record=record))

    def of(course: Course) -> list[str]:
        shown = {one.finding for case in known.cases for one in case.deficiencies}
        return [quote.line for quote in course.quotes if quote.line in shown]

    assert of(whole)
    assert of(left) == []
    assert not any(question.kind is Kind.CASE for question in left.questions)
