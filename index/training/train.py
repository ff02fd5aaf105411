"""Makes the shipped model anew: `python -m index.training.train --vectors GINZA --out index/model`.

About ten minutes on two cores. `--vectors` is the unpacked wheel of ja-ginza (`pip download --no-deps
ja-ginza`, unzip); without it words start from nothing and docs/model.md says what that costs. The same data,
seed and number of threads give the same model.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.encoder import SHIPPED
from index.mecab import Mecab
from index.training.ginza import WordVectors, read_vectors
from index.training.learn import Bag, Example, Stage, train
from index.training.pairs import Pair, authored_pairs, general_pairs, law_pairs, term_pairs
from index.training.save import save_model
from index.training.words import Words, choose_words, starting_rows

SHARED = Path(__file__).resolve().parents[3] / "shared"
_AT_LEAST = 3
"""Times a word must be met to get a row of its own; rarer ones cannot be learned and cost 256 bytes each."""

_SMOOTHING = 1e-4
"""The `a` of a word's first weight a / (a + p): words rarer than this share count nearly in full."""

_WORDS_READ = 300
"""Words of a passage that are read, twice the median article."""


_REMEMBERED = 20
"""One pair of the statutes in so many goes into the later stages, or they forget what the first taught."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long each stage runs and how fast; the figures behind the choice are in docs/model.md."""

    steps: tuple[str, ...] = ("law", "terms", "authored")
    width: int = 256
    seed: int = 20261121
    law_epochs: int = 1
    law_rate: float = 0.01
    terms_epochs: int = 6
    terms_rate: float = 0.01
    authored_epochs: int = 2
    authored_rate: float = 0.005


Cut = Mapping[str, Sequence[str]]
"""The base forms of every text of the training data."""


def load_pairs(shared: Path) -> dict[str, list[Pair]]:
    """The pairs of each kind."""
    folder = shared / "train"
    return {
        "law": law_pairs(folder),
        "general": general_pairs(folder),
        "terms": term_pairs(folder),
        "authored": authored_pairs(folder, shared / "bench/procedures"),
    }


def cut(pairs: Iterable[Pair], mecab: Mecab) -> dict[str, list[str]]:
    """The base forms of every text in the pairs; takes two minutes for all of them."""
    out: dict[str, list[str]] = {}
    for pair in pairs:
        for text in (pair.question, pair.passage, pair.context, *pair.wrong):
            if text not in out:
                out[text] = mecab.words(text)[:_WORDS_READ]
    return out


class _Maker:
    """Turns pairs into examples: word ids, and numbers for what is equal."""

    def __init__(self, words: Words, texts: Cut, seed: int) -> None:
        self._texts = texts
        self._table = words.table
        self._ids: dict[str, list[int]] = {}
        self._number: dict[str, int] = {}
        self._random = np.random.default_rng(seed)

    def laws(self, pairs: Sequence[Pair]) -> list[Example]:
        """One example a pair; the law's title stands before either side by chance, as it may in a search."""
        out = []
        for pair in pairs:
            title = self._texts[pair.context] if pair.context else ()
            ask, tell = self._random.random(2)
            question = (*(title if ask < 0.4 else ()), *self._texts[pair.question])
            passage = (*(title if tell < 0.7 else ()), *self._texts[pair.passage])
            out.append(self._example(pair, question, passage))
        return out

    def plain(self, pairs: Sequence[Pair]) -> list[Example]:
        """One example a pair, as it is."""
        return [self._example(pair, self._texts[pair.question], self._texts[pair.passage]) for pair in pairs]

    def _example(self, pair: Pair, question: Sequence[str], passage: Sequence[str]) -> Example:
        return Example(
            self._read(question),
            self._read(passage),
            tuple(self._read(self._texts[text]) for text in pair.wrong),
            self._numbered("group " + pair.group),
            self._numbered("question " + pair.question),
            self._numbered("passage " + pair.passage[:200]),
        )

    def _read(self, words: Sequence[str]) -> NDArray[np.int64]:
        out: list[int] = []
        for word in words:
            ids = self._ids.get(word)
            if ids is None:
                ids = self._ids[word] = self._table.encode(word).ids
            out.extend(ids)
        return np.array(out or [0], dtype=np.int64)

    def _numbered(self, key: str) -> int:
        return self._number.setdefault(key, len(self._number))


def make_stages(recipe: Recipe, pairs: Mapping[str, Sequence[Pair]], words: Words, texts: Cut) -> list[Stage]:
    """The stages of the recipe, in its order."""
    maker = _Maker(words, texts, recipe.seed)
    makers: dict[str, Callable[[], Stage]] = {
        "law": lambda: Stage("law", maker.laws(pairs["law"]), recipe.law_epochs, 512, recipe.law_rate),
        "mixed": lambda: Stage(
            "mixed", maker.laws(pairs["law"]) + maker.plain(pairs["general"]), recipe.law_epochs, 512, recipe.law_rate
        ),
        "terms": lambda: Stage(
            "terms",
            maker.plain(pairs["terms"]) + maker.laws(pairs["law"][::_REMEMBERED]),
            recipe.terms_epochs,
            256,
            recipe.terms_rate,
        ),
        "authored": lambda: Stage(
            "authored",
            maker.laws(pairs["authored"])
            + maker.plain(pairs["authored"])
            + maker.plain(pairs["terms"][::8])
            + maker.laws(pairs["law"][::_REMEMBERED]),
            recipe.authored_epochs,
            128,
            recipe.authored_rate,
        ),
    }
    return [makers[step]() for step in recipe.steps]


def choose(pairs: Mapping[str, Sequence[Pair]], texts: Cut, vectors: WordVectors | None) -> Words:
    """The words of the model: English ones count from the first time in a term or a question."""
    asked = (word for kind in ("terms", "authored") for pair in pairs[kind] for word in texts[pair.question])
    english = {word for word in asked if word.isascii() and word.isalpha() and len(word) > 1}
    return choose_words(texts.values(), vectors.everyday if vectors else (), _AT_LEAST, english)


def make_bag(recipe: Recipe, words: Words, vectors: WordVectors | None) -> tuple[Bag, NDArray[np.int64]]:
    """The untrained model and the public row that each word starts from."""
    torch.manual_seed(recipe.seed)
    public, row_of = starting_rows(words, vectors)
    counts = np.maximum(words.counts, _AT_LEAST).astype(np.float64)
    weights = np.log(_SMOOTHING / (_SMOOTHING + counts / counts.sum())).astype(np.float32)
    bag = Bag(
        torch.from_numpy(public), torch.from_numpy(row_of), torch.from_numpy(weights), words.learned, recipe.width
    )
    return bag, row_of


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with train/")
    parser.add_argument("--vectors", type=Path, help="the unpacked wheel of ja-ginza")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--steps", default="law,terms,authored", help="stages, in order; empty for none")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    recipe = Recipe(steps=tuple(step for step in given.steps.split(",") if step))
    mecab = Mecab()
    pairs = load_pairs(given.shared)
    texts = cut((pair for kind in pairs.values() for pair in kind), mecab)
    vectors = read_vectors(given.vectors, mecab) if given.vectors else None
    words = choose(pairs, texts, vectors)
    bag, row_of = make_bag(recipe, words, vectors)
    for line in train(bag, make_stages(recipe, pairs, words, texts), recipe.seed):
        print(line, flush=True)
    size = save_model(given.out, words, bag.rows(), row_of)
    print(f"{given.out}: {len(words.words)} words, {words.learned} learned, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
