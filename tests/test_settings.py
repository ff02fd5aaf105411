"""Settings are checked when read, and a model other than the index's is refused, naming both."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import cli
from commands import console
from index.settings import Settings, read_settings
from law.errors import StoreError


def test_without_a_file_the_shipped_model_is_used(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()


def test_a_file_names_model_prompts_reranker_and_threshold(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'model = "m"\nquery_prompt = "q: "\npassage_prompt = "p: "\nreranker = "r"\nthreshold = 0.7\n', encoding="utf-8"
    )
    assert read_settings(tmp_path) == Settings("m", "q: ", "p: ", "r", 0.7)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("modle = 'm'", "modle"),
        ("threshold = 3", "between 0 and 1"),
        ("threshold = true", "threshold"),
        ("model = 5", "model"),
        ("model = ", "settings.toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=named):
        read_settings(tmp_path)


@pytest.fixture(scope="module")
def tiny_transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer of two small layers with random weights, made here: no model is downloaded."""
    sentence_transformers = pytest.importorskip("sentence_transformers", reason="the extra [models] is not installed")
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"委託先監督契約漏えい報告義務責任者教育点検監査"]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(dict.fromkeys(words))}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", model_max_length=64
    )
    config = BertConfig(vocab_size=64, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32)
    BertModel(config).save_pretrained(folder / "bert")
    fast.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    model = sentence_transformers.SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu")
    model.save(str(folder / "model"), safe_serialization=True)
    return folder / "model"


def test_another_model_is_refused_until_the_index_is_built_with_it(
    sample_kb: Path, tmp_path: Path, tiny_transformer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kb = tmp_path / "kb"
    shutil.copytree(sample_kb, kb)
    (kb / "settings.toml").write_text(f'model = "{tiny_transformer}"\nquery_prompt = "質問: "\n', encoding="utf-8")
    assert cli.main(["search", "委託先の監督", "--kb", str(kb)]) == console.DAMAGED
    said = capsys.readouterr().err
    assert str(tiny_transformer) in said
    assert "static:model" in said
    assert cli.main(["reindex", "--kb", str(kb), "--quiet"]) == 0
    assert cli.main(["search", "委託先の監督", "--kb", str(kb), "--json"]) == 0
