"""A 新旧対照表 as Word and as plain text, with the list of the duties that the amendment touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.register import UNCHECKED
from compliance.version.abridged import Entry, Part
from compliance.version.amended import DutyChange
from compliance.version.wording import Stretch
from compliance.writer.blocks import Block, Heading, Paragraph, Run, Table, Words
from compliance.writer.paper import paper
from compliance.writer.sheet import Column, Sheet, workbook
from index.dates import era_month
from index.excerpt import Verdict, plain, verify, written_path
from law.document import Document
from law.span import Span

HEADS = ("改正後", "改正前")
NOTE = "下線の部分は、改正部分である。"
MADE = "この表は、二つの版の条項を内容により対応付けて機械的に作成したものである。使用の前に原本を確認すること。"
_INDENT = "　"


@dataclass(frozen=True, slots=True)
class Names:
    """What the two versions are called over the table."""

    new: str
    old: str


@dataclass(frozen=True, slots=True)
class Sides:
    """The two documents that the duties stand in."""

    new: Document
    old: Document


def names(new: Document, old: Document, versions: tuple[int, int] | None = None) -> Names:
    """Title and date of both; two versions of one document are told apart by their number too.

    `versions` are the numbers of the newer and the older one in the knowledge base.
    """
    numbers = [f"第{one}版" for one in versions] if versions else ["", ""]
    return Names(_name(new, numbers[0]), _name(old, numbers[1]))


def _name(document: Document, version: str) -> str:
    date = document.about.date
    extra = "、".join(one for one in (era_month(date.value) if date else "", version) if one)
    return plain(document.title) + (f"（{extra}）" if extra else "")


def contrast_paper(called: Names, entries: Sequence[Entry], duties: Sequence[DutyChange], made: Sides) -> bytes:
    """The table as a Word file, A4 landscape: 改正後 at the left, 改正前 at the right, then the duties."""
    blocks: list[Block] = [
        Paragraph(f"改正後：{called.new}\n改正前：{called.old}", small=True),
        Paragraph(NOTE, small=True),
        Table(HEADS, tuple((_cell(one.new), _cell(one.old)) for one in entries), (1, 1), size=9.5),
    ]
    if duties:
        blocks += [Heading("改正により変わる義務", 2), duty_table(duties, made)]
    blocks.append(Paragraph(MADE, small=True))
    return paper("新旧対照表", blocks, landscape=True, foot="新旧対照表")


def duty_table(duties: Sequence[DutyChange], made: Sides) -> Table:
    """The duties an amendment touches: what became of each, where, its words on both sides, why."""
    heads = ("区分", "条項", "改正後の義務", "改正前の義務", "理由")
    return Table(heads, tuple(duty_cells(one, made) for one in duties), (0.8, 1.1, 4, 4, 2), size=8.5)


def duty_cells(one: DutyChange, made: Sides) -> tuple[str, str, str, str, str]:
    """One change of duty in words: 区分, 条項, 改正後, 改正前, 理由."""
    new, old = duty_words(one, made)
    return (one.turn.value, duty_place(one), new or "―", old or "―", "\n".join(one.reasons))


def duty_place(one: DutyChange) -> str:
    """Where the duty stands, and where it stood if that is elsewhere."""
    places = (one.new_place, one.old.clause if one.old else None)
    return " ← ".join(dict.fromkeys(written_path(place) for place in places if place))


def duty_words(one: DutyChange, made: Sides) -> tuple[str, str]:
    """The words of a duty in both versions, as far as they are those on the page; none where it is not there."""
    return _said(one.new_words, made.new), _said(one.old.span if one.old else None, made.old)


def _said(span: Span | None, document: Document) -> str:
    if span is None:
        return ""
    quote = plain(span.of(document.text))
    return quote if verify(document, span, quote) is Verdict.MATCH else UNCHECKED


def _cell(parts: Sequence[Part]) -> Words:
    runs: list[Run] = []
    for part in parts:
        if runs:
            runs.append(Run("\n"))
        runs += _runs(part)
    return tuple(runs) or ""


def _runs(part: Part) -> Iterator[Run]:
    yield Run(_INDENT * part.depth)
    yield from (Run(one.words, underline=one.changed) for one in part.label)
    if part.label:
        yield Run(_INDENT)
    yield from (Run(one.words, underline=one.changed) for one in part.words)


def contrast_workbook(called: Names, entries: Sequence[Entry], duties: Sequence[DutyChange], made: Sides) -> bytes:
    """The table and the duties as an Excel file; a cell cannot underline, so changed words stand in 《》."""
    shown = (Column("区分", 12), Column(HEADS[0], 70), Column(HEADS[1], 70), Column("移動", 20))
    rows = tuple(
        (entry.kind.value, "\n".join(map(line, entry.new)), "\n".join(map(line, entry.old)), entry.remark)
        for entry in entries
    )
    columns = (Column("区分", 12), Column("条項", 18), Column("改正後の義務", 60), Column("改正前の義務", 60))
    note = f"改正後：{called.new}　改正前：{called.old}　《》は改正部分。"
    changed = tuple(duty_cells(one, made) for one in duties)
    return workbook(
        [
            Sheet("新旧対照表", shown, rows, note=note),
            Sheet("義務の増減", (*columns, Column("理由", 40)), changed, note=note),
        ]
    )


def line(part: Part) -> str:
    """A part where nothing can be underlined: changed words in 《》, as deep as it stands."""
    label = _marked(part.label) + _INDENT if part.label else ""
    return _INDENT * part.depth + label + _marked(part.words)


def _marked(wording: Sequence[Stretch]) -> str:
    return "".join(f"《{one.words}》" if one.changed else one.words for one in wording)
