"""使い方: the screens, the ways to ask, the signs, in one page."""

from __future__ import annotations

import streamlit as st

from ui import frame
from ui.words import GRADES

_ASKING = """
- **文章で尋ねる**：「委託契約に必ず盛り込むべき事項は何ですか」。日常の言葉でも構いません（社員→従業者）。
- **番号で開く**：`５－３`、`5-3`、`別添２`、`第３の２(1)`、`第23条第1項`。全角・半角・漢数字を区別しません。
- **そのままの語句を探す**：「再委託」のようにかぎ括弧で囲みます。`"再委託"` は、その語句がある条項だけを示します。
- **組み合わせる**：`委託 AND 再委託`、`漏えい OR 滅失`、`委託 NOT 契約`（前後に空白）。
- **絞り込む**：文書、発出者、種類、年、文の強さ（義務・推奨など）。
"""
_READING = """
- **回答となる条項**：質問に対応すると判断した条項です。ないときは「収録文書にありません」と示し、近い条項を並べます。
- **原文の枠**：引用の文字が原本の文字と一致すると確かめたときだけ描きます。確かめられないときは描きません。
- **頁**：印刷された頁番号と、PDFの先頭から数えた頁を並べて示します。
- **見つけた理由**：一致した語（実線の枠）、言い換えて一致した語（破線の枠と「言い換え」の文字）、意味の近さです。
- **参照**：収録文書の中で行き先が決まる参照はリンク、決まらない参照は破線と「未解決」の文字で示します。
- **リンク**：画面のアドレスには質問、絞り込み、条項が入ります。そのまま保存、共有（同じパソコンの中）できます。
- **印刷**：ブラウザの印刷で、回答と条項をＡ４に印刷できます。
"""
_KEEPING = """
- **資料管理**でPDFを追加します。読み取りは別の処理で行うため、壊れたファイルが他の文書に影響することはありません。
- 同じ名前で内容の異なるPDFを追加すると**新しい版**になり、前の版も残ります。
- 「有用」「違う」の評価は、知識ベースのフォルダーの `feedback.jsonl` だけに記録し、外部に送信しません。
"""


def main() -> None:
    """Draws the page."""
    frame.draw("使い方", _body)


def _body() -> None:
    st.subheader("尋ね方", anchor=False)
    st.markdown(_ASKING)
    st.subheader("画面の見方", anchor=False)
    st.markdown(_READING)
    grades = "".join(f"<tr><td><b>{name}</b></td><td>{words}</td></tr>" for name, words in GRADES.values())
    st.html(f'<div class="k-card"><b>文の強さ</b><table>{grades}</table></div>')
    st.subheader("文書の管理", anchor=False)
    st.markdown(_KEEPING)
    st.subheader("ご注意", anchor=False)
    st.write(
        "この画面が示すのは条項の所在と原文であり、法的な判断や助言ではありません。適用の判断は専門家にご相談ください。"
    )


main()
