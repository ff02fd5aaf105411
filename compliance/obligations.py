"""Obligations: every normative sentence of a document, with who must do what, when, and on which words.

Two steps. `found` reads each sentence alone (`compliance.duty.norms`, `.actors`, `.phrases`); then what a
sentence leaves unsaid is taken from its surroundings and marked as implied: the actor from the clause's
earlier sentences, its parents, a demand's heading, at last from the document; a permission hangs on the
duty it relaxes. Nothing is invented: what is not there is None. Spans are places in `document.text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from compliance.duty.context import Context, Spoken, Unit, is_permission
from compliance.duty.levels import LEGEND, Level
from compliance.duty.phrases import Deadline, Listed, action, condition, deadlines, exceptions, listed_as, object_of
from index.excerpt import page_of, plain, verify
from law.citation import references
from law.document import Document
from law.fold import squash
from law.reference import Reference
from law.sentence import Modality
from law.span import Span


@dataclass(frozen=True, slots=True)
class Actor:
    """Who must: the printed names, joined by の where a topic narrows a subject; implied if said elsewhere."""

    words: str
    spans: tuple[Span, ...]
    implied: bool


@dataclass(frozen=True, slots=True)
class SubDuty:
    """A listed item of a duty, and the time limit printed in it."""

    clause: str
    span: Span
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One normative predicate of a sentence. `span` is the quote; `id` outlives a new ingestion."""

    id: str
    document: str
    clause: str
    span: Span
    sentence: Span
    level: Level
    surface: Span
    actor: Actor | None
    action: Span
    object: Span | None = None
    condition: Span | None = None
    deadlines: tuple[Deadline, ...] = ()
    exceptions: tuple[Span, ...] = ()
    exception_of: str | None = None
    items: tuple[SubDuty, ...] = ()
    cases: tuple[SubDuty, ...] = ()
    """Listed items that say when the duty is due (次の各号のいずれかに該当するときは), not what to do."""
    supervisor: Span | None = None
    references: tuple[Reference, ...] = ()

    @property
    def grade(self) -> Modality:
        """The grade of the contract: must, shall, recommend, may."""
        return LEGEND[self.level].grade

    @property
    def deadline(self) -> Deadline | None:
        """The time limit that matters most: a day before a period before a habit."""
        order = ("date", "period", "at-once", "before", "regular")
        return min(self.deadlines, key=lambda one: order.index(one.kind.value), default=None)


def obligations(document: Document, found: Sequence[Reference] | None = None) -> tuple[Obligation, ...]:
    """The obligations of a document in reading order; `found` are its references where they are at hand."""
    context = Context(document)
    refs = references(document) if found is None else tuple(found)
    drafts = [_draft(context, spoken, refs) for spoken in context.spoken()]
    return tuple(_hung(context, drafts))


def obligation_json(obligation: Obligation, document: Document) -> dict[str, Any]:
    """`konkyo obligations --json`: the contract's keys first, ours after them."""

    def words(span: Span | None) -> str | None:
        return plain(span.of(document.text)) if span is not None else None

    pdf_page = page_of(document, obligation.span) or document.pdf_page(document.by_path[obligation.clause])
    printed = document.printed_page(pdf_page)
    quote = plain(obligation.span.of(document.text))
    deadline = obligation.deadline
    return {
        "doc": document.id,
        "clause": obligation.clause,
        "page": printed if printed is not None or pdf_page is None else str(pdf_page),
        "pdf_page": pdf_page,
        "actor": obligation.actor.words if obligation.actor else None,
        "modality": obligation.grade.value,
        "modality_surface": words(obligation.surface),
        "action": words(obligation.action),
        "condition": words(obligation.condition),
        "exception_of": obligation.exception_of,
        "quote": quote,
        "verdict": verify(document, obligation.span, quote).value,
        "id": obligation.id,
        "level": obligation.level.value,
        "actor_implied": obligation.actor.implied if obligation.actor else None,
        "object": words(obligation.object),
        "deadline": words(deadline.span) if deadline else None,
        "deadline_date": deadline.iso if deadline else None,
        "exceptions": [words(one) for one in obligation.exceptions],
        "items": [{"clause": one.clause, "quote": words(one.span)} for one in obligation.items],
        "cases": [{"clause": one.clause, "quote": words(one.span)} for one in obligation.cases],
        "supervisor": words(obligation.supervisor),
        "references": [plain(one.surface) for one in obligation.references],
    }


