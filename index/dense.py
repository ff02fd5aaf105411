"""Dense scores: inner products through FAISS; the only file that imports it.

Vectors are rows of length one, ids are places in the catalogue. Up to `FLAT` rows the index is flat and
exact: nothing to tune, nothing to explain. Above, it is a graph over a byte a number, which finds some 97 of
the 100 nearest in a tenth of the time; whoever asks scores those again with the rows themselves. Built by one
thread, it always has the same bytes. FAISS is imported when a
vector is first asked for, and searches with one thread, so that one question never takes the machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from law.errors import IndexMismatch

Vectors = NDArray[np.float32]

FLAT = 30_000
"""Rows up to which every number is kept whole: 3 ms a question."""
_NEIGHBOURS, _BUILDING, _SEARCHING = 32, 80, 96
"""Of the graph: links a row, rows looked at to build and to search it."""
_TRAINED = 20_000
"""Rows that say how numbers are spread, evenly from all."""
_ADDED = 8_192
"""Rows added at a time, so that the whole is never in memory as float32."""


class Near(NamedTuple):
    """Places and their inner products with the question, best first."""

    places: NDArray[np.int64]
    scores: Vectors


class Dense:
    """Vectors under their places; built once, searched often."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._count = int(index.ntotal)

    @classmethod
    def build(cls, vectors: NDArray[np.floating[Any]]) -> Dense:
        """An index of rows, each under its number."""
        faiss = _faiss()
        count, dimension = vectors.shape
        if count <= FLAT:
            index = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWSQ(dimension, faiss.ScalarQuantizer.QT_8bit, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction, index.hnsw.efSearch = _BUILDING, _SEARCHING
            index.train(vectors[:: max(1, count // _TRAINED)].astype(np.float32))
        for start in range(0, count, _ADDED):
            index.add(vectors[start : start + _ADDED].astype(np.float32))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> Dense:
        """The index in a file, whose checksum the manifest has been compared with.

        Raises:
            IndexMismatch: FAISS cannot read it.
        """
        faiss = _faiss()
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexMismatch(
                f"{path}: expected a FAISS index, found: {error}. Run `konkyo reindex`.",
                f"{path.name} をベクトル索引として読めません。konkyo reindex を実行してください。",
            ) from error

    def save(self, path: Path) -> None:
        """Write the index."""
        _faiss().write_index(self._index, str(path))

    def __len__(self) -> int:
        return self._count

    @property
    def dimension(self) -> int:
        """The number of columns."""
        return int(self._index.d)

    def top(self, vector: Vectors, k: int) -> Near:
        """The k nearest rows; fewer where there are fewer, none for a question without words."""
        wanted = min(k, len(self))
        if wanted <= 0 or not np.isfinite(vector).all() or not vector.any():
            return Near(np.empty(0, np.int64), np.empty(0, np.float32))
        scores, places = self._index.search(np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1), wanted)
        found = places[0] >= 0  # FAISS pads with -1
        return Near(places[0][found], scores[0][found])


def _faiss() -> Any:
    """FAISS, with one thread; its own types are unknown to mypy."""
    # Inside, because it takes 150 ms that a purely lexical search is spared.
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
