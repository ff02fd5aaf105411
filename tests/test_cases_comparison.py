"""Cases side by side: rows facts, columns cases; the matrix; the timeline; follow-ups; repeated counts."""

from __future__ import annotations

from pathlib import Path

import notices
import pytest

from compliance.case.deficiencies import CATEGORIES
from compliance.case.entries import Entry
from compliance.case.reconcile import Outcome, repeated
from compliance.cases import Case, cases
from compliance.comparison import compare, joined, matrix, timeline
from law.store import Store


@pytest.fixture(scope="module")
def samples(sample_kb: Path) -> tuple[Case, ...]:
    """The cases of the two notices and the release on one matter."""
    with Store.open(sample_kb) as store:
        ids = ("mihon-kankoku-1", "mihon-kankoku-2", "mihon-release")
        return tuple(case for id in ids for case in cases(store.document(id)))


def test_a_row_is_a_fact_and_a_column_a_case() -> None:
    both = cases(notices.cartel())
    table = compare(both)
    assert table.heads == ("株式会社甲野道路", "乙山建設株式会社")
    row = next(row for row in table.rows if row.fact == "違反した規定")
    place = both[0].violations[0].place
    assert row.cells == tuple((Entry("独占禁止法第3条", "hoso", place, case.id, row.fact),) for case in both)
    assert row.is_shared


def test_a_row_of_measures_shows_what_differs() -> None:
    row = next(row for row in compare(cases(notices.cartel())).rows if row.fact == "措置")
    assert [[entry.words for entry in cell] for cell in row.cells] == [
        [
            "排除措置命令（独占禁止法第7条第2項）　令和6年10月3日（2024年10月3日）",
            "課徴金納付命令（独占禁止法第7条の2第1項）　令和6年10月3日（2024年10月3日）　"
            "期限 令和7年5月7日（2025年5月7日）",
        ],
        ["排除措置命令（独占禁止法第7条第2項）　令和6年10月3日（2024年10月3日）"],
    ]
    assert not row.is_shared


def test_a_fact_of_which_no_document_says_anything_has_no_row() -> None:
    facts = [row.fact for row in compare(cases(notices.consumer())).rows]
    assert "影響を受けた人数・件数" not in facts


def test_the_matrix_counts_deficiencies_by_category_and_case() -> None:
    told = cases(notices.financial())
    table = matrix(told)
    assert table.categories == CATEGORIES
    counts = {kind: n for kind in CATEGORIES if (n := table.count(kind, told[0]))}
    assert counts == {"技術的": 1, "人的": 1}


def test_the_timeline_is_in_order_and_a_shared_filing_stands_once(samples: tuple[Case, ...]) -> None:
    events = timeline(samples)
    assert [event.date for event in events] == sorted(event.date for event in events)
    inspection = next(event for event in events if event.measure.kind == "立入検査")
    assert (inspection.date, inspection.end) == ("2025-10-08/2025-10-09", "2025-10-09")


def test_a_later_notice_on_the_same_respondent_follows_up_the_earlier_one(samples: tuple[Case, ...]) -> None:
    together = {
        (group[0].respondent.words): [case.document for case in group] for group in joined(samples) if len(group) > 1
    }
    assert together == {
        "株式会社みほんロッカーネット": ["mihon-release", "mihon-kankoku-1", "mihon-kankoku-2"],
        "見本システムズ株式会社": ["mihon-kankoku-1", "mihon-kankoku-2"],
    }


def test_a_count_told_again_in_another_document_is_compared(samples: tuple[Case, ...]) -> None:
    found = [(check.outcome, check.parts[0].document, check.total.document) for check in repeated(samples)]
    assert (Outcome.HOLDS, "mihon-kankoku-1", "mihon-kankoku-2") in found
    assert (Outcome.HOLDS, "mihon-kankoku-1", "mihon-release") in found
