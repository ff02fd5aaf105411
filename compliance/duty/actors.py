"""Who must: the person a sentence makes its topic or subject, as printed.

A topic binds only when it names somebody (対象事業者は、機構において、). The topics 手続は and 取扱いについては
name nobody: there the actor is inherited, which `compliance.obligations` does and marks. Addressees of a
demand (「甲社に対し」, or a heading 「甲社に対する対応」) are those who must comply.
"""

from __future__ import annotations

import re
from collections.abc import Set

from compliance.duty.norms import MASK, masked
from law.span import Span

_PERSON = (
    r"(?:者|社|法人|会社|機関|機構|組織|委員会|審議会|協議会|協会|組合|団体|連合会|学校|病院|銀行|金庫|公庫|基金|裁判所|警察|"
    r"[省庁局署課室]|部署|部門|本部|支店|営業所|大臣|知事|市町村長|[^成延身助]長|市町村|都道府県|自治体|事務局|会員|事業所|保育所|診療所|薬局|地方公共団体|政府|内閣|国|"
    r"当局|[職社会役委議]員|[何本代理人]人|管理人|請負人|[譲買借]受人|保証人|相続人|管財人|個人|法人等|親権者|[取締監査執行]役|役員|経営陣|経営層|理事|幹事|監事|代表|責任者|"
    r"委託先|委託元|再委託先|提供先|提供元|派遣元|派遣先|取引先|[弁護会計税理]士|医師|官|グループ|企業|業者|当院|当社|本院|"
    r"皆様|皆さま|メーカー|ベンダー|プロバイダ|ユーザー?|オペレーター|センター)"
)
_IS_PERSON = re.compile(rf"{_PERSON}(?:{MASK})*(?:等|ら|達|の?全て|の?皆様方?|の方々?)?(?:{MASK})*$")
_THING_AS_PERSON = re.compile(rf"(?:であって|{_PERSON}等?で)、.*(?:もの|者)$")
_TOPIC = re.compile(
    r"(?:(?:におかれ(?:まし)?て|において|にあって)(?:は|も)?(?=、)|は(?=、)|もまた(?=、)|は(?=[^、。]*$)|は)"
)
_CONNECTIVE = re.compile(
    r"^[・\s　]*(?:なお|また|ただし|但し|さらに|加えて|しかし(?:ながら)?|一方で?|他方|もっとも|すなわち|具体的には|"
    r"特に|とりわけ|したがって|そのため|このため|ついては|つきましては|そこで|そして|その際|この際|同様に|あわせて|併せて|"
    r"例えば|(?:この|その)?場合(?:において|に)は?|この点|本件において)(?:、|は、)"
)
_BASIS = re.compile(
    r".*(?:第[0-9０-９一二三四五六七八九十百千の]+[条項号]|法|令|指針|ガイドライン)(?:〓)*(?:に規定する|に定める|に掲げる|でいう|にいう)"
)
_SHORT = re.compile(r"以下(?:この[一-龥]{1,3}において)?[、,]?(?:単に)?「([^「」]{1,30})」(?:という|といいます)")
_NO_TOPIC = re.compile(
    r"(?:場合|とき|際|当たって|当たり|後|前|上|こと|うえ|限り|ため|について|に対して|として|に関して|まで|以上|では|には|とは|のうち)$"
)
_NOUN_MODIFIED = re.compile(r"[るたうくすつむぐぶぬい](?=[一-龥ァ-ヶ])")
_JOINED = re.compile(r"又は|若しくは|及び|並びに")
_SUBJECT = re.compile(r"が")
_INNER = ("場合", "とき", "ように")
"""What makes the words before it a condition or an aim, whose subject is not who must."""
_REASON = re.compile(r"(?:ため|ので|ことから)、")
_FIRM = re.compile(r"^(?:株式|合同|有限|合資|合名)会社[^、。ぁ-ん]+$")
_AND = re.compile(r"及び|並びに|又は")
_LISTING = re.compile(r"及び|および|並びに|又は|または|・")
_KANA = re.compile(r"[ぁ-ん]")
_ADDRESSED = re.compile(r"([^、。]*)に対(?:し|して)(?=、|[^す])")
_HEADED = re.compile(r"^(.+?)に対する(?:対応|措置|勧告|指導|命令|報告|処分|行政)")
_CHARGED = re.compile(
    r"^(.+?)(?:(?:の|における)(?:対応|責務|義務|役割|責任|遵守事項|実施事項)"
    r"|[がの](?:講ずべき|講じるべき|行うべき|実施すべき|対応すべき|遵守すべき|留意すべき)[一-龥]*)(?:等|について)?$"
)
_GIVEN = re.compile(
    r"([^、。（）()「」\s]{1,40})[（(][^（）()]{0,30}?以下[、,]?(?:単に)?「([^「」]{1,30})」と(?:いう|する|します|いいます)"
)


def given_names(text: str) -> frozenset[str]:
    """The short names a text gives to persons, which may not look like one.

    >>> sorted(given_names("事故調査機構（以下「ＪＡＩ」という。）が、業務システム（以下「ＰＬＳ」という。）を"))
    ['ＪＡＩ']
    """
    return frozenset(short for long, short in _GIVEN.findall(text) if is_person(long))


def topic(words: str, known: Set[str] = frozenset()) -> Span | None:
    """The person the sentence speaks of with は, においては or において; None where it names nobody.

    `known` are names of persons in the document that do not look like one (ＪＡＩ).

    >>> words = "なお、単一である事業者においては、点検により代替することも認められる。"
    >>> topic(words).of(words)
    '単一である事業者'
    """
    bare = masked(words)
    for found in _TOPIC.finditer(bare):
        end = found.start()
        start = _topic_start(bare, end)
        named = bare[start:end]
        if named and not _NO_TOPIC.search(named) and is_person(named, known):
            return _named(words, bare, start, end)
    return None


