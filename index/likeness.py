"""Likeness: inner products of vectors, row by row and by the one thread that asks.

`numpy.matmul` wakes every core even for the few hundred rows of one question, and they wait for each other
longer than they reckon: 10 ms of processor time for what takes 0.2. So what answers a question uses it in small blocks
only (`crossed`). The stored rows are of half width, and numpy widens them one by one; `widened` does so in bulk.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Halves = NDArray[np.float16]
Vectors = NDArray[np.float32]

_NONE, _ALL = np.float32(0), np.float32(1)
_ALONE = 2**18
"""Multiplications up to which OpenBLAS wakes no other thread (its interface/gemm.c: 4 times 65,536)."""
_LEFT, _NO_SIGN_COPIES = 13, ~0x70000000
_EXPONENTS_APART = np.float32(2.0**112)
"""The exponent of 1 is 127 in a float32 and 15 in a float16."""


def widened(rows: Halves) -> Vectors:
    """The same finite numbers as `rows.astype(np.float32)`, in a quarter of the time.

    Sign, exponent and fraction move to where a float32 has them; what the exponents are apart is multiplied in.

    >>> widened(np.array([1.5, -0.0, 6e-8], dtype=np.float16)).tolist()
    [1.5, -0.0, 5.960464477539063e-08]
    """
    bits = rows.view(np.int16).astype(np.int32)
    bits <<= _LEFT
    bits &= _NO_SIGN_COPIES
    numbers: Vectors = bits.view(np.float32)
    numbers *= _EXPONENTS_APART
    return numbers


def products(rows: Vectors, vector: Vectors) -> Vectors:
    """The inner product of each row with the vector; shapes broadcast but for the last: (n, 1, d), (m, d) → (n, m)."""
    found: Vectors = np.vecdot(rows, vector)
    return found


def crossed(table: Vectors, rows: NDArray[np.intp], vectors: Vectors) -> Vectors:
    """The inner product of each of these rows of a table with each vector: (…, d), (n,), (m, d) → (n, m).

    In blocks so small that OpenBLAS leaves them to the thread that asks, and that they stay in its cache.
    """
    found = np.empty((len(rows), len(vectors)), dtype=np.float32)
    step = max(1, _ALONE // max(vectors.size, 1))
    for start in range(0, len(rows), step):
        some = slice(start, start + step)
        np.matmul(table.take(rows[some], axis=0), vectors.T, out=found[some])
    return found


def between(numbers: Vectors) -> Vectors:
    """The numbers, none below 0 or above 1, in their place: `np.clip` takes as long to begin as to do it."""
    return np.minimum(np.maximum(numbers, _NONE, out=numbers), _ALL, out=numbers)


def likeness(rows: Halves, vector: Vectors) -> Vectors:
    """How like the vector each row is, 0 to 1: (n, d), (d,) → (n,)."""
    return between(products(widened(rows), vector))
