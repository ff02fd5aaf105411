"""The transformer that is left ready to be trained: every step runs, on a few sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

QUESTIONS = ("社員が名簿を持ち出した", "再委託は断りなくできるか", "漏えいをいつ報告するか", "記録は何年残すか")
PASSAGES = (
    "従業者は、顧客の名簿を社外に持ち出してはならない。",
    "受託者は、委託者の承諾を得なければ、再委託をすることができない。",
    "漏えいが生じたときは、三日以内に報告しなければならない。",
    "取扱いの記録は、三年間保存することとする。",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers", reason="the extra [models] is not installed")
    from index.training.pairs import Pair
    from index.training.transformer import Size, make

    folder = tmp_path_factory.mktemp("transformer")
    pairs = [
        Pair(asked, told, "", "", (PASSAGES[i - 1],))
        for i, (asked, told) in enumerate(zip(QUESTIONS, PASSAGES, strict=True))
    ]
    make(PASSAGES, pairs, folder, Size(vocabulary=120, width=16, layers=1, heads=2, length=64, batch=2))
    return folder


def test_the_encoder_it_makes_is_read_like_any_other_model(made: Path) -> None:
    from index.encoder import open_encoder

    rows = open_encoder(str(made / "encoder")).encode(list(PASSAGES))
    assert rows.shape == (4, 16)
    assert [round(float(row @ row), 4) for row in rows] == [1.0] * 4


def test_the_reranker_it_makes_reads_question_and_passage(made: Path) -> None:
    from index.rerank import CrossEncoderReranker

    scores = CrossEncoderReranker(str(made / "reranker")).score(QUESTIONS[0], list(PASSAGES))
    assert (len(scores), bool(((scores >= 0) & (scores <= 1)).all())) == (4, True)


def test_its_weights_are_safetensors_only(made: Path) -> None:
    weights = {path.suffix for path in made.rglob("*")} & {".safetensors", ".bin", ".pt", ".pkl"}
    assert weights == {".safetensors"}
