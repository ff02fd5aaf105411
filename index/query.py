"""The question, understood: concepts with other ways to say them, phrases, labels, dates, AND OR NOT.

A concept is a word of the question (or a date, an amount, an article) that a clause should speak of;
it is met by the word itself or, at a discount, by another way to say it. Words that only frame a
question (どの条項、教えて) ask for nothing. Labels (６－２－１－１, 別添２, 第３の２(1)) name clauses.
`"…"` must stand in the answer as written; 「…」 is looked for as written and never widened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.dates import Calendar
from index.english import in_japanese
from index.frame import FRAME
from index.inflect import other_forms
from index.terms import DAY, Placed, amounts, articles, content_word, content_words, pairs, search_form
from index.thesaurus import Thesaurus, Widening
from law.fold import DASHES
from law.label import normal_label
from law.span import Span
from law.token import Token, Tokenizer


@dataclass(frozen=True, slots=True)
class Way:
    """One way to meet a concept: all of these terms."""

    terms: tuple[str, ...]
    weight: float
    words: str
    widened: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that the answer should speak of; the first way is the question's own."""

    words: str
    weight: float
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read."""

    text: str
    form: str
    concepts: tuple[Concept, ...]
    pairs: tuple[str, ...]
    words: tuple[str, ...]
    """All base forms, for the encoder."""
    run: tuple[str, ...] = ()
    """The words that carry meaning, in order."""
    phrases: tuple[str, ...] = ()
    """Search forms of 「…」 and "…"."""
    required: tuple[str, ...] = ()
    """Search forms that must stand in the answer."""
    either: tuple[tuple[str, ...], ...] = ()
    """Of each of these, one must."""
    excluded: tuple[str, ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    """Labels in their lookup form, from the outer to the inner."""

    @property
    def foreign(self) -> bool:
        """Whether the question is written in Latin letters."""
        return _foreign(self.form)

    @property
    def widened(self) -> str:
        """The question with the heaviest other words behind it, for the encoder."""
        others = [way for concept in self.concepts for way in concept.ways if way.widened]
        return " ".join(dict.fromkeys(way.words for way in others))


@lru_cache(maxsize=64)
def _foreign(form: str) -> bool:
    letters = [c for c in form if c.isalpha()]
    return bool(letters) and sum(c.isascii() for c in letters) > 0.7 * len(letters)


_EXACT = re.compile(r'["“”＂]([^"“”＂]{2,})["“”＂]')
_KAGI = re.compile(r"[「『]([^「」『』]{2,})[」』]")
_OPERATOR = re.compile(r"[\s　]+(AND|OR|NOT)[\s　]+|^(NOT)[\s　]+")
_SPACES = re.compile(r"[\s　]+")

_D = r"[0-9０-９]"
_TORN = re.compile(rf"(?<={_D})[ 　]+(?=[年月日条項号人社件万億円])|(?<=[成和正治第約年月])[ 　]+(?={_D})")
_DASH = f"[{re.escape(DASHES)}\\-ー]"
_CHAIN = rf"{_D}{{1,3}}(?:{_DASH}{_D}{{1,3}})+(?!{_D}|{_DASH}|年|月|日|/)"
_NAMED = rf"(?:別添|別紙|別表|様式|資料|脚注|参考資料)第?{_D}{{1,2}}(?:{_DASH}{_D}{{1,2}})*"
_DAI = rf"(?<!法)(?<!規則)(?<!令)第{_D}{{1,3}}(?!{_D}|条|項|号|回|三者|者|次|期|弾|種|一|四)"
_ROMAN = r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]"
_QUESTION = rf"(?:問|[QＱ]){_D}{{1,3}}(?:{_DASH}{_D}{{1,3}})*"
_AFTER_NO = rf"(?:(?<=の)|(?<=[>＞])|(?<=[>＞][ 　])){_D}{{1,2}}(?!{_D}|年|月|日|社|人|件|点|つ|か)"
_STEPS = rf"[（(]?{_D}{{1,2}}[）)]|[⑴-⒇]|[①-⑳]|[（(][ア-ン][）)]|[ア-オ](?![ァ-ヴー])|{_AFTER_NO}"
_INNER = rf"[\s　]*(?:の|>|＞)?[\s　]*(?:{_STEPS})"
_OUTERS = rf"{_CHAIN}|{_NAMED}|{_DAI}|{_ROMAN}|{_QUESTION}"
_LABEL = re.compile(rf"(?<!{_D})(?<!{_DASH})(?P<outer>{_OUTERS})(?P<inner>(?:{_INNER})*)")
_STEP = re.compile(rf"[（(]?{_D}{{1,2}}[）)]|[⑴-⒇]|[①-⑳]|[（(][ア-ン][）)]|[ア-ン]|{_D}{{1,2}}")

_LIGHT = {"動詞": 0.7, "形容詞": 0.7, "形状詞": 0.8, "副詞": 0.4, "接尾辞": 0.3, "接頭辞": 0.3}
_FRAME_WEIGHT = 0.15
_HELPING = frozenset({"仕舞う", "上げる"})
"""Verbs that after …て, in hiragana, only help the one before (登録してしまった); else they mean it (金庫にしまう)."""
_LONE, _AMONG = 1.7, 0.35
"""One of n other ways to say a word counts its weight times 1.7 / n ** 0.35: the only one is meant in half of all
questions, one of ten in a sixth (docs/search.md)."""
INFLECTED = 0.8
"""Of a verb where the question has the noun made of it, or the other way round (index/inflect.py)."""
_FOREIGN_WEIGHT = 0.3
"""Of an English word that the thesaurus does not know, in a question put in English."""


def read(question: str, tokenizer: Tokenizer, thesaurus: Thesaurus | None = None) -> Query:
    """A question, read; the same words always give the same Query."""
    words, required, either, excluded = _logic(question)
    quoted = [found.group(1) for found in (*_EXACT.finditer(words), *_KAGI.finditer(words))]
    exact = tuple(search_form(found.group(1)) for found in _EXACT.finditer(words))
    labels = tuple(_labels(words))
    plain = _LABEL.sub(" ", words) if labels else words
    form = _asked(plain) or _asked(words)
    if _foreign(form):
        form = _asked(in_japanese(plain)) or form
    tokens = tokenizer(form)
    reading = _Reading(form, tuple(tokens), tokenizer)
    concepts = _concepts(reading, thesaurus or Thesaurus(), [search_form(q) for q in quoted])
    return Query(
        text=question,
        form=form,
        concepts=concepts,
        pairs=tuple(dict.fromkeys(pairs(form))),
        words=tuple(token.base for token in tokens),
        run=tuple(content_words(tokens)),
        phrases=tuple(dict.fromkeys(search_form(q) for q in quoted)),
        required=tuple(dict.fromkeys((*exact, *required))),
        either=either,
        excluded=excluded,
        labels=labels,
    )


def _logic(question: str) -> tuple[str, list[str], tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The words asked for, those that must be there, those of which one must, and those that must not."""
    parts = [part or "" for part in _OPERATOR.split(question)]
    if len(parts) == 1:
        return question, [], (), ()
    groups: list[list[str]] = [[parts[0].strip()]] if parts[0].strip() else []
    excluded: list[str] = []
    plain: list[str] = []
    binding = False
    for i in range(1, len(parts), 3):
        operator, operand = parts[i] or parts[i + 1], parts[i + 2].strip()
        binding = binding or operator == "AND"
        if operator == "NOT":
            first, *rest = _SPACES.split(operand, maxsplit=1)
            excluded.append(first)
            plain.extend(rest)
        elif operator == "OR" and groups:
            groups[-1].append(operand)
        else:
            groups.append([operand])
    words = " ".join([word for group in groups for word in group] + plain)
    required = [_bare(group[0]) for group in groups if binding and len(group) == 1]
    either = tuple(tuple(map(_bare, group)) for group in groups if len(group) > 1)
    return words, required, either, tuple(map(_bare, excluded))


