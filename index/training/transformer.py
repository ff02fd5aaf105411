"""Makes a small transformer and a reranker for it: `python -m index.training.transformer --out FOLDER`.

For a machine with a GPU, where it takes the place of the static model by `model = "FOLDER/encoder"` and
`reranker = "FOLDER/reranker"` in the settings. Four steps: a tokenizer whose pieces never cross a word of
MeCab (so whoever reads needs no MeCab), masked-language pretraining on the statutes, contrastive training
with near misses, and a cross-encoder that starts from the same pretraining. It has been run on tiny data
only (tests/test_training.py); nothing it makes is shipped, and no figure is known.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    DataCollatorForLanguageModeling,
    PreTrainedTokenizerFast,
)

from index.mecab import Mecab
from index.training.learn import SCALE
from index.training.pairs import Pair
from index.training.train import SHARED, load_pairs

_SPECIAL = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}


@dataclass(frozen=True, slots=True)
class Size:
    """How large the model is and how long each step runs."""

    vocabulary: int = 16_000
    width: int = 256
    layers: int = 6
    heads: int = 4
    length: int = 384
    """Tokens of a text that are read."""
    batch: int = 64
    pretraining: int = 3
    """Times that all texts are read."""
    contrast: int = 2
    reranking: int = 1
    rate: float = 5e-4
    seed: int = 20261121


def tokenizer(texts: Iterable[str], mecab: Mecab, size: Size) -> PreTrainedTokenizerFast:
    """Pieces of words, learned from texts cut by MeCab."""
    pieces = Tokenizer(models.Unigram())
    pieces.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    pieces.pre_tokenizer = pre_tokenizers.Split("\n", "removed")
    pieces.decoder = decoders.Fuse()
    special = list(_SPECIAL.values())
    trainer = trainers.UnigramTrainer(vocab_size=size.vocabulary, special_tokens=special, unk_token="[UNK]")
    pieces.train_from_iterator(("\n".join(token.span.of(text) for token in mecab(text)) for text in texts), trainer)
    at = {name: pieces.token_to_id(name) for name in special}
    pieces.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, at[name]) for name in ("[CLS]", "[SEP]")],
    )
    return PreTrainedTokenizerFast(tokenizer_object=pieces, model_max_length=size.length, **_SPECIAL)


def pretrain(texts: Sequence[str], read: PreTrainedTokenizerFast, size: Size, folder: Path) -> None:
    """Learn to fill in masked words, and save that model."""
    config = BertConfig(
        vocab_size=len(read),
        hidden_size=size.width,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        intermediate_size=4 * size.width,
        max_position_embeddings=size.length,
        pad_token_id=read.pad_token_id,
    )
    model = BertForMaskedLM(config).to(_device())
    mask = DataCollatorForLanguageModeling(read, mlm_probability=0.15)

    def losses() -> Iterator[torch.Tensor]:
        for batch in _batches(texts, size, size.pretraining):
            rows = [read(text, truncation=True, return_special_tokens_mask=True) for text in batch]
            yield model(**{name: row.to(_device()) for name, row in mask(rows).items()}).loss

    _descend(model, losses(), size.rate)
    model.save_pretrained(folder)
    read.save_pretrained(folder)


def contrast(pairs: Sequence[Pair], pretrained: Path, size: Size, folder: Path) -> None:
    """Learn which passage answers a question among those of the batch and its near misses, and save the encoder."""
    model = SentenceTransformer(
        modules=[Transformer(str(pretrained), max_seq_length=size.length), Pooling(size.width), Normalize()],
        device=_device(),
    )

    def vectors(texts: list[str]) -> torch.Tensor:
        read = {name: row.to(_device()) for name, row in model.preprocess(texts).items() if torch.is_tensor(row)}
        return model(read)["sentence_embedding"]

    def losses() -> Iterator[torch.Tensor]:
        for batch in _batches(pairs, size, size.contrast):
            rows, wrong = len(batch), [text for pair in batch for text in pair.wrong]
            passages = [*(pair.passage for pair in batch), *wrong]
            twice = [
                [told == pair.passage and i != j for j, told in enumerate(passages)] for i, pair in enumerate(batch)
            ]
            alike = SCALE * vectors([pair.question for pair in batch]) @ vectors(passages).T
            alike = alike.masked_fill(torch.tensor(twice, device=alike.device), -1e4)
            yield torch.nn.functional.cross_entropy(alike, torch.arange(rows, device=alike.device))

    _descend(model, losses(), size.rate / 5)
    model.save(str(folder), safe_serialization=True)


def rerank(pairs: Sequence[Pair], pretrained: Path, size: Size, folder: Path) -> None:
    """Learn to tell the passage that answers from another, reading it with the question, and save the reranker."""
    model = BertForSequenceClassification.from_pretrained(pretrained, num_labels=1).to(_device())
    read = PreTrainedTokenizerFast.from_pretrained(pretrained)

    def losses() -> Iterator[torch.Tensor]:
        for batch in _batches(pairs, size, size.reranking):
            others = [pair.passage for pair in batch[1:] + batch[:1]]
            wrong = [pair.wrong[0] if pair.wrong else other for pair, other in zip(batch, others, strict=True)]
            questions = 2 * [pair.question for pair in batch]
            passages = [*(pair.passage for pair in batch), *wrong]
            rows = read(questions, passages, truncation="only_second", padding=True, return_tensors="pt").to(_device())
            told = torch.tensor([1.0] * len(batch) + [0.0] * len(batch), device=_device())
            yield torch.nn.functional.binary_cross_entropy_with_logits(model(**rows).logits[:, 0], told)

    _descend(model, losses(), size.rate / 5)
    model.save_pretrained(folder)
    read.save_pretrained(folder)


def make(texts: Sequence[str], pairs: Sequence[Pair], out: Path, size: Size | None = None) -> None:
    """All four steps; `out` gets `pretrained`, `encoder` and `reranker`, weights in safetensors."""
    chosen = size or Size()
    torch.manual_seed(chosen.seed)
    pretrained = out / "pretrained"
    pretrain(texts, tokenizer(texts, Mecab(), chosen), chosen, pretrained)
    contrast(pairs, pretrained, chosen, out / "encoder")
    rerank(pairs, pretrained, chosen, out / "reranker")


def _batches(items: Sequence[Any], size: Size, times: int) -> Iterator[list[Any]]:
    """All items in a new order each time; a batch of one has nothing to be told from and is left out."""
    order = random.Random(size.seed)
    for _ in range(times):
        mixed = order.sample(items, len(items))
        yield from (some for i in range(0, len(mixed), size.batch) if len(some := mixed[i : i + size.batch]) > 1)


def _descend(model: torch.nn.Module, losses: Iterator[torch.Tensor], rate: float) -> None:
    """Follow the losses downhill, each as it comes."""
    model.train()
    steps = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    for loss in losses:
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        steps.step()
    model.eval()


def _device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def main() -> None:
    """Train on everything in `shared/train`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with train/")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    known = load_pairs(given.shared)
    pairs = [*known["law"], *known["terms"], *known["authored"]]
    make([pair.passage for pair in known["law"]], pairs, given.out)
    print(f"{given.out}/encoder and {given.out}/reranker: name them in settings.toml, then `konkyo reindex`")


if __name__ == "__main__":
    main()
