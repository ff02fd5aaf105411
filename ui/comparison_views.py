"""The views of the comparison page: table, charts, figures, corrections, export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from compliance.case.corrections import Correction
from compliance.case.entries import Entry, when
from compliance.case.paper import case_paper
from compliance.case.reconcile import Check, Outcome, repeated, sums
from compliance.case.sheets import OUTCOMES, case_sheets, corrections_sheet, facts_sheet
from compliance.cases import Case
from compliance.comparison import Comparison
from compliance.writer.paper import WORD
from compliance.writer.sheet import EXCEL, csv_file, workbook
from ui import comparison_charts as charts
from ui.comparison_correct import add, correct, show_record
from ui.comparison_quote import open_link, quotation, said, show_entries, show_pages, show_proofs
from ui.comparison_table import case_table
from ui.shelf import Shelf
from ui.words import printable, short

_CORRECTED = (
    "人が「誤り」「訂正」とした値が{n}件あります。誤りとしたものは除き、訂正したものは、訂正後の内容に残る人数・"
    "措置・日付・区分だけを図に示します（期間は除きます）。"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a view is drawn from: the documents, all cases, those compared, what people said, and the address."""

    shelf: Shelf
    whole: Comparison
    comparison: Comparison
    record: tuple[Correction, ...]
    address: dict[str, str]
    entry: Entry | None

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases compared."""
        return self.comparison.cases

    @property
    def counted(self) -> tuple[Case, ...]:
        """The cases compared, as they are counted and drawn: nothing that people said is wrong."""
        return self.comparison.counted


def table(scene: Scene) -> None:
    """The table of facts, and under it the quotation of the value that was chosen, with its page."""
    st.caption("行は事実、列は事案。値を選ぶと、下に引用・頁・訂正の欄を示します。空欄は文書に記載がないものです。")
    heads = [(case.respondent.words, _under(case)) for case in scene.cases]
    clicked = case_table(scene.comparison, heads, scene.address)
    if clicked is not None and clicked != scene.address.get("entry"):
        st.query_params.from_dict({**scene.address, "entry": clicked})
        st.rerun()
    if scene.entry is not None:
        _entry(scene, scene.entry)
    elif "entry" in scene.address:
        st.warning("選んだ値は、今の比較にはありません。", icon=":material/find_in_page:")
    add(scene.comparison, [f"{case.respondent.words}（{_under(case)}）" for case in scene.cases])


def _under(case: Case) -> str:
    date = when(case.action_date.value) if case.action_date else "日付の記載なし"
    return f"{case.before}　{date}"


def _entry(scene: Scene, entry: Entry) -> None:
    shelf = scene.shelf
    st.subheader(f"{entry.fact}：引用と頁", anchor=False)
    left, right = st.columns([1, 1], gap="medium")
    document = shelf.document(entry.document)
    with left:
        st.html(said(entry, escape(entry.said)))
        if entry.place is not None:
            st.html(quotation(document, entry.place))
            open_link(document, entry.place)
        else:
            st.caption("人が追記した事実です。引用はありません。")
        show_proofs(document, entry)
        correct(entry, scene.whole.twins(entry))
    with right, st.container(key="picture"):
        if entry.place is not None:
            show_pages(shelf, document, entry.place)


def _chart(scene: Scene, drawn: charts.Drawn | None, key: str, nothing: str) -> None:
    """A chart, and under it the quotations of the marks that were chosen."""
    if scene.comparison.wrong:
        st.caption(_CORRECTED.format(n=len(scene.comparison.wrong)))
    if drawn is None:
        st.info(nothing, icon=":material/info:")
        return
    drawing = charts.dressed(drawn, st.context.theme.type or "light")
    state = st.altair_chart(
        drawing, width="stretch", on_select="rerun", selection_mode=charts.PICK, key=key, alt=drawn.alt
    )
    picked = [int(one["n"]) for one in state.selection.get(charts.PICK, ()) if "n" in one]
    told = {(one.case, one.fact, one.place): one for one in scene.comparison.entries}
    marked = [[told.get((one.case, one.fact, one.place), one) for one in mark] for mark in drawn.marks]
    chosen = [entry for n in picked if n < len(marked) for entry in marked[n]]
    if chosen:
        st.subheader(f"選んだ印の引用（{len(chosen)}件）", anchor=False)
        show_entries(scene.shelf, chosen)
    else:
        st.caption("印を選ぶと、ここに引用を示します（複数はShiftキーを押しながら）。")
    with st.expander("図の内容を文章と引用で見る", icon=":material/list:"):
        show_entries(scene.shelf, [entry for mark in marked for entry in mark])


def time(scene: Scene) -> None:
    """The dated measures and the stretch of the misconduct."""
    st.caption("同じ名宛人の後の措置は同じ行に並びます。月までしか印字のない日付は、その月の幅で示します。")
    with_period = st.toggle("違反等の期間も示す", value=True, help="外すと、措置の日付だけの目盛りになります。")
    drawn = charts.time_chart(scene.counted, with_period=with_period)
    _chart(scene, drawn, "chart-time", "日付の記された措置がありません。")


def people(scene: Scene) -> None:
    """The people and records affected."""
    st.caption("範囲の異なる人数は合算せず、一行ずつ示します。約・余・以上・延べ等は印字のままです。")
    _chart(scene, charts.people_chart(scene.counted), "chart-people", "人数・件数の記載がありません。")
    for case in scene.counted:
        for one in case.caveats:
            st.html(f'<div class="k-cite">人数の但し書　{escape(case.respondent.words)}</div>')
            document = scene.shelf.document(case.document)
            st.html(quotation(document, one.place))
            open_link(document, one.place)


def categories(scene: Scene) -> None:
    """Deficiencies by category and case."""
    st.caption("区分が印字されていない不備は、文言から区分を読み取っています（一覧表に「区分は読取り」と示します）。")
    _chart(scene, charts.category_chart(scene.counted), "chart-category", "不備の記載がありません。")


def measures(scene: Scene) -> None:
    """Measures by authority."""
    _chart(scene, charts.authority_chart(scene.counted), "chart-measures", "措置の記載がありません。")


def figures(scene: Scene) -> None:
    """Sums and repeated figures checked; contradictions first, shown and not resolved."""
    st.caption("文書が印字した合計と内訳、及び同じ名宛人の主な人数を文書の間で照らします。食い違いは示すだけです。")
    found = checks(scene)
    if not found:
        st.info("照らし合わせる数字がありません。", icon=":material/info:")
    for check in sorted(found, key=lambda one: one.outcome is not Outcome.DIFFERS):
        is_good = check.outcome is not Outcome.DIFFERS
        icon = ":material/check_circle:" if is_good else ":material/warning:"
        with st.expander(f"{OUTCOMES[check.outcome]}　{printable(check.written)}", expanded=not is_good, icon=icon):
            places = dict.fromkeys((one.document, one.place) for one in (check.total, *check.parts))
            for doc, place in places:
                document = scene.shelf.document(doc)
                st.html(quotation(document, place, short(document.title, 40)))
                open_link(document, place)


def checks(scene: Scene) -> tuple[Check, ...]:
    """The checks of the documents that the compared cases are told in, and across them."""
    documents = dict.fromkeys(case.document for case in scene.cases)
    own = [check for id in documents for check in _sums(scene.shelf, id, scene.shelf.stamp)]
    return (*own, *repeated(scene.counted))


@st.cache_resource(max_entries=256, show_spinner="数字を照合しています…")
def _sums(_shelf: Shelf, doc: str, stamp: str) -> tuple[Check, ...]:
    return sums(_shelf.document(doc))


def corrections(scene: Scene) -> None:
    """The record of corrections."""
    show_record(scene.record, scene.comparison, [case.id for case in scene.whole.cases])


def export(scene: Scene) -> None:
    """The files: Excel, Word, CSV. They are made when asked for."""
    st.caption("引用は原本と一致したものだけを載せます。数式として働く文字は無害化しています。")
    comparison, give = scene.comparison, scene.shelf.document
    found: Sequence[Check] = checks(scene)
    with st.container(horizontal=True):
        st.download_button(
            "Excel（表ごとに一枚）",
            lambda: workbook(case_sheets(comparison, give, found, scene.record)),
            "事案比較.xlsx",
            EXCEL,
            icon=":material/table:",
        )
        st.download_button(
            "Word（引用付き）",
            lambda: case_paper(comparison, give),
            "事案比較.docx",
            WORD,
            icon=":material/description:",
        )
        st.download_button(
            "CSV（全事実）",
            lambda: csv_file(facts_sheet(comparison, give)),
            "事案の事実.csv",
            "text/csv",
            icon=":material/csv:",
        )
        st.download_button(
            "CSV（訂正の記録）",
            lambda: csv_file(corrections_sheet(scene.record)),
            "訂正の記録.csv",
            "text/csv",
            icon=":material/csv:",
        )
    st.write(f"対象：{len(comparison.cases)}件の事案、{len(comparison.entries)}件の事実")
