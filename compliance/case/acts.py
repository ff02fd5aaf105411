"""Acts: what a measure is called, and the forms in which official Japanese says that it is taken.

An act is a predicate (勧告する。, 報告するよう求める。, 立入検査を行った。, 停止するよう命じました。) or a noun in a
list that one predicate closes (指導及び報告等の求めを実施する); 勧告したことに対し and 勧告の内容 only speak of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.case.narrative import Sentence

_RIGHT = r"登録|許可|認可|免許|指定|承認|認定|認証"
_KINDS: tuple[tuple[str, str], ...] = (
    ("業務改善命令", r"業務改善命令"),
    ("業務停止命令", r"(?:一部)?業務(?:の(?:全部又は)?一部の?)?停止命令"),
    ("業務禁止命令", r"業務禁止命令"),
    ("営業停止命令", r"営業(?:の)?停止(?:命令|処分)"),
    ("事業停止命令", r"(?<!輸送)事業(?:の)?停止(?:命令|処分)"),
    (  # a firm stops the use of an account too
        "使用停止処分",
        r"輸送施設の使用(?:の)?停止(?:命令|処分)?|(?:施設の)?使用(?:の)?停止(?:命令|処分|(?=\([^()]*日車|$))",
    ),
    ("排除措置命令", r"排除措置命令"),
    ("課徴金納付命令", r"課徴金納付命令"),
    ("措置命令", r"(?<!排除)措置命令"),
    ("報告命令", r"報告(?:徴求)?命令|報告するよう命令"),
    ("改善命令", r"(?<!業務)改善命令"),
    ("是正命令", r"是正命令"),
    ("中止命令", r"中止命令"),
    ("回収命令", r"回収命令"),
    ("改善報告書の徴求", r"改善報告書の(?:徴求|提出請求)|改善報告書の提出(?:を|の)求め"),
    ("公表措置", r"公表措置"),
    ("上場契約違約金", r"上場契約違約金の徴求"),
    ("過怠金", r"過怠金の(?:賦課|徴求)|過怠金"),
    ("上場廃止", r"上場廃止"),
    ("立入検査", r"立入検査"),
    (
        "報告徴収",
        r"報告(?:等)?の求め|報告(?:の)?徴収|報告徴求(?!命令)|報告(?:等)?(?:(?:を行う|する)?(?:よう|こと))?を?求め|報告書(?:等)?(?:の提出|を提出する(?:よう|こと))を?求め|資料の提出(?:等|及び説明)?の求め|資料の提出(?:等|及び説明)?を求め",
    ),
    ("刑事告発", r"(?:刑事)?告発"),
    ("不祥事件届出", r"不祥事件(?:等)?(?:の)?届出?"),
    ("注意喚起", r"注意喚起"),
    ("登録取消し", r"登録(?:の)?取消し?(?:処分)?"),
    ("許可取消し", r"許可(?:の)?取消し?(?:処分)?"),
    ("免許取消し", r"免許(?:の)?取消し?(?:処分)?"),
    ("認可取消し", r"認可(?:の)?取消し?(?:処分)?"),
    ("指定取消し", r"指定(?:の)?取消し?(?:処分)?"),
    ("認定取消し", r"認定(?:の)?取消し?(?:処分)?"),
    ("厳重注意", r"厳重注意"),
    ("指名停止", r"指名停止(?:の?措置)?"),
    ("戒告", r"戒告"),
    ("勧告", r"(?:改善|是正)?勧告"),
    ("指導", r"(?:行政|文書|口頭|是正)?指導"),
    ("警告", r"警告"),
    ("行政処分", r"(?:行政|(?<![一-龥]))処分(?:等)?"),
    ("指示", r"指示(?:処分)?"),
    ("命令", r"命令|命じ"),
)
"""What a measure is called, and how it is written; the special before the general."""
RECEIVED = ("received", "noted", "taken")
"""The forms in which one who was acted on tells of it."""
GENERAL = "行政処分"
"""A measure that the part on its contents calls by its own name."""
UNSAID = ("指示", "戒告", "厳重注意", "指名停止", "行政処分")
"""Acts that firms do too: they are an authority's where it names its ground, or says of itself that it did them."""

