"""Questions over cases: which safeguard an authority found wanting in a fact it tells.

Asked only where the document itself prints the category, in words that can be quoted, and never where the fact
names it. A safeguard that the fact's words could also be taken for is no wrong choice. Short names that the
document gives (以下「見本社」という。) are explained below the fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.case.deficiencies import OTHER, Deficiency
from compliance.cases import Case
from compliance.lesson.giveaway import telling
from compliance.lesson.listings import is_numbered
from compliance.lesson.question import CHOICES, Difficulty, Kind, Question, arranged
from compliance.lesson.quiz_lists import titled
from compliance.lesson.terms import defining
from compliance.quote import Quote, quoted
from law.definition import glossary
from law.document import Document
from law.fold import squash
from law.span import Span

SAFEGUARDS = {
    "組織的": "組織的安全管理措置（規律に従った運用、自社の取扱状況の把握、見直し等）",
    "人的": "人的安全管理措置（従業者の教育等）",
    "物理的": "物理的安全管理措置（取り扱う区域の管理、機器・媒体の管理等）",
    "技術的": "技術的安全管理措置（アクセス制御、識別と認証、漏えい等の防止等）",
    "委託先の監督": "委託先の監督（委託先の選定、委託契約、委託先の状況の把握）",
}
"""The safeguards as choices; what stands in brackets are the headings of the general guideline's annex."""

_STAFF = "従業者の監督"
"""The duty beside the supervision of contractors: never found to be wanting here, it is offered as a wrong choice."""
_OFFERED = {**SAFEGUARDS, _STAFF: "従業者の監督（従業者に安全管理措置を守らせること）"}

_SIGNS = {
    "組織的": re.compile(r"規程|体制|監査|点検|把握|見直し|是正|手順|ログの?[^。]{0,6}(?:分析|監視|確認)"),
    "人的": re.compile(r"教育|研修|訓練|誓約|周知"),
    "物理的": re.compile(r"入退室|持ち?込|施錠|区域|監視カメラ|拠点内|廃棄|媒体|USB|ＵＳＢ"),
    "技術的": re.compile(r"アクセス|パスワード|暗号|アカウント|端末|サーバ|接続|ダウンロード|ログ|USB|ＵＳＢ"),
    "委託先の監督": re.compile(r"委託"),
    _STAFF: re.compile(r"従業|社員|職員|派遣|担当|監視|教育|研修|[一-龥]者が"),
}
"""Words that point to a safeguard: one that the fact has a word of is never offered as a wrong choice."""

_NAMES = re.compile(r"(?:組織的|人的|物理的|技術的)安全管理措置|委託先?の?監督|監督責任|従業者の(?:教育|監督)")
_LEAD = re.compile(r"^(?:しかし(?:ながら)?|また|さらに|そのため|このため|加えて)、")
_BACK = re.compile(r"前記(?:(?!のような)[^、。]){1,24}のとおり、?")
"""An aside that can be left out; 前記アのような状況 cannot."""
_OUTSIDE = re.compile(r"前記|前述|後記|後述|上記|下記")
_LETTER = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])[A-ZＡ-Ｚ]社?(?![A-Za-zＡ-Ｚａ-ｚ])")
"""Ｘ, Ａ社: a name that says nothing unless it is explained."""
_SHORT_NAME = re.compile(rf"{_LETTER.pattern}|.{{1,20}}社")
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
    told = _BACK.sub("（略）", _LEAD.sub("", quote.line))
    proof = _proof(document, one)
    names = _names(document, one.place.span)
    choices = _choices(one.category, told, "".join(names.values()))
    if choices is None or proof is None or not _is_told(told):
        return None
    if not all(letter in names for letter in _LETTER.findall(told)):
        return None
    stem = (
        f"{titled(document)}によれば、{case.authority.words}は、{case.respondent.words}の次の事実を、"
        "どの措置の不備と認めたか。"
    )
    given = (told, *(f"（注）{words}" for words in names.values()))
    mixed, answer = arranged(choices[0], choices[1:], told, seed)
    giveaways = telling(choices[0], (told,), choices[1:], about=told)
    near = Difficulty.EASY if giveaways else Difficulty.MIDDLE
    return Question(Kind.CASE, stem, given, mixed, answer, near, (quote, proof))


def _choices(category: str, told: str, names: str) -> list[str] | None:
    """The right choice and the wrong ones; without their examples where the fact's words would tell the right one.

    One wrong choice at least ends as the right one does (…措置, …の監督): its form alone must not tell it.
    """
    right = SAFEGUARDS.get(category)
    if right is None or not _SIGNS[category].search(told):
        return None
    wrong = [words for name, words in _OFFERED.items() if name != category and not _SIGNS[name].search(told)]
    if category == "人的" or _SIGNS[_STAFF].search(names):
        wrong = [words for words in wrong if words != _OFFERED[_STAFF]]
    wrong = sorted(wrong, key=lambda words: squash(words + told)[::-1])
    alike = next((words for words in wrong if _form(words) == _form(right)), None)
    if alike is None or len(wrong) < CHOICES - 1:
        return None
    wrong = [alike, *(words for words in wrong if words != alike)][: CHOICES - 1]
    full, short = [right, *wrong], [words.partition("（")[0] for words in (right, *wrong)]
    return next((some for some in (full, short) if not telling(some[0], (told,), some[1:])), None)


def _form(choice: str) -> str:
    """How a choice ends, its examples apart."""
    return choice.partition("（")[0][-2:]


def _proof(document: Document, one: Deficiency) -> Quote | None:
    """Where the document prints the category: the finding's conclusion, else the nearest heading above it."""
    name = SAFEGUARDS.get(one.category, OTHER).partition("（")[0]
    clause = document.by_path[one.place.clause]
    end = one.conclusion.place if one.conclusion is not None else None
    places = [(end.clause, end.span)] if end is not None else []
    places += [(x.path, x.heading) for x in (clause, *document.ancestors(clause)) if x.heading is not None]
    quotes = (quoted(document, path, span) for path, span in places if name in squash(span.of(document.text)))
    return next((quote for quote in quotes if quote.is_verified), None)


def _names(document: Document, fact: Span) -> dict[str, str]:
    """The short names that a fact uses, or that are used to explain one, each with the words that give it."""
    known, found, open_ = glossary(document), dict[str, str](), [fact]
    while open_:
        for use in known.uses(open_.pop(0)):
            term, span = use.definition.term, defining(document, use.definition)
            words = quoted(document, use.definition.clause, span)
            if term not in found and _SHORT_NAME.fullmatch(term) and words.is_verified:
                found[term] = words.line
                open_.append(span)
    return found


def _is_told(words: str) -> bool:
    """Whether a fact stands alone: a sentence, without its category, without the number of a clause."""
    is_whole = words.endswith("。") and _SHORTEST <= len(words) <= _LONGEST and not words.startswith("（略）")
    return is_whole and not _NAMES.search(words) and not _OUTSIDE.search(words) and not is_numbered(words)
