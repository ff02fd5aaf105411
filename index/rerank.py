"""A cross-encoder that reads question and passage together, for those who have one; none is shipped.

sentence-transformers is imported only when the settings name a reranker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from law.errors import IndexMismatch

Scores = NDArray[np.float32]


class Reranker(Protocol):
    """Scores how well each text answers a question, 0..1."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """One score a text, in their order."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder, by name or folder, read from safetensors only."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import CrossEncoder  # optional: a heavy dependency of few users
        except ImportError as error:
            raise IndexMismatch(
                f"The reranker {name!r} needs sentence-transformers: pip install 'konkyo[models]'.",
                f"リランカー「{name}」には sentence-transformers が必要です。"
                "pip install 'konkyo[models]' で導入してください。",
            ) from error
        try:
            self._model = CrossEncoder(name, trust_remote_code=False, model_kwargs={"use_safetensors": True})
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexMismatch(
                f"The reranker {name!r} cannot be loaded ({type(error).__name__}): check its name or folder.",
                f"リランカー「{name}」を読み込めません。名前又はフォルダーを確認してください。",
            ) from error
        self._name = name

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """The model's scores, brought to 0..1 by the logistic function where it gives none itself."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        raw = np.asarray(self._model.predict([(question, text) for text in texts]), dtype=np.float32).reshape(-1)
        inside = bool((raw >= 0).all() and (raw <= 1).all())
        return raw if inside else (1 / (1 + np.exp(-raw))).astype(np.float32)


def open_reranker(name: str | None) -> Reranker | None:
    """The reranker the settings name, or none.

    Raises:
        IndexMismatch: it cannot be loaded.
    """
    return CrossEncoderReranker(name) if name else None
