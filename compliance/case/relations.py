"""Relations: what a party was in the case: 委託先, 委託元, 再委託先, 親会社, 名簿業者, 元従業者の所属, …

Each relation is read from words that say it of the party; a party of whom nothing is said has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.case.mood import DONE
from compliance.case.names import Party
from compliance.case.narrative import ASIDE, Narrative, Sentence, Words
from compliance.case.parties import Named, Parties

_BRACKETED = re.compile(r"\([^()]*\)")
_BRACKET = r"(?:\((?:[^()]|\([^()]*\))*\))?"
# What stands right behind the party's name, within its sentence.
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "元従業者の所属",
        re.compile(
            rf"^{_BRACKET}(?:内に?(?:おいて)?[^。]{{0,50}}従業者|において[^。、]{{0,50}}従事していた元?(?:従業[者員]|社員|職員)|の元(?:従業[者員]|派遣社員|社員|職員)|に所属し{DONE}|に(?:労働者)?派遣され{DONE}て)"
        ),
    ),
    (
        "再委託先",
        re.compile(
            rf"^{_BRACKET}(?:(?:は|が)、?[^。]{{0,70}}再委託を受け{DONE}|に(?:[^、。]{{0,20}}を)?再委託し{DONE})"
        ),
    ),
    ("委託先", re.compile(rf"^{_BRACKET}に(?:[^、。]{{0,20}}を)?委託し{DONE}")),
    (
        "委託先",
        re.compile(
            rf"^{_BRACKET}(?:は|が)、?[^。は]{{0,140}}(?:から(?:の)?(?:[^。、]{{0,12}})(?<!再)委託(?:により|(?:を受け|され){DONE})|受託し{DONE}て)"
        ),
    ),
    ("委託元", re.compile(rf"^{_BRACKET}(?:は|が)、?[^。]{{0,90}}に(?:[^、。]{{0,20}}を)?委託し{DONE}(?:て|た)")),
    ("委託元", re.compile(rf"^{_BRACKET}(?:から|の)[^、。は]{{1,25}}を(?:受託|請け負)(?:し|って){DONE}")),
    ("流出した機関", re.compile(rf"^{_BRACKET}は、(?:(?!委託)[^。]){{0,120}}(?:流出|漏えい)した(?:としてい|。)")),
    ("監督官庁", re.compile(rf"^{_BRACKET}の[^、。]{{1,16}}に対する(?:監査|監督|指導)")),
)
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("再委託先", re.compile(r"(?:再委託先(?:である|の)|再委託を受け(?:た|ている|ていた))$")),
    (
        "委託先",
        re.compile(
            r"(?<!再)委託先(?:である|の)$"
            r"|(?:から|の)[^、。]{1,25}を(?:受託|請け負)(?:し(?:た|ている|ていた)|する|って(?:いる|いた))$"
        ),
    ),
    ("委託先", re.compile(r"(?<!再)委託を受け(?:た|ている|ていた)$")),
    ("委託元", re.compile(r"委託元(?:である|の)$")),
    ("親会社", re.compile(r"親会社(?:である|の)$")),
)
"""What stands right before the party's name."""
_OWN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("親会社", re.compile(r"子会社(?:に対する)?管理|親会社")),
    ("委託元", re.compile(r"委託元(?:会社)?として")),
    ("委託先", re.compile(r"(?:代理店|代理業者|受託者|委託先)(?:又は[^、。]{1,12})?として")),
    (
        "名簿業者",
        re.compile(
            rf"(?:個人データ|利用者データ|個人情報|名簿)を(?:取得していた|買い取(?:り|っ){DONE})|名簿[^。、を]{{0,20}}を(?!取り扱)[^。]{{0,40}}(?:販売|売却|買い受け)(?:し{DONE}|るに)"
        ),
    ),
)
"""What the sentences under the party's own heading say of it."""
_BROKER = re.compile(r"名簿(?:事)?業者(?:に対する|への)")


def relations(narrative: Narrative, parties: Parties, party: Party) -> tuple[Words, ...]:
    """What the party was in the case, with the words that say so; the first of each."""
    if party.is_general:
        return ()
    found: dict[str, Words] = {}
    for relation, words in (*_under_own(narrative, parties, party), *_told(narrative, parties, party)):
        found.setdefault(relation, Words(relation, words.place))
    return tuple(found.values())


def _under_own(narrative: Narrative, parties: Parties, party: Party) -> Iterator[tuple[str, Words]]:
    if party.shorts and re.search(r"委託元", party.shorts[0]):
        yield "委託元", Words(party.name, party.place)
    for sentence in narrative.sentences:
        if sentence.clause.kind in ASIDE or party not in parties.of(sentence):
            continue
        headings = narrative.above(sentence.clause)
        broker = next((h for h in headings if _BROKER.search(h.text)), None)
        if broker is not None:
            yield "名簿業者", broker.words()
        if sentence.is_heading:
            continue
        for relation, form in _OWN:
            if form.search(sentence.text) and not (relation == "親会社" and len(sentence.text) > 40):
                yield relation, sentence.words()


def _told(narrative: Narrative, parties: Parties, party: Party) -> Iterator[tuple[str, Words]]:
    for sentence in narrative.sentences:
        if sentence.clause.kind in ASIDE:
            continue
        for named in parties.named(sentence.text):
            if named.party == party:
                yield from _behind(sentence, named)
                yield from _ahead(sentence, named)


def _behind(sentence: Sentence, named: Named) -> Iterator[tuple[str, Words]]:
    rest = _BRACKETED.sub(lambda m: m.group().replace("。", "、"), sentence.text[named.end :])
    for relation, form in _AFTER:
        said = form.match(rest)
        if said:
            yield relation, sentence.words(named.start, named.end + said.end())


def _ahead(sentence: Sentence, named: Named) -> Iterator[tuple[str, Words]]:
    before = sentence.text[: named.start]
    for relation, form in _BEFORE:
        said = form.search(before)
        if said:
            yield relation, sentence.words(said.start(), named.end)
