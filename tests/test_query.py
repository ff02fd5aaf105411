"""The question, understood."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from documents import PlainTokenizer

from index import thesaurus
from index.dates import Calendar, era_month, issued
from index.mecab import Mecab
from index.query import INFLECTED, Query, read
from index.terms import search_form
from index.thesaurus import Entry, Thesaurus, load
from law.errors import KonkyoError

WORDS = Thesaurus(
    [
        Entry("従業者", ("社員",), "narrower", 0.5),
        Entry("委託", ("外注",), "syn", 0.6),
        Entry("委託先", ("contractor",), "en", 0.8),
    ]
)
SHIPPED = load()


def ask(question: str) -> Query:
    return read(question, PlainTokenizer(), WORDS)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("ｱｸｾｽ 権限", "アクセス権限"),
        ("個人デ一タ管理", "個人データ管理"),
        ("三ヶ月ごと、二十三社", "3か月ごと、23社"),
        ("data subject の 権利", "data subjectの権利"),
        ("同一人が一部を", "同一人が一部を"),
    ],
)
def test_spellings_that_mean_the_same_meet(typed: str, form: str) -> None:
    assert search_form(typed) == form


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("５－３について", [("5-3",)]),
        ("6-2-1-1の③", [("6-2-1-1", "③")]),
        ("別添2の内容", [("別添2",)]),
        ("第３の２(1)を見たい", [("第3", "2", "(1)")]),
        ("資料１－２ > 第３ > ２", [("資料1-2", "第3", "2")]),
        ("法第23条の義務", []),
        ("2024-01-24の公表", []),
        ("第三者提供の制限", []),
    ],
)
def test_labels_are_read_whatever_their_width_and_laws_are_none(typed: str, labels: list[tuple[str, ...]]) -> None:
    assert list(ask(typed).labels) == labels


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2015年5月", ["2015", "2015-05"]),
        ("平成27年5月8日", ["2015", "2015-05", "2015-05-08"]),
        ("令和元年10月", ["2019", "2019-10"]),
        ("令和4年4月、同年7月", ["2022", "2022-04", "2022", "2022-07"]),
        ("平成26年、27年5月", ["2014", "2015", "2015-05"]),
        ("R6.1", ["2024", "2024-01"]),
        ("2024/9/27", ["2024", "2024-09", "2024-09-27"]),
        ("3年間", []),
    ],
)
def test_eras_and_years_meet(typed: str, days: list[str]) -> None:
    assert Calendar().days(search_form(typed)) == days


def test_a_bare_year_without_an_era_is_read_in_every_era_it_fits() -> None:
    assert Calendar().days("27年5月") == ["2015", "2015-05", "2045", "2045-05"]


@pytest.mark.parametrize(
    ("iso", "printed"),
    [
        ("2017-02", "平成29年2月"),
        ("2019-04-30", "平成31年4月30日"),
        ("2019-05-01", "令和元年5月1日"),
        ("1926-12-25", "昭和元年12月25日"),
    ],
)
def test_a_day_is_printed_in_the_era_of_that_day(iso: str, printed: str) -> None:
    assert era_month(iso) == printed


def test_a_date_an_amount_and_an_article_are_each_one_concept() -> None:
    query = ask("令和四年四月に928万人、法148条1項")
    assert [(c.words, c.ways[0].terms) for c in query.concepts[:3]] == [
        ("令和4年4月", ("@2022-04",)),
        ("148条1項", ("§148-1",)),
        ("928万", ("#9280000",)),
    ]


def test_a_word_is_widened_at_a_discount_and_never_inside_a_quotation() -> None:
    way = ask("社員の教育").concepts[0].ways[1]
    assert (way.words, way.weight, way.widened) == ("従業者", 0.85, True)
    assert all(not w.widened for c in ask("「社員の教育」").concepts for w in c.ways)


def test_the_more_other_ways_a_word_has_the_less_each_of_them_counts() -> None:
    def weights(*terms: str) -> list[float]:
        known = Thesaurus([Entry(term, ("やめる",), "everyday", 0.5) for term in terms])
        return [way.weight for c in read("やめる", Mecab(), known).concepts for way in c.ways if way.widened]

    assert [round(w, 2) for w in (*weights("中止"), *weights("中止", "廃止", "退職", "解約"))] == [0.85, *[0.52] * 4]


def test_a_verb_that_only_helps_the_one_before_it_asks_for_nothing() -> None:
    kept = Thesaurus([Entry("保管", ("しまう",), "everyday", 0.5)])
    helping = {c.words: c.weight for c in read("名簿を捨ててしまった", Mecab(), kept).concepts}
    meant = {c.words: c.ways[-1].words for c in read("名簿を金庫にしまう", Mecab(), kept).concepts}
    assert (helping["しまっ"], meant["しまう"]) == (0.15, "保管")


def test_a_verb_that_means_what_it_says_is_asked_for_even_after_another_one() -> None:
    meant = {"資料を集めて挙げる": "挙げる", "事前に通知して上げる料金": "上げる", "鍵をかけてしまっておく": "しまっ"}
    for asked, verb in meant.items():
        assert {c.words: c.weight for c in read(asked, Mecab()).concepts}[verb] == 0.7


def test_ways_that_come_to_the_same_words_are_one_way_and_the_word_itself_is_none() -> None:
    known = Thesaurus([Entry(term, ("漏洩",), "syn", 0.5) for term in ("漏えい", "ろうえい", "流出", "漏洩")])
    ways = [way for c in read("漏洩", Mecab(), known).concepts for way in c.ways if way.widened]
    assert len({way.terms for way in ways}) == len(ways)
    assert all(way.terms != ("漏洩",) for way in ways)


def test_a_narrower_word_is_not_put_for_the_wider_one() -> None:
    assert ask("従業者の教育").widened == ""


def test_an_english_word_finds_the_japanese_one() -> None:
    assert "委託先" in ask("supervision of contractors").widened
    assert ask("supervision of contractors").foreign


@pytest.mark.parametrize(
    ("typed", "required", "either", "excluded"),
    [
        ("委託 AND 監督", ("委託", "監督"), (), ()),
        ("再委託 OR 外注", (), (("再委託", "外注"),), ()),
        ("委託 AND 監督 NOT 再委託", ("委託", "監督"), (), ("再委託",)),
        ("NOT 再委託 委託先", (), (), ("再委託",)),
        ('"委託先の監督" 方法', ("委託先の監督",), (), ()),
        ("「委託先の監督」とは", (), (), ()),
        ("ＡＮＤ検索とは", (), (), ()),
    ],
)
def test_and_or_not_and_exact_words(
    typed: str, required: tuple[str, ...], either: tuple[tuple[str, ...], ...], excluded: tuple[str, ...]
) -> None:
    query = ask(typed)
    assert (query.required, query.either, query.excluded) == (required, either, excluded)


@pytest.mark.parametrize("typed", ["", "　", "？？？", "AND", "\x00", "「」", "NOT", "1" * 5000])
def test_nothing_that_is_typed_stops_it(typed: str) -> None:
    assert ask(typed).text == typed


@pytest.mark.parametrize(
    "line", ["委託\t外注\tsame\t0.6", "委託\t外注\tsyn\t2", "委託\t外注\tsyn\tx", "委託\t外注\tsyn\tnan", "委託\t外注"]
)
def test_a_wrong_line_of_the_thesaurus_is_named(line: str, tmp_path) -> None:  # noqa: ANN001
    path = tmp_path / "thesaurus.tsv"
    path.write_text(f"# 用語\n委託\t外注\tsyn\t0.6\n{line}\n", encoding="utf-8")
    with pytest.raises(KonkyoError, match="line 3"):
        load(path)


def test_a_thesaurus_from_another_editor_is_read_or_refused_in_words(tmp_path) -> None:  # noqa: ANN001
    path = tmp_path / "thesaurus.tsv"
    path.write_text("委託\t外注\tsyn\t0.6\n", encoding="utf-8-sig")
    assert "委託" in read("外注の監督", Mecab(), load(path)).widened
    path.write_text("委託\t外注\tsyn\t0.6\n", encoding="cp932")
    with pytest.raises(KonkyoError, match="UTF-8"):
        load(path)


def test_a_line_says_the_same_in_any_width_and_widens_as_if_it_were_made_by_hand(tmp_path) -> None:  # noqa: ANN001
    path = tmp_path / "thesaurus.tsv"
    path.write_text("クラウド事業者\tＳａａＳ、ｻｰﾊﾞｰ屋、届\trelated\t0.25\n", encoding="utf-8")
    made = Thesaurus([Entry("クラウド事業者", ("saas", "サーバー屋", "届"), "related", 0.25)])
    for asked in ("SaaSの監督", "サーバー屋の監督", "届の監督", "クラウド事業者の監督"):
        assert read(asked, Mecab(), load(path)) == read(asked, Mecab(), made)
    assert "クラウド事業者" in read("SaaSの監督", Mecab(), made).widened
    assert read("届の監督", Mecab(), made).widened == ""


def test_the_shipped_thesaurus_is_whole_and_needs_no_folding() -> None:
    text = thesaurus.SHIPPED.read_text(encoding="utf-8")
    assert (len(SHIPPED) > 30_000, text == unicodedata.normalize("NFKC", text).casefold()) == (True, True)


def test_no_pair_of_words_stands_twice_in_the_shipped_thesaurus() -> None:
    rows = (line.split("\t") for line in thesaurus.SHIPPED.read_text(encoding="utf-8").splitlines()[1:])
    pairs = Counter((variant, term) for term, variants, *_ in rows for variant in variants.split("、"))
    assert [pair for pair, times in pairs.items() if times > 1] == []


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("データを取り扱う", "取り扱い"),
        ("データの取扱い", "取り扱う"),
        ("資料の持ち出し", "持ち出す"),
        ("期間の定め", "定める"),
    ],
)
def test_a_verb_meets_the_noun_made_of_it_and_the_other_way_round(asked: str, written: str) -> None:
    ways = [way for concept in read(asked, Mecab()).concepts for way in concept.ways if written in way.terms]
    assert [(way.weight, way.widened) for way in ways] == [(INFLECTED, False)]


def test_a_word_in_quotation_marks_is_met_only_as_written() -> None:
    assert all(len(concept.ways) == 1 for concept in read("「資料の持ち出し」", Mecab()).concepts)


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("What was ordered on March 18, 2025?", "2025年3月18日"),
        ("What was ordered on 18th of March 2025?", "令和7年3月18日"),
        ("Who leaked data in Sept 2024?", "2024年9月"),
        ("9.28 million people", "約928万人"),
        ("cost of 1 billion yen", "10億円"),
    ],
)
def test_days_and_large_numbers_of_an_english_question_are_those_of_a_japanese_document(
    english: str, japanese: str
) -> None:
    """March 18, 2025 and 令和7年3月18日 are one term; so are 9.28 million people and 928万人."""
    terms = {term for concept in read(english, Mecab()).concepts for way in concept.ways for term in way.terms}
    assert read(japanese, Mecab()).concepts[-1].ways[0].terms[0] in terms


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("社外で口外しない約束", "守秘義務"),
        ("名簿を見られる社員を絞る", "アクセス権限"),
        ("指の模型でゲートをだます", "偽造"),
        ("嘘の報告をした業者", "虚偽報告"),
        ("控えのデータを遠い場所に置く", "隔地"),
        ("社風や数字の競い合い", "組織風土"),
        ("入札で落とした業者", "競争入札"),
        ("病院のカルテを見る", "診療録"),
        ("マイナカードの写し", "個人番号カード"),
        ("Must the number of staff be kept to a minimum?", "必要最小限"),
        ("Did the brokers still hold the stolen list?", "窃取"),
        ("Should we sign an NDA?", "秘密保持契約"),
        ("Is the tax rate on dividends capped?", "配当"),
        ("When must the unpaid contributions be collected?", "未納"),
    ],
)
def test_everyday_and_english_words_lead_to_the_words_of_documents(said: str, term: str) -> None:
    assert term in {way.words for concept in read(said, Mecab(), SHIPPED).concepts for way in concept.ways}


@pytest.mark.parametrize("said", ["should we", "can you please tell me if it was", "could they not be"])
def test_english_words_that_only_frame_a_question_ask_for_little(said: str) -> None:
    assert max(concept.weight for concept in read(said, Mecab(), SHIPPED).concepts) < 0.3


def test_a_date_names_a_paper_only_where_a_paper_is_what_it_dates() -> None:
    assert issued("平成29年改正の法律では") == frozenset()
    assert issued("2024年9月の公表では") == {"2024-09"}
    assert issued("2024年度の9月の公表") == {"2024-09"}
