"""Two versions side by side: every line of both in one row, changed words marked, moved clauses known again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from documents import Row as Draft
from documents import document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compliance.version.abridged import Entry, abridged, changes
from compliance.version.amended import Turn, amended
from compliance.version.contrast import Contrast, Kind, contrast, lines
from compliance.version.paper import HEADS, Sides, contrast_paper, contrast_workbook, duty_cells, line, names
from compliance.version.strictness import by_words
from compliance.version.wording import difference, said
from index.mecab import Mecab
from law.document import ClauseKind, Document
from law.fold import squash
from law.store import Store

GOLDEN = Path(__file__).parent / "golden"
ITEM, NOTE = ClauseKind.ITEM, ClauseKind.NOTE
AUDIT = Draft("１－１", "事業者は、監査を行うことが望ましい。", "（監査）")
LEDGER = Draft("１－２", "事業者は、台帳を整備し、五年間保存しなければならない。", "（台帳）")
REPORT = Draft("１－３", "事業者は、漏えいが生じたときは、速やかに委員会に報告しなければならない。", "（報告）")


@pytest.fixture(scope="module")
def cut() -> Mecab:
    """The dictionary."""
    return Mecab()


@pytest.fixture(scope="module")
def sample(sample_kb: Path, cut: Mecab) -> Contrast:
    """The sample guideline and its amended version."""
    with Store.open(sample_kb) as store:
        return contrast(store.document("mihon-shishin-kaitei"), store.document("mihon-shishin"), cut)


def as_text(entries: Sequence[Entry]) -> str:
    """The table as text that a lawyer reads: a row between dots, changed words in 《》."""
    return "\n.\n".join(row_text(one) for one in entries) + "\n"


def row_text(entry: Entry) -> str:
    head = f"［{entry.kind.value}］{entry.remark}"
    sides = zip(HEADS, (entry.new, entry.old), strict=True)
    return "\n".join((head, *(f"{name}｜{line(part)}" for name, parts in sides for part in parts)))


def shown(new: list[Draft], old: list[Draft], cut: Mecab) -> list[str]:
    """The rows that changed, as a lawyer reads them."""
    return as_text(changes(abridged(contrast(document(new), document(old), cut)))).strip("\n").split("\n.\n")


# -- the sample guideline -----------------------------------------------------------------------------


def test_the_table_of_the_sample_guideline_is_right_in_every_row(sample: Contrast) -> None:
    assert as_text(abridged(sample)) == (GOLDEN / "contrast-mihon-shishin.txt").read_text(encoding="utf-8")


def test_the_duties_that_the_amendment_touches(sample: Contrast) -> None:
    rows = [duty_cells(one, Sides(sample.new, sample.old)) for one in amended(sample)]
    actual = "\n.\n".join(
        "\n".join(f"{name}｜{cell}" for name, cell in zip(("区分", "条項", "後", "前", "理由"), row, strict=True))
        for row in rows
    )
    assert actual + "\n" == (GOLDEN / "amended-mihon-shishin.txt").read_text(encoding="utf-8")


def test_a_version_beside_itself_has_no_changes(sample: Contrast, cut: Mecab) -> None:
    same = contrast(sample.new, sample.new, cut)
    assert changes(abridged(same)) == ()
    assert amended(same) == ()


def test_backwards_what_was_new_is_gone_and_what_was_stricter_is_laxer(sample: Contrast, cut: Mecab) -> None:
    back = contrast(sample.old, sample.new, cut)
    turns = {one.turn for one in amended(back)}
    assert Turn.LAXER in turns
    assert Turn.STRICTER not in turns
    there, here = ([one.kind for one in made.rows] for made in (sample, back))
    assert (there.count(Kind.ADDED), there.count(Kind.DROPPED)) == (here.count(Kind.DROPPED), here.count(Kind.ADDED))


# -- one rule a test ----------------------------------------------------------------------------------


def test_changed_words_are_marked_on_both_sides_with_the_unit_they_count(cut: Mecab) -> None:
    new = [Draft("１", "変更があった日から７日以内に台帳を更新しなければならない。")]
    old = [Draft("１", "変更があった日から14日以内に台帳を更新しなければならない。")]
    (row,) = shown(new, old, cut)
    assert "１　変更があった日から《７日》以内に" in row
    assert "１　変更があった日から《14日》以内に" in row


def test_a_sentence_that_shares_only_particles_is_marked_whole(cut: Mecab) -> None:
    made = difference("台帳を作成しなければならない。", "毎年の監査の結果を公表した者は、罰する。", cut)
    assert [one.changed for one in (*made.new, *made.old)] == [True, True]


def test_width_and_white_space_are_no_change(cut: Mecab) -> None:
    assert shown([Draft("１", "第２３条　の規定による。")], [Draft("１", "第23条の規定による。")], cut) == [""]


def test_a_new_item_renumbers_those_behind_it(cut: Mecab) -> None:
    def items(words: list[str]) -> list[Draft]:
        drafts = [Draft(f"１－２ > {'①②③④'[i]}", one, kind=ITEM) for i, one in enumerate(words)]
        return [Draft("１－２", "次の事項を定める。"), *drafts]

    rows = shown(
        items(["氏名", "生年月日", "住所及び電話番号", "取得の日"]),
        items(["氏名", "住所及び電話番号", "取得の日"]),
        cut,
    )
    assert rows == [
        "［新設］\n改正後｜　《②》　《生年月日》\n改正前｜（新設）",
        "［番号の変更］\n改正後｜　《③・④》　（略）\n改正前｜　《②・③》　（略）",
    ]


def test_a_clause_that_moved_is_known_by_its_content_and_told_at_both_places(cut: Mecab) -> None:
    moved = [Draft("１－１", REPORT.own, REPORT.heading), Draft("１－２", AUDIT.own, AUDIT.heading)]
    rows = shown([*moved, Draft("１－３", LEDGER.own, LEDGER.heading)], [AUDIT, LEDGER, REPORT], cut)
    assert rows[0].startswith("［移動］１－３から移動\n改正後｜（報告）\n改正後｜《１－１》")
    assert rows[-1] == "［移動］\n改正後｜（移動）\n改正前｜１－３　（１－１へ移動）"
    assert not any("新設" in row or "削る" in row for row in rows)


def test_a_number_that_stays_for_a_provision_that_is_gone_stands_beside_it(cut: Mecab) -> None:
    (row,) = shown([AUDIT, Draft("１－２", "削除"), REPORT], [AUDIT, LEDGER, REPORT], cut)
    assert row == (
        "［削除］\n改正後｜１－２　《削除》\n"
        "改正前｜《（台帳）》\n改正前｜１－２　《事業者は、台帳を整備し、五年間保存しなければならない。》"
    )


def test_a_new_clause_stands_with_caption_and_items_as_one_row(cut: Mecab) -> None:
    new = [AUDIT, LEDGER, Draft("１－２ > ①", "氏名及び連絡先", kind=ITEM)]
    (row,) = shown(new, [AUDIT], cut)
    assert row.count("（新設）") == 1
    assert "《①》　《氏名及び連絡先》" in row


def test_what_is_dropped_is_called_so_where_it_stood(cut: Mecab) -> None:
    made = abridged(contrast(document([AUDIT, REPORT]), document([AUDIT, LEDGER, REPORT]), cut))
    assert [one.kind for one in made] == [Kind.SAME, Kind.DROPPED, Kind.SAME]
    assert as_text(changes(made)).startswith(
        "［削除］\n改正後｜（削る）\n改正前｜《（台帳）》\n改正前｜《１－２》　《事業者は"
    )


# -- strictness ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "old", "stricter"),
    [
        ("年に二度以上", "年に一度以上", [True]),
        ("半年に一度", "年に一度", [True]),
        ("四半期ごとに一回", "月に一回", [False]),
        ("毎年二回以上", "毎年一回以上", [True]),
        ("六か月ごとに報告", "三か月ごとに報告", [False]),
        ("７日以内に更新", "14日以内に更新", [True]),
        ("三十日以内に提出", "一週間以内に提出", [False]),
        ("５年間保存する", "３年間保存する", [True]),
        ("受取りの日から30日を超えてはならない", "受取りの日から90日を超えてはならない", [True]),
        ("直ちに報告し", "速やかに報告し", [True]),
        ("報告し", "遅滞なく報告し", [False]),
        ("記録しなければならない", "原則として記録しなければならない", [True]),
        ("２年間保存し、月に一度", "１年間保存し、週に一度", [False, True]),
        ("台帳を整備し", "帳簿を整備し", []),
        ("２年に３回行う", "年に３回行う", [False]),
        ("三年に一回", "二年に一回", [False]),
        ("２年間に３回", "２年に３回", []),
        ("必要に応じ見直し", "必要に応じて見直し", []),
        ("必要に応じ見直し", "見直し", [False]),
        ("見直し", "必要に応じて見直し", [True]),
    ],
)
def test_what_can_be_measured_makes_a_duty_stricter_or_laxer(new: str, old: str, stricter: list[bool]) -> None:
    assert [one.stricter for one in by_words(new, old)] == stricter


def turns(new: str, old: str, cut: Mecab) -> list[tuple[Turn, tuple[str, ...]]]:
    """What became of the duties of one clause."""
    made = contrast(document([Draft("１", new)]), document([Draft("１", old)]), cut)
    return [(one.turn, one.reasons) for one in amended(made)]


def test_a_stronger_surface_makes_a_duty_stricter(cut: Mecab) -> None:
    found = turns("事業者は、監査を行わなければならない。", "事業者は、監査を行うことが望ましい。", cut)
    assert found == [(Turn.STRICTER, ("「望ましい」から「なければならない」へ",))]


def test_reasons_that_disagree_are_told_and_not_judged(cut: Mecab) -> None:
    new = "事業者は、記録を２年間保存し、月に一度以上、点検しなければならない。"
    old = "事業者は、記録を１年間保存し、週に一度以上、点検しなければならない。"
    ((turn, reasons),) = turns(new, old, cut)
    assert (turn, len(reasons)) == (Turn.REWORDED, 2)


def test_a_permission_that_relaxes_a_duty_makes_it_laxer(cut: Mecab) -> None:
    duty = "事業者は、監査を行わなければならない。"
    found = turns(f"{duty}なお、点検をもって監査に代えることができる。", duty, cut)
    assert found == [(Turn.LAXER, ("１の義務を緩和する定めの新設",))]


# -- properties ---------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from("台帳を整備し、監査の結果は７14日以内に。年度 \n又は保存する"), max_size=30).map(
    "".join
)


@given(WORDS, WORDS)
@example("", " ")
def test_a_difference_keeps_every_character_of_both(new: str, old: str) -> None:
    made = difference(new, old)
    assert (said(made.new), said(made.old)) == (new, old)
    if squash(new) == squash(old):
        assert not any(one.changed for one in (*made.new, *made.old))


SENTENCES = (
    "事業者は、台帳を整備しなければならない。",
    "委託先の選定に当たっては、実地に確認することとする。",
    "漏えいが生じたときは、速やかに報告しなければならない。",
    "毎年一回以上、監査を行うことが望ましい。",
    "削除",
    "アクセスの記録を三年間保存すること。",
    "氏名",
)


@st.composite
def guidelines(draw: st.DrawFn) -> Document:
    """A guideline of a few clauses with items and notes."""
    drafts: list[Draft] = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        path = f"１－{number}"
        heading = draw(st.sampled_from(["", "（台帳の整備）", "（監査）"]))
        drafts.append(Draft(path, draw(st.sampled_from(SENTENCES)), heading))
        for item in range(draw(st.integers(0, 3))):
            drafts.append(Draft(f"{path} > {'①②③'[item]}", draw(st.sampled_from(SENTENCES)), kind=ITEM))
        if draw(st.booleans()):
            drafts.append(Draft(f"{path} > （注）", draw(st.sampled_from(SENTENCES)), kind=NOTE))
    return document(drafts)


@settings(deadline=None, max_examples=60)
@given(guidelines(), guidelines())
def test_each_line_of_both_versions_stands_in_one_row(new: Document, old: Document) -> None:
    made = contrast(new, old)
    left = [one.new.line for one in made.rows if one.new]
    right = [one.old.line for one in made.rows if one.old and one.kind is not Kind.GONE]
    assert left == list(lines(new))
    assert sorted(right, key=lambda one: one.span) == list(lines(old))
    assert all(said(cell.wording) == cell.line.words for row in made.rows for cell in (row.new,) if cell)
    assert len(set(made.pairs.values())) == len(made.pairs)


@settings(deadline=None, max_examples=60)
@given(guidelines(), guidelines())
def test_the_printed_table_has_two_sides_in_every_row(new: Document, old: Document) -> None:
    made = abridged(contrast(new, old))
    assert all(one.new and one.old for one in made)
    assert all(_is_marked(one) for one in changes(made))


def _is_marked(entry: Entry) -> bool:
    """Whether something in the row is underlined, or the row says where it went or came from."""
    stretches = [one for part in (*entry.new, *entry.old) for one in (*part.label, *part.words)]
    return any(one.changed for one in stretches) or entry.kind is Kind.GONE or bool(entry.remark)


# -- files --------------------------------------------------------------------------------------------


def test_the_word_file_underlines_what_changed_and_nothing_else(sample: Contrast) -> None:
    entries, duties, made = abridged(sample), amended(sample), Sides(sample.new, sample.old)
    file = docx.Document(io.BytesIO(contrast_paper(names(*made_of(made)), entries, duties, made)))
    section = file.sections[0]
    assert section.page_width > section.page_height
    table, duty_rows = file.tables
    assert [cell.text for cell in table.rows[0].cells] == ["改正後", "改正前"]
    assert len(table.rows) == len(entries) + 1
    runs = [run for row in table.rows for cell in row.cells for line in cell.paragraphs for run in line.runs]
    underlined = "".join(run.text for run in runs if run.underline)
    marked = [
        one for e in entries for side in (e.new, e.old) for p in side for one in (*p.label, *p.words) if one.changed
    ]
    assert underlined == "".join(one.words for one in marked)
    assert len(duty_rows.rows) == len(duties) + 1


def test_the_excel_file_has_the_table_and_the_duties(sample: Contrast) -> None:
    made = Sides(sample.new, sample.old)
    book = openpyxl.load_workbook(
        io.BytesIO(contrast_workbook(names(*made_of(made)), abridged(sample), amended(sample), made))
    )
    assert book.sheetnames == ["新旧対照表", "義務の増減"]
    assert any("《半年》" in str(row[1].value) for row in book["新旧対照表"].iter_rows())


def made_of(made: Sides) -> tuple[Document, Document]:
    """The two documents."""
    return made.new, made.old
