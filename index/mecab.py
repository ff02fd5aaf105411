"""The words of a text, cut by MeCab with UniDic; the only file that knows fugashi.

It promises that `fold(token.span.of(text))` holds the token's surface, that no input stops it (line
feeds, NUL, half a million characters), and that spellings of one word share a base form. Which words
count and how much is left to those who ask.
"""

from __future__ import annotations

import re
import sys
import threading
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from law.errors import KonkyoError
from law.fold import fold, folded, is_folded
from law.span import Aligned, Span
from law.token import Token

_SENTENCE_CAP = 2000
"""Characters a call. MeCab dies of a segmentation fault on calls of half a million words."""

_CACHE_CAP = 200_000
"""Word and feature pairs kept; statutes need about 60,000."""

_SENTENCE = re.compile(rf"[^\n。]{{1,{_SENTENCE_CAP}}}[。\n]?|[\n。]")

# A NUL ends a text in C, a lone surrogate has no UTF-8, and MeCab knows no other white space than the
# space. Each is replaced by one character, so that places stay true.
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class _Feature(Protocol):
    """The part of UniDic's 17 fields that is read here."""

    pos2: str
    lemma: str | None


class _Node(Protocol):
    """A node of fugashi, of which only the feature is read here."""

    feature: _Feature


class _Tagger(Protocol):
    def __call__(self, text: str) -> Sequence[_Node]: ...

    def parse(self, text: str) -> str: ...


class Mecab:
    """A tokenizer safe to share between threads (one tagger each) but not between processes.

    >>> [(token.surface, token.base) for token in Mecab()("漏えいを防ぐ")]
    [('漏えい', '漏洩'), ('を', 'を'), ('防ぐ', '防ぐ')]
    """

    def __init__(self) -> None:
        """Open the dictionary.

        Raises:
            KonkyoError: fugashi or its dictionary is not installed.
        """
        self._local = threading.local()
        self._lines: dict[str, tuple[str, str]] = {}
        self._tagger()

    @property
    def version(self) -> str:
        """The dictionary and the program that cut the words, for the manifest of an index."""
        return f"unidic-lite {_installed('unidic_lite')}, fugashi {_installed('fugashi')}"

    def __call__(self, text: str) -> list[Token]:
        """The words of the text in reading order, white space left out."""
        out: list[Token] = []
        for piece in _SENTENCE.finditer(text):
            out.extend(self._sentence(_aligned(piece[0]), piece.start()))
        return out

    def words(self, text: str) -> list[str]:
        """The base forms alone, the same as `[t.base for t in self(text)]` in a third of the time."""
        return [base for piece in _SENTENCE.findall(text) for base, _ in self._meanings(folded(piece))]

    def meanings(self, form: str) -> list[tuple[str, str]]:
        """Base forms and parts of speech of a folded text: the same as its tokens say, five times as fast.

        >>> Mecab().meanings("usbを紛失")
        [('usb', '名詞'), ('を', '助詞'), ('紛失', '名詞')]
        """
        return [meaning for piece in _SENTENCE.findall(form) for meaning in self._meanings(piece)]

    def _meanings(self, piece: str) -> list[tuple[str, str]]:
        """The same of one piece."""
        return list(map(self._meaning, self._cut(_readable(piece))))

    def _cut(self, readable: str) -> list[str]:
        """MeCab's plain output, a line a word; building its nodes costs more than cutting the text."""
        return self._tagger().parse(readable).split("\n")[:-1]  # the last says EOS

    def _meaning(self, line: str) -> tuple[str, str]:
        """The base form and the part of speech in a line; each different one is read once."""
        known = self._lines.get(line)
        if known is None:
            if len(self._lines) >= _CACHE_CAP:
                self._lines.clear()
            surface, _, _, lemma, pos = line.split("\t")[:5]
            base = surface if lemma == surface else _base(surface, lemma)  # equal too where it is unknown
            known = self._lines[line] = (base, pos.partition("-")[0])
        return known

    def everyday(self, word: str) -> bool:
        """Whether the dictionary has this as one word that is no name."""
        nodes = self._tagger()(_readable(fold(word, spaces=True).text))
        return len(nodes) == 1 and nodes[0].feature.lemma is not None and nodes[0].feature.pos2 != "固有名詞"

    def _sentence(self, folded: Aligned, offset: int) -> Iterator[Token]:
        readable, origin = _readable(folded.text), folded.origin
        at = 0
        for line in self._cut(readable):
            surface = line[: line.index("\t")]
            start = readable.index(surface, at)  # nothing but white space is left out before it
            at = start + len(surface)
            end = origin[at]
            if end == origin[at - 1]:  # the word ends inside a character that folds to several: ㈱, ㍻
                end = folded.source(Span(start, at)).end
            yield Token(surface, *self._meaning(line), Span(offset + origin[start], offset + end))

    def _tagger(self) -> _Tagger:
        tagger: _Tagger | None = getattr(self._local, "tagger", None)
        if tagger is None:
            tagger = self._local.tagger = _open_tagger()
        return tagger


def _aligned(piece: str) -> Aligned:
    """A piece folded, with the way back; one that is folded already, as questions are, is its own."""
    if is_folded(piece):
        return Aligned(piece, array("L", range(len(piece) + 1)))
    return fold(piece, spaces=True)


def _readable(text: str) -> str:
    return _SURROGATE.sub("\ufffd", _UNREADABLE.sub(" ", text))


def _base(surface: str, lemma: str | None) -> str:
    """UniDic's lemma without its gloss (サイバー-cyber), folded; the surface where it has none (fisc)."""
    return fold((lemma or "").partition("-")[0]).text or surface


def _installed(package: str) -> str:
    """The version of a package, from the name of the folder that its installer wrote beside it."""
    beside = [folder for path in sys.path for folder in Path(path).glob(f"{package}-*.dist-info")]
    if len(beside) == 1:
        return beside[0].stem.partition("-")[2]
    # Inside, because it takes 40 ms that the name of the folder spares.
    from importlib import metadata

    return metadata.version(package)


def _open_tagger() -> _Tagger:
    try:
        # Inside, so that everything else works without a dictionary and can say what is missing.
        import fugashi
        import unidic_lite

        tagger: _Tagger = fugashi.Tagger(f'-d "{unidic_lite.DICDIR}" -r "{unidic_lite.DICDIR}/dicrc"')
    except (ImportError, RuntimeError) as error:
        raise KonkyoError(
            f"The Japanese dictionary could not be opened ({error}). Install it: pip install fugashi unidic-lite",
            f"日本語の辞書を開けません（{error}）。pip install fugashi unidic-lite を実行してください。",
        ) from error
    return tagger
