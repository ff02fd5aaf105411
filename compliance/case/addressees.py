"""Parties that a measure names plainly (金融庁から、日本鉄道及びみなと銀行に対して…命令), not by the form of a name."""

from __future__ import annotations

import re

from compliance.case.acts import acts
from compliance.case.narrative import ASIDE, Narrative
from compliance.case.parties import Parties, Party, listed

_OPINION_ON = r"ついては、([^、。]+(?:、[^、。]{2,15})*?及び[^、。]+|[^、。]+)において、"
# 金融庁から、日本鉄道、日本航路及びみなと銀行に対して; 総務省は、本日、みなと放送に対し
_DATIVE = (
    r"(?:から、|より、|は、|本日、|日、)"
    r"((?:[^、。はが]{2,20}、)*?[^、。はが]{2,20}(?:(?:及び|並びに)[^、。はが]{2,20})?)(?:\([^()]*\))?に対し"
)


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
    known = {form for party in parties.known for form in (party.name, *party.shorts)} | parties.authors
    return tuple(dict.fromkeys(party for party in found if party.name not in known))
