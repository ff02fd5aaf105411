"""Discovery: how a case came to light, and who did what did the harm."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from compliance.case.harm import AFTER, HARM
from compliance.case.mood import DONE
from compliance.case.names import Party
from compliance.case.narrative import Narrative, Sentence, Words, joined
from compliance.case.parties import Parties

_NOTICE = (
    r"(?:通報|申告|申し?出|指摘|問い?合わせ|問合せ|照会|苦情|相談|情報提供|連絡|報告|届出|報道|投稿|検知|警告|警報)"
)
"""What somebody says that brings a case to light."""
_CAME = (
    rf"(?:(?:発覚|判明|把握|認知|認識)(?:する(?:に至|こと)|(?:いた)?し{DONE}(?:た|まし|て))"
    r"|明らか[とに]な(?:った|り)|分か(?:った|り)|わか(?:った|り)|気付い(?:た|て))(?!もの(?:では|で?な))"
)
_LIGHT = re.compile(
    r"発覚(?:した|(?:いた)?しました)(?=。|もの(?!では)|ため)|(?<!こと(?:が|は))判明(?:した|しました|いたしました)(?:もの(?!では)|。|$)|(?:が|て)判明(?:した)?。|(?<!こと)が判明(?:しました|いたしました)。|を(?:端緒|発端)として|が明らかとなった|明らかになった|情報提供(?:により|を受け)|確認した旨を公表"
    r"|(?:可能性が高い|疑いがある)と認識した|(?:自主的?に?|により)申告"
    rf"|{_NOTICE}(?:等)?(?:により|によって|を受け|があり|があったこと|がなされ|が寄せられ|を契機|をきっかけ)[^。]*{_CAME}"
    rf"|{_NOTICE}[^。]{{0,14}}(?:なされ|寄せられ|があり|を受け)[^。]{{0,24}}調査(?:を|に)(?:開始|着手)"
    rf"|(?:契機|きっかけ)(?:として|に|となり|となって)[^。]*{_CAME}"
    r"|(?:懸念|可能性|疑い|おそれ)[^。]{0,12}(?:連絡|指摘|通報|情報提供)を受け|(?:外部|顧客|お客様?)から[^、。]{0,20}(?:指摘|連絡|通報|申告)を受け"
)
_LOOKED = re.compile(
    r"調査(?:したところ|の結果)、[^。]*(?:確認|判明)(?:した|しました|いたしました|された)|(?:検知|発見|覚知|認知|認識|把握)(?:し(?:た|まし)|いたし)|に気付(?:き|い)"
)
"""What was found when somebody looked; how it came to light, where nothing says it better."""
_OF_IT = re.compile(rf"{HARM.pattern}|本件|本事案|不審な|異常")
_TOLD_BY = re.compile(
    r"から[^。]{0,40}(?:指摘|連絡|通報|申告|情報提供|問い?合わせ|問合せ|苦情|申出)(?:を(?:受け|いただ|頂)|があ)"
)
"""Who told of it; how it came to light, where the part on the course of things says nothing better."""
_COURSE = re.compile(r"判明|発覚|経緯|経過|時系列")
_LIGHT_HEADING = re.compile(r"発覚|端緒|判明の経緯")
_SUSPECTED = re.compile(r"(?:可能性が高い|疑いがある)と認識した")
_NOT_LIGHT = re.compile(r"不十分|不備|違反(?:が|し)")
_ABOUT_SOME = re.compile(r"(?:に対する|への)対応")
_FURTHER = re.compile(r"^そこで、")
_PERSON = re.compile(
    r"(?P<who>元?(?:派遣)?(?:従業[者員]|社員|職員|役員|講師|教員|行員|局員|医師|看護師|者))\((?P<what>(?:[^()]|\([^()]*\))*?)以下「(?P<short>[^「」]{1,6})」(?:と(?:いう|いいます|称)|\))"
)
_NO_PERSON = re.compile(r"(?<!従)業者|運営者|提供者|利用者|対象者|者ら|者等")
_STAFF = (
    r"(?:従業[者員]|社員|職員|行員|局員|署員|隊員|講師|教員|教諭|教授|助教|看護師|医師|薬剤師|担当者|スタッフ|作業員|乗務員|配[達送]員|運転[者手]|派遣労働者|オペレーター?|アルバイト|"
    r"外交員|募集人|出向者)"
)
_DEED = (
    r"(?:持ち?出|売却|窃取|詐取|誤送信|紛失|着服|横領|流用|改ざん|偽造|投稿|撮影)し|盗(?:み|ん)|取り違え|(?:業者|知人|第三者|者)に[^、。]{0,16}渡し|"
    r"(?:誤って|無断で|不正に|目的外に|同意を得(?:ず|ることなく|ないまま))[^、。]{0,40}"
    r"(?:送信|送付|添付|公開|掲載|廃棄|交付|提供|利用|閲覧|取得)し|第三者に[^、。]{0,10}(?:渡|提供|売却)し|"
    r"(?:情報|データ|名簿)(?:等)?を[^。]{0,40}(?:提供|開示|売却|譲渡|漏えい|送付|送信|転送|投稿|共有)し"
)
_DID = re.compile(
    rf"(?:^|[、。])(?P<who>[^、。()はがを]{{0,25}}?元?(?:派遣)?{_STAFF}(?:\d+[人名])?)(?:\([^()]*\))?(?:が|は)(?!(?:利用|使用|所持|保有|管理|担当|作成|操作)(?:する|し(?:た|てい[たる]))[^、。])、?[^。]*?(?:{_DEED}){DONE}(?:た(?!とき|際|者)|まし|て|、)"
)
"""Staff who did what did the harm: Ａ社の従業員が、…を紛失した."""


def discovery(narrative: Narrative, parties: Parties, of: Party) -> Words | None:
    """How it came to light for a party: what its own part of the account says, else the account of the whole."""
    for form, is_own in itertools.product((_LIGHT, _LOOKED, _TOLD_BY), (True, False)):
        told = [s for s in _candidates(narrative, parties, form) if (of in parties.of(s)) is is_own]
        told = [s for s in told if is_own or _is_of_all(narrative, parties, s)]
        named = [s for s in told if _LIGHT_HEADING.search("".join(h.text for h in narrative.above(s.clause)))]
        first = [s for s in named or told if not _SUSPECTED.search(s.text)]
        for sentence in first or named or told:
            return joined(_chain(narrative, sentence))
    return None


def _is_of_all(narrative: Narrative, parties: Parties, sentence: Sentence) -> bool:
    """Whether a sentence stands in the account of the whole case, not in a part on what was done about some."""
    return not parties.scope(sentence.clause) and not narrative.is_under(sentence.clause, _ABOUT_SOME)


def _candidates(narrative: Narrative, parties: Parties, form: re.Pattern[str]) -> Iterator[Sentence]:
    for sentence in narrative.sentences:
        is_light = sentence.is_told and form.search(sentence.text) and not _NOT_LIGHT.search(sentence.text)
        is_of_harm = _OF_IT.search(sentence.text) or narrative.is_under(sentence.clause, _LIGHT_HEADING)
        if form is _LOOKED and not is_of_harm:
            continue
        if form is _TOLD_BY and not narrative.is_under(sentence.clause, _COURSE):
            continue
        if is_light and not any(p.is_general for p in parties.scope(sentence.clause)):
            yield sentence


def _chain(narrative: Narrative, sentence: Sentence) -> list[Sentence]:
    """The sentence with the step it led to: そこで、…捜査依頼を行った。"""
    body = narrative.beside(sentence)
    after = next((s for s in body if s.start > sentence.start), None)
    return [sentence, after] if after is not None and _FURTHER.match(after.text) else [sentence]


def perpetrator(narrative: Narrative) -> Words | None:
    """The person the document gives a short name to (元従業者（…以下「Ｘ」という。）), else whose act it tells."""
    told = [s for s in narrative.sentences if s.is_told]
    for sentence in told:
        found = _PERSON.search(sentence.text)
        if found and not _NO_PERSON.search(found["short"]):
            return Words(sentence.printed(*found.span("short")), sentence.place(*found.span()))
    for sentence in told:
        found = _DID.search(sentence.text)
        if found and not narrative.is_under(sentence.clause, AFTER):
            return sentence.words(*found.span("who"))
    return None
