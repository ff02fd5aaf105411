"""The 新旧対照表 and the list of amended duties as HTML, every word of a document escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlencode

from compliance.version.abridged import Entry, Part
from compliance.version.amended import DutyChange
from compliance.version.contrast import Kind
from compliance.version.paper import HEADS, duty_place
from compliance.version.wording import Difference
from ui import register_card as card
from ui.place import reader_address
from ui.versions_made import Compared, Which

MEASURED = (
    "「強化」「緩和」は、表現の強さ、頻度、期限、保存の期間、上限、細目、例外、限定の語のように測れる違いだけで判定しています。"
    "測れない違いは「文言の変更」とし、評価はしません。"
)
_HEADS = {Kind.SAME: ""}
STYLE = (
    card.STYLE
    + """<style>
.k-pair { table-layout: fixed; }
.k-pair td p { margin: 0; }
.k-pair col.kind { width: 6.5rem; }
.k-pair tr.same td { opacity: .8; }
.k-pair a { color: inherit; font-size: .85rem; white-space: nowrap; }
.k-pair .k-in1 { padding-left: 1.2rem; } .k-pair .k-in2 { padding-left: 2.4rem; }
</style>"""
)


def contrast(entries: Sequence[Entry], made: Compared, new: Which, old: Which) -> str:
    """The table: what became of each provision, 改正後 at the left, 改正前 at the right."""
    head = "".join(f'<th scope="col">{one}</th>' for one in ("区分", *HEADS))
    names = f"<tr><td></td><td>{escape(made.names.new)}</td><td>{escape(made.names.old)}</td></tr>"
    body = "".join(_row(entry, new, old) for entry in entries)
    columns = '<colgroup><col class="kind"><col><col></colgroup>'
    return f'<table class="k-table k-pair">{columns}<thead><tr>{head}</tr>{names}</thead><tbody>{body}</tbody></table>'


def _row(entry: Entry, new: Which, old: Which) -> str:
    look = ' class="same"' if entry.kind is Kind.SAME else ""
    kind = escape(_HEADS.get(entry.kind, entry.kind.value))
    remark = f'<div class="k-note">{escape(entry.remark)}</div>' if entry.remark else ""
    left, right = _cell(entry.new, new, entry.clause, entry), _cell(entry.old, old, entry.old_clause, entry)
    return f"<tr{look}><td>{kind}{remark}</td><td>{left}</td><td>{right}</td></tr>"


def _cell(parts: Sequence[Part], which: Which, clause: str | None, entry: Entry) -> str:
    lines = "".join(f'<p class="k-in{min(part.depth, 2)}">{_line(part)}</p>' for part in parts)
    if clause is None or entry.kind is Kind.SAME:
        return lines
    address = escape("/reader?" + urlencode(reader_address(which[0], clause, version=which[1])))
    return f'{lines}<a href="{address}" target="_self">文書で開く</a>'


def _line(part: Part) -> str:
    label = card.marked(part.label)
    return (f"{label}　" if label else "") + card.marked(part.words)


def duties(made: Compared) -> str:
    """The duties that the amendment touches, with the measured reasons."""
    if not made.duties:
        return '<div class="k-note">変わった義務はありません。</div>'
    heads = ("区分", "条項", "改正後の義務", "改正前の義務", "理由")
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    columns = '<colgroup><col class="kind"><col style="width:8rem"><col><col><col style="width:16rem"></colgroup>'
    rows = (_duty(one, words) for one, words in zip(made.duties, made.wordings, strict=True))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="k-table k-pair">{columns}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _duty(change: DutyChange, words: Difference) -> Iterator[str]:
    yield f"<b>{change.turn.value}</b>"
    yield escape(duty_place(change))
    yield card.marked(words.new) or "―"
    yield card.marked(words.old) or "―"
    yield "<br>".join(escape(one) for one in change.reasons)
