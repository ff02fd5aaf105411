"""The sources of the sample documents: lines a person can edit, read into blocks with paths.

This file exists so that the printed page and the golden outline come from one text. It
promises that every block knows its clause path as printed; how it looks on paper is left
to `typeset`. The markup is described in `README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BAR = "｜"  # parts label and text; never printed
PLAIN = frozenset({"title", "centre", "right", "left", "caption", "page", "toc", "number", "space", "corner"})
GEOMETRY = frozenset({"box", "arrow", "columns", "figure"})
LABELLED = frozenset({"note", "noteitem", "example", "foot", "bullet", "entry"})
# 4h* Ⅰ．｜見出し: depth, heading?, does the path start here?
_CLAUSE = re.compile(r"(?P<depth>\d)(?P<heading>h?)(?P<alone>\*?) (?P<label>[^｜]*)｜(?P<text>.*)")
# note4 （注）｜本文, text3 なお、…: the digit is the depth of the clause they belong to
_MARK = re.compile(r"\{(\d+)\}")  # a footnote is hosted by the clause that calls it
_TAGGED = re.compile(r"(?P<tag>[a-z]+)(?P<depth>\d?)(?: (?P<rest>.*))?")


class ManuscriptError(Exception):
    """A source line that fits no tag: the file, the line and what was expected."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a source: what it is, what it says, and which clause it makes or belongs to."""

    kind: str
    text: str = ""
    label: str = ""
    depth: int = 0
    heading: bool = False
    path: tuple[str, ...] = ()
    caption: str = ""
    numbers: tuple[float, ...] = ()

    @property
    def is_clause(self) -> bool:
        """Whether the golden outline has a line for this block."""
        return self.kind in {"clause", "note", "noteitem", "foot", "corner"}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole source: the header's settings and the blocks in reading order."""

    name: str
    layout: str
    running: str
    blocks: tuple[Block, ...]

    def footnote(self, mark: str, before: int) -> tuple[int, Block]:
        """The note that `mark` stands for: the next one with this number after block `before`."""
        for i in range(before, len(self.blocks)):
            if self.blocks[i].kind == "foot" and self.blocks[i].label == mark:
                return i, self.blocks[i]
        message = f"{self.name}: footnote mark {mark} has no `foot {mark}{BAR}…` line after it"
        raise ManuscriptError(message)


@dataclass(slots=True)
class _Place:
    """Where the reader of a source stands: the open clauses by depth. Lives only while reading."""

    part: str = ""
    open: list[tuple[int, str, bool]] = field(default_factory=list)
    host: tuple[str, ...] = ()
    note: str = ""
    caption: str = ""
    calls: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def path(self, depth: int) -> tuple[str, ...]:
        """The labels down to `depth`, from the last one that stands alone."""
        steps = [step for step in self.open if step[0] <= depth]
        starts = [i for i, step in enumerate(steps) if step[2]]
        labels = tuple(step[1] for step in steps[starts[-1] if starts else 0 :])
        return ((self.part,) if self.part else ()) + labels


def path_label(label: str) -> str:
    """A label as it stands in a path: `Ⅰ．` → `Ⅰ`, `（別添１）` → `別添１`, `注１：` → `注１`."""
    appendix = re.fullmatch(r"（(別添.*)）", label)
    return appendix.group(1) if appendix else label.rstrip("．：")


def read_manuscript(file: Path) -> Manuscript:
    """Read a source file; raises `ManuscriptError` at the first line that fits no tag."""
    lines = file.read_text(encoding="utf-8").splitlines()
    end = lines.index("")
    header = dict(line.split(": ", 1) for line in lines[:end] if not line.startswith("#"))
    blocks = tuple(_blocks(lines[end:], f"{file.name}", end))
    return Manuscript(file.stem, header["layout"], header["running"], blocks)


def _blocks(lines: list[str], name: str, offset: int) -> Iterator[Block]:
    place = _Place()
    for number, line in enumerate(lines, start=offset + 1):
        if not line or line.startswith("#"):
            continue
        block = _clause(line, place) or _tagged(line, place)
        if block is None:
            message = f"{name}:{number}: no known tag at the line's start: {line[:30]!r}"
            raise ManuscriptError(message)
        for mark in _MARK.findall(block.text):
            place.calls[mark] = place.host
        yield block


def _clause(line: str, place: _Place) -> Block | None:
    match = _CLAUSE.fullmatch(line)
    if match is None:
        return None
    depth, label = int(match["depth"]), match["label"]
    place.open = [step for step in place.open if step[0] < depth]
    place.open.append((depth, path_label(label), bool(match["alone"])))
    place.host = place.path(depth)
    caption, place.caption = place.caption, ""
    return Block("clause", match["text"], label, depth, bool(match["heading"]), place.host, caption)


def _tagged(line: str, place: _Place) -> Block | None:
    match = _TAGGED.fullmatch(line)
    if match is None:
        return None
    tag, rest, depth = match["tag"], match["rest"] or "", int(match["depth"] or 0)
    if tag == "corner":
        place.part, place.open, place.host = rest, [], (rest,)
        return Block(tag, label=rest, path=(rest,))
    if tag == "caption":
        place.caption = rest
    if tag in PLAIN:
        return Block(tag, rest)
    if tag in GEOMETRY or tag == "row":
        return _drawn(tag, rest)
    if tag == "text":
        place.host = place.path(depth) if depth else place.host
        return Block(tag, rest, depth=depth)
    return _noted(tag, rest, depth, place) if tag in LABELLED else None


def _drawn(tag: str, rest: str) -> Block:
    """A figure's box or arrow (measures before the bar), or a table's row (cells)."""
    if tag == "row":
        return Block(tag, rest)
    measures, _, text = rest.partition(BAR)
    return Block(tag, text, numbers=tuple(float(number) for number in measures.split()))


def _noted(tag: str, rest: str, depth: int, place: _Place) -> Block:
    label, _, text = rest.partition(BAR)
    if tag == "foot":
        return Block(tag, text, label, path=(*place.calls.get(label, place.host), f"脚注{label}"))
    if tag == "note":
        place.host, place.note = place.path(depth), path_label(label)
        return Block(tag, text, label, depth, path=(*place.host, place.note))
    if tag == "noteitem":
        return Block(tag, text, label, depth, path=(*place.path(depth), place.note, label))
    return Block(tag, text, label, depth)
