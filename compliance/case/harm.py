"""Harm: the words in which a document tells what was done to people's data or money, and those that deny it.

Counts, the period and the discovery of a case are read from sentences that tell of the harm.
"""

from __future__ import annotations

import re

from compliance.case.mood import DENIED
from compliance.case.narrative import unquoted

HARM = re.compile(
    r"持ち?出|漏えい|漏洩|流出|リスト化|不正|取得し|売却|買い取|詐取|窃取|誤(?:送|交付|配|発送|封入|開示)|(?:見える|閲覧(?:できる|が可能な))状態|滅失|紛失|毀損|無断|目的外|"
    r"影響を受け|影響があ|被害|(?:同意|許諾|承諾|許可)を得(?:る|ない|ず)|減額|減じ|不当な返品|誤登録|誤廃棄|"
    r"閲覧され|書き込[みん]|掲載され|公開され|閲覧可能|閲覧でき|返品し|不適(?:当|切)な(?:勧誘|募集|販売|取扱|利用)|渡(?:し|され)(?:た|て)|"
    r"第三者に[^、。]{0,10}提供|侵入|感染|暗号化され|改ざん|盗まれ|誤って|(?:事案|事象|事態|事故|誤り)が[^。]{0,60}発生|"
    r"着服|横領|流用|だまし取|架空の|名簿[^。]{0,40}を[^。]{0,40}(?:販売|売却|譲渡)し|水増し|過大に|虚偽の|偽って|隠蔽|隠ぺい|粉飾|談合|"
    r"(?:撮影|投稿|複製|転送|持ち帰|横流し|不正使用)[しりっ]|(?:情報|データ|名簿)(?:等)?を[^。]{0,40}(?:提供|開示|送付|送信|交付|転送)し(?:た|て)"
)
UNHARMED = re.compile(
    rf"(?:^|(?<=[、。]))[^、。]*(?:{HARM.pattern}|影響)(?:[^、。を]{{0,12}}?(?:は|が|も)"
    rf"(?:(?:確認|認め|発生|生じ|見つか|検出)(?:し|さ?れ|られ|でき|っ)?)?|[^、。をはがも]{{0,12}}?){DENIED}"
    r"(?:い|く|っ?た|かった|んでした)*(?=[、。]|$|こと|旨|と(?:して|の|判断|考え)|もの|ため)[^、。]*"
)
"""A clause that says that no harm was done: 漏えいはなく、, 500人には影響がなかった。"""
FACTS = re.compile(
    r"^事実$|違反(?:の)?(?:事実|行為|概要|内容)|認定(?:した|され)|認められた事実|処分の?(?:理由|原因)|原因となる事実"
)
"""The heading of a part on what was done that broke the law."""
AFTER = re.compile(r"再発防止|改善|是正|対応")
"""The heading of a part on what was done about it afterwards."""


def tells_of_harm(text: str) -> bool:
    """Whether the words outside quotations tell of the harm, not of its absence."""
    return HARM.search(UNHARMED.sub("", unquoted(text))) is not None
