"""A table of documents or questions as a component: every first cell a link, whole and printable, never markup.

Streamlit's own table is a picture that cuts long titles and has no links within the session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from ui import frame
from ui.words import printable

_CSS = """
div { overflow-x: auto; font-family: var(--st-font); color: var(--st-text-color); font-size: .92rem; }
table { border-collapse: collapse; width: 100%; line-height: 1.55; }
th, td { border-bottom: 1px solid var(--st-border-color); padding: .35rem .7rem .35rem 0; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
th { white-space: nowrap; border-bottom-width: 2px; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.short { white-space: nowrap; }
td:first-child { min-width: 13rem; }
td { min-width: 4rem; }
tr:hover td { background: var(--st-secondary-background-color); }
small { display: block; opacity: .8; }
a { color: var(--st-link-color); text-underline-offset: .2em; }
a:focus-visible { outline: 3px solid #c85a00; outline-offset: 1px; }
@media print { * { color: #000 !important; } }
"""
_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const row = (cells, kind) => {
    const tr = document.createElement("tr");
    cells.forEach((words, at) => {
      const cell = document.createElement(kind);
      cell.className = data.columns[at][1];
      cell.append(words);
      if (kind === "th") cell.scope = "col";
      tr.append(cell);
    });
    return tr;
  };
  const head = document.createElement("thead"), body = document.createElement("tbody");
  head.append(row(data.columns.map(([name]) => name), "th"));
  data.rows.forEach(({ cells, address, note }, at) => {
    const a = document.createElement("a");
    a.textContent = cells[0];
    a.href = data.page + "?" + address;
    a.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      setTriggerValue("go", at);
    });
    const tr = row([a, ...cells.slice(1)], "td");
    if (note) {
      const small = document.createElement("small");
      small.textContent = note;
      tr.firstChild.append(small);
    }
    body.append(tr);
  });
  table.replaceChildren(head, body);
}
"""
_listing = st.components.v2.component("konkyo_listing", html="<div><table></table></div>", css=_CSS, js=_JS)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: where its first cell leads, its cells, and a note under the first."""

    address: dict[str, str]
    cells: tuple[str, ...]
    note: str = ""


def listing(key: str, columns: Sequence[tuple[str, str]], lines: Sequence[Line], *, page: str = frame.READER) -> None:
    """Draws the table; a click on a row's link opens the page (the reader) at its address.

    Columns are names with "", "short" (never broken) or "number" (set right).
    """
    rows = [
        {
            "cells": [printable(cell) for cell in one.cells],
            "address": urlencode(one.address),
            "note": printable(one.note),
        }
        for one in lines
    ]
    data = {"page": Path(page).stem, "columns": [list(one) for one in columns], "rows": rows}
    result = _listing(key=key, data=data, on_go_change=lambda: None)
    gone = getattr(result, "go", None)
    if isinstance(gone, int) and 0 <= gone < len(lines):
        st.switch_page(page, query_params=lines[gone].address)
