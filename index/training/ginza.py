"""Word vectors from the PyPI package ja-ginza (MIT; its vectors are a pruned chiVe, Apache-2.0).

The package is a spaCy pipeline. Only three of its files are read, and without spaCy: `strings.json`
(the words), `key2row` (a msgpack map from the hash of a word to a row) and `vectors` (a numpy array).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.mecab import Mecab
from law.fold import fold

_MULTIPLIER = 0xC6A4A7935BD1E995
_MASK = 0xFFFFFFFFFFFFFFFF
_SEED = 1  # spaCy's `hash_string`


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Rows of length one, and for each MeCab base form the row that stands for it."""

    rows: NDArray[np.float32]
    row_of: Mapping[str, int]
    everyday: tuple[str, ...]
    """The words among them that the dictionary knows and that are no names."""


def read_vectors(folder: Path, mecab: Mecab) -> WordVectors:
    """The vectors of every word that MeCab reads as one short unit; spellings meet in the base form.

    `folder` is the unpacked wheel of ja-ginza. Where several words share a base form, the word that is
    written like it wins, else the first in the package.
    """
    vocabulary = next(folder.glob("**/vocab/key2row")).parent
    rows = np.load(vocabulary / "vectors", allow_pickle=False).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    row_by_hash = _map_of_integers((vocabulary / "key2row").read_bytes())
    words: Sequence[str] = json.loads((vocabulary / "strings.json").read_text(encoding="utf-8"))
    row_of: dict[str, int] = {}
    exact: dict[str, int] = {}
    for word in words:
        row = row_by_hash.get(murmur64(word.encode("utf-8", "surrogatepass")))
        if row is None:
            continue
        exact.setdefault(fold(word).text, row)
        base = mecab.words(word)
        if len(base) == 1:
            row_of.setdefault(base[0], row)
    row_of |= {word: row for word, row in exact.items() if word in row_of or len(word) == 1}
    return WordVectors(rows, row_of, tuple(sorted(word for word in row_of if mecab.everyday(word))))


def murmur64(data: bytes) -> int:
    """MurmurHash64A with spaCy's seed.

    >>> murmur64("個人情報".encode())
    6047989339995812966
    """
    value = (_SEED ^ (len(data) * _MULTIPLIER)) & _MASK
    whole = len(data) & ~7
    for (part,) in struct.iter_unpack("<Q", data[:whole]):
        mixed = (part * _MULTIPLIER) & _MASK
        mixed = ((mixed ^ (mixed >> 47)) * _MULTIPLIER) & _MASK
        value = ((value ^ mixed) * _MULTIPLIER) & _MASK
    if whole < len(data):
        value = ((value ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER) & _MASK
    value = ((value ^ (value >> 47)) * _MULTIPLIER) & _MASK
    return value ^ (value >> 47)


_WIDTHS = {0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q"}


def _map_of_integers(data: bytes) -> dict[int, int]:
    """A msgpack map whose keys and values are unsigned integers.

    >>> _map_of_integers(bytes([0x82, 0x01, 0x02, 0xCC, 0xFF, 0x03]))
    {1: 2, 255: 3}
    """
    if data[0] == 0xDF:
        count, at = struct.unpack_from(">I", data, 1)[0], 5
    else:
        count, at = data[0] & 0x0F, 1
    numbers: list[int] = []
    while len(numbers) < 2 * count:
        head = data[at]
        at += 1
        if head in _WIDTHS:
            numbers.append(struct.unpack_from(_WIDTHS[head], data, at)[0])
            at += struct.calcsize(_WIDTHS[head])
        elif head < 0x80:
            numbers.append(head)
        else:
            raise ValueError(f"expected an unsigned integer at byte {at - 1}, found type {head:#x}")
    return dict(zip(numbers[::2], numbers[1::2], strict=True))
