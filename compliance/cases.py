"""Cases: what an authority found and did, read out of a notice, a release or an audit report.

A case is one respondent before one authority. Its facts are read by rules over the clause tree and the
forms of official Japanese, never for one document; each keeps its place, and the quote there is a slice of
the document's text. What is not in the text stays empty, ● stays unknown, nothing is guessed. What the
account of the whole case says goes to every respondent; what stands under a party's heading, or is said of
a party, goes to that party alone. People correct the machine elsewhere; this module only reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from compliance.case.addressees import addressees
from compliance.case.authority import author
from compliance.case.causes import Cause, causes
from compliance.case.days import Dated, Days
from compliance.case.deficiencies import Deficiency, deficiencies
from compliance.case.discovery import discovery, perpetrator
from compliance.case.figures import Affected, Amount, affected, amounts, caveats, exacted
from compliance.case.harm import tells_of_harm
from compliance.case.letterhead import YOU, addressee, issued
from compliance.case.measures import Measure, Measures
from compliance.case.names import Party
from compliance.case.narrative import Narrative, Words
from compliance.case.parties import Parties
from compliance.case.period import Period, period
from compliance.case.relations import relations
from compliance.case.remedies import Assessment, Remedies, Remedy, assessments
from compliance.case.respondents import Respondents
from compliance.case.retold import once, under_one_name
from compliance.case.timing import Timing
from compliance.case.violations import Violation, violations
from law.document import Document

_Fact = TypeVar("_Fact", Affected, Violation, Deficiency, Cause, Remedy, Assessment)
"""A fact that knows of whom it is told."""
_RELEASE = "incident-release"
_KINDS = frozenset(("enforcement", _RELEASE, "audit-report"))
_WE = re.compile(r"(?:当|弊)(?:社|行|庫|金庫|組合|法人|グループ|院|学)")
_INQUIRED = re.compile(r"(?:検証|調査|第三者|審査|監視)委員会$")
_AUDIT = re.compile(r"(?:検査|監査)院$")


@dataclass(frozen=True, slots=True)
class Case:
    """A respondent before an authority, and what the document says of it."""

    id: str
    """Document, authority and respondent: the same after the document is read again."""
    document: str
    authority: Words
    """Without words where no authority acts: a company's own release."""
    respondent: Words
    action_date: Dated | None
    relations: tuple[Words, ...] = ()
    affected: tuple[Affected, ...] = ()
    caveats: tuple[Words, ...] = ()
    period: Period | None = None
    discovery: Words | None = None
    perpetrator: Words | None = None
    violations: tuple[Violation, ...] = ()
    measures: tuple[Measure, ...] = ()
    deficiencies: tuple[Deficiency, ...] = ()
    causes: tuple[Cause, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    amounts: tuple[Amount, ...] = ()

    @property
    def before(self) -> str:
        """The authority in words, also where none acts."""
        return self.authority.words or "（措置の公表なし）"

    @property
    def action(self) -> str:
        """The measures the authority took, each once: 勧告・指導・報告徴収."""
        return "・".join(dict.fromkeys(one.kind for one in self.measures if not one.is_filed))


@dataclass(slots=True)
class _Account:
    """All that the rules read in one document, before it is dealt out to the respondents."""

    narrative: Narrative
    author: Words | None
    parties: Parties
    days: Days
    measures: tuple[Measure, ...]
    violations: tuple[Violation, ...]
    deficiencies: tuple[Deficiency, ...]
    causes: tuple[Cause, ...]
    remedies: tuple[Remedy, ...]
    assessments: tuple[Assessment, ...]
    affected: tuple[Affected, ...]
    day: Dated | None
    is_audit: bool


def may_tell(kind: str | None) -> bool:
    """Whether a document of a kind, or of none that is known, can tell cases."""
    return kind is None or kind in _KINDS


def cases(document: Document) -> tuple[Case, ...]:
    """The cases a document tells, by authority and respondent in the order they are first acted on.

    A guideline, a statute or a questions-and-answers paper tells none, nor does a document in which no
    authority acts on anybody, unless it is a company's release of an incident.
    """
    kind = document.about.kind.value if document.about.kind else None
    if not may_tell(kind):
        return ()
    account = _account(document)
    grouped: dict[tuple[str, str], list[Measure]] = {}
    for one in account.measures:
        for party in one.respondents:
            if one.authority is not None:
                grouped.setdefault((one.authority.words, party.name), []).append(one)
    filed = [one for one in account.measures if one.is_filed]
    examined = _examined(account) if not grouped else ()
    if examined and account.author:
        return tuple(_with_findings(account, _bare_case(account, party), party) for party in examined)
    if not grouped and (kind == _RELEASE or (kind is None and _reads_as_release(account))):
        return tuple(_released(account, party, filed) for party in _publisher(account))
    return tuple(_case(account, own, filed) for own in grouped.values())


def _reads_as_release(account: _Account) -> bool:
    """Whether a company tells of itself (当社) what went wrong, and why or what it does about it."""
    told = [s.text for s in account.narrative.sentences if s.is_told]
    is_own = account.author is None and bool(account.parties.publisher) and any(_WE.search(words) for words in told)
    return is_own and any(map(tells_of_harm, told)) and bool(account.causes and account.remedies)


def _publisher(account: _Account) -> tuple[Party, ...]:
    """The company, or the town, that publishes a release."""
    by = account.author
    return account.parties.publisher[:1] or ((Party(by.words, by.place),) if by else ())


def _released(account: _Account, party: Party, filed: Sequence[Measure]) -> Case:
    """The case of a release in which no authority acts: the publisher's own, before no authority yet."""
    case = replace(_bare_case(account, party), authority=Words("", party.place), action_date=None)
    case = replace(case, id=f"{case.document}::{party.name}", measures=tuple(once(filed)))
    return _with_findings(_of_all(account), case, party)


def _of_all(account: _Account) -> _Account:
    """What a release tells of those it names too: all of it belongs to the case of its publisher."""
    return replace(
        account,
        affected=tuple(replace(one, parties=()) for one in account.affected),
        deficiencies=tuple(replace(one, parties=()) for one in account.deficiencies),
        causes=tuple(replace(one, parties=()) for one in account.causes),
        remedies=tuple(replace(one, parties=()) for one in account.remedies),
    )


def _examined(account: _Account) -> tuple[Party, ...]:
    """The parties in whom a committee that inquired found something wanting, where nobody acts on them."""
    if account.author is None or not _INQUIRED.search(account.author.words):
        return ()
    return tuple(dict.fromkeys(party for one in account.deficiencies for party in one.parties))


def _bare_case(account: _Account, party: Party) -> Case:
    """A party before the author, with what the account of the whole case says and no measure."""
    authority = account.author or Words("", party.place)
    return Case(
        id=f"{account.narrative.document.id}:{authority.words}:{party.name}",
        document=account.narrative.document.id,
        authority=authority,
        respondent=Words(party.name, party.place),
        action_date=account.day,
        relations=relations(account.narrative, account.parties, party),
        affected=tuple(_of(account.affected, party)),
        caveats=caveats(account.narrative, account.affected),
        period=period(account.narrative, account.days, account.parties, party),
        perpetrator=perpetrator(account.narrative),
    )


def _account(document: Document) -> _Account:
    narrative = Narrative(document)
    by = author(narrative)
    authors = frozenset((by.words,)) if by else frozenset()
    parties = Parties(narrative, authors)
    parties = parties.with_names(addressees(narrative, parties))
    to = addressee(narrative, parties)
    if to is not None and any(you in one.text for one in narrative.sentences for you in YOU):
        parties = parties.with_shorts(to, YOU)
    days = Days(narrative)
    day = issued(narrative, days)
    timing = Timing(narrative, days, parties, day)
    respondents = Respondents(narrative, parties, addressee(narrative, parties))
    is_audit = bool(by and _AUDIT.search(by.words))
    found = Measures(narrative, parties, by, timing, respondents).read()
    steps = Remedies(narrative, days, parties).read()
    return _Account(
        narrative=narrative,
        author=by,
        parties=parties,
        days=days,
        measures=tuple(under_one_name(found, parties, by)),
        violations=violations(narrative, parties),
        deficiencies=deficiencies(narrative, parties, is_audit=is_audit),
        causes=causes(narrative, parties),
        remedies=steps,
        assessments=assessments(narrative, parties, steps),
        affected=affected(narrative, parties),
        day=day,
        is_audit=is_audit,
    )


def _case(account: _Account, own: Sequence[Measure], filed: Sequence[Measure]) -> Case:
    first = own[0]
    party = first.respondents[0]
    authority = first.authority or account.author or Words("", first.place)
    is_author = account.author is None or authority.words == account.author.words
    case = Case(
        id=f"{account.narrative.document.id}:{authority.words}:{party.name}",
        document=account.narrative.document.id,
        authority=authority,
        respondent=Words(party.name, party.place),
        action_date=account.day if account.author is not None and is_author else first.date,
        measures=tuple(once((*own, *filed))),
    )
    if party.is_general:
        return case
    whole = replace(
        case,
        relations=relations(account.narrative, account.parties, party),
        affected=tuple(_of(account.affected, party)),
        caveats=caveats(account.narrative, account.affected),
        period=period(account.narrative, account.days, account.parties, party),
        perpetrator=perpetrator(account.narrative),
    )
    is_own = account.author is not None and party.name == account.author.words
    if not is_author and not is_own:  # an act of another authority that the report only mentions
        near = {one.place.clause for one in own}
        steps = tuple(r for r in account.remedies if party in r.parties and r.words.place.clause in near)
        return replace(whole, remedies=steps)
    return _with_findings(account, whole, party)


def _with_findings(account: _Account, case: Case, party: Party) -> Case:
    return replace(
        case,
        discovery=discovery(account.narrative, account.parties, party),
        violations=tuple(_of(account.violations, party)),
        deficiencies=tuple(_of(account.deficiencies, party)),
        causes=tuple(_of(account.causes, party)),
        remedies=tuple(_of(account.remedies, party)),
        assessments=tuple(_of(account.assessments, party)),
        amounts=_amounts(account, party),
    )


def _amounts(account: _Account, party: Party) -> tuple[Amount, ...]:
    """What an audit counted, for the party it speaks of most; elsewhere what was exacted from or by the party."""
    if account.is_audit:
        return amounts(account.narrative) if party == _main(account) else ()
    acted_on = {one.name for measure in account.measures for one in measure.respondents if not measure.is_filed}
    return exacted(account.narrative, account.parties, party, is_alone=len(acted_on) < 2)


def _of(found: Iterable[_Fact], party: Party) -> Iterator[_Fact]:
    """The facts of a party, and those of the case as a whole."""
    return (one for one in found if not one.parties or party in one.parties)


def _main(account: _Account) -> Party | None:
    """The party an audit speaks of most."""
    count: dict[Party, int] = {}
    for sentence in account.narrative.sentences:
        for named in account.parties.named(sentence.text):
            count[named.party] = count.get(named.party, 0) + 1
    return max(count, key=lambda party: count[party]) if count else None
