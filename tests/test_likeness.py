"""Inner products: the numbers are numpy's own, only sooner."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from index.likeness import crossed, likeness, products, widened

ROWS = st.integers(0, 5).flatmap(
    lambda n: arrays(np.float16, (n, 8), elements=st.floats(-2, 2, width=16, allow_subnormal=True))
)


@settings(deadline=None)
@given(ROWS)
def test_half_widths_are_widened_to_the_bit(rows: NDArray[np.float16]) -> None:
    assert widened(rows).tobytes() == rows.astype(np.float32).tobytes()


def test_every_finite_half_width_is_widened_to_the_bit() -> None:
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    assert widened(finite).tobytes() == finite.astype(np.float32).tobytes()


def test_products_are_those_of_matrices() -> None:
    rng = np.random.default_rng(7)
    rows, asked = rng.normal(size=(5, 8)).astype(np.float32), rng.normal(size=(3, 8)).astype(np.float32)
    assert np.allclose(products(rows, asked[0]), rows @ asked[0], atol=1e-5)
    assert np.allclose(products(rows[:, None], asked), rows @ asked.T, atol=1e-5)


@pytest.mark.parametrize("count", [0, 1, 700])
def test_rows_of_a_table_are_crossed_in_blocks_as_one_matrix_would_be(count: int) -> None:
    rng = np.random.default_rng(7)
    table, asked = rng.normal(size=(900, 64)).astype(np.float32), rng.normal(size=(40, 64)).astype(np.float32)
    rows = rng.integers(0, 900, count)
    assert np.allclose(crossed(table, rows, asked), table[rows] @ asked.T, atol=1e-4)


def test_likeness_lies_between_nothing_and_all() -> None:
    rows = np.array([[1, 0], [0, 1], [-1, 0], [0.6, 0.8]], dtype=np.float16)
    found = likeness(rows, np.array([1.5, 0.0], dtype=np.float32))
    assert found.tolist() == [1.0, 0.0, 0.0, float(np.float32(np.float16(0.6)) * np.float32(1.5))]
