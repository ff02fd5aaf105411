"""Period: from when to when the misconduct went on.

It is the most precise stretch of the misconduct that the account of the whole case gives, else the party's own part;
else the lines of a timeline on its beginning and its end, else the one day on which it happened. A party's years of
service, or the dates of an inquiry, are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.case.days import Day, Days, Stretch, stretches
from compliance.case.harm import AFTER, FACTS, HARM, UNHARMED
from compliance.case.names import Party
from compliance.case.narrative import ASIDE, Narrative, Place, Sentence, unbracketed, unquoted
from compliance.case.parties import Parties

_BEGUN = re.compile(r"を開始|が始ま")
_ENDED = re.compile(r"最後の|終了|を(?:停止|中止)")
_PERIOD = re.compile(
    r"(?:表示|違反行為|行為|実行|発生|影響|漏えい|不正)(?:の|した|を受けた|していた)?期間$|対象となる期間$|発生(?:した)?(?:日|日時|年月日)$"
)
_KEYED = re.compile(
    r"^[・○]?(?:発生|侵入|漏えい|流出|不正アクセス|閲覧|影響|被害)[^:。]{0,14}(?:期間|時期|日時)(?:\([^()]*\))?:"
)
"""A line that gives the period behind its name: 侵入の時期：….."""
_BARE = re.compile(r"^[・○]?(?:対象)?期間:")
_WENT_ON = re.compile(
    r"(?:(?:て|で)い(?:た|ました)|を行(?:った|いました)|発生し(?:た|ました)|(?:し|なかっ)(?:た|ました))(?:もの(?:である|です))?。$"
)
_OF_HARM = re.compile(rf"{HARM.pattern}|事案は|違反行為|表示を?して")
_NOT_IT = re.compile(
    r"判明|発覚|報告|公表|受領|従事して|契約|施行|導入された|調査|照会|確認した|問合せ|認識|把握|気付|連絡|通報|指摘|懸念"
)
_ACCOUNT = re.compile(rf"{FACTS.pattern}|事実関係$|事[案実件]の(?:概要|内容)$|^概要$|ない(?:状況|状態)$|問題$")
_LEARNT = re.compile(r"判明|発覚|報告|公表|受領|調査|照会|確認|問合せ|連絡|通報|依頼")
_HAPPENED = re.compile(r"^事[案故件実]の(?:概要|内容)$|^概要$")
_INQUIRY = re.compile(r"検査|監査|調査|照会|聴取|報告|研修|改善|業務の?停止")
_FROM_INQUIRY = re.compile(r"^[^、。]*(?:調査|解析|検査|報告)[^、。]*(?:の結果|により|によれば|によると|したところ)、")
"""How it is known, before what is known: 第三者機関による調査の結果、."""
_STEPS = re.compile(r"(?<=[しりてきいびみれえ])、")
"""Where a step that was told ends and the next begins: 調査が完了し、."""
_REPORTED = re.compile(r"漏えい等?(?:の)?報告[^、。]*")
"""The harm as the subject of a report, not as what went on."""
_DONE = re.compile(
    r"送信し|送付し|公開し|掲載し|取り違え|誤(?:り|って)|受けて|受け、|発生|生じ|流出|行われ|行って|漏えい|持ち?出|紛失し|盗ま|侵入|感染|誤送信"
)


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when the misconduct went on, as precisely as printed; open where the print is."""

    start: str | None
    end: str | None
    place: Place
    evidence: Place | None = None
    """Where the era was read that its years do not name."""


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
    ] or [(s, one) for s in told for one in stretches(s.text, days.of(s)) if _is_of_facts(narrative, s, one)]
    if found:
        sentence, best = max(found, key=lambda pair: (pair[1].end is not None, len(pair[1].value), -pair[0].start))
        return Period(best.start, best.end, sentence.place(best.first, _clause_end(sentence, best.last)), best.evidence)
    return _from_timeline(told, days) or _on_a_day(narrative, told, days)


def _tells_misconduct(narrative: Narrative, sentence: Sentence) -> bool:
    if _OF_HARM.search(UNHARMED.sub("", unquoted(sentence.text))) or _is_headed_period(narrative, sentence):
        return True
    is_under = narrative.is_under(sentence.clause, _ACCOUNT) and not narrative.is_under(sentence.clause, AFTER)
    return is_under and sentence.clause.kind not in ASIDE and _WENT_ON.search(_bare(sentence.text)) is not None


