"""Proposals: a course for a topic out of the knowledge base, for a trainer to edit.

A lesson a section, laws before guidelines before notices, each in the order of its document: what it
demands, the case that shows why, points to check, terms. Then a lesson a case: what happened, what was
found wanting, what the authority did. Titles and objectives are ours; everything else is quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from compliance.case.deficiencies import Deficiency
from compliance.cases import Case, cases
from compliance.course import Audience, Course, Lesson, Part, PartKind, places
from compliance.duty.demand import demanded
from compliance.lesson.case import case_lesson, finding_part, is_told
from compliance.lesson.gathering import Section, Trace, about, gather, is_qa, newest
from compliance.lesson.quiz import CasesOf, chosen, questions
from compliance.lesson.terms import Term, terms
from compliance.obligations import Obligation
from compliance.quote import Quote, quoted, unbulleted
from compliance.register import categories
from compliance.scale import Scale, folded
from index.excerpt import plain
from law.document import Document
from law.sentence import Modality

QUESTIONS = 10
"""Questions a proposed course has."""

_SECTIONS = {Audience.EVERYBODY: 4, Audience.MANAGERS: 6, Audience.OUTSOURCING: 8, Audience.SYSTEMS: 8}
_CHECKS = {Audience.EVERYBODY: 4, Audience.MANAGERS: 8, Audience.OUTSOURCING: 10, Audience.SYSTEMS: 10}
_BUSINESS = {Audience.OUTSOURCING: ("委託先",), Audience.SYSTEMS: ("技術的",)}
"""The safety categories an audience works on: their sections come before equals."""
_AIMS = {
    Audience.EVERYBODY: "{}について、何が求められているかを説明できる。",
    Audience.MANAGERS: "{}の定めに照らして、自部署の状況を点検できる。",
    Audience.OUTSOURCING: "{}の定めに沿って、委託先との実務の手順を組み立てられる。",
    Audience.SYSTEMS: "{}の定めに沿って、システムと運用の状況を確かめられる。",
}
_WHY = "守られなかった事例から、定めの理由を説明できる。"
_ORDER = ("statute", "guideline", "qa")
_FAVOUR = 1.5
_TERMS = 4
"""Terms explained in one lesson."""
_SHOWS_WHY = 0.08
"""Likeness from which a finding shows why a section demands what it does."""
_SAME = 0.85
_LONGEST = 60
"""Characters of a question that is a lesson's title."""


@dataclass(frozen=True)
class _Found:
    """A finding of an authority, and the case and document it stands in."""

    document: Document
    case: Case
    deficiency: Deficiency


