"""A course as Word files: the handout of those who learn, and the instructor's edition with answers and timing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.course import Course, Lesson, Part, PartKind
from compliance.lesson.question import Question, lettered
from compliance.lesson.sources import DISCLAIMER, UNVERIFIED, Pictures, Sourced, clock, sourced, subtitle
from compliance.quote import Documents, Quote
from compliance.writer.blocks import Block, Bullets, Heading, PageBreak, Paragraph, Picture, Quotation, Run, Table
from compliance.writer.paper import paper


def handout(course: Course, documents: Documents) -> bytes:
    """The handout (受講者用): lessons with their quotes, points to check and terms, and the quiz without answers."""
    held = sourced(course, documents)
    return paper(course.title, _blocks(held, False, None), subtitle=subtitle(course) + "　受講者用", foot=course.title)


def instructor_edition(course: Course, documents: Documents, pictures: Pictures | None = None) -> bytes:
    """The instructor's edition (講師用): the handout with the timetable, how to teach it, pages, and answers."""
    held = sourced(course, documents)
    foot = f"{course.title}（講師用）"
    return paper(course.title, _blocks(held, True, pictures), subtitle=subtitle(course) + "　講師用", foot=foot)


def _blocks(held: Sourced, is_instructor: bool, pictures: Pictures | None) -> Iterator[Block]:
    course = held.course
    if held.warning:
        yield Paragraph((Run(held.warning, bold=True),))
    yield Heading("この研修の構成")
    yield _timetable(course, is_instructor)
    for number, lesson in enumerate(course.lessons, start=1):
        yield Heading(f"{number}　{lesson.title}（{lesson.minutes}分）")
        yield from _lesson(held, lesson, is_instructor, pictures)
    if course.questions:
        yield PageBreak()
        yield Heading(f"確認テスト（{len(course.questions)}問、{course.quiz_minutes}分）")
        for number, question in enumerate(course.questions, start=1):
            yield from _question(number, question)
        if is_instructor:
            yield PageBreak()
            yield from _answers(held)
    yield Heading("出典")
    yield Bullets(held.source_lines())
    yield Paragraph(f"{held.warning or held.verified}{DISCLAIMER}", small=True)


def _timetable(course: Course, is_instructor: bool) -> Table:
    rows = [(lesson.title, str(lesson.minutes), "\n".join(lesson.objectives)) for lesson in course.lessons]
    if course.questions:
        rows.append(
            ("確認テスト", str(course.quiz_minutes), f"{len(course.questions)}問に答え、根拠の条項を確かめる。")
        )
    if is_instructor:
        times = clock([int(minutes) for _, minutes, _ in rows])
        with_clock = tuple((time, *row) for time, row in zip(times, rows, strict=True))
        return Table(("時間", "内容", "分", "ねらい"), with_clock, (1.4, 4, 0.6, 5))
    numbered = tuple((str(n), *row) for n, row in enumerate(rows, start=1))
    return Table(("回", "内容", "分", "ねらい"), numbered, (0.6, 4, 0.6, 5))


def _lesson(held: Sourced, lesson: Lesson, is_instructor: bool, pictures: Pictures | None) -> Iterator[Block]:
    if is_instructor:
        yield Paragraph((Run("進め方　", bold=True), Run(advice(lesson))), keep=True)
    for kind, title in ((PartKind.DEMAND, "定めの内容"), (PartKind.CASE, "事例"), (PartKind.NOTE, "説明")):
        parts = lesson.of(kind)
        if parts and not (kind is PartKind.NOTE and not is_instructor):
            yield Heading(title, 2)
            for part in parts:
                yield from _part(part)
            if kind is PartKind.DEMAND and pictures and parts[0].quote and parts[0].quote.is_verified:
                yield from _page(parts[0].quote, pictures)
    checks = lesson.of(PartKind.CHECK)
    if checks:
        yield Heading("点検項目", 2)
        rows = tuple((_box(part), _point(part), _where(held, part.quote)) for part in checks)
        yield Table(("確認", "点検すること", "根拠"), rows, (0.7, 7, 2.6))
    told = lesson.of(PartKind.TERM)
    if told:
        yield Heading("用語", 2)
        yield Table(("用語", "定義（引用）", "根拠"), tuple(_term(held, part) for part in told), (2, 6, 2.3))


