"""Body lines to the clause tree, by the grammar of labels and the layout, not by the document.

A line is read in context: does the paragraph before it go on, does its label follow a sibling that is
open, does it stand where its siblings stand? A line that begins with a number but only refers to a
clause goes on with the text. What fits no rule becomes text of the clause before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.imprint import stands_alone
from ingest.lines import Line
from ingest.measure import Key, Measure
from law.document import ClauseKind, Finding
from law.label import Label, Style, as_iroha, as_letter, read_label

TITLE = "（表題）"
PREAMBLE = "（前文）"


@dataclass(slots=True)
class Paragraph:
    """Lines that read on. `label_length` code points of the first line are its label."""

    lines: list[Line]
    label_length: int = 0
    centred: bool = False
    right: bool = False

    @property
    def text(self) -> str:
        """Its words without line breaks, the label included."""
        return "".join(line.text for line in self.lines)

    @property
    def words(self) -> str:
        """Its words without the label."""
        return self.text[self.label_length :]


@dataclass(slots=True, eq=False)
class Node:
    """A clause while it is built. `x` is where its label stands, from the left edge of the column."""

    label: Label | None
    name: str
    x: float
    parent: Node | None
    kind: ClauseKind = ClauseKind.PARAGRAPH
    caption: Paragraph | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    heading: Paragraph | None = None
    bases: list[float] = field(default_factory=list)
    """Where the unlabelled paragraphs set under it begin."""

    @property
    def style(self) -> Style | None:
        """How its label is written."""
        return self.label.style if self.label else None

    @property
    def body_x(self) -> float | None:
        """Where the second and later lines of its paragraphs begin, if it has any."""
        starts = [line.start for paragraph in self.paragraphs for line in paragraph.lines[1:]]
        return min(starts) if starts else None


@dataclass(slots=True)
class Outline:
    """The tree, its paragraphs in reading order, and what was noticed."""

    root: Node
    order: list[tuple[Node, Paragraph]]
    findings: list[Finding]


# How deep a style usually stands; decides only between labels that stand at the same place.
_RANK = {
    style: rank
    for rank, styles in enumerate(
        (
            (Style.MATERIAL,),
            (Style.ANNEX, Style.SUPPLEMENT, Style.REFERENCE),
            (Style.PART,),
            (Style.ROMAN, Style.DAI, Style.CHAPTER),
            (Style.SECTION,),
            (Style.SUBSECTION,),
            (Style.ARTICLE, Style.QUESTION),
            (Style.ARABIC, Style.CHAIN, Style.ANSWER),
            (Style.PAREN,),
            (Style.HALF_PAREN, Style.KANJI),
            (Style.KANA,),
            (Style.PAREN_KANA,),
            (Style.CIRCLED, Style.PAREN_LETTER),
            (Style.PAREN_ROMAN,),
            (Style.NOTE,),
            (Style.EXAMPLE, Style.BULLET),
        )
    )
    for style in styles
}
_GROUPS = frozenset(
    (Style.MATERIAL, Style.ANNEX, Style.SUPPLEMENT, Style.REFERENCE, Style.PART, Style.ROMAN, Style.DAI)
    + (Style.CHAPTER, Style.SECTION, Style.SUBSECTION)
)
"""Styles that head a part of the document: text that falls out of every clause belongs to them."""
_ABSOLUTE = frozenset((Style.CHAIN, Style.ARTICLE, Style.DAI, Style.QUESTION, Style.CHAPTER, Style.SECTION, Style.PART))
"""Styles whose number says all of itself: an excerpt may begin in the middle."""
_UNNUMBERED = frozenset((Style.NOTE, Style.EXAMPLE, Style.ANNEX, Style.SUPPLEMENT, Style.REFERENCE, Style.ANSWER))
_NOTES = frozenset((Style.NOTE, Style.EXAMPLE))
_TAIL = re.compile(
    r"(?:に(?:基づ|規定|掲げ|定め|関する規定|よる|より|おいて|係る規定|該当|違反)|の(?:規定|定め|とおり|[0-9０-９]|[(（])|"
    r"及び|又は|並びに|若しくは|ないし|乃至|から|まで|[、，,)）」』]|条(?![件例約文])|項(?!目)|号|款|年(?![次金])|月[0-9０-９]|月から|"
    r"[0-9０-９％%]|[・／/~～〜])"
)
"""What follows a number that only refers: ４－１に規定する, ７－１－１、, 146 条第１項."""
_SPACED_TAIL = re.compile(r"(?:条(?![件例約文])|項(?!目)|号|款|年(?![次金度])|月|日[、，からまで付])")
"""The same behind a space, which Japanese word processors set around every Latin figure: 146 条第１項."""
_COUNTER = re.compile(
    r"(?:年|月|日|人|名|件|社|団体|機関|万|億|円|回|か月|カ月|ヶ月|箇月|週|時間|分|秒|頁|ページ|歳|倍|割|号|階|点|線|者|次|期|種|類|本|個)"
)
_SPACED = re.compile(r"[ 　．.：:]")
_SENTENCE_ENDS = ("。", "。」", "。）")


class Outliner:
    """Reads body lines one after another into the tree."""

    def __init__(self, measures: dict[Key, Measure]) -> None:
        self.measures = measures
        self.root = Node(None, "", 0.0, None)
        self.stack: list[Node] = [self.root]
        self.paragraph: Paragraph | None = None
        self.pending: Paragraph | None = None
        self.order: list[tuple[Node, Paragraph]] = []
        self.findings: list[Finding] = []
        self.chains: set[tuple[int, ...]] = set()

    # -- events -------------------------------------------------------------------------------

    def part(self, label: str) -> None:
        """A corner label begins a document inside the file."""
        self._flush_pending()
        node = Node(Label(label, Style.MATERIAL, (), 0), label, 0.0, self.root, ClauseKind.MATERIAL)
        self.root.children.append(node)
        self.stack = [self.root, node]
        self.chains = set()
        self.paragraph = None

    def figure(self, title: Sequence[Line], labels: Sequence[Line]) -> Node:
        """A page that is a drawing: its title and the labels in it, as caption text."""
        self._flush_pending()
        parent = self.stack[1] if len(self.stack) > 1 and self.stack[1].style is Style.MATERIAL else self.root
        if parent is self.root or parent.paragraphs or parent.children:
            figure = Node(None, f"（図 {labels[0].page}頁）", 0.0, parent, ClauseKind.FIGURE)
            parent.children.append(figure)
        else:
            figure = parent
            figure.kind = ClauseKind.FIGURE
        if title:
            figure.heading = Paragraph(list(title))
            self.order.append((figure, figure.heading))
        for line in labels:
            paragraph = Paragraph([line])
            figure.paragraphs.append(paragraph)
            self.order.append((figure, paragraph))
        self.paragraph = None
        return figure

    def end(self) -> None:
        """以上 closes the text: what follows is not part of its last clause."""
        self._flush_pending()
        self.stack = self.stack[: 2 if len(self.stack) > 1 and self.stack[1].style is Style.MATERIAL else 1]
        self.paragraph = None

    def line(self, line: Line, following: Sequence[Line]) -> None:
        """The next body line; `following` are the lines after it on the same or the next page."""
        closed = self._closed(line, following)
        accepted = self._accepted(line, closed)
        if accepted is not None:
            self._open(*accepted, line)
        elif self.pending is not None and _open_brackets(self.pending.text):
            self.pending.lines.append(line)
        elif closed and self._is_caption(line, following):
            self._flush_pending()
            self.pending = Paragraph([line])
            self.paragraph = None
        elif self.paragraph is not None and not self._begins(line, closed):
            self.paragraph.lines.append(line)
        else:
            self._flush_pending()
            self._start(line, following)

    def finish(self) -> Outline:
        """The tree, once every line is read."""
        self._flush_pending()
        return Outline(self.root, self.order, self.findings)

    # -- paragraphs ---------------------------------------------------------------------------

    def _measure(self, line: Line) -> Measure:
        return self.measures[(line.page, line.column)]

    def _x(self, line: Line) -> float:
        return line.start - self._measure(line).left

    def _closed(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether the paragraph before the line may have ended with its last line."""
        if self.pending is not None:
            return not _open_brackets(self.pending.text)
        if self.paragraph is None:
            return True
        last = self.paragraph.lines[-1]
        measure = self._measure(last)
        if self.paragraph.label_length and not self.paragraph.words.strip():
            # A label alone on its line waits for its words; 附則 and 【参考】 are words themselves.
            return self.stack[-1].style in (Style.SUPPLEMENT, Style.REFERENCE) or read_label(line.text) is not None
        if self._step(last, line) > 1.8:
            return True
        if self.paragraph.right or (self.paragraph.centred and not self._centred(line, following)):
            return True
        if self.paragraph.centred:
            bracketed = line.text[0] in "【（〔" and line.text[-1] in "】）〕"
            apart = bracketed or stands_alone(last.text) or stands_alone(line.text)
            return apart or abs(last.size - line.size) > 0.6 or self._step(last, line) > 1.4
        if last.text.endswith(_SENTENCE_ENDS):
            return True
        if self._is_indented(line, following):
            return True
        return not (_is_full(last, line, measure) or self._goes_on(last, line, following))

    def _is_indented(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether the line is plainly the first of a paragraph, though the one before it is full: it stands
        further in than the lines before and after it, as a sentence under a heading of full width does."""
        if self.paragraph is None or not following or not _is_full(line, following[0], self._measure(line)):
            return False
        em = line.size
        inner = [self._x(other) for other in self.paragraph.lines[1:]]
        edge = min(inner) + 0.2 * em if inner else self._x(self.paragraph.lines[0])
        later = self._x(following[0])
        return self._x(line) > edge + 0.4 * em and later < self._x(line) - 0.5 * em and later < edge + 0.4 * em

    def _goes_on(self, last: Line, line: Line, following: Sequence[Line]) -> bool:
        """Whether a sentence broken a character or two before the edge goes on in the line.

        It does when the line stands where the paragraph's later lines stand, or hangs under its label,
        and is not itself the indented first line of a paragraph.
        """
        em = last.size
        if self.paragraph is None or self._measure(last).right - last.end > 2.2 * em:
            return False
        inner = [self._x(other) for other in self.paragraph.lines[1:]]
        if inner:
            return abs(self._x(line) - min(inner)) < 0.4 * em
        first = bool(following) and _is_full(line, following[0], self._measure(line))
        return first and self._x(line) > self._x(last) + 0.4 * em

    def _step(self, last: Line, line: Line) -> float:
        """How many line pitches lie between two lines; 1 over a page or column end."""
        if last.page != line.page or last.column != line.column:
            return 1.0
        return (line.top - last.top) / max(self._measure(line).pitch, 1.0)

    def _begins(self, line: Line, closed: bool) -> bool:
        """Whether an unlabelled line begins a paragraph."""
        paragraph = self.paragraph
        if paragraph is None:
            return True
        if not closed:
            return False
        last = paragraph.lines[-1]
        if not last.text.endswith(_SENTENCE_ENDS) or self._step(last, line) > 1.4:
            return True
        if not _is_full(last, line, self._measure(last)):
            return True
        # The last line is full and ends a sentence: only the indent tells.
        em = line.size
        if len(paragraph.lines) > 1:
            usual = min(self._x(other) for other in paragraph.lines[1:])
            return self._x(line) > usual + 0.6 * em
        return self._x(line) >= self._x(last) - 0.3 * em and not paragraph.label_length

    def _centred(self, line: Line, following: Sequence[Line] = ()) -> bool:
        """Whether the line is set in the middle: with room on both sides, or in a larger size."""
        measure = self._measure(line)
        middle = abs((line.start + line.end) / 2 - (measure.left + measure.right) / 2)
        room = min(line.start - measure.left, measure.right - line.end)
        em = line.size
        if middle < 1.5 * em and room > 1.5 * em:
            return True
        goes_on = self.paragraph is not None and self.paragraph.centred and abs(self.paragraph.lines[-1].size - em) < 0.6
        if goes_on or (line.size > 1.04 * measure.size and room > 0.5 * em):
            return middle < 0.6 * em
        # A title line as wide as the column, over one that is plainly centred.
        below = following[0] if following else None
        return (
            below is not None
            and self.paragraph is None
            and abs(below.size - em) < 0.1
            and middle < 0.3 * em
            and room >= 0
            and not line.text.endswith(_SENTENCE_ENDS)
            and below.page == line.page
            and self._centred(below)
        )

    def _is_right(self, line: Line) -> bool:
        measure = self._measure(line)
        return line.start > measure.left + 0.45 * measure.width and line.end > measure.right - 2.5 * line.size

    def _is_caption(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether the line is a caption in brackets over the clause that follows it."""
        if not line.text.startswith(("（", "(")):
            return False
        text = line.text
        for k, later in enumerate((*following, None)):
            if not _open_brackets(text):
                return (
                    text.endswith(("）", ")"))
                    and len(text) < 120
                    and later is not None
                    and (label := read_label(later.text)) is not None
                    and label.style in (Style.CHAIN, Style.ARTICLE)
                    and not _TAIL.match(later.text[label.length :])
                )
            if later is None or k >= 2:
                return False
            text += later.text
        return False

    def _flush_pending(self) -> None:
        """A caption no clause followed is a paragraph like any other."""
        if self.pending is not None:
            pending, self.pending = self.pending, None
            self._add(self.stack[-1], pending)

    def _start(self, line: Line, following: Sequence[Line]) -> None:
        """An unlabelled paragraph: to the clause it is set under."""
        paragraph = Paragraph([line], centred=self._centred(line, following), right=self._is_right(line))
        base = self._base(line, following)
        self._leave(line, base)
        self.stack[-1].bases.append(base)
        self._add(self.stack[-1], paragraph)

    def _base(self, line: Line, following: Sequence[Line]) -> float:
        """Where the later lines of a paragraph that begins here stand; a lone line is taken as indented."""
        if following and _is_full(line, following[0], self._measure(line)):
            return min(self._x(line), self._x(following[0]))
        return self._x(line) - line.size

    def _add(self, node: Node, paragraph: Paragraph) -> None:
        node.paragraphs.append(paragraph)
        self.order.append((node, paragraph))
        self.paragraph = paragraph

    def _leave(self, line: Line, base: float) -> None:
        """Pops the clauses that the place of an unlabelled paragraph shows to be over."""
        em, x = line.size, self._x(line)
        bullet = line.text[0] in "○●◆■◇□"
        for k in range(len(self.stack) - 1, 0, -1):
            if self._holds(self.stack[k], base, x, em, bullet):
                del self.stack[k + 1 :]
                return
        numbered = [k for k, node in enumerate(self.stack) if k and node.x <= x + 0.5 * em and not bullet]
        plain = [k for k in numbered if self.stack[k].style not in (Style.CIRCLED, *_NOTES)]
        del self.stack[(plain[0] if plain else self._floor()) + 1 :]

    def _holds(self, node: Node, base: float, x: float, em: float, bullet: bool) -> bool:
        """Whether an unlabelled paragraph with this place is set under an open clause."""
        if node.style in _GROUPS and x >= node.x - 0.5 * em:
            return True
        if bullet:
            return x > node.x + 0.5 * em
        if node.style is Style.ARTICLE:
            return True
        if node.style in _NOTES:
            return x >= node.x - 0.5 * em
        if base > node.x + 0.5 * em or any(abs(base - other) < 0.6 * em for other in node.bases):
            return True
        return self._awaits_words(node) and x >= node.x - 0.5 * em

    def _awaits_words(self, node: Node) -> bool:
        """Whether a clause so far has only a heading: no sentence, nothing under it, and it is no list item.

        In a list the elder siblings have no words under them either.
        """
        if node.children or len(node.paragraphs) != 1 or node.parent is None:
            return False
        elders = [c for c in node.parent.children if c is not node and c.style is node.style]
        if any(len(elder.paragraphs) == 1 and not elder.children for elder in elders):
            return False
        return not node.paragraphs[0].text.endswith(_SENTENCE_ENDS)

    def _floor(self) -> int:
        return 1 if len(self.stack) > 1 and self.stack[1].style in (Style.MATERIAL, Style.REFERENCE) else 0

    # -- labels -------------------------------------------------------------------------------

    def _accepted(self, line: Line, closed: bool) -> tuple[Label, int] | None:
        """The line's label and the depth in the stack of its parent, if the label opens a clause."""
        label = read_label(line.text)
        if label is None or label.style is Style.BULLET or not self._plausible(label, line, closed):
            return None
        found = self._sibling(label)
        if found is None and label.style in (Style.KANA, Style.PAREN_KANA):
            label = as_iroha(label) if label.printed.strip("（）()") != "ア" else label
            found = self._sibling(label)
        letter = as_letter(label)
        if found is None and letter is not None and (found := self._sibling(letter)):
            label = letter
        if found is not None:
            depth, sibling = found
            return (label, depth) if closed or self._hangs(line, sibling) else None
        if not closed and not (label.style in _NOTES and self._repeats(label, line)):
            return None
        if label.style in _UNNUMBERED:
            return label, self._host(label, line)
        if label.number and (label.number[-1] == 1 or label.style in _ABSOLUTE):
            return label, self._host(label, line)
        if label.style is Style.ARABIC and label.number == (2,):
            return self._second_paragraph(label)
        return self._skipped(label, line)

    def _plausible(self, label: Label, line: Line, closed: bool) -> bool:
        """Whether what follows the label lets it be one."""
        rest = line.text[label.length :]
        spaced = bool(_SPACED.search(line.text[len(label.printed) : label.length]))
        if not rest:
            return closed or label.style not in (Style.ARABIC, Style.KANJI)
        if not spaced and _TAIL.match(rest):
            return False
        if label.style is Style.ARABIC:
            counted = _SPACED_TAIL.match(rest) or (not closed and _COUNTER.match(rest))
            return spaced and len(label.printed) <= 2 and not counted
        if label.style is Style.ARTICLE:
            return spaced and not _SPACED_TAIL.match(rest) and not rest.startswith("第")
        if label.style is Style.CHAIN:
            # A chain is used once, and one of three or more parts stands under one that has been read.
            above = len(label.number) < 3 or label.number[:-1] in self.chains
            plain = spaced or not (rest.startswith(("(", "（")) or _COUNTER.match(rest))
            return above and label.number not in self.chains and plain
        if label.style is Style.ANNEX:
            return line.text[0] in "（(【[" or spaced
        return True

    def _sibling(self, label: Label) -> tuple[int, Node] | None:
        """The elder sibling the label comes next to, and the depth of their parent in the stack."""
        for depth in range(len(self.stack) - 1, -1, -1):
            elder = next((c for c in reversed(self.stack[depth].children) if c.style is label.style), None)
            if elder is not None and elder.label is not None and label.follows(elder.label):
                return depth, elder
        return None

    def _second_paragraph(self, label: Label) -> tuple[Label, int] | None:
        """The second paragraph of an article: the first is printed without its number."""
        for depth in range(len(self.stack) - 1, 0, -1):
            node = self.stack[depth]
            if node.style is Style.ARTICLE:
                fresh = not any(c.style is Style.ARABIC for c in node.children)
                return (label, depth) if fresh else None
        return None

    def _repeats(self, label: Label, line: Line) -> bool:
        """Whether an unnumbered note stands exactly where the one before it stands: （例） under （例）."""
        for node in reversed(self.stack):
            elder = next((c for c in reversed(node.children) if c.style is label.style), None)
            if elder is not None:
                return self._hangs(line, elder)
        return False

    def _hangs(self, line: Line, sibling: Node) -> bool:
        """Whether the line stands exactly where its elder sibling does, out of the running paragraph."""
        if abs(self._x(line) - sibling.x) > 0.6 * line.size or self.paragraph is None:
            return False
        inner = [self._x(other) for other in self.paragraph.lines[1:]]
        return not inner or self._x(line) < min(inner) - 0.4 * line.size

    def _host(self, label: Label, line: Line) -> int:
        """The depth of the parent of a label that opens a new run of siblings."""
        if label.style in (Style.ANNEX, Style.SUPPLEMENT, Style.REFERENCE):
            return 1 if len(self.stack) > 1 and self.stack[1].style is Style.MATERIAL else 0
        if label.style is Style.CHAIN:
            return self._chain_host(label)
        if label.style in _GROUPS or label.style in (Style.ARTICLE, Style.QUESTION):
            return self._ranked_host(label)
        depth = len(self.stack) - 1
        # A note belongs to a clause if one is open; a clause may stand on the floor.
        floor = self._floor() + (label.style in _NOTES)
        while depth > floor and self._is_over(self.stack[depth], label, line):
            depth -= 1
        return depth

    def _chain_host(self, label: Label) -> int:
        for k in range(len(self.stack) - 1, 0, -1):
            node = self.stack[k]
            if node.style is Style.CHAIN and node.label is not None:
                mine, theirs = label.number, node.label.number
                if len(theirs) < len(mine) and mine[: len(theirs)] == theirs:
                    return k
            elif node.style in _GROUPS or node.style in (Style.PAREN, Style.HALF_PAREN, Style.ARABIC):
                if not any(n.style is Style.CHAIN for n in self.stack[1:k]):
                    return k
        return self._floor() if len(self.stack) > 1 else 0

    def _ranked_host(self, label: Label) -> int:
        rank = _RANK[label.style]
        for k in range(len(self.stack) - 1, 0, -1):
            style = self.stack[k].style
            if style is not None and _RANK[style] < rank:
                return k
        return 0

    def _is_over(self, node: Node, label: Label, line: Line) -> bool:
        """Whether an open clause is over when a first label of another style stands on the line."""
        em, x = line.size, self._x(line)
        if node.style in _GROUPS or node.style is None:
            return False
        if node.style is Style.ARTICLE and _RANK[label.style] > _RANK[Style.ARTICLE]:
            return False
        if label.style in _NOTES:
            if node.style in _NOTES:
                return label.style is Style.NOTE or node.style is Style.EXAMPLE
            if label.style is Style.EXAMPLE:
                return False
            if node.style is Style.CIRCLED:
                return x <= node.x + 0.5 * em
            body = node.body_x
            edge = node.x if body is None else body - self._measure(line).left
            return x < edge - 0.5 * em
        if node.style in _NOTES:
            return x <= node.x + 0.5 * em
        if node.style is label.style:
            return x <= node.x + 0.8 * em
        if x < node.x - 0.5 * em:
            return True
        return abs(x - node.x) <= 0.5 * em and _RANK[node.style] >= _RANK[label.style]

    def _skipped(self, label: Label, line: Line) -> tuple[Label, int] | None:
        """A label whose elder sibling is open but not its neighbour: a number left out in the print."""
        for k in range(len(self.stack) - 1, 0, -1):
            node = self.stack[k]
            other = node.label
            if other is None or other.style is not label.style or len(other.number) != len(label.number):
                continue
            ahead = label.number[-1] - other.number[-1]
            if label.number[:-1] == other.number[:-1] and 1 < ahead <= 3 and abs(self._x(line) - node.x) < 0.6 * line.size:
                self.findings.append(
                    Finding(
                        "number-skipped",
                        f"「{other.printed}」の次が「{label.printed}」です。間の番号は印刷されていません。",
                        f"after {other.printed} comes {label.printed}: the numbers between are not printed",
                        line.page,
                    )
                )
                return label, k - 1
        return None

    def _open(self, label: Label, depth: int, line: Line) -> None:
        parent = self.stack[depth]
        if self.pending is not None and label.style not in (Style.CHAIN, Style.ARTICLE):
            self._flush_pending()
        if label.style is Style.CHAIN:
            self.chains.add(label.number)
        heads = label.style is Style.ARTICLE or label.style in _GROUPS
        x = 0.0 if heads and self._centred(line) else self._x(line)
        node = Node(label, label.printed, x, parent, _kind(label, parent))
        if self.pending is not None:
            node.caption, self.pending = self.pending, None
            self.order.append((node, node.caption))
        parent.children.append(node)
        del self.stack[depth + 1 :]
        self.stack.append(node)
        self._add(node, Paragraph([line], label.length))


def _kind(label: Label, parent: Node) -> ClauseKind:
    if label.style in (Style.CIRCLED, Style.KANJI, Style.PAREN_ROMAN, Style.PAREN_LETTER):
        return ClauseKind.ITEM
    if label.style is Style.KANA and parent.kind is ClauseKind.ITEM:
        return ClauseKind.ITEM
    kinds = {
        Style.NOTE: ClauseKind.NOTE,
        Style.EXAMPLE: ClauseKind.EXAMPLE,
        Style.ARTICLE: ClauseKind.ARTICLE,
    }
    return kinds.get(label.style, ClauseKind.PARAGRAPH)


_UNIT = re.compile(r"[!-~]+|[（(「『【〔［]*.[、。，．）)」』】〕］々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*")
"""What cannot be broken at the head of a line: a Latin word, or a character with the marks that cling to it."""


def _is_full(line: Line, following: Line, measure: Measure) -> bool:
    """Whether the line ends only because what follows would not fit on it (JIS X 4051, kinsoku)."""
    unit = _UNIT.match(following.text)
    length = len(unit.group()) if unit else 1
    needed = following.position(length) - following.start
    return measure.right - line.end < needed - 0.3 * line.size


def _open_brackets(text: str) -> bool:
    return sum(text.count(c) for c in "（「(") > sum(text.count(c) for c in "）」)")


def walk(node: Node, visit: Callable[[Node], None]) -> None:
    """Visits the node's descendants in reading order."""
    for child in node.children:
        visit(child)
        walk(child, visit)
