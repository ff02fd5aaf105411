"""The grammar of labels in context: what may stand behind a label, and what kind of clause it opens.

Pure functions over text; where a line stands on the page is judged in `ingest.outline`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from ingest.flow import open_brackets
from law.document import ClauseKind
from law.label import Label, Style, read_label

ABSOLUTE = frozenset(
    (Style.ROMAN, Style.CHAIN, Style.ARTICLE, Style.DAI, Style.QUESTION, Style.CHAPTER, Style.SECTION, Style.PART)
)
"""Styles whose number says all of itself: an excerpt may begin in the middle."""
UNNUMBERED = frozenset((Style.NOTE, Style.EXAMPLE, Style.ANNEX, Style.SUPPLEMENT, Style.REFERENCE, Style.ANSWER))
NOTES = frozenset((Style.NOTE, Style.EXAMPLE))
_TAIL = re.compile(
    r"(?:に(?:基づ|規定|掲げ|定め|関する規定|よる|より|おいて|係る規定|該当|違反)|の(?:規定|定め|とおり|[0-9０-９]|[(（])|"
    r"の(?![れり])|で(?!き)|を|について|に対し|に関し|に従|に準|にあた|における|に係る|とする|は、|が(?!ん)|"
    r"及び|又は|並びに|若しくは|ないし|乃至|から|まで|[、，,)）」』]|[・／/~～〜])"
)
"""What follows a label that only refers: ４－１に規定する, ７－１－１、, ①から."""
_COUNTED = re.compile(r"(?:条(?![件例約文])|項(?!目)|号|款|年(?![次金])|月[0-9０-９]|月から|[0-9０-９％%])")
"""What follows a bare number that only refers or counts: 146条第１項, 28年."""
_SPACED_TAIL = re.compile(r"(?:条(?![件例約文])|項(?!目)|号|款|年(?![次金度])|月|日[、，からまで付])")
"""The same behind a space, which Japanese word processors set around every Latin figure: 146 条第１項."""
_PARAGRAPH_OF = re.compile(r"第[ 　]?[0-9０-９一二三四五六七八九十]+[ 　]?[項号]")
"""What follows an article that is referred to: 第３条 第２項."""
_CONCERNED = re.compile(r"[（(](?:(?:[^（）()]|[（(][^（）()]{1,4}[）)]){1,40}関係|参考|規定)[）)]")
"""What e-Gov prints behind an appended table (別表第一（第二条関係）), JIS Z 8301 behind an annex (附属書A（参考）)."""
_COUNTER = re.compile(
    r"(?:年|月|日|人|名|件|社|団体|機関|万|億|円|回|か月|カ月|ヶ月|箇月|週|時間|分|秒|頁|ページ|歳|倍|割|号|階|点|線|者|次|期|種|類|本|個)"
)
_SPACED = re.compile(r"[ 　．.：:]")


def is_plausible(label: Label, text: str, chains: Set[tuple[int, ...]], *, closed: bool) -> bool:
    """Whether what follows the label at the head of a line lets it be one.

    `chains` are the chained numbers read so far; `closed` says that the text before has ended.
    """
    rest = text[label.length :]
    spaced = bool(_SPACED.search(text[len(label.printed) : label.length]))
    if not rest:
        return closed or label.style not in (Style.ARABIC, Style.KANJI)
    if not spaced and (_TAIL.match(rest) or (label.printed[-1].isdecimal() and _COUNTED.match(rest))):
        return False
    if label.style is Style.ROMAN:
        return spaced
    if label.style is Style.ARABIC and rest.startswith("(") and read_label(rest) is not None:
        return len(label.printed) <= 2  # ３(a)
    if label.style is Style.ARABIC:
        counted = _SPACED_TAIL.match(rest) or (not closed and _COUNTER.match(rest))
        return spaced and len(label.printed) <= 2 and not counted
    if label.style is Style.ARTICLE:
        return spaced and not _SPACED_TAIL.match(rest) and not _PARAGRAPH_OF.match(rest)
    if label.style is Style.CHAIN:
        # A chain is used once, and one of three or more parts stands under or next to one that has been read.
        *start, last = label.number
        above = len(label.number) < 3 or tuple(start) in chains or (*start, last - 1) in chains
        above = above or (closed and spaced and last == 1)
        plain = spaced or not (rest.startswith(("(", "（")) or _COUNTER.match(rest))
        return above and label.number not in chains and plain
    if label.style is Style.ANNEX:
        return text[0] in "（(【[〔＜<" or spaced or _CONCERNED.match(rest) is not None
    return True


def is_caption(line: str, following: Sequence[str]) -> bool:
    """Whether the line is a caption in brackets over the clause that follows it."""
    if not line.startswith(("（", "(")):
        return False
    text = line
    for k, later in enumerate((*following, None)):
        if not open_brackets(text):
            return (
                text.endswith(("）", ")"))
                and len(text) < 120
                and later is not None
                and (label := read_label(later)) is not None
                and label.style in (Style.CHAIN, Style.ARTICLE)
                and not _TAIL.match(later[label.length :])
            )
        if later is None or k >= 2:
            return False
        text += later
    return False


def kind_of(label: Label, parent: ClauseKind) -> ClauseKind:
    """The kind of clause a label opens under a parent of some kind."""
    if label.style in (Style.CIRCLED, Style.KANJI, Style.PAREN_ROMAN, Style.PAREN_LETTER, Style.LETTER):
        return ClauseKind.ITEM
    if label.style is Style.KANA and parent is ClauseKind.ITEM:
        return ClauseKind.ITEM
    kinds = {
        Style.NOTE: ClauseKind.NOTE,
        Style.EXAMPLE: ClauseKind.EXAMPLE,
        Style.ARTICLE: ClauseKind.ARTICLE,
    }
    return kinds.get(label.style, ClauseKind.PARAGRAPH)