def _part(part: Part) -> Iterator[Block]:
    is_quoted = part.quote is not None
    yield Paragraph((Run(f"［{part.words}］" if is_quoted else part.words, bold=is_quoted),), keep=is_quoted)
    if part.quote is None:
        return
    yield quotation(part.quote)
    if part.items:
        yield Bullets(tuple(_marked(item) for item in part.items))


def _page(quote: Quote, pictures: Pictures) -> Iterator[Block]:
    """The page of the lesson's first quote, so that the instructor can show where it stands."""
    picture = pictures(quote)
    if picture is not None:
        yield Picture(picture, f"枠：引用の箇所　{quote.citation}", 0.45)


def _box(part: Part) -> str:
    return "" if part.items else "□"


def _point(part: Part) -> str:
    """A point to check; where it lists items, each has its own box."""
    return "\n".join((part.words, *(f"　□ {_marked(item)}" for item in part.items)))


def quotation(quote: Quote) -> Block:
    """A verified quote as a quotation; another one as a remark that says so."""
    if quote.is_verified:
        return Quotation(quote.words, quote.citation)
    return Paragraph((Run(UNVERIFIED, bold=True), Run(f"保存時の文言：{quote.line}（{quote.citation}）")))


def _marked(quote: Quote) -> str:
    return quote.line if quote.is_verified else f"{UNVERIFIED}{quote.line}"


def _where(held: Sourced, quote: Quote | None) -> str:
    if quote is None:
        return ""
    return held.short(quote) if quote.is_verified else f"{UNVERIFIED}{held.short(quote)}"


def _term(held: Sourced, part: Part) -> tuple[str, str, str]:
    quote = part.quote
    words = "" if quote is None else f"「{quote.line}」" if quote.is_verified else _marked(quote)
    return part.words, words, _where(held, quote)


def _question(number: int, question: Question) -> Iterator[Block]:
    yield Paragraph((Run(f"問{number}　", bold=True), Run(question.stem)), keep=True)
    if question.given:
        yield Paragraph("\n".join(f"　・{line}" for line in question.given), keep=True)
    yield Paragraph("\n".join(f"　{lettered(i)}　{choice}" for i, choice in enumerate(question.choices)))


def _answers(held: Sourced) -> Iterator[Block]:
    yield Heading("正答と解説（講師用）")
    for number, question in enumerate(held.course.questions, start=1):
        answer = f"{lettered(question.answer)}　{question.right}"
        kind = f"（{question.kind.value}、難易度：{question.difficulty.value}）"
        yield Paragraph((Run(f"問{number}　正答　{answer}", bold=True), Run(kind)), keep=True)
        for quote in question.quotes:
            yield quotation(quote)


def advice(lesson: Lesson) -> str:
    """How to teach a lesson in its minutes: the quotes first, then the case, the points to check at the end."""
    steps: list[str] = []
    counts: Sequence[tuple[PartKind, str]] = (
        (PartKind.DEMAND, "定め{}件を引用のとおり読み、主体と義務の程度を確かめる"),
        (PartKind.CASE, "事例{}件を示し、どの措置が足りなかったかを問う"),
        (PartKind.CHECK, "点検項目{}件を自社の状況に当てはめる"),
        (PartKind.TERM, "用語{}件を確かめる"),
    )
    for kind, words in counts:
        if lesson.of(kind):
            steps.append(words.format(len(lesson.of(kind))))
    return f"（{lesson.minutes}分）" + "。".join(steps) + "。" if steps else f"（{lesson.minutes}分）"
