"""Habits of numbering that other authorities have: what opens a clause, and what stays text of the one before."""

from __future__ import annotations

from pages import outline, read_text

from law.document import BlockKind


def paths(text: str) -> list[str]:
    """The paths of the clauses of a typed text."""
    return [clause.path for clause in read_text(text).clauses]


def test_a_count_may_begin_with_nought_and_go_on_behind_chained_numbers() -> None:
    text = "0. 番号\n1. 名称\n12-1．状況\n　次から選ぶ。\n12-2．時期\n　次から選ぶ。\n13．確認の手法\n　次から選ぶ。\n"
    assert paths(text.replace("12-", "2-").replace("13．", "3．")) == ["0", "1", "2-1", "2-2", "3"]


def test_a_clause_with_nothing_but_a_note_under_it_has_a_heading() -> None:
    text = "1-1　手数料の有無\n　※　申請の手続が対象である。\n1-2　手数料の方法\n　次から選ぶ。\n"
    assert outline(read_text(text)).splitlines() == [
        "1-1 〈手数料の有無〉",
        "  ※ 申請の手続が対象である。",
        "1-2 〈手数料の方法〉次から選ぶ。",
    ]


def test_what_stands_out_from_a_hanging_note_is_no_part_of_it() -> None:
    text = (
        "1-1　手数料の有無\n"
        "　※申請の手続が対象である。ただし、届出の手続を除くものとし、別に\n"
        "　　定める手続を含む。\n"
        "　手続に際して必要となる手数料を、次から選ぶ。\n"
    )
    assert outline(read_text(text)).splitlines() == [
        "1-1 〈手数料の有無〉手続に際して必要となる手数料を、次から選ぶ。",
        "  ※ 申請の手続が対象である。ただし、届出の手続を除くものとし、別に定める手続を含む。",
    ]


def test_questions_stand_under_the_heading_over_them() -> None:
    text = (
        "１　質疑応答\n問１　電子データでもよいですか。\n答　差し支えありません。\n"
        "問２　海外でもよいですか。\n答　いいえ。\n"
    )
    assert outline(read_text(text)).splitlines() == [
        "１ 〈質疑応答〉",
        "  問１ 電子データでもよいですか。",
        "    答 差し支えありません。",
        "  問２ 海外でもよいですか。",
        "    答 いいえ。",
    ]


def test_a_part_may_be_called_bu() -> None:
    text = "第１部　共通事項\n1-1. 目的\n　次による。\n第２部　役割\n2-1. 運航\n　次による。\n"
    assert paths(text) == ["第１部", "1-1", "第２部", "2-1"]


def test_rows_that_only_stand_in_columns_are_a_table_under_their_head() -> None:
    text = "別添Ａ　確認\n　次による。\n　番号→→確認する項目→日\n　１　→→再委託の有無\n　２　→→保存の場所\n"
    assert paths(text) == ["別添Ａ"]


def test_an_edition_is_no_clause() -> None:
    assert paths("[中 手順書]\n[右 第3.1版　2025年２月]\n\n１　総則\n　次による。\n") == ["（表題）", "１"]


def test_a_form_may_name_the_clause_it_belongs_to() -> None:
    text = "第１章　総則\n　次による。\n\n別紙様式第１号（第２章第２節２(1)関係）\n　氏名\n"
    assert paths(text) == ["第１章", "別紙様式第１号"]


def test_letters_keep_the_bracket_they_are_printed_with() -> None:
    assert paths("１　次を満たすこと。\n　a) 暗号化\n　b) 消去\n") == ["１", "１ > a)", "１ > b)"]


def test_a_line_in_an_open_bracket_goes_on_with_it() -> None:
    text = (
        "１．概要\n　概要は、図１のとおりである。\n　　　　　図１　取扱いの概要\n"
        "(取扱いの全体の流れは、付録２を参\n照)\n　1) 発見者は届け出る\n　2) 機構は通知する\n"
    )
    assert paths(text) == ["１", "１ > 1)", "１ > 2)"]


def test_contents_without_pages_are_known_by_their_lines_coming_again() -> None:
    entries = ["1. はじめに", "1.1. 背景", "1.2. 課題", "2. 全体像"]
    words = ["　標準化の背景を述べる。", "　標準化の背景である。", "　課題を述べる。", "　全体を述べる。"]
    text = (
        "目次\n"
        + "\n".join(entries)
        + "\n\n[頁]\n"
        + "\n".join(f"{e}\n{w}" for e, w in zip(entries, words, strict=True))
    )
    document = read_text(text)
    assert [(clause.path, document.pdf_page(clause)) for clause in document.clauses] == [
        ("1", 2),
        ("1.1", 2),
        ("1.2", 2),
        ("2", 2),
    ]
    assert [block.kind for block in document.blocks].count(BlockKind.CONTENTS) == 5


def test_middle_dots_lead_to_the_page_too() -> None:
    text = "目　次\n第一章　総則 ········································· 2\n[頁]\n第一章　総則\n　次による。\n"
    assert paths(text) == ["第一章"]


def test_a_heading_without_words_holds_the_count_that_begins_under_it() -> None:
    text = (
        "一　目的\n　必要な事項を定める。\n二　公開の方法\n１　観測者は、翌月までに公開する。\n"
        "２　前項の公開は、次による。\n"
        "　(一)　閲覧\n　(二)　備置き\n三　公開の制限\n１　管理者は、停止を求める。\n"
    )
    assert paths(text) == ["一", "二", "二 > １", "二 > ２", "二 > ２ > (一)", "二 > ２ > (二)", "三", "三 > １"]
