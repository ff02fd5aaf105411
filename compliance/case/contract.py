"""The JSON rim of `konkyo cases`: a case in the keys that users' scripts rely on (DESIGN §5).

Every leaf carries its quote, page, clause and verdict. The quote is a slice of the document's text, the
verdict the result of comparing it with the page. Beyond the contract's keys stand `action`, `discovery`,
`perpetrator`, `caveats`, `assessments` and `amounts`, in the same form.
"""

from __future__ import annotations

from typing import Any

from compliance.case.days import Dated
from compliance.case.deficiencies import Deficiency
from compliance.case.figures import Affected, Amount
from compliance.case.measures import Measure
from compliance.case.narrative import Place, Words
from compliance.case.provisions import Provision
from compliance.case.remedies import Remedy
from compliance.case.violations import Violation
from compliance.cases import Case
from index.excerpt import page_of, plain, verify
from law.document import Document
from law.span import Span

Json = dict[str, Any]
"""A JSON object; dicts live only at this rim."""


def case_json(case: Case, document: Document) -> Json:
    """A case as `konkyo cases --json` prints it; what the document does not say is null or an empty list."""
    leaf = _Leaves(document)
    period = case.period
    span = {"start": period.start, "end": period.end, **leaf.at(period.place)} if period else None
    return {
        "case": case.id,
        "doc": case.document,
        "authority": leaf.value(case.authority),
        "action_date": leaf.dated(case.action_date),
        "respondent": leaf.value(case.respondent),
        "relation": leaf.value(case.relations[0]) if case.relations else None,
        "affected": [leaf.affected(one) for one in case.affected],
        "period": leaf.with_evidence(span, period.evidence) if period and span else None,
        "violations": [leaf.violation(one) for one in case.violations],
        "measures": [leaf.measure(one) for one in case.measures],
        "deficiencies": [leaf.deficiency(one) for one in case.deficiencies],
        "causes": [leaf.value(one.words, "cause") for one in case.causes],
        "remedies": [leaf.remedy(one) for one in case.remedies],
        "action": case.action,
        "relations": [leaf.value(one) for one in case.relations],
        "discovery": leaf.value(case.discovery),
        "perpetrator": leaf.value(case.perpetrator),
        "caveats": [leaf.value(one) for one in case.caveats],
        "assessments": [leaf.value(one.words) for one in case.assessments],
        "amounts": [leaf.amount(one) for one in case.amounts],
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

    def __init__(self, document: Document) -> None:
        self._document = document

    def at(self, place: Place) -> Json:
        return quote_json(self._document, place)

    def value(self, words: Words | None, key: str = "value") -> Json | None:
        return {key: words.words, **self.at(words.place)} if words and words.words else None

    def dated(self, date: Dated | None) -> Json | None:
        if date is None:
            return None
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
