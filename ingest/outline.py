"""Body lines to the clause tree, by the grammar of labels and the layout, not by the document.

A line is read in context: does the paragraph before it go on, does its label follow a sibling that is
open, does it stand where its siblings stand? A line that begins with a number but only refers to a
clause goes on with the text. What fits no rule becomes text of the clause before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.flow import SENTENCE_ENDS, Flow, open_brackets
from ingest.grammar import ABSOLUTE, NOTES, UNNUMBERED, is_caption, is_plausible, kind_of
from ingest.lines import Line
from ingest.measure import Key, Measure
from ingest.tree import GROUPS, RANK, Node, Outline, Paragraph
from law.document import ClauseKind, Finding
from law.label import Label, Style, as_iroha, as_letter, read_label

_OVER_CHAINS = GROUPS | {Style.PAREN, Style.HALF_PAREN, Style.ARABIC}
"""Styles of headings that chained numbers stand under."""


class Outliner:
    """Reads body lines one after another into the tree."""

    def __init__(self, measures: dict[Key, Measure]) -> None:
        self.flow = Flow(measures)
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
        elif self.pending is not None and open_brackets(self.pending.text):
            self.pending.lines.append(line)
        elif self._is_caption(line, following, closed):
            self._flush_pending()
            self.pending = Paragraph([line])
            self.paragraph = None
        elif self.paragraph is not None and not (closed and self.flow.begins(self.paragraph, line)):
            self.paragraph.lines.append(line)
        else:
            self._flush_pending()
            self._start(line, following)

    def _is_caption(self, line: Line, following: Sequence[Line], closed: bool) -> bool:
        """Whether the line is the caption of the clause that follows; over an article that is set apart, always."""
        if not is_caption(line.text, [later.text for later in following]):
            return False
        label = read_label(following[0].text)
        return closed or (label is not None and self._set_apart(following[0], label))

    def finish(self) -> Outline:
        """The tree, once every line is read."""
        self._flush_pending()
        return Outline(self.root, self.order, self.findings)

    def _closed(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether what stands before the line may have ended."""
        if self.pending is not None:
            return not open_brackets(self.pending.text)
        if self.paragraph is None:
            return True
        if self.paragraph.label_length and not self.paragraph.words.strip():
            # A label alone on its line waits for its words; 附則 and 【参考】 are words themselves.
            return self.stack[-1].style in (Style.SUPPLEMENT, Style.REFERENCE) or read_label(line.text) is not None
        return self.flow.closed(self.paragraph, line, following)

    # -- paragraphs ---------------------------------------------------------------------------

    def _flush_pending(self) -> None:
        """A caption no clause followed is a paragraph like any other."""
        if self.pending is not None:
            pending, self.pending = self.pending, None
            self._add(self.stack[-1], pending)

    def _start(self, line: Line, following: Sequence[Line]) -> None:
        """An unlabelled paragraph: to the clause it is set under."""
        paragraph = Paragraph(
            [line], centred=self.flow.centred(line, following, self.paragraph), right=self.flow.is_right(line)
        )
        base = self.flow.base(line, following)
        self._leave(line, base)
        self.stack[-1].bases.append(base)
        self._add(self.stack[-1], paragraph)

    def _add(self, node: Node, paragraph: Paragraph) -> None:
        node.paragraphs.append(paragraph)
        self.order.append((node, paragraph))
        self.paragraph = paragraph

    def _leave(self, line: Line, base: float) -> None:
        """Pops the clauses that the place of an unlabelled paragraph shows to be over."""
        em, x = line.size, self.flow.x(line)
        bullet = line.text[0] in "○●◆■◇□"
        for k in range(len(self.stack) - 1, 0, -1):
            if self._holds(self.stack[k], base, x, em, bullet):
                del self.stack[k + 1 :]
                return
        numbered = [k for k, node in enumerate(self.stack) if k and node.x <= x + 0.5 * em and not bullet]
        plain = [k for k in numbered if self.stack[k].style not in (Style.CIRCLED, *NOTES)]
        level = [k for k in plain if self.stack[k].style is Style.CHAIN and self.stack[k].x < self.stack[plain[0]].x + em]
        del self.stack[(level[-1] if level else plain[0] if plain else self._floor()) + 1 :]

    def _holds(self, node: Node, base: float, x: float, em: float, bullet: bool) -> bool:
        """Whether an unlabelled paragraph with this place is set under an open clause."""
        if node.style in GROUPS and x >= node.x - 0.5 * em:
            return True
        if bullet:
            return x > node.x + 0.5 * em
        if node.style is Style.ARTICLE:
            return True
        if node.style in NOTES:
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
        return not node.paragraphs[0].text.endswith(SENTENCE_ENDS)

    def _floor(self) -> int:
        return 1 if len(self.stack) > 1 and self.stack[1].style in (Style.MATERIAL, Style.REFERENCE) else 0

    # -- labels -------------------------------------------------------------------------------

    def _accepted(self, line: Line, closed: bool) -> tuple[Label, int] | None:
        """The line's label and the depth in the stack of its parent, if the label opens a clause."""
        label = read_label(line.text)
        if (
            label is None
            or label.style is Style.BULLET
            or not is_plausible(label, line.text, self.chains, closed=closed)
        ):
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
            return (label, depth) if closed or self._hangs(line, sibling) or self._stands(line, label, sibling) else None
        if not (closed or self._set_apart(line, label) or self._steps_out(line) or self._repeats(label, line)):
            return None
        if (again := self._reopened(label, line)) is not None:
            return again
        if label.style in UNNUMBERED:
            return label, self._host(label, line)
        if label.number and (label.number[-1] == 1 or label.style in ABSOLUTE):
            return label, self._host(label, line)
        if label.style is Style.ARABIC and label.number == (2,):
            return self._second_paragraph(label)
        return self._skipped(label, line)

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
        if label.style in GROUPS or label.style in (Style.ARTICLE, Style.QUESTION):
            return self._ranked_host(label)
        depth = len(self.stack) - 1
        # A note belongs to a clause if one is open; a clause may stand on the floor.
        floor = self._floor() + (label.style in NOTES)
        while depth > floor and self._is_over(self.stack[depth], label, line):
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
            if node is not None and node.style in (Style.CHAIN, Style.ARABIC):
                if len(node.number) < len(label.number) and label.number[: len(node.number)] == node.number:
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

    def _open(self, label: Label, depth: int, line: Line) -> None:
        parent = self.stack[depth]
        if self.pending is not None and label.style not in (Style.CHAIN, Style.ARTICLE):
            self._flush_pending()
        if label.style is Style.CHAIN:
            self.chains.add(label.number)
        heads = label.style is Style.ARTICLE or label.style in GROUPS
        x = 0.0 if heads and self.flow.centred(line, (), self.paragraph) else self.flow.x(line)
        node = Node(label, label.printed, x, parent, kind_of(label, parent.kind))
        if self.pending is not None:
            node.caption, self.pending = self.pending, None
            self.order.append((node, node.caption))
        parent.children.append(node)
        del self.stack[depth + 1 :]
        self.stack.append(node)
        self._add(node, Paragraph([line], label.length))
