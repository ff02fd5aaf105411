"""Measures: what an authority did to whom, on which legal basis, on which day, and until when it asks for what.

The acts are those of `compliance.case.acts`. What the sentence does not say is read from the heading over it
(法第147条に基づく指導) and from nowhere else: an act in the present tense is done on the day of the document,
an act in the past without a day on the day named before it in its clause. 行政処分を行った is as many measures as
the part on its contents names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from compliance.case.acts import GENERAL, NOUN, UNSAID, acts, closing, kind_of
from compliance.case.authority import acting
from compliance.case.days import Day, Days, span_of
from compliance.case.narrative import ASIDE, Narrative, Place, Sentence, Words
from compliance.case.parties import Parties, Party
from compliance.case.provisions import Provision, provisions, said_of
from law.document import ClauseKind
from law.reference import ReferenceKind

_AT = re.compile(r"(?P<day>まで(?:に|$))")
_TERM = re.compile(
    r"今後\d+[年か月ヵヶ]{1,2}(?:間)?、?(?:\d+[年か月ヵヶ]{1,2}|毎[年月]|四半期)ごと|定期的(?=に)|\d+(?:日|週間|か月|月|年)以内"
)
_GROUND = re.compile(r"(?:\([^()]*\))*(?:の(?:各)?規定)?(?:に基づ|によ|をもって|に規定する|、|に該当するものとして)")
_OTHER = re.compile(rf"(?:実施|行|発出)(?:した|った|し)(?:{NOUN})")
"""Another act, that the provision before it belongs to: 法第146条第１項の規定により実施した報告等の求めに対し."""
_PAST = re.compile(r"^(?:等)?(?:を)?(?:し)?(?:行った|行い|行っ|実施し|発出し|した|しました|た。|。$|$|求めた|まし|て)")
_ORDER = re.compile(r"(?:命令|指示|処分|勧告|措置)の(?:内容|概要)")
_CONTENT = re.compile(r"(?:処分|命令|指示)(?:等)?の?(?:内容|概要)$|行政処分(?:等)?の内容")
"""The heading of the part on what a measure is."""
_INQUIRIES = ("立入検査", "報告徴収")
"""Acts that ask for nothing to be mended."""
_FINDING = re.compile(r"(?:等)?(?:を)?(?:実施|行)[^、。]{0,4}ところ")
"""Behind an act that was over before what the sentence is about: 立入検査を実施したところ、…、本日、…."""
_DONE = re.compile(
    r"(?:処分|命令|勧告|指導|措置|対応)(?:等)?の?(?:内容|概要)$|(?:委員会|[省庁局部])の?対応$|行政上の対応$"
)
"""The heading of the part on what the authority did on the day of the document."""
_WHOM = re.compile(
    r"名宛人|被処分|処分(?:の)?対象|対象(?:事業者|業者)|違反(?:行為者|事業者)|(?:事業者|会社|法人|業者|違反行為者|関係人|処分を受けた者)等?の(?:名称|概要)"
)
"""The heading of the part that names whom it is done to."""
_OTHER_DAY = re.compile(r"付け?|現在|時点|に(?:発生し|発覚し|判明し|公表し|公表された|受領し)た")
"""What stands behind a day on which something else was than the act."""
_TOGETHER_THEY = re.compile(r"(?:両社|各社|両者|\d社)$")
_TAIL = re.compile(r"(?:\([^()]*\)|等|の\d+社|の両[社者])+$")
"""What stands between names and に対し: 甲社及び乙社の２社（以下「２社」という。）."""
_TAIL_OF = re.compile(r"^\([^()]*\)")
_SUPERIOR = re.compile(r"(?:大臣|長官|知事)$")
_EXAMINED = re.compile(r"を(?:検査|調査)した|に対(?:する|し)(?:て)?(?:検査|調査)")
_TOGETHER = re.compile(r"(?:併せて|あわせて|同時に|また、これと)")
_BEHALF = re.compile(r"に対し(?:て)?|に対する")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in ISO, an interval, or a term as printed; and the words that say it."""

    value: str
    place: Place
    evidence: Place | None = None
    """Where the era was read, when the date does not name it."""


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
    days: Days
    parties: Parties
    author: Words | None
    day: Dated | None
    """The day of the document."""
    addressee: Party | None = None
    """To whom the document is addressed."""
    _last: dict[str, Dated] = field(default_factory=dict)
    _latest: Dated | None = None
    """The day of the act told last, for one that is told to be done together with it."""
    _today: dict[str, Measure] = field(default_factory=dict)
    _unsaid: list[tuple[Sentence, Measure]] = field(default_factory=list)
    """What sentences tell without naming whom it is done to."""

    def read(self) -> tuple[Measure, ...]:
        """Every measure the narrative tells, in reading order; the same act may be told twice."""
        found: list[Measure] = []
        self._unsaid = []
        for sentence in self.narrative.sentences:
            if sentence.is_heading or sentence.clause.kind in ASIDE:
                continue
            for act in acts(sentence):
                found.extend(self._measure(sentence, act.first, act.found, act.kind))
            if self.days.of(sentence):
                day = self.days.of(sentence)[0]
                if day.start == 0:
                    self._last[sentence.clause.path] = _dated(sentence, (day,))
        found.extend(self._of_those_named_elsewhere(found))
        if not any(self._is_own(one.authority) for one in found):
            found.extend(self._tabled())
        return tuple(one for whole in found for one in self._specified(whole))

    def _of_those_named_elsewhere(self, found: Sequence[Measure]) -> Iterator[Measure]:
        """The author's acts that name nobody (下記の事業者に対し), done to whom another part names.

        An act that a sentence elsewhere tells of somebody by name is not told again for others.
        """
        own = [one for one in found if self._is_own(one.authority)]
        whom = {party for one in own for party in one.respondents}
        told = {one.kind for one in own}
        for sentence, whole in self._unsaid:
            parties = () if whole.kind in told else self._below(sentence, whole.kind)
            if not parties and len(whom) == 1 and self.narrative.is_under(sentence.clause, _DONE):
                parties = tuple(whom)
            yield from (replace(whole, respondents=(party,)) for party in parties)

    def _tabled(self) -> Iterator[Measure]:
        """The measures of a paper that only lists them, with whom and why, under headings of their own."""
        if self.author is None or self.day is None:
            return
        lines = [s for s in self.narrative.sentences if self.narrative.is_under(s.clause, _WHOM)]
        whom = tuple(dict.fromkeys(n.party for s in lines for n in self.parties.named(s.text)[:1]))
        whole = Measure(GENERAL, self.day.place, self.author, whom, date=self.day)
        yield from (one for one in self._specified(whole) if one is not whole)

    def _is_own(self, authority: Words | None) -> bool:
        """Whether an authority is the one that wrote the document."""
        return authority is not None and self.author is not None and authority.words == self.author.words

    def _specified(self, whole: Measure) -> Sequence[Measure]:
        """What 行政処分 was, where the part on its contents names it; else the measure as it is."""
        if whole.kind != GENERAL:
            return (whole,)
        named: list[Measure] = []
        for sentence in self.narrative.sentences:
            told = closing(sentence) if self.narrative.is_under(sentence.clause, _CONTENT) else None
            if told is not None and told[1] != GENERAL and whole.respondents:
                named.extend(self._named(sentence, told[1], whole))
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
        deadline = whole.deadline or (self._ordered() if kind.endswith("改善命令") else None)
        for party in dict.fromkeys(whom or whole.respondents):
            yield replace(
                whole, kind=kind, place=sentence.place(), respondents=(party,), basis=basis or whole.basis,
                deadline=deadline,
            )  # fmt: skip

    def _measure(self, sentence: Sentence, first: int, act: re.Match[str], kind: str) -> Iterator[Measure]:
        authority = acting(sentence, act.start()) or self.author
        basis = self._basis(sentence, first, act.start(), kind)
        deadline = self._deadline(sentence, first, act)
        date = self._date(sentence, act)
        if kind == "報告徴収" and act.lastgroup == "asked" and not (basis or deadline):
            return  # a question in the course of an inspection
        if kind in UNSAID and not basis and not (kind != "指示" and self._is_by_author(sentence)):
            return
        whole = Measure(kind, self._place(sentence, first, act), authority, (), basis, date, deadline)
        if self._is_of_today(sentence, date):
            self._today.setdefault(kind, whole)
        whole = self._filled(sentence, whole)
        if whole.is_filed:
            yield replace(whole, authority=None)
            return
        whom = self._respondents(sentence, act)
        if not whom and self._is_own(authority):
            self._unsaid.append((sentence, whole))
        for party in whom:
            own = self._own_date(sentence, party, act.start())
            yield replace(whole, respondents=(party,), date=own or whole.date)
        yield from self._in_items(sentence, whole, act)

    def _is_of_today(self, sentence: Sentence, date: Dated | None) -> bool:
        """Whether a sentence announces what the document is about: done 本日, or on its day, before clause one."""
        is_dated = date is not None and self.day is not None and date.value == self.day.value
        return "本日" in sentence.text or (is_dated and sentence.clause.kind is ClauseKind.FRONT)

    def _is_by_author(self, sentence: Sentence) -> bool:
        return self.author is not None and sentence.printed().startswith(self.author.words + "は")

    def _filled(self, sentence: Sentence, whole: Measure) -> Measure:
        """The measure with what the sentence that announced it (本日、…命令を行った) says of it."""
        announced = self._today.get(whole.kind)
        if announced is None:
            return whole
        deadline = whole.deadline
        is_demand = whole.kind not in _INQUIRIES
        if deadline is None and is_demand and ("下記" in sentence.text or whole.kind.endswith("改善命令")):
            deadline = self._ordered()
        return replace(
            whole, basis=whole.basis or announced.basis, date=whole.date or announced.date, deadline=deadline
        )

    def _ordered(self) -> Dated | None:
        """The day until which the part on what is ordered asks for a plan or a report."""
        for sentence in self.narrative.sentences:
            if not sentence.is_heading and self.narrative.is_under(sentence.clause, _ORDER):
                for day in self.days.of(sentence):
                    if re.compile(r"までに[^。]{0,12}(?:提出|報告)").match(sentence.text, day.end):
                        return _dated(sentence, (day,), extra=2)
        return None

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
        for heading in self.narrative.above(sentence.clause):
            named = provisions(self.narrative, heading)
            if named and kind in {kind_of(m.group()) for m in re.finditer(NOUN, heading.text)}:
                return named
        return ()

    def _deadline(self, sentence: Sentence, first: int, act: re.Match[str]) -> Dated | None:
        text = sentence.text
        until = [d for d in self.days.of(sentence) if first <= d.start < act.start() and _AT.match(text, d.end)]
        if until:
            return _dated(sentence, until[-1:], extra=2)
        stop = len(text) if re.search(r"報告させ", text[act.end() :]) else act.end()
        term = next((m for m in _TERM.finditer(text, first, stop)), None)
        asks = act.group() != "指導" and (
            term is None or "報告" in act.group() or "報告" in text[term.end() : act.end()]
        )
        return Dated(sentence.printed(*term.span()), sentence.place(*term.span())) if term and asks else None

    def _date(self, sentence: Sentence, act: re.Match[str]) -> Dated | None:
        text = sentence.text
        until = [d for d in self.days.of(sentence) if d.end <= act.start() and not _AT.match(text, d.end)]
        on = [d for d in until if re.match(r"付け?で", text[d.end :])]
        until = [d for d in until if not _OTHER_DAY.match(text[d.end :])] or on[-1:]
        path = sentence.clause.path
        if act.lastgroup == "through":  # a day in a bracket is another's: 立入検査（９月19日通知）及び報告徴求
            until = [d for d in until if text.count("(", 0, d.start) == text.count(")", 0, d.start)]
        if act.lastgroup == "received" and "本日" in text[: act.start()]:
            return self.day
        if act.lastgroup == "received":
            before = re.match(r"[^、。]{0,12}$|に[^、。]{0,80}$", text[until[-1].end : act.start()]) if until else None
            return _dated(sentence, until[-1:]) if before or (re.match(r"^\d", text) and until) else None
        if until:
            self._last[path] = self._latest = _dated(sentence, until)
            return self._last[path]
        if act.lastgroup in ("called", "through"):
            return None  # it is said why one would, or what came of it, not that it is done today
        if _FINDING.match(text, act.end()):
            return None
        past = _PAST.match(text[act.end() :])
        if past and "本日" not in text:
            together = self._latest if _TOGETHER.match(text) else None
            return self._last.get(path) or together or self._announced(sentence)
        if "本日" in text and self.day is not None:  # and of what is told next: また、…報告するよう求めました
            self._last[path] = self._latest = self.day
        if self.day is not None:
            self._last[path] = self.day
        return self.day

    def _announced(self, sentence: Sentence) -> Dated | None:
        """The day of the document for what its part on the measures tells, where it says that it acts on that day."""
        return self.day if self._today and self.narrative.is_under(sentence.clause, _DONE) else None

    def _own_date(self, sentence: Sentence, party: Party, end: int) -> Dated | None:
        """The day that stands right before a party: 同年６月19日に甲社、同月20日に乙社に対し."""
        for named in self.parties.named(sentence.text[:end]):
            if named.party == party:
                for day in self.days.of(sentence):
                    if day.end <= named.start and sentence.text[day.end : named.start] in ("に", "に、", "、", ""):
                        return _dated(sentence, self.days.of(sentence)[self.days.of(sentence).index(day) :])
        return None

    def _respondents(self, sentence: Sentence, act: re.Match[str]) -> tuple[Party, ...]:
        text = sentence.text
        addressed = self._material(sentence)
        if addressed:
            return addressed
        for tail in reversed(list(_BEHALF.finditer(text, 0, act.start()))):
            found = self._before(sentence, tail.start())
            if found:
                return self._examined(text) or found if all(_SUPERIOR.search(p.name) for p in found) else found
        if act.lastgroup == "received":
            return self.parties.of(sentence) or self.parties.publisher
        named = self.parties.of(sentence) or self._possessed(text[: act.start()]) or self._called(sentence, act)
        return named or self._addressed(sentence)

    def _addressed(self, sentence: Sentence) -> tuple[Party, ...]:
        """The addressee, for what the words before the first clause do: 標記について、…是正の処置を求める。"""
        return (self.addressee,) if self.addressee and sentence.clause.kind is ClauseKind.FRONT else ()

    def _below(self, sentence: Sentence, kind: str) -> tuple[Party, ...]:
        """Those whom the part on the addressees names, for a sentence that says 下記の事業者に対し or nobody."""
        if self.parties.scope(sentence.clause):
            return ()
        lines = [s for s in self.narrative.sentences if self.narrative.is_under(s.clause, _WHOM)]
        found = [n.party for s in lines for n in self.parties.named(s.text)[:1]]
        return self._obliged(kind, found) or tuple(dict.fromkeys(found))

    def _obliged(self, kind: str, among: Sequence[Party]) -> tuple[Party, ...]:
        """Those of some whom the part on a measure says that they must do a thing: not all need get each order."""
        part = re.compile(rf"{kind}の?(?:概要|内容)$")
        lines = [s for s in self.narrative.sentences if self.narrative.is_under(s.clause, part)]
        return tuple(dict.fromkeys(p for s in lines for p in self.parties.topics(s.text) if p in among))

    def _examined(self, text: str) -> tuple[Party, ...]:
        """Whom a recommendation to a minister is about: 甲証券を検査した結果、…金融庁長官に対し、…勧告した。"""
        return tuple(n.party for n in self.parties.named(text) if _EXAMINED.match(_TAIL_OF.sub("", text[n.end :])))

    def _called(self, sentence: Sentence, act: re.Match[str]) -> tuple[Party, ...]:
        """The parties under whose heading the short name of the act stands: 勧告等（以下「前回勧告等」という。）."""
        short = re.compile(r"[^。]{0,60}?\(以下「([^」]+)」という").match(sentence.text, act.end())
        for heading in self.narrative.sentences if short else ():
            if heading.is_heading and short and short.group(1) in heading.text and self.parties.scope(heading.clause):
                return self.parties.scope(heading.clause)
        return ()

    def _before(self, sentence: Sentence, end: int) -> tuple[Party, ...]:
        """The parties that a dative ends: 甲社及び乙社に対し; plain names are learnt beforehand (`addressees`)."""
        text = sentence.text[:end]
        if _TOGETHER_THEY.search(text):
            return self.parties.of(sentence)
        together = [n for n in self.parties.named(text) if n.end == len(_TAIL.sub("", text))]
        return self.parties.topics(text[: together[-1].end] + "は") and _chain(self.parties, text) if together else ()

    def _possessed(self, text: str) -> tuple[Party, ...]:
        return tuple(n.party for n in self.parties.named(text) if text[n.end : n.end + 1] == "の")

    def _material(self, sentence: Sentence) -> tuple[Party, ...]:
        """Those whom the paper addresses that a sentence points to: 資料１－４のとおり注意喚起を行う."""
        span = sentence.place().span
        targets = {r.target for r in self.narrative.references if r.kind is ReferenceKind.SELF and r.span in span}
        return tuple(p for p in self.parties.known if p.is_general and p.place.clause in targets)

    def _in_items(self, sentence: Sentence, whole: Measure, act: re.Match[str]) -> Iterator[Measure]:
        """The deadlines that stand in items: 次に掲げる事項について、それぞれの期限までに報告するよう求める."""
        if whole.deadline or "それぞれの期限" not in sentence.text:
            return
        children = self.narrative.document.children.get(sentence.clause.path, ())
        for line in (s for child in children for s in self.narrative.body(child.path)):
            until = [d for d in self.days.of(line) if _AT.match(line.text, d.end)]
            meant = self._meant(line) or self._respondents(sentence, act)
            for party in meant if until else ():
                deadline = _dated(line, until[-1:], extra=2)
                yield replace(whole, respondents=(party,), place=line.place(), deadline=deadline)

    def _meant(self, line: Sentence) -> tuple[Party, ...]:
        """The party under whose heading the clause stands that a line refers to."""
        span = line.place().span
        targets = [r.target for r in self.narrative.references if r.kind is ReferenceKind.SELF and r.span in span]
        clauses = [self.narrative.document.by_path[t] for t in targets if t in self.narrative.document.by_path]
        scopes = {party.name: party for clause in clauses for party in self.parties.scope(clause)}
        return tuple(scopes.values())


def _chain(parties: Parties, text: str) -> tuple[Party, ...]:
    return parties.topics(_TAIL.sub("", text) + "に対し")


def _is_ground(text: str, start: int, end: int) -> bool:
    return _GROUND.match(text, start) is not None and not _OTHER.search(text, start, end)


def _dated(sentence: Sentence, days: Sequence[Day], extra: int = 0) -> Dated:
    value = span_of(sentence.text, days) or ""
    last = days[0]
    for day in days[1:]:
        if value.endswith(day.value) and "/" in value:
            last = day
    end = min(last.end + extra, len(sentence.text))
    return Dated(value, sentence.place(days[0].start, end), days[0].evidence)