def propose(
    topic: str,
    hits: Sequence[Trace],
    documents: Callable[[str], Document],
    audience: Audience = Audience.MANAGERS,
    *,
    count: int = QUESTIONS,
    seed: int = 0,
    cases_of: CasesOf = cases,
) -> Course:
    """A course on the topic from what a search for it found (`hits`); no lessons where that lays down no duty.

    `cases_of` gives the cases of a document, where people have corrected them (`compliance.comparison.told`).
    """
    sections = _chosen(gather(hits, documents), audience)
    used = newest([documents(id) for id in dict.fromkeys(trace.document for trace in about(hits))])
    sure = [one.categories for one in sections if not one.items and len(one.categories) == 1]
    wanted = {*categories((topic,)), *(name for names in sure for name in names)}
    found = _findings(wanted, used, hits, cases_of)
    scale = Scale([*(_words(section) for section in sections), *(one.deficiency.finding for one in found)])
    told, lessons = _lessons(sections, found, scale, audience)
    lessons = [*lessons, *(case_lesson(*one) for one in _cases(found, told))]
    course = Course(f"{topic}研修", topic, audience, tuple(_with_terms(lessons, used)))
    asked = chosen(questions(used, seed=seed, cases_of=cases_of), count, within=_places(course)) if lessons else ()
    return replace(course, questions=asked, quiz_minutes=-(-len(asked) * 3 // 10) * 5)


def _chosen(sections: Sequence[Section], audience: Audience) -> list[Section]:
    """The best sections for the audience, in the order in which they are taught."""

    def rank(section: Section) -> tuple[bool, float]:
        favour = _FAVOUR if set(section.categories) & set(_BUSINESS.get(audience, ())) else 1.0
        return bool(section.items), -section.score * favour

    best = sorted(sections, key=rank)[: _SECTIONS[audience]]
    return sorted(best, key=_taught)


def _taught(section: Section) -> tuple[bool, int, str, int]:
    about = section.document.about.kind
    kind = _ORDER.index(about.value) if about and about.value in _ORDER else len(_ORDER)
    return not section.is_law, kind, section.document.id, section.head.span.start


def _findings(
    wanted: Collection[str], documents: Iterable[Document], hits: Sequence[Trace], cases_of: CasesOf
) -> list[_Found]:
    """What authorities found wanting on the topic: of its categories, or in the clauses that the search found."""
    found_in = {(trace.document, trace.clause) for trace in about(hits)}
    out: list[_Found] = []
    for document in documents:
        seen: set[str] = set()
        for case in cases_of(document):
            for one in case.deficiencies:
                named = any(one.category.startswith(name) for name in wanted)
                if is_told(one) and one.finding not in seen and (named or (document.id, one.place.clause) in found_in):
                    seen.add(one.finding)
                    out.append(_Found(document, case, one))
    return out


def _lessons(
    sections: Sequence[Section], found: Sequence[_Found], scale: Scale, audience: Audience
) -> tuple[set[str], list[Lesson]]:
    """The lessons of the sections, and the findings they have told."""
    reasons = _reasons(sections, found, scale)
    shown: list[str] = []
    lessons: list[Lesson] = []
    for at, section in enumerate(sections):
        fresh = [duty for duty in section.duties if _is_fresh(section.document, duty, shown, scale)]
        if not fresh:
            continue
        why = [finding_part(one.document, one.case, one.deficiency) for one in reasons.get(at, ())]
        checks = [part for duty in fresh for part in _checks(section, duty)][: _CHECKS[audience]]
        parts = (*_asked(section), *(_demand(section, duty) for duty in fresh), *why, *checks)
        aims = (_AIMS[audience].format(_in_quotes(_title(section))), *((_WHY,) if why else ()))
        lessons.append(Lesson(_lesson_title(section), _minutes(parts), aims, parts))
    return {one.deficiency.finding for held in reasons.values() for one in held}, lessons


def _reasons(sections: Sequence[Section], found: Sequence[_Found], scale: Scale) -> dict[int, list[_Found]]:
    """For a section the finding that shows why it demands what it does: the likest pairs first, each once."""
    able = [
        (-scale.likeness(one.deficiency.finding, _words(section)), at, n)
        for at, section in enumerate(sections)
        for n, one in enumerate(found)
        if not section.is_law
    ]
    out: dict[int, list[_Found]] = {}
    told: set[int] = set()
    for likeness, at, n in sorted(able):
        if -likeness >= _SHOWS_WHY and at not in out and n not in told:
            out[at] = [found[n]]
            told.add(n)
    return out


def _is_fresh(document: Document, duty: Obligation, shown: list[str], scale: Scale) -> bool:
    """Whether the sentence was not quoted before, by this document or by another that repeats it."""
    words = plain(duty.sentence.of(document.text))
    if any(folded(words) in folded(old) or scale.likeness(words, old) >= _SAME for old in shown):
        return False
    shown.append(words)
    return True


def _asked(section: Section) -> Iterator[Part]:
    """The question that the words of an answer cannot do without."""
    if is_qa(section.document):
        for span in section.head.own[:1]:
            yield Part(PartKind.DEMAND, "質問", quoted(section.document, section.head.path, span))


def _demand(section: Section, duty: Obligation) -> Part:
    """What a duty demands: its sentence, and the items it lists."""
    document = section.document
    quote = quoted(document, duty.clause, unbulleted(document, duty.sentence))
    return Part(PartKind.DEMAND, GRADES[duty.grade], quote, _items(section, duty))


GRADES = {
    Modality.MUST: "義務",
    Modality.SHALL: "義務に準ずる定め",
    Modality.RECOMMEND: "望ましい事項",
    Modality.MAY: "認められる事項",
}
"""What the parts of a lesson call the grades."""


def _checks(section: Section, duty: Obligation) -> list[Part]:
    """The point to check: what a sentence demands, in its own words, with the items it lists."""
    if duty.grade is Modality.MAY:
        return []
    document = section.document
    said = demanded(document, duty)
    if said is None:
        return []
    wish = "（望ましい）" if duty.grade is Modality.RECOMMEND else ""
    quote = quoted(document, duty.clause, unbulleted(document, duty.sentence))
    return [Part(PartKind.CHECK, f"{wish}{said}こと", quote, _items(section, duty))]


def _items(section: Section, duty: Obligation) -> tuple[Quote, ...]:
    """The listed items of a duty; of a section found by its items, those."""
    items = (quoted(section.document, item.clause, item.span) for item in duty.items)
    return tuple(item for item in items if not section.items or item.clause in section.items)


def _in_quotes(words: str) -> str:
    """A title in quotation marks that differ from those inside it."""
    return f"『{words}』" if "「" in words else f"「{words}」"


def _cases(found: Sequence[_Found], told: set[str]) -> list[tuple[Document, Case, tuple[Deficiency, ...]]]:
    """The two cases with most findings on the topic, those first that no lesson told yet."""
    by_case: dict[str, list[_Found]] = {}
    for one in found:
        by_case.setdefault(one.case.id, []).append(one)
    best = sorted(by_case.values(), key=lambda held: -len(held))[:2]
    return [
        (held[0].document, held[0].case, tuple(sorted((f.deficiency for f in held), key=lambda d: d.finding in told)))
        for held in best
    ]


def _with_terms(lessons: Sequence[Lesson], documents: Sequence[Document]) -> list[Lesson]:
    """The lessons with the terms that their quotes use and their documents define, each explained once."""
    known = {document.id: terms(document) for document in documents}
    by_id = {document.id: document for document in documents}
    told: set[str] = set()
    out: list[Lesson] = []
    for lesson in lessons:
        quotes = [quote for part in lesson.parts if part.kind is not PartKind.CHECK for quote in part.quotes]
        used = [
            (document, term)
            for document in dict.fromkeys(quote.document for quote in quotes)
            for term in known[document]
            if term.name not in told and any(_uses(quote, document, term) for quote in quotes)
        ][:_TERMS]
        told |= {term.name for _, term in used}
        parts = [Part(PartKind.TERM, term.name, quoted(by_id[id], term.clause, term.span)) for id, term in used]
        out.append(replace(lesson, parts=(*lesson.parts, *parts)))
    return out


def _uses(quote: Quote, document: str, term: Term) -> bool:
    return quote.document == document and len(term.name) >= 3 and term.name in quote.line


def _places(course: Course) -> set[tuple[str, str]]:
    """What the quiz may ask about: the demands, and the clauses of the findings."""
    parts = [part for lesson in course.lessons for part in lesson.of(PartKind.CASE)]
    return {*places(course), *((part.quote.document, part.quote.clause) for part in parts if part.quote)}


def _words(section: Section) -> str:
    """All that a section demands."""
    text = section.document.text
    return "\n".join(
        [section.title]
        + [one.sentence.of(text) for one in section.duties]
        + [item.span.of(text) for one in section.duties for item in one.items]
    )


def _title(section: Section) -> str:
    return plain(section.title)


def _lesson_title(section: Section) -> str:
    if is_qa(section.document):
        return f"Ｑ＆Ａ：{_title(section)[:_LONGEST]}"
    return f"根拠となる法令：{_title(section)}" if section.is_law else _title(section)


def _minutes(parts: Sequence[Part]) -> int:
    """Three, one a demand and two a case, in steps of five."""
    demands = sum(part.kind is PartKind.DEMAND for part in parts)
    told = sum(part.kind is PartKind.CASE for part in parts)
    return min(30, -(-(3 + demands + 2 * told) // 5) * 5)