def _bare(operand: str) -> str:
    return search_form(operand.strip('"“”＂「」『』'))


def _asked(words: str) -> str:
    """The search form of a question: its spaces part words (クラウド 誤設定), but not a number from its unit."""
    whole = _TORN.sub("", words)
    return " ".join(form for piece in whole.split() if (form := search_form(piece)))


def _labels(words: str) -> list[tuple[str, ...]]:
    """The labels in the words; those joined by > are one path."""
    out: list[tuple[str, ...]] = []
    end = 0
    for found in _LABEL.finditer(words):
        steps = (normal_label(found["outer"]), *(normal_label(s.group()) for s in _STEP.finditer(found["inner"])))
        joined = out and words[end : found.start()].strip(" 　") in (">", "＞")
        out[-1:] = [(*out[-1], *steps)] if joined else [*out[-1:], steps]
        end = found.end()
    return out


@dataclass(frozen=True, slots=True)
class _Reading:
    """A search form, its words, and what cut them."""

    form: str
    tokens: tuple[Token, ...]
    tokenizer: Tokenizer

    @property
    def foreign(self) -> bool:
        return _foreign(self.form)

    def weight(self, word: str, token: Token) -> float:
        """How much a word of the question counts; one that only frames it, or helps a verb, hardly."""
        if word in FRAME or (word in _HELPING and self._helps(token)):
            return _FRAME_WEIGHT
        if word.isascii() and (word.isdigit() or len(word) == 1):
            return 0.3
        return _LIGHT.get(token.pos, 1.0)

    def _helps(self, token: Token) -> bool:
        """Whether a verb only helps the one before it; しまっておく keeps something."""
        before = self.tokens[: self.tokens.index(token)][-2:]
        after = self.form[token.span.end :]
        joined = len(before) == 2 and before[1].base == "て" and before[0].pos in ("動詞", "助動詞")
        return joined and token.span.of(self.form)[0] in "しあ" and not after.startswith("てお")


