"""Body lines to the clause tree, by the grammar of labels and the layout, not by the document.

A line is read in context: does the paragraph before it go on, does its label follow a sibling that is
open, does it stand where its siblings stand? A line that begins with a number but only refers to a
clause goes on with the text. What fits no rule becomes text of the clause before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.context import Context
from ingest.flow import SENTENCE_ENDS, open_brackets
from ingest.grammar import NOTES, is_caption, is_plausible, kind_of
from ingest.lines import Line
from ingest.tree import GROUPS, Node, Outline, Paragraph
from law.document import ClauseKind, Finding
from law.label import Label, Style, read_label

_BRACKET = 100
"""Code points within which a bracket that is opened is closed; one that is not was forgotten in the print."""
_INSET = frozenset((Style.SUPPLEMENT, Style.ANNEX, Style.PART, Style.CHAPTER, Style.SECTION, Style.SUBSECTION))
"""Styles of headings that are set further in than the text under them."""
_INNER = frozenset((Style.KANA, Style.CIRCLED, Style.PAREN, Style.PAREN_KANA, Style.PAREN_LETTER, Style.PAREN_ROMAN))
"""Styles whose first label may stand on the line of the label above: (1)ア, ３(a)."""


class Outliner(Context):
    """Reads body lines one after another into the tree."""

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
        parent = self.stack[-1]
        if parent.style is not Style.MATERIAL or parent.paragraphs or parent.children:
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
        if line.cell:
            self._cell(line)
            return
        closed = self._closed(line, following)
        tabular = self._tabular(line, following)
        accepted = None if tabular else self._accepted(line, closed)
        if accepted is not None:
            self._open_all(*accepted, line)
        elif tabular:
            self._flush_pending()
            self._add(self.stack[-1], Paragraph([line]))
        else:
            self._read_on(line, following, closed=closed)
        self.last = line

    def _cell(self, line: Line) -> None:
        """A line in a cell of a table: its numbers are keys of the table and open no clause.

        The label of a chapter or an article is no key: it is told that it was read as text.
        """
        label, last = read_label(line.text), self.last
        if label is not None and (label.style in GROUPS or label.style in (Style.ARTICLE, Style.SUPPLEMENT)):
            self._untaken(label, line, "表の中にあるため", "stands in a table")
        if self.paragraph is not None and last is not None and (last.page, last.cell) == (line.page, line.cell):
            self.paragraph.lines.append(line)
        else:
            self._flush_pending()
            self._add(self.stack[-1], Paragraph([line]))
        self.last = line

    def _read_on(self, line: Line, following: Sequence[Line], *, closed: bool) -> None:
        """A line that opens no clause: the next of a caption or paragraph, or the first of one."""
        if closed:
            self._tell_untaken(line)
        if self.pending is not None and open_brackets(self.pending.text):
            self.pending.lines.append(line)
        elif self._is_caption(line, following, closed):
            self._flush_pending()
            self.pending = Paragraph([line])
            self.paragraph = None
        elif self.paragraph is not None and (
            self._is_in_bracket() or not (closed and self.flow.begins(self.paragraph, line))
        ):
            self.paragraph.lines.append(line)
        else:
            self._flush_pending()
            self._start(line, following)

    def _is_in_bracket(self) -> bool:
        """Whether the running paragraph has just opened a bracket that the line goes on in."""
        text = self.paragraph.text[-_BRACKET:] if self.paragraph is not None and not self._after_cell() else ""
        return open_brackets(text) and not text.endswith(SENTENCE_ENDS)

    def _after_cell(self) -> bool:
        return self.last is not None and bool(self.last.cell)

    def _tell_untaken(self, line: Line) -> None:
        """Notes a label that looks like one and was read as text, since no clause before it leads up to it."""
        label = read_label(line.text)
        if (
            label is None
            or not label.number
            or not is_plausible(label, line.text, self.chains - {label.number}, closed=True)
            or not self._set_apart(line, label)
        ):
            return
        self._untaken(label, line, "前の番号に続かないため", "follows no number before it")

    def _untaken(self, label: Label, line: Line, why: str, reason: str) -> None:
        begins = f"「{label.printed}」で始まる行を、{why}条項とせず、本文として読みました：{line.text[:30]}"
        english = f"a line begins with {label.printed}, which {reason}; it was read as text: {line.text[:30]}"
        self.findings.append(Finding("number-not-taken", begins, english, line.page))

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
        if self.paragraph is None or self._after_cell():
            return True
        if self.paragraph.label_length and not self.paragraph.words.strip():
            # A label alone on its line waits for its words; 附則 and 【参考】 are words themselves.
            return self.stack[-1].style in (Style.SUPPLEMENT, Style.REFERENCE) or read_label(line.text) is not None
        return self.flow.closed(self.paragraph, line, following)

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
        bullet = line.text[0] in "○●◆■◇□◎➢▶►▷★☆✓"
        for k in range(len(self.stack) - 1, 0, -1):
            if self._holds(self.stack[k], base, x, em, bullet):
                del self.stack[self._deepest_beside(k, em) + 1 :]
                return
        numbered = [k for k, node in enumerate(self.stack) if k and node.x <= x + 0.5 * em and not bullet]
        plain = [k for k in numbered if self.stack[k].style not in (Style.CIRCLED, *NOTES)]
        level = [
            k for k in plain if self.stack[k].style is Style.CHAIN and self.stack[k].x < self.stack[plain[0]].x + em
        ]
        del self.stack[(level[-1] if level else plain[0] if plain else self._floor()) + 1 :]

    def _deepest_beside(self, depth: int, em: float) -> int:
        """The deepest open clause with a chained number at the place of this one's: 10.10.1 of 10.10.

        Such numbers stand one under another at one edge, so a paragraph there goes on with the last of them.
        """
        node = self.stack[depth]
        return max(
            k
            for k in range(depth, len(self.stack))
            if k == depth
            or (self.stack[k].style is node.style is Style.CHAIN and abs(self.stack[k].x - node.x) < 0.5 * em)
        )

    def _holds(self, node: Node, base: float, x: float, em: float, bullet: bool) -> bool:
        """Whether an unlabelled paragraph with this place is set under an open clause."""
        if node.style in GROUPS and x >= node.x - 0.5 * em:
            return True
        if bullet:
            return x > node.x + 0.5 * em
        if node.style is Style.ARTICLE:
            return True
        if node.style in NOTES:
            hangs = node.body_x is not None and node.hang > 0.5 * em
            return x >= node.x - 0.5 * em + (em if hangs else 0.0)
        drawn = bool(node.children) and node.children[-1].kind is ClauseKind.FIGURE
        flush = x if drawn and abs(x - node.x) < 0.5 * em else base  # what is said of a figure is not indented
        if base > node.x + 0.5 * em or any(abs(at - other) < 0.6 * em for other in node.bases for at in (base, flush)):
            return True
        return self._awaits_words(node) and x >= node.x - 0.5 * em

    def _open_all(self, label: Label, depth: int, line: Line) -> None:
        """Opens the clause, and the first one under it when its label stands on the same line."""
        inner = read_label(line.text[label.length :])
        first = inner is not None and inner.style in _INNER and inner.number == (1,) and inner.style is not label.style
        if inner is None or not first or not is_plausible(inner, line.text[label.length :], set(), closed=True):
            self._open(label, depth, line)
            return
        head, rest = line.cut(label.length)
        self._open(label, depth, head)
        self._open(inner, len(self.stack) - 1, rest)

    def _open(self, label: Label, depth: int, line: Line) -> None:
        parent = self.stack[depth]
        if self.pending is not None and label.style not in (Style.CHAIN, Style.ARTICLE):
            self._flush_pending()
        if label.style is Style.CHAIN:
            self.chains.add(label.number)
        heads = label.style is Style.ARTICLE or label.style in GROUPS
        inset = label.style in _INSET or (heads and self.flow.centred(line, (), self.paragraph))
        x = 0.0 if inset else self.flow.x(line)
        node = Node(label, label.printed, x, parent, kind_of(label, parent.kind))
        self.counted[label.style] = label
        if self.pending is not None:
            node.caption, self.pending = self.pending, None
            self.order.append((node, node.caption))
        parent.children.append(node)
        del self.stack[depth + 1 :]
        self.stack.append(node)
        self._add(node, Paragraph([line], label.length))
