"""Counts of the affected, and the sums that documents print."""

from __future__ import annotations

import pytest
from documents import Row, document

from compliance.case.figures import affected
from compliance.case.narrative import Narrative, Place
from compliance.case.parties import Parties
from compliance.case.reconcile import Check, Figure, Outcome, summed, sums
from law.span import Span


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("個人データ約928万人分を持ち出した。", [(9_280_000, "人分", "約")]),
        ("延べ１億2,003万件の記録が流出した。", [(120_030_000, "件", "延べ")]),
        ("氏名等2,160人余が漏えいした。", [(2_160, "人", "余")]),
        ("少なくとも500名以上の情報が流出した。", [(500, "名", "少なくとも以上")]),
        ("口座情報9,418万余件が流出した。", [(94_180_000, "件", "余")]),
        ("投資信託約775万人、国債約52万人の情報が流出した。", [(7_750_000, "人", "約"), (520_000, "人", "約")]),
        ("保守を担当する９名が持ち出した。", []),
        ("４人の保守運用担当者が不正に接続した。", []),
        ("8,430件のお問い合わせがあり、流出を確認した。", []),
        ("少なくとも42回にわたって持ち出した。", []),
        ("受取人3,000人に通知した。", []),
    ],
)
def test_a_count_keeps_its_value_unit_and_qualifier(words: str, expected: list[tuple[int, str, str]]) -> None:
    narrative = Narrative(document([Row("１", words)]))
    found = affected(narrative, Parties(narrative))
    assert [(one.value, one.unit, one.qualifier) for one in found] == expected


def test_several_populations_are_kept_apart_with_their_scopes() -> None:
    rows = [Row("１", "：投資信託　約775万人、国債　約52万人", "販売のためにリスト化したお客さまの人数")]
    narrative = Narrative(document(rows))
    assert [one.scope for one in affected(narrative, Parties(narrative))] == [
        "販売のためにリスト化したお客さまの人数：投資信託",
        "販売のためにリスト化したお客さまの人数：国債",
    ]


def checks(*words: str) -> list[str]:
    """The sums of a made-up document, as one would write them."""
    rows = [Row(f"{i}", line) for i, line in enumerate(words, 1)]
    return [check.written for check in sums(document(rows))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # 余 is "and a little more": 4687万 + 4730万 = 9417万, and what was cut makes up for the rest
        (["計9418万余円（甲省分4687万余円、乙機構分4730万余円）"], ["4687万余円 + 4730万余円 ≒ 計9418万余円"]),
        (["計9419万余円（甲省分4687万余円、乙機構分4730万余円）"], ["4687万余円 + 4730万余円 ≠ 計9419万余円"]),
        (["計9417万円（甲省分4687万円、乙機構分4730万円）"], ["4687万円 + 4730万円 = 計9417万円"]),
        (
            ["民間事業者30社、独立行政法人１機関及び地方公共団体38団体", "委託元は計69団体である。"],
            ["30社 + １機関 + 38団体 = 計69団体"],
        ),
        (
            ["民間事業者30社、独立行政法人１機関及び地方公共団体38団体", "委託元は計70団体である。"],
            ["30社 + １機関 + 38団体 ≠ 計70団体"],
        ),
        (
            ["取組21項目のうち、完了は13項目、実施中は6項目、未着手は2項目である。"],
            ["13項目 + 6項目 + 2項目 = 21項目"],
        ),
        (["委託元は計69団体である。"], []),
    ],
)
def test_a_printed_sum_is_checked_and_a_contradiction_shown(words: list[str], expected: list[str]) -> None:
    assert checks(*words) == expected


def test_a_total_holds_because_of_what_was_cut_from_its_parts() -> None:
    def figure(man: int) -> Figure:
        return Figure("d", man * 10_000, "円", f"{man}万余円", 10_000, is_open=True, place=Place("１", Span(0, 1)))

    total, parts = figure(9418), (figure(4687), figure(4730))
    assert summed(total, parts) == Check(Outcome.HOLDS_ROUNDED, total, parts)
