"""Figures of a case: how many people or records were affected, what the count leaves out, and sums of money.

A count is a count of the affected when its sentence tells of the harm (持ち出し, 漏えい, …) or its heading asks
for the number (…の人数); the staff, the terminals and the calls are none. Several populations stay several.
A count says what is printed: 約, 延べ, 以上, 余 are kept beside the value and never worked into it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.case.harm import FACTS, UNHARMED, tells_of_harm
from compliance.case.mood import DENIED
from compliance.case.names import Party
from compliance.case.narrative import ASIDE, Narrative, Place, Sentence, Words, unbracketed
from compliance.case.parties import Parties

NUMBER = r"[1-9][\d,]*(?:\.\d+)?(?:億(?:[\d,]+)?)?(?:万(?:[\d,]+)?)?千?"
_BEFORE = r"(?P<before>(?:延べ|約|およそ|おおむね|少なくとも|最大(?:で)?|合計|総計|計){0,3})"
_AFTER = r"(?P<after>余り?|以上|超|強|弱|程度|前後|未満|以下)?"
_COUNT = re.compile(
    rf"{_BEFORE}(?<![\d.,])(?P<number>{NUMBER})(?P<more>余)?(?P<unit>人分|名分|件分|人|名|件|世帯|口座|アカウント|契約|先|通|団体|機関|社)"
    rf"(?!間|当たり|目|体制){_AFTER}"
)
_MONEY = re.compile(
    rf"(?P<months>計?{NUMBER}か月分、)?(?P<before>(?:合計|総額|計|約)?)(?<![\d.,])(?P<number>{NUMBER})(?P<more>余)?円"
)
_EXACTED = re.compile(
    r"支払わなければ|円を[^、。]{0,8}(?:着服|横領|流用|だまし取)|違約金|過怠金|納付(?:を|する|しなければ|すべき)|"
    r"(?:減額|減じ|返品|未払|過大請求|水増し|不正(?:請求|受給)|課徴金|過料|返還)[^。]*円"
)
_NOT_EXACTED = re.compile(
    rf"(?:納付|減額|減じ|返品|返還|支払|請求)[^、。]{{0,10}}?(?:し|せ|命じ){DENIED}|必要[はが]な|要し?[なま]|検討"
)
_SUM_ALONE = re.compile(rf"\(((?:課徴金)?(?:額|総額|合計|計|約|:)*{NUMBER}余?円)\)")
"""Brackets that hold a sum and its name: 支払わなければならない（総額300万円）."""
_STEP = re.compile(r"(?<!は)(?<!が)(?<!として)(?<!により)(?<!うち)、")
"""Where one clause ends and another begins; a topic (減額した額は、) belongs to what follows."""
_CAPITAL = re.compile(r"(?:資本金|出資|売上高?|年商|取引額|場合|単価|以下|以上)[^。、]*$")
_ASKS = re.compile(
    r"(?:人数|件数|者数|数|規模)(?:\([^()]*\))?$|(?:漏えい|流出|紛失|影響|滅失)[^。]{0,16}(?:情報|データ|範囲|対象者?|方|お客様)$|^対象(?:となる|となった|の)?[^。]{0,12}(?:方|者|お客様|患者|生徒|職員|会員|情報|件数|人数)(?:さん|様|さま)?$"
)
_STAFF_AFTER = re.compile(
    r"の(?:[^、。]{0,6}(?:担当|従業|役員|取締役|職員|社員|オペレータ)|個人データ等を取り扱う役割|お?問い?合わせ|照会|苦情|申出)|全員|が共用|として"
)
_STAFF_BEFORE = re.compile(
    r"(?:(?:担当|従事)する|従業[者員]|(?:配[送達]|作業|乗務|営業|販売|警備|外交|派遣)[員者]|担当者?|職員|社員|取締役|役員)(?:のうち|\(|、)?$"
)
_DATA_OF = re.compile(r"の(?:個人|信用|顧客|契約|登録|応募)?(?:データ|情報|氏名)")
"""Behind a count of staff: their data were harmed too."""
_PART = re.compile(
    r"[、。:]|\((?=[^()]*$)|分と|(?:により|について|のうち|において|したことで)|(?<=[^一-龥])(?:は|が)(?![^、。]{0,3}(?:\d))"
)
_WHEN = ("の間に", "までに", "以降に", "現在で", "との間で")
"""What stands before a count and says when, not who is counted."""
_JOINED = re.compile(r"(?:及び|および|並びに|、|と)")
_OF_THEM = re.compile(r"(?:なお、)?(?:この|その)?うち|内訳は|(?:この|その)ほか|これらのほか|これに加え|加えて")
_ANNOUNCES = re.compile(r"(?:次|以下|下記)の(?:とおり|通り)[^。]{0,10}。$|:$")
_ACCOUNT = re.compile(r"^(?:事案|事実|事件|本件)の(?:概要|内容)$")
_OF_RECORDS = re.compile(r"(?:個人|顧客|契約者|利用者|会員|患者|お客(?:様|さま))(?:情報|データ|番号)")
_KEPT = re.compile(r"保存|保有|保管|登録さ|管理し|取り扱っ|作成し")
_OF_EVENTS = re.compile(r"(?:事件|苦情|届出|不祥事|申告)(?:が|は|を|、)?$")
_LIMITS = re.compile(
    r"算出|以降の(?:データ|記録)|のみによる|更に確認|みなし|推定|本人数であり|現時点で|に限(?:る|られ)|数えている|重複"
)
_AFTERWARDS = re.compile(r"再発防止|是正|改善|(?:勧告|指導)に対する")
_QUALIFIERS = ("延べ", "約", "およそ", "おおむね", "少なくとも", "最大")


@dataclass(frozen=True, slots=True)
class Affected:
    """A number of people or records as the document counts them, and whom it counts."""

    value: int
    unit: str
    qualifier: str | None
    printed: str
    scope: str | None
    place: Place
    parties: tuple[Party, ...] = ()
    """Whose doing it was, where the count stands under a party's heading; else the case's as a whole."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money (or a count that an audit gives) as printed."""

    value: int
    unit: str
    qualifier: str | None
    printed: str
    place: Place


