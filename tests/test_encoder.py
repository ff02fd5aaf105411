"""Sentence vectors: what every encoder promises, and that the shipped one equals sentence-transformers."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.encoder import SHIPPED, StaticEncoder, TransformerEncoder, _pieces, open_encoder
from index.mecab import Mecab
from index.training.save import save_model
from index.training.words import choose_words
from law.errors import IndexMismatch

MECAB = Mecab()
ENCODER = StaticEncoder(mecab=MECAB)
TABLE = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
VOCABULARY = TABLE.get_vocab()
TEXTS = [
    "漏えい等が発生した場合の報告",
    "個人情報取扱事業者は、従業者に個人データを取り扱わせるに当たっては、必要かつ適切な監督を行わなければならない。",
    "ransomware and eKYC",
    "サイバーセキュリティ",
    "１２３４５",
    "鿬",
]


def test_rows_have_length_one_and_a_text_without_words_is_zero() -> None:
    rows = ENCODER.encode([*TEXTS, "", "\u3000\n", "\x00"])
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS) + 3, ENCODER.dimension)
    lengths = np.linalg.norm(rows, axis=1)
    assert np.allclose(lengths[:5], 1.0, atol=1e-6)
    assert not rows[-3:].any()


def test_no_texts_give_no_rows() -> None:
    assert ENCODER.encode([]).shape == (0, ENCODER.dimension)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_a_row_is_finite_and_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    rows = ENCODER.encode(texts)
    assert np.isfinite(rows).all()
    for text, row in zip(texts, rows, strict=True):
        assert np.allclose(ENCODER.encode([text])[0], row, atol=1e-6)


def test_the_shipped_model_equals_sentence_transformers() -> None:
    """Also over blocks: more words than are summed at a time."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    texts = [text * n for text in TEXTS for n in (1, 7, 90)] + [""]
    theirs = sentence_transformers.SentenceTransformer(str(SHIPPED), device="cpu").encode(
        [" ".join(MECAB.words(text)) for text in texts]
    )
    assert np.abs(theirs - ENCODER.encode(texts)).max() < 1e-5


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="個人情報漏洩ランサムウェアabc19鿬𠮷", min_size=1, max_size=70))
def test_unknown_words_are_read_in_the_same_pieces_as_tokenizers_does(word: str) -> None:
    assert list(_pieces(word, VOCABULARY)) == TABLE.encode(word).ids


def test_the_likeness_of_meaning_is_greater_than_that_of_strangers() -> None:
    asked, near, far = ENCODER.encode(["社員の研修", "従業者に対する教育及び訓練", "登録免許税の税率"])
    assert asked @ near > asked @ far + 0.1


def test_words_cut_before_give_the_same_vectors() -> None:
    words = [[token.base for token in MECAB(text)] for text in TEXTS]
    assert np.array_equal(ENCODER.encode_words(words), ENCODER.encode(TEXTS, query=True))


def test_a_thousand_clauses_take_less_than_the_cutting_into_words() -> None:
    words = [MECAB.words(TEXTS[1] * 4) for _ in range(1000)]
    start = time.process_time()
    ENCODER.encode_words(words)
    taken = time.process_time() - start
    assert taken < 1.0, "measured 0.15 s on an idle machine"


