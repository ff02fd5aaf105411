"""What is known of a document (title, authority, date, kind) with its evidence, and the form that mends it.

What a user says stands in a sidecar beside the stored file, which `konkyo ingest --again` then reads in a process
of its own: the one way by which such words enter the catalogue. A field left as printed, or emptied, is not
said, so that the document speaks for itself again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from index.dates import Calendar
from law.document import Document, Evidence
from law.fold import fold
from law.store import Store
from ui import frame
from ui.jobs import Job, konkyo
from ui.place import ISO_DATE, reader_address
from ui.shelf import kb_folder
from ui.uploads import safe_stem
from ui.words import KINDS, both_dates, kind_name, plain, printable, short

_NAMES = {"title": "題名", "authority": "発出者", "date": "日付", "kind": "種類", "url": "URL", "licence": "利用条件"}
Said = Mapping[str, str | Sequence[str]]
"""What a sidecar says, by its keys."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the form: its key in a sidecar, its name, what it says now, and the evidence of each value."""

    key: str
    name: str
    now: str
    evidence: tuple[Evidence, ...]

    @property
    def is_printed(self) -> bool:
        """Whether the document itself says it."""
        return bool(self.evidence) and all(one.span is not None for one in self.evidence)


def facts(document: Document) -> tuple[Fact, ...]:
    """What is known of a document, a line an authority."""
    about = document.about
    one = {"title": about.title, "date": about.date, "kind": about.kind}
    told = {key: (value,) if value else () for key, value in one.items()} | {"authority": about.authority}
    told |= {"url": _given(about.url), "licence": _given(about.licence)}
    names = {
        "title": "題名",
        "authority": "発出者",
        "date": "日付",
        "kind": "種類",
        "url": "URL",
        "licence": "利用条件",
    }
    return tuple(Fact(key, name, "\n".join(e.value for e in told[key]), told[key]) for key, name in names.items())


def _given(value: str | None) -> tuple[Evidence, ...]:
    return (Evidence(value),) if value else ()


def to_say(known: Sequence[Fact], wanted: Mapping[str, str]) -> dict[str, str | list[str]]:
    """What the sidecar has to say: what differs from the print, and what a sidecar said before and still holds."""
    said: dict[str, str | list[str]] = {}
    for fact in known:
        value = wanted[fact.key].strip()
        if not value or (value == fact.now and fact.is_printed):
            continue
        lines = [printable(line) for line in value.splitlines() if printable(line)]
        said[fact.key] = lines if fact.key == "authority" else " ".join(lines)
    return said


def sidecar(id: str, said: Said) -> str:
    """The sidecar as TOML. A JSON string of printable characters is a TOML string."""
    rows = {"id": id, **said}
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items())


def iso_date(typed: str) -> str | None:
    """A date as sidecars want it: from 2017-02-28, or from 平成29年2月; None where it is none.

    >>> iso_date("平成29年２月"), iso_date("2024-09-01"), iso_date("来年")
    ('2017-02', '2024-09-01', None)
    """
    form = fold(typed).text.strip().lower()
    if ISO_DATE.fullmatch(form):
        return form
    found = Calendar().dated(form)
    return found[0][1][-1] if len(found) == 1 and len(found[0][0]) == len(form) else None


def job(store: Store, document: Document, said: Said) -> Job:
    """The job that reads the stored file again with this sidecar beside it.

    Raises:
        OSError: the stored file is gone, or the disk is full.
    """
    folder = Path(tempfile.mkdtemp(prefix="konkyo-about-"))
    stem = safe_stem(document.source.name)
    shutil.copyfile(store.source(document.id), folder / f"{stem}.pdf")
    (folder / f"{stem}.toml").write_text(sidecar(document.id, said), encoding="utf-8")
    title = f"「{short(printable(document.title), 40)}」の書誌の変更"
    command = konkyo("ingest", kb_folder(), str(folder), options=("--again",))
    return Job(title, command, {f"{stem}.pdf": document.source.name}, folder)


# -- the form -------------------------------------------------------------------------------------


def form(document: Document) -> dict[str, str | list[str]] | None:
    """Draws the facts, their evidence and the form; what the sidecar has to say when it was sent and makes sense."""
    known = facts(document)
    for fact in known[:4]:
        _evidence(document, fact)
    with st.form(f"about-{document.id}-{document.source.sha256[:8]}", border=False):
        wanted = {fact.key: _field(fact) for fact in known}
        st.caption("空欄にすると、原本に印刷された内容に戻ります（印刷がなければ「記載なし」）。原本は変わりません。")
        if not st.form_submit_button("変更を保存する", icon=":material/save:"):
            return None
    if wanted["date"].strip():
        date = iso_date(wanted["date"])
        if date is None:
            st.error("日付は「2024-09-01」「令和6年9月」のように書いてください。", icon=":material/error:")
            return None
        wanted["date"] = date
    if all(wanted[fact.key].strip() == fact.now for fact in known):
        st.info("変更はありません。", icon=":material/info:")
        return None
    return to_say(known, wanted)


def _evidence(document: Document, fact: Fact) -> None:
    if not fact.evidence:
        st.html(f'<div class="k-note"><b>{fact.name}</b>：原本に記載がありません。</div>')
    for one in fact.evidence:
        value = plain(_shown(fact.key, one.value))
        if one.span is None:
            st.markdown(f"**{fact.name}**：{value}　（利用者による記入。原本の印刷ではありません）")
            continue
        page = document.boxes.page_of(one.span)
        printed = plain(short(printable(one.span.of(document.text)), 60))
        st.page_link(
            frame.READER,
            label=f"**{fact.name}**：{value}　← PDFの{page}頁目「{printed}」",
            query_params=reader_address(document.id, page=page),
            icon=":material/find_in_page:",
        )


def _shown(key: str, value: str) -> str:
    return both_dates(value) if key == "date" else kind_name(value) if key == "kind" else value


def _field(fact: Fact) -> str:
    if fact.key == "kind":
        options = ["", *KINDS]
        index = options.index(fact.now) if fact.now in options else 0
        return st.selectbox(fact.name, options, index=index, format_func=lambda kind: KINDS.get(kind, "（記載なし）"))
    if fact.key == "authority":
        return st.text_area("発出者（1行に1つ）", value=fact.now, height=80, max_chars=1000)
    label = "日付（例：2024-09-01、令和6年9月）" if fact.key == "date" else fact.name
    return st.text_input(label, value=fact.now, max_chars=500)
