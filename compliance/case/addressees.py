"""Parties that a measure names plainly (金融庁から、日本鉄道及びみなと銀行に対して…命令), not by the form of a name."""

from __future__ import annotations

import re

from compliance.case.acts import acts
from compliance.case.names import Party, listed
from compliance.case.narrative import ASIDE, Narrative
from compliance.case.parties import Parties

_ORGANISATION = re.compile(
    r"(?!当該|同|各|本|両|関係|一部|他の|全て|すべて|委託)[一-龥々ァ-ヶー]{1,20}"
    r"(?:[都道府県市区町村]|組合|協会|連合会|機構|事業団|公社|教育委員会|大学|病院|銀行|振興会)"
)
"""What is plainly the name of one body, wherever a sentence begins with it."""
_TOWN = re.compile(
    r"(?:^|[、。(]|は、|日|付けで)((?![同両各当全本]|国内|市町村|都道府県)[一-龥ァ-ヶー]{1,6}[都道府県市区町村])(?:長|知事)?(?=に対(?:し|する))"
)
"""A town in the dative: 令和７年５月28日付けで高瀬市長に対する指導を行う."""
_OPINION_ON = r"ついては、([^、。]+(?:、[^、。]{2,15})*?及び[^、。]+|[^、。]+)において、"
_NAMES = r"(?:[^、。はが]{2,20}、)*?[^、。はが]{2,20}(?:(?:及び|および|並びに)[^、。はが]{2,20})?"
# 金融庁から、日本鉄道、日本航路及びみなと銀行に対して; 総務省は、本日、みなと放送に対し
_DATIVE = rf"(?:から、|より、|は、|本日、|日、)({_NAMES})(?:\([^()]*\))?に対し"
_AT_HEAD = re.compile(rf"^[・○●]?({_NAMES})に対し")


def addressees(narrative: Narrative, parties: Parties) -> tuple[Party, ...]:
    """The parties that stand in the dative of a measure and are not known by their form or a short name."""
    found: list[Party] = []
    for sentence in narrative.sentences:
        if sentence.is_heading or sentence.clause.kind in ASIDE:
            continue
        for act in acts(sentence):
            form = _OPINION_ON if act.kind == "所見" else _DATIVE
            for dative in re.finditer(form, sentence.text[: act.found.start()]):
                found.extend(listed(sentence, *dative.span(1)))
            for town in _TOWN.finditer(sentence.text, 0, act.found.start()):
                found.extend(listed(sentence, *town.span(1)))
            head = _AT_HEAD.match(sentence.text, 0, act.found.start())
            if head:
                found.extend(p for p in listed(sentence, *head.span(1)) if _ORGANISATION.fullmatch(p.name))
    known = {form for party in parties.known for form in (party.name, *party.shorts)} | parties.authors
    return tuple(dict.fromkeys(party for party in found if party.name not in known))
