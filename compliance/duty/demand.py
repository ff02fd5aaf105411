"""What a duty demands, without the words that bind: 監査を実施しなければならない → 監査を実施する."""

from __future__ import annotations

import re

from compliance.duty.conjugation import dictionary_form
from compliance.duty.levels import Level
from compliance.obligations import Obligation
from index.excerpt import plain
from law.document import Document
from law.span import Span

POINTS = re.compile(
    r"^(?:当該|その|これ|この|同|上記)|次に掲げる|次の|以下|前項|前条|前号|同[条項号]|本項|後述|前述|前記|という。"
)
"""Words that point outside the sentence."""

_BARE = frozenset(
    (Level.SHALL, Level.INTENDED, Level.INSTRUCTED, Level.DESIRABLE, Level.ACCEPTED, Level.MAY, Level.NECESSARY)
)
"""Levels before whose surface the verb stands in its dictionary form."""
_TAIL = re.compile(r"(?:こと(?:が|は|も)?|もの)$")
_LEAD = re.compile(r"^[・\s]*(?:(?:なお|また|ただし|さらに|加えて|特に|したがって|例えば)、)?")
_TOPIC = re.compile(r"^([^、。「」（）]{2,60})は、")


def sentence_demand(document: Document, duty: Obligation) -> str | None:
    """The whole sentence up to the words that bind, its verb in the dictionary form; None where that is unsure.

    A topic that is who must becomes the subject: 事業者は、 → 事業者が、.
    """
    said = _bare(document, duty, Span(duty.sentence.start, duty.surface.start))
    if said is None:
        return None
    said = _LEAD.sub("", said)
    topic = _TOPIC.match(said)
    named = duty.actor.spans if duty.actor is not None and not duty.actor.implied else ()
    if topic is not None and any(plain(span.of(document.text)) == topic[1] for span in named):
        return f"{topic[1]}が、{said[topic.end() :]}"
    return said


def demanded(document: Document, duty: Obligation) -> str | None:
    """What is to be done: the action alone, or the whole sentence where the action points back into it."""
    said = _bare(document, duty, duty.action)
    return sentence_demand(document, duty) if said is not None and POINTS.search(said) else said


def _bare(document: Document, duty: Obligation, span: Span) -> str | None:
    words = plain(span.of(document.text))
    if duty.level is Level.MUST and duty.surface.of(document.text).startswith("なければ"):
        return dictionary_form(words)
    said = _TAIL.sub("", words) if duty.level in _BARE else None
    return None if said is None or said.endswith(("が", "を", "に", "は", "も")) else said
