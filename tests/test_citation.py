"""References are found as printed and lead only to what exists; what cannot be resolved stays visible."""

from __future__ import annotations

import pytest
from documents import Row, document
from hypothesis import given
from hypothesis import strategies as st

from law.citation import Reference, ReferenceKind, references
from law.document import ClauseKind, Document
from law.outline import find_clauses

LAW, GUIDELINE, SELF, DOCUMENT = ReferenceKind.LAW, ReferenceKind.GUIDELINE, ReferenceKind.SELF, ReferenceKind.DOCUMENT
MIHON = "見本情報の保護に関する法律"
RULES = "見本分野における情報保護に関するガイドライン"
DEFINED = f"{MIHON}（平成15年法律第1号。以下「法」という。）、{RULES}（以下「見本分野ガイドライン」という。）。"


def of_words(words: str) -> list[tuple[str, str, str | None, str | None, str | None, str | None, bool]]:
    """The references of one clause whose document has defined 法 and 見本分野ガイドライン before."""
    made = document([Row("（前文）", DEFINED, kind=ClauseKind.FRONT, mark=""), Row("１", words)])
    return [
        (r.surface, r.kind.value, r.law, r.article, r.paragraph, r.item, r.resolved)
        for r in references(made)
        if r.clause == "１"
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("法第23条に基づく。", ("法第23条", "law", MIHON, "23", None, None, True)),
        ("法第 146 条第１項による。", ("法第 146 条第１項", "law", MIHON, "146", "1", None, True)),
        ("法第三十条第一項第二号の確認", ("法第三十条第一項第二号", "law", MIHON, "30", "1", "2", True)),
        ("法第二十三条の二の措置", ("法第二十三条の二", "law", MIHON, "23-2", None, None, True)),
        ("法 20 条第１項に違反した。", ("法 20 条第１項", "law", MIHON, "20", "1", None, True)),
        ("見本機構法第49条の業務", ("見本機構法第49条", "law", "見本機構法", "49", None, None, True)),
        (
            "見本機構法（平成19年法律第2号）第4条",
            ("見本機構法（平成19年法律第2号）第4条", "law", "見本機構法", "4", None, None, True),
        ),
        ("平成27年改正法第17条第１項", ("平成27年改正法第17条第１項", "law", None, "17", "1", None, False)),
        ("見本銀行法を守る。", ("見本銀行法", "law", "見本銀行法", None, None, None, True)),
        (
            "見本分野ガイドライン第８条第５項（１）①に基づき",
            ("見本分野ガイドライン第８条第５項（１）①", "guideline", RULES, "8", "5", "(1)①", True),
        ),
        (
            "見本分野ガイドライン 3-4-4(2)では",
            ("見本分野ガイドライン 3-4-4(2)", "guideline", RULES, "3-4-4", None, "(2)", True),
        ),
        (
            "令和６年２月29日付け報告書",
            ("令和６年２月29日付け報告書", "document", "令和６年２月29日付け報告書", None, None, None, False),
        ),
        (
            "資料２－２「状況の概要」",
            ("資料２－２「状況の概要」", "document", "資料２－２「状況の概要」", None, None, None, False),
        ),
    ],
)
def test_a_provision_is_read_with_its_law_and_its_parts(words: str, expected: tuple[object, ...]) -> None:
    assert of_words(words) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "適切な方法第１段階",
        "独立行政法人の業務",
        "電話 03-1234-5678",
        "2024-10-11 に公表",
        "第１回の会議",
        "https://example.jp/#a3-4-3",
        "違法な手法及び用法",
        "上記２件の事案",
        "告示第１号",
    ],
)
def test_words_that_only_look_like_references_are_none(words: str) -> None:
    assert of_words(words) == []


def test_a_provision_without_a_law_takes_that_of_its_sentence() -> None:
    assert [(r[0], r[2], r[3]) for r in of_words("法第148条に基づく勧告及び第147条に基づく指導。第99条の場合。")] == [
        ("法第148条", MIHON, "148"),
        ("第147条", MIHON, "147"),
        ("第99条", None, "99"),
    ]


def test_dojo_and_doko_lean_on_the_provision_before() -> None:
    read = [
        (r[0], r[3], r[4])
        for r in of_words("法第27条第２項（第20条第１項を除く。）、同項ただし書、同条第３項及び第４項")
    ]
    assert read == [
        ("法第27条第２項", "27", "2"),
        ("第20条第１項", "20", "1"),
        ("同項ただし書", "27", "2"),
        ("同条第３項", "27", "3"),
        ("第４項", "27", "4"),
    ]


