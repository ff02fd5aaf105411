"""A course as slides: quotes with their pages boxed, cases, points to check, terms, and the quiz with its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from compliance.course import Course, Lesson, Part, PartKind
from compliance.lesson.paper import advice
from compliance.lesson.question import Question, lettered
from compliance.lesson.sources import DISCLAIMER, UNVERIFIED, Pictures, Sourced, sourced, subtitle
from compliance.quote import Documents, Quote
from compliance.writer.slides import Slide, deck

_LINES, _TERMS, _ACROSS = 11, 6, 44
"""Lines of points to check and terms that one slide shows, and the characters of a line."""


def course_slides(course: Course, documents: Documents, pictures: Pictures | None = None) -> bytes:
    """The slides; each quote beside the page it stands on, what to say in the notes."""
    held = sourced(course, documents)
    return deck(course.title, subtitle(course), list(_slides(held, pictures)), foot=course.title)


def _slides(held: Sourced, pictures: Pictures | None) -> Iterator[Slide]:
    course = held.course
    if held.warning:
        yield Slide("照合できない引用があります", (held.warning,))
    agenda = [f"{n}　{lesson.title}（{lesson.minutes}分）" for n, lesson in enumerate(course.lessons, start=1)]
    if course.questions:
        agenda.append(f"{len(agenda) + 1}　確認テスト（{len(course.questions)}問、{course.quiz_minutes}分）")
    yield Slide("この研修の構成", tuple(agenda), bullets=False)
    for number, lesson in enumerate(course.lessons, start=1):
        yield from _lesson(held, f"{number}　{lesson.title}", lesson, pictures)
    yield from _terms(held)
    for number, question in enumerate(course.questions, start=1):
        yield _asked(number, question)
        yield _answered(number, question, pictures)
    yield Slide("出典", (*held.source_lines(), held.warning or held.verified, DISCLAIMER), bullets=False)


def _lesson(held: Sourced, title: str, lesson: Lesson, pictures: Pictures | None) -> Iterator[Slide]:
    shown = (*lesson.of(PartKind.DEMAND), *lesson.of(PartKind.CASE))
    notes = "\n".join((advice(lesson), *(f"ねらい：{aim}" for aim in lesson.objectives)))
    if len(shown) > 1:
        read = tuple(f"　・{part.words.partition('（')[0]}　{held.short(part.quote)}" for part in shown if part.quote)
        aims = tuple(f"　・{aim}" for aim in lesson.objectives)
        yield Slide(title, ("ねらい", *aims, "読む箇所", *read), notes=notes, bullets=False)
    for at, part in enumerate(shown):
        yield _shown(title, part, pictures, notes if at == 0 else "")
    for part in lesson.of(PartKind.NOTE):
        yield Slide(title, (part.words,))
    for some in _groups(lesson.of(PartKind.CHECK), _lines_of, _LINES):
        lines = tuple(line for part in some for line in _check(part))
        sources = "\n".join(f"{part.words}：{held.short(part.quote)}" for part in some if part.quote)
        yield Slide(f"点検項目　{lesson.title}", lines, notes=sources, bullets=False)


def _terms(held: Sourced) -> Iterator[Slide]:
    """The glossary: the terms of all lessons."""
    told = [part for lesson in held.course.lessons for part in lesson.of(PartKind.TERM)]
    for some in _groups(told, lambda _: 1, _TERMS):
        lines = tuple(f"{part.words}　{_said(part.quote)}（{held.short(part.quote)}）" for part in some if part.quote)
        yield Slide("用語", lines)


def _check(part: Part) -> tuple[str, ...]:
    if not part.items:
        return (f"□　{_mark(part.quote)}{part.words}",)
    return (f"{_mark(part.quote)}{part.words}", *(f"　□　{_mark(item)}{item.line}" for item in part.items))


def _lines_of(part: Part) -> int:
    """How many lines a point to check takes on a slide."""
    return sum(-(-len(line) // _ACROSS) for line in _check(part))


def _shown(title: str, part: Part, pictures: Pictures | None, notes: str) -> Slide:
    quote = part.quote
    if quote is None:
        return Slide(title, (part.words,))
    if not quote.is_verified:
        return Slide(title, (part.words, f"{UNVERIFIED}保存時の文言：{quote.line}（{quote.citation}）"))
    picture = pictures(quote) if pictures else None
    items = tuple(f"{_mark(item)}{item.line}" for item in part.items)
    said = "\n".join(words for words in (notes, part.words, quote.citation) if words)
    return Slide(title, (part.words,), quote.words, quote.citation, picture, said, items, bullets=False)


def _asked(number: int, question: Question) -> Slide:
    given = ("", *(f"　・{line}" for line in question.given)) if question.given else ()
    choices = tuple(f"{lettered(i)}　{choice}" for i, choice in enumerate(question.choices))
    notes = f"正答：{lettered(question.answer)}　{question.right}\n{question.citation}"
    return Slide(f"確認テスト　問{number}", (question.stem, *given, "", *choices), notes=notes, bullets=False)


def _answered(number: int, question: Question, pictures: Pictures | None) -> Slide:
    answer = f"正答：{lettered(question.answer)}　{question.right}"
    quote = question.quotes[0]
    if not question.is_verified:
        return Slide(f"確認テスト　問{number}　正答", (answer, f"{UNVERIFIED}{question.citation}"), bullets=False)
    more = tuple(f"{other.line}（{other.citation}）" for other in question.quotes[1:])
    return Slide(
        f"確認テスト　問{number}　正答",
        (answer,),
        quote.words,
        quote.citation,
        pictures(quote) if pictures else None,
        under=more,
        bullets=False,
    )


def _mark(quote: Quote | None) -> str:
    return UNVERIFIED if quote is not None and not quote.is_verified else ""


def _said(quote: Quote) -> str:
    return f"「{quote.line}」" if quote.is_verified else f"{UNVERIFIED}{quote.line}"


def _groups(parts: Sequence[Part], size: Callable[[Part], int], most: int) -> Iterator[Sequence[Part]]:
    """The parts in runs that one slide holds."""
    run: list[Part] = []
    for part in parts:
        if run and sum(map(size, run)) + size(part) > most:
            yield run
            run = []
        run.append(part)
    if run:
        yield run
