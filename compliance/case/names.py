"""Names: the organisations that a narrative names, by the form of a name or by the short name it is given.

A party is known by the form of its name (株式会社…, …株式会社, 独立行政法人…), by the short name the document gives it
(以下「Ａ社」という。), by the line that gives its name alone (名称　…), or because the paper is addressed to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from compliance.case.narrative import Narrative, Place, Sentence
from law.document import TITLE_PAGE

_LETTER = r"[A-Za-z0-9一-龥々〆ァ-ヶー・&.]"
_COMPANY = r"(?:株式|合同|有限|合名|合資|相互)会社"
_PUBLIC = (
    r"(?:地方)?独立行政法人|国立大学法人|国立研究開発法人|学校法人|医療法人|社会福祉法人|宗教法人|特定非営利活動法人|NPO法人|"
    r"監査法人|税理士法人|弁護士法人|土地改良区"
)
_MUTUAL = r"協同組合(?:連合会)?|信用(?:金庫|組合)|労働金庫"
_CORPORATION = rf"(?:{_COMPANY}|{_PUBLIC}|(?:一般|公益)(?:社団|財団)法人)"
_OFFICE = (
    r"(?:委員会|庁|省|機構|院|財務局|経済産業局|通信局|大臣|知事|公社|公団|"
    r"[都道府県市区町村]|協会|連合会|組合|事業団|大学|銀行)"
)
_PARTICLE = r"(?:から|より|など|まで|では|には|とは|への|ほか|[とにをはがのもへや])"
_CELL = re.compile(
    rf"^(?:名称|商号|事業者名|会社名|法人名|被処分者|(?:事業者|業者|法人)の名称)[:：]?(?P<name>[^、。()]{{0,30}}{_CORPORATION}[^、。()]{{0,30}})"
    r"(?:\(.*)?$"
)
"""A line that gives the name of a party and nothing else."""
_OPEN_LETTER = r"[A-Za-z0-9一-龥々〆ぁ-んァ-ヶー・&.]"
_BODY = r"組合|協会|連合会|信用金庫|銀行|大学|病院|機構|公社|学園|学校|財団|公団|振興会"
_ALONE = re.compile(
    rf"^(?!.*(?:に対する|について|における|に係る|からの|による|等の))"
    rf"(?:{_CORPORATION}{_OPEN_LETTER}{{2,24}}|{_OPEN_LETTER}{{2,24}}(?:{_COMPANY}|{_BODY}))$"
)
"""A line over the text that is the name of a company and nothing else."""
_ROLE = re.compile(r"(?:者|業者|事業主|名称?|商号)$")
_TITLE = r"(?:理事長|代表取締役|代表理事|代表執行役|取締役|社長|会長|学長|総長)"
# みらい in 常磐みらい銀行: two letters of hiragana or more that are no particle, before the word that ends a name
_WITHIN = (
    rf"(?:(?!{_PARTICLE}|で|された|した|する|及び|および|並び)[ぁ-ん]{{2,6}}"
    r"(?=(?:[ァ-ヶー]{2,8}|[一-龥]{0,4})(?:銀行|信託|信用金庫|信用組合|生命|損害|保険|証券|病院|大学|電力|ガス|鉄道|交通|不動産|製薬|"
    r"ホールディングス|グループ|フィナンシャル|システム|サービス|テレコム|ネット)))?"
)
# 株式会社中央商事, 株式会社みほんロッカーネット (letters of hiragana only when others follow them)
_AHEAD = (
    rf"{_CORPORATION}(?!\d+(?:機関|法人|社))(?:[ぁ-ん]{{1,6}}(?=[A-Za-z一-龥ァ-ヶ]))?"
    rf"(?:(?:(?!及び|および|並び|又は|等[にのがを]|{_TITLE}){_LETTER}{_WITHIN})+(?!{_PARTICLE}[(「])(?:[ぁ-んー]{{1,8}}(?=[(「」】\]]))?|[ぁ-んー]{{2,12}}(?=[(「」】\]]))"
)
# みほんコム株式会社: hiragana at the head of a name only where the name begins a phrase
_HEAD = r"(?:(?:^|(?<=[、。「(]))(?!これら|それら|いわゆる|その|この)[ぁ-ん]{2,8}(?=[A-Za-z一-龥ァ-ヶ]))?"
_BEHIND = (
    rf"{_HEAD}(?:(?!及び|および|並び|又は){_LETTER}{_WITHIN})+(?:{_COMPANY}|{_MUTUAL})"
    rf"(?!(?!及び|および|並びに|又は|等|内|側){_LETTER})"
)
_NAMED = re.compile(rf"{_AHEAD}|{_BEHIND}")
_OFFICES = re.compile(rf"(?:(?!及び|および|並び|又は)[一-龥々ァ-ヶー・]){{1,14}}{_OFFICE}(?![一-龥々])")
_COUNTED = re.compile(
    r"(?:[一-龥々ァ-ヶー]+\d+(?:社|機関|団体|法人|者)(?:、|及び|および|並びに)?)+$"
)  # 民間事業者24社及び…１機関
_GROUP = re.compile(r"(?:多数の)?[一-龥々ァ-ヶー]*(?:事業者|団体|会社|企業)(?:(?:及び|および|、)[一-龥々ァ-ヶー]+)*$")
_SHORT = re.compile(
    r"以下(?:[、,]?(?:単に|まとめて|併せて|あわせて))?「([^「」]{1,25})」(?:と(?:いう|いいます|称|呼|総称)|(?=[)、]))"
)
_BRACKETS = re.compile(r"(?:\([^()]*\))+$")
"""What stands between a name and its short one: （本店所在地：福岡市）（以下「…」という。）."""
_OF_GROUP = re.compile(r"(?:委託元|各社|事業者|団体|本件.*(?:者|元|先))$")
_OF_ONE = re.compile(r"^(?:本件|当該)(?:事業者|業者|運営者|法人|会社|団体|販売者|提供者)$")
_QUOTED = re.compile(r"「[^「」]{2,20}」の(?:運営者|提供者|管理者|開設者|販売者)$")
_PLAIN = re.compile(r"(?:[A-Za-z0-9一-龥々ァ-ヶー・ぁ-ん&]{2,24})")
_ADDRESSEES = re.compile(r"^(.{4,50}?)(?:の皆(?:様|さま)|各位|御中|殿)(?:へ)?$")
# これら, 令和５年10月20日, 電気通信事業者等: no names
_NO_NAME = re.compile(r"[ぁ-ん]{2,}$|(?:者|等|ら|日)$|^(?:これ|それ|同|当|本(?!田|間)|両|上記|下記|次|\d)|\d+[年月]")
_JOIN = re.compile(r"、|及び|および|並びに|又は|・")


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation of the narrative."""

    name: str
    place: Place
    shorts: tuple[str, ...] = ()
    is_general: bool = False
    """Whether it is all who do a thing (事業者の皆様), not one that is named."""


