"""Sentence vectors: the shipped model read with numpy alone, or any sentence-transformers model.

`open_encoder()` is ready in a tenth of a second and imports neither torch nor sentence_transformers;
those are loaded only for a transformer that the user has named. Every encoder returns rows of length
one, a zero row for a text without words, and never NaN.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.mecab import Mecab
from law.errors import IndexMismatch

SHIPPED = Path(__file__).parent / "model"
"""The model that comes with the project; its card is README.md in this folder."""

_BLOCK = 4_096
"""Words summed at a time: 4 MB of float32 at 256 dimensions stay in the cache, twice as fast as 64 MB."""

_WORD_CACHE = 200_000

_LONGEST_WORD = 60
"""Characters; `max_input_chars_per_word` of the word table."""

Vectors = NDArray[np.float32]
"""One row a text, of length one, or zero for a text without words."""


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their likeness."""

    @property
    def name(self) -> str:
        """What made the vectors, exact enough to refuse an index built by another model."""
        ...

    @property
    def dimension(self) -> int:
        """The number of columns."""
        ...

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """One row a text; `query` chooses the prompt of models that have two."""
        ...


@dataclass(frozen=True, slots=True)
class _Static:
    """What the files of a static model hold: a word's vector is `rows[mapping[word]] * weights[word]`."""

    vocabulary: Mapping[str, int]
    rows: NDArray[np.generic]
    mapping: NDArray[np.int32] | None
    weights: Vectors | None


