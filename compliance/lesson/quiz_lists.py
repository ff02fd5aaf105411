"""Questions over listings: which clause lists these, which of these is listed, which item is left out.

Wrong choices are names or items of the sibling listings, the likest first; one that could be taken to fit
(contained in an item or containing it, a near twin, an item of a clause that refines this one) is none. No
question is made whose own words give the right choice away (`compliance.lesson.giveaway`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.lesson.giveaway import covering, stretches, telling
from compliance.lesson.listings import (
    Listing,
    affinity,
    below,
    fits,
    is_broad,
    is_foreign,
    is_numbered,
    is_plain,
    siblings,
    unique,
)
from compliance.lesson.question import CHOICES, Difficulty, Kind, Question, arranged, difficulty
from compliance.quote import Quote, quoted
from compliance.scale import Scale, folded
from index.dates import era_month
from index.excerpt import plain
from law.document import Document
from law.span import Span

BLANK = "【　　　　】"
_TOLD = 0.5
"""Share of a name that its items may tell before the question answers itself."""
_ECHOED = 0.4
"""Share of its list's name that an item may repeat."""
_SAME = 0.55
"""Likeness from which two choices would be one."""


_OF_ONE_LIST = 2
"""Wrong choices from one list; with more of them the right one would stand out as the only one of another."""
_STRANGE = 0.06
"""Nearness to the list, or to its item, below which a choice is of another subject."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong choice and the clause of the listing it comes from.

    It is foreign where that stands in another part of the document, strange where it has nothing in common with what
    is asked about: a question with two such choices is easy.
    """

    words: str
    clause: str
    is_foreign: bool
    is_strange: bool = False


def titled(document: Document) -> str:
    """A document as stems name it: its title and date, so that two versions are told apart."""
    date = document.about.date
    return f"「{plain(document.title)}」" + (f"（{era_month(date.value)}）" if date else "")


def clause_questions(found: Sequence[Listing], scale: Scale, seed: int = 0) -> Iterator[Question]:
    """Which heading stands over these items; the wrong choices are the headings of sibling listings."""
    known = unique(found)
    for one in known:
        lines = one.lines
        told = sum(scale.share(one.name, line) for line in lines) / len(lines)
        if told >= _TOLD or not _is_short(lines) or any(_repeats(other, one) for other in found):
            continue
        most = _over(one.name, lines, scale) + _MARGIN
        wrong = [
            Wrong(other.name, other.clause.path, is_foreign(one, other))
            for other in siblings(one, known, scale)
            if not _shares(one, other, scale)
            and scale.likeness(one.name, other.name) < _SAME
            and _over(other.name, lines, scale) <= most
        ]
        stem = f"{titled(one.document)}において、次の事項を掲げているのは、何についての定めか。"
        made = _made(Kind.CLAUSE, stem, lines, one.name, wrong, lines, "", _whole(one), scale, seed)
        if made is not None:
            yield made


def listed_questions(found: Sequence[Listing], scale: Scale, seed: int = 0) -> Iterator[Question]:
    """Which of these is in the list; the wrong choices are items of sibling listings."""
    known = unique(found)
    for one in known:
        stem = f"{titled(one.document)}が「{one.name}」について掲げている事項は、次のうちどれか。"
        for at in _at_home(one, scale):
            quotes = _proof(one, one.lead, quoted(one.document, one.paths[at], one.items[at]))
            wrong = _wrong_items(one, known, scale, one.lines[at])
            made = _made(Kind.LISTED, stem, (), one.lines[at], wrong, (), one.name, quotes, scale, seed)
            if made is not None:
                yield made
                break


