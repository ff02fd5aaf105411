"""How lines flow into paragraphs: which line goes on from the one before, which begins anew.

Decided by the measure of the column, the indents and the rules of line breaking; labels are judged
elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.imprint import stands_alone
from ingest.lines import Line
from ingest.measure import Key, Measure
from ingest.tree import Paragraph
from law.label import read_label

SENTENCE_ENDS = ("。", "。」", "。）")
_UNIT = re.compile(
    r"[0-9０-９]+(?:[-－‐―][0-9０-９]+)+(?=[のに及又、，からまで①-⑳()（）。])[①-⑳]*[）)。、]*|"
    r"[!-~]+|[（(「『【〔［]*.[、。，．）)」』】〕］々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
)
"""What is not broken at the head of a line: a chained number that refers, a Latin word, or a character with the
marks that cling to it."""

_SEALED = re.compile(r"^【[^【】]+】$|^＜[^＜＞]+＞$|^≪[^≪≫]+≫$|^〈[^〈〉]+〉$|[A-Za-z)\"”][.!?]$")
"""What cannot go on: a small heading in brackets from end to end (【該当する事例】), an English sentence."""

_POINTS = "・•‣－–"
"""What opens an entry of a list and stands out from it."""


class Flow:
    """The flow of lines in columns of known measure."""

    def __init__(self, measures: dict[Key, Measure]) -> None:
        self._measures = measures

    def measure(self, line: Line) -> Measure:
        """The measure of the column the line stands in."""
        return self._measures[(line.page, line.column)]

    def x(self, line: Line) -> float:
        """Where the line begins, in points from the left edge of its column."""
        return line.start - self.measure(line).left

    def closed(self, paragraph: Paragraph, line: Line, following: Sequence[Line]) -> bool:
        """Whether the paragraph may have ended with its last line, the one before `line`."""
        last = paragraph.lines[-1]
        if self._step(last, line) > 1.8 or (self.is_right(line) and stands_alone(line.text)):
            return True
        if paragraph.right or (paragraph.centred and not self.centred(line, following, paragraph)):
            return True
        if paragraph.centred:
            bracketed = line.text[0] in "【（〔" and line.text[-1] in "】）〕"
            apart = bracketed or stands_alone(last.text) or stands_alone(line.text)
            return apart or abs(last.size - line.size) > 0.6 or self._step(last, line) > 1.4
        if last.text.endswith(SENTENCE_ENDS) or _SEALED.search(paragraph.text):
            return True
        if self._is_indented(paragraph, line, following):
            return True
        return not (self.is_full(last, line) or self._goes_on(paragraph, line, following))

    def _is_indented(self, paragraph: Paragraph, line: Line, following: Sequence[Line]) -> bool:
        """Whether the line is plainly the first of a paragraph, though the one before it is full: it stands
        further in than the lines before and after it, as a sentence under a heading of full width does."""
        if not following or not self.is_full(line, following[0]) or read_label(following[0].text):
            return False
        em = line.size
        inner = [self.x(other) for other in paragraph.lines[1:]]
        edge = min(inner) + 0.2 * em if inner else self.x(paragraph.lines[0])
        later = self.x(following[0])
        return self.x(line) > edge + 0.4 * em and later < self.x(line) - 0.5 * em and later < edge + 0.4 * em

    def _goes_on(self, paragraph: Paragraph, line: Line, following: Sequence[Line]) -> bool:
        """Whether a sentence broken a character or two before the edge goes on in the line.

        It does when the line stands where the paragraph's later lines stand, or hangs under its label,
        and is not itself the indented first line of a paragraph.
        """
        last = paragraph.lines[-1]
        em = last.size
        if self.measure(last).right - last.end > 2.2 * em:
            return False
        inner = [self.x(other) for other in paragraph.lines[1:]]
        if inner:
            return abs(self.x(line) - min(inner)) < 0.4 * em
        first = bool(following) and self.is_full(line, following[0])
        return first and self.x(line) > self.x(last) + 0.4 * em

    def _step(self, last: Line, line: Line) -> float:
        """How many line pitches lie between two lines; 1 over a page or column end."""
        if last.page != line.page or last.column != line.column:
            return 1.0
        measure = self.measure(line)
        larger = max(1.0, min(last.size, line.size) / measure.size)  # a title in a larger size has wider pitch
        return (line.top - last.top) / (max(measure.pitch, 1.0) * larger)

    def begins(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether an unlabelled line begins a paragraph after one that may have ended."""
        last = paragraph.lines[-1]
        if not last.text.endswith(SENTENCE_ENDS) or self._step(last, line) > 1.4:
            return True
        if not self.is_full(last, line):
            return True
        # The last line is full and ends a sentence: only the indent tells.
        em = line.size
        if len(paragraph.lines) > 1:
            usual = min(self.x(other) for other in paragraph.lines[1:])
            return self.x(line) > usual + 0.6 * em
        return self.x(line) >= self.x(last) - 0.3 * em and not paragraph.label_length

    def centred(self, line: Line, following: Sequence[Line] = (), before: Paragraph | None = None) -> bool:
        """Whether the line is set in the middle: with room on both sides, or in a larger size."""
        measure = self.measure(line)
        middle = abs((line.start + line.end) / 2 - (measure.left + measure.right) / 2)
        room = min(line.start - measure.left, measure.right - line.end)
        em = line.size
        if middle < 1.5 * em and room > 1.5 * em:
            return True
        goes_on = before is not None and before.centred and abs(before.lines[-1].size - em) < 0.6
        if goes_on or (line.size > 1.04 * measure.size and room > 0.5 * em):
            return middle < 0.6 * em
        # A title line as wide as the column, over one that is plainly centred.
        below = following[0] if following else None
        return (
            below is not None
            and before is None
            and abs(below.size - em) < 0.1
            and middle < 0.3 * em
            and room >= 0
            and not line.text.endswith(SENTENCE_ENDS)
            and below.page == line.page
            and self.centred(below)
        )

    def is_right(self, line: Line) -> bool:
        """Whether the line is set to the right, as dates and signatures are."""
        measure = self.measure(line)
        return line.start > measure.left + 0.45 * measure.width and line.end > measure.right - 2.5 * line.size

    def base(self, line: Line, following: Sequence[Line]) -> float:
        """Where the later lines of a paragraph that begins here stand; a lone line is taken as indented.

        A line that begins with a point is not: its later lines would hang.
        """
        if following and self.is_full(line, following[0]):
            return min(self.x(line), self.x(following[0]))
        return self.x(line) - (0 if line.text[0] in _POINTS else line.size)

    def is_full(self, line: Line, following: Line) -> bool:
        """Whether the line ends only because what follows would not fit on it (JIS X 4051, kinsoku)."""
        unit = _UNIT.match(following.text)
        length = len(unit.group()) if unit else 1
        needed = following.position(length) - following.start
        return self.measure(line).right - line.end - line.trailing < needed - 0.1 * line.size


def open_brackets(text: str) -> bool:
    """Whether a bracket is opened and not closed."""
    return sum(text.count(c) for c in "（「(") > sum(text.count(c) for c in "）」)")
