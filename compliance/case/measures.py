"""Measures: what an authority did to whom, on which legal basis, on which day, and until when it asks for what.

The acts are those of `compliance.case.acts`, whom they are done to is read by `respondents`, when by `timing`. A
basis that the sentence does not say is read from the heading over it (法第147条に基づく指導) and from nowhere else.
行政処分を行った is as many measures as the part on its contents names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from compliance.case.acts import GENERAL, NOUN, RECEIVED, UNSAID, acts, closing, kind_of, listing
from compliance.case.authority import acting, is_self
from compliance.case.days import Dated
from compliance.case.names import Party
from compliance.case.narrative import ASIDE, Narrative, Place, Sentence, Words
from compliance.case.parties import Parties
from compliance.case.provisions import Provision, provisions, said_of
from compliance.case.respondents import Respondents
from compliance.case.timing import DONE, Timing
from law.document import ClauseKind

_GROUND = re.compile(r"(?:\([^()]*\))*(?:の(?:各)?規定)?(?:に基づ|によ|をもって|に規定する|、|に該当するものとして)")
_OTHER = re.compile(rf"(?:実施|行|発出)(?:した|った|し)(?:{NOUN})")
"""Another act, that the provision before it belongs to: 法第146条第１項の規定により実施した報告等の求めに対し."""
_CONTENT = re.compile(r"(?:処分|命令|指示)(?:等)?の?(?:内容|概要)$|行政処分(?:等)?の内容")
"""The heading of the part on what a measure is."""
_NO_TERM = ("立入検査", "注意喚起", "刑事告発", "公表措置", "過怠金", "上場契約違約金", "課徴金納付命令")
"""Acts that ask for nothing to be mended by a day."""
_INQUIRIES = ("立入検査", "報告徴収")
_JOINED = re.compile(r"(?:及び|および|並びに|、|・)$")
"""All that stands between two acts on one ground: …に基づく報告徴求及び立入検査."""
_DEALT = re.compile(r"(?:対応|処分|措置)(?:等)?(?:を(?:行|講|実施)|した|しました)")
_ASKS = re.compile(r"下記|別紙|報告する(?:よう|こと)")


@dataclass(frozen=True, slots=True)
class Measure:
    """An act of an authority on its respondents; a report of an incident goes the other way."""

    kind: str
    place: Place
    authority: Words | None
    respondents: tuple[Party, ...]
    basis: tuple[Provision, ...] = ()
    date: Dated | None = None
    deadline: Dated | None = None

    @property
    def is_filed(self) -> bool:
        """Whether the respondent did it towards the authority."""
        return self.kind == "不祥事件届出"


@dataclass(slots=True)
class Measures:
    """Reads the measures of a narrative."""

    narrative: Narrative
    parties: Parties
    author: Words | None
    timing: Timing
    respondents: Respondents
    _today: dict[str, Measure] = field(default_factory=dict)
    _unsaid: list[tuple[Sentence, Measure]] = field(default_factory=list)
    """What sentences tell without naming whom it is done to."""

    def read(self) -> tuple[Measure, ...]:
        """Every measure the narrative tells, in reading order; the same act may be told twice."""
        found: list[Measure] = []
        for sentence in self.narrative.sentences:
            if sentence.is_heading or sentence.clause.kind in ASIDE:
                continue
            for act in acts(sentence):
                found.extend(self._measure(sentence, act.first, act.found, act.kind))
            self.timing.note(sentence)
            if sentence.clause.kind is ClauseKind.FRONT and _DEALT.search(sentence.text) and self._says_today(sentence):
                self.timing.is_of_today = True
        found.extend(self._of_those_named_elsewhere(found))
        found = self._until_when(found)
        if not any(self._is_own(one.authority) for one in found):
            found.extend(self._tabled())
        return tuple(_by_their_names([one for whole in found for one in self._specified(whole)]))

    def _until_when(self, found: Sequence[Measure]) -> list[Measure]:
        """The measures, each demand of the day with the term of its contents, unless a report is asked for."""
        term = self.timing.ordered()
        own = [one for one in found if self._is_own(one.authority)]
        parties = {party.name for one in own for party in one.respondents}
        if term is None or len(parties) > 1 or any(one.kind == "報告徴収" or one.deadline for one in own):
            return list(found)
        return [replace(one, deadline=term) if self._may_ask(one) else one for one in found]

    def _may_ask(self, one: Measure) -> bool:
        is_of_day = self.timing.day is not None and one.date is not None and one.date.value == self.timing.day.value
        return is_of_day and self._is_own(one.authority) and one.kind not in (*_NO_TERM, GENERAL) and not one.is_filed

    def _of_those_named_elsewhere(self, found: Sequence[Measure]) -> Iterator[Measure]:
        """The author's acts that name nobody (下記の事業者に対し), done to whom another part names.

        An act that a sentence elsewhere tells of somebody by name is not told again for others.
        """
        own = [one for one in found if self._is_own(one.authority)]
        whom = {party for one in own for party in one.respondents}
        told = {one.kind for one in own}
        for sentence, whole in self._unsaid:
            parties = () if whole.kind in told else self.respondents.elsewhere(sentence, whole.kind)
            if not (parties or whom or whole.kind in told) and whole.date is not None:
                parties = self.respondents.titled
            is_inquiry = whole.kind in _INQUIRIES and whole.kind not in told
            if not parties and len(whom) == 1 and (is_inquiry or self.narrative.is_under(sentence.clause, DONE)):
                parties = tuple(whom)
            yield from (replace(whole, respondents=(party,)) for party in parties)

    def _tabled(self) -> Iterator[Measure]:
        """The measures of a paper that only lists them, with whom and why, under headings of their own."""
        day = self.timing.day
        if self.author is None or day is None:
            return
        whom = self.respondents.listed or self.respondents.titled
        whole = Measure(GENERAL, day.place, self.author, whom, date=day)
        yield from (one for one in self._specified(whole) if one is not whole)

    def _is_own(self, authority: Words | None) -> bool:
        """Whether an authority is the one that wrote the document, by its name or as 当庁."""
        if authority is None or self.author is None:
            return False
        return is_self(authority.words, self.author) or authority.words == self.author.words

    def _specified(self, whole: Measure) -> Sequence[Measure]:
        """What 行政処分 was, where the part on its contents names it; else the measure as it is."""
        if whole.kind != GENERAL:
            return (whole,)
        named: list[Measure] = []
        for sentence in self.narrative.sentences:
            told = closing(sentence) if self.narrative.is_under(sentence.clause, _CONTENT) else None
            if told is not None and told[1] != GENERAL and whole.respondents:
                for kind in (*listing(sentence), told[1]):
                    named.extend(self._named(sentence, kind, whole))
        is_mine = any(set(one.respondents) & set(whole.respondents) for one in named)
        return named if is_mine else (*named, whole)

    def _named(self, sentence: Sentence, kind: str, whole: Measure) -> Iterator[Measure]:
        """The measure that a line or a heading of the part on the contents names, on whom it names there."""
        body = self.narrative.body(sentence.clause.path)
        near = (sentence, *body[:1]) if sentence.is_heading else (sentence,)
        basis = tuple(one for line in near for one in provisions(self.narrative, line))
        whom = [party for line in near for party in self.parties.starting(line.text)] or [
            party for party in self.parties.scope(sentence.clause) if not party.is_general
        ]
        deadline = whole.deadline or (self.timing.ordered() if kind.endswith("改善命令") else None)
        for party in dict.fromkeys(whom or whole.respondents):
            yield replace(
                whole, kind=kind, place=sentence.place(), respondents=(party,), basis=basis or whole.basis,
                deadline=deadline,
            )  # fmt: skip

    def _measure(self, sentence: Sentence, first: int, act: re.Match[str], kind: str) -> Iterator[Measure]:
        authority = acting(sentence, act.start()) or self.author
        basis = self._basis(sentence, first, act.start(), kind)
        deadline = self.timing.deadline(sentence, first, act)
        date = self.timing.of(sentence, act)
        if kind == "報告徴収" and act.lastgroup == "asked" and not (basis or deadline):
            return  # a question in the course of an inspection
        if act.lastgroup == "item" and not (basis and self.narrative.is_under(sentence.clause, DONE)):
            return  # a thing to be done, not an act of its own
        if kind in UNSAID and not basis and not (kind != "指示" and self._is_by_author(sentence)):
            return
        whole = Measure(kind, self._place(sentence, first, act), authority, (), basis, date, deadline)
        if self._is_of_today(sentence, date):
            self._today.setdefault(kind, whole)
            self.timing.is_of_today = True
        whole = self._filled(sentence, whole)
        if whole.is_filed:
            yield replace(whole, authority=None)
            return
        whom = self.respondents.of(sentence, act)
        if not whom and act.lastgroup in RECEIVED and self.author and not self._is_own(authority):
            whom = (Party(self.author.words, self.author.place),)  # an office tells what another did to it
        if not whom and self._is_own(authority):
            self._unsaid.append((sentence, whole))
        for party in whom:
            own = self.timing.of_party(sentence, party, act.start())
            yield replace(whole, respondents=(party,), date=own or whole.date)
        yield from self._in_items(sentence, whole, act)

    def _is_of_today(self, sentence: Sentence, date: Dated | None) -> bool:
        """Whether a sentence announces what the document is about: done 本日, or on its day, before clause one."""
        day = self.timing.day
        is_dated = date is not None and day is not None and date.value == day.value
        return "本日" in sentence.text or (is_dated and sentence.clause.kind is ClauseKind.FRONT)

    def _says_today(self, sentence: Sentence) -> bool:
        day = self.timing.day
        days = {one.value for one in self.timing.days.of(sentence)}
        return "本日" in sentence.text or (day is not None and day.value in days)

    def _is_by_author(self, sentence: Sentence) -> bool:
        return self.author is not None and sentence.printed().startswith(self.author.words + "は")

    def _filled(self, sentence: Sentence, whole: Measure) -> Measure:
        """The measure with what the sentence that announced it (本日、…命令を行った) says of it."""
        announced = self._today.get(whole.kind)
        if announced is None:
            return whole
        deadline = whole.deadline
        is_demand = whole.kind not in _NO_TERM
        if (
            deadline is None
            and is_demand
            and (_ASKS.search(sentence.text) or whole.kind.endswith(("改善命令", "報告徴収")))
        ):
            deadline = self.timing.ordered()
        if deadline is None and is_demand:
            deadline = self.timing.following(sentence)
        return replace(
            whole, basis=whole.basis or announced.basis, date=whole.date or announced.date, deadline=deadline
        )

    def _place(self, sentence: Sentence, first: int, act: re.Match[str]) -> Place:
        """The sentence, from where the act before it ended to the end of its own predicate."""
        closed = re.compile(r"[^、。]*[、。]?").match(sentence.text, act.end())
        return sentence.place(first, closed.end() if closed else act.end())

    def _basis(self, sentence: Sentence, first: int, end: int, kind: str) -> tuple[Provision, ...]:
        here = said_of(
            sentence,
            provisions(self.narrative, sentence),
            lambda start, stop: first <= start < end and _is_ground(sentence.text, stop, end),
        )
        if here:
            return here
        if first and _JOINED.match(sentence.text, first, end) and (shared := self._basis(sentence, 0, first, kind)):
            return shared
        for heading in self.narrative.above(sentence.clause):
            named = provisions(self.narrative, heading)
            if named and kind in {kind_of(m.group()) for m in re.finditer(NOUN, heading.text)}:
                return named
        return ()

    def _in_items(self, sentence: Sentence, whole: Measure, act: re.Match[str]) -> Iterator[Measure]:
        """The deadlines that stand in items: 次に掲げる事項について、それぞれの期限までに報告するよう求める."""
        if whole.deadline or "それぞれの期限" not in sentence.text:
            return
        children = self.narrative.document.children.get(sentence.clause.path, ())
        for line in (s for child in children for s in self.narrative.body(child.path)):
            deadline = self.timing.terms(line)
            meant = self.respondents.meant(line) or self.respondents.of(sentence, act)
            for party in meant if deadline else ():
                yield replace(whole, respondents=(party,), place=line.place(), deadline=deadline)


def _is_ground(text: str, start: int, end: int) -> bool:
    return _GROUND.match(text, start) is not None and not _OTHER.search(text, start, end)


def _by_their_names(found: Sequence[Measure]) -> Iterator[Measure]:
    """The measures without 行政処分 where the same party is told on the same day what it was: 改善命令."""
    named = {
        (party.name, one.date.value if one.date else None)
        for one in found
        for party in one.respondents
        if one.kind not in (GENERAL, *_NO_TERM, "報告徴収") and not one.is_filed
    }
    for one in found:
        day = one.date.value if one.date else None
        if one.kind != GENERAL or not any((party.name, day) in named for party in one.respondents):
            yield one
