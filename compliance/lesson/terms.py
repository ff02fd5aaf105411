"""Terms as a lesson explains them: what a document defines (`law.definition`), quoted no longer than it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from law.definition import Definition, glossary
from law.document import Document
from law.span import Span

_INSIDE = r"[^（）「」\n]"
_NAMED = re.compile(
    r"(?:[^、。「」（）\n]{2,80}|「[^「」\n]{2,80}」)"
    rf"（{_INSIDE}{{0,80}}以下{_INSIDE}{{0,8}}「(?P<term>[^「」\n]{{2,30}})」という。）$"
)
"""株式会社見本（以下「見本社」という。）: what is named and the name, without the sentence before it."""


_JOINED = re.compile("又は|及び|若しくは|並びに")
_MEMBER = re.compile(r"(?:^|、)(?P<words>[^、。「」（）\n]{1,20}(?<![はがをにでばきりて]))、$")
"""A member of an enumeration, which does not end as a clause of a sentence does."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term, the clause that defines it, and the words that do."""

    name: str
    clause: str
    span: Span


def terms(document: Document) -> tuple[Term, ...]:
    """The terms a document defines, each where it is first defined, in reading order."""
    found: dict[str, Term] = {}
    for one in glossary(document).definitions:
        found.setdefault(one.term, Term(one.term, one.clause, defining(document, one)))
    return tuple(found.values())


def defining(document: Document, one: Definition) -> Span:
    """The words that define a term, from where the thing named begins; 漏えい、滅失又は毀損 is one thing."""
    words = one.span.of(document.text)
    named = _NAMED.search(words)
    if named is None or named["term"] != one.term:
        return one.span
    start = named.start()
    if _JOINED.search(named.group().partition("（")[0]):
        while member := _MEMBER.search(words[:start]):
            start = member.start("words")
    return Span(one.span.start + start, one.span.end)