def test_nothing_before_leaves_dojo_unresolved_and_visible() -> None:
    assert of_words("同条第２項による。") == [("同条第２項", "self", None, None, "2", None, False)]


def test_a_short_name_means_what_the_nearest_definition_before_says() -> None:
    made = document(
        [
            Row("１", "甲に関する法律（以下「法」という。）。法第１条。"),
            Row("２", "乙に関する法律（以下「法」という。）。法第１条。"),
        ]
    )
    assert [(r.clause, r.law) for r in references(made) if r.surface == "法第１条"] == [
        ("１", "甲に関する法律"),
        ("２", "乙に関する法律"),
    ]


def test_a_short_name_may_stand_before_what_it_means() -> None:
    made = document(
        [Row("１", "法（甲に関する法律（平成15年法律第１号）をいう。以下同じ。）第２条に基づき、法第１条による。")]
    )
    assert [r.law for r in references(made) if r.article] == ["甲に関する法律"] * 2


def notice() -> Document:
    """Two materials in one file: a short one that refers to the long one."""
    material, item = ClauseKind.MATERIAL, ClauseKind.ITEM
    return document(
        [
            Row("資料１－１", heading="概要", kind=material),
            Row("資料１－１ > 第１", "「（資料１－２）対応について（詳細資料）」（以下「詳細版」という。）を参照。"),
            Row("資料１－１ > 第２", "不備（詳細版、第３の１(1)及び第３の２。第９の１）を別添３により示す。"),
            Row("資料１－２", heading="詳細", kind=material),
            Row("資料１－２ > 第３"),
            Row("資料１－２ > 第３ > １"),
            Row("資料１－２ > 第３ > １ > (1)", "次の措置", kind=item),
            Row("資料１－２ > 第３ > １ > (1) > ア", "台帳の定期的な点検", kind=item),
            Row("資料１－２ > 第３ > １ > (1) > イ", "前記アのとおり。", kind=item),
            Row("資料１－２ > 第３ > １ > (1) > ウ", "写し", kind=item),
            Row(
                "資料１－２ > 第３ > ２",
                "前記１(1)イのとおり「台帳の定期的な点検」を行う（注２）。前記１(1)ア乃至ウを見よ。前記第７の１。",
            ),
            Row("資料１－２ > 第３ > ２ > 注２", "点検をいう。", kind=ClauseKind.NOTE),
        ]
    )


def led(made: Document) -> list[tuple[str | None, str, str | None]]:
    return [(r.clause, r.surface, r.target) for r in references(made) if r.kind is SELF]


def test_labels_lead_to_clauses_from_where_they_are_read_outward() -> None:
    first, second = "資料１－２ > 第３ > １ > (1)", "資料１－２ > 第３ > ２"
    assert led(notice()) == [
        ("資料１－１ > 第１", "資料１－２", "資料１－２"),
        ("資料１－１ > 第２", "第３の１(1)", first),
        ("資料１－１ > 第２", "第３の２", second),
        ("資料１－１ > 第２", "別添３", None),
        (f"{first} > イ", "前記ア", f"{first} > ア"),
        (second, "前記１(1)イ", f"{first} > イ"),
        (second, "「台帳の定期的な点検」", f"{first} > ア"),
        (second, "（注２）", f"{second} > 注２"),
        (second, "前記１(1)ア乃至ウ", f"{first} > ア"),
        (second, "前記１(1)ア乃至ウ", f"{first} > イ"),
        (second, "前記１(1)ア乃至ウ", f"{first} > ウ"),
        (second, "前記第７の１", None),
    ]


def test_chains_lead_to_clauses_and_ranges_to_all_they_cover() -> None:
    made = document(
        [
            Row("Ⅰ", heading="体制", kind=ClauseKind.HEADING),
            Row("Ⅰ > （２） > １）", "体制"),
            Row("Ⅰ > （２） > ２）", "教育"),
            Row("６－１", "６－１から６－３まで及び６－１①による。"),
            Row("６－１ > ①", "名称", kind=ClauseKind.ITEM),
            Row("６－２", "Ⅰ．（２）１）及び同２）に規定する。６－１②。"),
            Row("６－３", "７－９に定める。"),
            Row("６－３ > 脚注1", "参考", kind=ClauseKind.FOOTNOTE, mark="1"),
        ]
    )
    whole = "６－１から６－３まで"
    assert led(made) == [
        ("６－１", whole, "６－１"),
        ("６－１", whole, "６－２"),
        ("６－１", whole, "６－３"),
        ("６－１", "６－１①", "６－１ > ①"),
        ("６－２", "Ⅰ．（２）１）", "Ⅰ > （２） > １）"),
        ("６－２", "同２）", "Ⅰ > （２） > ２）"),
        ("６－２", "６－１②", None),
        ("６－３", "７－９", None),
        ("６－３", "1", "６－３ > 脚注1"),
    ]


