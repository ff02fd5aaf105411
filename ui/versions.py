"""新旧対照: two versions side by side, changed words underlined; the duties that an amendment touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from compliance.version.abridged import Entry, changes
from compliance.version.amended import Turn
from compliance.version.contrast import Kind
from compliance.version.paper import contrast_paper, contrast_workbook
from compliance.writer.paper import WORD
from compliance.writer.sheet import EXCEL
from law.store import Entry as Held
from ui import frame
from ui import versions_table as tables
from ui.place import number_of
from ui.versions_made import Compared, Which, compared, likely
from ui.words import both_dates, plain, printable, short

_VIEWS = {"": "新旧対照表", "duties": "義務の増減"}
_LITTLE = 0.2
"""Of the older version's clauses; below, the two are hardly versions of one text."""


def main() -> None:
    """Draws the page."""
    frame.draw("新旧対照　改正で何が変わったか", _body)


def _body() -> None:
    shelf = frame.shelf_or_tell()
    if shelf is None:
        return
    st.html(tables.STYLE)
    held = shelf.store.documents(superseded=True)
    chosen = _choose(held)
    if chosen is None:
        st.info("比べる二つの版を選んでください。同じ名前（ID）で取り込み直した文書は、前の版と比べられます。")
        return
    new, old = chosen
    if new == old:
        st.warning("同じ版どうしは比べられません。", icon=":material/info:")
        return
    _doubts(held, new, old)
    made = compared(shelf, new, old)
    if made.kept < _LITTLE:
        st.warning("共通する条項がほとんどありません。一つの文書の二つの版ではないようです。", icon=":material/info:")
    _summary(made)
    view = _view(new, old)
    if view == "duties":
        st.html(tables.duties(made))
        st.caption(tables.MEASURED)
    else:
        _table(made, new, old)
    _export(made)


def _choose(held: Sequence[Held]) -> tuple[Which, Which] | None:
    """The two versions of the address, or the likeliest two; another choice writes a new address."""
    known: dict[Which, str] = {(entry.id, entry.version): _named(entry, held) for entry in held}
    asked = [_read(st.query_params, name, known) for name in ("new", "old")]
    guess = likely(held) if not any(asked) else None
    now = [one or (guess[at] if guess else None) for at, one in enumerate(asked)]
    options = sorted(known, key=lambda which: (known[which], -which[1]))
    picked = [
        place.selectbox(
            label,
            options,
            index=options.index(which) if which else None,
            format_func=lambda which: known[which],
            placeholder="版を選ぶ",
        )
        for place, label, which in zip(st.columns(2), ("改正後（左）", "改正前（右）"), now, strict=True)
    ]
    if picked != now:
        st.query_params.from_dict(_address(picked[0], picked[1], st.query_params.get("view", "")))
        st.rerun()
    return (picked[0], picked[1]) if picked[0] and picked[1] else None


def _named(entry: Held, held: Sequence[Held]) -> str:
    several = sum(one.id == entry.id for one in held) > 1
    version = f"　第{entry.version}版" + ("（旧版）" if entry.superseded else "（現在）") if several else ""
    return printable(f"{both_dates(entry.date)}{version}　{short(entry.title, 70)}")


def _read(address: Mapping[str, str], name: str, known: Mapping[Which, str]) -> Which | None:
    which = (address.get(name, ""), number_of(address.get(f"{name}-v")) or 1)
    return which if which in known else None


def _address(new: Which | None, old: Which | None, view: str) -> dict[str, str]:
    said = {"view": view}
    for name, which in (("new", new), ("old", old)):
        if which is not None:
            said |= {name: which[0], f"{name}-v": str(which[1])}
    return {name: value for name, value in said.items() if value}


def _doubts(held: Sequence[Held], new: Which, old: Which) -> None:
    dates = {(entry.id, entry.version): entry.date or "" for entry in held}
    if dates[new] and dates[old] and dates[new] < dates[old]:
        st.warning("「改正後」の日付が「改正前」より前です。", icon=":material/swap_horiz:")
        label = "左右を入れ替える"
        st.page_link(frame.VERSIONS, label=label, icon=":material/swap_horiz:", query_params=_address(old, new, ""))


def _summary(made: Compared) -> None:
    kinds = Counter(entry.kind for entry in changes(made.entries))
    rows = "、".join(f"{kind.value}{kinds[kind]}" for kind in Kind if kinds[kind]) or "変更なし"
    turns = Counter(one.turn for one in made.duties)
    duties = "、".join(f"{turn.value}{turns[turn]}" for turn in Turn if turns[turn]) or "変更なし"
    st.markdown(f"**条項**　{rows}　　**義務**　{duties}")


def _view(new: Which, old: Which) -> str:
    asked = st.query_params.get("view", "")
    now = asked if asked in _VIEWS else ""
    with st.container(key="noprint-view"):
        picked = st.segmented_control(
            "表示",
            list(_VIEWS),
            default=now,
            required=True,
            format_func=_VIEWS.__getitem__,
            label_visibility="collapsed",
        )
    if picked is not None and picked != now:
        st.query_params.from_dict(_address(new, old, str(picked)))
        st.rerun()
    return now


def _table(made: Compared, new: Which, old: Which) -> None:
    only = st.toggle("変わったところだけを表示する", help="（略）の行と、見出しだけの行を除きます。")
    shown: Sequence[Entry] = changes(made.entries) if only else made.entries
    if not changes(made.entries):
        st.success("条項の文言に違いはありません。", icon=":material/check:")
    st.html(tables.contrast(shown, made, new, old))
    st.caption("下線の部分は、改正部分です。二つの版の条項は、番号ではなく内容によって対応付けています。")


def _export(made: Compared) -> None:
    with st.container(horizontal=True, key="noprint-export"):
        args = (made.names, made.entries, made.duties, made.sides)
        for label, name, kind, make in (
            ("新旧対照表　Word（A4横）", "新旧対照表.docx", WORD, contrast_paper),
            ("新旧対照表　Excel", "新旧対照表.xlsx", EXCEL, contrast_workbook),
        ):
            st.download_button(
                plain(label),
                lambda make=make: make(*args),  # type: ignore[misc]
                file_name=name,
                mime=kind,
                icon=":material/download:",
                on_click="ignore",
                key=name,
            )


main()
