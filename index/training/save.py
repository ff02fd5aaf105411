"""Writes the model in the format of sentence-transformers' StaticEmbedding: eight bits, rows shared.

`embeddings[mapping[word]] * weights[word]` is a word's vector. Words that training never met share the
rows of the public vectors, so that 100,000 words fit in a few megabytes.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.training.words import Words

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.base.modules.normalize.Normalize"},
]
_CONFIG = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def save_model(folder: Path, words: Words, vectors: NDArray[np.float32], source: NDArray[np.int64]) -> int:
    """Write the model and return its size in bytes.

    `source` names, for each word after the learned ones, the public row it was turned from: equal
    sources are stored once. `vectors` has one row a word.
    """
    first = np.arange(words.learned)
    _, firsts, shared = np.unique(source[words.learned :], return_index=True, return_inverse=True)
    rows = vectors[np.concatenate([first, words.learned + firsts])]
    rows[0] = 0.0
    mapping = np.concatenate([first, words.learned + shared.reshape(-1)]).astype(np.int32)
    scale = np.abs(rows).max(axis=1) / 127.0
    eighths = np.rint(rows / np.maximum(scale, 1e-12)[:, None]).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {"embeddings": eighths, "mapping": mapping, "weights": scale[mapping].astype(np.float32)},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )
    words.table.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "model.safetensors").chmod(0o644)
    _write(folder / "modules.json", _MODULES)
    _write(folder / "config_sentence_transformers.json", _CONFIG)
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