def test_decimal_numbers_refer_only_where_there_is_such_a_clause() -> None:
    made = document(
        [
            Row("2.1", "2.2①及び②に規定する。残高の2.3倍、2.9の定め。"),
            Row("2.2", "②については、2.1による。"),
            Row("2.2 > ①", "甲", kind=ClauseKind.ITEM),
            Row("2.2 > ②", "乙", kind=ClauseKind.ITEM),
            Row("2.3", "丙"),
        ]
    )
    assert led(made) == [
        ("2.1", "2.2①", "2.2 > ①"),
        ("2.1", "②", "2.2 > ②"),
        ("2.2", "②", "2.2 > ②"),
        ("2.2", "2.1", "2.1"),
    ]


def of_a_guide(words: str) -> list[str]:
    """Where the words lead in a guideline that has chapters, decimal numbers, forms, tables and items of its own."""
    item = ClauseKind.ITEM
    chapters = ["第１章", "第２章", "第３章"]
    numbers = ["1.2", "2.4", "2.4 > ①", "3.1.4"]
    forms = ["別記", "別紙様式第１号", "様式第１号", "別表第１", "別表第２", "別表第１号"]
    made = document(
        [
            *(Row(path, "甲") for path in (*chapters, *numbers, *forms)),
            Row("第１", f"届出は、{words}。"),
            *(Row(f"第１ > {label}", "甲", kind=item) for label in ("①", "②", "(1)", "(2)")),
        ]
    )
    return [one.target for one in references(made) if one.clause == "第１" and one.kind is SELF and one.target]


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("見本銀行法の第２章", []),
        ("同令第２章", []),
        ("民法第三編第２章", []),
        ("金融検査マニュアルの第２章", []),
        ("定款第２章", []),
        ("標準約款第２章", []),
        ("基本計画第２章", []),
        ("「外部委託の手引」第２章", []),
        ("ＪＩＳ規格の第３章", []),
        ("ＩＳＯ27001第２章", []),
        ("見本銀行法第１章及び第２章", []),
        ("見本銀行法第１章から第３章まで", []),
        ("見本銀行法第１章、第２章並びに第３章", []),
        ("見本銀行法第３条及び第２章", []),
        ("見本銀行法第３条並びに第２章から第３章まで", []),
        ("本人確認規程第２章", []),
        ("この場合銀行法第２章", []),
        ("見本銀行法（第２章及び第３章）", []),
        ("見本施行規則に定める第２章", []),
        ("体制（第２章）", ["第２章"]),
        ("第２章による", ["第２章"]),
        ("本ガイドライン第２章", ["第２章"]),
        ("本指針の第３章", ["第３章"]),
        ("この規程第２章", ["第２章"]),
        ("前記第２章", ["第２章"]),
        ("次の第２章", ["第２章"]),
        ("規定及び第２章", ["第２章"]),
        ("第２章及び第３章", ["第２章", "第３章"]),
        ("第１章から第３章まで", ["第１章", "第２章", "第３章"]),
    ],
)
def test_a_chapter_is_ours_unless_another_text_stands_before_it(words: str, paths: list[str]) -> None:
    assert of_a_guide(words) == paths


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("年1.2パーセント", []),
        ("1.2ポイント", []),
        ("1.2兆円", []),
        ("約1.2時間", []),
        ("1.2メートル", []),
        ("1.2kg", []),
        ("1.2㎡", []),
        ("1.2割", []),
        ("1.2の割合", []),
        ("1.2の比率による", []),
        ("1.2から2.4倍", []),
        ("1.2、2.4ポイント", []),
        ("2.4GHz", []),
        ("TLS バージョン1.2による通信", []),
        ("係数は1.2とする", []),
        ("係数1.2により算出する", []),
        ("金利の1.2及び2.4による", []),
        ("令和3.1.4改正", []),
        ("2.4を参照", ["2.4"]),
        ("（2.4参照）", ["2.4"]),
        ("2.4に定める事項", ["2.4"]),
        ("2.4の規定", ["2.4"]),
        ("2.4①に掲げる", ["2.4 > ①"]),
        ("2.4及び3.1.4に定める", ["2.4", "3.1.4"]),
        ("1.2から3.1.4までの規定", ["1.2", "2.4", "3.1.4"]),
        ("上記2.4による", ["2.4"]),
        ("2.4「委託先の監督」を参照", ["2.4"]),
        ("本指針の2.4に定める", ["2.4"]),
        ("比率は1.2により算出する", []),
        ("3.1.4 公開の段階", []),
    ],
)
def test_a_decimal_number_refers_only_where_the_words_after_it_say_so(words: str, paths: list[str]) -> None:
    assert of_a_guide(words) == paths


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("見本銀行法第３条の①に掲げる者", []),
        ("別の通達の(1)に掲げる", []),
        ("民法第90条の(1)の規定", []),
        ("図の①に示す", []),
        ("図の①及び②に示す", []),
        ("図①、②に示す", []),
        ("様式中の①について", []),
        ("会社法施行規則別表の(2)に規定する", []),
        ("見本銀行法第２条①及び②による", []),
        ("①に掲げる", ["第１ > ①"]),
        ("次の①に掲げる", ["第１ > ①"]),
        ("上記の①について", ["第１ > ①"]),
        ("以下の(1)に掲げる", ["第１ > (1)"]),
        ("①及び②による", ["第１ > ①", "第１ > ②"]),
        ("(1)及び(2)の要件", ["第１ > (1)", "第１ > (2)"]),
        ("台帳及び②に掲げる", ["第１ > ②"]),
        ("(1)の記録を保存する", ["第１ > (1)"]),
        ("(1)および(2)の記録", ["第１ > (1)", "第１ > (2)"]),
        ("過去の例や①②を参考に", ["第１ > ①", "第１ > ②"]),
        ("(1)氏名、(2)住所のうち、(1)は省くことができる", []),
        ("別の通達の(1)を参照", []),
        ("①とは別に", []),
    ],
)
def test_a_bare_label_is_ours_unless_it_is_of_something_else(words: str, paths: list[str]) -> None:
    assert of_a_guide(words) == paths


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("会社法施行規則別紙様式第１号", []),
        ("会社法施行規則別表第１及び別表第２", []),
        ("見本銀行法施行規則（昭和57年大蔵省令第10号）別紙様式第１号", []),
        ("見本銀行法施行規則第19条の別紙様式第１号", []),
        ("同規則様式第１号", []),
        ("法別表第１号", []),
        ("内閣府令で定める別紙様式第１号", []),
        ("別紙様式第１号", ["別紙様式第１号"]),
        ("別表第１及び別表第２", ["別表第１", "別表第２"]),
        ("次の様式第１号", ["様式第１号"]),
        ("別記のとおり", ["別記"]),
        ("会社法施行規則別記の様式", []),
        ("別紙のとおり", []),
        ("本規則別表第１", ["別表第１"]),
        ("この規程の別表第１", ["別表第１"]),
        ("見本銀行法第３条及び別表第１", ["別表第１"]),
    ],
)
def test_a_form_or_table_is_ours_unless_a_law_stands_before_it(words: str, paths: list[str]) -> None:
    assert of_a_guide(words) == paths


