"""The vector index: exact, never inventing a row, refusing what it cannot read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import FLAT, Dense
from law.errors import IndexMismatch


def unit_rows(n: int, dimension: int = 16) -> np.ndarray:
    rows = np.random.default_rng(7).normal(size=(n, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_nearest_rows_are_those_of_the_plain_product() -> None:
    rows = unit_rows(50)
    near = Dense.build(rows).top(rows[3], 5)
    products = rows @ rows[3]
    assert near.places.tolist() == np.argsort(-products)[:5].tolist()
    assert np.allclose(near.scores, np.sort(products)[::-1][:5], atol=1e-6)


def test_more_is_asked_than_there_is() -> None:
    assert sorted(Dense.build(unit_rows(3)).top(unit_rows(1)[0], 10).places.tolist()) == [0, 1, 2]


@pytest.mark.parametrize("vector", [np.zeros(16), np.full(16, np.nan)])
def test_a_question_without_words_is_near_nothing(vector: np.ndarray) -> None:
    assert Dense.build(unit_rows(3)).top(vector.astype(np.float32), 2).places.tolist() == []


def test_an_empty_index_finds_nothing() -> None:
    assert Dense.build(np.empty((0, 16), np.float32)).top(unit_rows(1)[0], 2).places.tolist() == []


def test_saved_is_opened_again_and_damage_is_named(tmp_path: Path) -> None:
    dense = Dense.build(unit_rows(4))
    dense.save(tmp_path / "vectors.faiss")
    again = Dense.open(tmp_path / "vectors.faiss")
    assert (len(again), again.dimension) == (4, 16)
    assert again.top(unit_rows(4)[2], 1).places.tolist() == [2]
    (tmp_path / "vectors.faiss").write_bytes(b"nonsense")
    with pytest.raises(IndexMismatch, match="konkyo reindex"):
        Dense.open(tmp_path / "vectors.faiss")


def test_above_the_limit_a_byte_a_number_finds_nearly_the_same() -> None:
    rows = unit_rows(FLAT + 1)
    near = Dense.build(rows.astype(np.float16)).top(rows[7], 50)
    exact = np.argsort(-(rows @ rows[7]))[:10]
    assert near.places[0] == 7
    assert set(exact.tolist()) <= set(near.places.tolist())
