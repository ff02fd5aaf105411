"""Sentences, and how strongly they bind.

A sentence ends at 。 outside brackets, or at a paragraph break. Its modality is read from its own
predicate, never from words inside brackets or quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from law.span import Span

_OPEN = "（(「『【〔［["
_CLOSE = "）)」』】〕］]"
_MATE = dict(zip(_CLOSE, _OPEN, strict=True))
_MARKS = re.compile(f"[\n。{re.escape(_OPEN + _CLOSE)}]")


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """The sentences of the text (or of a part of it), in order, without outer white space.

    >>> [s.of("甲は乙とする。（丙。丁。）を除く。") for s in sentences("甲は乙とする。（丙。丁。）を除く。")]
    ['甲は乙とする。', '（丙。丁。）を除く。']
    """
    whole = within or Span(0, len(text))
    depth: list[str] = []
    start = whole.start
    for mark in _MARKS.finditer(text, whole.start, whole.end):
        c, i = mark.group(), mark.start()
        if c == "\n":
            yield from _trimmed(text, start, i)
            start, depth = i + 1, []
        elif c in _OPEN:
            depth.append(c)
        elif c in _CLOSE:
            if depth and depth[-1] == _MATE[c]:
                depth.pop()
        elif not depth:
            yield from _trimmed(text, start, i + 1)
            start = i + 1
    yield from _trimmed(text, start, whole.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


class Modality(StrEnum):
    """How strongly a sentence binds, strongest first."""

    MUST = "must"  # なければならない, してはならない
    SHALL = "shall"  # こととする, ものとする
    RECOMMEND = "recommend"  # 望ましい, 努める
    MAY = "may"  # できる, 認められる


# Longest and strictest first; each with the grade legal drafting gives it (法制執務用語研究会『条文の読み方』), and
# before its pattern the words of which every match has one: looking for words takes a tenth of the time.
_SURFACES: tuple[tuple[Modality, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (grade, tuple(signs.split()), re.compile(form))
    for grade, signs, form in (
        # An effort is asked for, however strictly: 努めなければならない binds no more than 努めるものとする.
        (Modality.RECOMMEND, "努め", r"努め(?:なければならない|なければなりません|るものとする|ることとする)"),
        (
            Modality.MUST,
            "ればな ねばな てはな ではな",
            r"(?:なければ|ねば)(?:ならない|なりません|ならず)|(?:ては|では)(?:ならない|なりません|ならず)",
        ),
        (Modality.MUST, "義務 必要があ ればな", r"義務(?:がある|を負う)|必要があ(?:る|ります)|しなければならなかった"),
        (Modality.SHALL, "のとする ととする のとします ととします", r"(?:こと|もの)と(?:する|します)(?:。|$)"),
        (Modality.SHALL, "よう勧告 よう指導 よう命 よう求", r"よう(?:勧告する|指導する|命令する|命ずる|命じる|求める)"),
        (
            Modality.RECOMMEND,
            "望ましい 努め 推奨 期待",
            r"望ましい|努め(?:る|なければ)|努めるもの|推奨(?:する|される)|期待(?:する|される)",
        ),
        (
            Modality.MAY,
            "ことも ことがで ことが認 ことが考 差し支えない",
            r"(?:ことも|ことが)(?:できる|認められる|考えられる)|(?:も|て)差し支えない|することができる",
        ),
    )
)
_REPORTED = re.compile(r"と(?:規定さ|定めら|記載さ|明記さ)れ")
"""What follows a predicate that only tells what another text lays down: しなければならないと規定されている."""
_BRACKETED = re.compile(r"（[^（）]*）|「[^「」]*」|\([^()]*\)")


def modality(sentence: str) -> Modality | None:
    """The strongest grade the sentence's own predicates carry, or None for a plain statement.

    >>> modality("規程を整備しなければならない。"), modality("「できる」とは、許可をいう。")
    (<Modality.MUST: 'must'>, None)
    >>> modality("ガイドラインでは、監督しなければならないと規定されている。")
    """
    found = modality_surface(sentence)
    return found[0] if found else None


def modality_surface(sentence: str) -> tuple[Modality, str] | None:
    """The grade and the words that carry it."""
    bare = _unbracketed(sentence)
    has = bare.__contains__
    for grade, signs, form in _SURFACES:
        if any(map(has, signs)):
            for found in form.finditer(bare):
                if not _REPORTED.match(bare, found.end()):
                    return grade, found.group().rstrip("。")
    return None


def _unbracketed(sentence: str) -> str:
    """The sentence without what stands in brackets or quotations, up to four deep."""
    bare = sentence
    for _ in range(4):
        if "（" not in bare and "「" not in bare and "(" not in bare:
            break
        shorter = _BRACKETED.sub("", bare)
        if shorter == bare:
            break
        bare = shorter
    return bare
