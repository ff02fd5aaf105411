"""The card of one checked claim, as HTML in which every word of the draft and the documents is escaped."""

from __future__ import annotations

from html import escape

from compliance.draft.report import CLAIMS, FINDINGS
from compliance.draft.wordwise import Change, compared
from compliance.verify import Checked, Finding

STYLE = """<style>
.k-claim { border: 1px solid rgba(128,128,128,.45); border-left: .35rem solid #c85a00; border-radius: .5rem;
           padding: .7rem 1.1rem; line-height: 1.8; overflow-wrap: anywhere; }
.k-claim.k-right { border-left-color: #2e7d32; }
.k-claim.k-unknown { border-left-color: #757575; }
.k-said { border: 1px solid currentColor; border-radius: 1rem; padding: .05rem .7rem; font-size: .85rem;
          white-space: nowrap; margin-right: .5rem; }
.k-claim del { background: rgba(200,90,0,.22); color: inherit; text-decoration: line-through; }
.k-claim ins { background: rgba(46,125,50,.25); color: inherit; text-decoration: underline; }
.k-claim dl { margin: .3rem 0 0 0; display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; }
.k-claim dt { opacity: .85; font-size: .9rem; } .k-claim dd { margin: 0; }
</style>"""


def checked_card(line: int, one: Checked) -> str:
    """A claim with its verdict; an altered quotation beside the true text, what differs marked."""
    changes = compared(one.words, one.true_text) if one.finding is Finding.MISMATCH and one.true_text else ()
    rows = [("原稿", _side(changes, is_draft=True) if changes else escape(one.words))]
    if one.true_text and (one.is_fault or one.is_elided):
        rows.append(
            (
                "原文" if one.is_fault else "中略を含む原文",
                _side(changes, is_draft=False) if changes else escape(one.true_text),
            )
        )
    if one.message:
        rows.append(("指摘" if one.is_fault else "理由", escape(one.message)))
    if one.citation:
        rows.append(("正しい出典" if one.is_fault else "出典", escape(one.citation)))
    listed = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in rows)
    state = "" if one.is_fault else " k-unknown" if one.finding is Finding.UNCHECKED else " k-right"
    head = f"{line}行目　{CLAIMS[one.claim]}"
    return (
        f'<div class="k-claim{state}"><span class="k-said">{escape(FINDINGS[one.finding])}</span>'
        f'<span class="k-path">{escape(head)}</span><dl>{listed}</dl></div>'
    )


def _side(changes: tuple[Change, ...], *, is_draft: bool) -> str:
    """One side of a comparison: what the draft has wrong, or what the document has in its place."""
    mark = "del" if is_draft else "ins"
    out = []
    for change in changes:
        words = escape(change.draft if is_draft else change.true)
        out.append(words if change.is_same or not words else f"<{mark}>{words}</{mark}>")
    return "".join(out)
