"""Deficiencies: what was found wanting, by category, and the chain 規範 → 事実 → 評価 → 結論 of each finding.

A finding clause begins with the norm (ガイドラインにおいて…と規定されている), turns to the fact (しかしながら),
weighs it (不十分であったと言わざるを得ない) and concludes (以上のとおり、…の不備が認められる). The finding is the
fact with its weighing. The category is the one printed over it; where none is printed it is read from the
words of the finding, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.case.audited import Seen, seen
from compliance.case.causes import is_listed
from compliance.case.names import Party
from compliance.case.narrative import ASIDE, BULLET, Narrative, Place, Sentence, Words, joined
from compliance.case.parties import Parties
from law.document import ClauseKind

_PRINTED = (
    ("組織的", re.compile(r"組織的安全管理措置")),
    ("人的", re.compile(r"人的安全管理措置|従業者の(?:監督|教育)")),
    ("物理的", re.compile(r"物理的安全管理措置")),
    ("技術的", re.compile(r"技術的安全管理措置")),
    ("委託先の監督", re.compile(r"委託先(?:の|に対する)(?:必要かつ適切な)?監督|委託元.{0,6}監督")),
)
_READ = (
    ("委託先の監督", re.compile(r"再?委託先|再委託|委託元.{0,8}監督")),
    ("人的", re.compile(r"教育|研修|誓約")),
    ("物理的", re.compile(r"入退室|持ち?込み|施錠|区域|廃棄")),
    (
        "技術的",
        re.compile(r"アクセス|パスワード|暗号|ハードディスク|アカウント|端末|サーバ|接続|ダウンロード|ログ(?:の|を)"),
    ),
    (
        "組織的",
        re.compile(r"規程|体制|監査|報告|管理|改正|手順|連携|指摘|注意喚起|措置|点検|把握|態勢|ガバナンス|確認|審査"),
    ),
)
OTHER = "その他"
CATEGORIES = (*(kind for kind, _ in _PRINTED), OTHER)
"""The categories of safeguards, in the order of the guideline."""
_DUTY = re.compile(r"[^。・]*?(?:義務違反|監督責任)(?=及び|並びに|、|。|$)")
THEME = re.compile(
    r"問題点|法(?:令|律)?の適用|(?:委員会|当局|当庁)の(?:判断|評価|認定)|問題(?:$|のある|が認め)|違反|不備|認められた事実|検査の(?:状況|結果)|監査の(?:状況|結果)|処分の?理由|認定した事実|不適切|照らした(?:評価|判断)|評価$|(?:てい|でき)ない(?:状況|状態)|原因となる事実|(?:検査|調査)(?:により|で|において)(?:確認|認め|判明)[^、。]*事[実項]|(?:確認|認め)られた(?:事[実項]|問題)"
)
_AFTERWARDS = re.compile(
    r"再発防止|是正|改善状況|対応(?:状況|の内容)?$|に対する(?:対応|措置)|取組|進捗|原因(?!となる)|経緯|背景|経費|命令の内容|措置の内容"
)
_NORM = re.compile(
    r"(?:規定され|求められ|定められ|示し|定め)てい(?:る|ます)(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?。$|こととされ(?:てい)?る?.*。$|^(?:法|ガイドライン)[^。]*なければならない。$"
)
_CLOSING = re.compile(
    r"^(?:以上|よって|これらのこと|これらは、|このことは|これは|したがって)|^このように|^(?:組織的|人的|物理的|技術的)安全管理措置(?:\([^()]*\))?[にの]不備|に違反する。$|(?:違反する|該当する)(?:もの)?と認められる。$|(?:に当たる|に該当する|と解される|といえる)。$"
)
_INTRO = re.compile(r"(?:以下|次|下記)の(?:とおり|点|ような)|次に掲げる")
_TURN = re.compile(r"^(?:しかし(?:ながら)?|ところが)|にもかかわらず|のに、|ものの、")
_WANTING = re.compile(
    r"不十分|十分(?:で|に)(?:な|は|行(?:わ|って)い?な|講じ(?:られ)?てい?な)|不備が|(?:て|で)い(?:な|ませ)|ておら(?:ず|れ)|(?:され|な)かった|(?:れ|られ)ず、"
    r"|(?:に|と)とどま|ことなく|問題があ|可能な状態|常時|皆無|至っていな|至らず|怠|欠(?:け|如)|認め(?:難|られな)|不適切|ないまま|従わない|(?:ない|なかった)(?:こと)?。|のに、"
    r"|共用|許していた|放置|脆弱であ|(?:でき|の|が)ない[^、。]{1,12}(?:に|で)(?:保管|保存|管理|放置)|(?:類推|推測)(?:が|でき|され)|のみ(?:で|に)[^。、]{0,8}(?:いた|あった)|形骸化|失念|"
    r"(?<![必まはいひ])(?<!同意を得)(?<!問わ)(?<!やむを得)(?<!かかわら)(?<!限ら)(?<!残ら)(?<!少なから)(?<!絶え)ず(?:、|に(?!かか))|書き換え|偽り|偽造|捏造|ねつ造|空席|欠員|必要がない|できる(?:状態|仕様|設定)|外してい|済ませてい|絞ってい(?:な|ま)|に反し、|要し(?:た|てい)|受け入れてい|必要の?ない|使い回|同一の[^。、]{0,16}(?:使用|利用)さ?せ|誰でも|自由に|初期設定のまま|まま(?:と|に)(?:し|な)|任せ|黙認|看過|見逃|見過|軽視|優先し(?:た|て(?!対応))|偏重|依存し|漫然|"
    r"形式的|独断|隠蔽|隠ぺい|虚偽|無断で|不徹底|不明確|曖昧|あいまい|遅(?:れ(?!ることなく|なく)|延)|(?<!再発)未(?:実施|策定|整備|設定|対応|適用)|失して"
)
_COUNTS = re.compile(r"^[^。、]{0,20}(?:金額|件数|人数|総額|合計)は、[^。]*である(?:\([^()]*\))?。$")
"""A sentence that only counts, and finds nothing wanting."""
_CAUSE = re.compile(r"(?:原因|要因|真因|背景)(?:は|には、|として)")
_WEIGHED = re.compile(r"言わざるを得ない。$|問題があった。$|不十分(?:な|で)[^。]{0,12}。$")
_CONSEQUENCE = re.compile(
    r"^(?:この|その)(?:ため|結果)|^これにより|^また、[^。]{0,60}も[^。]{0,20}(?:ない|なかった)。$"
)
_LISTED = re.compile(
    r"(?P<kind>(?:組織的|人的|物理的|技術的)安全管理措置|委託先の監督|従業者の監督)\((?P<detail>[^()]+)\)"
    r"(?=(?:(?:、|及び|並びに)(?:(?:組織的|人的|物理的|技術的)安全管理措置|委託先の監督|従業者の監督)\([^()]+\))*の不備に)"
)
_WAS_SO = re.compile(r"(?:なかった|であった|ていた|られた|遅れた|欠いた|怠った)こと。?$")
_DEMAND = re.compile(r"(?:指導|勧告|処分|命令|指摘)(?:等)?の(?:内容|概要|対象)|指摘(?:事項|された|を受けた)")
"""The part of one who was acted on that says what for: 指導の内容, ・…しなかったこと。"""
_DONE_SO = re.compile(r"(?:て|で)い(?:た|る)。$|あった。$")
_STATED = re.compile(
    r"不十分な点(?:が|の)あ[^。]*。$|不備が(?:判明|確認)[^。]*。$|(?:が|は)不十分であったこと(?:$|に加え)|(?:管理|監督|態勢|体制)[^、。]{0,6}(?:適切|十分)に行われて(?:いな|おら)|態勢が(?:不十分|整備されていな)[^。]*。$"
)


@dataclass(frozen=True, slots=True)
class Deficiency:
    """What was found wanting in parties, its category, and the chain it stands in."""

    category: str
    is_printed: bool
    """Whether the document prints the category; else it is read from the words."""
    finding: str
    place: Place
    parties: tuple[Party, ...]
    norm: Words | None = None
    weighing: Words | None = None
    conclusion: Words | None = None


def deficiencies(narrative: Narrative, parties: Parties, *, is_audit: bool) -> tuple[Deficiency, ...]:
    """The deficiencies of the narrative, in reading order."""
    found: list[Deficiency] = []
    for clause, told in narrative.stretches:
        body = tuple(s for s in told if not s.is_heading)
        if clause.kind in ASIDE or not body or any(p.is_general for p in parties.scope(clause)):
            continue
        if is_audit:
            found.extend(_audited(one) for one in seen(narrative, parties, body))
        elif _is_finding(narrative, body[0]) or (_is_item(body[0]) and _is_below_intro(narrative, body[0])):
            found.extend(_of_clause(narrative, parties, body))
        else:
            found.extend(_stated(narrative, parties, body))
    return tuple(found)


def _is_finding(narrative: Narrative, sentence: Sentence) -> bool:
    if is_listed(narrative, sentence):
        return False
    own = next((h for h in narrative.above(sentence.clause) if h.clause is sentence.clause), None)
    if own is not None and _printed_category(own.text) and re.search("不備|違反", own.text):
        return True  # 技術的安全管理措置の不備, also in a part on causes
    if _WAS_SO.search(sentence.text) and narrative.is_under(sentence.clause, _DEMAND):
        return True
    for heading in reversed(narrative.above(sentence.clause)):  # the outermost that is about either decides
        if _AFTERWARDS.search(heading.text):
            return False
        if THEME.search(heading.text) and heading.clause.kind is not ClauseKind.MATERIAL:
            return True
    return False


def _of_clause(narrative: Narrative, parties: Parties, body: Sequence[Sentence]) -> Iterator[Deficiency]:
    if _provision_item(narrative, body):
        return
    norm = next((s for s in _around(narrative, body, is_before=True) if _NORM.search(s.text)), None)
    closing = next((s for s in _around(narrative, body, is_before=False) if _is_closing(s)), None)
    facts = [s for s in body if not any(form.search(s.text) for form in (_NORM, _CLOSING, _INTRO, _CAUSE, _COUNTS))]
    is_listed_out = all(BULLET.match(s.text) for s in facts)
    turn = next((i for i, s in enumerate(facts) if _TURN.search(s.text) and not is_listed_out), None)
    is_below = _is_below_intro(narrative, body[0])
    if turn is None and (duties := _duties(parties, facts)):
        yield from duties
        return
    if turn is not None:
        facts = facts[turn:]
    elif not is_below:
        wanting = [s for s in facts if _WANTING.search(s.text) or _is_item(s)]
        facts = wanting or [s for s in facts if _is_leaf(narrative, s)]
    groups = _grouped(facts)
    weighed = [g for g in groups if _WEIGHED.search(g[-1].text)]
    for group in weighed[-1:] if weighed and len(groups) > 1 and _WEIGHED.search(groups[-1][-1].text) else groups:
        words = joined(group)
        category, is_printed = _category(narrative, group, [s for s in (closing,) if s and _is_on(s, body)])
        weighing = group[-1].words() if _WEIGHED.search(group[-1].text) else None
        yield Deficiency(
            category,
            is_printed,
            words.words,
            words.place,
            _whose(parties, group[0]),
            norm.words() if norm else None,
            weighing,
            closing.words() if closing else None,
        )


def _whose(parties: Parties, sentence: Sentence) -> tuple[Party, ...]:
    """Whose want it is: who did it, not to whom it was done, where no heading says so: 甲は、乙に対し、…なかった。"""
    of, scope = parties.of(sentence), parties.scope(sentence.clause)
    acting = tuple(party for party in parties.actors(sentence.text) if party in of)
    return of if scope else acting or of


def _is_on(closing: Sentence, body: Sequence[Sentence]) -> bool:
    """Whether a conclusion is on this finding: in its clause, or over it and of one category."""
    is_own = any(s is closing for s in body)
    kinds = [kind for kind, form in _PRINTED if form.search(closing.text)]
    return is_own or (closing.clause.path == body[0].clause.parent and len(kinds) == 1)


def _is_closing(sentence: Sentence) -> bool:
    return _CLOSING.search(sentence.text) is not None and not _is_item(sentence)


def _around(narrative: Narrative, body: Sequence[Sentence], *, is_before: bool) -> Iterator[Sentence]:
    """The sentences in which a finding's norm or conclusion may stand: its own, its parent's, later neighbours'."""
    yield from body
    clause = body[0].clause
    for level in (clause, *list(narrative.document.ancestors(clause))[:1]):
        if is_before:
            yield from narrative.body(level.parent) if level.parent else ()
            continue
        if level is clause and level.parent:  # これらは、…, behind the items
            yield from (s for s in narrative.body(level.parent) if s.start > level.span.start)
        for beside in narrative.document.children.get(level.parent, ()):
            if beside.span.start > level.span.start and level.parent:
                yield from (s for s in narrative.body(beside.path)[:1] if s.text.startswith("以上"))