def quantity(printed: str) -> int:
    """The value of a number with 億 and 万.

    >>> quantity("1億2115万"), quantity("9,418万"), quantity("6,988"), quantity("2万4,000")
    (121150000, 94180000, 6988, 24000)
    """
    total = 0
    rest = printed.replace(",", "")
    for unit, size in (("億", 100_000_000), ("万", 10_000), ("千", 1_000)):
        if unit in rest:
            head, rest = rest.split(unit, 1)
            total += round(float(head or "1") * size)
    return total + (round(float(rest)) if rest else 0)


def affected(narrative: Narrative, parties: Parties) -> tuple[Affected, ...]:
    """The populations of the narrative, the first telling of each, in reading order."""
    found: dict[tuple[int, bool, tuple[str, ...]], Affected] = {}
    for sentence in narrative.sentences:
        if sentence.is_heading or _is_addressed(parties, sentence):
            continue
        for one in _counted(narrative, parties, sentence):
            names = tuple(party.name for party in one.parties)
            is_known = (one.value, _is_people(one.unit), ()) in found
            if not is_known:
                found.setdefault((one.value, _is_people(one.unit), names), one)
    return tuple(found.values())


def _counted(narrative: Narrative, parties: Parties, sentence: Sentence) -> Iterator[Affected]:
    heading = next(iter(narrative.above(sentence.clause)), None)
    is_asked = heading is not None and _ASKS.search(heading.text) is not None
    for count in _COUNT.finditer(sentence.text):
        is_after = count["unit"] == "件" and narrative.is_under(sentence.clause, _AFTERWARDS)
        if is_after or not _is_affected(
            sentence, count, is_asked=is_asked or _follows_harm(narrative, sentence, count)
        ):
            continue
        start, scope = _scope(sentence, count)
        if is_asked and heading is not None:
            scope = f"{heading.printed()}：{scope}" if scope else heading.printed()
        yield Affected(
            quantity(count["number"]),
            count["unit"],
            _qualifier(count),
            sentence.printed(*count.span()),
            scope,
            sentence.place(start, count.end()),
            parties.scope(sentence.clause),
        )