class StaticEncoder:
    """The mean of word vectors, from a folder in the format of sentence-transformers' StaticEmbedding.

    Words are MeCab base forms; a word that the model does not know is read in the longest pieces that it
    does. Equal to `SentenceTransformer(folder).encode(" ".join(words))` within rounding.
    """

    def __init__(self, folder: Path = SHIPPED, mecab: Mecab | None = None) -> None:
        """Read the model.

        Raises:
            IndexMismatch: the folder holds no static model.
        """
        self.folder = folder
        self._mecab = mecab or Mecab()
        self._model = _read(folder)
        self._known: dict[str, tuple[int, ...]] = {}

    @cached_property
    def name(self) -> str:
        """The folder's name and the first 12 digits of the SHA-256 of its two files."""
        digest = hashlib.sha256()
        for file in ("model.safetensors", "tokenizer.json"):
            digest.update((self.folder / file).read_bytes())
        return f"static:{self.folder.name}@{digest.hexdigest()[:12]}"

    @property
    def dimension(self) -> int:
        """The number of columns."""
        return int(self._model.rows.shape[1])

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """One row a text; queries and passages are read alike."""
        return self.encode_words([self.words(text) for text in texts])

    def words(self, text: str) -> list[str]:
        """The words of a text, as they are encoded."""
        return self._mecab.words(text)

    def encode_words(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """The same from base forms, so that one pass of MeCab serves the lexical index too.

        >>> encoder = StaticEncoder()
        >>> words = [token.base for token in Mecab()("漏えい時の報告")]
        >>> bool(np.allclose(encoder.encode_words([words]), encoder.encode(["漏えい時の報告"])))
        True
        """
        ids = [self._ids(words) for words in texts]
        out = np.zeros((len(ids), self.dimension), dtype=np.float32)
        for rows in _blocks(ids):
            flat = np.concatenate([ids[i] for i in rows])
            starts = np.cumsum([0] + [len(ids[i]) for i in rows[:-1]])
            out[rows] = np.add.reduceat(self._vectors(flat), starts, axis=0)
        return _normalised(out)

    def _vectors(self, flat: NDArray[np.int32]) -> Vectors:
        model = self._model
        vectors = model.rows[flat if model.mapping is None else model.mapping[flat]].astype(np.float32)
        if model.weights is not None:
            vectors *= model.weights[flat, None]
        return vectors

    def _ids(self, words: Iterable[str]) -> NDArray[np.int32]:
        known = self._known
        out: list[int] = []
        for word in words:
            ids = known.get(word)
            if ids is None:
                if len(known) >= _WORD_CACHE:
                    known.clear()
                ids = known[word] = _pieces(word, self._model.vocabulary)
            out.extend(ids)
        return np.array(out, dtype=np.int32)


class TransformerEncoder:
    """Any sentence-transformers model by name or folder, with its two prompts; an optional dependency."""

    def __init__(self, name_or_path: str, query_prompt: str = "", passage_prompt: str = "") -> None:
        """Load the model; code that comes with it is never run, weights are read from safetensors only.

        Raises:
            IndexMismatch: sentence-transformers is not installed, or there is no such model.
        """
        try:
            # Inside, because it takes four seconds and half a gigabyte that the shipped model spares.
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise IndexMismatch(
                f"The model {name_or_path!r} needs sentence-transformers, which is not installed: "
                "pip install 'konkyo[models]', or remove `model` from the settings to use the shipped one.",
                f"モデル「{name_or_path}」には sentence-transformers が必要です。pip install 'konkyo[models]' を"
                "実行するか、設定の model を消して同梱のモデルを使ってください。",
            ) from error
        try:
            self._model = SentenceTransformer(
                name_or_path, trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError) as error:
            raise IndexMismatch(
                f"The model {name_or_path!r} could not be loaded: {error}. Give a folder or a model name that is "
                "in the local cache, with weights in safetensors.",
                f"モデル「{name_or_path}」を読み込めません（{error}）。safetensors 形式のモデルのフォルダか名前を"
                "指定してください。",
            ) from error
        self.name = f"transformer:{name_or_path}|{query_prompt}|{passage_prompt}"
        self.dimension = int(self._model.get_embedding_dimension())
        self._prompts = (passage_prompt, query_prompt)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """One row a text, read after the passage prompt, or after the query prompt when asked."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows = [i for i, text in enumerate(texts) if text.strip()]
        if rows:
            out[rows] = self._model.encode(
                [texts[i] for i in rows],
                prompt=self._prompts[query],
                convert_to_numpy=True,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return _normalised(out)


def open_encoder(
    setting: str | None = None,
    *,
    query_prompt: str = "",
    passage_prompt: str = "",
    mecab: Mecab | None = None,
) -> Encoder:
    """The encoder that the settings name: nothing for the shipped model, else a folder or a model's name.

    A folder with a static model is read with numpy; everything else goes to sentence-transformers.

    Raises:
        IndexMismatch: the model cannot be loaded.
    """
    if not setting:
        return StaticEncoder(mecab=mecab)
    folder = Path(setting).expanduser()
    if _is_static(folder):
        return StaticEncoder(folder, mecab)
    return TransformerEncoder(setting, query_prompt, passage_prompt)


def _is_static(folder: Path) -> bool:
    modules = folder / "modules.json"
    if not modules.is_file() or "StaticEmbedding" not in modules.read_text(encoding="utf-8"):
        return False
    return '"WhitespaceSplit"' in (folder / "tokenizer.json").read_text(encoding="utf-8")[:2000]


def _read(folder: Path) -> _Static:
    try:
        table = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
        if table["type"] != "WordPiece" or table["continuing_subword_prefix"]:
            raise ValueError(f"a word table of type WordPiece without a prefix, found {table['type']}")
        tensors = load_file(folder / "model.safetensors")
        rows = tensors.get("embeddings", tensors.get("embedding.weight"))
        if rows is None:
            raise ValueError(f"a matrix named embeddings or embedding.weight, found {sorted(tensors)}")
        model = _Static(table["vocab"], rows, tensors.get("mapping"), tensors.get("weights"))
        _check(model)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise IndexMismatch(
            f"No static model in {folder}: expected tokenizer.json and model.safetensors, found: {error}. "
            "Install Konkyo again, or correct `model` in the settings.",
            f"{folder} のモデルを読み込めません（{error}）。Konkyo を入れ直すか、設定の model を直してください。",
        ) from error
    return model


def _check(model: _Static) -> None:
    """Every word has a row and every row a place in the matrix."""
    words = max(model.vocabulary.values(), default=-1) + 1
    if model.rows.ndim != 2 or not words:
        raise ValueError(f"a matrix and a word list, found the shape {model.rows.shape} and {words} words")
    for name, column in (
        ("rows", model.mapping if model.mapping is not None else model.rows),
        ("weights", model.weights),
    ):
        if column is not None and len(column) < words:
            raise ValueError(f"one of {name} for each of {words} words, found {len(column)}")
    if model.mapping is not None and not 0 <= model.mapping.min() <= model.mapping.max() < len(model.rows):
        raise ValueError(f"rows 0 to {len(model.rows) - 1}, found a mapping to row {model.mapping.max()}")


def _pieces(word: str, vocabulary: Mapping[str, int]) -> tuple[int, ...]:
    """The word, or the longest known pieces from its start on, or 0 (unknown) where none fits.

    What `tokenizers` does with the same file (a test holds that), without its 0.1 s of loading.
    """
    if word in vocabulary:
        return (vocabulary[word],)
    if len(word) > _LONGEST_WORD:
        return (0,)
    out: list[int] = []
    start = 0
    while start < len(word):
        end = next((e for e in range(len(word), start, -1) if word[start:e] in vocabulary), None)
        if end is None:
            return (0,)
        out.append(vocabulary[word[start:end]])
        start = end
    return tuple(out)


def _blocks(ids: Sequence[NDArray[np.int32]]) -> Iterator[list[int]]:
    """Runs of texts with words, each run about `_BLOCK` words."""
    rows: list[int] = []
    words = 0
    for i, text in enumerate(ids):
        if not len(text):
            continue
        if rows and words + len(text) > _BLOCK:
            yield rows
            rows, words = [], 0
        rows.append(i)
        words += len(text)
    if rows:
        yield rows


def _normalised(rows: Vectors) -> Vectors:
    """Rows of length one; what has no direction, or is no number, becomes zero."""
    if not np.isfinite(rows).all():
        rows[~np.isfinite(rows).all(axis=1)] = 0.0
    length: Vectors = np.sqrt(np.add.reduce(rows * rows, axis=1, keepdims=True))
    length[length <= 1e-12] = np.inf
    return rows / length