def test_a_chapter_of_this_law_is_not_ours_where_the_words_are_defined_as_a_law() -> None:
    made = document([Row("第２章", "甲"), Row("第１", f"{MIHON}（以下「本法」という。）の届出。本法第２章による。")])
    assert not [one for one in references(made) if one.target]


def test_chapters_forms_and_steps_in_kanji_lead_to_clauses() -> None:
    made = document(
        [
            Row("第１章"),
            Row("第１章 > 第２節"),
            Row("第三条", "第１章第２節及び見本法第１章の規定並びに別紙様式第１号による。"),
            Row("第二 > 一 > (一)", "甲"),
            Row("第三", "第二の一(一)の規程"),
            Row("別紙様式第１号", heading="（第三条関係）"),
        ]
    )
    assert [one for one in led(made) if one[2]] == [
        ("第三条", "第１章第２節", "第１章 > 第２節"),
        ("第三条", "別紙様式第１号", "別紙様式第１号"),
        ("第三", "第二の一(一)", "第二 > 一 > (一)"),
        ("別紙様式第１号", "第三条", "第三条"),
    ]


def test_the_number_of_a_law_may_be_in_kanji() -> None:
    made = document([Row("１", "見本業法（平成十五年法律第五十七号）第二十六条による。")])
    assert [(r.law, r.article) for r in references(made)] == [("見本業法", "26")]


