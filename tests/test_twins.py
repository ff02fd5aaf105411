"""Clauses in the same words: which stands first where nothing that was asked tells them apart."""

from __future__ import annotations

import pytest
from documents import Row, document

from index.passages import Unit
from index.twins import Said, printed_order
from law.document import Document
from law.span import Span

DUTY = "業者は、次に掲げる事項を実施しなければならない。"
RULES = "業者は、取扱規程に次に掲げる事項を定めなければならない。"
ITEMS = "見本庁への報告\n顧客への通知\n早急な公表"


def said(held: Document, path: str, score: float, quote: int = 0) -> Said:
    """A hit that shows a whole clause and quotes one of its lines."""
    whole = held.by_path[path].span
    lines: list[Span] = []
    for line in whole.of(held.text).splitlines():
        start = lines[-1].end + 1 if lines else whole.start
        lines.append(Span(start, start + len(line)))
    return Said(held, whole, lines[quote], lambda: [Unit(path, line) for line in lines], score)


def order_of(held: Document, *hits: Said) -> list[str]:
    return [next(c.path for c in held.clauses if c.span == hits[k].span) for k in printed_order(hits)]


@pytest.mark.parametrize(("second", "shown"), [(0.98, ["１", "２"]), (0.9, ["２", "１"])])
def test_twins_stand_as_printed_unless_the_question_tells_them_apart(second: float, shown: list[str]) -> None:
    held = document([Row("１", DUTY, mark=""), Row("２", DUTY, mark="")])
    assert order_of(held, said(held, "２", 1.0), said(held, "１", second)) == shown


def test_a_near_twin_that_repeats_most_of_what_an_earlier_clause_says_stands_after_it() -> None:
    held = document([Row("１", f"{DUTY}\n{ITEMS}", mark=""), Row("２", f"{RULES}\n{ITEMS}\n記録", mark="")])
    assert order_of(held, said(held, "２", 1.0), said(held, "１", 0.99, quote=1)) == ["１", "２"]


def test_clauses_that_share_one_item_among_others_are_no_twins() -> None:
    held = document([Row("１", f"{DUTY}\n点検\n教育\n早急な公表", mark=""), Row("２", f"{RULES}\n{ITEMS}", mark="")])
    assert order_of(held, said(held, "２", 1.0), said(held, "１", 0.99, quote=1)) == ["２", "１"]


def test_a_clause_of_one_word_is_no_twin_of_every_clause_that_has_the_word() -> None:
    held = document([Row("１", "教育", mark=""), Row("２", "業者は、教育を年一回以上行わなければならない。", mark="")])
    assert order_of(held, said(held, "２", 1.0), said(held, "１", 0.97)) == ["２", "１"]


def test_a_clause_is_no_twin_of_a_part_of_itself() -> None:
    held = document([Row("１", f"{DUTY}\n{ITEMS}", mark="")])
    whole = said(held, "１", 0.99)
    _, second, third, *_rest = (unit.span for unit in whole.units())
    part = Said(held, Span(second.start, whole.span.end), third, lambda: [*whole.units()][1:], 1.0)
    assert printed_order([part, whole]) == [0, 1]
