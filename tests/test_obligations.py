"""Every normative sentence becomes an obligation with its actor, act, time and exceptions, as printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import Row, document, guideline

from bench.obligations import LEVELS, match
from bench.statutes import articles, by_law
from bench.statutes import document as statute
from compliance.duty.levels import LEGEND, Level
from compliance.duty.norms import masked, predicates
from compliance.duty.phrases import deadlines
from compliance.obligations import Obligation, obligation_json, obligations
from law.document import ClauseKind, Document
from law.sentence import sentences
from law.store import Store

GOLDEN = Path(__file__).parent / "golden"
ITEM, NOTE = ClauseKind.ITEM, ClauseKind.NOTE


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("規程を整備しなければならない。", [Level.MUST]),
        ("規程を整備しなければなりません（法第23条）。", [Level.MUST]),
        ("持ち出してはならない。", [Level.MUST_NOT]),
        ("周知に努めなければならない。", [Level.EFFORT]),
        ("台帳を作成することとする。", [Level.SHALL]),
        ("取扱規程を定めること。", [Level.INSTRUCTED]),
        ("整備されていること。", []),
        ("装置の設置は要しない。", [Level.EXEMPT]),
        ("これを要しない。", [Level.EXEMPT]),
        ("五年間保存するものとする。", [Level.INTENDED]),
        ("記録することが望ましいと考えられます。", [Level.DESIRABLE]),
        ("書面によることも認められる。", [Level.ACCEPTED]),
        ("書面により行うことができる。", [Level.MAY]),
        ("掲示することでも差し支えありません。", [Level.NO_OBJECTION]),
        ("共用は認められません。", [Level.CANNOT]),
        ("監督を行う必要があります。", [Level.NECESSARY]),
        ("措置をとるよう勧告する。", [Level.RECOMMENDATION]),
        ("改善するよう法第41条の規定により指導する。", [Level.GUIDANCE]),
        ("経緯を報告するよう求め、状況を報告するよう求める。", [Level.DEMAND, Level.DEMAND]),
        ("暗号化を含まなければならないほか、分別管理を含むこととする。", [Level.MUST, Level.SHALL]),
        ("講じなければならないと規定されている。", []),
        ("「講じなければならない」とは、義務をいう。", []),
        ("締結しなければなりませんか。", []),
        ("特定することができなかった。", []),
        ("不備が認められる。", []),
        ("次に掲げるものとする。", []),
        ("改善を求め、報告書を受領した。", []),
        ("措置をとるよう勧告した。", []),
        ("次に掲げる事項について定めるものとする。", [Level.INTENDED]),
        ("第三条に定めるものとする。", []),
        ("次に掲げるところにより、行うものとする。", [Level.INTENDED]),
        ("聴聞を行うことを要しない。", [Level.EXEMPT]),
        ("改めて同意を得る必要はないものと解される。", [Level.EXEMPT]),
        ("第三者に開示しないでください。", [Level.REQUEST]),
        ("次の通知を参照されたい。", [Level.REQUEST]),
        ("周知するよう努められたい。", [Level.EFFORT]),
        ("可否を回答しなければならないものとする。", [Level.MUST]),
        ("契約に盛り込むことが重要である。", [Level.APPROPRIATE]),
        ("資料の一部を簡略化することが可能であること。", [Level.MAY]),
        ("患者の情報を使ってはいけません。", [Level.MUST_NOT]),
        ("保守業者にも伝えるのが望ましいでしょう。", [Level.DESIRABLE]),
        ("利用目的を公表しなければならない。（法第21条第１項）", [Level.MUST]),
        ("保管すること。（注１）", [Level.INSTRUCTED]),
        ("措置を講じさせるものとし、年１回確認することが求められる。", [Level.INTENDED, Level.EXPECTED]),
        ("速やかに受け渡すこととし、手元に残してはならない。", [Level.SHALL, Level.MUST_NOT]),
        ("対象は次に掲げるものとし、確認しなければならない。", [Level.MUST]),
        ("毎年実施するものとし、これを報告した。", []),
        ("実施を委任してもよいが、責任は管理責任者にとどまる。", [Level.NO_OBJECTION]),
        ("記録の保存は、６か月間で足ります。", [Level.ENOUGH]),
        ("目録に記載することが期待される。", [Level.EXPECTED]),
        ("確認する必要はないと判断した。", []),
        ("把握した内容を報告すれば足りる。", [Level.ENOUGH]),
        ("あいまいな表現の記入は望ましくない。", [Level.UNDESIRABLE]),
        ("予想できた時点で提供を求めることは可能であると解される。", [Level.MAY]),
        ("再び提供することはできず、注意を要する。", [Level.CANNOT, Level.NECESSARY]),
        ("送達には十日を要する。", []),
        ("提供を受ける者は、第三者に該当しないものとする。", []),
    ],
)
def test_a_sentence_binds_by_its_own_last_words(sentence: str, levels: list[Level]) -> None:
    assert [one.level for one in predicates(sentence)] == levels


def test_every_level_has_a_meaning_and_its_source() -> None:
    assert set(LEGEND) == set(Level)
    assert all(meaning.practice and meaning.source for meaning in LEGEND.values())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2024年２月29日（木）までに報告", [("date", "2024年２月29日（木）までに", "2024-02-29")]),
        ("令和八年五月末日までに報告", [("date", "令和八年五月末日までに", "2026-05")]),
        ("2024年２月29日の命令により、同年３月29日までに報告", [("date", "同年３月29日までに", "2024-03-29")]),
        ("知った日から三日以内に報告", [("period", "知った日から三日以内に", None)]),
        ("速やかに通知し", [("at-once", "速やかに", None)]),
        ("定期的に見直さ", [("regular", "定期的に", None)]),
        ("毎年一回以上、確認し", [("regular", "毎年一回以上", None)]),
        ("業務に就く前に締結し", [("before", "業務に就く前に", None)]),
        ("半年に一度以上見直し", [("regular", "半年に一度以上", None)]),
        (
            "特定事由（事由をいう。）の生じた日から一年以内に処分し",
            [("period", "特定事由（事由をいう。）の生じた日から一年以内に", None)],
        ),
        ("あらかじめ整備された規律に従い", []),
        ("台帳を整備し", []),
    ],
)
def test_a_deadline_is_read_as_printed_and_as_a_date_where_one_is_printed(
    words: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = deadlines(words, 0, len(words))
    assert [(one.kind.value, one.span.of(words), one.iso) for one in found] == expected


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("製造し、若しくは輸入した者、設置しようとする者又は廃止した者は、検査を受けなければならない。",
         "製造し、若しくは輸入した者、設置しようとする者又は廃止した者"),
        ("この場合において、事業者以外の請負人で、当該仕事を自ら行うものは、措置を講じなければならない。",
         "事業者以外の請負人で、当該仕事を自ら行うもの"),
        ("＊ 市区町村長は、通知しなければならない。", "市区町村長"),
    ],
)  # fmt: skip
def test_whom_a_statute_names_is_the_actor_whole(sentence: str, actor: str) -> None:
    assert said(document([Row("１", sentence)])) == [("１", actor, False)]


def test_a_condition_of_two_acts_is_whole() -> None:
    made = document([Row("１", "検査機関は、検査員を選任し、又は解任したときは、遅滞なく、届け出なければならない。")])
    (duty,) = obligations(made)
    assert (duty.condition or duty.span).of(made.text) == "検査員を選任し、又は解任したときは"


@pytest.mark.parametrize("title", ["個人情報の保護に関する法律", "行政手続法", "労働安全衛生法"])
def test_every_strict_sentence_of_a_statute_is_found_and_no_other(title: str, shared: Path) -> None:
    """The oracle is the drafting of statutes: a duty or a ban ends in ならない。 and nothing else does."""
    held = [one for path in sorted((shared / "laws").glob("*.gz")) for one in articles([path]) if one.title == title]
    for law in by_law(held).values():
        made = statute(law)
        strict = {
            span
            for clause in made.clauses
            for own in clause.own
            for span in sentences(made.text, own)
            if masked(span.of(made.text)).endswith("ならない。")
        }
        levels = (Level.MUST, Level.MUST_NOT, Level.EFFORT)
        found = {one.sentence for one in obligations(made) if one.level in levels}
        assert {span for span in found if masked(span.of(made.text)).endswith("ならない。")} == strict


def said(made: Document) -> list[tuple[str, str | None, bool | None]]:
    """Clause, actor and whether it is implied, of every obligation."""
    return [(o.clause, o.actor.words if o.actor else None, o.actor and o.actor.implied) for o in obligations(made)]


def test_an_actor_the_sentence_does_not_name_is_taken_from_above_and_marked() -> None:
    made = document(
        [
            Row("１", "事業者は、規程を整備しなければならない。なお、代表者が自ら確認しなければならない。"),
            Row("１ > （注）", "規程は、次の事項を含むことが望ましい。", kind=NOTE),
            Row("２", "規程は、書面によらなければならない。"),
            Row("３", "事業者は、監査を行わなければならない。"),
        ]
    )
    assert said(made) == [
        ("１", "事業者", False),
        ("１", "代表者", False),
        ("１ > （注）", "事業者", True),
        ("２", "事業者", True),
        ("３", "事業者", False),
    ]


def test_a_topic_narrows_the_one_who_acts() -> None:
    words = "部署が単一である事業者においては、管理責任者が管理者を兼務することも認められる。"
    assert said(document([Row("１", words)])) == [("１", "部署が単一である事業者の管理責任者", False)]


def test_a_defined_short_name_is_the_actor() -> None:
    words = "指針第１条に規定する事業者（管理者を含む。以下「対象事業者」という。）は、規程を定めなければならない。"
    assert said(document([Row("１", words)])) == [("１", "対象事業者", False)]


def test_a_demand_is_addressed_by_the_sentence_or_by_its_heading() -> None:
    made = document(
        [
            Row("第１", heading="甲社に対する対応", kind=ClauseKind.HEADING),
            Row("第１ > １", "法第42条の規定により、措置をとるよう勧告する。"),
            Row("第２", "当委員会は、両社に対し、令和８年５月29日までに報告するよう求める。"),
        ]
    )
    assert said(made) == [("第１ > １", "甲社", True), ("第２", "両社", False)]
    demand = obligation_json(obligations(made)[1], made)
    assert (demand["deadline_date"], demand["supervisor"]) == ("2026-05-29", "当委員会")


def test_a_permission_hangs_on_the_duty_it_relaxes_and_a_proviso_is_its_exception() -> None:
    made = document(
        [
            Row("１", "事業者は、監査を行わなければならない。なお、点検により監査に代えることも認められる。"),
            Row("２", "事業者は、表示してはならない。ただし、本人が認証を終えたときは、この限りでない。"),
        ]
    )
    duty, permission, ban = obligations(made)
    assert (duty.exception_of, permission.exception_of, ban.exception_of) == (None, duty.id, None)
    assert [one.of(made.text) for one in ban.exceptions] == ["ただし、本人が認証を終えたときは、この限りでない。"]


def test_listed_items_are_the_sub_duties_of_the_sentence_that_lists_them() -> None:
    first = obligations(guideline())[0]
    assert [one.clause for one in first.items] == ["１－１ > ①", "１－１ > ②"]


@pytest.mark.parametrize(
    ("sentence", "items", "cases", "exceptions"),
    [
        ("事業者は、次に掲げる措置を講じなければならない。", 2, 0, 0),
        ("事業者は、次に掲げる場合を除くほか、提供してはならない。", 0, 0, 2),
        ("事業者は、次の各号のいずれかに該当するときは、報告しなければならない。", 0, 2, 0),
        ("事業者は、次に掲げる場合には、次に掲げる事項を通知しなければならない。", 2, 0, 0),
    ],
)
def test_listed_items_are_duties_cases_or_exceptions(sentence: str, items: int, cases: int, exceptions: int) -> None:
    listed = [Row("１ > 一", "法令に基づく場合", kind=ITEM), Row("１ > 二", "緊急の場合", kind=ITEM)]
    (duty,) = obligations(document([Row("１", sentence), *listed]))
    assert (len(duty.items), len(duty.cases), len(duty.exceptions)) == (items, cases, exceptions)


def test_in_a_report_findings_and_plans_bind_nobody_but_demands_do() -> None:
    told = "甲社は、記録を確認しなかった。操作した者を特定することができる。担当者は端末を共用していた。"
    plan = "当委員会は、引き続き注視することとする。"
    made = document([Row("１", told), Row("２", plan), Row("３", "改善するよう指導する。")])
    assert [(one.clause, one.level) for one in obligations(made)] == [("３", Level.GUIDANCE)]


def test_ids_outlive_a_new_reading_and_tell_equal_sentences_apart() -> None:
    rows = [Row("１", "事業者は、台帳を整備しなければならない。事業者は、台帳を整備しなければならない。")]
    once, again = obligations(document(rows)), obligations(document([Row("０", "序文である。"), *rows]))
    assert [one.id for one in once] == [one.id for one in again]
    assert once[1].id == f"{once[0].id}-2"


def test_the_json_is_the_contract_with_our_keys_after_it() -> None:
    made = guideline()
    shown = obligation_json(obligations(made)[0], made)
    contract = ["doc", "clause", "page", "pdf_page", "actor", "modality", "modality_surface", "action"]
    assert list(shown)[:12] == [*contract, "condition", "exception_of", "quote", "verdict"]
    assert {key: shown[key] for key in list(shown)[:12]} == {
        "doc": "shishin",
        "clause": "１－１",
        "page": "1",
        "pdf_page": 2,
        "actor": "見本業者",
        "modality": "must",
        "modality_surface": "なければならない",
        "action": "次に掲げる役職者を設置し",
        "condition": None,
        "exception_of": None,
        "quote": "見本業者は、次に掲げる役職者を設置しなければならない。",
        "verdict": "match",
    }


def shown(one: Obligation, made: Document) -> str:
    """An obligation as a lawyer reads it, one line."""
    row = obligation_json(one, made)
    actor = (row["actor"] or "（なし）") + ("［推定］" if row["actor_implied"] else "")
    extra = [f"{name}：{row[key]}" for name, key in (("条件", "condition"), ("期限", "deadline")) if row[key]]
    extra += [f"例外：{words}" for words in row["exceptions"]] + (["緩和"] if one.exception_of else [])
    extra += [f"細目：{len(one.items)}"] if one.items else []
    return "｜".join((row["clause"], actor, row["level"], row["action"], *extra))


@pytest.mark.parametrize("name", ["mihon-kisoku", "mihon-kankoku-1"])
def test_the_obligations_of_a_sample_document(name: str, sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        made = store.document(name)
    actual = "\n".join(shown(one, made) for one in obligations(made)) + "\n"
    assert actual == (GOLDEN / f"obligations-{name}.txt").read_text(encoding="utf-8")


def test_quotes_of_all_sample_documents_are_those_on_the_page(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        made = [store.document(entry.id) for entry in store.documents()]
    verdicts = [obligation_json(one, document)["verdict"] for document in made for one in obligations(document)]
    assert set(verdicts) == {"match"}


def test_the_92_sentences_of_the_practice_guideline(shared: Path, gold_kb: Path) -> None:
    import json

    rows = (shared / "gold" / "obligations-jitsumu-shishin-2017.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(row) for row in rows]
    with Store.open(gold_kb) as store:
        made = store.document("jitsumu-shishin-2017")
    found = obligations(made)
    pairs = match(made, found, gold)
    assert (len(pairs), len(found)) == (92, 92)
    assert all(found[i].level in LEVELS[gold[k]["modality"]] for k, i in pairs.items())
    assert sum(one.exception_of is not None for one in found) == 4


def test_an_instruction_binds_where_it_names_who_must() -> None:
    """…すること。 stands for itself in circulars; in a list it is what the sentence over it demands."""
    made = document(
        [
            Row("１", "事業者は、次の措置を講じなければならない。"),
            Row("１ > (1)", "台帳を作成すること。"),
            Row("２", "事業者は、台帳を保存すること。この場合において、毎年点検すること。"),
        ]
    )
    assert [(one.clause, one.level) for one in obligations(made)] == [
        ("１", Level.MUST),
        ("２", Level.INSTRUCTED),
        ("２", Level.INSTRUCTED),
    ]


def test_a_short_name_that_a_document_gives_to_somebody_is_an_actor() -> None:
    words = (
        "独立行政法人事故調査機構（以下「ＪＡＩ」という。）は、業務システム（以下「ＰＬＳ」という。）を置くことができる。"
        "ＪＡＩは、連絡が取れない等の理由があるときは、公表するかどうかを判定することができる。"
        "ＰＬＳは、暗号化しなければならない。"
    )
    first, second, third = (one.actor for one in found(words))
    assert first is not None
    assert second is not None
    assert third is not None
    assert (first.words, second.words, second.implied, third.implied) == ("ＪＡＩ", "ＪＡＩ", False, True)


def test_a_heading_says_whose_duties_stand_under_it() -> None:
    rows = [Row("1", "", "発見者の対応"), Row("1 > (1)", "法令に触れることがないように留意してください。", "取得")]
    (duty,) = obligations(document(rows))
    assert duty.actor is not None
    assert (duty.actor.words, duty.actor.implied) == ("発見者", True)


def test_who_an_aim_speaks_of_need_not_act() -> None:
    words = "発見者は、届け出てください。受け取れない製品開発者が出ないように、機構に届け出ることが望まれます。"
    assert [one.actor.words for one in found(words) if one.actor] == ["発見者", "発見者"]


def test_an_effect_is_expected_of_nobody() -> None:
    words = "利用者は、目録に記載することが期待される。被害を減らすことが期待される。"
    assert [one.level for one in found(words)] == [Level.EXPECTED]


def test_an_instruction_may_name_nobody_but_a_list_of_conditions_instructs_nobody() -> None:
    alone = Row("1", "予備鍵は、封印の上、金庫室の外に保管すること。", "鍵の管理")
    assert [one.level for one in obligations(document([alone]))] == [Level.INSTRUCTED]
    listed = [Row("1", "次の全てを満たす場合に認定する。"), Row("1 > ①", "毎年報告すること。", kind=ITEM)]
    assert obligations(document(listed)) == ()
    assert obligations(document([Row("1", "利用者の保護を図ること。", "目的")])) == ()
    headed = [Row("第２", "以下の点に留意して資料を添付すること。"), Row("第２ > １", "名称を記載すること。", "名称欄")]
    assert [one.clause for one in obligations(document(headed))] == ["第２", "第２ > １"]


def test_the_comma_of_older_documents_is_read_as_the_one_of_today() -> None:
    duties = found(
        "クラウド利用者は，目録を作らなければならない。しかしながら，管理責任者は，保管を委任してもよいが，責任を負う。"
    )
    assert [(one.level, one.actor.words) for one in duties if one.actor] == [
        (Level.MUST, "クラウド利用者"),
        (Level.NO_OBJECTION, "管理責任者"),
    ]


def test_a_list_goes_on_with_the_actor_of_its_first_item() -> None:
    rows = [
        Row("1", "", "手法"),
        Row("1 > (1)", "監督部局は、事情を聴取するものとする。"),
        Row("1 > (2)", "重大な問題がある場合には、命令を発出するものとする。"),
        Row("2", "業者は、記録しなければならない。業者は、保存しなければならない。"),
    ]
    assert [one.actor.words for one in obligations(document(rows))[:2] if one.actor] == ["監督部局", "監督部局"]


def test_what_may_be_done_too_relaxes_the_duty_before_it() -> None:
    duty, permission = found(
        "設備事業者は、態勢を整える必要がある。小規模な店舗においては、共同して整えることも差し支えない。"
    )
    assert permission.exception_of == duty.id


def found(words: str) -> tuple[Obligation, ...]:
    """The obligations of a guideline of one clause."""
    return obligations(document([Row("1", words)]))
