"""The decision to answer: more of what speaks for an answer never makes it less sure, and silence gives its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.decide import Facts, Lacks, confidence, decide

MIDDLING = Facts(score=0.4, ahead=0.05, alike=0.5, missing=0.2, length=0.4, named=0.0, unsaid=0.0)


@pytest.mark.parametrize("fact", ["score", "ahead", "alike", "named"])
def test_what_speaks_for_an_answer_makes_it_surer(fact: str) -> None:
    assert confidence(replace(MIDDLING, **{fact: 0.9})) > confidence(MIDDLING)


def test_a_telling_word_that_is_not_met_makes_it_less_sure() -> None:
    assert confidence(replace(MIDDLING, missing=0.6)) < confidence(MIDDLING)


def test_an_amount_that_is_asked_for_and_that_no_quote_holds_makes_it_less_sure() -> None:
    assert confidence(replace(MIDDLING, unsaid=1.0)) < confidence(MIDDLING)


def test_a_clause_that_the_question_names_is_answered() -> None:
    named = Facts(score=0.1, ahead=0.0, alike=0.0, missing=0.0, length=0.0, named=1.0, unsaid=0.0)
    assert decide(named, Lacks, "「見本」５－３").answerable


def test_the_threshold_trades_one_error_for_the_other() -> None:
    sure = confidence(MIDDLING)
    assert decide(MIDDLING, Lacks, "「見本」１", threshold=sure - 0.01).answerable
    assert not decide(MIDDLING, Lacks, "「見本」１", threshold=sure + 0.01).answerable


@pytest.mark.parametrize(
    ("lacks", "nearest", "reason"),
    [
        (Lacks(), None, "問いの語に触れる条項が見つかりません。"),
        (
            Lacks(everywhere=("課徴金",)),
            "「見本」１",
            "『課徴金』に触れる条項がありません。最も近いのは「見本」１です。",
        ),
        (
            Lacks(here=("懲戒処分",)),
            "「見本」１",
            "問い全体に答える条項がありません。最も近いのは「見本」１ですが、『懲戒処分』には触れていません。",
        ),
        (
            Lacks(kinds=("金額", "人数や件数")),
            "「見本」１",
            "問いに答える条項がありません。最も近いのは「見本」１ですが、金額・人数や件数は書かれていません。",
        ),
        (
            Lacks(),
            "「見本」１",
            "問いに答える条項がありません。最も近いのは「見本」１ですが、問いの趣旨とは一致しません。",
        ),
    ],
)
def test_silence_says_what_the_nearest_clause_lacks(lacks: Lacks, nearest: str | None, reason: str) -> None:
    assert decide(MIDDLING, lambda: lacks, nearest, threshold=1.0).reason == reason