def _concepts(reading: _Reading, thesaurus: Thesaurus, quoted: Sequence[str]) -> tuple[Concept, ...]:
    form, tokens = reading.form, reading.tokens
    special = list(_special(form))
    written = [Span(m.start(), m.end()) for q in quoted for m in re.finditer(re.escape(q), form)]
    groups = _groups(form, tokens, thesaurus, [*(s.span for s in special), *written])
    out = [s.concept for s in special]
    for first, last, widenings in groups:
        run = tokens[first:last]
        if special:
            run = tuple(t for t in run if not any(t.span in s.span for s in special))
        as_written = bool(written) and any(t.span in span for t in run for span in written)
        out.extend(_concept(reading, run, widenings, as_written=as_written))
    merged: dict[tuple[str, ...], Concept] = {}
    for concept in out:
        key = concept.ways[0].terms
        if key not in merged or merged[key].weight < concept.weight:
            merged[key] = concept
    return tuple(merged.values())


@dataclass(frozen=True, slots=True)
class _Special:
    span: Span
    concept: Concept


def _special(form: str) -> Iterator[_Special]:
    """Dates, articles and amounts: concepts that words would tear apart."""
    taken: list[Span] = []
    for span, days in Calendar().dated(form):
        taken.append(span)
        fine = [day for day in days if len(day) == max(map(len, days))]
        coarse = [day for day in days if day not in fine]
        ways = [Way((DAY + day,), 1.0, span.of(form)) for day in fine]
        ways += [Way((DAY + day,), 0.5 if len(day) > 4 else 0.3, day) for day in reversed(coarse)]
        yield _Special(span, Concept(span.of(form), 1.0, tuple(ways)))
    found: dict[Span, list[Placed]] = {}
    for placed in (*articles(form), *amounts(form)):
        if not any(placed.span in span for span in taken):
            found.setdefault(placed.span, []).append(placed)
    for span, terms in found.items():
        inside = any(span in other and span != other for other in found)
        if not inside:
            read = tuple(Way((p.term,), 1.0 if p is terms[-1] else 0.5, span.of(form)) for p in reversed(terms))
            yield _Special(span, Concept(span.of(form), 1.0, read))


