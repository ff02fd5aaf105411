"""Measures: what an authority did to whom, on which legal basis, on which day, and until when it asks for what.

An act is a predicate (勧告する。, 報告するよう求める。, 立入検査を行った。) or a noun in a list that one predicate
closes (指導及び報告等の求めを実施する); 勧告したことに対し and 勧告の内容 only speak of one. What the sentence does
not say is read from the heading over it (法第147条に基づく指導) and from nowhere else: an act in the present
tense is done on the day of the document, an act in the past without a day on the day named before it in
its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from compliance.authority import acting
from compliance.days import Day, Days, span_of
from compliance.narrative import ASIDE, Narrative, Place, Sentence, Words
from compliance.parties import Parties, Party, listed
from compliance.provisions import Provision, provisions, said_of
from law.reference import ReferenceKind

_KINDS: tuple[tuple[str, str], ...] = (
    ("業務改善命令", r"業務改善命令"),
    ("業務停止命令", r"(?:一部)?業務(?:の(?:全部又は)?一部の?)?停止命令"),
    ("排除措置命令", r"排除措置命令"),
    ("課徴金納付命令", r"課徴金納付命令"),
    ("措置命令", r"(?<!排除)措置命令"),
    ("報告命令", r"報告(?:徴求)?命令|報告するよう命令"),
    ("立入検査", r"立入検査"),
    ("報告徴収", r"報告(?:等)?の求め|報告(?:の)?徴収|報告徴求(?!命令)|報告(?:等)?(?:する)?(?:よう|こと)?を?求め"),
    ("刑事告発", r"(?:刑事)?告発"),
    ("不祥事件届出", r"不祥事件(?:等)?(?:の)?届出?"),
    ("注意喚起", r"注意喚起"),
    ("登録取消し", r"登録(?:の)?取消し?"),
    ("勧告", r"勧告"),
    ("指導", r"(?:行政|文書|口頭)?指導"),
    ("警告", r"警告"),
    ("命令", r"命令|命じ"),
)
"""What a measure is called, and how it is written; the special before the general."""

_NOUN = "|".join(form for _, form in _KINDS)
_NAMED = tuple((kind, re.compile(rf"(?:{form})$")) for kind, form in _KINDS)
# を行う, を行った, を実施することとし, を発出しました, を講じた
_DO = (
    r"を(?:行(?:う(?!ことが)|い(?:ました|ます)?(?=[、。]|まし|$)|った(?!こと|者)|っ)"
    r"|実施(?:する|し(?=[、た。])|いたし)|発出|講じ|発し)"
)
_END = r"(?=。|、|$|とともに|こととし|ものとする|ところ|ので|予定)"
_SAHEN = rf"(?:する|した|しました|します|いたしました|している){_END}"
_ASIDE = r"(?:\([^()]*\))?"
_LISTED = rf"(?:{_NOUN})(?:等)?(?={_ASIDE}(?:(?:を?、|及び|並びに)[^。、]{{0,60}}?(?:{_NOUN})(?:等)?{_ASIDE})*{_DO})"
_ASKED = r"報告(?:等)?(?:する)?(?:よう|こと)?を?求め(?=る。|る$|た。|、|まし|ること|てい)"
_ACT = re.compile(
    rf"(?P<listed>{_LISTED})|(?P<asked>{_ASKED})"
    rf"|(?P<sahen>(?:{_NOUN})(?={_SAHEN}|した(?:ため|ほか)))"
    r"|(?P<bare>(?:不祥事件届出|報告するよう命令|命令|勧告|行政指導)(?=。$|$))"
    rf"|(?P<ordered>命じ(?=た|る|まし))|(?P<called>注意喚起(?=する(?:こと|もの)))"
    rf"|(?P<received>(?:{_NOUN})(?=を受け(?:、|て|た)|に対し、[^。]*提出))"
)
_OPINION = re.compile(r"(?P<所見>必要があると認められる)(?=。|$)|(?P<継続検査>引き続き(?:検査|監査|調査)していくこと)")
_AT = re.compile(r"(?P<day>まで(?:に|$))")
_TERM = re.compile(
    r"今後\d+[年か月ヵヶ]{1,2}(?:間)?、?(?:\d+[年か月ヵヶ]{1,2}|毎[年月]|四半期)ごと|定期的(?=に)|\d+(?:日|週間|か月|月|年)以内"
)
_GROUND = re.compile(r"(?:\([^()]*\))*(?:の(?:各)?規定)?(?:に基づ|によ|をもって|に規定する|、|に該当するものとして)")
_OTHER = re.compile(rf"(?:実施|行|発出)(?:した|った|し)(?:{_NOUN})")
"""Another act, that the provision before it belongs to: 法第146条第１項の規定により実施した報告等の求めに対し."""
_PAST = re.compile(r"^(?:等)?(?:を)?(?:し)?(?:行った|行い|行っ|実施し|発出し|した|しました|た。|。$|$|求めた|まし|て)")
_ORDER = re.compile(r"(?:命令|指示|処分|勧告|措置)の(?:内容|概要)")
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
    _last: dict[str, Dated] = field(default_factory=dict)
    _today: dict[str, Measure] = field(default_factory=dict)

    def read(self) -> tuple[Measure, ...]:
        """Every measure the narrative tells, in reading order; the same act may be told twice."""
        found: list[Measure] = []
        for sentence in self.narrative.sentences:
            if sentence.is_heading or sentence.clause.kind in ASIDE:
                continue
            for first, act, kind in _acts(sentence):
                found.extend(self._measure(sentence, first, act, kind))
            if self.days.of(sentence):
                day = self.days.of(sentence)[0]
                if day.start == 0:
                    self._last[sentence.clause.path] = _dated(sentence, (day,))
        return tuple(found)

    def _measure(self, sentence: Sentence, first: int, act: re.Match[str], kind: str) -> Iterator[Measure]:
        authority = acting(sentence, act.start()) or self.author
        basis = self._basis(sentence, first, act.start(), kind)
        deadline = self._deadline(sentence, first, act)
        date = self._date(sentence, act)
        if kind == "報告徴収" and act.lastgroup == "asked" and not (basis or deadline):
            return  # a question in the course of an inspection
        whole = Measure(kind, self._place(sentence, first, act), authority, (), basis, date, deadline)
        if "本日" in sentence.text:
            self._today.setdefault(kind, whole)
        whole = self._filled(sentence, whole)
        if whole.is_filed:
            yield replace(whole, authority=None)
            return
        for party in self._respondents(sentence, act):
            own = self._own_date(sentence, party, act.start())
            yield replace(whole, respondents=(party,), date=own or whole.date)
        yield from self._in_items(sentence, whole, act)

    def _filled(self, sentence: Sentence, whole: Measure) -> Measure:
        """The measure with what the sentence that announced it (本日、…命令を行った) says of it."""
        announced = self._today.get(whole.kind)
        if announced is None:
            return whole
        deadline = whole.deadline
        if "下記" in sentence.text and deadline is None:
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
            if named and kind in {_kind(m.group()) for m in re.finditer(_NOUN, heading.text)}:
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
        until = [d for d in until if not re.match(r"付け?|現在|時点", text[d.end :])]
        path = sentence.clause.path
        if act.lastgroup == "received":
            before = re.match(r"[^、。]{0,12}$", text[until[-1].end : act.start()]) if until else None
            return _dated(sentence, until[-1:]) if before or (re.match(r"^\d", text) and until) else None
        if until:
            self._last[path] = _dated(sentence, until)
            return self._last[path]
        if act.lastgroup == "called":
            return None  # it is said why one would, not that it is done today
        past = _PAST.match(text[act.end() :])
        if past and "本日" not in text:
            return self._last.get(path)
        return self.day

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
                return found
        if act.lastgroup == "received":
            return self.parties.of(sentence) or self.parties.publisher
        return self.parties.of(sentence) or self._possessed(text[: act.start()]) or self._called(sentence, act)

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
        if text.endswith(("両社", "各社", "両者", "３社", "3社")):
            return self.parties.of(sentence)
        together = [n for n in self.parties.named(text) if n.end == len(re.sub(r"(?:\([^()]*\)|等)$", "", text))]
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


def addressees(narrative: Narrative, parties: Parties) -> tuple[Party, ...]:
    """The parties that measures name plainly (金融庁から、日本鉄道及びみなと銀行に対して…命令), not by a form."""
    found: list[Party] = []
    for sentence in narrative.sentences:
        if sentence.is_heading or sentence.clause.kind in ASIDE:
            continue
        for _, act, kind in _acts(sentence):
            form = (
                r"ついては、([^、。]+(?:、[^、。]{2,15})*?及び[^、。]+|[^、。]+)において、"
                if kind == "所見"
                else _DATIVE
            )
            for dative in re.finditer(form, sentence.text[: act.start()]):
                found.extend(listed(sentence, *dative.span(1)))
    known = {form for party in parties.known for form in (party.name, *party.shorts)} | parties.authors
    return tuple(dict.fromkeys(party for party in found if party.name not in known))


# 金融庁から、日本鉄道、日本航路及びみなと銀行に対して; 総務省は、本日、みなと放送に対し
_DATIVE = (
    r"(?:から、|より、|は、|本日、|日、)"
    r"((?:[^、。はが]{2,20}、)*?[^、。はが]{2,20}(?:(?:及び|並びに)[^、。はが]{2,20})?)(?:\([^()]*\))?に対し"
)


def _chain(parties: Parties, text: str) -> tuple[Party, ...]:
    return parties.topics(re.sub(r"(?:\([^()]*\)|等)$", "", text) + "に対し")


def _is_ground(text: str, start: int, end: int) -> bool:
    return _GROUND.match(text, start) is not None and not _OTHER.search(text, start, end)


def _acts(sentence: Sentence) -> Iterator[tuple[int, re.Match[str], str]]:
    """The acts of a sentence, each with where its own words begin and what it is called."""
    first = 0
    for act in _ACT.finditer(sentence.text):
        yield first, act, _kind(act.group())
        first = act.end()
    for act in _OPINION.finditer(sentence.text):
        yield 0, act, act.lastgroup or ""


def _kind(noun: str) -> str:
    return next((kind for kind, form in _NAMED if form.search(noun.removesuffix("等"))), noun)


def _dated(sentence: Sentence, days: Sequence[Day], extra: int = 0) -> Dated:
    value = span_of(sentence.text, days) or ""
    last = days[0]
    for day in days[1:]:
        if value.endswith(day.value) and "/" in value:
            last = day
    end = min(last.end + extra, len(sentence.text))
    return Dated(value, sentence.place(days[0].start, end), days[0].evidence)
