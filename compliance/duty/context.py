"""What surrounds a normative sentence: the sentences of a document, and what each takes from the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, takewhile

from compliance.duty.actors import addressee, charged, given_names, headed, subject, topic
from compliance.duty.levels import Level
from compliance.duty.norms import Predicate, is_demand, masked, predicates
from index.excerpt import plain
from law.document import Clause, ClauseKind, Document
from law.reference import Reference
from law.sentence import sentences
from law.span import Span

_COMMA = re.compile(r"(?<![0-9０-９])，|，(?![0-9０-９])")
"""The comma of older public documents, where it parts no thousands."""
_NARRATED = re.compile(r"(?:た|ている|ていた|であった|でした|ました|ています|ておりません)(?:〓)*。$")
_NARRATIVE = 0.35
"""Share of told sentences from which a document is a report: guidelines have none, reports half and more."""

_EXPLAINS = re.compile(
    r"^(?:.{0,12}の)?(?:目的|趣旨|意義|定義|用語|概要|背景|効果|目標)(?:等|について)?$|"
    r"(?:^|の|認定|選定|許可|登録|指定|判断|審査|評価|適用)(?:要件|基準|条件)(?:等|について)?$"
)
"""Headings under which …すること。 says what something is or when it holds, and tells nobody to do it."""
_AUTHORITY = re.compile(r"(?:当(?:委員会|庁|省|局|院|署)|本院|[委員]会|庁|省|大臣|局|当局|検査院|監査院)$")
_SELF = re.compile(
    r"^(?:この|本)(?:規則|法律|指針|ガイドライン|要領|省令|政令|府令|告示|条例|規程|実務指針|資料|通知|要綱|基準|規約|準則)は"
)
_LISTS = re.compile(r"(?:次|下記|以下|左|各号|それぞれ)(?:に掲げる|のいずれか|の|に)?")
_RELAXING = re.compile(
    r"^(?:[・\s　]*)(?:なお|ただし|但し)|代え|代わ|代替|省略|兼務|かかわらず|を要しない|"
    r"こと(?:も|でも)(?:でき|可能|認め|差し?支え|妨げ)"
)
_PROVISO = re.compile(r"^(?:ただし|但し)")
_NO_LIMIT = re.compile(r"この限りで(?:は)?(?:ない|ありません)|適用(?:し|され)(?:ない|ません)")
_CARRIED = re.compile(r"^(?:この場合|その場合|その際|この際)")
_ASIDE = re.compile(r"^(?:なお|ただし|但し)")
_HEARD = re.compile(
    r"([^、。（）をに]*(?:委員会|庁|省|大臣|当局|監督当局等|局|長官|知事))(?:及び[^、。]*)?(?:に対し、?|へ|に)(?=[^、。]*(?:報告|届け出|提出|通報))"
)
_FROM = re.compile(r"^(?:[0-9０-９年月日 　]*)([^、。]*(?:委員会|庁|省|大臣|局))から、")
_POLITE = re.compile(r"ます|です|ません")
_OPINION = (
    Level.MAY,
    Level.ACCEPTED,
    Level.NECESSARY,
    Level.CONCEIVABLE,
    Level.SHALL,
    Level.INTENDED,
    Level.CANNOT,
    Level.ENOUGH,
    Level.NO_OBJECTION,
    Level.EXEMPT,
)
"""Levels that in a report tell of findings, abilities and the authority's own plans, unless it turns to the reader."""
_PERMISSIONS = (Level.MAY, Level.ACCEPTED, Level.ENOUGH, Level.NO_OBJECTION, Level.EXEMPT)


def is_permission(level: Level) -> bool:
    """Whether the level allows."""
    return level in _PERMISSIONS


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a clause; `words` are its characters, line feeds as spaces."""

    clause: Clause
    sentence: Span
    words: str

    def place(self, span: Span) -> Span:
        """The place in the document of a stretch of the words."""
        return span.moved(self.sentence.start)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A normative predicate in its sentence, and the part of the sentence that is its own."""

    unit: Unit
    predicate: Predicate
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """An actor's printed words and places, and whether they stand elsewhere."""

    words: str
    spans: tuple[Span, ...]
    implied: bool


