"""Causes: why it happened, as the document says; how long, how it came to light, and who did it.

A cause that nobody could clear up is told as that. The period is the most precise stretch of the misconduct
that the account of the whole case gives; a party's years of service, or the dates of an inquiry, are none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.case.days import Day, Days, Stretch, stretches
from compliance.case.figures import FACTS, HARM
from compliance.case.narrative import ASIDE, Narrative, Place, Sentence, Words, joined
from compliance.case.parties import Parties, Party

_THEME = re.compile(r"(?:原因|要因)(?:等|分析|の概要)?$")
_CLEARED = r"(?:解明|明らか|特定|究明)"
_UNKNOWN = re.compile(
    rf"(?:経緯|原因|要因|理由)[^。]{{0,14}}{_CLEARED}[^。]{{0,14}}(?:至って(?:おら|いな)|でき(?:ておら|ていな|ず)|していな|しておら|しなかった)"
)
_NAMED = re.compile(
    r"(?:原因|要因|真因)(?:は、|として、|については、)[^。]*(?:こと(?:である|にある|が(?:ある|挙げ))|とした|とされている|としている)|が原因で"
)
_ANNOUNCES = re.compile(r"(?:次|以下|下記)の(?:とおり|通り|ことなど|こと)[^。、]{0,16}。$")
_NOT_MEANT = re.compile(r"(?:意図的|故意)[^。]{0,30}(?:ではな|とまでは|とは認められな)")
_LIGHT = re.compile(
    r"発覚した(?=。|もの|ため)|(?<!こと(?:が|は))判明(?:した|しました|いたしました)(?:もの|。|$)|(?:が|て)判明(?:した)?。|(?<!こと)が判明(?:しました|いたしました)。|を(?:端緒|発端)として|が明らかとなった|明らかになった|情報提供(?:により|を受け)|確認した旨を公表"
    r"|(?:可能性が高い|疑いがある)と認識した|(?:自主的?に?|により)申告"
    r"|(?:懸念|可能性|疑い|おそれ)[^。]{0,12}(?:連絡|指摘|通報|情報提供)を受け|(?:外部|顧客|お客様?)から[^、。]{0,20}(?:指摘|連絡|通報|申告)を受け"
)
_LOOKED = re.compile(
    r"調査(?:したところ|の結果)、[^。]*(?:確認|判明)(?:した|しました|いたしました|された)|(?:検知|発見|覚知)(?:し(?:た|まし)|いたし)"
)
"""What was found when somebody looked; how it came to light, where nothing says it better."""
_LIGHT_HEADING = re.compile(r"発覚|端緒|判明の経緯")
_SUSPECTED = re.compile(r"(?:可能性が高い|疑いがある)と認識した")
_NOT_LIGHT = re.compile(r"不十分|不備|違反(?:が|し)")
_ABOUT_SOME = re.compile(r"(?:に対する|への)対応")
_FURTHER = re.compile(r"^そこで、")
_BEGUN = re.compile(r"を開始|が始ま")
_ENDED = re.compile(r"最後の|終了|を(?:停止|中止)")
_PERIOD = re.compile(
    r"(?:表示|違反行為|行為|実行|発生|影響|漏えい|不正)(?:の|した|を受けた|していた)?期間$|対象となる期間$"
)
_KEYED = re.compile(
    r"^[・○]?(?:発生|侵入|漏えい|流出|不正アクセス|閲覧|影響|被害)[^:。]{0,14}(?:期間|時期|日時)(?:\([^()]*\))?:"
)
"""A line that gives the period behind its name: 侵入の時期：….."""
_AFTER = re.compile(r"再発防止|改善|是正|対応")
_WENT_ON = re.compile(r"(?:(?:て|で)い(?:た|ました)|を行(?:った|いました))。$")
_OF_HARM = re.compile(rf"{HARM.pattern}|事案は|違反行為|表示を?して")
_NOT_IT = re.compile(r"判明|発覚|報告|公表|受領|従事して|契約|施行|導入された|調査|照会|確認した|問合せ|認識")
_FROM_INQUIRY = re.compile(r"^[^、。]*(?:調査|解析|検査|報告)[^、。]*(?:の結果|により|によれば|によると|したところ)、")
"""How it is known, before what is known: 第三者機関による調査の結果、."""
_REPORTED = re.compile(r"漏えい等?(?:の)?報告[^、。]*")
"""The harm as the subject of a report, not as what went on."""
_DONE = re.compile(r"受けて|受け、|発生|生じ|流出|行われ|行って|漏えい|持ち?出|紛失し|盗ま|侵入|感染|誤送信|誤って")
_PERSON = re.compile(
    r"(?P<who>元?(?:派遣)?(?:従業[者員]|社員|職員|役員|講師|教員|行員|局員|医師|看護師|者))\((?P<what>(?:[^()]|\([^()]*\))*?)以下「(?P<short>[^「」]{1,6})」という"
)

_STAFF = r"(?:従業[者員]|社員|職員|行員|局員|講師|教員|看護師|医師|担当者)"
_DEED = (
    r"(?:持ち?出|売却|窃取|詐取|誤送信|紛失)し|盗(?:み|ん)|"
    r"(?:誤って|無断で|不正に|目的外に|同意を得(?:ず|ることなく|ないまま))[^、。]{0,40}"
    r"(?:送信|送付|添付|公開|掲載|廃棄|交付|提供|利用|閲覧|取得)し|第三者に[^、。]{0,10}(?:渡|提供|売却)し"
)
_DID = re.compile(
    rf"(?:^|[、。])(?P<who>[^、。()はがを]{{0,25}}?元?(?:派遣)?{_STAFF}(?:\d+[人名])?)(?:が|は)、?[^。]*?(?:{_DEED})(?:た(?!場合|とき|際|者)|まし|て|、)"
)
"""Staff who did what did the harm: Ａ社の従業員が、…を紛失した."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Words that say why, and of whom; of the case as a whole when of nobody."""

    words: Words
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when the misconduct went on, as precisely as printed; open where the print is."""

    start: str | None
    end: str | None
    place: Place
    evidence: Place | None = None
    """Where the era was read that its years do not name."""


def causes(narrative: Narrative, parties: Parties) -> tuple[Cause, ...]:
    """The causes of the narrative; that a cause stayed unknown is told once of a party."""
    found: list[Cause] = []
    unknown: set[tuple[Party, ...]] = set()
    for sentence in narrative.sentences:
        if sentence.is_heading or sentence.clause.kind in ASIDE:
            continue
        by = parties.of(sentence)
        is_unknown = _UNKNOWN.search(sentence.text) is not None
        if is_unknown and by not in unknown:
            unknown.add(by)
            found.append(Cause(sentence.words(), by))
        elif not is_unknown and _is_cause(narrative, sentence):
            found.append(Cause(sentence.words(), by))
    return tuple(found)


def _is_cause(narrative: Narrative, sentence: Sentence) -> bool:
    if _ANNOUNCES.search(sentence.text):
        return False
    if _NAMED.search(sentence.text) or _NOT_MEANT.search(sentence.text):
        return True
    if narrative.document.children.get(sentence.clause.path) and not _is_under_caption(narrative, sentence):
        return False
    return any(_THEME.search(h.text) for h in narrative.above(sentence.clause))


def _is_under_caption(narrative: Narrative, sentence: Sentence) -> bool:
    return any(h.is_caption for h in narrative.above(sentence.clause)[:1])


def period(narrative: Narrative, days: Days, parties: Parties, of: Party) -> Period | None:
    """The period of the misconduct: the most precise stretch of the whole case or of the party, the first of equals.

    What is told of another party counts where no heading gives it to that party alone.
    """
    told = [s for s in narrative.sentences if not s.is_heading and _tells_misconduct(narrative, s)]
    told = [s for s in told if not any(p.is_general for p in parties.scope(s.clause))]
    own = [s for s in told if not parties.of(s) or of in parties.of(s)]
    shared = [s for s in told if not parties.scope(s.clause) or of in parties.scope(s.clause)]
    return _period(narrative, days, own) or _period(narrative, days, shared)


def _period(narrative: Narrative, days: Days, told: Sequence[Sentence]) -> Period | None:
    found = [
        (s, one)
        for s in told
        for one in stretches(s.text, days.of(s))
        if _is_misconduct(s.text, one) or _is_headed_period(narrative, s)
    ]
    if found:
        sentence, best = max(found, key=lambda pair: (pair[1].end is not None, len(pair[1].value), -pair[0].start))
        return Period(best.start, best.end, sentence.place(best.first, _clause_end(sentence, best.last)), best.evidence)
    return _from_timeline(told, days) or _on_a_day(told, days)


def _tells_misconduct(narrative: Narrative, sentence: Sentence) -> bool:
    is_told = _OF_HARM.search(_unquoted(sentence.text)) is not None or _is_fact_of_violation(narrative, sentence)
    return is_told or _is_headed_period(narrative, sentence)


def _is_headed_period(narrative: Narrative, sentence: Sentence) -> bool:
    """Whether a sentence only gives the period that its heading, or its first words, name: 表示期間, 侵入の時期：."""
    return _KEYED.match(sentence.text) is not None or any(
        _PERIOD.search(h.text) for h in narrative.above(sentence.clause)[:1]
    )


def _is_fact_of_violation(narrative: Narrative, sentence: Sentence) -> bool:
    """Whether a part on the facts of a violation tells what went on: 減じていた。"""
    is_under = narrative.is_under(sentence.clause, FACTS) and not narrative.is_under(sentence.clause, _AFTER)
    return is_under and sentence.clause.kind not in ASIDE and _WENT_ON.search(_outside(sentence.text)) is not None


def _is_misconduct(text: str, stretch: Stretch) -> bool:
    rest = _outside(text[stretch.last :])
    after = _REPORTED.sub("", re.split(r"、(?=[^、]*(?:結果|ところ))|のに、|。", rest)[0])
    if stretch.end is None:
        return re.match(r"、?[^。]{0,40}(?:発生|行われ|行って|継続|続い)", rest) is not None
    return (
        _NOT_IT.search(_FROM_INQUIRY.sub("", text[: stretch.first])) is None
        and (_OF_HARM.search(after) is not None or _WENT_ON.search(rest) is not None)
        and "施した" not in rest[:60]
    )


def _clause_end(sentence: Sentence, last: int) -> int:
    stop = re.compile(r"[^、。]*").match(sentence.text, last)
    return stop.end() if stop else last


def _from_timeline(told: Sequence[Sentence], days: Days) -> Period | None:
    """From the line of a timeline that tells the beginning to the one that tells the end."""
    first = next((s for s in told if days.of(s) and _BEGUN.search(s.text)), None)
    if first is None:
        return None
    last = next((s for s in told if days.of(s) and s.start > first.start and _ENDED.search(s.text)), None)
    day = days.of(first)[0]
    return Period(day.value, days.of(last)[0].value if last else None, first.place(), day.evidence)


def _on_a_day(told: Sequence[Sentence], days: Days) -> Period | None:
    for sentence in told:
        found: tuple[Day, ...] = days.of(sentence)
        is_open = bool(list(stretches(sentence.text, found)))
        if (
            len(found) == 1
            and not is_open
            and _DONE.search(sentence.text[found[0].end :])
            and not _NOT_IT.search(sentence.text)
        ):
            day = found[0]
            return Period(day.value, day.value, sentence.place(0, _clause_end(sentence, day.end + 1)), day.evidence)
    return None


def discovery(narrative: Narrative, parties: Parties, of: Party) -> Words | None:
    """How it came to light for a party: what its own part of the account says, else the account of the whole."""
    for form, is_own in itertools.product((_LIGHT, _LOOKED), (True, False)):
        told = [s for s in _candidates(narrative, parties, form) if (of in parties.of(s)) is is_own]
        told = [s for s in told if is_own or _is_of_all(narrative, parties, s)]
        named = [s for s in told if _LIGHT_HEADING.search("".join(h.text for h in narrative.above(s.clause)))]
        first = [s for s in named or told if not _SUSPECTED.search(s.text)]
        for sentence in first or named or told:
            return joined(_chain(narrative, sentence))
    return None


def _is_of_all(narrative: Narrative, parties: Parties, sentence: Sentence) -> bool:
    """Whether a sentence stands in the account of the whole case, not in a part on what was done about some."""
    return not parties.scope(sentence.clause) and not narrative.is_under(sentence.clause, _ABOUT_SOME)


def _candidates(narrative: Narrative, parties: Parties, form: re.Pattern[str]) -> Iterator[Sentence]:
    for sentence in narrative.sentences:
        is_told = not sentence.is_heading and sentence.clause.kind not in ASIDE
        is_light = is_told and form.search(sentence.text) and not _NOT_LIGHT.search(sentence.text)
        is_of_harm = HARM.search(sentence.text) or narrative.is_under(sentence.clause, _LIGHT_HEADING)
        if form is _LOOKED and not is_of_harm:
            continue
        if is_light and not any(p.is_general for p in parties.scope(sentence.clause)):
            yield sentence


def _chain(narrative: Narrative, sentence: Sentence) -> list[Sentence]:
    """The sentence with the step it led to: そこで、…捜査依頼を行った。"""
    body = narrative.beside(sentence)
    after = next((s for s in body if s.start > sentence.start), None)
    return [sentence, after] if after is not None and _FURTHER.match(after.text) else [sentence]


def perpetrator(narrative: Narrative) -> Words | None:
    """The person the document gives a short name to (元従業者（…以下「Ｘ」という。）), else whose act it tells."""
    told = [s for s in narrative.sentences if not s.is_heading and s.clause.kind not in ASIDE]
    for sentence in told:
        found = _PERSON.search(sentence.text)
        if found:
            return Words(sentence.printed(*found.span("short")), sentence.place(*found.span()))
    for sentence in told:
        found = _DID.search(sentence.text)
        if found and not narrative.is_under(sentence.clause, _AFTER):
            return sentence.words(*found.span("who"))
    return None


def _outside(text: str) -> str:
    """The words without those in brackets."""
    while (shorter := re.sub(r"\([^()]*\)", "", text)) != text:
        text = shorter
    return text


def _unquoted(text: str) -> str:
    return re.sub(r"「[^」]*」", "", text)