def test_a_wide_gap_parts_a_law_from_what_it_is_given_for() -> None:
    made = document([Row("１", "違反の条項　　　見本運送法第27条第３項")])
    assert [(r.law, r.article) for r in references(made)] == [("見本運送法", "27")]


def statute() -> Document:
    """A statute of its own: references without a law are to itself."""
    return document(
        [
            Row("第一条", "この法律は、見本の安全を目的とする。"),
            Row("第二条", "業者は、台帳を作る。"),
            Row("第二条 > ２", "前項の台帳は、次に掲げる事項を記す。"),
            Row("第二条 > ２ > 一", "氏名"),
            Row("第二条 > ３", "業者は、前条の目的のため、前項第一号及び第九号の事項を改める。同項の台帳も同じ。"),
            Row(
                "第三条", "第二条第二項第一号の事項は、見本機構法第四条及び第五条の例による。次条を除く。第四項の場合。"
            ),
            Row("第五条", "前条の規定は、第三条の場合に準用する。"),
        ]
    )


def test_a_statute_refers_to_itself_in_its_own_order() -> None:
    assert [(r.clause, r.surface, r.kind.value, r.target or r.law, r.resolved) for r in references(statute())] == [
        ("第二条 > ２", "前項", "self", "第二条", True),
        ("第二条 > ３", "前条", "self", "第一条", True),
        ("第二条 > ３", "前項第一号", "self", "第二条 > ２ > 一", True),
        ("第二条 > ３", "第九号", "self", None, False),
        ("第二条 > ３", "同項", "self", "第二条 > ２", True),
        ("第三条", "第二条第二項第一号", "self", "第二条 > ２ > 一", True),
        ("第三条", "見本機構法第四条", "law", "見本機構法", True),
        ("第三条", "第五条", "law", "見本機構法", True),
        ("第三条", "次条", "self", None, False),
        ("第三条", "第四項", "self", None, False),
        ("第五条", "前条", "self", None, False),
        ("第五条", "第三条", "self", "第三条", True),
    ]


PIECES = (
    "法第23条 同条第２項 前項 次条 及び ５－１ ① 前記 第２の１ (1) ア から まで （注１） 別添１ 「甲」 。 、 Ⅰ． 同２）"
)


@given(st.lists(st.sampled_from(PIECES.split()), max_size=14))
def test_resolving_never_invents_a_clause_and_quotes_what_is_printed(words: list[str]) -> None:
    made = document(
        [Row("第１", "甲"), Row("第１ > (1)", "乙"), Row("５－１", "".join(words)), Row("５－１ > ①", "甲")]
    )
    for reference in references(made):
        assert reference.span.of(made.text) == reference.surface
        assert reference.target is None or reference.target in made.by_path
        assert reference.resolved is (reference.target is not None or reference.law is not None)


def test_references_stand_in_the_order_of_the_text() -> None:
    places = [reference.span for reference in references(notice())]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ("第二条 > ２ > 一", ["第二条 > ２ > 一"]),
        ("第2条>2>1", ["第二条 > ２ > 一"]),
        ("第二条第2項第一号", ["第二条 > ２ > 一"]),
        ("第 2 条", ["第二条"]),
        ("第二条第一項", ["第二条"]),
        ("第九条", []),
        ("", []),
    ],
)
def test_a_clause_of_a_statute_is_found_however_it_is_typed(typed: str, paths: list[str]) -> None:
    assert [clause.path for clause in find_clauses(statute(), typed)] == paths


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ("第３の１(1)ア", ["資料１－２ > 第３ > １ > (1) > ア"]),
        ("(1)イ", ["資料１－２ > 第３ > １ > (1) > イ"]),
        ("（１）", ["資料１－２ > 第３ > １ > (1)"]),
        ("資料1-2", ["資料１－２"]),
        ("資料１－２ 第３の２", ["資料１－２ > 第３ > ２"]),
    ],
)
def test_a_clause_of_a_notice_is_found_however_it_is_typed(typed: str, paths: list[str]) -> None:
    assert [clause.path for clause in find_clauses(notice(), typed)] == paths


