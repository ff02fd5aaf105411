"""The register and the checklist as files; what is filtered out is not in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from compliance.duty.checklist import checklist_csv, checklist_paper, checklist_workbook, points
from compliance.duty.paper import register_paper
from compliance.duty.sheet import as_csv, as_workbook
from compliance.register import Row
from compliance.writer.paper import WORD
from compliance.writer.sheet import EXCEL
from index.excerpt import Verdict

CSV = "text/csv"


def draw(rows: Sequence[Row], filters: str) -> None:
    """Draws the buttons; a file is made when its button is pressed."""
    if not rows:
        st.info("この絞り込みに当たる義務はありません。", icon=":material/search_off:")
        return
    st.write(
        f"表示中の{len(rows)}件を書き出します（絞り込み：{filters}）。"
        if filters != "なし"
        else f"全{len(rows)}件を書き出します。"
    )
    doubtful = sum(row.verdict is not Verdict.MATCH for row in rows)
    if doubtful:
        st.warning(f"{doubtful}件は原本の文字と照合できないため、原文を載せません。", icon=":material/rule:")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("義務一覧", anchor=False)
        st.caption("すべての列、凡例、件数。記入した状況・担当・証跡・備考を含みます。")
        _button("Excel（.xlsx）", "義務一覧.xlsx", EXCEL, lambda: as_workbook(rows))
        _button("Word（A4横）", "義務一覧.docx", WORD, lambda: register_paper(rows))
        _button("CSV", "義務一覧.csv", CSV, lambda: as_csv(rows))
    with right:
        st.subheader("点検表", anchor=False)
        st.caption(f"点検項目{len(points(rows))}件（細目を含む）。判定欄（適・否・非該当）、証跡、備考の欄があります。")
        _button("点検表　Excel（.xlsx）", "点検表.xlsx", EXCEL, lambda: checklist_workbook(rows))
        _button("点検表　Word（A4横）", "点検表.docx", WORD, lambda: checklist_paper(rows))
        _button("点検表　CSV", "点検表.csv", CSV, lambda: checklist_csv(rows))
    st.caption("セルの内容が数式として実行されることはありません。CSVでは、数式とみなされる内容の前に「'」を付けます。")


def _button(label: str, name: str, kind: str, make: Callable[[], bytes]) -> None:
    st.download_button(label, make, file_name=name, mime=kind, icon=":material/download:", on_click="ignore", key=name)
