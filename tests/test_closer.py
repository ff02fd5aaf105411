"""The closer look: what tells the best candidates apart, and that it forgets nothing it needs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from documents import HashEncoder, PlainTokenizer, Row, document, guideline

from index.closer import Closer
from index.encoder import StaticEncoder, open_encoder
from index.excerpt import Grades
from index.fuse import CLOSER, WEIGHTS, fuse
from index.gather import gather
from index.mecab import Mecab
from index.query import read
from index.signals import candidates
from index.terms import SPECIAL
from law.document import Document
from law.sentence import Modality


def near_twins() -> Document:
    return document(
        [
            Row("１", "受託者は、台帳の写しを作成してはならない。", "台帳"),
            Row("２", "受託者は、台帳の写しの廃棄を記録しなければならない。", "台帳"),
            Row("３", "受託者は、鍵の貸出しを記録しなければならない。", "鍵"),
        ],
        id="twins",
        title="見本倉庫の受託に関する規程",
    )


def looked(question: str, documents: Sequence[Document], *, model: bool = False) -> dict[str, dict[str, float]]:
    """The closer signals of each whole clause, by document and clause."""
    mecab = Mecab() if model else PlainTokenizer()
    encoder = open_encoder(mecab=mecab) if isinstance(mecab, Mecab) else HashEncoder()
    parts = gather(list(documents), encoder, mecab)
    query = read(question, mecab)
    found = candidates(parts, query, encoder)
    signals = Closer(parts, encoder).signals(query, found, fuse(found.signals))
    paths = [f"{parts.cards[parts.table.document[p]].id} {parts.table.path(int(p))}" for p in found.places]
    return {path: {name: float(s[i]) for name, s in signals.items()} for i, path in enumerate(paths)}


def test_the_clause_that_meets_every_concept_covers_more_than_its_twin() -> None:
    seen = looked("台帳の写しの廃棄", [near_twins()])
    assert seen["twins ２"]["covered"] > seen["twins １"]["covered"] > seen["twins ３"]["covered"]


def test_the_subject_is_what_the_question_names_last() -> None:
    seen = looked("台帳の写しの廃棄", [near_twins()])
    assert (seen["twins １"]["subject"], seen["twins ２"]["subject"]) == (0.0, 1.0)


def test_the_document_whose_title_is_asked_for_stands_out() -> None:
    seen = looked("見本倉庫の記録", [near_twins(), guideline()])
    assert seen["twins ２"]["title"] > max(s["title"] for path, s in seen.items() if path.startswith("shishin"))


def test_a_neighbour_of_a_good_clause_shares_its_light_but_not_across_documents() -> None:
    seen = looked("台帳の写しの廃棄", [near_twins(), guideline()])
    assert seen["twins １"]["neighbours"] > seen["twins ３"]["neighbours"] * 0.5
    assert all(0.0 <= value <= 1.0 for signals in seen.values() for value in signals.values())


def test_words_near_in_meaning_count_only_with_a_model_that_knows_words() -> None:
    assert "words" not in looked("帳簿の処分", [near_twins()])["twins １"]
    seen = looked("帳簿の処分", [near_twins()], model=True)
    assert seen["twins ２"]["words"] > seen["twins ３"]["words"]


def test_the_index_holds_the_vector_of_every_word_and_of_nothing_else() -> None:
    mecab = Mecab()
    encoder = open_encoder(mecab=mecab)
    parts = gather([near_twins()], encoder, mecab)
    terms = [parts.passages.terms.strings[place] for place in range(len(parts.passages.terms))]
    words = [term for term in terms if not term.startswith(SPECIAL)]
    assert {"台帳", "廃棄"} <= set(words)
    assert [term for term, row in zip(terms, parts.word_rows, strict=True) if row >= 0] == words
    assert isinstance(encoder, StaticEncoder)
    assert np.allclose(parts.words, encoder.encode_words([[word] for word in words]), atol=1e-3)


def test_the_index_holds_the_words_of_every_unit_as_their_rows() -> None:
    mecab = Mecab()
    parts = gather([near_twins()], open_encoder(mecab=mecab), mecab)
    for number in range(len(parts.table.unit_start)):
        terms, _ = parts.units.of(np.array([number]))
        rows = [row for row in parts.word_rows[terms] if row >= 0]
        assert rows
        assert parts.unit_words.of(np.array([number]))[0].tolist() == rows


def test_the_index_says_how_strongly_every_unit_binds() -> None:
    held = near_twins()
    table = gather([held], HashEncoder(), PlainTokenizer()).table
    units = range(len(table.unit_start))
    assert [table.grade(i) for i in units] == [Grades(held).of(table.unit(i)) for i in units]
    assert Modality.MUST in map(table.grade, units)


def test_a_concept_is_met_by_its_best_way_and_only_by_all_its_words() -> None:
    tokenizer, encoder = PlainTokenizer(), HashEncoder()
    parts = gather([near_twins()], encoder, tokenizer)
    query = read("台帳の写しの廃棄", tokenizer)
    found = candidates(parts, query, encoder)
    met = found.ways.weights(len(query.concepts))
    assert met.shape == (len(query.concepts), len(found.places))
    assert set(np.unique(met)) == {0.0, 1.0}


def test_a_duty_is_sought_in_guidelines_and_what_happened_in_decisions() -> None:
    decision = document([Row("１", "台帳の写しが廃棄されていなかった。", "経緯")], id="decision", kind="enforcement")
    duty = looked("台帳の写しを廃棄する義務", [near_twins(), decision])
    case = looked("台帳の写しが廃棄されなかった事例", [near_twins(), decision])
    assert (duty["twins ２"]["genre"], duty["decision １"]["genre"]) == (1.0, 0.0)
    assert (case["twins ２"]["genre"], case["decision １"]["genre"]) == (0.0, 1.0)


def test_every_signal_of_the_closer_look_has_a_weight() -> None:
    seen = looked("台帳の写しの廃棄", [near_twins()], model=True)
    assert set(seen["twins １"]) <= set(CLOSER)
    assert set(CLOSER) - set(WEIGHTS) == set(seen["twins １"])
