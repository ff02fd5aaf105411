"""A lesson that tells a case: its size, what was found wanting, what the authority did, what was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.case.deficiencies import Deficiency
from compliance.case.narrative import Place
from compliance.cases import Case
from compliance.course import Lesson, Part, PartKind
from compliance.quote import quoted
from index.dates import era_month
from law.document import Document
from law.sentence import sentences
from law.span import Span

_AIMS = ("何が起き、どの措置が足りなかったかを説明できる。", "自社で同じことが起きないかを点検できる。")
_FINDINGS, _MEASURES, _REMEDIES = 3, 2, 2
_ASKED = "報告徴収"
"""The act that tells least: an authority asks before it acts."""
_SHORTEST = 30
"""Characters from which a finding tells something; shorter ones only name it."""


def case_lesson(document: Document, case: Case, found: Sequence[Deficiency]) -> Lesson:
    """The lesson of a case, with these findings."""
    parts = tuple(_parts(document, case, found))
    return Lesson(f"事例：{case.respondent.words}", -(-(3 + 2 * len(parts)) // 5) * 5, _AIMS, parts)


def finding_part(document: Document, case: Case, found: Deficiency) -> Part:
    """A finding, with who found it in whom."""
    name = found.category if found.category.endswith("監督") else f"{found.category}安全管理措置"
    words = f"{_who(case)}：{name}の不備" if found.is_printed else f"{_who(case)}：認められた問題"
    return Part(PartKind.CASE, words, quoted(document, found.place.clause, found.place.span))


def is_told(found: Deficiency) -> bool:
    """Whether a finding tells what was wanting, in a sentence, and does not only name it."""
    return len(found.finding) >= _SHORTEST and found.finding.endswith(("。", "、"))


def _who(case: Case) -> str:
    date = f"、{era_month(case.action_date.value)}" if case.action_date else ""
    return f"{case.respondent.words}（{case.authority.words}{date}）"


def _parts(document: Document, case: Case, found: Sequence[Deficiency]) -> Iterator[Part]:
    seen: set[Span] = set()

    def part(words: str, place: Place) -> Iterator[Part]:
        span = sentence_at(document, place)
        if span not in seen:
            seen.add(span)
            yield Part(PartKind.CASE, words, quoted(document, place.clause, span))

    for one in case.affected[:1]:
        yield from part("影響を受けた人数", one.place)
    for deficiency in found[:_FINDINGS]:
        yield finding_part(document, case, deficiency)
    acts = sorted((one for one in case.measures if not one.is_filed), key=lambda one: one.kind == _ASKED)
    for measure in acts[:_MEASURES]:
        yield from part(f"当局の対応：{measure.kind}", measure.place)
    for remedy in case.remedies[:_REMEDIES]:
        yield from part("その後の措置", remedy.words.place)


def sentence_at(document: Document, place: Place) -> Span:
    """The whole sentence that a place stands in; the place itself where it spans more than one."""
    clause = document.by_path[place.clause]
    for own in clause.own:
        for sentence in sentences(document.text, own):
            if place.span in sentence:
                return sentence
    return place.span
