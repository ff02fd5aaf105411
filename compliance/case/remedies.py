"""Remedies: what the parties did or will do so that it does not happen again, when, and what the authority says.

In a part about remedies each dated step is one (and a clause without any date is one as a whole); elsewhere
only what is plainly a remedy: a plan or report submitted, data deleted, money asked back. A step without a
date takes the day on which the document says that the remedies were published, and keeps that place; where
it says none, the date stays empty.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compliance.case.days import Dated, Day, Days, span_of
from compliance.case.names import Party
from compliance.case.narrative import ASIDE, Narrative, Place, Sentence, Words
from compliance.case.parties import Parties
from law.document import Clause

_THEME = re.compile(
    r"再発防止|是正の?状況|改善の?(?:状況|措置)$|進捗の?状況|に向けた取組|を受けた.{0,10}対応の概要|(?:勧告|指導)に対する措置"
    r"|(?:事業者|会社|各社|両社|当社|同社|両者|各者|法人)(?:等)?の対応(?:状況)?$|改善策|^報告書の(?:概要|内容)$|改善(?:の|に向けた)(?:取組|取り組み)|(?:講じた|実施した|実施済みの)(?:対策|措置|取組)$|^対策$|今後の(?:対応|取組|取り組み|対策)$"
)
_ANSWERS = ("の対応", "の対応状況", "の取組", "の再発防止策")
_PLEDGED = re.compile(
    r"(?:強化|徹底|実施|導入|見直|整備|新設|設置|禁止|義務付|停止|改善|改修|点検|確認|防止)[^。]{0,24}"
    r"(?:いたします|します|しました|いたしました|まいります|予定です)。$"
)
"""A step without a day, in the voice of one who takes it."""
_VERDICT = re.compile(
    r"違反状態が[^。]*(?:続い|継続)|(?:防止|改善)に資する(?:もの|と)|(?:対応|取組|措置)[^。]*(?:評価(?:でき|して)|妥当(?:である|なもの)と)|一定の(?:改善|取組)が認められ|改善が認められ|改善は認められな|是正された(?:もの)?と認め"
)
_STILL = re.compile(r"(?:現時点でも|現在も(?:なお)?|いまだ|未だに)[^。]*(?:て|で)い(?:ない|ません)。")
_UNCLEAR = re.compile(r"原因は、|(?:経緯|原因|要因|理由)[^。]{0,20}(?:明らか|解明)")
_STATUS = re.compile(r"^\d[^、。]{2,9}現在")
"""A report of progress, which is no step."""
_NOT_DONE = re.compile(r"(?:て|で)い(?:ない|ません|なかった)。$|に至らな|回答のみ|とどまっている。$")
_WISH = re.compile(
    r"望ましい|望まれ|ガイドライン|この点、|当委員会は|検討する。$|(?:報告|提出)すること。$|(?:報告|提出)する(?:こと|よう)を?求め(?:た|る|ます|ました)。$|^【?(?:お?問い?合わ?せ|連絡|照会)先|(?:以下|次|下記)の(?:とおり|通り|対策|措置|取組|再発防止策)[^。]*。$|注視|厳正に|(?:指導|監督)(?:・監督|を行)?(?:し|って)(?:てい[くき]|まいり)|^詳細は、"
)
_ELSEWHERE = re.compile(
    r"(?:報告書|改善計画|業務改善計画|計画)を[^、。]{0,30}提出(?:し|して)|提出しており|消去済み|削除した(?!ところ)|再発防止策を実施して"
    r"|返還を求め|減額した金額を支払|(?:返金|返還|補償)し(?!な)|計画(?:書)?」(?:[^、。]{0,30})を(?:策定|公表)し|」を[^、。]{0,14}公表して"
)
_ANSWER = re.compile(r"指導に対して|勧告に対して|からの報告の求めに対し")
_BEFORE_DAY = re.compile(r"、$")
_PUBLISHED = re.compile(r"再発防止策(?:[^。]{0,40})(?:について)?(?:を)?公表")
_OTHER_DAY = re.compile(r"(?:[^、。]{0,2}公表した再発防止策|時点|付け|以降に|現在|に受け)")
"""What stands behind a day on which something else was than the step."""
_BULLET = re.compile(r"^[・○●◯◆－]")
_SEE = re.compile(r"^(?:[^、。]{1,12}は、)?(?:前記|上記|後記)[^。]{0,20}のとおり、再発防止策を講じている")


@dataclass(frozen=True, slots=True)
class Remedy:
    """A step against a repetition, its date, and the authority's word on it."""

    words: Words
    date: Dated | None
    parties: tuple[Party, ...]
    verdict: Words | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The authority's word on how matters stand: 違反状態が現在も続いている, 一定の取組が認められる."""

    words: Words
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Remedies:
    """Reads the remedies of a narrative."""

    narrative: Narrative
    days: Days
    parties: Parties

    def read(self) -> tuple[Remedy, ...]:
        """The remedies in reading order, each once."""
        found: list[Remedy] = []
        for clause, told in self.narrative.stretches:
            body = [s for s in told if s.is_told]
            if not body or any(p.is_general for p in self.parties.scope(clause)):
                continue
            own = self._of_part(body) if self._is_part(clause) else list(self._elsewhere(body))
            verdict = next((s.words() for s in body if _VERDICT.search(s.text)), None)
            found.extend(replace(one, verdict=verdict) for one in own)
        return tuple(found)

    def _is_part(self, clause: Clause) -> bool:
        """Whether a clause stands in a part on remedies: by its theme, or as what a party did (甲社の対応)."""
        if self.narrative.is_under(clause, _THEME):
            return True
        return any(self._answers(heading) for heading in self.narrative.above(clause))

    def _answers(self, heading: Sentence) -> bool:
        named = self.parties.named(heading.text)
        return bool(named) and named[0].start == 0 and heading.text[named[0].end :] in _ANSWERS

    def _of_part(self, body: Sequence[Sentence]) -> list[Remedy]:
        if any(_STATUS.match(s.text) for s in body):
            return []
        done = [s for s in body if not (_NOT_DONE.search(s.text) or _WISH.search(s.text) or _VERDICT.search(s.text))]
        done = [s for s in done if not (_SEE.match(s.text) or _UNCLEAR.search(s.text))]
        if done and all(_BULLET.match(s.text) for s in done):
            return [one for s in done for one in self._bullet(s)]
        dated = [one for s in done for one in self._dated(s)]
        if dated or not done:
            pledged = [s for s in done if _PLEDGED.search(s.text) and not self.days.of(s)] if dated else []
            return [*dated, *(Remedy(s.words(), self._published(s), self.parties.of(s)) for s in pledged)] or list(
                self._elsewhere(body)
            )
        path = body[0].clause.path
        if self.narrative.document.children.get(path) and not self._is_heading_step(body[0]):
            return []
        first = done[0]
        heading = next((h for h in self.narrative.above(first.clause) if h.clause is first.clause), None)
        words = self._whole(heading, done)
        return [Remedy(words, self._published(first), self.parties.of(first))]

    def _bullet(self, sentence: Sentence) -> list[Remedy]:
        undated = Remedy(sentence.words(1), self._published(sentence), self.parties.of(sentence))
        return list(self._dated(sentence)) or [undated]

    def _is_heading_step(self, sentence: Sentence) -> bool:
        children = self.narrative.document.children.get(sentence.clause.path, ())
        return all(child.kind in ASIDE for child in children)

    def _whole(self, heading: Sentence | None, done: Sequence[Sentence]) -> Words:
        """The clause as one step: its heading, which names it, and what it does."""
        last = done[-1].place().span.end
        first = heading or done[0]
        start = first.place().span.start
        return Words(first.printed(), Place(first.clause.path, replace(first.place().span, start=start, end=last)))

    def _dated(self, sentence: Sentence) -> Iterator[Remedy]:
        for start, end, days in self._segments(sentence):
            value = span_of(sentence.text, days)
            if value and _OTHER_DAY.match(sentence.text, days[0].end):
                continue
            if value:
                first = days[0]
                date = Dated(value, sentence.place(first.start, days[-1].end), first.evidence)
                yield Remedy(sentence.words(start, end), date, self._whose(sentence))

    def _whose(self, sentence: Sentence) -> tuple[Party, ...]:
        """Of whom the step is: whom the sentence speaks of, else whose 取組 it tells of."""
        named = self.parties.named(sentence.text)
        owners = [n.party for n in named if re.match(r"の[^、。]{0,12}取組", sentence.text[n.end :])]
        return tuple(dict.fromkeys(owners)) or self.parties.of(sentence)

    def _segments(self, sentence: Sentence) -> list[tuple[int, int, tuple[Day, ...]]]:
        """The sentence cut before each day that begins a new step: 10月19日、…求め、同年10月31日、…確認し."""
        days = [d for d in self.days.of(sentence) if sentence.text[d.start : d.end] != "同日"]
        cuts = [0]
        for before, day in itertools.pairwise(days):
            between = sentence.text[before.end : day.start]
            if _BEFORE_DAY.search(between) and len(between) > 8 and not re.search(r"てから|まで", between):
                cuts.append(day.start)
        cuts.append(len(sentence.text))
        spans = itertools.pairwise(cuts)
        return [(a, b, tuple(d for d in days if a <= d.start < b)) for a, b in spans]

    def _elsewhere(self, body: Sequence[Sentence]) -> Iterator[Remedy]:
        for sentence in body:
            by = self.parties.of(sentence)
            if not by or (_WISH.search(sentence.text) and not _ELSEWHERE.search(sentence.text)):
                continue
            for start, end, days in self._segments(sentence):
                words = sentence.text[start:end]
                if not _ELSEWHERE.search(words) or _ANSWER.search(words) or re.search(r"としていたのに", words):
                    continue
                value = span_of(sentence.text, [d for d in days if not re.match("付け", sentence.text[d.end :])])
                place = sentence.place(days[0].start, days[-1].end) if days else None
                date = Dated(value, place, days[0].evidence) if value and place else None
                yield Remedy(sentence.words(start, end), date, by)

    def _published(self, near: Sentence) -> Dated | None:
        """The last day in the timeline on which remedies were published."""
        told = [s for s in self.narrative.sentences if _PUBLISHED.search(s.text) and not s.is_heading]
        told = [s for s in told if s.clause is not near.clause and self.days.of(s) and self.days.of(s)[0].start == 0]
        if not told:
            return None
        last = max(told, key=lambda s: self.days.of(s)[0].value)
        day = self.days.of(last)[0]
        return Dated(day.value, last.place(day.start, day.end), day.evidence)


def assessments(narrative: Narrative, parties: Parties, remedies: Sequence[Remedy]) -> tuple[Assessment, ...]:
    """The authority's words on how matters stand, without those that are on one remedy."""
    on_one = {one.verdict.place for one in remedies if one.verdict is not None and one.date is not None}
    found: list[Assessment] = []
    for _, sentences in narrative.stretches:
        told = [s for s in sentences if s.is_told and s.place() not in on_one]
        still = [s for s in told if _STILL.search(s.text) and not _UNCLEAR.search(s.text)]
        verdicts = still or [s for s in told if _VERDICT.search(s.text)]
        found.extend(Assessment(s.words(), parties.of(s)) for s in verdicts)
    return tuple(found)
