"""What is clicked in the words of a page: links that stay in the session, quotations to copy, judgements.

Words of documents are drawn as one piece of HTML a clause; a widget of Streamlit for every link and button in them
would cost the server a third of the page's time. One component listens for all of them instead. A link is a real
one: without the component, or with a key held, it opens as links do, but as another session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ui import frame

_PAGES = {"search": frame.SEARCH, "reader": frame.READER}
_LONGEST = 20_000
"""Characters of an address that is followed: a question of 2,000 characters takes 9 each."""
_JS = """
export default function ({ parentElement, setTriggerValue }) {
  window.konkyoClicks?.abort();
  const clicks = (window.konkyoClicks = new AbortController());
  const copy = (button) => {
    const words = button.parentElement.querySelector("code");
    const copied = () => (button.textContent = "写しました");
    const select = () => {
      getSelection().selectAllChildren(words);
      if (document.execCommand("copy")) copied();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(words.textContent).then(copied, select);
    else select();
  };
  document.addEventListener("click", (event) => {
    const on = event.target.closest?.(".k-go, .k-copy, .k-judge");
    if (!on || event.button) return;
    if (on.matches(".k-copy")) copy(on);
    else if (on.matches(".k-judge")) setTriggerValue("judge", { ...on.dataset });
    else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      setTriggerValue("go", on.getAttribute("href"));
    }
  }, { signal: clicks.signal });
  parentElement.querySelector("span").textContent = "listening";
  return () => clicks.abort();
}
"""
_clicks = st.components.v2.component("konkyo_clicks", html="<span hidden></span>", js=_JS)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a user said of one quotation; `at` is where its words begin in the document."""

    doc: str
    at: str
    is_useful: bool


def heard() -> Judged | None:
    """Follows the link that was clicked just now, if one was; else the judgement that was made just now, if any."""
    result = _clicks(key="clicks", data={}, on_go_change=lambda: None, on_judge_change=lambda: None)
    _follow(getattr(result, "go", None))
    return _judged(getattr(result, "judge", None))


def _follow(address: object) -> None:
    if isinstance(address, str) and len(address) <= _LONGEST:
        name, _, said = address.partition("?")
        if name in _PAGES:
            st.switch_page(_PAGES[name], query_params=dict(parse_qsl(said)))


def _judged(said: object) -> Judged | None:
    if not isinstance(said, Mapping):
        return None
    return Judged(str(said.get("doc")), str(said.get("at")), said.get("useful") == "yes")


def link(page: str, address: Mapping[str, str], words: str, told: str = "") -> str:
    """A link as HTML; the words and what is told of it are HTML already."""
    title = f' title="{told}"' if told else ""
    return f'<a class="k-go" href="{page}?{escape(urlencode(address))}"{title}>{words}</a>'


def copied(words: str) -> str:
    """Words to copy, with the button that copies them and nothing else."""
    return f'<div class="k-words"><code>{escape(words)}</code><button type="button" class="k-copy">写す</button></div>'


def judging(judged: Judged, label: str) -> str:
    """A button that says something of a quotation."""
    useful = "yes" if judged.is_useful else "no"
    place = f'data-doc="{escape(judged.doc)}" data-at="{escape(judged.at)}" data-useful="{useful}"'
    return f'<button type="button" class="k-judge" {place}>{escape(label)}</button>'
