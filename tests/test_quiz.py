"""Quiz questions have exactly one right choice, verified quotes, and name no clause by its number."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import Row, document
from hypothesis import given
from hypothesis import strategies as st

from compliance.duty.conjugation import dictionary_form
from compliance.lesson.giveaway import covering, telling
from compliance.lesson.listings import below, fits, is_foreign, is_numbered, listings, siblings, words_of
from compliance.lesson.question import Difficulty, Kind, Question, arranged, difficulty
from compliance.lesson.quiz import chosen, is_sound, questions, quiz
from compliance.lesson.quiz_duties import GRADES, statement
from compliance.obligations import obligations
from compliance.scale import Scale
from law.document import ClauseKind, Document
from law.fold import squash
from law.sentence import Modality
from law.store import Store

ITEM = ClauseKind.ITEM
LISTS = {
    "１－１": (
        "委託契約",
        ("再委託の条件", "委託先への監査の権限", "契約が終わったときの返還", "秘密を守る誓約", "費用の分担の割合"),
    ),
    "１－２": ("台帳の整備", ("取得した項目の一覧", "書類の保管", "媒体の保管期限", "利用する目的の記載")),
    "１－３": ("教育及び訓練", ("採用のときの教育", "毎年の訓練の実施", "受講した者の記録")),
    "１－４": ("入退室の管理", ("鍵の貸出しの帳簿", "来訪者への付添い", "撮影による監視")),
    "１－５": ("緊急の連絡", ("夜間の連絡の窓口", "報告書の様式の用意", "公表の手順")),
}


def rules(extra: tuple[Row, ...] = ()) -> Document:
    """A guideline of five lists that share no words."""
    rows = [Row("Ⅰ", heading="安全管理", kind=ClauseKind.HEADING)]
    for path, (heading, items) in LISTS.items():
        rows.append(Row(path, "見本業者は、次に掲げる事項を定めなければならない。", heading, parent="Ⅰ"))
        rows += [Row(f"{path} > {mark}", words, kind=ITEM) for mark, words in zip("①②③④⑤", items, strict=False)]
    return document([*rows, *extra])


@pytest.fixture(scope="module")
def samples(sample_kb: Path) -> tuple[Document, ...]:
    """The sample documents, the amended guideline without the one it replaces."""
    with Store.open(sample_kb) as store:
        return tuple(store.document(entry.id) for entry in store.documents() if entry.id != "mihon-shishin")


@pytest.fixture(scope="module")
def asked(samples: tuple[Document, ...]) -> tuple[Question, ...]:
    """Every question the samples yield."""
    return questions(samples)


# -- what holds for every question ----------------------------------------------------------------


def test_the_samples_yield_questions_of_every_kind(asked: tuple[Question, ...]) -> None:
    assert {question.kind for question in asked} == set(Kind)
    assert len(asked) >= 30


def test_every_question_has_one_right_choice_and_others_that_differ_from_it(asked: tuple[Question, ...]) -> None:
    for question in asked:
        folded = [squash(choice) for choice in question.choices]
        assert len(set(folded)) == len(folded) == (2 if question.kind is Kind.JUDGED else 4), question
        assert 0 <= question.answer < len(folded), question


def test_every_question_is_proved_by_verified_quotes(asked: tuple[Question, ...]) -> None:
    assert [question for question in asked if not question.is_verified] == []


def test_no_question_names_a_clause_by_its_number(asked: tuple[Question, ...]) -> None:
    for question in asked:
        stem = question.stem
        for title in ("」（", "」"):
            stem = stem.rpartition(title)[2] if title in stem else stem
        assert not any(map(is_numbered, (stem, *question.given, *question.choices))), question


def test_no_wrong_choice_of_a_list_stands_in_that_list(
    asked: tuple[Question, ...], samples: tuple[Document, ...]
) -> None:
    held = (*samples, rules())
    lists = {
        (document.id, one.clause.path): one for document in held for one in listings(document, obligations(document))
    }
    checked = 0
    for question in (*asked, *questions([rules()])):
        if question.kind in (Kind.LISTED, Kind.CLOZE):
            one = lists[question.quotes[0].document, question.quotes[0].clause]
            inside = {squash(line) for line in one.lines}
            assert [squash(choice) in inside for choice in question.choices].count(True) == 1, question
            checked += 1
    assert checked >= 4


def test_the_right_grade_is_the_one_that_the_quote_carries(asked: tuple[Question, ...]) -> None:
    marks = {
        Modality.MUST: "なければな",
        Modality.SHALL: "とする",
        Modality.RECOMMEND: "望まし",
        Modality.MAY: "",
    }
    for question in asked:
        if question.kind is Kind.GRADE:
            (grade,) = [grade for grade, words in GRADES.items() if words == question.right]
            assert marks[grade] in question.quotes[0].line, question


def test_no_right_choice_stands_out_by_the_words_of_its_question(asked: tuple[Question, ...]) -> None:
    for question in asked:
        if question.kind in (Kind.LISTED, Kind.CLOZE, Kind.CLAUSE):
            wrong = [choice for choice in question.choices if choice != question.right]
            name = question.stem.rpartition("「")[2].partition("」")[0]
            about = "" if question.kind is Kind.CLAUSE else name
            assert not telling(question.right, question.given, wrong, about), question


def test_wrong_choices_are_of_several_lists_and_but_for_one_of_the_same_part(
    asked: tuple[Question, ...], samples: tuple[Document, ...]
) -> None:
    for held in samples:
        found = listings(held, obligations(held))
        for question in asked:
            if question.kind not in (Kind.LISTED, Kind.CLOZE) or question.quotes[0].document != held.id:
                continue
            (own,) = (one for one in found if one.clause.path == question.quotes[0].clause)
            others = [choice for choice in question.choices if choice != question.right]
            homes = [[one for one in found if choice in one.lines] for choice in others]
            assert sum(all(is_foreign(own, one) for one in home) for home in homes) <= 1, question
            assert not any(all(one in home for home in homes) for one in found), question


def test_a_right_safeguard_is_never_the_only_choice_of_its_form(asked: tuple[Question, ...]) -> None:
    for question in asked:
        if question.kind is Kind.CASE:
            ends = [choice.partition("（")[0][-2:] for choice in question.choices]
            assert ends.count(ends[question.answer]) > 1, question


def test_a_case_question_is_proved_by_words_that_print_its_category(asked: tuple[Question, ...]) -> None:
    found = [question for question in asked if question.kind is Kind.CASE]
    assert found
    for question in found:
        assert any(question.right.partition("（")[0] in quote.line for quote in question.quotes[1:]), question


def test_a_case_question_never_tells_its_answer(asked: tuple[Question, ...]) -> None:
    for question in asked:
        if question.kind is Kind.CASE:
            assert question.right.partition("（")[0] not in question.given[0]


def test_the_same_documents_yield_the_same_quiz_and_another_seed_another_order(
    samples: tuple[Document, ...], asked: tuple[Question, ...]
) -> None:
    assert questions(samples) == asked
    other = questions(samples, seed=1)
    assert {question.id for question in other if question.kind is Kind.CLOZE} == {
        question.id for question in asked if question.kind is Kind.CLOZE
    }
    assert [question.answer for question in other] != [question.answer for question in asked]


def test_forty_questions_ask_of_many_clauses_before_any_twice(asked: tuple[Question, ...]) -> None:
    few = chosen(asked, 12)
    clauses = [(question.quotes[0].document, question.quotes[0].clause) for question in few]
    assert len(set(clauses)) == 12
    assert len({question.kind for question in few}) >= 5


# -- how a question is made -----------------------------------------------------------------------


def test_the_wrong_choices_are_items_and_headings_of_sibling_clauses() -> None:
    held = rules()
    items = {squash(item) for _, some in LISTS.values() for item in some}
    made = questions([held])
    assert {question.kind for question in made} == {Kind.CLAUSE, Kind.LISTED, Kind.CLOZE}
    for question in made:
        pool = {squash(heading) for heading, _ in LISTS.values()} if question.kind is Kind.CLAUSE else items
        assert {squash(choice) for choice in question.choices} <= pool


def test_a_quiz_of_a_course_asks_only_about_its_clauses() -> None:
    made = quiz([rules()], 20, within={("shishin", "１－２")})
    assert made
    assert {question.quotes[0].clause for question in made} == {"１－２"}


def test_two_clauses_of_one_heading_are_not_asked_about_by_it() -> None:
    twin = (
        Row("２－１", "見本業者は、次に掲げる事項を定めなければならない。", "委託契約", parent="Ⅰ"),
        Row("２－１ > ①", "違約金の額", kind=ITEM),
        Row("２－１ > ②", "裁判所の管轄", kind=ITEM),
    )
    asked = [question for question in questions([rules(twin)]) if "「委託契約」" in question.stem]
    assert asked == []


def test_items_that_another_clause_repeats_do_not_ask_for_the_clause() -> None:
    _, items = LISTS["１－３"]
    twin = (
        Row("２－１", "見本業者は、次に掲げる事項を行わなければならない。", "受託者の訓練", parent="Ⅰ"),
        *(Row(f"２－１ > {mark}", words, kind=ITEM) for mark, words in zip("①②③", items, strict=True)),
    )
    asked = [question for question in questions([rules(twin)]) if question.kind is Kind.CLAUSE]
    assert asked
    assert {question.right for question in asked}.isdisjoint({"教育及び訓練", "受託者の訓練"})


@pytest.mark.parametrize(
    ("line", "misleads"),
    [
        ("再委託の条件", True),  # an item of the list
        ("条件", True),  # contained in an item
        ("書面による再委託の条件", True),  # contains an item
        ("委託契約", True),  # the name of the list
        ("その他必要な事項", True),  # a remainder fits everywhere
        ("毎年の訓練の実施", False),
    ],
)
def test_words_that_could_be_taken_to_fit_are_no_wrong_choice(line: str, misleads: bool) -> None:
    held = rules()
    found = listings(held, obligations(held))
    assert fits(line, found[0], Scale(words_of(found))) is misleads


def test_a_list_that_spells_out_an_item_lends_that_list_no_wrong_choices() -> None:
    more = (
        Row("１－１－１", "見本業者は、次に掲げる措置を講じなければならない。", "再委託の条件", parent="１－１"),
        Row("１－１－１ > ①", "書面の承諾", kind=ITEM),
        Row("１－１－１ > ②", "名簿の提出", kind=ITEM),
    )
    held = rules(more)
    found = listings(held, obligations(held))
    scale = Scale(words_of(found))
    names = [one.name for one in siblings(found[0], found, scale)]
    assert "再委託の条件" not in names
    assert len(names) == 4
    assert [one.name for one in below(found[0], found, scale)] == ["再委託の条件"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "見本業者は、顧客情報を取り扱う端末の操作を毎日記録しなければならない。",
            "見本業者が、顧客情報を取り扱う端末の操作を毎日記録すること",
        ),
        (
            "なお、見本業者は、専門の知見を有する外部の者に監査を行わせることが望ましい。",
            "見本業者が、専門の知見を有する外部の者に監査を行わせること",
        ),
        ("見本業者は、１－３に定める教育を、採用の日から一月以内に行わなければならない。", None),  # a number
        ("ただし、見本業者は、書面により確認することをもって、これに代えることができる。", None),  # a proviso
        ("当該業者は、次に掲げる事項を、契約書に盛り込まなければならない。", None),  # points outside
    ],
)
def test_a_statement_says_all_of_itself_or_is_not_asked_about(sentence: str, said: str | None) -> None:
    held = document([Row("１－１", sentence)])
    duties = obligations(held)
    made = statement(held, duties[0], duties)
    assert (made.words if made else None) == said


def test_a_duty_with_a_permission_beside_it_is_not_asked_about() -> None:
    words = "見本業者は、他の部署の者による監査を毎年実施しなければならない。"
    relaxed = document([Row("１－１", words + "なお、部署が一つの場合には、点検により監査に代えることも認められる。")])
    plain = document([Row("１－１", words)])
    assert [question.kind for question in questions([plain])] in ([Kind.GRADE], [Kind.JUDGED])
    assert all("毎年" not in question.given[0] for question in questions([relaxed]))


def test_a_duty_below_one_that_is_relaxed_is_not_asked_about() -> None:
    held = document(
        [
            Row(
                "１",
                "見本業者は、監査を毎年実施しなければならない。なお、部署が一つの場合には、点検により監査に代えることも認められる。",
            ),
            Row(
                "１－１", "見本業者は、他の部署の者を監査責任者に選び、監査の計画を定めなければならない。", parent="１"
            ),
        ]
    )
    assert all("計画" not in question.given[0] for question in questions([held]))


def test_a_sentence_that_goes_on_without_a_subject_is_not_asked_about() -> None:
    words = "見本業者は、端末の操作を毎日記録しなければならない。また、{}異常な記録の存否を毎月確認しなければならない。"
    for subject, times in (("", 0), ("管理者は、疑わしい端末の", 1)):
        held = document([Row("１", words.format(subject))])
        assert sum("異常" in question.given[0] for question in questions([held])) == times


def test_duties_that_differ_in_one_word_are_asked_about_once_under_their_clause() -> None:
    twins = [
        Row(
            f"１－{n}",
            f"見本業者は、{stage}段階における取扱規程において、必要な措置を定めなければならない。",
            parent="１",
        )
        for n, stage in enumerate(("取得・入力", "保管・保存", "消去・廃棄"), start=1)
    ]
    assert len(questions([document([Row("１", heading="取扱規程", kind=ClauseKind.HEADING), *twins])])) == 1


def test_a_list_that_is_only_allowed_instead_of_a_duty_is_not_asked_about() -> None:
    held = document(
        [
            Row(
                "１",
                "見本業者は、段階ごとに取扱規程を定めなければならない。なお、小規模な者は、次に掲げる事項を定めることも認められる。",
                "取扱規程",
            ),
            Row("１ > ①", "取扱者の役割と責任", kind=ITEM),
            Row("１ > ②", "取扱者の限定と名簿", kind=ITEM),
        ]
    )
    assert listings(held, obligations(held)) == ()


@pytest.mark.parametrize(
    ("lead", "noun"),
    [
        ("次に掲げる措置を講じなければならない。", "措置"),
        ("次に掲げる安全管理に関する事項を盛り込まなければならない。", "事項"),
        ("次に掲げる教育及び訓練を実施しなければならない。", "教育"),
        ("次の各号に掲げる者を置かなければならない。", None),
    ],
)
def test_what_a_list_is_of_is_read_from_its_sentence(lead: str, noun: str | None) -> None:
    rows = [Row("１", f"見本業者は、{lead}", "管理"), *(Row(f"１ > {m}", f"{m}の管理", kind=ITEM) for m in "①②")]
    held = document(rows)
    assert [one.noun for one in listings(held, obligations(held))] == [noun]


def test_a_word_that_only_the_right_choice_shares_with_the_question_tells_it() -> None:
    assert telling("委託に係る規程", ["委託先の選定の基準", "委託契約の内容"], ["点検に係る規程"]) == {"委託"}
    assert not telling("委託に係る規程", ["委託先の選定の基準", "委託契約の内容"], ["委託先の監査"])
    assert not telling("委託に係る規程", ["委託先の選定の基準"], [])
    assert telling("委託に係る規程", [], ["点検に係る規程"], about="委託先の選定") == {"委託"}
    assert telling("委託先の信用度", [], ["委託者の権限"], about="外部の委託先の選定") >= {"委託先"}
    assert (
        covering("委託に係る規程", ["委託先の選定", "委託契約"], ["点検に係る規程", "委託先の監査"])[0]
        == "委託先の監査"
    )


def test_what_two_documents_grade_differently_is_not_asked_about() -> None:
    must = document([Row("１", "見本業者は、委託先における管理の状況を毎年実地に確認しなければならない。")], id="a")
    wish = document([Row("１", "見本業者は、委託先における管理の状況を毎年実地に確認することが望ましい。")], id="b")
    assert questions([must]) != ()
    assert questions([must, wish]) == ()


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("行わ", "行う"),
        ("講じ", "講じる"),
        ("見直さ", "見直す"),
        ("受け", "受ける"),
        ("持た", "持つ"),
        ("役員で", "役員である"),
        ("", None),
        ("監査", None),
    ],
)
def test_the_verb_before_a_modality_takes_its_dictionary_form(stem: str, said: str | None) -> None:
    assert dictionary_form(stem) == said


def test_difficulty_follows_how_near_the_wrong_choices_are() -> None:
    assert [difficulty(near) for near in ([0.0, 0.1], [0.2, 0.2], [0.5, 0.4], [])] == [
        Difficulty.EASY,
        Difficulty.MIDDLE,
        Difficulty.HARD,
        Difficulty.EASY,
    ]
    assert difficulty([0.5, 0.4], ahead=0.4) is Difficulty.MIDDLE
    assert difficulty([0.0], ahead=0.4) is Difficulty.EASY


@given(st.lists(st.text(min_size=1), min_size=4, max_size=4, unique=True), st.text(), st.integers())
def test_choices_are_mixed_and_the_right_one_is_known(choices: list[str], key: str, seed: int) -> None:
    right, *wrong = choices
    mixed, answer = arranged(right, wrong, key, seed)
    assert sorted(mixed) == sorted(choices)
    assert mixed[answer] == right
    assert arranged(right, wrong[::-1], key, seed) == (mixed, answer)


@given(st.text(max_size=30), st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_likeness_is_the_same_both_ways_and_full_only_for_the_same_pairs(
    one: str, other: str, texts: list[str]
) -> None:
    scale = Scale(texts)
    assert scale.likeness(one, other) == pytest.approx(scale.likeness(other, one))
    assert 0 <= scale.likeness(one, other) <= 1 + 1e-9
    assert scale.likeness(one, one) == pytest.approx(1)


# -- over the real documents ----------------------------------------------------------------------


def test_the_real_documents_yield_forty_sound_questions(shared: Path, gold_kb: Path) -> None:
    with Store.open(gold_kb) as store:
        held = [store.document(entry.id) for entry in store.documents()]
    forty = quiz(held, 40)
    assert len(forty) == 40
    assert all(is_sound(question) for question in forty)
    assert len({question.id for question in forty}) == 40


def test_a_fact_explains_the_short_names_it_uses_and_leaves_no_pointer_behind(shared: Path, gold_kb: Path) -> None:
    with Store.open(gold_kb) as store:
        asked = questions([store.document(entry.id) for entry in store.documents()])
    facts = [question.given for question in asked if question.kind is Kind.CASE]
    assert len(facts) >= 5
    for told, *notes in facts:
        explained = "".join(notes)
        assert all(f"「{name}」という" in explained for name in ("Ｘ", "BS社", "ProCX社") if name in told)
        assert "前記" not in told
        assert "（略）取扱状況" not in told
