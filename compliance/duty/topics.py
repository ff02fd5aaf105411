"""What a duty is about, by the words of its headings and of its act: a way to find it, not a legal category."""

from __future__ import annotations

from collections.abc import Sequence

TOPICS = {
    "方針・規程": ("基本方針", "規程", "規則", "マニュアル", "手順書"),
    "体制・責任者": ("体制", "責任者", "管理者", "役員", "取締役"),
    "教育・訓練": ("教育", "訓練", "研修"),
    "監査・点検": ("監査", "点検", "検査", "自主点検"),
    "台帳・記録・保存": ("台帳", "記録", "保存", "ログ", "帳簿"),
    "アクセス・認証": ("アクセス", "識別", "認証", "権限", "パスワード", "アカウント"),
    "暗号化・技術": ("暗号", "不正アクセス", "脆弱性", "監視", "ウイルス"),
    "媒体・持出し": ("媒体", "持出", "持ち出", "端末", "機器", "移送"),
    "区域・設備": ("区域", "入退", "施錠", "盗難", "設備"),
    "委託": ("委託",),
    "取得・利用目的・同意": ("取得", "利用目的", "同意"),
    "第三者提供": ("第三者",),
    "消去・廃棄": ("消去", "廃棄", "返却"),
    "漏えい等・事故": ("漏えい", "漏洩", "滅失", "毀損", "事故", "インシデント"),
    "報告・通知・公表": ("報告", "通知", "公表", "届出", "届け出"),
    "本人の請求・苦情": ("開示", "訂正", "利用停止", "苦情", "相談"),
}
"""A topic, and the words that name it in a heading or in the act."""


def topics(headings: Sequence[str], act: str) -> tuple[str, ...]:
    """The topics of a duty: those its nearest heading names, else those its act does.

    >>> topics(("総則", "教育及び訓練"), "受講の状況を記録し"), topics(("総則",), "受講の状況を記録し")
    (('教育・訓練',), ('台帳・記録・保存',))
    """
    nearest = headings[-1:] or ("",)
    return _named(nearest[0]) or _named(act)


def _named(words: str) -> tuple[str, ...]:
    return tuple(topic for topic, signs in TOPICS.items() if any(sign in words for sign in signs))