NOUN = "|".join(form for _, form in _KINDS)
_NAMED = tuple((kind, re.compile(rf"(?:{form})$")) for kind, form in _KINDS)
# を行う, を行った, を実施することとし, を発出しました, を講じた
_DO = (
    r"を(?:行(?:う(?!こと[がをも]|よう|可能性|場合|おそれ|べき|か)|い(?:ました|ます)?(?=[、。]|まし|$)|った(?!こと[はがもに]|者|場合|か)|って(?!いな|おら|おりませ|はい))"
    r"|実施(?:する|し(?=[、た。]|まし)|いたし)|発出|講じ|発し|発令|命じ|しました)"
)
_END = r"(?=。|、|$|とともに|こととし|ものとする|ところ|ので)"
_SAHEN = rf"(?:する|した|しました|します|いたしました|している){_END}"
_ASIDE = r"(?:\([^()]*\))?"
_LISTED = (
    rf"(?:{NOUN})(?:等)?(?={_ASIDE}(?:(?:を?、|及び|および|並びに)[^。、]{{0,60}}?(?:{NOUN})(?:等)?{_ASIDE})*{_DO})"
)
_ASKED = (
    r"(?:報告(?:等)?(?:(?:を行う|する)?(?:よう|こと))?|報告書(?:等)?(?:の提出|を提出する(?:よう|こと))|資料の提出(?:等|及び説明)?)を?求め"
    r"(?=る。|る$|た(?:。|ので|ため|ところ)|、|まし|ること|てい)"
)
_INQUIRY = r"立入検査|報告徴求|報告徴収"
# …立入検査及び…報告徴求の結果、以下の問題が認められた
_FOUND = (
    r"(?:により|において|の結果|したところ|を踏まえ)、?"
    r"[^。]*(?:認められ|判明し|確認され)(?:た|て|まし|、)"
)
_ACT = re.compile(
    rf"(?P<listed>{_LISTED})|(?P<asked>{_ASKED})"
    rf"|(?P<sahen>(?:{NOUN})(?={_SAHEN}|した(?:ため|ほか)))"
    r"|(?P<bare>(?:不祥事件届出|報告するよう命令|(?<![一-龥])命令|勧告|行政指導)(?=。$|$))"
    rf"|(?P<revoked>(?:{_RIGHT})を取り?消(?=す|し(?:た|まし|、)))"
    r"|(?P<demanded>改善報告書の提出を求め(?=る|た|、|まし|ること))"
    rf"|(?P<urged>(?:勧告|命令|警告|(?<=よう)指導)(?=し、))"
    rf"|(?P<passive>(?:{NOUN})(?={_ASIDE}が(?:行われ|なされ|発出され|発せられ)(?:た|て|まし)))"
    r"|(?P<item>報告(?=すること。?$))"
    rf"|(?P<noted>(?:{NOUN})(?={_ASIDE}(?:(?:及び|および|、)(?:{NOUN}))?{_ASIDE}$))"
    rf"|(?<=受領した|を受けた)(?P<taken>{NOUN})(?=を踏まえ|について|に対し|を真摯)"
    rf"|(?P<ordered>命じ(?=た|る|まし))|(?P<called>注意喚起(?=する(?:こと|もの)))"
    rf"|(?P<through>(?:{_INQUIRY})(?={_ASIDE}(?:(?:及び|および|並びに|、)[^。、]{{0,50}}(?:{_INQUIRY}|報告|聴取|調査){_ASIDE})?{_FOUND}))"
    rf"|(?P<received>(?:{NOUN})(?=を受け(?:、|て|た|まし)|(?:及び|および|並びに)[^。、]{{0,60}}(?:{NOUN})を受け|に対し、[^。]*提出))"
)
_FROM = re.compile(r"^・?\d[^。]*(?:委員会|[庁省局県府都市]|大臣|知事)(?:より|から)")
"""How the line of a timeline begins that notes what an office did: 2024年３月５日　総務省より行政指導."""
_OPINION = re.compile(
    r"(?P<所見>必要があると認められる)(?=。|$)|(?P<継続検査>引き続き(?:検査|監査|調査)していくこと)"
    r"|(?P<是正の処置>是正(?:改善)?の処置を(?:求め|要求))(?=る。|し?、)|(?P<改善の処置>改善の処置を(?:求め|要求))(?=す?る。|し?、)"
    r"|(?P<意見表示>意見を表示)(?=する。|し、)"
)
"""What boards of audit say: an opinion in a report, or the demands of their law."""
_ORDERED = (
    ("業務停止命令", re.compile(r"業務[^。]{0,60}停止(?:する|を|すること)?(?:よう|こと)?を?$")),
    ("業務改善命令", re.compile(r"業務[^。]{0,30}改善(?:する|すること)?(?:よう|こと|を)+$")),
    ("課徴金納付命令", re.compile(r"課徴金[^。]{0,60}納付(?:する|すること)?(?:よう|こと|を)+$")),
)
"""What it is that was ordered: 業務の一部を停止するよう命じた."""
_LISTS = re.compile(rf"(?P<noun>{NOUN}){_ASIDE}(?:、|及び|および|並びに)(?=[^。、]{{0,30}}(?:{NOUN}){_ASIDE}$)")
_CLOSES = re.compile(rf"(?P<noun>{NOUN}){_ASIDE}。?$")


@dataclass(frozen=True, slots=True)
class Act:
    """An act in a sentence: where its own words begin, where it stands, and what it is called."""

    first: int
    found: re.Match[str]
    kind: str


def acts(sentence: Sentence) -> Iterator[Act]:
    """The acts of a sentence, in order."""
    first = 0
    for act in _ACT.finditer(sentence.text):
        if act.lastgroup == "noted" and not _FROM.search(sentence.text, 0, act.start()):
            continue
        yield Act(first, act, _called(sentence.text, act))
        first = act.end()
    first = 0
    for act in _OPINION.finditer(sentence.text):
        yield Act(first, act, act.lastgroup or "")
        first = act.end()


def closing(sentence: Sentence) -> tuple[int, str] | None:
    """The act whose name ends a heading or a line (…に基づく業務停止命令（３か月）), and where the name ends."""
    found = _CLOSES.search(sentence.text)
    return (found.end("noun"), kind_of(found["noun"])) if found else None


def listing(sentence: Sentence) -> Iterator[str]:
    """The acts that a line only lists, but for the last, which closes it: 使用停止（110日車）及び文書警告."""
    yield from (kind_of(found["noun"]) for found in _LISTS.finditer(sentence.text))


def kind_of(noun: str) -> str:
    """What a noun is called: 行政指導等 → 指導.

    >>> kind_of("行政指導等"), kind_of("許可の取消処分")
    ('指導', '許可取消し')
    """
    return next((kind for kind, form in _NAMED if form.search(noun.removesuffix("等"))), noun)


def _called(text: str, act: re.Match[str]) -> str:
    if act.lastgroup == "revoked":
        return f"{act.group().split('を')[0]}取消し"
    if act.lastgroup == "ordered":
        return next((kind for kind, form in _ORDERED if form.search(text, 0, act.start())), "命令")
    return "報告徴収" if act.lastgroup == "item" else kind_of(act.group())
