"""The JSON rim of `konkyo cases`: a case in the keys that users' scripts rely on (DESIGN §5).

Every leaf carries its quote, page, clause and verdict. The quote is a slice of the document's text, the
verdict the result of comparing it with the page. Beyond the contract's keys stand `action`, `discovery`,
`perpetrator`, `caveats`, `assessments` and `amounts`, in the same form, and what people said (`rejected`, `added`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from compliance.case.corrections import Ruling
from compliance.case.counted import kept
from compliance.case.days import Dated
from compliance.case.deficiencies import Deficiency
from compliance.case.entries import Entry, entry_of
from compliance.case.figures import Affected, Amount
from compliance.case.measures import Measure
from compliance.case.narrative import Place, Words
from compliance.case.period import Period
from compliance.case.provisions import Provision
from compliance.case.remedies import Remedy
from compliance.case.violations import Violation
from compliance.cases import Case
from index.excerpt import page_of, plain, verify
from law.document import Document
from law.span import Span

Json = dict[str, Any]
"""A JSON object; dicts live only at this rim."""
_Item = TypeVar("_Item")


def case_json(case: Case, document: Document, told: Sequence[Entry] = ()) -> Json:
    """A case as `konkyo cases --json` prints it; what the document does not say is null or an empty list.

    `told` are the entries of its column in a comparison, with what people said of them: a leaf that they confirmed
    or corrected says so beside the machine's value, what they rejected stands under `rejected`, what they added
    under `added`.
    """
    leaf = _Leaves(document, case, told)
    left = kept(case, told)
    relations = leaf.each("立場", left.relations, leaf.value)
    return {
        "case": case.id,
        "doc": case.document,
        "authority": leaf.only("処分庁", left.authority, leaf.value),
        "action_date": leaf.only("処分日", left.action_date, leaf.dated),
        "respondent": leaf.only("名宛人", left.respondent, leaf.value),
        "relation": next(iter(relations), None),
        "affected": leaf.each("影響を受けた人数・件数", left.affected, leaf.affected),
        "period": leaf.only("期間", left.period, leaf.period),
        "violations": leaf.each("違反した規定", left.violations, leaf.violation),
        "measures": leaf.each("措置", left.measures, leaf.measure),
        "deficiencies": leaf.each("不備", left.deficiencies, leaf.deficiency),
        "causes": leaf.each("原因", left.causes, lambda one: leaf.value(one.words, "cause")),
        "remedies": leaf.each("再発防止策", left.remedies, leaf.remedy),
        "action": left.action,
        "relations": relations,
        "discovery": leaf.only("発覚の端緒", left.discovery, leaf.value),
        "perpetrator": leaf.only("行為者", left.perpetrator, leaf.value),
        "caveats": leaf.each("人数の但し書", left.caveats, leaf.value),
        "assessments": leaf.each("当局の評価", left.assessments, lambda one: leaf.value(one.words)),
        "amounts": leaf.each("金額等", left.amounts, leaf.amount),
        "rejected": [leaf.rejected(one, one.place) for one in told if one.place and _is(one, Ruling.REJECTED)],
        "added": [{"fact": one.fact, **_saying(one)} for one in told if _is(one, Ruling.ADDED)],
    }


def _is(entry: Entry, ruling: Ruling) -> bool:
    return entry.correction is not None and entry.correction.ruling is ruling


def _saying(entry: Entry) -> Json:
    """What was said of an entry, by whom, when (UTC) and on which day in Japan; `words` if corrected or added."""
    one = entry.correction
    if one is None:
        return {}
    return {
        "ruling": one.ruling.value,
        "words": one.words or None,
        "who": one.who,
        "at": one.at,
        "day": one.day or None,
        "why": one.why or None,
        "reading_changed": entry.is_changed,
    }


def quote_json(document: Document, place: Place) -> Json:
    """A quote with its page, clause and verdict."""
    quote = plain(place.span.of(document.text))
    return {
        "quote": quote,
        "pdf_page": page_of(document, place.span),
        "clause": place.clause,
        "verdict": verify(document, place.span, quote).value,
    }


class _Leaves:
    """Makes the leaves of one document's cases."""

    def __init__(self, document: Document, case: Case, told: Sequence[Entry]) -> None:
        self._document = document
        self._case = case
        self._told = {one.key: one for one in told if one.correction is not None}

    def each(self, fact: str, items: Sequence[_Item], made: Callable[[_Item], Json | None]) -> list[Json]:
        """The leaves of a fact that is a list, each with what people said of it."""
        leaves = (self.only(fact, one, made) for one in items)
        return [leaf for leaf in leaves if leaf is not None]

    def only(self, fact: str, one: _Item | None, made: Callable[[_Item], Json | None]) -> Json | None:
        """A leaf with what people said of it; None where there is nothing, or what there is was rejected."""
        leaf = made(one) if one is not None else None
        if leaf is None or not self._told:
            return leaf
        entry = entry_of(self._case, fact, one)
        told = self._told.get(entry.key) if entry else None
        if told and _is(told, Ruling.REJECTED):
            return None
        return {**leaf, "correction": _saying(told)} if told else leaf

    def rejected(self, entry: Entry, place: Place) -> Json:
        return {"fact": entry.fact, "value": entry.words, **self.at(place), "correction": _saying(entry)}

    def period(self, one: Period) -> Json:
        return self.with_evidence({"start": one.start, "end": one.end, **self.at(one.place)}, one.evidence)

    def at(self, place: Place) -> Json:
        return quote_json(self._document, place)

    def value(self, words: Words | None, key: str = "value") -> Json | None:
        return {key: words.words, **self.at(words.place)} if words and words.words else None

    def dated(self, date: Dated) -> Json:
        leaf = {"value": date.value, "printed": self._printed(date.place.span), **self.at(date.place)}
        return self.with_evidence(leaf, date.evidence)

    def with_evidence(self, leaf: Json, evidence: Place | None) -> Json:
        return {**leaf, "era_evidence": self.at(evidence)} if evidence else leaf

    def affected(self, one: Affected) -> Json:
        return {
            "value": one.value,
            "unit": one.unit,
            "qualifier": one.qualifier,
            "as_printed": one.printed,
            "scope": one.scope,
            **self.at(one.place),
        }

    def violation(self, one: Violation) -> Json:
        law: str | list[str] | None = list(one.laws) if len(one.laws) > 1 else next(iter(one.laws), None)
        number = {"article": one.article, "paragraph": one.paragraph, "item": one.item, "version": one.version}
        return {"law": law, **number, **self.at(one.place)}

    def measure(self, one: Measure) -> Json:
        basis = [self.provision(provision) for provision in one.basis]
        return {
            "measure": one.kind,
            "basis": basis if len(basis) > 1 else next(iter(basis), None),
            "date": one.date.value if one.date else None,
            "deadline": one.deadline.value if one.deadline else None,
            **self.at(one.place),
            "date_evidence": self.at(one.date.place) if one.date else None,
            "deadline_evidence": self.at(one.deadline.place) if one.deadline else None,
        }

    def provision(self, one: Provision) -> Json:
        number = {"law": one.law, "article": one.article, "paragraph": one.paragraph, "item": one.item}
        return {**number, "version": one.version, **self.at(one.place)}

    def deficiency(self, one: Deficiency) -> Json:
        chain = {"norm": one.norm, "weighing": one.weighing, "conclusion": one.conclusion}
        return {
            "category": one.category,
            "finding": one.finding,
            **self.at(one.place),
            "category_source": "printed" if one.is_printed else "read",
            "chain": {key: self.value(words) for key, words in chain.items()},
        }

    def remedy(self, one: Remedy) -> Json:
        return {
            "remedy": one.words.words,
            "date": one.date.value if one.date else None,
            **self.at(one.words.place),
            "date_evidence": self.at(one.date.place) if one.date else None,
            "assessment": self.value(one.verdict),
        }

    def amount(self, one: Amount) -> Json:
        return {
            "value": one.value,
            "unit": one.unit,
            "qualifier": one.qualifier,
            "as_printed": one.printed,
            **self.at(one.place),
        }

    def _printed(self, span: Span) -> str:
        return plain(span.of(self._document.text))