def test_the_shipped_model_needs_no_torch() -> None:
    code = (
        "import sys; from index.encoder import open_encoder; open_encoder().encode(['報告']);"
        "print([m for m in ('torch','sentence_transformers','transformers','sklearn','pandas','streamlit','faiss')"
        " if m in sys.modules])"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_name_says_which_weights_made_the_vectors(tmp_path: Path) -> None:
    _copy(tmp_path / "model")
    assert open_encoder(str(tmp_path / "model")).name == ENCODER.name
    rows = tmp_path / "model/model.safetensors"
    data = bytearray(rows.read_bytes())
    data[-1] ^= 1
    rows.write_bytes(data)
    assert StaticEncoder(tmp_path / "model", MECAB).name != ENCODER.name


def test_the_shipped_model_is_small_and_holds_no_code() -> None:
    files = [file for file in SHIPPED.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 20_000_000
    assert {file.suffix for file in files} <= {".json", ".safetensors", ".md"}


@pytest.mark.parametrize("setting", ["no/such/model", "."])
def test_a_model_that_is_not_there_is_refused_with_what_to_do(setting: str, tmp_path: Path) -> None:
    with pytest.raises(IndexMismatch) as caught:
        StaticEncoder(tmp_path / setting, MECAB)
    assert "settings" in str(caught.value)
    assert "設定" in caught.value.japanese


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    _copy(tmp_path / "model")
    (tmp_path / "model/model.safetensors").write_bytes(b"x" * 100)
    with pytest.raises(IndexMismatch):
        open_encoder(str(tmp_path / "model"))


def test_a_word_list_that_does_not_fit_the_matrix_is_refused(tmp_path: Path) -> None:
    _copy(tmp_path / "model")
    words = choose_words([["報告"] * 3], [], at_least=2)
    save_model(tmp_path / "other", words, np.ones((len(words.words), 4), dtype=np.float32), np.arange(len(words.words)))
    (tmp_path / "other/model.safetensors").replace(tmp_path / "model/model.safetensors")
    with pytest.raises(IndexMismatch, match="for each of"):
        StaticEncoder(tmp_path / "model", MECAB)


def test_a_transformer_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(IndexMismatch, match=r"pip install 'konkyo\[models\]'") as caught:
        open_encoder("cl-nagoya/ruri-v3-310m")
    assert "sentence-transformers が必要です" in caught.value.japanese


def test_a_transformer_reads_its_prompts_and_keeps_the_promises(tmp_path: Path) -> None:
    """A tiny BERT made here, so that nothing is fetched."""
    pytest.importorskip("sentence_transformers")
    folder = _tiny_transformer(tmp_path)
    encoder = open_encoder(str(folder), query_prompt="検索クエリ: ", passage_prompt="検索文書: ")
    assert isinstance(encoder, TransformerEncoder)
    asked = encoder.encode(["報告", ""], query=True)
    told = encoder.encode(["報告", " "])
    assert asked.shape == (2, encoder.dimension)
    assert asked.dtype == np.float32
    assert np.allclose(np.linalg.norm(asked[0]), 1.0, atol=1e-5)
    assert not asked[1].any()
    assert not told[1].any()
    assert not np.allclose(asked[0], told[0])
    assert "検索クエリ" in encoder.name


def _copy(folder: Path) -> None:
    folder.mkdir()
    for file in SHIPPED.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())


def _tiny_transformer(folder: Path) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    letters = sorted(set("報告検索クエリ文書:漏えい"))
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]), "utf-8")
    config = BertConfig(
        vocab_size=5 + len(letters), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    SentenceTransformer(modules=[transformer, Pooling(16)]).save(str(folder / "tiny"))
    return folder / "tiny"


def test_what_training_saves_is_what_the_encoder_reads(tmp_path: Path) -> None:
    """Within the eighth bit; rows of words that were never met are stored once."""
    words = choose_words([["報告", "報告", "義務"], ["義務"]], ["漏洩", "流出"], at_least=2)
    assert words.words[: words.learned] == ("[UNK]", "報告", "義務")
    random = np.random.default_rng(1)
    vectors = random.normal(size=(len(words.words), 8)).astype(np.float32)
    source = np.arange(len(words.words))
    one, other = (words.words.index(word) for word in ("漏洩", "流出"))
    vectors[one], source[one] = vectors[other], source[other]
    save_model(tmp_path / "model", words, vectors, source)
    encoder = StaticEncoder(tmp_path / "model", MECAB)
    rows = encoder.encode_words([["報告", "義務"], ["漏洩"], ["流出"]])
    expected = vectors[1] + vectors[2]
    assert np.allclose(rows[0], expected / np.linalg.norm(expected), atol=0.02)
    assert np.array_equal(rows[1], rows[2])
