"""A reranker reads the best candidates again, and its order is the one that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.knowledge import open_searcher, open_tools
from index.rerank import CrossEncoderReranker, Scores, open_reranker
from law.errors import IndexMismatch
from law.store import Store


class Shortest:
    """Prefers short passages."""

    name = "shortest"

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        return np.array([1 / (1 + len(text)) for text in texts], dtype=np.float32)


def test_the_rerankers_order_is_the_order_of_the_hits(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        searcher = open_searcher(store, open_tools())
        plain = searcher.search("委託先の監督", k=5)
        read_again = replace(searcher, reranker=Shortest()).search("委託先の監督", k=5)
    assert [hit.score for hit in read_again.hits] == sorted((hit.score for hit in read_again.hits), reverse=True)
    assert len(read_again.hits[0].text) < len(plain.hits[0].text)


def test_without_a_setting_there_is_none() -> None:
    assert open_reranker(None) is None


def test_a_reranker_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="the extra [models] is not installed")
    with pytest.raises(IndexMismatch, match="nowhere"):
        CrossEncoderReranker(str(tmp_path / "nowhere"))
