"""The letterhead of a notice: the day it was issued, and to whom it is addressed, where its title says so.

Both stand in the lines over the text: 令和７年３月５日 公正取引委員会, （令和６年10月25日付け　見本機構理事長宛て）.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from compliance.case.days import Dated, Days
from compliance.case.names import Party
from compliance.case.narrative import Narrative, Sentence
from compliance.case.parties import Parties
from law.document import TITLE_PAGE, ClauseKind

_HEADS = (ClauseKind.FRONT, ClauseKind.MATERIAL)
"""Where a day that a sidecar names is printed, or nowhere."""
_ISSUED = re.compile(r"^[(（]?$")
_ADDRESSED = re.compile(
    r"(?:付け?|^)(?P<whom>[^()、。]{3,40}?)(?:理事長|会長|社長|学長|大臣|長官|市長|町長|村長|知事)?"
    r"(?:宛て?|あて|殿|御中|様)\)?$"
)


_IN_PERSON = re.compile(r"^(?:代表|取締役|執行役|理事|学長|社長|会長)[^。]{2,30}(?:殿|様|宛て?)$")
"""The person a letter is addressed to, under the line with the name of the firm."""
YOU = ("貴社", "貴行", "貴庫", "貴法人", "貴組合", "貴機構", "貴学", "貴院", "貴団体", "貴市", "貴庁")
"""How a letter calls its addressee."""


def issued(narrative: Narrative, days: Days) -> Dated | None:
    """The day of the document where it is printed, or where its words first name it."""
    about = narrative.document.about.date
    for sentence in (s for s in narrative.sentences if s.clause.kind in _HEADS):
        for day in days.of(sentence):
            is_head = about is None and sentence.clause.path == TITLE_PAGE and _ISSUED.match(sentence.text[: day.start])
            if is_head or (about and day.value == about.value):
                return Dated(day.value, sentence.place(day.start, day.end), day.evidence)
    return None


def addressee(narrative: Narrative, parties: Parties) -> Party | None:
    """The one party to which the lines over the text are addressed."""
    found: dict[str, Party] = {}
    lines = list(_head(narrative))
    for above, line in itertools.pairwise((None, *lines)):
        if line is not None and above is not None and _IN_PERSON.search(line.text):
            found.update({n.party.name: n.party for n in parties.named(above.text)[:1]})
        elif line is not None:
            found.update({party.name: party for party in _addressed(line, parties)})
    return next(iter(found.values())) if len(found) == 1 else None


def _head(narrative: Narrative) -> Iterator[Sentence]:
    return (s for s in narrative.sentences if s.clause.path == TITLE_PAGE)


def _addressed(sentence: Sentence, parties: Parties) -> Iterator[Party]:
    line = _ADDRESSED.search(sentence.text)
    if line:
        yield from (n.party for n in parties.named(line["whom"])[:1])
