"""事案比較: enforcement cases side by side, every value with its quotation; charts, duties, corrections, exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from compliance.case.choice import Choice, Traits, traits
from compliance.case.correction_file import record_of
from compliance.case.corrections import Correction
from compliance.case.entries import Entry
from compliance.cases import Case
from compliance.comparison import Comparison, compare
from ui import comparison_views as views
from ui import frame
from ui.comparison_cases import all_cases, code, name
from ui.comparison_correct import show_homeless
from ui.comparison_duties import show_cases_of, show_findings
from ui.shelf import Shelf, kb_folder
from ui.words import both_dates, printable

_FIRST = 4
"""Cases that are chosen to begin with."""
_CASES, _VIEW, _ADDRESS = "comparison-cases", "comparison-view", "comparison-address"
"""Keys of the session: what is chosen, and the address the page wrote last."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address says."""

    view: str
    cases: tuple[str, ...]
    entry: str | None


def main() -> None:
    """Draws the page."""
    frame.draw("事案比較　処分・指導の事案を並べて読む", _body)


def _body() -> None:
    shelf = frame.shelf_or_tell()
    if shelf is None:
        return
    known = all_cases(shelf)
    if not known:
        st.info("事案を記した文書（勧告・指導・命令・公表資料・検査報告）がまだありません。", icon=":material/info:")
        st.page_link(frame.LIBRARY, label="資料管理で文書（PDF）を追加する", icon=":material/upload_file:")
        show_homeless(record_of(kb_folder()))
        return
    asked = _asked()
    record = record_of(kb_folder())
    whole, held = _whole(known, record, shelf.stamp, hash(record))
    chosen = _chosen(shelf, known, held, asked)
    view = _view(asked)
    if not chosen:
        st.info("比べる事案を選んでください。", icon=":material/checklist:")
        return
    comparison = compare(chosen, record)
    address = {"view": view, "cases": ",".join(map(code, chosen))}
    wanted = asked.entry if asked.view == view else None
    if wanted is not None:
        address["entry"] = wanted
    _write(address)
    _VIEWS[view][1](views.Scene(shelf, whole, comparison, record, address, _entry(comparison, wanted)))


def _asked() -> _Asked:
    said = st.query_params
    view = said.get("view", "table")
    cases = tuple(one for one in said.get("cases", "")[:2000].split(",") if one)
    return _Asked(view if view in _VIEWS else "table", cases, said.get("entry", "")[:80] or None)


@st.cache_resource(max_entries=8, show_spinner=False)
def _whole(
    _known: tuple[Case, ...], _record: tuple[Correction, ...], stamp: str, record: int
) -> tuple[Comparison, tuple[Traits, ...]]:
    """All cases with what people said of them, and what each is chosen by."""
    whole = compare(_known, _record)
    return whole, tuple(traits(*one) for one in zip(whole.cases, whole.columns, strict=True))


def _chosen(shelf: Shelf, known: Sequence[Case], held: Sequence[Traits], asked: _Asked) -> tuple[Case, ...]:
    """The cases to compare: those chosen among the ones that the filters let through."""
    choice = _filters(shelf, held)
    let = [case for case, its in zip(known, held, strict=True) if choice.admits(its)]
    names = {code(case): name(shelf, case) for case in known}
    options = [code(case) for case in let]
    wanted = [one for one in asked.cases if one in names]
    if wanted and ",".join(asked.cases) != _written("cases"):  # another address, not a click here
        st.session_state[_CASES] = wanted
    first = [code(case) for case in _telling(let)[:_FIRST]]
    with st.container(key="noprint-cases"):
        if st.button(f"絞り込んだ{len(let)}件をすべて選ぶ", icon=":material/select_all:", disabled=not let):
            st.session_state[_CASES] = options
        st.session_state.setdefault(_CASES, first)
        kept = [one for one in st.session_state[_CASES] if one in options]
        st.session_state[_CASES] = kept if kept or not st.session_state[_CASES] else first
        picked = st.multiselect(
            f"比べる事案（{len(let)}件から選ぶ。名宛人、処分庁、処分日）",
            options,
            key=_CASES,
            format_func=lambda one: names[one],
            placeholder="事案を選ぶ",
        )
    by_code = {code(case): case for case in let}
    return tuple(by_code[one] for one in picked)


def _telling(cases: Sequence[Case]) -> list[Case]:
    """The cases with the most found in them first, those of equal weight as they stand."""
    return sorted(cases, key=lambda case: -min(len(case.deficiencies), 3) - bool(case.action_date))


def _filters(shelf: Shelf, known: Sequence[Traits]) -> Choice:
    years = sorted({case.day[:4] for case in known if case.day})
    titles = {entry.id: printable(entry.title) for entry in shelf.entries}
    with st.expander("絞り込み", icon=":material/filter_alt:"):
        left, right = st.columns(2)
        authorities = left.multiselect("処分庁", _each(case.authority for case in known), placeholder="すべて")
        kinds = _each(one for case in known for one in case.measures)
        measures = right.multiselect("措置の種類", kinds, placeholder="すべて")
        held = _each(one for case in known for one in case.categories)
        categories = left.multiselect("不備の区分", held, placeholder="すべて")
        documents = right.multiselect(
            "文書",
            _each(case.document for case in known),
            format_func=lambda id: titles.get(id, id),
            placeholder="すべて",
        )
        since = left.selectbox("いつから", years, index=None, placeholder="すべて", format_func=both_dates)
        until = right.selectbox("いつまで", years, index=None, placeholder="すべて", format_func=both_dates)
        words = st.text_input("語で絞る（名宛人、不備、原因、再発防止策）", max_chars=200)
    return Choice(tuple(documents), tuple(authorities), tuple(measures), tuple(categories), since, until, words)


def _view(asked: _Asked) -> str:
    if asked.view != _written("view"):
        st.session_state[_VIEW] = asked.view
    st.session_state.setdefault(_VIEW, asked.view)
    view = st.segmented_control(
        "見方", list(_VIEWS), key=_VIEW, format_func=lambda one: _VIEWS[one][0], label_visibility="collapsed"
    )
    return view or "table"


def _entry(comparison: Comparison, id: str | None) -> Entry | None:
    return next((one for one in comparison.entries if one.id == id), None)


def _write(address: dict[str, str]) -> None:
    """The address says what is shown; what other views left in it is kept."""
    st.session_state[_ADDRESS] = address
    kept = {name: value for name, value in st.query_params.to_dict().items() if name in ("doc", "clause")}
    wanted = {**kept, **address}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def _written(name: str) -> str | None:
    """What this page last wrote into the address."""
    address: dict[str, str] = st.session_state.get(_ADDRESS, {})
    return address.get(name)


def _each(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _chain(scene: views.Scene) -> None:
    show_findings(scene.shelf, scene.counted)


def _from_clause(scene: views.Scene) -> None:
    show_cases_of(scene.shelf, scene.whole.counted)


_VIEWS: dict[str, tuple[str, Callable[[views.Scene], None]]] = {
    "table": ("一覧表", views.table),
    "time": ("時系列", views.time),
    "people": ("影響人数", views.people),
    "matrix": ("不備の区分", views.categories),
    "measures": ("措置", views.measures),
    "chain": ("認定の流れと義務", _chain),
    "clause": ("条項から事案へ", _from_clause),
    "figures": ("数字の照合", views.figures),
    "record": ("訂正の記録", views.corrections),
    "export": ("書き出し", views.export),
}
"""What the page can show: the name in an address, the name on the page, and who draws it."""

main()
