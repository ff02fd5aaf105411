"""Acts told more than once, in the announcement, in the contents, in a timeline: each is one measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from compliance.case.authority import is_self
from compliance.case.measures import Measure
from compliance.case.narrative import Words
from compliance.case.parties import Parties
from compliance.case.provisions import Provision


def once(measures: Iterable[Measure]) -> Iterator[Measure]:
    """Each act once: the telling with a basis before one without, a dated one before a bare mention."""
    kept: dict[tuple[str, str | None, str | None], Measure] = {}
    for one in measures:
        key = (one.kind, _day_of(one), one.deadline.value if one.deadline else None)
        old = kept.get(key)
        if old is not None and _is_other(old, one):
            key = (*key[:2], f"{key[2]} {one.basis[0].article}")
            old = kept.get(key)
        if old is None or (one.basis and not old.basis):
            kept[key] = one
    for one in kept.values():
        others = [other for other in kept.values() if other is not one and other.kind == one.kind]
        is_mention = one.date is None and one.deadline is None and bool(others)
        is_covered = one.deadline is None and any(o.deadline and _day_of(o) == _day_of(one) for o in others)
        if not (is_mention or is_covered):
            yield one if one.basis else replace(one, basis=_basis_of(one, others))


def _is_other(old: Measure, one: Measure) -> bool:
    """Whether two acts of one kind on one day rest on different articles: 法第157条の指導 and 番号法第33条の指導."""
    laws = ({basis.law for basis in act.basis if basis.law} for act in (old, one))
    return all((old.basis, one.basis, *laws)) and not {b.article for b in old.basis} & {b.article for b in one.basis}


def _basis_of(one: Measure, others: Iterable[Measure]) -> tuple[Provision, ...]:
    """The basis of an act that is told again with its term: what was announced on the same day, without a term."""
    same = (other for other in others if other.deadline is None and _day_of(other) == _day_of(one))
    return next((other.basis for other in same if other.basis), ())


def _day_of(measure: Measure) -> str | None:
    return measure.date.value if measure.date else None


def under_one_name(found: Iterable[Measure], parties: Parties, by: Words | None) -> Iterator[Measure]:
    """The measures with the author under its name, wherever it calls itself 当委員会."""
    selves = {short for party in parties.known if by and party.name == by.words for short in party.shorts}
    for one in found:
        said = one.authority.words if one.authority else ""
        is_own = by is not None and (said in selves or is_self(said, by))
        yield replace(one, authority=by) if is_own else one