def _draft(context: Context, spoken: Spoken, refs: Sequence[Reference]) -> Obligation:
    """What one predicate says, its actor resolved; the id and the exceptions' host come later."""
    unit, words = spoken.unit, spoken.unit.words
    start, until = spoken.start, spoken.predicate.surface.start
    names = context.actor(spoken)
    lead = start
    if names is not None and not names.implied and all(unit.sentence.start <= s.start for s in names.spans):
        inside = [s.end - unit.sentence.start for s in names.spans if s in unit.sentence]
        lead = max([start, *(end for end in inside if end <= until)])
    when = condition(words, start, until)
    act = action(words, max(start, _after_topic(words, lead)), until, when)
    thing = object_of(words, act)
    place = unit.place
    role = listed_as(words)
    listed = tuple(_sub_duties(context, unit))
    left_out = tuple(one.span for one in listed) if role is Listed.EXCEPTION else ()
    span = place(Span(start, spoken.end))
    return Obligation(
        id="",
        document=context.document.id,
        clause=unit.clause.path,
        span=_trimmed(context.document.text, span),
        sentence=unit.sentence,
        level=spoken.predicate.level,
        surface=place(spoken.predicate.surface),
        actor=Actor(names.words, names.spans, names.implied) if names else None,
        action=place(act),
        object=place(thing) if thing else None,
        condition=place(when) if when else None,
        deadlines=tuple(replace(d, span=place(d.span)) for d in deadlines(words, start, until)),
        exceptions=(*(place(one) for one in exceptions(words, start, until)), *left_out, *context.provisos(spoken)),
        items=listed if role is Listed.DUTY else (),
        cases=listed if role is Listed.CASE else (),
        supervisor=context.supervisor(spoken),
        references=tuple(one for one in refs if one.span in span),
    )


def _after_topic(words: str, end: int) -> int:
    """Behind the particle and comma of a topic that ends here."""
    comma = words.find("、", end)
    if comma != -1 and comma - end <= 12 and words[end : end + 1] in "はにが（）(等の":
        return comma + 1
    return end + 1 if words[end : end + 1] in "がは" else end


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in "、 　\n・":
        start += 1
    while end > start and text[end - 1] in "、 　\n":
        end -= 1
    return Span(start, end)


def _sub_duties(context: Context, unit: Unit) -> Iterator[SubDuty]:
    document = context.document
    for item in context.listed(unit):
        span = item.own[0] if item.own else item.heading or item.anchor
        limits = deadlines(span.of(document.text), 0, len(span))
        first = min(limits, key=lambda one: one.iso is None, default=None)
        yield SubDuty(item.path, span, replace(first, span=first.span.moved(span.start)) if first else None)


def _hung(context: Context, drafts: Sequence[Obligation]) -> Iterator[Obligation]:
    """With ids, and each permission hung on the duty it relaxes."""
    seen: dict[str, int] = {}
    duties: dict[str, Obligation] = {}
    for draft in drafts:
        id = _stable_id(context.document, draft)
        seen[id] = seen.get(id, 0) + 1
        made = replace(draft, id=id if seen[id] == 1 else f"{id}-{seen[id]}")
        if is_permission(made.level):
            host = next(
                (
                    duties[path]
                    for path in context.relaxed(made.clause, made.sentence, made.references)
                    if path in duties
                ),
                None,
            )
            yield replace(made, exception_of=host.id) if host else made
        else:
            if made.grade in (Modality.MUST, Modality.SHALL) or made.clause not in duties:
                duties[made.clause] = made
            yield made


def _stable_id(document: Document, draft: Obligation) -> str:
    key = "\x1f".join((document.id, draft.clause, squash(draft.span.of(document.text))))
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
