"""Reconciliation: sums and repeated figures checked inside a document and across documents.

What is checked is what the print itself puts together: parts and a total (計9418万余円（甲4687万余円、乙4730万余円）,
民間事業者30社、…１機関及び…38団体 and 計69団体), and the same count of the same people told twice. 余 means "and a
little more": parts that were cut may fall short of their total by less than one unit each. Contradictions
are shown, never resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compliance.case.figures import NUMBER, Affected, quantity
from compliance.case.narrative import Narrative, Place, Sentence
from compliance.cases import Case
from law.document import Document

_FIGURE = re.compile(
    rf"(?P<before>(?:合計|総額|計|約|延べ)*)(?<![\d.,])(?P<number>{NUMBER})(?P<more>余)?(?P<unit>円|人分|人|名|件|社|機関|団体|通|項目|台)"
)
_TOTAL = re.compile(r"計")
_WITH_PARTS = re.compile(r"\(([^()]*)\)")
_BODIES = ("社", "機関", "団体")


class Outcome(StrEnum):
    """What came of a check."""

    HOLDS = "holds"
    HOLDS_ROUNDED = "holds-rounded"  # because of 余 or 約
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, with its value and where it stands."""

    document: str
    value: int
    unit: str
    printed: str
    step: int
    """The smallest unit printed: 万 in 4687万余. 余 stands for less than one of it."""
    is_open: bool
    """Whether 余 or 約 leaves the value open."""
    place: Place


@dataclass(frozen=True, slots=True)
class Check:
    """A total and its parts, or a figure told twice, and whether they agree."""

    outcome: Outcome
    total: Figure
    parts: tuple[Figure, ...]
    is_sum: bool = True

    @property
    def written(self) -> str:
        """The check as one would write it: 30 + 1 + 38 = 69."""
        sign = {Outcome.HOLDS: "=", Outcome.HOLDS_ROUNDED: "≒", Outcome.DIFFERS: "≠"}[self.outcome]
        return f"{' + '.join(part.printed for part in self.parts)} {sign} {self.total.printed}"


def sums(document: Document) -> tuple[Check, ...]:
    """The sums that a document prints with their parts, in reading order."""
    narrative = Narrative(document)
    found: dict[str, Check] = {}
    for sentence in narrative.sentences:
        for check in (*_in_brackets(document.id, sentence), *_of_parts(document.id, sentence)):
            found.setdefault(check.written, check)
    for check in _bodies(document.id, narrative):
        found.setdefault(check.written, check)
    return tuple(sorted(found.values(), key=lambda check: check.total.place.span))


def repeated(cases: Sequence[Case]) -> tuple[Check, ...]:
    """Counts of the same respondent's case told in several documents: the same unit, the largest of each told first.

    A document's main count is its largest; the checks say whether the later documents keep it.
    """
    found: list[Check] = []
    for name in dict.fromkeys(case.respondent.words for case in cases):
        main = [figure for case in cases if case.respondent.words == name if (figure := _main(case))]
        documents = list(dict.fromkeys(figure.document for figure in main))
        firsts = [next(f for f in main if f.document == one) for one in documents]
        for later in firsts[1:]:
            agree = firsts[0].value == later.value and _people(firsts[0].unit) == _people(later.unit)
            outcome = Outcome.HOLDS if agree else Outcome.DIFFERS
            found.append(Check(outcome, later, (firsts[0],), is_sum=False))
    return tuple(dict.fromkeys(found))


def summed(total: Figure, parts: Sequence[Figure]) -> Check:
    """The check of a total against its parts.

    With 余 each part hides less than one of its smallest unit, and so does the total.
    """
    short = total.value - sum(part.value for part in parts)
    if short == 0:
        return Check(Outcome.HOLDS, total, tuple(parts))
    least = -total.step if total.is_open else 0
    most = sum(part.step for part in parts if part.is_open)
    is_within = least < short < most if most else least < short <= 0
    return Check(Outcome.HOLDS_ROUNDED if is_within else Outcome.DIFFERS, total, tuple(parts))


def _in_brackets(document: str, sentence: Sentence) -> Iterator[Check]:
    """計9418万余円（厚生労働省分4687万余円、機構分4730万余円）."""
    for bracket in _WITH_PARTS.finditer(sentence.text):
        head = [m for m in _FIGURE.finditer(sentence.text, 0, bracket.start()) if m.end() == bracket.start()]
        parts = [
            _figure(document, sentence, m) for m in _FIGURE.finditer(sentence.text, bracket.start(), bracket.end())
        ]
        if head and len(parts) > 1:
            total = _figure(document, sentence, head[0])
            same = [part for part in parts if _people(part.unit) == _people(total.unit)]
            if len(same) > 1 and max(part.value for part in same) < total.value:
                yield summed(total, same)


def _of_parts(document: str, sentence: Sentence) -> Iterator[Check]:
    """取組21項目のうち、完了…13項目、実施中…6項目、着手していない…2項目."""
    whole = re.search(rf"({NUMBER})(項目|件|人|社)のうち、?", sentence.text)
    if whole is None:
        return
    figures = [_figure(document, sentence, m) for m in _FIGURE.finditer(sentence.text, whole.start())]
    total, parts = figures[0], [one for one in figures[1:] if one.unit == figures[0].unit]
    if len(parts) > 2:
        yield summed(total, parts)


def _bodies(document: str, narrative: Narrative) -> Iterator[Check]:
    """The organisations that a list counts by kind, and the total that another sentence gives."""
    totals = [
        _figure(document, sentence, m)
        for sentence in narrative.sentences
        for m in _FIGURE.finditer(sentence.text)
        if m["unit"] in _BODIES and _TOTAL.search(m["before"])
    ]
    for sentence in narrative.sentences:
        listed = [m for m in _FIGURE.finditer(sentence.text) if m["unit"] in _BODIES and not m["before"]]
        for run in _runs(sentence.text, listed):
            for total in totals:
                yield summed(total, [_figure(document, sentence, m) for m in run])


def _runs(text: str, listed: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Counts that stand in one list: 民間事業者30社、独立行政法人１機関及び地方公共団体38団体."""
    run: list[re.Match[str]] = []
    for count in listed:
        if run and not re.fullmatch(r"(?:、|及び|並びに)[一-龥々ァ-ヶー]*", text[run[-1].end() : count.start()]):
            if len(run) > 2:
                yield run
            run = []
        run.append(count)
    if len(run) > 2:
        yield run


def _figure(document: str, sentence: Sentence, match: re.Match[str]) -> Figure:
    is_open = bool(match["more"]) or "約" in match["before"]
    number = match["number"]
    step = 10_000 if number.endswith("万") else 100_000_000 if number.endswith("億") else 1
    printed = sentence.printed(*match.span())
    return Figure(document, quantity(number), match["unit"], printed, step, is_open, sentence.place(*match.span()))


def _main(case: Case) -> Figure | None:
    people = [one for one in case.affected if _people(one.unit) == "人"]
    if not people:
        return None
    first: Affected = max(people, key=lambda one: one.value)
    return Figure(case.document, first.value, first.unit, first.printed, 1, bool(first.qualifier), first.place)


def _people(unit: str) -> str:
    return "人" if unit in ("人", "名", "人分", "名分", "件", "件分") else unit
