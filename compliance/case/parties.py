"""Parties: of whom the sentences of a narrative speak.

Parties are known by their names (`names`), or because an authority's act names them (`addressees`). Of whom a sentence
speaks is read from the heading over it, from its topic (Ａ社は、), or from 両社 and 同社; a sentence that names nobody,
under no party's heading, speaks of no party in particular.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from compliance.case.names import Party, known, opening
from compliance.case.narrative import Narrative, Sentence
from law.document import TITLE_PAGE, Clause, ClauseKind

_AND = re.compile(
    r"(?:\([^()]*\))*(?:及び|および|、|並びに|・|又は)(?:(?:その|同社の|同[行庁]の)[一-龥]{2,8}である|同じグループの|(?:その)?(?:親|子|関連|関係|グループ)会社(?:である|の))?(?:(?:同年\d{1,2}月|同月)\d{1,2}日に)?"
)
_TOPIC = re.compile(
    r"(?:の(?:担当者|従業[者員]|職員|社員|役員|経営陣)等?(?=[はがも、])|の(?:上記|当該|本件|この|これらの|かかる)?の?(?:行為|状況|取扱い|対応|態勢|体制|措置)(?:等)?(?=[はがも]))?(?:から)?(?:は|が|も|には|では|とも(?:に)?|に対し(?:て(?:は)?)?|にお(?:いて|ける)(?:は)?|のうち)(?![^、。]{0,3}と(?:の間|共))"
)
_ACTS = re.compile(r"(?:は|が|も|では|でも|にお(?:いて|ける)は?)")
_HEAD_TAIL = re.compile(r"^(?:\([^()]*\))?(?:$|等?に(?:対する|対して|係る|つ|お)|への|[-:(―─]|が|は)")


@dataclass(frozen=True, slots=True)
class Named:
    """Where a party is named in the words of a sentence."""

    start: int
    end: int
    party: Party


@dataclass(slots=True)
class Parties:
    """The parties of a narrative, found by name."""

    narrative: Narrative
    authors: frozenset[str] = frozenset()
    """Names of those who write the document as authority: they act, the rules ask whom they act on."""
    known: tuple[Party, ...] = ()
    _forms: re.Pattern[str] = field(default_factory=lambda: re.compile(r"(?!)"))
    _of: dict[str, Party] = field(default_factory=dict)
    _spoken: dict[int, tuple[Party, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = self.known or tuple(known(self.narrative))
        for party in self.known:
            for form in (party.name, *party.shorts):
                self._of.setdefault(_key(form), party)
        forms = sorted(self._of, key=lambda form: (-len(form), form))
        self._forms = re.compile("|".join(map(re.escape, forms)) or r"(?!)")

    def with_names(self, more: Iterable[Party]) -> Parties:
        """These parties and some more, unless they are known by their name."""
        new = [party for party in more if party.name not in self._of]
        return Parties(self.narrative, self.authors, (*self.known, *new)) if new else self

    def with_shorts(self, party: Party, shorts: Sequence[str]) -> Parties:
        """These parties, one of them known by more short names: 貴社, for the addressee of a letter."""
        known = tuple(replace(one, shorts=(*one.shorts, *shorts)) if one == party else one for one in self.known)
        return Parties(self.narrative, self.authors, known)

    @property
    def publisher(self) -> tuple[Party, ...]:
        """The company that publishes the document, where the document says so: 当社."""
        names = {"".join(one.value.split()) for one in self.narrative.document.about.authority}
        named = tuple(party for party in self.known if party.name in names)
        lines = {s.printed() for s in self.narrative.sentences if s.clause.path == TITLE_PAGE}
        return named or tuple(party for party in self.known if party.name in lines)

    def named(self, text: str) -> tuple[Named, ...]:
        """The parties named in words that are in one width."""
        found = (Named(*m.span(), self._of[m.group()]) for m in self._forms.finditer(text))
        return tuple(n for n in found if n.party.name not in self.authors and not _is_part(text, n))

    def scope(self, clause: Clause) -> tuple[Party, ...]:
        """The parties a clause is about by the headings over it; an inner heading may only narrow them."""
        root = clause.path.split(" > ")[0]
        scope = tuple(p for p in self.known if p.is_general and p.place.clause == root)
        for heading in reversed(self.narrative.above(clause)):
            if heading.clause.kind is ClauseKind.MATERIAL:
                continue
            found = self._headed(heading.text)
            narrower = tuple(p for p in found if p in scope) if scope else found
            scope = narrower or scope
        return scope

    def _headed(self, text: str) -> tuple[Party, ...]:
        named = self.named(text)
        if not named or named[0].start > 0:
            return ()
        taken = [named[0].party]
        for before, after in itertools.pairwise(named):
            if not re.fullmatch(r"(?:\([^()]*\))?(?:及び|および|、|並びに|・)", text[before.end : after.start]):
                break
            taken.append(after.party)
        last = named[len(taken) - 1]
        return tuple(taken) if _HEAD_TAIL.match(text[last.end :]) else ()

    def of(self, sentence: Sentence) -> tuple[Party, ...]:
        """Of whom a sentence speaks; nobody when it speaks of the case as a whole."""
        if not self._spoken:
            self._speak()
        return self._spoken.get(sentence.start, ())

    def _speak(self) -> None:
        pair: tuple[Party, ...] = ()  # 両社 may mean those of a clause before
        for clause, told in self.narrative.stretches:
            last: tuple[Party, ...] = ()
            scope = self.scope(clause)
            for sentence in told:
                topic = self.topics(sentence.text)
                both = self._pair(sentence.text)
                pair = both or pair
                if re.search(r"(?:^|[、。(])(?:両社|両者|各社|\d社)", sentence.text) and not topic:
                    topic = pair
                last = _narrowed(scope, topic) if scope else topic or last
                self._spoken[sentence.start] = last

    def starting(self, text: str) -> tuple[Party, ...]:
        """The party that words begin with, alone or before a bracket: 当社（保険業法第132条に基づく命令）."""
        named = self.named(text)
        return (
            (named[0].party,)
            if named and named[0].start <= 4 and not text[: named[0].start].strip("・(1234567890)")
            else ()
        )

    def topics(self, text: str) -> tuple[Party, ...]:
        """The parties that are the topic or the addressee of a sentence: Ａ社は、, Ａ社及びＢ社に対し."""
        found: list[Party] = []
        named = self.named(text)
        for i, one in enumerate(named):
            if _TOPIC.match(text, one.end) and not _is_aside(text, one.start):
                found.extend(_joined(text, named, i))
        return tuple(dict.fromkeys(found))

    def actors(self, text: str) -> tuple[Party, ...]:
        """The parties that do a thing in some words: Ａ社は, Ａ社において, not those it is done to."""
        named = self.named(text)
        found = (p for i, one in enumerate(named) if _ACTS.match(text, one.end) for p in _joined(text, named, i))
        return tuple(dict.fromkeys(found))

    def _pair(self, text: str) -> tuple[Party, ...]:
        named = self.named(text)
        for i in range(len(named) - 1, 0, -1):
            together = _joined(text, named, i)
            if len(together) > 1:
                return tuple(dict.fromkeys(together))
        return ()


def _joined(text: str, named: Sequence[Named], i: int) -> list[Party]:
    """The party and those joined to it on its left: Ａ社、Ｂ社及びＣ社."""
    last = named[i]
    found = [last.party]
    for before in reversed(named[:i]):
        if _is_aside(text, before.start) and not _is_aside(text, last.start):
            continue  # its own short name, in the bracket behind it
        if not _AND.fullmatch(text[before.end : last.start]):
            break
        found.insert(0, before.party)
        last = before
    return found


def _narrowed(scope: tuple[Party, ...], topic: tuple[Party, ...]) -> tuple[Party, ...]:
    narrower = tuple(party for party in topic if party in scope)
    return narrower or scope


def _is_part(text: str, named: Named) -> bool:
    """Whether a short name is only a part of a longer word: 機構 in 機構ポリシー, 会社 in 子会社."""
    words = text[named.start : named.end]
    after, before = text[named.end : named.end + 1], text[: named.start][-1:]
    is_longer = bool(re.match(r"[ァ-ヶーA-Za-z]", after)) and bool(re.search(r"[一-龥]$", words))
    return is_longer or (len(words) < 3 and bool(re.match(r"[一-龥ァ-ヶー]", before)))


def _is_aside(text: str, at: int) -> bool:
    """Whether a place stands in a bracket."""
    return opening(text, at) is not None


def _key(form: str) -> str:
    from_print = form.translate({ord(c): chr(ord(c) - 0xFEE0) for c in map(chr, range(0xFF01, 0xFF5F))})
    return "".join(from_print.split())