def known(narrative: Narrative) -> Iterator[Party]:
    """Parties by their short names, then by the form of their names, then those addressed as a group."""
    found: dict[str, Party] = {}
    for sentence in narrative.sentences:
        for party in (*_in_cell(sentence), *_defined(sentence), *_by_form(sentence), *_addressed(sentence)):
            old = found.get(party.name)
            shorts = tuple(dict.fromkeys((*old.shorts, *party.shorts))) if old else party.shorts
            found[party.name] = replace(old or party, shorts=shorts)
    taken = {short for party in found.values() for short in party.shorts}
    ends = tuple(party.name for party in found.values())
    for name, party in found.items():  # コム株式会社 is what is left of みほんコム株式会社 elsewhere
        is_rest = any(other != name and other.endswith(name) and not party.shorts for other in ends)
        if name not in taken and not is_rest:
            yield party


def _defined(sentence: Sentence) -> Iterator[Party]:
    text = sentence.text
    for match in _SHORT.finditer(text):
        at = opening(text, match.start())
        if at is None:
            continue
        run, short = text[:at], match.group(1)
        name = _name_before(run) or _name_before(_BRACKETS.sub("", run))
        name = name and _with_short(run, _without_role(sentence, name), short)
        group = _COUNTED.search(run) or (_GROUP.search(run) if _OF_GROUP.search(short) else None)
        if name is not None:
            yield Party(sentence.printed(*name), sentence.place(name[0], match.end()), (short,))
        elif _OF_ONE.search(short):  # 「甲」の運営者（以下「本件事業者」という。）
            named = _QUOTED.search(run)
            start, end = named.span() if named else (match.start(1), match.end(1))
            yield Party(sentence.printed(start, end), sentence.place(start, end), (short,) if named else ())
        elif group is not None:  # 本件委託元（民間事業者30社及び…）: the short name says more than the count
            whole = f"{short}（{sentence.printed(*group.span())}）"
            yield Party(whole, sentence.place(group.start(), match.end()), (short,))


