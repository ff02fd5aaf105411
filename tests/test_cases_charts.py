"""The charts of the comparison: every mark has its quotation, populations stay apart, nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path

import notices
import notices_wide
import pytest

from compliance.cases import Case, cases
from law.store import Store
from ui import comparison_charts as charts


@pytest.fixture(scope="module")
def samples(sample_kb: Path) -> tuple[Case, ...]:
    with Store.open(sample_kb) as store:
        ids = ("mihon-kankoku-1", "mihon-kankoku-2", "mihon-kansa")
        return tuple(case for id in ids for case in cases(store.document(id)))


DRAWN = (charts.time_chart, charts.people_chart, charts.category_chart, charts.authority_chart)


@pytest.mark.parametrize("draw", DRAWN, ids=lambda one: one.__name__)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_mark_of_a_chart_leads_to_entries_with_a_place(
    draw: object, theme: str, samples: tuple[Case, ...]
) -> None:
    drawn = draw(samples)  # type: ignore[operator]
    spec = charts.dressed(drawn, theme).to_dict()
    data = {row["n"]: row for rows in spec["datasets"].values() for row in rows}
    assert sorted(data) == list(range(len(drawn.marks)))
    assert all(entry.place is not None for mark in drawn.marks for entry in mark)
    assert drawn.alt
    assert charts.PICK in json.dumps(spec["params"])


def test_the_scale_of_people_bears_thousands_and_millions() -> None:
    told = (*cases(notices_wide.carriers()), *cases(notices.financial()))
    drawn = charts.people_chart(told)
    assert drawn is not None
    spec = charts.dressed(drawn, "light").to_dict()
    scale = json.dumps(spec, ensure_ascii=False)
    assert '"type": "symlog"' in scale
    rows = [row for rows in spec["datasets"].values() for row in rows]
    assert [(row["値"], row["印字"]) for row in rows] == [(32_000_000, "約3,200万件"), (1_240, "延べ1,240人")]


def test_a_population_that_several_respondents_share_stands_once() -> None:
    drawn = charts.people_chart(cases(notices_wide.carriers()))
    assert drawn is not None
    assert [len(mark) for mark in drawn.marks] == [3]


def test_organisations_are_not_drawn_among_people(samples: tuple[Case, ...]) -> None:
    drawn = charts.people_chart(samples)
    assert drawn is not None
    assert all(not entry.words.endswith(("社", "団体")) for mark in drawn.marks for entry in mark)


def test_a_month_is_as_wide_as_it_may_mean() -> None:
    assert (charts._first("2024-02"), charts._last("2024-02")) == ("2024-02-01", "2024-02-29")
    assert (charts._first("2024"), charts._last("2024")) == ("2024-01-01", "2024-12-31")
    assert (charts._first("2024-02-03"), charts._last("2024-02-03")) == ("2024-02-03", "2024-02-03")


def test_without_anything_to_draw_there_is_no_chart() -> None:
    bare = cases(notices.consumer())
    assert charts.people_chart(bare) is None
    assert charts.time_chart(()) is None
    assert charts.authority_chart(()) is None
