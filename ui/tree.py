"""The clause tree as a component: links that a keyboard reaches, the chosen clause marked and in view.

Words of a document enter the browser as data and become text nodes, never markup. Every link has an
address of its own, so that it opens in another tab too; a plain click stays in the session.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from law.document import Clause, Document
from ui.card import PARTS
from ui.place import reader_address
from ui.words import printable, short

_CSS = """
nav { height: 20.5rem; overflow-y: auto; font-size: .92rem; line-height: 1.5; color: var(--st-text-color);
      font-family: var(--st-font); border: 1px solid var(--st-border-color); border-radius: .5rem; padding: .3rem;
      box-sizing: border-box; }
ul { list-style: none; margin: 0; padding: 0 0 0 1rem; }
nav > ul { padding-left: 0; }
details > summary { list-style-position: outside; margin-left: 1rem; cursor: default; }
li > a { margin-left: 1rem; }
a { color: inherit; text-decoration: none; display: inline-flex; max-width: calc(100% - 1.3rem); vertical-align: top;
  padding: .05rem .3rem; border-radius: .25rem; }
a > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 3px solid #c85a00; outline-offset: 1px; }
a[aria-current] { font-weight: 700; border-left: .3rem solid #c85a00;
  background: var(--st-secondary-background-color); }
small { opacity: .8; padding-left: .5rem; white-space: nowrap; align-self: center; }
"""
_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const nav = parentElement.querySelector("nav");
  nav.replaceChildren();
  const root = document.createElement("ul");
  const lists = [root];
  data.nodes.forEach((node, at) => {
    const li = document.createElement("li");
    const a = document.createElement("a");
    const span = document.createElement("span");
    span.textContent = node.name;
    a.title = node.name;
    a.append(span);
    a.href = "?" + node.address;
    if (node.path === data.current) a.setAttribute("aria-current", "true");
    if (node.page) {
      const small = document.createElement("small");
      small.textContent = node.page;
      a.append(small);
    }
    a.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      setTriggerValue("go", node.path);
    });
    lists.length = node.depth + 1;
    lists[node.depth].append(li);
    const next = data.nodes[at + 1];
    if (next && next.depth > node.depth) {
      const details = document.createElement("details");
      details.open = node.open;
      const summary = document.createElement("summary");
      summary.append(a);
      const ul = document.createElement("ul");
      details.append(summary, ul);
      li.append(details);
      lists.push(ul);
    } else li.append(a);
  });
  nav.append(root);
  nav.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const seen = [...nav.querySelectorAll("a")].filter((a) => a.offsetParent !== null);
    const at = seen.indexOf(parentElement.activeElement ?? document.activeElement);
    const to = seen[at + step];
    if (to) { to.focus(); event.preventDefault(); }
  };
  const now = nav.querySelector("[aria-current]");
  if (now) requestAnimationFrame(() => {
    nav.scrollTop += now.getBoundingClientRect().top - nav.getBoundingClientRect().top - nav.clientHeight / 3;
  });
}
"""
_tree = st.components.v2.component("konkyo_tree", html='<nav aria-label="条項"></nav>', css=_CSS, js=_JS)


def clause_tree(document: Document, current: Clause, version: int | None) -> str | None:
    """Draws the tree; the path of the clause that was clicked just now, or None."""
    result = _tree(
        key="clause-tree",
        data={"nodes": _nodes(document, current, version), "current": current.path},
        on_go_change=lambda: None,
    )
    gone = getattr(result, "go", None)
    return gone if isinstance(gone, str) and gone in document.by_path else None


def _nodes(document: Document, current: Clause, version: int | None) -> list[dict[str, Any]]:
    """The clauses in reading order, each under its parent; items and notes only near the chosen one."""
    above = {current.path, *(clause.path for clause in document.ancestors(current))}
    nodes: list[dict[str, Any]] = []

    def add(parent: str | None, depth: int) -> None:
        for clause in document.children.get(parent, ()):
            if clause.kind in PARTS and clause.parent not in above and parent is not None:
                continue
            pdf_page = document.pdf_page(clause)
            nodes.append(
                {
                    "path": clause.path,
                    "name": _name(document, clause),
                    "page": f"{document.printed_page(pdf_page) or pdf_page}頁" if pdf_page else "",
                    "depth": depth,
                    "open": clause.path in above or depth == 0,
                    "address": urlencode(reader_address(document.id, clause.path, version=version)),
                }
            )
            add(clause.path, depth + 1)

    add(None, 0)
    return nodes


def _name(document: Document, clause: Clause) -> str:
    words = document.heading(clause) or document.own_text(clause)
    return printable(f"{clause.label}　{short(words, 34)}")
