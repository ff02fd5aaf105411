"""What is counted and drawn once people have spoken: nothing that they said is wrong."""

from __future__ import annotations

from pathlib import Path

import notices
import notices_wide
import pytest

from compliance.case.corrections import Correction, Ruling
from compliance.case.deficiencies import CATEGORIES
from compliance.case.entries import Entry
from compliance.case.reconcile import repeated
from compliance.cases import Case, cases
from compliance.comparison import Comparison, compare, matrix, timeline
from law.store import Store
from ui import comparison_charts as charts


@pytest.fixture(scope="module")
def told() -> tuple[Case, ...]:
    return cases(notices.financial())


def first(told: tuple[Case, ...], fact: str) -> Entry:
    return next(one for one in compare(told).entries if one.fact == fact)


def after(told: tuple[Case, ...], fact: str, ruling: Ruling, words: str = "") -> Comparison:
    """The comparison when somebody has spoken of the first entry of a fact."""
    return compare(told, (Correction(first(told, fact).cell, ruling, words, "法務 花子", "", number=1),))


def count(cases: tuple[Case, ...]) -> dict[str, int]:
    table = matrix(cases)
    return {kind: n for kind in CATEGORIES if (n := table.count(kind, cases[0]))}


def test_a_rejected_deficiency_leaves_the_matrix_its_chart_and_the_findings(told: tuple[Case, ...]) -> None:
    table = after(told, "不備", Ruling.REJECTED)
    assert count(told) == {"技術的": 1, "人的": 1}
    assert count(table.counted) == {told[0].deficiencies[1].category: 1}
    drawn = charts.category_chart(table.counted)
    assert drawn is not None
    assert sum(map(len, drawn.marks)) == 1
    assert table.counted[0].deficiencies == told[0].deficiencies[1:]
    assert [one.fact for one in table.wrong] == ["不備"]


def test_a_deficiency_counts_under_the_category_a_person_puts_at_its_head(told: tuple[Case, ...]) -> None:
    table = after(told, "不備", Ruling.CORRECTED, "［物理的］媒体を持ち出せる状態に置いた。")
    assert count(table.counted)["物理的"] == 1
    assert count(after(told, "不備", Ruling.CORRECTED, "言い換えた認定").counted) == count(told)


@pytest.mark.parametrize(
    ("ruling", "words"), [(Ruling.REJECTED, ""), (Ruling.CORRECTED, "999人"), (Ruling.CONFIRMED, "")]
)
def test_a_population_marked_wrong_is_not_drawn(told: tuple[Case, ...], ruling: Ruling, words: str) -> None:
    fact = "影響を受けた人数・件数"
    table = after(told, fact, ruling, words)
    is_in = ruling is Ruling.CONFIRMED
    assert bool(table.counted[0].affected) is is_in
    assert bool(charts.people_chart(table.counted)) is is_in
    scope_only = f"{told[0].affected[0].printed}（範囲を直した）"
    assert after(told, fact, Ruling.CORRECTED, scope_only).counted[0].affected
    assert not after(told, fact, Ruling.CORRECTED, f"9{told[0].affected[0].printed}").counted[0].affected


def test_a_count_marked_wrong_is_not_compared_with_another_document(sample_kb: Path) -> None:
    with Store.open(sample_kb) as store:
        both = tuple(case for n in (1, 2) for case in cases(store.document(f"mihon-kankoku-{n}")))
    table = compare(both)
    later = [one for one in table.entries if one.case.startswith("mihon-kankoku-2") and one.fact.startswith("影響")]
    record = [Correction(one.cell, Ruling.REJECTED, "", "甲", "", number=n) for n, one in enumerate(later, 1)]
    assert repeated(table.counted)
    assert repeated(compare(both, record).counted) == ()


def test_a_measure_is_drawn_on_the_day_that_a_correction_lets_stand(told: tuple[Case, ...]) -> None:
    entry = first(told, "措置")
    assert len(timeline(after(told, "措置", Ruling.REJECTED).counted)) == len(timeline(told)) - 1
    same = after(told, "措置", Ruling.CORRECTED, entry.words.replace("（", "（改）（", 1)).counted
    assert len(timeline(same)) == len(timeline(told))
    other = after(told, "措置", Ruling.CORRECTED, f"{told[0].measures[0].kind}　平成元年1月1日").counted
    assert len(timeline(other)) == len(timeline(told)) - 1
    assert len(other[0].measures) == len(told[0].measures)
    another = after(
        told,
        "措置",
        Ruling.CORRECTED,
        entry.words.replace(told[0].measures[0].kind, f"仮{told[0].measures[0].kind}", 1),
    )
    assert len(another.counted[0].measures) == len(told[0].measures) - 1


def test_a_stretch_of_time_that_was_corrected_is_not_drawn_as_it_was_read(told: tuple[Case, ...]) -> None:
    assert told[0].period
    assert after(told, "期間", Ruling.CORRECTED, "令和４年から").counted[0].period is None
    assert after(told, "期間", Ruling.CONFIRMED).counted[0].period == told[0].period


def test_nobody_has_spoken_so_everything_counts() -> None:
    told = cases(notices_wide.carriers())
    assert compare(told).counted == compare(told).kept == told
    assert compare(told).wrong == ()
