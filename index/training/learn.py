"""Contrastive training of word vectors (multiple negatives ranking, with near misses).

A word's vector is `weight * (public vector @ turn) + own`: `turn` and the rule for weights are shared by
all words, so a word that training never met moves with the words that are like it; `own` is learned for
the words that were met. One process, two threads, seeds fixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

SCALE = 20.0
"""Cosine to logit, the default of sentence-transformers' MultipleNegativesRankingLoss."""


@dataclass(frozen=True, slots=True)
class Example:
    """Word ids of one pair; `group` keeps like pairs together, `same` marks equal questions."""

    question: NDArray[np.int64]
    passage: NDArray[np.int64]
    wrong: tuple[NDArray[np.int64], ...]
    group: int
    same: int
    answer: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One run over some examples."""

    name: str
    examples: Sequence[Example]
    epochs: int
    batch: int
    rate: float


class Bag(nn.Module):  # type: ignore[misc]  # torch is not read by the type checker
    """Sums of word vectors."""

    def __init__(
        self, public: torch.Tensor, row_of: torch.Tensor, weights: torch.Tensor, learned: int, width: int
    ) -> None:
        super().__init__()
        self.learned = learned
        self.row_of = row_of
        self.public = nn.EmbeddingBag.from_pretrained(public, freeze=True, mode="sum")
        self.turn = nn.Parameter(_principal(public, width))
        self.log_weight = nn.Embedding.from_pretrained(weights[:, None], freeze=False, sparse=True)
        self.own = nn.EmbeddingBag(learned + 1, width, mode="sum", sparse=True, padding_idx=learned)
        nn.init.normal_(self.own.weight, std=0.02 if public.shape[1] > 1 else 0.1)
        with torch.no_grad():
            self.own.weight[learned] = 0.0

    def forward(self, ids: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        """Rows of length one."""
        weight = self.log_weight(ids)[:, 0].exp()
        own = self.own(ids.clamp(max=self.learned), offsets, per_sample_weights=weight)
        shared = self.public(self.row_of[ids], offsets, per_sample_weights=weight) @ self.turn
        return nn.functional.normalize(own + shared, dim=1)

    def rows(self) -> NDArray[np.float32]:
        """The vector of every word."""
        with torch.no_grad():
            shared = self.public.weight[self.row_of] @ self.turn
            shared[: self.learned] += self.own.weight[: self.learned]
            out: NDArray[np.float32] = (shared * self.log_weight.weight.exp()).numpy()
        return out


def _principal(public: torch.Tensor, width: int) -> torch.Tensor:
    """The turn that keeps most of the public vectors' spread in `width` columns."""
    if public.shape[1] <= 1:
        return torch.zeros(public.shape[1], width)
    centred = public[1:] - public[1:].mean(0)
    _, vectors = torch.linalg.eigh(centred.T @ centred)
    return vectors.flip(1)[:, :width].contiguous()


def train(bag: Bag, stages: Sequence[Stage], seed: int) -> Iterator[str]:
    """Train in place, stage by stage; yields a line a stage and epoch."""
    for stage in stages:
        random = np.random.default_rng(seed)
        torch.manual_seed(seed)
        sparse = torch.optim.SparseAdam([bag.own.weight, bag.log_weight.weight], lr=stage.rate)
        dense = torch.optim.Adam([bag.turn], lr=stage.rate * 0.1)
        steps = stage.epochs * max(1, len(stage.examples) // stage.batch)
        done = 0
        for epoch in range(stage.epochs):
            losses = []
            for batch in _batches(stage.examples, stage.batch, random):
                fall = max(0.02, 1.0 - done / steps)
                sparse.param_groups[0]["lr"] = stage.rate * fall
                dense.param_groups[0]["lr"] = stage.rate * 0.1 * fall
                loss = _loss(bag, batch)
                sparse.zero_grad()
                dense.zero_grad()
                loss.backward()
                sparse.step()
                dense.step()
                losses.append(loss.item())
                done += 1
            yield f"{stage.name} epoch {epoch + 1}: loss {np.mean(losses):.4f} over {len(losses)} batches"


def _loss(bag: Bag, batch: Sequence[Example]) -> torch.Tensor:
    questions = bag(*_packed([example.question for example in batch]))
    wrong = [text for example in batch for text in example.wrong]
    passages = bag(*_packed([example.passage for example in batch] + wrong))
    logits = SCALE * questions @ passages.T
    same = torch.tensor([example.same for example in batch])
    answer = torch.tensor([example.answer for example in batch])
    alike = (same[:, None] == same[None, :]) | (answer[:, None] == answer[None, :])
    alike.fill_diagonal_(False)
    logits[:, : len(batch)] = logits[:, : len(batch)].masked_fill(alike, -1e4)
    return nn.functional.cross_entropy(logits, torch.arange(len(batch)))


def _packed(texts: Sequence[NDArray[np.int64]]) -> tuple[torch.Tensor, torch.Tensor]:
    offsets = np.cumsum([0] + [len(text) for text in texts[:-1]])
    return torch.from_numpy(np.concatenate(texts)), torch.from_numpy(offsets)


def _batches(examples: Sequence[Example], size: int, random: np.random.Generator) -> Iterator[list[Example]]:
    """Batches made of handfuls of like examples, so that each meets its near misses."""
    groups: dict[int, list[int]] = {}
    for i in random.permutation(len(examples)):
        groups.setdefault(examples[i].group, []).append(int(i))
    handfuls = [members[i : i + 8] for members in groups.values() for i in range(0, len(members), 8)]
    order = [i for h in random.permutation(len(handfuls)) for i in handfuls[h]]
    for start in range(0, len(order) - size // 2, size):
        yield [examples[i] for i in order[start : start + size]]