def cloze_questions(found: Sequence[Listing], scale: Scale, seed: int = 0) -> Iterator[Question]:
    """Which item is left out of a list that is shown; the wrong choices are items of sibling listings.

    Items that would tell the one left out (取得・入力時の… beside 取得・入力状況の…) are not shown; the stem says など.
    """
    known = unique(found)
    for one in known:
        if len(one.lines) < _FEWEST or not _is_short(one.lines):
            continue
        for at in reversed(_at_home(one, scale)):
            made = _cloze(one, at, known, scale, seed)
            if made is not None:
                yield made
                break


def _cloze(one: Listing, at: int, known: Sequence[Listing], scale: Scale, seed: int) -> Question | None:
    right = one.lines[at]
    rest = [line for i, line in enumerate(one.lines) if i != at]
    wrong = _wrong_items(one, known, scale, right)
    told = telling(right, rest, [x.words for x in _chosen(right, rest, wrong, scale, one.name)])
    shown = [line for line in rest if not stretches(line) & told]
    if len(shown) < _FEWEST - 1:
        return None
    given = [BLANK if i == at else line for i, line in enumerate(one.lines) if i == at or line in shown]
    what = "次の事項" if len(shown) == len(rest) else "次の事項など"
    stem = f"{titled(one.document)}は、「{one.name}」について{what}を掲げている。{BLANK}に入るものはどれか。"
    return _made(Kind.CLOZE, stem, given, right, wrong, shown, one.name, _whole(one), scale, seed)


_FEWEST = 3
"""Items of a list from which leaving one out still shows what the list is about."""
_LONGEST = 420
"""Characters of a list that a question can show."""
_AT_HOME = 0.15
"""How near an item must come to the rest of its list to be known without seeing that."""
_GAP = 0.06
"""By how much an item must come nearer to its list than every wrong choice does."""
_MARGIN = 0.03
"""By how much a wrong heading may suit the items better than the right one: a breath."""
_NEAR_NAMES = 0.3
"""Likeness of two lists' names from which their items are easily confused."""


def _is_short(lines: Sequence[str]) -> bool:
    """Whether a list can be shown: not too long, no clause number in it."""
    return sum(map(len, lines)) <= _LONGEST and not any(map(is_numbered, lines))


def _repeats(other: Listing, one: Listing) -> bool:
    """Whether another clause lists half of the items word for word: then the items do not tell which clause it is."""
    its = {folded(line) for line in other.lines}
    return other is not one and 2 * sum(folded(line) in its for line in one.lines) >= len(one.lines)


def _over(name: str, lines: Sequence[str], scale: Scale) -> float:
    """How well a heading suits the items below it."""
    return sum(scale.likeness(name, line) for line in lines) / len(lines)


def _at_home(one: Listing, scale: Scale) -> list[int]:
    """The items a question can be about: those that plainly belong to the list, the least told by its name first."""
    able = [
        i
        for i, line in enumerate(one.lines)
        if is_plain(line)
        and scale.share(line, one.name) < _TOLD
        and scale.share(one.name, line) <= _ECHOED
        and affinity(line, one, scale) >= _AT_HOME
    ]
    return sorted(able, key=lambda i: (scale.share(one.lines[i], one.name), i))


def _wrong_items(one: Listing, known: Sequence[Listing], scale: Scale, right: str) -> list[Wrong]:
    """Items of siblings that do not fit, stay farther from the list than the right one and are as wide as it.

    They must not fit a list below this one either, nor one that spells out an item. A sibling whose name comes near is
    left out: its items could be looked for under this one too. Those of the same part of the document come first,
    of them those that have something in common with the list.
    """
    family = [one, *below(one, known, scale)]
    most = affinity(right, one, scale) - _GAP
    breadth = is_broad(right, known, scale)
    out: list[Wrong] = []
    apart = [other for other in siblings(one, known, scale) if _is_apart(one, other, scale)]
    for other in apart:
        mine = [line for line in other.lines if is_plain(line) and not any(fits(line, x, scale) for x in family)]
        mine = [x for x in mine if affinity(x, one, scale) <= most and is_broad(x, known, scale) is breadth]
        is_far = is_foreign(one, other)
        near = [max(affinity(x, one, scale), scale.likeness(x, right)) for x in mine]
        out += [Wrong(x, other.clause.path, is_far, how < _STRANGE) for x, how in zip(mine, near, strict=True)]
    return sorted(out, key=lambda wrong: (wrong.is_foreign, wrong.is_strange, -scale.likeness(wrong.words, right)))


