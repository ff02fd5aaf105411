"""Where a label stands: whether it opens a clause in its context, and under which one.

A label is taken next to its elder sibling, or as the first of a new run where the text before has ended
and its place on the page lets it be one. What is decided here is only that; the tree grows in
`ingest.outline`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.flow import SENTENCE_ENDS, Flow, open_brackets
from ingest.grammar import ABSOLUTE, NOTES, UNNUMBERED, is_plausible
from ingest.lines import Line
from ingest.measure import Key, Measure
from ingest.tree import GROUPS, RANK, Node, Paragraph
from law.document import ClauseKind, Finding
from law.label import Label, Style, as_iroha, as_letter, read_label

_OVER_CHAINS = GROUPS | {Style.PAREN, Style.HALF_PAREN, Style.ARABIC}
"""Styles of headings that chained numbers stand under."""


class Context:
    """What has been read so far: the clauses that are open, the running paragraph, the labels met."""

    def __init__(self, measures: dict[Key, Measure]) -> None:
        self.flow = Flow(measures)
        self.root = Node(None, "", 0.0, None)
        self.stack: list[Node] = [self.root]
        self.paragraph: Paragraph | None = None
        self.pending: Paragraph | None = None
        self.order: list[tuple[Node, Paragraph]] = []
        self.findings: list[Finding] = []
        self.chains: set[tuple[int, ...]] = set()
        self.last: Line | None = None
        self.columns: tuple[float, ...] = ()
        """Where the cells of the table in hand begin, while its rows go on."""
        self.counted: dict[Style, Label] = {}
        """The label of each style that was opened last."""

    # -- events -------------------------------------------------------------------------------

    def _floor(self) -> int:
        return 1 if len(self.stack) > 1 and self.stack[1].style in (Style.MATERIAL, Style.REFERENCE) else 0

    def _accepted(self, line: Line, closed: bool) -> tuple[Label, int] | None:
        """The line's label and the depth in the stack of its parent, if the label opens a clause."""
        label = read_label(line.text)
        if (
            label is None
            or label.style is Style.BULLET
            or not is_plausible(label, line.text, self.chains, closed=closed)
            or (label.style is Style.ANSWER and Style.QUESTION not in self.counted)
        ):
            return None
        label, found = self._as_sibling(label)
        if found is not None:
            depth, sibling = found
            return (
                (label, depth) if closed or self._hangs(line, sibling) or self._stands(line, label, sibling) else None
            )
        if not (closed or self._set_apart(line, label) or self._steps_out(line) or self._repeats(label, line)):
            return None
        return self._reopened(label, line) or self._fresh(label, line)

    def _as_sibling(self, label: Label) -> tuple[Label, tuple[int, Node] | None]:
        """The label read so that it follows an elder sibling (イ of ロ or of ア; (i) of (h)), and that sibling."""
        found = self._sibling(label)
        if found is None and label.style in (Style.KANA, Style.PAREN_KANA):
            label = label if label.number == (1,) else as_iroha(label)
            found = self._sibling(label)
        letter = as_letter(label)
        if found is None and letter is not None and (found := self._sibling(letter)):
            label = letter
        return label, found

    def _fresh(self, label: Label, line: Line) -> tuple[Label, int] | None:
        """A label without an elder sibling: the first of a run, one that says all of itself, or one left out before."""
        first = bool(label.number) and (label.number[-1] == 1 or label.style in ABSOLUTE or _counts_from_zero(line))
        elder = self.counted.get(label.style)
        # Over the heading of a chapter the count of paragraphs goes on.
        goes_on = elder is not None and label.follows(elder) and self.stack[-1].style in GROUPS
        if label.style in UNNUMBERED or first or goes_on:
            return label, self._host(label, line)
        if label.style is Style.ARABIC and label.number == (2,):
            return self._second_paragraph(label)
        return self._after_chain(label, line) or self._skipped(label, line)

    def _after_chain(self, label: Label, line: Line) -> tuple[Label, int] | None:
        """13 after 12-3, where 12 itself is not printed, at the place of such a number."""
        for depth in range(len(self.stack) - 1, 0, -1):
            other = self.stack[depth].label
            if label.style is Style.ARABIC and other is not None and other.style is Style.CHAIN:
                near = abs(self.flow.x(line) - self.stack[depth].x) < 0.6 * line.size
                if near and other.number[0] + 1 == label.number[0]:
                    return label, depth - 1
        return None

    def _sibling(self, label: Label) -> tuple[int, Node] | None:
        """The elder sibling the label comes next to, and the depth of their parent in the stack."""
        for depth in range(len(self.stack) - 1, -1, -1):
            elder = next((c for c in reversed(self.stack[depth].children) if c.style is label.style), None)
            if elder is not None and elder.label is not None and label.follows(elder.label):
                return depth, elder
        return None

    def _reopened(self, label: Label, line: Line) -> tuple[Label, int] | None:
        """The label, if it follows a clause that a stray paragraph closed: that one's parents are open again."""
        path = self._latest()
        for depth in range(len(path) - 1, len(self.stack) - 1, -1):
            node = path[depth]
            near = abs(self.flow.x(line) - node.x) < 0.6 * line.size
            if near and node.label is not None and label.follows(node.label):
                self.stack = path[:depth]
                return label, depth - 1
        return None

    def _second_paragraph(self, label: Label) -> tuple[Label, int] | None:
        """The second paragraph of an article: the first is printed without its number."""
        for depth in range(len(self.stack) - 1, 0, -1):
            node = self.stack[depth]
            if node.style is Style.ARTICLE:
                fresh = not any(c.style is Style.ARABIC for c in node.children)
                return (label, depth) if fresh else None
        return None

    def _hangs(self, line: Line, sibling: Node) -> bool:
        """Whether the line stands exactly where its elder sibling does, out of the running paragraph."""
        if abs(self.flow.x(line) - sibling.x) > 0.6 * line.size or self.paragraph is None:
            return False
        inner = [self.flow.x(other) for other in self.paragraph.lines[1:]]
        return not inner or self.flow.x(line) < min(inner) - 0.4 * line.size

    def _repeats(self, label: Label, line: Line) -> bool:
        """Whether an unnumbered note stands exactly where the one before it stands: （例） under （例）."""
        if label.style not in NOTES:
            return False
        for node in reversed(self.stack):
            elder = next((c for c in reversed(node.children) if c.style is label.style), None)
            if elder is not None:
                return self._hangs(line, elder)
        return False

    def _steps_out(self, line: Line) -> bool:
        """Whether the line stands under the label of the running paragraph, left of that one's later lines."""
        if self.paragraph is None or not self.paragraph.label_length:
            return False
        first, *later = [self.flow.x(other) for other in self.paragraph.lines]
        near = abs(self.flow.x(line) - first) < 0.4 * line.size
        return near and bool(later) and min(later) > first + 0.4 * line.size

    def _stands(self, line: Line, label: Label, sibling: Node) -> bool:
        """Whether the line stands where its elder sibling does, its label set apart from its words."""
        return abs(self.flow.x(line) - sibling.x) < 0.6 * line.size and self._set_apart(line, label)

    def _set_apart(self, line: Line, label: Label) -> bool:
        """Whether a gap of a full space parts the label from its words, as nothing inside a sentence does."""
        if label.length >= len(line.text) or open_brackets(self.paragraph.text if self.paragraph else ""):
            return False
        last = line.char(line.text.index(label.printed) + len(label.printed) - 1)
        return last is not None and line.position(label.length) - last.end > 0.75 * line.size

    def _host(self, label: Label, line: Line) -> int:
        """The depth of the parent of a label that opens a new run of siblings."""
        if label.style in (Style.ANNEX, Style.SUPPLEMENT, Style.REFERENCE):
            return 1 if len(self.stack) > 1 and self.stack[1].style is Style.MATERIAL else 0
        if label.style is Style.CHAIN:
            return self._chain_host(label)
        if label.style is Style.QUESTION and self._awaits_words(self.stack[-1]):
            return len(self.stack) - 1
        if label.style in GROUPS or label.style in (Style.ARTICLE, Style.QUESTION):
            return self._ranked_host(label)
        depth = len(self.stack) - 1
        # A note belongs to a clause if one is open; a clause may stand on the floor.
        floor = self._floor() + (label.style in NOTES)
        while depth > floor and not self._heads(self.stack[depth], label, line):
            depth -= 1
        return depth

    def _chain_host(self, label: Label) -> int:
        above = self._chain_above(label)
        if above:
            self.stack = above
            return len(above) - 1
        for k in range(len(self.stack) - 1, 0, -1):
            style = self.stack[k].style
            other = self.stack[k].label if style is Style.ARABIC else None
            if other is not None and other.number != label.number[:1]:
                continue
            if style in _OVER_CHAINS and not any(n.style is Style.CHAIN for n in self.stack[1:k]):
                return k
        return self._floor() if len(self.stack) > 1 else 0

    def _chain_above(self, label: Label) -> list[Node]:
        """The path to the clause whose number begins this one's, open or closed by a stray paragraph."""
        path = self._latest()
        for k in range(len(path) - 1, 0, -1):
            node = path[k].label
            if node is None or node.style not in (Style.CHAIN, Style.ARABIC) or len(node.number) >= len(label.number):
                continue
            if label.number[: len(node.number)] == node.number:
                return path[: k + 1]
        return []

    def _latest(self) -> list[Node]:
        """From the root (or the part) to the clause that was opened last, whether or not it is still open."""
        path = self.stack[: self._floor() + 1]
        while path[-1].children and path[-1].children[-1].kind is not ClauseKind.FIGURE:
            path.append(path[-1].children[-1])
        return path

    def _ranked_host(self, label: Label) -> int:
        rank = RANK[label.style]
        for k in range(len(self.stack) - 1, 0, -1):
            style = self.stack[k].style
            if style is not None and RANK[style] < rank:
                return k
        return 0

    def _awaits_words(self, node: Node) -> bool:
        """Whether a clause so far has only a heading: no sentence, nothing under it, and it is no list item.

        In a list the elder siblings have no words under them either.
        """
        if node.children or len(node.paragraphs) != 1 or node.parent is None:
            return False
        elders = [c for c in node.parent.children if c is not node and c.style is node.style]
        if any(len(elder.paragraphs) == 1 and not elder.children for elder in elders):
            return False
        return not node.paragraphs[0].text.endswith((*SENTENCE_ENDS, "."))

    def _heads(self, node: Node, label: Label, line: Line) -> bool:
        """Whether the first label of a run stands under an open clause: one that still waits for words is not over."""
        first = label.number == (1,) and label.style not in NOTES and node.style not in NOTES
        if first and self.flow.x(line) >= node.x - 0.5 * line.size and self._awaits_words(node):
            return True
        return not self._is_over(node, label, line)

    def _is_over(self, node: Node, label: Label, line: Line) -> bool:
        """Whether an open clause is over when a first label of another style stands on the line."""
        em, x = line.size, self.flow.x(line)
        if node.style in GROUPS or node.style is None:
            return False
        if node.style is Style.ARTICLE and RANK[label.style] > RANK[Style.ARTICLE]:
            return False
        if label.style in NOTES:
            if node.style in NOTES:
                return label.style is Style.NOTE or node.style is Style.EXAMPLE
            if label.style is Style.EXAMPLE:
                return False
            if node.style is Style.CIRCLED:
                return x <= node.x + 0.5 * em
            body = node.body_x
            edge = node.x if body is None else body - self.flow.measure(line).left
            return x < edge - 0.5 * em
        if node.style in NOTES:
            return x <= node.x + 0.5 * em
        if node.style is label.style:
            return x <= node.x + 0.8 * em
        if x < node.x - 0.5 * em:
            return True
        return abs(x - node.x) <= 0.5 * em and RANK[node.style] >= RANK[label.style]

    def _skipped(self, label: Label, line: Line) -> tuple[Label, int] | None:
        """A label whose elder sibling is open but not its neighbour: a number left out in the print."""
        for k in range(len(self.stack) - 1, 0, -1):
            node = self.stack[k]
            other = node.label
            if other is None or other.style is not label.style or len(other.number) != len(label.number):
                continue
            ahead = label.number[-1] - other.number[-1]
            if (
                label.number[:-1] == other.number[:-1]
                and 1 < ahead <= 3
                and abs(self.flow.x(line) - node.x) < 0.6 * line.size
            ):
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

    def _tabular(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether the line is a row of a table: wide gaps, at the same places as in the row before or after it."""
        label = read_label(line.text)
        last = self.last if self.last is not None and self.last.page == line.page else None
        mine = [x for i, x in line.gaps if label is None or i > label.length]
        above = last.gaps if last is not None else ()
        below = following[0].gaps if following else ()
        found = any(abs(x - other) < line.size for x in mine for _, other in (*above, *below))
        # The number of a row stands in the first column of a table whose head is no clause.
        heads = last is not None and (bool(self.columns) or read_label(last.text) is None)
        found = found or (heads and any(abs(x - at) < line.size for _, x in line.gaps for at in self.columns))
        self.columns = tuple(x for _, x in line.gaps) or self.columns if found else ()
        return found


def _counts_from_zero(line: Line) -> bool:
    """Whether a line begins with 0 and a stop: the first of 0. 1. 2."""
    return line.text[:2] in ("0.", "０．", "0．", "０.")
