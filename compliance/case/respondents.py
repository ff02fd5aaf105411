"""Respondents: whom an act is done to, as its sentence says, or another part of the document for it.

Named are the dative of the act (甲社及び乙社に対し), whom its sentence or heading speaks of, the addressees of the
paper it points to, and, where it names nobody (下記の事業者に対し), those whom the part on the addressees lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.case.acts import RECEIVED
from compliance.case.names import Party
from compliance.case.narrative import Narrative, Sentence
from compliance.case.parties import Parties
from law.document import ClauseKind

_WHOM = re.compile(
    r"(?:処分|命令|指導|勧告|措置|指示)(?:等)?を(?:受け|行)(?:る|た|った)(?:者|事業者|業者|法人|会社|相手方|対象)|相手方|開設者|運営(?:者|法人|事業者)$|名宛人|被処分|処分(?:の)?対象|対象(?:事業者|業者)|違反(?:行為者|事業者)|(?:事業者|会社|法人|業者|違反行為者|関係人|処分を受けた者)等?の(?:名称|概要)"
)
"""The heading of the part that names whom it is done to."""
_TOGETHER_THEY = re.compile(r"(?:両社|各社|両者|\d社)$")
_TITLED = re.compile(r"(?:\([^()]*\))?(?:及び[^。]*)?(?:に対する|への|に係る|における|\)?$)")
"""Behind a party's name in the title of a paper that is about it."""
_SAME = re.compile(r"(?:同(?:[社行庫組会院園校局市町村県者]|法人|組合|機構)|当該(?:事業者|会社|法人|業者))$")
_TAIL = re.compile(r"(?:\([^()]*\)|等|の\d+社|の両[社者]|(?<=[都道府県市区町村])(?:長|知事)|理事長|学長|会長|社長)+$")
"""What stands between names and に対し: 甲社及び乙社の２社（以下「２社」という。）."""
_TAIL_OF = re.compile(r"^\([^()]*\)")
_SUPERIOR = re.compile(r"(?:大臣|長官|知事)$")
_EXAMINED = re.compile(r"を(?:検査|調査)した|に対(?:する|し)(?:て)?(?:検査|調査)")
_BEHALF = re.compile(r"に対し(?:て)?|に対する")


@dataclass(frozen=True, slots=True)
class Respondents:
    """Reads whom the acts of a narrative are done to."""

    narrative: Narrative
    parties: Parties
    addressee: Party | None = None
    """To whom the document is addressed."""

    def of(self, sentence: Sentence, act: re.Match[str]) -> tuple[Party, ...]:
        """Whom the sentence of an act says that it is done to."""
        text = sentence.text
        addressed = self._material(sentence)
        if addressed:
            return addressed
        for tail in reversed(list(_BEHALF.finditer(text, 0, act.start()))):
            found = self._before(sentence, tail.start())
            if found:
                return self._examined(text) or found if all(_SUPERIOR.search(p.name) for p in found) else found
        if act.lastgroup in RECEIVED:
            return self.parties.of(sentence) or self.parties.publisher
        named = self.parties.of(sentence) or self._possessed(text[: act.start()]) or self._called(sentence, act)
        return named or self._addressed(sentence)

    @property
    def listed(self) -> tuple[Party, ...]:
        """Those whom the part on the addressees names, a line each."""
        lines = [s for s in self.narrative.sentences if self.narrative.is_under(s.clause, _WHOM)]
        return tuple(dict.fromkeys(n.party for s in lines for n in self.parties.named(s.text)[:1]))

    @property
    def titled(self) -> tuple[Party, ...]:
        """Those that the title names as whom it is about, else the only party of the document."""
        found: list[Party] = []
        for line in (s for s in self.narrative.sentences if s.clause.kind is ClauseKind.FRONT and "。" not in s.text):
            named = self.parties.named(line.text)
            if named and _TITLED.match(line.text, named[-1].end):
                found.extend(one.party for one in named)
        others = [party for party in self.parties.known if party.name not in self.parties.authors]
        return tuple(dict.fromkeys(found)) or (tuple(others) if len(others) == 1 else ())

    def elsewhere(self, sentence: Sentence, kind: str) -> tuple[Party, ...]:
        """Those whom another part names, for a sentence that says 下記の事業者に対し or nobody."""
        if self.parties.scope(sentence.clause):
            return ()
        return self._obliged(kind, self.listed) or self.listed

    def meant(self, line: Sentence) -> tuple[Party, ...]:
        """The party under whose heading the clause stands that a line refers to."""
        pointed = self.narrative.pointed(line.place().span)
        scopes = {party.name: party for _, clause in pointed for party in self.parties.scope(clause)}
        return tuple(scopes.values())

    def _obliged(self, kind: str, among: Sequence[Party]) -> tuple[Party, ...]:
        """Those of some whom the part on a measure says that they must do a thing: not all need get each order."""
        part = re.compile(rf"{kind}の?(?:概要|内容)$")
        lines = [s for s in self.narrative.sentences if self.narrative.is_under(s.clause, part)]
        return tuple(dict.fromkeys(p for s in lines for p in self.parties.topics(s.text) if p in among))

    def _addressed(self, sentence: Sentence) -> tuple[Party, ...]:
        """The addressee, for what the words before the first clause do: 標記について、…是正の処置を求める。"""
        return (self.addressee,) if self.addressee and sentence.clause.kind is ClauseKind.FRONT else ()

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
        if _SAME.search(text):
            return self._last_named(sentence, text)
        together = [n for n in self.parties.named(text) if n.end == len(_TAIL.sub("", text))]
        return self.parties.topics(text[: together[-1].end] + "は") and _chain(self.parties, text) if together else ()

    def _last_named(self, sentence: Sentence, text: str) -> tuple[Party, ...]:
        """The party that 同社 means: the one named last, in the sentence or before it in its clause."""
        before = [s.text for s in reversed(self.narrative.beside(sentence)) if s.start < sentence.start]
        named = next((found for one in (text, *before) if (found := self.parties.named(one))), ())
        return (named[-1].party,) if named else self.parties.of(sentence)

    def _possessed(self, text: str) -> tuple[Party, ...]:
        return tuple(n.party for n in self.parties.named(text) if text[n.end : n.end + 1] == "の")

    def _material(self, sentence: Sentence) -> tuple[Party, ...]:
        """Those whom the paper addresses that a sentence points to: 資料１－４のとおり注意喚起を行う."""
        targets = {clause.path for _, clause in self.narrative.pointed(sentence.place().span)}
        return tuple(p for p in self.parties.known if p.is_general and p.place.clause in targets)


def _chain(parties: Parties, text: str) -> tuple[Party, ...]:
    return parties.topics(_TAIL.sub("", text) + "に対し")
