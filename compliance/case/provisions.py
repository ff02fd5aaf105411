"""Provisions of laws that a case rests on: the law, article, paragraph, item, and which version of the law.

The law is the name that the document's definition gives (法 → 個人情報の保護に関する法律). A version is
kept as printed (平成27年改正法); the law it amends is taken from the note that defines it, or left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compliance.case.narrative import Narrative, Place, Sentence
from law.document import ClauseKind
from law.mention import one_width
from law.reference import Reference

_VERSION = re.compile(r"((?:令和|平成|昭和)(?:元|\d{1,2})年改正(?:前|後)?の?法|[旧新]法)")
_JOIN = re.compile(r"(?:の規定)?(?:\([^()]*\))?(?:及び|および|又は|並びに|、)")
_AMENDED = re.compile(r"により改正された(.{2,40}?)をいう")


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of a law, its numbers in Arabic figures."""

    law: str | None
    article: str | None
    paragraph: str | None
    item: str | None
    version: str | None
    place: Place

    @property
    def number(self) -> tuple[str | None, ...]:
        """What makes two provisions the same, wherever they are named."""
        return self.law, self.article, self.paragraph, self.item, self.version


def provisions(narrative: Narrative, sentence: Sentence) -> tuple[Provision, ...]:
    """The provisions with an article that a sentence names, in order."""
    found = narrative.provisions(sentence.place().span)
    return tuple(_provision(narrative, sentence, one) for one in found if one.article)


def _provision(narrative: Narrative, sentence: Sentence, reference: Reference) -> Provision:
    version = _VERSION.search("".join(one_width(reference.surface).split()))
    law = reference.law
    if law is None and version is not None:
        law = _amended(narrative, sentence)
    return Provision(
        law=law,
        article=reference.article,
        paragraph=reference.paragraph,
        item=reference.item,
        version=version.group(1) if version else None,
        place=Place(sentence.clause.path, reference.span),
    )


def _amended(narrative: Narrative, sentence: Sentence) -> str | None:
    """The law that the document's notes say was amended: …により改正された個人情報の保護に関する法律をいう。"""
    notes = [s for s in narrative.sentences if s.clause.kind in (ClauseKind.FOOTNOTE, ClauseKind.NOTE)]
    found = {m.group(1) for s in notes for m in _AMENDED.finditer(s.text)}
    return found.pop() if len(found) == 1 else None


def spot(sentence: Sentence, place: Place) -> tuple[int, int]:
    """Where a place of the document stands in the words of the sentence that holds it."""
    places = sentence.tight.places
    start = next(i for i, at in enumerate(places) if at >= place.span.start)
    end = next((i for i, at in enumerate(places) if at >= place.span.end), len(places))
    return start, end


def said_of(
    sentence: Sentence, named: Sequence[Provision], is_said: Callable[[int, int], bool]
) -> tuple[Provision, ...]:
    """The provisions of which the words behind them say something, and those joined to one of them by 及び or 又は.

    `is_said` is asked with where a provision stands in the words of the sentence.
    """
    kept: list[Provision] = []
    after: tuple[int, int] | None = None  # the provision behind this one, when something is said of it
    for provision in reversed(named):
        start, end = spot(sentence, provision.place)
        is_joined = after is not None and _JOIN.fullmatch(sentence.text[end : after[0]]) is not None
        after = (start, end) if is_joined or is_said(start, end) else None
        if after:
            kept.insert(0, provision)
    return tuple(kept)