def _groups(
    form: str, tokens: Sequence[Token], thesaurus: Thesaurus, closed: Sequence[Span]
) -> list[tuple[int, int, list[Widening]]]:
    """Runs of words that are asked together because the thesaurus knows them together; the rest alone."""
    widenings = [
        w
        for w in thesaurus.widen(form, tokens)
        if not any(c.start < tokens[w.last - 1].span.end and tokens[w.first].span.start < c.end for c in closed)
    ]
    runs: list[tuple[int, int, list[Widening]]] = []
    for w in widenings:
        if runs and w.first < runs[-1][1]:
            first, last, known = runs[-1]
            runs[-1] = (first, max(last, w.last), [*known, w])
        else:
            runs.append((w.first, w.last, [w]))
    out: list[tuple[int, int, list[Widening]]] = []
    at = 0
    for first, last, known in runs:
        out.extend((i, i + 1, []) for i in range(at, first))
        out.append((first, last, known))
        at = last
    out.extend((i, i + 1, []) for i in range(at, len(tokens)))
    return out


def _concept(
    reading: _Reading, run: Sequence[Token], widenings: Sequence[Widening], *, as_written: bool
) -> Iterator[Concept]:
    """The words of a run as concepts; the run's other ways belong to all of its words together."""
    own = [(word, token) for token in run if (word := content_word(token))]
    if not own:
        return
    weight = max(reading.weight(word, token) for word, token in own)
    words = reading.form[run[0].span.start : run[-1].span.end]
    terms = tuple(dict.fromkeys(word for word, _ in own))
    ways = () if weight <= _FRAME_WEIGHT else tuple(_other_ways(terms, widenings, reading.tokenizer))
    if reading.foreign and not ways:
        weight = min(weight, _FOREIGN_WEIGHT)
    first = Way(terms, 1.0, words)
    inflected = () if as_written else tuple(_inflected(own))
    yield Concept(words, weight, (first, *inflected, *ways))


def _inflected(own: Sequence[tuple[str, Token]]) -> Iterator[Way]:
    """The same words, one of them as the noun made of the verb that it is, or as the verb that it was made of."""
    for at, (word, token) in enumerate(own):
        for form in other_forms(word, token.pos):
            said = [form if i == at else other for i, (other, _) in enumerate(own)]
            yield Way(tuple(dict.fromkeys(said)), INFLECTED, "".join(said))


def _other_ways(own: tuple[str, ...], widenings: Sequence[Widening], tokenizer: Tokenizer) -> Iterator[Way]:
    """The other ways to say a run whose own terms are these; of those with the same terms the heaviest."""
    known: dict[tuple[str, ...], Widening] = {}
    for widening in sorted(widenings, key=lambda w: -w.weight):
        terms = _terms(widening.other, tokenizer)  # type: ignore[arg-type]  # a tokenizer is known by its identity
        if terms and terms != own:
            known.setdefault(terms, widening)
    share = _LONE * len(known) ** -_AMONG if known else 0.0
    for terms, widening in known.items():
        yield Way(terms, min(1.0, share * widening.weight), widening.other, widened=True)


@lru_cache(maxsize=20_000)
def _terms(words: str, tokenizer: Tokenizer) -> tuple[str, ...]:
    """The terms of another way to say something; the thesaurus gives the same ones again and again."""
    return tuple(dict.fromkeys(content_words(tokenizer(search_form(words)))))