def is_person(bare: str, known: Set[str] = frozenset()) -> bool:
    """Whether a masked noun phrase names somebody who can act."""
    return (
        _IS_PERSON.search(bare) is not None
        or _FIRM.match(bare) is not None
        or _THING_AS_PERSON.search(bare) is not None
        or _last_name(bare) in known
    )


def _last_name(bare: str) -> str:
    """The last of a list of names: 乙 of 甲および乙."""
    return _LISTING.split(bare.rstrip(MASK))[-1].strip()


def subject(words: str, until: int, start: int = 0) -> Span | None:
    """The person who acts with が before the predicate at `until`: 代表者が自ら確認し.

    >>> words = "点検の結果を代表者が自ら確認しなければならない。"
    >>> subject(words, 17).of(words)
    '代表者'
    """
    bare = masked(words)
    for found in reversed(list(_SUBJECT.finditer(bare, start, until))):
        begin = max(bare.rfind("、", start, found.start()) + 1, start)
        begin = max(begin, *(bare.rfind(particle, begin, found.start()) + 1 for particle in "をは"), begin)
        if not is_person(bare[begin : found.start()]):
            continue
        if _acts(bare, found.end(), until):
            return _named(words, bare, begin, found.start())
    return None


def _acts(bare: str, after: int, until: int) -> bool:
    """Whether が belongs to the main verb: its own stretch does not end in a noun it modifies."""
    rest = bare[after:until]
    if _REASON.search(rest):
        return False
    if rest.startswith("、"):
        return True
    stretch = rest.split("、")[0] if "、" in rest else rest
    return _NOUN_MODIFIED.search(stretch) is None and not any(word in stretch for word in _INNER)


def addressee(words: str) -> Span | None:
    """To whom a demand is put: 「両社に対し、…報告するよう求める」.

    >>> words = "当委員会は、両社に対し、報告するよう求める。"
    >>> addressee(words).of(words)
    '両社'
    """
    bare = masked(words)
    for found in _ADDRESSED.finditer(bare):
        end = found.end(1)
        start = _listed(bare, found.start(1), end)
        start += len(bare[start:end]) - len(_CONNECTIVE.sub("", bare[start:end]))
        if is_person(bare[start:end]):
            return _named(words, bare, start, end)
    return None


def headed(heading: str) -> Span | None:
    """The person a heading puts its clauses to: 「甲社に対する対応」, or the name alone.

    >>> headed("乙社に対する対応").of("乙社に対する対応")
    '乙社'
    """
    bare = masked(heading)
    found = _HEADED.match(bare)
    end = found.end(1) if found else len(bare.rstrip())
    if "－" in bare[:end]:
        end = bare.index("－")
    if not is_person(bare[:end]) or "、" in bare[:end] or len(bare[:end]) > 40:
        return None
    return _named(heading, bare, 0, end)


def charged(heading: str) -> Span | None:
    """The person whose duties a heading announces: 「乙社の責務」, 「事業者が講ずべき措置」.

    >>> charged("設備事業者が講ずべき措置").of("設備事業者が講ずべき措置")
    '設備事業者'
    """
    bare = masked(heading)
    found = _CHARGED.match(bare)
    if found is None or not is_person(found.group(1)) or "、" in found.group(1):
        return None
    return _named(heading, bare, 0, found.end(1))


def _topic_start(bare: str, end: int) -> int:
    """Where the noun phrase of a topic begins; であって、 and 又は carry it on over a comma."""
    start = bare.rfind("、", 0, end) + 1
    while start and _goes_back(bare, start, end):
        start = bare.rfind("、", 0, start - 1) + 1
    start = _listed(bare, start, end)
    head = _CONNECTIVE.match(bare[start:end] + "、")
    return start + head.end() if head and start + head.end() < end else start


def _goes_back(bare: str, start: int, end: int) -> bool:
    """Whether a topic's noun phrase begins before the comma at `start`.

    「請負人であって、…もの」, 「請負人で、…もの」, 「製造し、又は輸入した者」, 「製造した者又は輸入した者」.
    """
    before = bare[bare.rfind("、", 0, start - 1) + 1 : start - 1]
    if before.endswith("であって") or _JOINED.match(bare, start, end):
        return True
    if before.endswith("で") and bare[start:end].endswith(("もの", "者")):
        return is_person(before[:-1])
    return _JOINED.search(bare, start, end) is not None and is_person(before)


def _listed(bare: str, start: int, end: int) -> int:
    """The beginning of a list of names that ends in 甲及び乙: names have no hiragana."""
    while start and _AND.search(bare, start, end):
        before = bare.rfind("、", 0, start - 1) + 1
        if _KANA.search(bare, before, start - 1) or before == start - 1:
            break
        start = before
    return start


def _opened(words: str, start: int, close: int) -> int:
    """Where the bracket opens that is closed at `close`; `start` at the latest."""
    depth = 0
    for at in range(close, start, -1):
        depth += (words[at] in "）)】") - (words[at] in "（(【")
        if depth == 0:
            return at
    return start


def _named(words: str, bare: str, start: int, end: int) -> Span:
    """The name itself: without bracket and the provision that defines it; the short name it is given there."""
    body = start + len(bare[start:end].rstrip(MASK))
    short = _SHORT.search(words, body, end)
    while end > start and bare[end - 1] == MASK and words[end - 1] in "）)】":
        end = _opened(words, start, end - 1)
    if short:
        return Span(*short.span(1))
    basis = _BASIS.match(bare, start, end)
    if basis and is_person(bare[basis.end() : end]):
        start = basis.end()
    while start < end and words[start] in "・＊※ 　\n":
        start += 1
    return Span(start, end)
