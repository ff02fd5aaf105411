"""Cases read out of documents, scored against records made by hand.

    python -m bench.cases --kb KB [--gold ../shared/gold/cases.json] [--missing]

A fact is right when its document, field, party and normalised value agree with a gold fact that no other
fact has taken, and its quote is `match`. Values are compared as far as they are values: dates, numbers with
their unit, provisions, kinds of measure with basis, date and deadline. Facts that are sentences (causes,
remedies, deficiencies, …) agree when they stand in the same clause and one quote holds half of the other,
and for deficiencies the printed category, for remedies the date, agree too.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compliance.case.contract import case_json
from compliance.cases import cases
from law.fold import squash
from law.store import Store

Json = dict[str, Any]
"""A JSON object of the gold or of the contract."""
_FIELDS = {
    "misconduct_period": "period",
    "affected_caveats": "caveats",
    "remedial": "remedies",
    "assessment": "assessments",
}
"""Gold's names for what the contract calls otherwise."""
_ORDER = (
    "authority",
    "action_date",
    "respondent",
    "relation",
    "affected",
    "caveats",
    "period",
    "discovery",
    "perpetrator",
    "violations",
    "measures",
    "deficiencies",
    "causes",
    "remedies",
    "assessments",
    "amounts",
)
_KINDS = {"会計検査院の所見": "所見", "継続検査": "継続検査"}
_RELATIONS = {"元従業者の所属": "所属先", "監督官庁": "監督官庁"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of one party's case, ours or gold's."""

    case: str
    field: str
    leaf: Json

    @property
    def line(self) -> str:
        """The fact on a line for people."""
        shown = {
            k: v for k, v in self.leaf.items() if isinstance(v, str | int | list) and k not in ("quote", "verdict")
        }
        return f"{self.case} {self.field}: {shown} 「{self.leaf['quote'][:70]}」"


@dataclass(frozen=True, slots=True)
class Score:
    """The facts that are right, ours that are wrong, and gold's that are missing."""

    right: tuple[Fact, ...]
    wrong: tuple[Fact, ...]
    missing: tuple[Fact, ...]


def facts(case: str, record: Json) -> Iterator[Fact]:
    """The facts of a record that have a quote, under the contract's field names."""
    for key, held in record.items():
        field = _FIELDS.get(key, key)
        for leaf in held if isinstance(held, list) else [held]:
            if field in _ORDER and isinstance(leaf, dict) and leaf.get("quote"):
                yield Fact(case, field, leaf)


def party_key(record: Json) -> tuple[str, str, str]:
    """Document, authority and respondent: what makes two records one case."""
    respondent = squash(str(record["respondent"]["value"]))
    return record["doc"], squash(str(record["authority"]["value"])), respondent


def is_same_case(ours: Json, gold: Json) -> bool:
    """Whether two records are of one authority and respondent; a name may carry an explanation in brackets."""
    a, b = party_key(ours), party_key(gold)
    return a[:2] == b[:2] and re.split(r"[(（]", a[2])[0] == re.split(r"[(（]", b[2])[0]


def score(ours: Sequence[Json], gold: Sequence[Json]) -> Score:
    """Our records against gold's; a record without its like counts wholly as wrong or missing."""
    right: list[Fact] = []
    wrong: list[Fact] = []
    missing: list[Fact] = []
    left = list(ours)
    for record in gold:
        mine = next((one for one in left if is_same_case(one, record)), None)
        wanted = list(facts(record["id"], record))
        if mine is None:
            missing.extend(wanted)
            continue
        left.remove(mine)
        for fact in facts(record["id"], mine):
            same = next((g for g in wanted if g.field == fact.field and agrees(fact, g)), None)
            if same is not None and fact.leaf["verdict"] == "match":
                wanted.remove(same)
                right.append(fact)
            else:
                wrong.append(fact)
        missing.extend(wanted)
    wrong.extend(fact for record in left for fact in facts(record["case"], record))
    return Score(tuple(right), tuple(wrong), tuple(missing))


def agrees(fact: Fact, gold: Fact) -> bool:
    """Whether our fact says what the gold fact says."""
    return _AGREE.get(fact.field, _same_words)(fact.leaf, gold.leaf)


def _same_value(ours: Json, gold: Json) -> bool:
    a, b = squash(str(ours["value"])), squash(str(gold["value"]))
    return a == b or re.split(r"[(（]", a)[0] == re.split(r"[(（]", b)[0]


def _same_relation(ours: Json, gold: Json) -> bool:
    return _RELATIONS.get(ours["value"], ours["value"]) in gold["value"]


def _same_person(ours: Json, gold: Json) -> bool:
    return squash(gold["value"]).startswith(squash(ours["value"]))


def _same_number(ours: Json, gold: Json) -> bool:
    is_about = bool(ours["qualifier"])
    unit = ours["unit"].rstrip("分") == gold["unit"].rstrip("分")
    return ours["value"] == gold["value"] and unit and is_about == bool(gold["approx"])


def _same_amount(ours: Json, gold: Json) -> bool:
    return squash(ours["as_printed"]).removeprefix("計").replace("、計", "、") == squash(gold["value"]).removeprefix(
        "計"
    )


def _same_period(ours: Json, gold: Json) -> bool:
    return (ours["start"], ours["end"]) == (gold["value"]["from"], gold["value"]["to"])


def _law(leaf: Json) -> tuple[str, ...]:
    law = leaf.get("law")
    return tuple(law) if isinstance(law, list) else (law,) if law else ()


def _number(leaf: Json) -> tuple[object, ...]:
    return _law(leaf), *(str(leaf[k]) if leaf.get(k) else None for k in ("article", "paragraph", "item"))


def _same_violation(ours: Json, gold: Json) -> bool:
    version = ours["version"] or ""
    is_version = version in (gold.get("version") or "") and bool(version) == ("改正" in (gold.get("version") or ""))
    is_words = bool(ours["article"]) or _overlap(ours["quote"], gold["quote"])
    return _number(ours) == _number(gold) and is_version and is_words


def _same_measure(ours: Json, gold: Json) -> bool:
    kind = str(_KINDS.get(gold["type"], gold["type"])).split("（")[0]
    if ours["measure"] != kind or (ours["deadline"] != gold["deadline"] and _iso(ours) != gold["deadline"]):
        return False
    basis = [b for b in _many(gold["legal_basis"]) if b["law"]]
    mine = _many(ours["basis"])
    return [_number(b) for b in mine] == [_number(b) for b in basis] and ours["date"] == gold["date"]


def _iso(ours: Json) -> str:
    """A term in one width, as gold writes it."""
    return squash(ours["deadline"] or "")


def _many(held: Json | list[Json] | None) -> list[Json]:
    return held if isinstance(held, list) else [held] if held else []


def _same_words(ours: Json, gold: Json) -> bool:
    mine, theirs = ([squash(step) for step in leaf["clause"].split(" > ")] for leaf in (ours, gold))
    # gold cites some notes by the clause they are in
    return mine[: len(theirs)] == theirs and _overlap(ours["quote"], gold["quote"])


def _same_deficiency(ours: Json, gold: Json) -> bool:
    is_unnamed = gold["category_source"] != "printed" or "区分の記載なし" in gold["category"]
    return (is_unnamed or gold["category"].startswith(ours["category"])) and _same_words(ours, gold)


def _same_remedy(ours: Json, gold: Json) -> bool:
    return ours["date"] == gold.get("date") and _same_words(ours, gold)


_AGREE: dict[str, Callable[[Json, Json], bool]] = {
    "authority": _same_value,
    "action_date": _same_value,
    "respondent": _same_value,
    "relation": _same_relation,
    "affected": _same_number,
    "period": _same_period,
    "perpetrator": _same_person,
    "violations": _same_violation,
    "measures": _same_measure,
    "deficiencies": _same_deficiency,
    "remedies": _same_remedy,
    "amounts": _same_amount,
}


def _overlap(ours: str, gold: str) -> bool:
    """Whether one quote holds at least half of the other, in one stretch."""
    a, b = sorted((squash(ours), squash(gold)), key=len)
    half = max(4, len(a) // 2)
    return any(a[i : i + half] in b for i in range(len(a) - half + 1))


def _report(result: Score) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, group in (("right", result.right), ("wrong", result.wrong), ("missing", result.missing)):
        for fact in group:
            counts[fact.field][name] += 1
            counts["all"][name] += 1
    print(f"{'field':14}{'gold':>6}{'ours':>6}{'right':>7}{'precision':>11}{'recall':>8}")
    for field in ("all", *_ORDER):
        n = counts[field]
        gold, ours = n["right"] + n["missing"], n["right"] + n["wrong"]
        precision, recall = n["right"] / max(ours, 1), n["right"] / max(gold, 1)
        print(f"{field:14}{gold:6}{ours:6}{n['right']:7}{precision:11.3f}{recall:8.3f}")


def main() -> None:
    """Score the cases of a knowledge base."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kb", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/cases.json"))
    parser.add_argument("--missing", action="store_true", help="name what is missing or wrong")
    options = parser.parse_args()
    gold: list[Json] = json.loads(options.gold.read_text(encoding="utf-8"))
    ours: list[Json] = []
    with Store.open(options.kb) as store:
        for id in sorted({record["doc"] for record in gold}):
            document = store.document(id)
            ours.extend(case_json(case, document) for case in cases(document))
    result = score(ours, gold)
    _report(result)
    if options.missing:
        for name, group in (("wrong", result.wrong), ("missing", result.missing)):
            print(f"\n{name}")
            print("\n".join(fact.line for fact in group))


if __name__ == "__main__":
    main()
