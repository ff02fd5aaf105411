"""Questions over cases: which safeguard an authority found wanting in a fact it tells.

Asked only where the document itself prints the category, never where the fact names it. A safeguard that
the fact's words could also be taken for is no wrong choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.case.deficiencies import Deficiency
from compliance.cases import Case
from compliance.lesson.listings import is_numbered
from compliance.lesson.question import CHOICES, Difficulty, Kind, Question, arranged
from compliance.lesson.quiz_lists import titled
from compliance.quote import quoted
from law.document import Document
from law.fold import squash

SAFEGUARDS = {
    "組織的": "組織的安全管理措置（規律に従った運用、自社の取扱状況の把握、見直し等）",
    "人的": "人的安全管理措置（従業者の教育等）",
    "物理的": "物理的安全管理措置（取り扱う区域の管理、機器・媒体の管理等）",
    "技術的": "技術的安全管理措置（アクセス制御、識別と認証、漏えい等の防止等）",
    "委託先の監督": "委託先の監督（委託先の選定、委託契約、委託先の状況の把握）",
}
"""The safeguards as choices; what stands in brackets are the headings of the general guideline's annex."""

_SIGNS = {
    "組織的": re.compile(r"規程|体制|監査|点検|把握|見直し|是正|手順|ログの?[^。]{0,6}(?:分析|監視|確認)"),
    "人的": re.compile(r"教育|研修|訓練|誓約|周知"),
    "物理的": re.compile(r"入退室|持ち?込|施錠|区域|監視カメラ|拠点内|廃棄|媒体|USB|ＵＳＢ"),
    "技術的": re.compile(r"アクセス|パスワード|暗号|アカウント|端末|サーバ|接続|ダウンロード|ログ|USB|ＵＳＢ"),
    "委託先の監督": re.compile(r"委託"),
}
"""Words that point to a safeguard: one that the fact has a word of is never offered as a wrong choice."""

_NAMES = re.compile(r"(?:組織的|人的|物理的|技術的)安全管理措置|委託先?の?監督|監督責任|従業者の(?:教育|監督)")
_LEAD = re.compile(r"^(?:しかし(?:ながら)?|また|さらに|そのため|このため|加えて)、")
_BACK = re.compile(r"前記[^、。]{1,24}(?:のとおり|のような)、?|、(?=前記)")
_OUTSIDE = re.compile(r"前記|前述|後記|後述|上記|下記")
_SHORTEST, _LONGEST = 30, 320


def case_questions(document: Document, found: Sequence[Case], seed: int = 0) -> Iterator[Question]:
    """One question a finding with a printed category; a finding that several respondents share is asked once."""
    seen: set[str] = set()
    for case in found:
        for one in case.deficiencies:
            if one.is_printed and one.finding not in seen:
                seen.add(one.finding)
                made = _question(document, case, one, seed)
                if made is not None:
                    yield made


def _question(document: Document, case: Case, one: Deficiency, seed: int) -> Question | None:
    quote = quoted(document, one.place.clause, one.place.span)
    told = _BACK.sub("（略）", _LEAD.sub("", quote.line)).replace("（略）（略）", "（略）")
    right = SAFEGUARDS.get(one.category)
    wrong = [words for name, words in SAFEGUARDS.items() if name != one.category and not _SIGNS[name].search(told)]
    if right is None or len(wrong) < CHOICES - 1 or not (_is_told(told) and _SIGNS[one.category].search(told)):
        return None
    wrong = sorted(wrong, key=lambda words: squash(words + told)[::-1])[: CHOICES - 1]
    stem = (
        f"{titled(document)}によれば、{case.authority.words}は、{case.respondent.words}の次の事実を、"
        "どの措置の不備と認めたか。"
    )
    choices, answer = arranged(right, wrong, told, seed)
    return Question(Kind.CASE, stem, (told,), choices, answer, Difficulty.MIDDLE, (quote,))


def _is_told(words: str) -> bool:
    """Whether a fact stands alone: a sentence, without its category, without the number of a clause."""
    is_whole = words.endswith("。") and _SHORTEST <= len(words) <= _LONGEST and not words.startswith("（略）")
    return is_whole and not _NAMES.search(words) and not _OUTSIDE.search(words) and not is_numbered(words)