def _duties(parties: Parties, facts: Sequence[Sentence]) -> list[Deficiency]:
    """Wants that are told by the duty alone: 委託元会社としての監督責任及び…安全管理措置義務違反."""
    found: list[Deficiency] = []
    for sentence in facts:
        for duty in _DUTY.finditer(sentence.text):
            start = duty.start() + (2 if duty.group().startswith("及び") else 0)
            printed = _printed_category(duty.group())
            is_safeguard = "安全管理措置義務" in duty.group()
            category = printed or (OTHER if is_safeguard else _read_category(duty.group()))
            words = sentence.words(start, duty.end())
            found.append(Deficiency(category, printed is not None, words.words, words.place, parties.of(sentence)))
    return found


def _grouped(facts: Sequence[Sentence]) -> list[list[Sentence]]:
    """Facts with what follows from them (このため、…) and what adds to them (また、…も…ない)."""
    groups: list[list[Sentence]] = []
    for sentence in facts:
        if groups and _CONSEQUENCE.search(sentence.text):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return groups


def _provision_item(narrative: Narrative, body: Sequence[Sentence]) -> bool:
    """Whether the clause tells a violation under its provision, not a want of a safeguard."""
    heading = next((h for h in narrative.above(body[0].clause) if h.clause is body[0].clause), None)
    if heading is None or not re.search(r"第\d+条", heading.text):
        return False
    is_violation = any("違反" in h.text for h in narrative.above(body[0].clause))
    return is_violation and _printed_category(heading.text) is None


