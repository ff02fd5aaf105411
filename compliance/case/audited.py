"""What an audit saw wanting: it tells part by part whose it was, and seldom says that it is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.case.names import Party
from compliance.case.narrative import Narrative, Sentence, Words, unquoted
from compliance.case.parties import Parties

_STRANGER = re.compile(r"(?:また、|一方、|さらに、)?(?!同)[一-龥]{2,10}(?:省|庁|県|市|局|委員会)は")
"""An office that the document does not name as a party."""
_SEEN = re.compile(
    r"ておら(?:ず|れなかった)|てい(?:ない|なかった)|のに|ことはない状況|認め難い|皆無|ないまま|なかった(?:と|。|$)|ことなく"
)
_BREAK = re.compile(
    r"(?<=て)おらず、(?!また)|(?<=ていないなどしていたのに)、|(?<=ていなかったのに)、|(?<=ていないのに)、|(?<=たが)、|(?<=みたところ)、|(?<=把握し)、|^しかし、|^また、|^そして、"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Words that say what was wanting, and in whom."""

    words: Words
    parties: tuple[Party, ...]


def seen(narrative: Narrative, parties: Parties, body: Sequence[Sentence]) -> Iterator[Seen]:
    """An audit tells what it saw part by part: 甲では…していないのに、乙は…していなかった."""
    if not _is_audited(narrative, body[0]):
        return
    last: tuple[Party, ...] = parties.of(body[0])
    for sentence in body:
        is_strange = False
        for start, end in _parts(sentence.text):
            words = sentence.text[start:end]
            is_strange = _is_stranger(parties, words) or (is_strange and not parties.actors(words))
            if is_strange:
                continue
            last = _same_office(parties, words) or parties.actors(words) or _owner(parties, sentence.text) or last
            if words.startswith("いずれの"):
                last = tuple(dict.fromkeys(n.party for n in parties.named(sentence.text[:start]))) or last
            if _SEEN.search(unquoted(words)):
                yield Seen(sentence.words(start, end), last)


def _is_stranger(parties: Parties, words: str) -> bool:
    """Whether an office does it that the document names nowhere else as a party."""
    return _STRANGER.match(words) is not None and not parties.named(words.split("は")[0])


def _owner(parties: Parties, text: str) -> tuple[Party, ...]:
    """The only party whose people or papers a sentence names: 機構の理事長."""
    owners = {n.party for n in parties.named(text) if text[n.end : n.end + 1] == "の"}
    return tuple(owners) if len(owners) == 1 else ()


def _same_office(parties: Parties, words: str) -> tuple[Party, ...]:
    """同省, 同庁: the office of that kind, when the document names only one."""
    found = re.match(r"(?:また、)?同([省庁局府])", words)
    offices = [party for party in parties.known if found and party.name.endswith(found.group(1))]
    return tuple(offices) if len(offices) == 1 else ()


def _parts(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _BREAK.finditer(text):
        if found.end() > at:
            yield at, found.end()
            at = found.end()
    if at < len(text):
        yield at, len(text)


def _is_audited(narrative: Narrative, sentence: Sentence) -> bool:
    headings = [h.text for h in narrative.above(sentence.clause)]
    is_other = any(re.search(r"進捗|所見|背景|影響|とする事態$|原因|着眼点", h) for h in headings)
    return not is_other and any(re.search(r"(?:検査|監査)の(?:状況|結果)", h) for h in headings)
