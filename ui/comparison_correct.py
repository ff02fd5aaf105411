"""Correcting a cell: confirm, correct, reject, add, withdraw; the record of it all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from compliance.case.correction_file import CorrectionFile
from compliance.case.corrections import Cell, Correction, Ruling
from compliance.case.entries import FACTS, Entry
from compliance.comparison import Comparison
from ui.shelf import is_writable, kb_folder
from ui.words import plain, printable, short

_LONGEST = 2000
_READ_ONLY = "この知識ベースは読取り専用です。確認・訂正の記録はできません。"
_CHOICES = {
    Ruling.CONFIRMED: "読取りは正しい（確認）",
    Ruling.CORRECTED: "読取りを訂正する",
    Ruling.REJECTED: "読取りは誤り（比較から除く）",
}


def correct(entry: Entry, twins: Sequence[Entry] = ()) -> None:
    """The form under an entry: who says what of it, and why.

    `twins` are the same fact as it was read for other respondents. Whether what is said holds for them too only the
    person knows: the reading may be wrong, or only its holding for this one.
    """
    one = entry.correction
    if one is not None:
        _said(one)
        if entry.is_changed:
            st.warning("訂正の後、機械の読取りが変わりました。もう一度ご確認ください。", icon=":material/sync_problem:")
    if not is_writable():
        st.caption(_READ_ONLY)
        return
    if one is not None:
        _withdraw(entry, one)
    if entry.place is None:
        return
    with st.form(f"correct-{entry.id}"):
        st.markdown("**この欄を確認・訂正する**")
        ruling = st.radio("判断", list(_CHOICES), format_func=_CHOICES.__getitem__, horizontal=True)
        words = st.text_area("訂正後の内容（訂正する場合）", value=entry.words, max_chars=_LONGEST)
        names = "、".join(plain(short(one.case.split(":")[-1], 30)) for one in twins)
        for_all = bool(twins) and st.checkbox(f"同じ箇所から読み取った次の事案の同じ事実にも記録する：{names}")
        who, why = _signed()
        sent = st.form_submit_button("記録する", type="primary")
    if sent and ruling is not None:
        is_correction = ruling is Ruling.CORRECTED
        if is_correction and words.strip() == entry.words:
            st.warning("訂正後の内容が読取りと同じです。", icon=":material/edit:")
            return
        said = words.strip() if is_correction else ""
        meant = [entry, *twins] if for_all else [entry]
        _signed_keep(
            *(
                Correction(x.cell, ruling, said, who, why, instead_of=x.correction.number if x.correction else 0)
                for x in meant
            )
        )


def _withdraw(entry: Entry, one: Correction) -> None:
    """The form that takes a saying back, in the name of who does."""
    with st.form(f"undo-{entry.id}"):
        st.markdown("**上の記録を取り消す**")
        who, why = _signed("取消しの")
        sent = st.form_submit_button("この記録を取り消す", icon=":material/undo:")
    if sent:
        _signed_keep(Correction(one.cell, Ruling.WITHDRAWN, "", who, why, instead_of=one.number))


def add(comparison: Comparison, names: list[str]) -> None:
    """The form that adds what the machine did not read; it is shown as added, without a quotation."""
    if not is_writable():
        return
    with st.expander("読み取られていない事実を追記する", icon=":material/add:"), st.form("add", border=False):
        left, right = st.columns(2)
        at = left.selectbox("事案", range(len(names)), format_func=names.__getitem__)
        fact = right.selectbox("事実", FACTS)
        words = st.text_area("内容", max_chars=_LONGEST)
        who, why = _signed()
        if st.form_submit_button("追記する") and at is not None and fact:
            cell = Cell(comparison.cases[at].id, fact)
            if words.strip():
                _signed_keep(Correction(cell, Ruling.ADDED, words.strip(), who, why))
            else:
                st.warning("内容を入力してください。", icon=":material/edit:")


def show_record(record: tuple[Correction, ...], comparison: Comparison, known: Iterable[str]) -> None:
    """Everything that was said of the cases at hand, the newest first; what has lost its cell or case by itself.

    `known` are the ids of all cases that are read now.
    """
    read = set(known)
    show_homeless([one for one in record if one.cell.case not in read])
    chosen = {case.id for case in comparison.cases}
    mine = [one for one in record if one.cell.case in chosen]
    if not mine:
        st.info("表示中の事案に、確認・訂正の記録はありません。", icon=":material/info:")
        return
    if comparison.lost:
        st.warning(
            f"読み直した文書に当たる欄が見つからない記録が{len(comparison.lost)}件あります（下の表に含みます）。",
            icon=":material/sync_problem:",
        )
    st.dataframe([_line(one) for one in reversed(mine)], hide_index=True, width="stretch")


def show_homeless(record: Sequence[Correction]) -> None:
    """What was said of cases that no document tells any more: removed, or read under another name."""
    if not record:
        return
    st.warning(
        f"今の資料のどの事案にも当たらない記録が{len(record)}件あります"
        "（文書が削除されたか、事案の名宛人・処分庁の読取りが変わりました）。",
        icon=":material/sync_problem:",
    )
    lines = [{"文書": printable(one.cell.case.split(":")[0]), **_line(one)} for one in reversed(record)]
    st.dataframe(lines, hide_index=True, width="stretch")


def _line(one: Correction) -> dict[str, str]:
    return {
        "日時（UTC）": one.at.replace("T", " ").rstrip("Z"),
        "判断": one.ruling.value,
        "事案": printable(one.cell.case),
        "事実": one.cell.fact,
        "読取り": printable(one.cell.words),
        "訂正後": printable(one.words),
        "記録者": printable(one.who),
        "理由": printable(one.why),
    }


def _signed(what: str = "") -> tuple[str, str]:
    left, right = st.columns([1, 2])
    who = left.text_input(f"{what}記録者（必須）", value=st.session_state.get("corrector", ""), max_chars=100)
    return who.strip(), right.text_input(f"{what}理由", max_chars=500).strip()


def _signed_keep(*said: Correction) -> None:
    who = said[0].who
    if not who:
        st.warning("記録者の名前を入力してください。", icon=":material/person:")
        return
    st.session_state["corrector"] = who
    with CorrectionFile(kb_folder()) as file:
        file.add(*said)
    st.rerun()


def _said(one: Correction) -> None:
    at = one.at.replace("T", " ").rstrip("Z")
    words = f"：{plain(short(one.words, 300))}" if one.words else ""
    why = f"　理由：{plain(one.why)}" if one.why else ""
    st.info(f"**{one.ruling.value}**{words}\n\n{plain(one.who)}（{at} UTC）{why}", icon=":material/edit_note:")