def _follows_harm(narrative: Narrative, sentence: Sentence, count: re.Match[str]) -> bool:
    """Whether a large count of people goes on from the sentence before it, which tells of the harm."""
    before = [s for s in narrative.beside(sentence) if s.start < sentence.start]
    is_meant = _qualifier(count) is not None or re.search(r"対象|該当", sentence.text[: count.start()]) is not None
    is_record = count["unit"] == "件" and _OF_RECORDS.search(sentence.text) is not None
    is_people = (count["unit"] in ("人", "名") or is_record) and is_meant and quantity(count["number"]) >= 100
    if narrative.is_under(sentence.clause, FACTS) and (
        (is_people and "延べ" in count["before"])
        or (count["unit"] in ("人", "名") and sentence.text.startswith("に対し", count.end()))
    ):
        return True
    listed = next((s for s in reversed(before) if s.text.endswith((":", "。"))), None)
    if listed is not None and listed.text.endswith(":") and tells_of_harm(listed.text):
        return True  # 流出した個人情報：, and a line for each kind of person
    if _OF_THEM.match(sentence.text) and before and _COUNT.search(before[-1].text):
        return any(tells_of_harm(s.text) for s in before)  # このうち、通信の秘密に当たるものは2,114件である。
    if _is_announced(narrative, sentence) or _is_in_account(narrative, sentence, count):
        return True
    return is_people and bool(before) and tells_of_harm(before[-1].text)


def _is_in_account(narrative: Narrative, sentence: Sentence, count: re.Match[str]) -> bool:
    """Whether the account of the case counts records of people, and not those that are only kept."""
    is_told = _OF_RECORDS.search(sentence.text) is not None and not _KEPT.search(sentence.text, count.end())
    return (
        is_told and _is_people(count["unit"]) and any(_ACCOUNT.search(h.text) for h in narrative.above(sentence.clause))
    )


def _is_announced(narrative: Narrative, sentence: Sentence) -> bool:
    """Whether it stands in a list of those harmed: 漏えいした個人データは、次のとおりである。"""
    return any(_ANNOUNCES.search(s.text) and tells_of_harm(s.text) for s in narrative.announcing(sentence))


def _is_affected(sentence: Sentence, count: re.Match[str], *, is_asked: bool) -> bool:
    text = sentence.text
    if any(one.start() <= count.start() < one.end() for one in UNHARMED.finditer(text)):
        return False
    if sentence.clause.kind in ASIDE and not count["unit"].endswith("分"):
        return False
    if _OF_EVENTS.search(text, 0, count.start()):
        return False
    is_data = _DATA_OF.match(text, count.end()) is not None
    if not (is_data and count["unit"].endswith("分")) and (
        _STAFF_AFTER.match(text, count.end()) or (count["unit"] != "件" and _STAFF_BEFORE.search(text[: count.start()]))
    ):
        return False
    if count["unit"] in ("団体", "機関", "社"):  # the total of those concerned; its parts are told with them
        return count["before"].endswith("計") or (is_data and (is_asked or tells_of_harm(text)))
    if count["unit"] == "通" and "メール" not in text:
        return False  # letters are sent to those affected
    if quantity(count["number"]) < 2:
        return False
    return is_asked or count["unit"].endswith("分") or is_data or tells_of_harm(text)


