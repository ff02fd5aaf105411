"""Which words changed between two wordings of one text: what a 新旧対照表 underlines.

Words are compared as they mean, not as they are set: width, old forms and white space are folded. Both
texts come back whole, cut into stretches that are the same or changed. How a text is cut into words is
given by a tokenizer; without one, runs of one script are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from law.fold import squash
from law.token import Tokenizer

_SCRIPTS = re.compile(r"[ぁ-ん]+|[ァ-ヶー]+|[一-龥々〆]+|[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|\s+|.", re.DOTALL)
_GLUE = re.compile(r"[ぁ-ん、。・「」（）()\s]{1,2}$")
"""An unchanged particle or mark between two changes: underlined with them, as a person draws the line."""

_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千万.．]+$")
_COUNTER = re.compile(r"[一-龥々ァ-ヶー％%]{1,3}$")
"""What a figure counts: underlined with it (「７日」, not 「７」 alone)."""

_REWRITTEN = 0.3
"""Of the longer text that must be left unchanged: below, only scattered particles agree, and all of it is new."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row that are all changed or all unchanged."""

    words: str
    changed: bool = False


Wording = tuple[Stretch, ...]
"""A whole text as stretches, in order."""


class Difference(NamedTuple):
    """Two wordings of one text, each whole."""

    new: Wording
    old: Wording


def difference(new: str, old: str, cut: Tokenizer | None = None) -> Difference:
    """The two texts as stretches, changed words marked on both sides.

    >>> [one.words for one in difference("期限は、７の日まで", "期限は、14の日まで").new if one.changed]
    ['７']
    """
    if squash(new) == squash(old):
        return Difference(whole(new, changed=False), whole(old, changed=False))
    ours, theirs = _words(new, cut), _words(old, cut)
    steps = SequenceMatcher(None, [squash(w) for w in ours], [squash(w) for w in theirs], autojunk=False)
    blocks = [_Block(tag == "equal", ours[a:b], theirs[c:d]) for tag, a, b, c, d in steps.get_opcodes()]
    kept = sum(len("".join(block.new)) for block in blocks if block.same)
    if kept < _REWRITTEN * max(len(new), len(old)):
        return Difference(whole(new, changed=True), whole(old, changed=True))
    joined = list(_joined(list(_counted(blocks))))
    return Difference(_stretches((b.new, b.same) for b in joined), _stretches((b.old, b.same) for b in joined))


def whole(words: str, *, changed: bool) -> Wording:
    """A text that is all changed or all unchanged."""
    return (Stretch(words, changed),) if words else ()


def said(wording: Wording) -> str:
    """The text itself."""
    return "".join(one.words for one in wording)


class _Block(NamedTuple):
    same: bool
    new: Sequence[str]
    old: Sequence[str]


def _words(text: str, cut: Tokenizer | None) -> list[str]:
    """The words of a text, none of its characters left out; figures are words of their own."""
    if cut is None:
        return _SCRIPTS.findall(text)
    out: list[str] = []
    at = 0
    for token in cut(text):
        if token.span.start >= at:
            out += [*_SCRIPTS.findall(text[at : token.span.start]), token.span.of(text)]
            at = token.span.end
    return [word for word in (*out, *_SCRIPTS.findall(text[at:])) if word]


def _counted(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """The blocks, the counter behind a changed figure taken with it."""
    held: _Block | None = None
    for block in blocks:
        if held is not None and block.same and _is_count(held, block):
            yield _Block(False, [*held.new, block.new[0]], [*held.old, block.old[0]])
            held = _Block(True, block.new[1:], block.old[1:])
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _is_count(change: _Block, after: _Block) -> bool:
    figures = (side[-1] if side else "" for side in (change.new, change.old))
    return not change.same and all(_FIGURE.match(one) for one in figures) and bool(_COUNTER.match(after.new[0]))


def _joined(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """The blocks, a bit of glue between two replacements taken as part of them."""
    held: _Block | None = None
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        if held is None:
            held = block
        elif not held.same and (not block.same or (after is not None and _is_glue(held, block, after))):
            held = _Block(False, [*held.new, *block.new], [*held.old, *block.old])
        else:
            yield held
            held = block
    if held is not None:
        yield held


def _is_glue(before: _Block, between: _Block, after: _Block) -> bool:
    replaced = bool(before.new and before.old and after.new and after.old)
    return replaced and _GLUE.fullmatch("".join(between.new)) is not None


def _stretches(parts: Iterator[tuple[Sequence[str], bool]]) -> Wording:
    out: list[Stretch] = []
    for words, same in parts:
        text = "".join(words)
        changed = not same and bool(text.strip())
        if out and out[-1].changed == changed:
            out[-1] = Stretch(out[-1].words + text, changed)
        elif text:
            out.append(Stretch(text, changed))
    return tuple(out)
