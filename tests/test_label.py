"""Labels: what stands before a clause is read, counted, and found again however it is typed."""

from __future__ import annotations

import pytest

from law.label import Style, as_iroha, normal_label, normal_path, read_label


@pytest.mark.parametrize(
    ("line", "style", "printed", "number"),
    [
        ("第一編　総則", Style.PART, "第一編", (1,)),
        ("第２章 罰則", Style.CHAPTER, "第２章", (2,)),
        ("第三節　雑則", Style.SECTION, "第三節", (3,)),
        ("第一款　通則", Style.SUBSECTION, "第一款", (1,)),
        ("第二十三条の二　業者は", Style.ARTICLE, "第二十三条の二", (23, 2)),
        ("第 23 条 業者は", Style.ARTICLE, "第 23 条", (23,)),
        ("第３ 法律上の問題点", Style.DAI, "第３", (3,)),
        ("６－２－１ 利用段階", Style.CHAIN, "６－２－１", (6, 2, 1)),
        ("(4) 措置", Style.PAREN, "(4)", (4,)),
        ("⑵ 指導", Style.PAREN, "⑵", (2,)),
        ("１）体制", Style.HALF_PAREN, "１）", (1,)),
        ("③ 宣言", Style.CIRCLED, "③", (3,)),
        ("イ 監査", Style.KANA, "イ", (2,)),
        ("(ア) 点検", Style.PAREN_KANA, "(ア)", (1,)),
        ("(ii) 要件", Style.PAREN_ROMAN, "(ii)", (2,)),
        ("Ⅱ．監督", Style.ROMAN, "Ⅱ", (2,)),
        ("一　氏名", Style.KANJI, "一", (1,)),
        ("１ 概要", Style.ARABIC, "１", (1,)),
        ("問12 対象は", Style.QUESTION, "問12", (12,)),
        ("附　則", Style.SUPPLEMENT, "附　則", ()),
        ("（別添１）取扱い", Style.ANNEX, "別添１", (1,)),
        ("附属書 A（参考）危険", Style.ANNEX, "附属書 A", ()),
        ("別紙Ｂ　記録", Style.ANNEX, "別紙Ｂ", ()),
        ("別添ABC社の記録", Style.ANNEX, "別添", ()),
        ("別表第一", Style.ANNEX, "別表第一", (1,)),
        ("（注）ここで", Style.NOTE, "（注）", ()),
        ("※２ 対象", Style.NOTE, "※２", (2,)),
        ("（例）次の", Style.EXAMPLE, "（例）", ()),
        ("・対象", Style.BULLET, "・", ()),
        ("三の二　名簿", Style.KANJI, "三の二", (3, 2)),
        ("（一）届出", Style.PAREN_KANJI, "（一）", (1,)),
        ("［１］対象", Style.BRACKET, "［１］", (1,)),
        ("Ⅱ－３－１ 着眼点", Style.CHAIN, "Ⅱ－３－１", (2, 3, 1)),
        ("㋑ 控え", Style.PAREN_KANA, "㋑", (2,)),
        ("ｂ 件数", Style.LETTER, "ｂ", (2,)),
        ("ⅱ）要件", Style.PAREN_ROMAN, "ⅱ）", (2,)),
        ("様式第１号（第２条関係）", Style.ANNEX, "様式第１号", (1,)),
        ("＜別紙＞", Style.ANNEX, "別紙", ()),
        ("【事例１】一人で営む者", Style.EXAMPLE, "【事例１】", (1,)),
        ("事例2）法人", Style.EXAMPLE, "事例2）", (2,)),
        ("（※1）法は", Style.NOTE, "（※1）", (1,)),
        ("注２）廃棄", Style.NOTE, "注２）", (2,)),
        ("１", Style.ARABIC, "１", (1,)),
    ],
)
def test_the_label_at_the_start_of_a_line_is_read(
    line: str, style: Style, printed: str, number: tuple[int, ...]
) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.style, label.printed, label.number) == (style, printed, number)


@pytest.mark.parametrize(
    "line",
    [
        "業者は、措置を講ずる。",
        "個人データ",
        "",
        "アクセス制御",
        "一般の措置",
        "ッ 件",
        "and on",
        "第２部上場の会社",
        "第１部数は百部",
    ],
)
def test_words_without_a_label_have_none(line: str) -> None:
    assert read_label(line) is None


def test_the_length_of_a_label_takes_its_stop_and_the_spaces_behind_it() -> None:
    label = read_label("Ⅰ．　目的")
    assert label is not None
    assert "Ⅰ．　目的"[label.length :] == "目的"


@pytest.mark.parametrize(
    ("first", "second", "follows"),
    [
        ("② 名称", "③ 所在", True),
        ("① 名称", "③ 所在", False),
        ("２－１ 設置", "２－２ 整備", True),
        ("２－１ 設置", "３－２ 整備", False),
        ("第二条　定義", "第二条の二　特例", True),
        ("第二条の二　特例", "第三条　適用", True),
        ("第二条　定義", "第四条　適用", False),
        ("(1) 名称", "２ 所在", False),
    ],
)
def test_a_label_follows_its_elder_sibling(first: str, second: str, follows: bool) -> None:
    elder, younger = read_label(first), read_label(second)
    assert elder is not None
    assert younger is not None
    assert younger.follows(elder) is follows


def test_kana_count_in_the_order_of_statutes_when_asked() -> None:
    label = read_label("ロ 所在")
    assert label is not None
    assert as_iroha(label).number == (2,)


@pytest.mark.parametrize(
    ("as_typed", "normal"),
    [
        ("５－１", "5-1"),
        ("5-1", "5-1"),
        ("五の一", "5-1"),
        ("5‐1", "5-1"),
        ("⑷", "(4)"),
        ("（４）", "(4)"),
        ("③", "③"),
        ("イ", "イ"),
        ("別添２", "別添2"),
        ("資料１－２", "資料1-2"),
        ("第二十三条の二", "第23条の2"),
        ("第 23 条", "第23条"),
        ("Ⅰ", "I"),
        ("【参考】", "参考"),
    ],
)
def test_one_form_for_lookup_whatever_the_width_dash_or_numeral(as_typed: str, normal: str) -> None:
    assert normal_label(as_typed) == normal


def test_a_path_is_looked_up_label_by_label() -> None:
    assert normal_path("資料１－２ > 第３ > ２ > ⑷ > イ") == "資料1-2>第3>2>(4)>イ"