class Context:
    """The sentences of one document, read once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._owned: dict[str, Names | None] = {}

    @cached_property
    def given(self) -> frozenset[str]:
        """The short names the document gives to persons."""
        return given_names(self.document.text)

    @cached_property
    def units(self) -> dict[str, tuple[Unit, ...]]:
        """The sentences of each clause; one that a page break cut in two is one."""
        return {clause.path: tuple(self._units(clause)) for clause in self.document.clauses}

    def _units(self, clause: Clause) -> Iterator[Unit]:
        text = self.document.text
        last: Span | None = None
        for span in (part for own in clause.own for part in sentences(text, own)):
            if last is not None and text[last.end - 1] == "、" and not text[last.end : span.start].strip():
                last = Span(last.start, span.end)
                continue
            if last is not None:
                yield Unit(clause, last, _read(last.of(text)))
            last = span
        if last is not None:
            yield Unit(clause, last, _read(last.of(text)))

    def spoken(self) -> Iterator[Spoken]:
        """Every normative predicate of the document, in reading order of its clauses."""
        for clause in self.document.clauses:
            for unit in self.units[clause.path]:
                yield from self._spoken(unit)

    def _spoken(self, unit: Unit) -> Iterator[Spoken]:
        if _SELF.match(unit.words):
            return
        start = 0
        found = [one for one in predicates(unit.words) if self._binds(unit, one)]
        for k, predicate in enumerate(found):
            end = len(unit.words) if k == len(found) - 1 else unit.words.find("、", predicate.surface.end) + 1
            yield Spoken(unit, predicate, start, end or len(unit.words))
            start = end

    def _binds(self, unit: Unit, predicate: Predicate) -> bool:
        """Whether a predicate lays something down here, rather than tells of it."""
        named = topic(unit.words, self.given)
        authority = named is None or self._is_authority(named.of(unit.words))
        if predicate.level is Level.EXPECTED and "期待" in predicate.surface.of(unit.words):
            return named is not None and not authority  # an effect is expected of no one
        if predicate.level is Level.INSTRUCTED:
            return not self._told(unit.clause) and (not authority or (named is None and self._instructs(unit)))
        if is_demand(predicate.level):
            return authority or predicate.level is Level.ORDER
        if predicate.level not in _OPINION or not self._told(unit.clause):
            return True
        if self._under_article(unit.clause) or _POLITE.search(predicate.surface.of(unit.words)):
            return True
        opinion = predicate.level is Level.NECESSARY and "認められる" in unit.words[predicate.surface.end :]
        return opinion and not authority

    def _instructs(self, unit: Unit) -> bool:
        """Whether an instruction that names nobody stands for itself: in no list, under no heading that explains."""
        above = (unit.clause, *self.document.ancestors(unit.clause))
        headings = (one.heading.of(self.document.text) for one in above if one.heading is not None)
        if any(_EXPLAINS.search(plain(heading)) for heading in headings):
            return False
        parent = self.units[above[1].path] if len(above) > 1 and unit.clause.heading is None else ()
        return not any(_LISTS.search(masked(one.words)) for one in parent)

    def _is_authority(self, words: str) -> bool:
        named = [one.value for one in self.document.about.authority]
        return _AUTHORITY.search(words) is not None or plain(words) in named

    def _under_article(self, clause: Clause) -> bool:
        return any(one.kind is ClauseKind.ARTICLE for one in (clause, *self.document.ancestors(clause)))

    def _told(self, clause: Clause) -> bool:
        return self._narratives[self._part(clause)]

    def _part(self, clause: Clause) -> str | None:
        line = (clause, *self.document.ancestors(clause))
        return next((one.path for one in line if one.kind is ClauseKind.MATERIAL), None)

    @cached_property
    def _narratives(self) -> dict[str | None, bool]:
        """Of each part of the file, whether it is a report: mostly told in the past."""
        told: Counter[str | None] = Counter()
        whole: Counter[str | None] = Counter()
        for clause in self.document.clauses:
            for unit in self.units[clause.path]:
                bare = masked(unit.words)
                if bare.rstrip("〓").endswith("。"):
                    whole[self._part(clause)] += 1
                    told[self._part(clause)] += _NARRATED.search(bare) is not None
        parts = {self._part(clause) for clause in self.document.clauses}
        return {part: told[part] >= _NARRATIVE * max(whole[part], 1) and whole[part] > 0 for part in parts}

    # -- who ------------------------------------------------------------------------------------

    def actor(self, spoken: Spoken) -> Names | None:
        """Who must, as this sentence says or its surroundings do; None where nobody is named at all."""
        if is_demand(spoken.predicate.level):
            return self._addressed(spoken.unit) or self._headed(spoken.unit.clause)
        clause = spoken.unit.clause
        known = self._named(spoken) or self._inherited(spoken.unit) or self._headed(clause, charged)
        if known is None and self._told(clause):
            return self._headed(clause)
        return known or self._beside(clause) or self._usual

    def _named(self, spoken: Spoken) -> Names | None:
        """Whom the sentence itself names; a topic with において narrows a subject with が."""
        unit = spoken.unit
        about = topic(unit.words, self.given)
        until = spoken.predicate.surface.start
        if about is None or unit.words.startswith(("において", "におかれ"), about.end):
            after = about.end if about else _last_condition(unit.words, until)
            doer = subject(unit.words, until, after)
            if about is not None and doer is not None:
                return self._names(unit, (about, doer))
            if doer is not None:
                return self._names(unit, (doer,))
        return self._names(unit, (about,)) if about is not None and about.end <= until else None

    def _names(self, unit: Unit, spans: Sequence[Span]) -> Names:
        words = "の".join(plain(one.of(unit.words)) for one in spans)
        return Names(words.strip(), tuple(unit.place(one) for one in spans), implied=False)

    def _inherited(self, unit: Unit) -> Names | None:
        earlier = [one for one in self.units[unit.clause.path] if one.sentence.start < unit.sentence.start]
        if _CARRIED.match(unit.words):
            earlier.reverse()
        else:
            earlier.sort(key=lambda one: _ASIDE.match(one.words) is not None)
        above = [one for parent in self.document.ancestors(unit.clause) for one in self.units[parent.path]]
        for one in chain(earlier, (one for one in above if not self._only_allows(one))):
            names = self._topic_of(one)
            if names is not None:
                return replace(names, implied=True)
        return None

    def _only_allows(self, unit: Unit) -> bool:
        """Whether a sentence only permits: whom it names need not be whom the clauses below bind."""
        return all(is_permission(one.level) for one in predicates(unit.words))

    def _beside(self, clause: Clause) -> Names | None:
        """Whom the items before it in its list name: (2) goes on with the actor of (1)."""
        line = self.document.children.get(clause.parent or "", ()) if clause.heading is None else ()
        elders = takewhile(lambda one: one.path != clause.path, line)
        named = [names for elder in elders if (names := self._own(elder.path)) is not None]
        return replace(named[-1], implied=True) if named else None

    def _own(self, path: str) -> Names | None:
        """The actor that a clause itself names first."""
        if path not in self._owned:
            self._owned[path] = next((names for one in self.units[path] if (names := self._topic_of(one))), None)
        return self._owned[path]

    def _topic_of(self, unit: Unit) -> Names | None:
        """The actor of a sentence that binds; one that does not name one lends none."""
        found = next(self._spoken(unit), None)
        if found is None or is_demand(found.predicate.level):
            return None
        return self._named(found)

    @cached_property
    def _usual(self) -> Names | None:
        """The actor most sentences name, where it is most of them: whom the document is for."""
        named = [names for spoken in self.spoken() if (names := self._named(spoken))]
        counted = Counter(names.words for names in named).most_common(1)
        if not counted or counted[0][1] < max(2, len(named) / 2):
            return None
        return replace(next(names for names in named if names.words == counted[0][0]), implied=True)

    def _addressed(self, unit: Unit) -> Names | None:
        found = addressee(unit.words)
        return self._names(unit, (found,)) if found else None

    def _headed(self, clause: Clause, reads: Callable[[str], Span | None] = headed) -> Names | None:
        """Whom the headings over a sentence put it to, the nearest first."""
        for one in (clause, *self.document.ancestors(clause)):
            if one.heading is not None and (found := reads(one.heading.of(self.document.text))):
                span = found.moved(one.heading.start)
                return Names(plain(span.of(self.document.text)), (span,), implied=True)
        return None

    # -- what hangs on it -------------------------------------------------------------------------

    def listed(self, unit: Unit) -> tuple[Clause, ...]:
        """The items the sentence lists; of several sentences, the first that says 次に掲げる has them."""
        units = self.units[unit.clause.path]
        listing = [one for one in units if _LISTS.search(masked(one.words))]
        if not listing or listing[-1 if _ASIDE.match(listing[-1].words) and len(listing) == 1 else 0] != unit:
            return ()
        kinds = (ClauseKind.ITEM, ClauseKind.PARAGRAPH)
        children = self.document.children.get(unit.clause.path, ())
        return tuple(one for one in children if one.kind in kinds and self._is_item(one))

    def _is_item(self, clause: Clause) -> bool:
        """Whether a child is a listed item, not a clause below: an item, or a phrase that binds nobody."""
        if clause.kind is ClauseKind.ITEM:
            return True
        found = [p for one in self.units[clause.path] for p in predicates(one.words)]
        return clause.heading is None and all(p.level is Level.INSTRUCTED for p in found)

    def provisos(self, spoken: Spoken) -> Iterator[Span]:
        """The sentences after it that take the duty back: 「ただし、…この限りでない。」."""
        units = self.units[spoken.unit.clause.path]
        for one in units[units.index(spoken.unit) + 1 :]:
            if not _PROVISO.match(one.words):
                break
            if _NO_LIMIT.search(one.words) and not is_permission(spoken.predicate.level):
                yield one.sentence

    def relaxed(self, path: str, sentence: Span, found: Sequence[Reference]) -> Iterator[str]:
        """The clauses whose duty a permission may relax, the likeliest first; none where it relaxes none."""
        clause = self.document.by_path[path]
        words = sentence.of(self.document.text).replace("\n", " ")
        if not _RELAXING.search(words) and clause.kind is not ClauseKind.NOTE:
            return
        if "かかわらず" in words:
            yield from (one.target for one in found if one.target)
        yield path
        yield from (parent.path for parent in self.document.ancestors(clause))

    def supervisor(self, spoken: Spoken) -> Span | None:
        """The authority the sentence names: who demands, or to whom it is reported."""
        unit = spoken.unit
        named = topic(unit.words, self.given)
        if named is not None and self._is_authority(named.of(unit.words)):
            return unit.place(named)
        found = _FROM.match(masked(unit.words)) or _HEARD.search(unit.words)
        return unit.place(Span(*found.span(1))) if found else None


def _read(words: str) -> str:
    """The words with line feeds as spaces and the commas of today, character for character."""
    return _COMMA.sub("、", words.replace("\n", " "))


def _last_condition(words: str, until: int) -> int:
    ends = [one.end() for one in re.finditer(r"(?:場合|とき|際|について)(?:に|は|には)*、", masked(words)[:until])]
    return max(ends, default=0)
