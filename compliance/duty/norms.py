"""How a sentence binds: its normative predicates, each surface a level of its own (`levels`).

A predicate counts only where it is the sentence's own: at its end, or where the sentence turns (ほか、が、
ならず、). Words in brackets or quotations, narrated demands (勧告した), questions, abilities, and what
another text is said to lay down (…と規定されている) bind nobody here and are not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.duty.levels import LEGEND, Level
from law.sentence import Modality
from law.span import Span

MASK = "〓"
"""Stands for each character in brackets and quotations, so that offsets stay."""

_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)|「[^「」]*」|『[^『』]*』|【[^【】]*】")


def masked(words: str) -> str:
    """The words with brackets and quotations blanked, character for character.

    >>> masked("措置（暗号化を含む。）をとる")
    '措置〓〓〓〓〓〓〓〓〓をとる'
    """
    while (blank := _BRACKETED.sub(lambda found: MASK * len(found.group()), words)) != words:
        words = blank
    return words


@dataclass(frozen=True, slots=True)
class Predicate:
    """A normative predicate: its level, and where its surface stands in the sentence."""

    level: Level
    surface: Span

    @property
    def grade(self) -> Modality:
        """The grade of the contract."""
        return LEGEND[self.level].grade


_NOT = r"(?:ならない|なりません|ならず|ならぬ|いけない|いけません)"
_SAID = r"(?:(?:もの)?と(?:考えられ(?:る|ます)|思われ(?:る|ます)|解され(?:る|ます)|認められ(?:る|ます)))?"
_END = rf"(?:対応|取扱い)?(?:です|である|でしょう|であろう|といえ(?:る|ます))?(?:{MASK})*\s*[。．]?(?:{MASK})*$"
_FINAL = rf"(?={_SAID}{_END})"
_TURN = r"(?=(?:もの(?:である|です)?)?(?:ほか|が|し)、)"
_OWN = rf"(?:{_FINAL}|{_TURN})"
_NEEDED = "(?:承認|許可|認可|同意|承諾|決議|議決|届出|報告|通知|注意|留意|配慮|確認|検討|措置|手続)"

# In reading order: the first that holds at a place is the level. Each with an example it matches.
_FORMS: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, re.compile(form))
    for level, form in (
        # 周知に努めなければならない。 努めるものとする。
        (
            Level.EFFORT,
            rf"努め(?:なければ{_NOT}|る(?:ものとする|こととする|必要がある|ことが求められる)?|ること|られたい)(?={_END})",
        ),
        # 整備しなければならない。 従わなければならず、
        (Level.MUST, rf"(?:なければ|ねば){_NOT}(?:ものと(?:する|します))?(?:{_OWN}|(?<=ず)(?=、))"),
        # 持ち出してはならない。 提供してはならず、
        (Level.MUST_NOT, rf"(?:ては|では|ちゃ){_NOT}(?:{_OWN}|(?<=ず)(?=、))"),
        # 義務を負う。 届け出ることを要する。
        (Level.MUST, rf"(?:義務(?:がある|があります|を負う|を負います)|することを要(?:する|します)){_OWN}"),
        # 届け出ることを要しない。 改めて同意を得る必要はないと解される。
        (
            Level.EXEMPT,
            rf"(?:こと|これ|{_NEEDED})を要(?:せず(?=、)|(?:しない|しません){_OWN})"
            rf"|(?<=[一-龥])は要(?:しない|しません){_OWN}"
            rf"|(?:必要(?:は|が)(?:ない|ありません)|なくて(?:も)?(?:よい|良い)){_OWN}",
        ),
        # 講じる必要があります（法第23条）。 行うことが必要です。 整備する必要があると認められる。
        # 注意を要する。
        (
            Level.NECESSARY,
            rf"(?:必要(?:が|は)あ(?:る|ります)|(?<=[がも])必要(?:である|です)|{_NEEDED}を要(?:する|します)){_OWN}",
        ),
        # 提出するよう命ずる。 報告するよう命令。
        (Level.ORDER, rf"(?:よう[^。、]{{0,30}}|ことを)(?:命(?:ずる|じる|じます)|命令(?:する|します)?){_FINAL}"),
        # 必要な措置をとるよう勧告する。
        (Level.RECOMMENDATION, rf"よう[^。、]{{0,30}}勧告(?:する|します|いたします)?{_FINAL}"),
        # 改善するよう法第147条の規定により指導する。
        (Level.GUIDANCE, rf"よう[^。、]{{0,30}}(?:指導|要請|指示)(?:する|します|いたします)?{_FINAL}"),
        # 報告するよう求め、…報告するよう求める。 資料の提出を求める。
        (
            Level.DEMAND,
            rf"(?:よう(?:報告等?を)?|(?:報告|提出|説明|回答|改善)(?:等)?を)求め(?:(?:る|ます){_FINAL}|(?=、))",
        ),
        # お願いいたします。 行ってください。 開示しないでください。 留意されたい。
        (
            Level.REQUEST,
            rf"(?:ていただ(?:く|き)よう)?お願い(?:いた)?します{_FINAL}|[てで](?:ください|下さい){_FINAL}|[させら]れたい(?:こと)?{_FINAL}",
        ),
        # 実施することとする。 実施することとし、
        (Level.SHALL, rf"(?<!ていく)こと(?:とし?(?:する|ます){_FINAL}|とし(?=、))"),
        # 保存するものとする。 保存するものとし、
        (
            Level.INTENDED,
            rf"(?<!ていく)(?<!掲げる)(?<![にで]定める)(?<!いずれかの)もの(?:とし?(?:する|ます){_FINAL}|とし(?=、))",
        ),
        # 検討すべきである。
        (Level.OUGHT, rf"べき(?:である|です|もの(?:である|です)){_FINAL}"),
        # 留意することが求められます。 記載することが期待される。
        (
            Level.EXPECTED,
            rf"(?:(?<=[がも])(?:強く)?求められ|(?<=ことが)期待され)(?:る|ます|ている|ています){_FINAL}",
        ),
        # 定めることが適切である。 盛り込むことが重要である。
        (Level.APPROPRIATE, rf"(?:こと|の)が(?:適切|適当|重要|肝要)(?:である|です|となる){_FINAL}"),
        # 設置することが望ましい。 行うことが望まれる。
        (Level.DESIRABLE, rf"(?:望まし(?:い|く(?=、))|望まれ(?:る|ます)|推奨(?:する|します|される|されます)){_OWN}"),
        # 記入は望ましくない。
        (Level.UNDESIRABLE, rf"望ましく(?:ない|ありません){_OWN}"),
        # 代えることも認められる。 代替措置による対応が認められる。
        (
            Level.ACCEPTED,
            rf"(?:(?<![たいだ])こと(?:も|が|は|を)|対応(?:も|が))(?:妨げない|妨げません|認められ(?:る|ます)){_OWN}",
        ),
        # 共用は認められません。 短くすることはできません。
        (
            Level.CANNOT,
            rf"(?:は|も)(?:認められ|許され)(?:ない|ません){_FINAL}|こと(?:は|が|も)でき(?:(?:ない|ません){_OWN}|ず(?=、))",
        ),
        # 承認を得て用いることができる。 合理的な範囲で変更することは可能である。
        (
            Level.MAY,
            rf"(?:こと(?:が|も|は)でき(?:る|ます|るもの(?:である|です|とする))|こと(?:も|は|が)可能(?:である(?:こと)?|です|とする)|(?<=[一-龥])できる(?=(?:もの)?と解され)){_OWN}",
        ),
        # 掲示することでも差し支えありません。 委任してもよい。
        (
            Level.NO_OBJECTION,
            rf"(?:(?:も|て)差し?支え(?:は)?(?:ない|ありません)|[てで]も(?:よい|良い|構わない|構いません|かまわない|かまいません)){_OWN}",
        ),
        # 一の規程に定めることで足ります。 ６か月間で足りる。
        (
            Level.ENOUGH,
            rf"(?:(?:こと|もの|(?<=[一-龥々ァ-ヶー]))(?:で|をもって|により)|(?<=れ)ば|(?<=え)ば|(?<=せ)ば)足り(?:る|ます){_OWN}",
        ),
        # 等の措置を講じることが考えられます。
        (Level.CONCEIVABLE, rf"(?:ことが|ことも|対応(?:が|も))考えられ(?:る|ます)(?={_END})"),
        # 事業者は、取扱規程を定めること。 (whether it stands for itself, or in a list, its surroundings tell)
        (
            Level.INSTRUCTED,
            rf"(?<=[うくぐすつぬぶむるい])(?<!ある)(?<![てで]いる)(?<!なる)(?<!できる)(?<!れる)こと(?=(?:{MASK})*[。．](?:{MASK})*$)",
        ),
    )
)

_QUESTION = re.compile(rf"か(?:{MASK})*[。？?]?$")
_DEFINING = re.compile(
    r"(?:次の(?:各号|とおり|いずれか)|次に掲げる|左に掲げる|例による|準用する|適用する|読み替える|該当する|該当しない|みなす|推定する|施行する)(?:事項)?(?:こと|もの)?とし?(?:する|ます|(?<=とし))$"
)


def predicates(words: str) -> tuple[Predicate, ...]:
    """The normative predicates of a sentence, in order.

    >>> [(p.level.value, p.surface.of(s)) for s in ["暗号化を含まなければならないほか、分別管理を含むこととする。"]
    ...  for p in predicates(s)]
    [('なければならない', 'なければならない'), ('こととする', 'こととする')]
    """
    bare = masked(words)
    if _QUESTION.search(bare):
        return ()
    found: list[Predicate] = []
    for predicate in sorted(_found(bare), key=lambda one: (one.surface.start, -one.surface.end)):
        if not found or predicate.surface.start >= found[-1].surface.end:
            found.append(predicate)
    return tuple(_kept(bare, found))


def _found(bare: str) -> Iterator[Predicate]:
    taken: list[Span] = []
    for level, form in _FORMS:
        for match in form.finditer(bare):
            span = Span(*match.span())
            if not any(span.start < other.end and other.start < span.end for other in taken):
                taken.append(span)
                yield Predicate(level, span)


_DEMANDS = (Level.ORDER, Level.RECOMMENDATION, Level.GUIDANCE, Level.DEMAND)


def is_demand(level: Level) -> bool:
    """Whether an authority demands it of somebody: 勧告, 指導, 命令, 報告の求め."""
    return level in _DEMANDS


def _kept(bare: str, found: list[Predicate]) -> Iterator[Predicate]:
    """Without definitions, and without ならず、 ものとし、 and 求め、 where the sentence ends in no norm."""
    binds = bool(found) and _goes_on(bare, found[-1]) is None
    demands = binds and is_demand(found[-1].level)
    for predicate in found:
        before = bare[: predicate.surface.end]
        if predicate.level in (Level.SHALL, Level.INTENDED) and _DEFINING.search(before[-24:]):
            continue
        end = _goes_on(bare, predicate)
        if (end == "め" and not demands) or (end in ("ず", "し") and not binds):
            continue
        yield predicate


def _goes_on(bare: str, predicate: Predicate) -> str | None:
    """The last letter of a surface that a comma follows at once; None where the sentence ends or turns."""
    return bare[predicate.surface.end - 1] if bare.startswith("、", predicate.surface.end) else None