def _is_leaf(narrative: Narrative, sentence: Sentence) -> bool:
    """Whether a short clause under the heading of one safeguard tells nothing but what was done."""
    heading = next((h for h in narrative.above(sentence.clause) if not h.is_caption), None)
    is_short = len([s for s in narrative.body(sentence.clause.path) if s.is_told]) < 3
    is_named = heading is not None and _printed_category(heading.text) is not None
    return is_short and is_named and _DONE_SO.search(sentence.text) is not None


def _is_item(sentence: Sentence) -> bool:
    return sentence.text.endswith(("こと。", "こと")) and len(sentence.text) < 120


def _is_below_intro(narrative: Narrative, sentence: Sentence) -> bool:
    parent = sentence.clause.parent
    return parent is not None and any(_INTRO.search(s.text) and _WANTING.search(s.text) for s in narrative.body(parent))


def _category(narrative: Narrative, group: Sequence[Sentence], conclusion: Sequence[Sentence] = ()) -> tuple[str, bool]:
    for heading in narrative.above(group[0].clause):
        printed = _printed_category(heading.text)
        if printed:
            return printed, True
    words = "".join(s.text for s in group)
    printed = _printed_category("".join(s.text for s in conclusion)) or _printed_category(words)
    return (printed, True) if printed else (_read_category(words), False)


def _printed_category(words: str) -> str | None:
    return next((kind for kind, form in _PRINTED if form.search(words)), None)


def _read_category(words: str) -> str:
    return next((kind for kind, form in _READ if form.search(words)), OTHER)


def _stated(narrative: Narrative, parties: Parties, body: Sequence[Sentence]) -> Iterator[Deficiency]:
    """Deficiencies that a sentence outside the findings states: those a measure was about, or 不十分な点がある."""
    for sentence in body:
        by = parties.of(sentence)
        for one in _LISTED.finditer(sentence.text):
            kind = _printed_category(one["kind"]) or OTHER
            words = sentence.words(*one.span())
            yield Deficiency(kind, True, words.words, words.place, by)
        if _STATED.search(sentence.text) and by:
            category, is_printed = _category(narrative, [sentence])
            yield Deficiency(category, is_printed, sentence.printed(), sentence.place(), by)


def _audited(one: Seen) -> Deficiency:
    """What an audit saw: it prints no category."""
    return Deficiency(_read_category(one.words.words), False, one.words.words, one.words.place, one.parties)
