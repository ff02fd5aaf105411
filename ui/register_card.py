"""A duty as HTML, every word of a document escaped: its words, who, when, exceptions, items, and what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from compliance.register import Row
from compliance.version.wording import Wording, difference
from index.excerpt import Verdict, written_path
from law.fold import squash
from ui.words import GRADES, short, where


def duty_card(number: int, row: Row, numbers: Mapping[str, int], *, with_title: bool) -> str:
    """The card of a duty; `numbers` are those of the list, for the duty that a permission relaxes."""
    return "".join(('<div class="k-card">', *_lines(number, row, numbers, with_title=with_title), "</div>"))


def _lines(number: int, row: Row, numbers: Mapping[str, int], *, with_title: bool) -> Iterator[str]:
    title = f'<div class="k-path">{escape(row.title)}</div>' if with_title else ""
    yield f'<div class="k-cite">{number}. {escape(written_path(row.clause))}　{_level(row)}{_signs(row)}</div>{title}'
    if row.headings:
        yield f'<div class="k-path">{escape(" ＞ ".join(short(one, 40) for one in row.headings[-2:]))}</div>'
    yield quotation(row)
    yield _facts(row, numbers)
    for name, lines in (("場合", row.cases), ("細目", row.listed)):
        if lines:
            items = "".join(f"<li>{escape(one)}</li>" for one in lines)
            yield f'<div class="k-note">{name}（{len(lines)}件）<ul class="k-items">{items}</ul></div>'
    yield f'<div class="k-note">{escape(where(row.page, row.pdf_page))}</div>'
    yield _kept(row)


def quotation(row: Row) -> str:
    """The duty's own words; or the plain word that they could not be checked."""
    if row.verdict is not Verdict.MATCH:
        return f'<div class="k-note">{escape(row.shown)}</div>'
    return f'<blockquote class="k-quote">「{escape(row.quote)}」</blockquote>'


def _level(row: Row) -> str:
    name = GRADES[row.grade][0]
    meaning = f"{row.meaning.practice}（根拠：{row.meaning.source}）"
    return f'<span class="k-grade" title="{escape(meaning)}">{escape(name)}：{escape(row.level.value)}</span>'


def _signs(row: Row) -> str:
    return ' <span class="k-grade k-changed">変更あり</span>' if row.is_changed else ""


def _facts(row: Row, numbers: Mapping[str, int]) -> str:
    implied = ' <span class="k-word k-wide" title="文に書かれておらず、前後の文から補った主体">推定</span>'
    said = [("主体", f"{escape(row.actor)}{implied if row.actor_implied else ''}" if row.actor else "（記載なし）")]
    for name, words in (
        ("条件", row.condition),
        ("期限", row.deadline),
        ("報告先・監督者", row.supervisor),
        ("参照", "、".join(row.references)),
    ):
        if words:
            said.append((name, escape(words)))
    said += [("例外", escape(one)) for one in row.exceptions]
    if row.exception_of is not None:
        host = numbers.get(row.exception_of)
        said.append(("緩和", f"{host}番の義務を緩和する定め" if host else "この条項の義務を緩和する定め"))
    return '<dl class="k-facts">' + "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in said) + "</dl>"


def _kept(row: Row) -> str:
    own = row.own
    named = (("状況", own.status), ("担当", own.owner), ("証跡", own.evidence), ("備考", own.note))
    said = "　".join(f"<b>{name}</b> {escape(words)}" for name, words in named if words)
    return f'<div class="k-note k-own">{said}</div>' if said else ""


def change(row: Row) -> str:
    """What a changed duty said when its columns were filled, and what it says now, changed words underlined."""
    if row.changed_from is None or row.verdict is not Verdict.MATCH or squash(row.changed_from) == squash(row.quote):
        return ""
    made = difference(row.quote, row.changed_from)
    return (
        f'<dl class="k-facts"><dt>変更後</dt><dd>{marked(made.new)}</dd><dt>記入時</dt><dd>{marked(made.old)}</dd></dl>'
    )


def marked(wording: Wording) -> str:
    """A wording with its changed words underlined."""
    return "".join(f"<u>{escape(one.words)}</u>" if one.changed else escape(one.words) for one in wording)


STYLE = """<style>
.k-facts { padding: 0; display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .3rem 0;
  font-size: .92rem; }
.k-facts, .k-facts dt, .k-facts dd { margin-left: 0 !important; padding-left: 0 !important; }
.k-facts dt { font-weight: 600; opacity: .88; } .k-facts dd { margin: 0; overflow-wrap: anywhere; }
.k-items { list-style: none; margin: .1rem 0 .2rem !important; padding-left: 0 !important; }
.k-items li { margin-left: .8rem !important; }
.k-own { border-top: 1px dashed rgba(128,128,128,.6); margin-top: .4rem; padding-top: .3rem; }
.k-changed { border-style: double; border-width: 3px; font-weight: 700; }
.k-facts u, .k-pair u { text-decoration-thickness: 2px; text-underline-offset: .2em; background: rgba(255,213,0,.28); }
.k-table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.6; }
.k-table th, .k-table td { border: 1px solid rgba(128,128,128,.5); padding: .25rem .6rem; vertical-align: top;
  text-align: left; overflow-wrap: anywhere; }
.k-table th { background: rgba(128,128,128,.14); font-weight: 600; }
.k-table td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
</style>"""
"""What the cards and tables of the register look like."""