def _is_headed_period(narrative: Narrative, sentence: Sentence) -> bool:
    """Whether a sentence only gives the period that its heading, or its first words, name: 表示期間, 侵入の時期：."""
    heading = next(iter(narrative.above(sentence.clause)), None)
    if heading is not None and _BARE.match(sentence.text) and HARM.search(heading.text):
        return True
    return _KEYED.match(sentence.text) is not None or any(
        _PERIOD.search(h.text) for h in narrative.above(sentence.clause)[:1]
    )


def _is_of_facts(narrative: Narrative, sentence: Sentence, stretch: Stretch) -> bool:
    """Whether a part on the facts, or on why an order was made, says that something was done all the time."""
    is_under = narrative.is_under(sentence.clause, _ACCOUNT) and not narrative.is_under(sentence.clause, AFTER)
    is_inquiry = _INQUIRY.search(sentence.text[stretch.last : stretch.last + 40]) is not None
    is_told = is_under and stretch.end is not None and _bare(sentence.text).endswith("た。")
    return is_told and not is_inquiry and not _NOT_IT.search(sentence.text)


def _is_misconduct(text: str, stretch: Stretch) -> bool:
    rest = UNHARMED.sub("", _bare(text[stretch.last :]))
    after = _REPORTED.sub("", re.split(r"、(?=[^、]*(?:結果|ところ))|のに、|。", rest)[0])
    if stretch.end is None:
        went_on = re.match(r"、?[^。]{0,40}(?:発生|行われ|行って|継続|続い)", rest) is not None
        return went_on or (_OF_HARM.search(rest) is not None and _NOT_IT.search(rest) is None)
    return (
        _NOT_IT.search(_STEPS.split(_FROM_INQUIRY.sub("", _bare(text[: stretch.first])))[-1]) is None
        and (_OF_HARM.search(after) is not None or _WENT_ON.search(rest) is not None)
        and "施した" not in rest[:60]
    )


def _clause_end(sentence: Sentence, last: int) -> int:
    stop = re.compile(r"[^、。]*").match(sentence.text, last)
    return stop.end() if stop else last


def _from_timeline(told: Sequence[Sentence], days: Days) -> Period | None:
    """From the line of a timeline that tells the beginning to the one that tells the end."""
    first = next((s for s in told if days.of(s) and _BEGUN.search(s.text) and not _INQUIRY.search(s.text)), None)
    if first is None:
        return None
    last = next((s for s in told if days.of(s) and s.start > first.start and _ENDED.search(s.text)), None)
    day = days.of(first)[0]
    return Period(day.value, days.of(last)[0].value if last else None, first.place(), day.evidence)


def _began(sentence: Sentence, day: Day) -> bool:
    """Whether the first step that a sentence tells is the harm, on its day: 7月28日、…感染し、8月20日に…."""
    steps = _STEPS.split(sentence.text)
    step = steps[0][day.end :]
    return day.start == 0 and len(steps) > 1 and bool(_DONE.search(step)) and not _NOT_IT.search(step)


def _happened(narrative: Narrative, sentence: Sentence, day: Day) -> bool:
    """Whether a sentence says that the harm was done on its day, not that somebody learnt of it."""
    if _is_headed_period(narrative, sentence):
        return True
    if sentence.text.startswith("にも", day.end):  # 平成27年にも同種の漏えいが
        return False
    if _is_account(narrative, sentence, day):
        return not _LEARNT.search(sentence.text)
    done = _DONE.search(sentence.text, day.end)
    said = sentence.text[done.end() :].split("、")[0] if done else ""
    return done is not None and not _NOT_IT.search(sentence.text[: done.end()] + said)


def _is_account(narrative: Narrative, sentence: Sentence, day: Day) -> bool:
    """Whether the part on what happened begins a sentence with its day: 11月30日、機長が、…申告しなかった。"""
    is_under = any(_HAPPENED.search(h.text) for h in narrative.above(sentence.clause)[:1])
    return is_under and day.start == 0 and _bare(sentence.text).endswith("た。")


def _on_a_day(narrative: Narrative, told: Sequence[Sentence], days: Days) -> Period | None:
    for sentence in told:
        found: tuple[Day, ...] = days.of(sentence)
        is_open = bool(list(stretches(sentence.text, found)))
        if found and _began(sentence, found[0]):
            day = found[0]
            return Period(day.value, day.value, sentence.place(0, _clause_end(sentence, day.end + 1)), day.evidence)
        if len({one.value for one in found}) == 1 and not is_open and _happened(narrative, sentence, found[0]):
            day = found[0]
            return Period(day.value, day.value, sentence.place(0, _clause_end(sentence, day.end + 1)), day.evidence)
    return None


def _bare(text: str) -> str:
    """The words without those in brackets."""
    return unbracketed(text).replace(" ", "")
