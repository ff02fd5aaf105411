"""The vocabulary: every term of an index once, found without reading the rest.

Terms stand in the order of a hash, so that one search among numbers finds a term and the same terms
always stand at the same places, whatever order they were met in. `Strings` keeps them as one run of
UTF-8, mapped from disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Strings:
    """Many strings as one run of UTF-8 with their ends: opened without reading."""

    blob: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        """Columns from strings, in the order given."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in strings]
        blob = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        return cls(blob, np.cumsum([len(e) for e in encoded], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, i: int) -> str:
        start = int(self.ends[i - 1]) if i else 0
        return self.blob[start : int(self.ends[i])].tobytes().decode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Vocabulary:
    """Terms in the order of their hashes."""

    hashes: NDArray[np.uint64]
    strings: Strings

    @classmethod
    def of(cls, terms: Iterable[str]) -> Vocabulary:
        """The vocabulary of these terms."""
        ordered = sorted((_hash(term), term) for term in terms)
        return cls(np.array([h for h, _ in ordered], dtype=np.uint64), Strings.of(term for _, term in ordered))

    def __len__(self) -> int:
        return len(self.hashes)

    def find(self, term: str) -> int | None:
        """The place of a term, or None.

        >>> words = Vocabulary.of(["委託", "監督"])
        >>> words.strings[words.find("監督")], words.find("課徴金")
        ('監督', None)
        """
        wanted = np.uint64(_hash(term))
        place = int(np.searchsorted(self.hashes, wanted))
        while place < len(self) and self.hashes[place] == wanted:  # two terms with one hash: read them
            if self.strings[place] == term:
                return place
            place += 1
        return None


def _hash(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
