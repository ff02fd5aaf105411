"""The table of cases as a component: rows facts, columns cases, every value a link to its quotation.

Words of a document enter the browser as data and become text nodes, never markup. The head and the first
column stay in sight; a long list in a cell is cut until it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from compliance.case.corrections import Ruling
from compliance.case.entries import Entry, when
from compliance.comparison import Comparison, Row
from ui.words import printable, short

_CSS = """
div.scroll { max-height: 44rem; overflow: auto; border: 1px solid var(--st-border-color); border-radius: .5rem; }
div.scroll:focus-visible { outline: 3px solid #c85a00; }
table { border-collapse: separate; border-spacing: 0; font: .9rem/1.55 var(--st-font); color: var(--st-text-color);
        min-width: 100%; }
th, td { border-right: 1px solid var(--st-border-color); border-bottom: 1px solid var(--st-border-color);
         padding: .35rem .5rem; vertical-align: top; text-align: left; min-width: 13rem; max-width: 22rem; }
thead th { position: sticky; top: 0; z-index: 2; background: var(--st-secondary-background-color); }
tbody th { position: sticky; left: 0; z-index: 1; background: var(--st-secondary-background-color);
           min-width: 7rem; max-width: 8rem; font-weight: 700; }
thead th:first-child { left: 0; z-index: 3; min-width: 7rem; }
th small { display: block; font-weight: 400; opacity: .85; }
ul { margin: 0; padding: 0; list-style: none; }
li { margin: 0 0 .3rem; overflow-wrap: anywhere; }
a { color: var(--st-link-color); text-decoration: underline; text-underline-offset: .18em; }
a:focus-visible, summary:focus-visible { outline: 3px solid #c85a00; outline-offset: 1px; }
a[aria-current] { font-weight: 700; border-left: .3rem solid #c85a00; padding-left: .25rem;
  background: var(--st-secondary-background-color); }
.mark { display: inline-block; font-size: .78rem; border: 1px solid currentColor; border-radius: 1rem;
  padding: 0 .45rem; margin-right: .3rem; white-space: nowrap; }
.machine { display: block; font-size: .82rem; opacity: .85; }
.none { opacity: .75; font-size: .85rem; }
summary { cursor: pointer; font-size: .85rem; }
"""
_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const make = (tag, words, look) => {
    const node = document.createElement(tag);
    if (words) node.textContent = words;
    if (look) node.className = look;
    return node;
  };
  const item = (entry) => {
    const li = make("li");
    for (const mark of entry.marks) li.append(make("span", mark, "mark"));
    const a = make("a", entry.words);
    a.href = "?" + entry.address;
    a.title = "引用と頁を表示";
    if (entry.id === data.current) a.setAttribute("aria-current", "true");
    a.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      setTriggerValue("go", entry.id);
    });
    li.append(a);
    if (entry.machine) li.append(make("span", "読取り：" + entry.machine, "machine"));
    return li;
  };
  const table = parentElement.querySelector("table");
  table.replaceChildren();
  const caption = make("caption", data.caption);
  caption.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  table.append(caption);
  const head = make("tr");
  const corner = make("th", "事実");
  corner.scope = "col";
  head.append(corner);
  for (const column of data.heads) {
    const th = make("th", column.name);
    th.scope = "col";
    th.append(make("small", column.below));
    head.append(th);
  }
  const thead = make("thead");
  thead.append(head);
  const tbody = make("tbody");
  for (const row of data.rows) {
    const tr = make("tr");
    const th = make("th", row.fact);
    th.scope = "row";
    if (row.shared) th.append(make("small", "各事案で同じ"));
    tr.append(th);
    for (const cell of row.cells) {
      const td = make("td");
      if (!cell.length) td.append(make("span", "（記載なし）", "none"));
      const list = make("ul");
      cell.slice(0, data.most).forEach((entry) => list.append(item(entry)));
      td.append(list);
      if (cell.length > data.most) {
        const more = make("details");
        more.open = cell.slice(data.most).some((entry) => entry.id === data.current);
        more.append(make("summary", `ほか${cell.length - data.most}件`));
        const rest = make("ul");
        cell.slice(data.most).forEach((entry) => rest.append(item(entry)));
        more.append(rest);
        td.append(more);
      }
      tr.append(td);
    }
    tbody.append(tr);
  }
  table.append(thead, tbody);
}
"""
_HTML = '<div class="scroll" tabindex="0" role="region" aria-label="事案の一覧表"><table></table></div>'
_table = st.components.v2.component("konkyo_cases", html=_HTML, css=_CSS, js=_JS)
_MOST = 4
"""Values of a cell that are shown before it is opened."""
_LONG = 130


def case_table(comparison: Comparison, heads: Sequence[tuple[str, str]], address: dict[str, str]) -> str | None:
    """Draws the table; the id of the entry that was clicked just now, or None.

    `heads` are the name of each column and the line under it; `address` is the page's own.
    """
    data = {
        "heads": [{"name": printable(name), "below": printable(below)} for name, below in heads],
        "rows": [_row(row, address) for row in comparison.rows],
        "current": address.get("entry"),
        "caption": "事案の比較。行は事実、列は事案。値を選ぶと引用と頁を表示します。",
        "most": _MOST,
    }
    result = _table(key="case-table", data=data, on_go_change=lambda: None)
    gone = getattr(result, "go", None)
    return gone if isinstance(gone, str) else None


def marks(entry: Entry) -> tuple[str, ...]:
    """What people have said of an entry: what, who and when, and whether its reading has changed since."""
    one = entry.correction
    if one is None:
        return ()
    said = f"{one.ruling.value}：{short(printable(one.who), 20)}" + (f"、{when(one.day)}" if one.day else "")
    return (said, "読取りが変わりました") if entry.is_changed else (said,)


def _row(row: Row, address: dict[str, str]) -> dict[str, Any]:
    cells = [[_entry(entry, address) for entry in cell] for cell in row.cells]
    return {"fact": row.fact, "shared": row.is_shared and len(row.cells) > 1, "cells": cells}


def _entry(entry: Entry, address: dict[str, str]) -> dict[str, Any]:
    one = entry.correction
    is_other = one is not None and one.ruling in (Ruling.CORRECTED, Ruling.REJECTED)
    return {
        "id": entry.id,
        "words": printable(short(entry.said, _LONG)),
        "machine": printable(short(entry.words, _LONG)) if is_other else "",
        "marks": list(marks(entry)),
        "address": urlencode({**address, "entry": entry.id}),
    }