def _with_short(run: str, name: tuple[int, int], short: str) -> tuple[int, int]:
    """The name as far as its short one shows that it goes: 日の出製薬 of 日の出製薬株式会社."""
    start, end = name
    at = run.find(short, max(0, start - len(short)), end)
    return (min(start, at), end) if at >= 0 and re.fullmatch(_COMPANY, run[at + len(short) : end]) else name


def _name_before(run: str) -> tuple[int, int] | None:
    """Where the organisation's name stands that ends a run of words, if it is one."""
    for form in (_NAMED, _OFFICES):
        ends = [m.span() for m in form.finditer(run) if m.end() == len(run)]
        if ends:
            return ends[0]
    return None


def _in_cell(sentence: Sentence) -> Iterator[Party]:
    match = _CELL.match(sentence.text)
    if sentence.clause.path == TITLE_PAGE and _ALONE.match(sentence.text):
        yield Party(sentence.printed(), sentence.place())
    elif match:
        yield Party(sentence.printed(*match.span("name")), sentence.place(*match.span("name")))


def _by_form(sentence: Sentence) -> Iterator[Party]:
    for match in _NAMED.finditer(sentence.text):
        name = _without_role(sentence, match.span())
        yield Party(sentence.printed(*name), sentence.place(*name))


def _without_role(sentence: Sentence, name: tuple[int, int]) -> tuple[int, int]:
    """The name without the role that a space parts from it: 製造販売業者　甲製薬株式会社."""
    start, end = name
    places = sentence.tight.places
    gaps = [i for i in range(start + 1, end) if places[i] - places[i - 1] > 1]
    return next(((i, end) for i in reversed(gaps) if _ROLE.search(sentence.text[start:i])), name)


def _addressed(sentence: Sentence) -> Iterator[Party]:
    match = _ADDRESSEES.match(sentence.text)
    if match and re.search(r"者|会社|団体|機関|企業|法人", match.group(1)):
        yield Party(sentence.printed(*match.span(1)), sentence.place(*match.span(1)), is_general=True)


def listed(sentence: Sentence, start: int, end: int) -> tuple[Party, ...]:
    """The parties in a list of plain names (日本鉄道、日本航路及びみなと銀行), none if one is no name."""
    found: list[Party] = []
    for name, first, last in _pieces(sentence.text, start, end):
        if not _PLAIN.fullmatch(name) or _NO_NAME.search(name):
            return ()
        found.append(Party(sentence.printed(first, last), sentence.place(first, last)))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    at = start
    for match in [*_JOIN.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if stop > at:
            yield text[at:stop], at, stop
        at = match.end() if match else end


def opening(text: str, at: int) -> int | None:
    """Where the bracket opens that a place stands in."""
    depth = 0
    for i in range(at - 1, -1, -1):
        depth += (text[i] == ")") - (text[i] == "(")
        if depth < 0:
            return i
    return None