def _scope(sentence: Sentence, count: re.Match[str]) -> tuple[int, str | None]:
    """Where the words begin that say who is counted, and those words."""
    text = sentence.text
    start = max((m.end() for m in _PART.finditer(text, 0, count.start())), default=0)
    before_it = next((c.end() for c in reversed(list(_COUNT.finditer(text, 0, count.start())))), 0)
    joined = _JOINED.match(text, before_it)
    start = max(start, joined.end()) if before_it and joined else start
    if text.startswith(")", start):  # （以下「…」という。）の顧客
        start += 2 if text.startswith(")の", start) else 1
    before = sentence.printed(start, count.start()).strip("・（(")
    if len(before) > 1 and not before.endswith(_WHEN):
        return start, before
    after = re.compile(r"の([^、。]{2,40}?)(?=を|が|は|に|、|。)").match(text, count.end())
    return count.start(), sentence.printed(*after.span(1)) if after else None


def _qualifier(count: re.Match[str]) -> str | None:
    read = count.groupdict()
    before = "".join(q for q in _QUALIFIERS if q in (read["before"] or ""))
    return before + (read["more"] or "") + (read.get("after") or "") or None


def _is_people(unit: str) -> bool:
    return unit.rstrip("分") in ("人", "名", "件")


def _is_addressed(parties: Parties, sentence: Sentence) -> bool:
    """Whether the sentence stands in a paper to all who do a thing."""
    return any(party.is_general for party in parties.scope(sentence.clause))


def caveats(narrative: Narrative, counts: tuple[Affected, ...]) -> tuple[Words, ...]:
    """What the notes beside the counts say that the counts leave out or take in."""
    hosts = {count.place.clause for count in counts}
    hosts |= {clause.parent for clause in narrative.document.clauses if clause.path in hosts and clause.parent}
    notes = [s for s in narrative.sentences if s.clause.kind in ASIDE and s.clause.parent in hosts]
    return tuple(s.words() for s in notes if _LIMITS.search(s.text) and not s.is_heading)


def exacted(narrative: Narrative, parties: Parties, of: Party, *, is_alone: bool) -> tuple[Amount, ...]:
    """Sums of money that a party took or must pay: a surcharge, what was withheld from others.

    A sum beside the names of others is theirs; one beside no name is the party's only where it is alone in the
    document. A sum whose own clause does not say that it was exacted is none, nor one beside other words in brackets.
    """
    found: dict[str, Amount] = {}
    for sentence in narrative.sentences:
        named = {one.party for one in parties.named(sentence.text)} or set(parties.of(sentence))
        if of not in named and (named or not is_alone):
            continue
        for money in _of_exaction(sentence.text):
            found.setdefault(sentence.printed(*money.span()), _amount(sentence, money, "円"))
    return tuple(found.values())


def _of_exaction(text: str) -> Iterator[re.Match[str]]:
    outside = unbracketed(_SUM_ALONE.sub(r" \1 ", text))
    ends = [*(step.end() for step in _STEP.finditer(outside)), len(outside)]
    for start, end in itertools.pairwise((0, *ends)):
        said = outside[start:end]
        if _EXACTED.search(said) and not _NOT_EXACTED.search(said):
            yield from (m for m in _MONEY.finditer(outside, start, end) if not _CAPITAL.search(outside[: m.start()]))


def amounts(narrative: Narrative) -> tuple[Amount, ...]:
    """Sums of money and totals of people that a report gives, without estimates and the parts in brackets."""
    found: dict[str, Amount] = {}
    for sentence in narrative.sentences:
        outside = unbracketed(sentence.text)
        for money in _MONEY.finditer(outside):
            if money["before"] != "約" and (money["more"] or money["months"]):
                found.setdefault(sentence.printed(*money.span()), _amount(sentence, money, "円"))
        for count in _COUNT.finditer(outside):
            if count["unit"] == "人" and count["before"] == "計":
                found.setdefault(sentence.printed(*count.span()), _amount(sentence, count, "人"))
    return tuple(sorted(found.values(), key=lambda one: one.place.span))


def _amount(sentence: Sentence, match: re.Match[str], unit: str) -> Amount:
    read = match.groupdict()
    qualifier = (read["before"] or "").replace("合計", "").replace("計", "") + (read["more"] or "")
    printed = sentence.printed(*match.span())
    return Amount(quantity(match["number"]), unit, qualifier or None, printed, sentence.place(*match.span()))
