"""Timing: on which day an act was done, and until when it asks for what.

An act in the present tense is done on the day of the document. One in the past has the day named before it in its
clause; else, in the part on the measures of a document that acts on its own day, that day; else none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from compliance.case.acts import RECEIVED
from compliance.case.days import Dated, Day, Days, dated
from compliance.case.names import Party
from compliance.case.narrative import Narrative, Sentence
from compliance.case.parties import Parties

_AT = re.compile(r"(?P<day>まで(?:に|$)|を(?:提出|報告)?期限(?:として|とし、|に))")
_TERM = re.compile(
    r"今後\d+[年か月ヵヶ]{1,2}(?:間)?、?(?:\d+[年か月ヵヶ]{1,2}|毎[年月]|四半期|半[年期])ごと|定期的(?=に)|\d+(?:日|週間|か月|月|年)以内"
)
_SUBMITTED = re.compile(r"までに[^。]{0,40}(?:提出|報告)(?:すること|し、)")
_THROUGH = re.compile(r"から|より|にかけて|まで")
"""Behind a year or a month of the misconduct, not of the act."""
_WHOLE = len("2024-01-01")
_TERM_IS = re.compile(r"(?:提出|報告|納付|履行)期限(?:は、?|:)?$")
_ONLY_DAYS = re.compile(r"(?:(?:から|及び|および|、|・)[^()、。]{0,14}?(?:日|月)(?:まで)?)?(?:実施)?\)")
_WANTED = re.compile(r"報告(?:(?:を)?されたい|(?:を)?願い|してください|すること)")
_PAST = re.compile(r"^(?:等)?(?:を)?(?:し)?(?:行った|行い|行っ|実施し|発出し|した|しました|た。|。$|$|求めた|まし|て)")
_ORDER = re.compile(
    r"(?:命令|指示|処分|勧告|指導|措置|要請|求め)(?:等)?の(?:内容|概要)|(?:求める|講ずべき)(?:措置|事項)"
)
_FINDING = re.compile(
    r"(?:(?:等)?(?:及び|および|並びに|、)[^。、]{0,40})?(?:等)?(?:を)?(?:実施|行)[^、。]{0,4}(?:ところ|結果)|たところ"
)
"""Behind an act that was over before what the sentence is about: 立入検査を実施したところ、…、本日、…."""
DONE = re.compile(
    r"(?:処分|命令|勧告|指導|措置|対応)(?:等)?の?(?:内容|概要)$|(?:委員会|[省庁局部])の?対応$|行政上の対応$|^措置$|^対応$"
)
"""The heading of the part on what the authority did on the day of the document."""
_DAY_OF = re.compile(r"(?:処分|命令|指示|勧告|指導)(?:等)?(?:の|を行った)?年月日$")
_OTHER_DAY = re.compile(r"付け?|を?もって|現在|時点|に(?:発生し|発覚し|判明し|公表し|公表された|受領し)た")
"""What stands behind a day on which something else was than the act."""
_TOGETHER = re.compile(r"(?:併せて|あわせて|同時に|また、これと)")


@dataclass(slots=True)
class Timing:
    """Reads the days of a narrative's acts in the order of the text, remembering what was named last."""

    narrative: Narrative
    days: Days
    parties: Parties
    day: Dated | None
    """The day of the document."""
    is_of_today: bool = False
    """Whether the document has said that it acts on its own day."""
    _last: dict[str, Dated] = field(default_factory=dict)
    _latest: Dated | None = None
    """The day of the act told last, for one that is told to be done together with it."""

    def note(self, sentence: Sentence) -> None:
        """Remember the day that a sentence begins with."""
        if self.days.of(sentence) and self.days.of(sentence)[0].start == 0:
            self._last[sentence.clause.path] = dated(sentence, self.days.of(sentence)[:1])

    def of(self, sentence: Sentence, act: re.Match[str]) -> Dated | None:
        """The day on which an act was done, as far as its sentence or what stands before it says."""
        text, path = sentence.text, sentence.clause.path
        if own := self._bracketed(sentence, act):
            return own
        until = self._before(sentence, act)
        if act.lastgroup in RECEIVED and "本日" in text[: act.start()]:
            return self.day
        if act.lastgroup in RECEIVED:
            before = re.match(r"[^、。]{0,12}$|に[^、。]{0,80}$", text[until[-1].end : act.start()]) if until else None
            return dated(sentence, until[-1:]) if before or (re.match(r"^\d", text) and until) else None
        if until:
            self._last[path] = self._latest = dated(sentence, until)
            return self._last[path]
        if act.lastgroup in ("called", "through"):
            return None  # it is said why one would, or what came of it, not that it is done today
        if _FINDING.match(text, act.end()):
            return None
        past = _PAST.match(text[act.end() :])
        if past and "本日" not in text:
            together = self._latest if _TOGETHER.match(text) else None
            return self._last.get(path) or together or self._announced(sentence) or self._headed()
        if self.day is not None:  # and of what is told next: また、…報告するよう求めました
            self._last[path] = self.day
            self._latest = self.day if "本日" in text else self._latest
        return self.day

    def _before(self, sentence: Sentence, act: re.Match[str]) -> list[Day]:
        """The days before an act on which it may have been done: not of something else, nor a term or a stretch."""
        text = sentence.text
        until = [d for d in self.days.of(sentence) if d.end <= act.start() and not _AT.match(text, d.end)]
        on = [d for d in until if re.match(r"付け?で", text[d.end :])]
        until = [d for d in until if not _OTHER_DAY.match(text[d.end :])] or on[-1:]
        if act.lastgroup == "through":  # a day in a bracket is another's: 立入検査（９月19日通知）及び報告徴求
            until = [d for d in until if text.count("(", 0, d.start) == text.count(")", 0, d.start)]
        return [d for d in until if len(d.value) == _WHOLE or not _THROUGH.match(text, d.end)]

    def _bracketed(self, sentence: Sentence, act: re.Match[str]) -> Dated | None:
        """The day in a bracket right behind an act: 勧告（４月18日付）が行われた."""
        text = sentence.text
        own = [d for d in self.days.of(sentence) if d.start > act.end()]
        if act.lastgroup not in ("passive", "through") or not own or text[act.end() : own[0].start] != "(":
            return None
        is_only = act.lastgroup == "passive" or _ONLY_DAYS.match(text, own[0].end)
        return dated(sentence, own if act.lastgroup == "through" else own[:1]) if is_only else None

    def of_party(self, sentence: Sentence, party: Party, end: int) -> Dated | None:
        """The day that stands right before a party: 同年６月19日に甲社、同月20日に乙社に対し."""
        for named in self.parties.named(sentence.text[:end]):
            if named.party == party:
                days = self.days.of(sentence)
                for at, day in enumerate(days):
                    if day.end <= named.start and sentence.text[day.end : named.start] in ("に", "に、", "、", ""):
                        return dated(sentence, days[at:])
        return None

    def deadline(self, sentence: Sentence, first: int, act: re.Match[str]) -> Dated | None:
        """Until when an act asks for something."""
        text = sentence.text
        until = [d for d in self.days.of(sentence) if first <= d.start < act.start() and _AT.match(text, d.end)]
        if until:
            return dated(sentence, until[-1:], extra=2)
        stop = len(text) if re.search(r"報告させ", text[act.end() :]) else act.end()
        term = next((m for m in _TERM.finditer(text, first, stop)), None)
        asks = act.group() != "指導" and (
            term is None or "報告" in act.group() or "報告" in text[term.end() : act.end()]
        )
        return Dated(sentence.printed(*term.span()), sentence.place(*term.span())) if term and asks else None

    def ordered(self) -> Dated | None:
        """The day until which the part on what is ordered asks for a plan or a report."""
        for sentence in self.narrative.sentences:
            if not sentence.is_heading and self.narrative.is_under(sentence.clause, _ORDER):
                for day in self.days.of(sentence):
                    if _TERM_IS.search(sentence.text[: day.start]):
                        return dated(sentence, (day,))
                    if re.compile(r"までに[^。]{0,40}(?:提出|報告)(?![^。]{0,16}求め)").match(sentence.text, day.end):
                        return dated(sentence, (day,), extra=2)
        return None

    def following(self, sentence: Sentence) -> Dated | None:
        """The day until which what stands behind an act asks for a report: なお、４月１日までに報告されたい。"""
        own = [s for s in self.narrative.beside(sentence) if s.start > sentence.start and _WANTED.search(s.text)]
        children = self.narrative.document.children.get(sentence.clause.path, ())
        items = [s for child in children for s in self.narrative.body(child.path) if _SUBMITTED.search(s.text)]
        return next((found for after in (*own, *items) if (found := self.terms(after))), None)

    def terms(self, line: Sentence) -> Dated | None:
        """The day until which a line asks for something."""
        until = [d for d in self.days.of(line) if _AT.match(line.text, d.end)]
        return dated(line, until[-1:], extra=2) if until else None

    def _headed(self) -> Dated | None:
        """The day that a line on the day of the measure gives: 処分の年月日　令和７年６月３日."""
        for sentence in self.narrative.sentences:
            if not sentence.is_heading and self.narrative.is_under(sentence.clause, _DAY_OF):
                return dated(sentence, self.days.of(sentence)[:1]) if self.days.of(sentence) else None
        return None

    def _announced(self, sentence: Sentence) -> Dated | None:
        """The day of the document for what its part on the measures tells, where it says that it acts on that day."""
        return self.day if self.is_of_today and self.narrative.is_under(sentence.clause, DONE) else None