def test_a_reference_is_a_plain_value() -> None:
    (first, *_) = references(statute())
    assert first == Reference(
        "前項", first.span, "第二条 > ２", SELF, target="第二条", article="2", paragraph=None, resolved=True
    )


STEPPED = (
    Row("Ⅲ", "", "適用の範囲"),
    Row("Ⅳ", "", "製品"),
    Row("Ⅳ > ２", "", "発見者"),
    Row("Ⅳ > ２ > 5)", "届け出る情報の内容"),
    Row("Ⅳ > ３", "", "受付機関の対応"),
    Row("Ⅳ > ３ > 2)", "次の条件による。"),
    Row("Ⅳ > ３ > 2) > (ア)", "氏名"),
    Row("Ⅳ > ３ > 2) > b)", "連絡先"),
    Row("Ⅳ > ３ > (1)", "受付"),
    Row("Ⅳ > ３ > 4)", "WORDS"),
    Row("2.2", "", "全体の構造"),
    Row("Ⅱ-1-2", "", "主な着眼点"),
    Row("Ⅱ-1-2 > (1)", "態勢"),
    Row("第２章", "", "管理"),
    Row("第２章 > 第２節", "", "措置"),
    Row("第２章 > 第２節 > 1", "", "入退室"),
    Row("第２章 > 第２節 > 2", "", "鍵"),
    Row("第２章 > 第２節 > 2 > (1)", "指名"),
    Row("二", "", "方法"),
    Row("二 > １", "", "期限"),
    Row("二 > １ > (一)", "閲覧"),
    Row("Ｑ３", "伝えてよいですか。"),
    Row("Ｑ３ > Ａ３", "同意が必要です。"),
    Row("問１", "よいですか。"),
    Row("問１ > 答", "差し支えありません。"),
)


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("Ⅳ．２．を参照", ["Ⅳ > ２"]),
        ("Ⅳ.２．5)の通知", ["Ⅳ > ２ > 5)"]),
        ("Ⅳ．２．9)の通知", []),
        ("Ⅲ章を参照", ["Ⅲ"]),
        ("Ⅱ－１－２(1)による", ["Ⅱ-1-2 > (1)"]),
        ("上記２．5)の項目", ["Ⅳ > ２ > 5)"]),
        ("（２．5)を参照）", ["Ⅳ > ２ > 5)"]),
        ("３．(1)に定める", ["Ⅳ > ３ > (1)"]),
        ("上記2)における判断", ["Ⅳ > ３ > 2)"]),
        ("記録（上記２）における判断", ["Ⅳ > ２"]),
        ("上記2)および 4)における判断", ["Ⅳ > ３ > 2)", "Ⅳ > ３ > 4)"]),
        ("2)(ア)の通知", ["Ⅳ > ３ > 2) > (ア)"]),
        ("第2章第2節の2(1)により", ["第２章 > 第２節 > 2 > (1)"]),
        ("第2章第2節1及び2の措置", ["第２章 > 第２節 > 1", "第２章 > 第２節 > 2"]),
        ("問１の答も参照", ["問１ > 答"]),
        ("Ａ３の同意の範囲", ["Ｑ３ > Ａ３"]),
        ("Ａ３判の用紙", []),
        ("Ａ３で印刷し", []),
        ("上記２、３時間以内に", ["Ⅳ > ２"]),
        ("項目３枚を添える", []),
        ("二の１の規定", ["二 > １"]),
        ("二の１(一)の方法", ["二 > １ > (一)"]),
        ("第十二の１の規定", []),
        ("「３ 受付機関の対応」の記載", ["Ⅳ > ３"]),
        ("「2.2 全体の構造」の記載", ["2.2"]),
        ("約款Ｑ＆Ａの問１", []),
        ("費用（2.5）を含む", []),
    ],
)
def test_steps_are_read_with_the_points_and_brackets_between_them(words: str, paths: list[str]) -> None:
    here = Row("Ⅳ > ３ > 4)", words)
    rows = [here if clause.path == here.path else clause for clause in STEPPED]
    assert [one.target for one in references(document(rows)) if one.clause == here.path] == paths


def test_dai_two_no_one_leads_to_its_paragraph() -> None:
    rows = [Row("第２", "", "措置"), Row("第２ > (1)", "体制"), Row("第３", "第２の(1)の体制による。")]
    assert [one.target for one in references(document(rows))] == ["第２ > (1)"]