def _is_apart(one: Listing, other: Listing, scale: Scale) -> bool:
    """Whether the other's items are of the same sort and would not be looked for under this one's name."""
    return one.is_of_sort(other) and scale.likeness(one.name, other.name) < _NEAR_NAMES


def _shares(one: Listing, other: Listing, scale: Scale) -> bool:
    """Whether the other listing has half of the items too, so that its heading would be right as well."""
    same = sum(any(folded(a) == folded(b) or scale.likeness(a, b) >= _SAME for b in other.lines) for a in one.lines)
    return 2 * same >= len(one.lines)


def _made(
    kind: Kind,
    stem: str,
    given: Sequence[str],
    right: str,
    wrong: Sequence[Wrong],
    shown: Sequence[str],
    about: str,
    quotes: tuple[Quote, ...],
    scale: Scale,
    seed: int,
) -> Question | None:
    """The question, where enough choices are left; neither the lines `shown` nor the name `about` tell the answer."""
    picked = _chosen(right, shown, wrong, scale, about)
    kept = [one.words for one in picked]
    if len(kept) < CHOICES - 1 or is_numbered(stem.partition("」")[2]) or any(map(is_numbered, (right, *kept))):
        return None
    if telling(right, shown, kept, about):
        return None
    choices, answer = arranged(right, kept, stem, seed)
    lines = [words for words in (about, *shown) if words]
    first, *others = (max(scale.likeness(choice, words) for words in lines) for choice in (right, *kept))
    near = difficulty([scale.likeness(right, choice) for choice in kept], first - max(others))
    if sum(one.is_foreign or one.is_strange for one in picked) > 1:
        near = Difficulty.EASY
    return Question(kind, stem, tuple(given), choices, answer, near, quotes)


def _chosen(right: str, shown: Sequence[str], wrong: Sequence[Wrong], scale: Scale, about: str) -> list[Wrong]:
    """As many wrong choices as a question has: the first that differ, of several lists, all but one of this part."""
    by_words = {one.words: one for one in reversed(wrong)}
    kept: list[Wrong] = []
    for words in covering(right, shown, [one.words for one in wrong], about):
        choice, beside = by_words[words], [right, *(one.words for one in kept)]
        is_other = all(scale.likeness(words, one) < _SAME and folded(words) != folded(one) for one in beside)
        of_one_list = sum(one.clause == choice.clause for one in kept) < _OF_ONE_LIST
        if is_other and of_one_list and not (choice.is_foreign and any(one.is_foreign for one in kept)):
            kept.append(choice)
    return kept[: CHOICES - 1]


def _whole(one: Listing) -> tuple[Quote, ...]:
    """The sentence with all its items, as one quote, and the list's name."""
    return _proof(one, Span(one.lead.start, max(one.lead.end, one.items[-1].end)))


def _proof(one: Listing, span: Span, *items: Quote) -> tuple[Quote, ...]:
    """The clause's words, its items, and its heading where only that says the list's name."""
    quote, heading = quoted(one.document, one.clause.path, span), one.clause.heading
    if heading is None or folded(one.name) in folded(quote.line):
        return quote, *items
    return quote, *items, quoted(one.document, one.clause.path, _unbracketed(one.document, heading))


def _unbracketed(document: Document, span: Span) -> Span:
    """A heading without the brackets printed around it."""
    words = span.of(document.text)
    is_aside = words.startswith("（") and words.endswith("）")
    return Span(span.start + 1, span.end - 1) if is_aside else span
