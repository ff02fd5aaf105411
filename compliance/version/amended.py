"""What an amendment does to the duties: added, dropped, made stricter or laxer, or only worded anew.

Duties are paired by the clauses they stand in (`compliance.version.pairing`) and by their words. A permission that
relaxes a duty counts against it: taking it away makes the duty stricter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compliance.duty.context import is_permission
from compliance.obligations import Obligation, SubDuty, obligations
from compliance.scale import alike
from compliance.version.alignment import in_order
from compliance.version.contrast import Contrast
from compliance.version.strictness import Reason, by_count, by_level, by_words
from index.excerpt import plain, written_path
from law.document import Document
from law.fold import squash
from law.span import Span

_ALIKE = 0.35
_ELSEWHERE = 0.6


class Turn(StrEnum):
    """What became of a duty."""

    ADDED = "新設"
    DROPPED = "廃止"
    STRICTER = "強化"
    LAXER = "緩和"
    REWORDED = "文言の変更"


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty of the newer version, of the older or of both, what became of it, and the measured reasons."""

    turn: Turn
    new: Obligation | None
    old: Obligation | None
    reasons: tuple[str, ...] = ()
    item: SubDuty | None = None
    """The listed item of the newer duty that the older one is now."""

    @property
    def new_place(self) -> str | None:
        """The clause of the newer version it stands in."""
        return self.item.clause if self.item else self.new.clause if self.new else None

    @property
    def new_words(self) -> Span | None:
        """Where the newer version says it."""
        return self.item.span if self.item else self.new.span if self.new else None

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands: by the newer version, a dropped one by the older."""
        one = self.new or self.old
        return (0 if self.new else 1, one.span.start if one else 0)


def amended(
    made: Contrast, new: Sequence[Obligation] | None = None, old: Sequence[Obligation] | None = None
) -> tuple[DutyChange, ...]:
    """The duties that an amendment touches, in the newer version's order, dropped ones behind.

    `new` and `old` are the obligations of both versions where they are at hand.
    """
    ours = obligations(made.new) if new is None else new
    theirs = obligations(made.old) if old is None else old
    pairs = _paired(made, ours, theirs)
    taken = set(pairs.values())
    found = [_compared(made, ours[i], theirs[j]) for i, j in pairs.items()]
    found += [_alone(ours[i], ours, Turn.ADDED) for i in range(len(ours)) if i not in pairs]
    for j, other in enumerate(theirs):
        if j not in taken:
            found.append(_promoted(made, other, ours) or _alone(other, theirs, Turn.DROPPED))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.order))


def _paired(made: Contrast, ours: Sequence[Obligation], theirs: Sequence[Obligation]) -> dict[int, int]:
    """Duties in paired clauses, in their order; then what is left, anywhere, where it says much the same."""
    mine, other = _by_clause(ours), _by_clause(theirs)

    def like(i: int, j: int) -> float:
        score = alike(_quote(made.new, ours[i]), _quote(made.old, theirs[j]))
        same = is_permission(ours[i].level) == is_permission(theirs[j].level)
        return score if score >= _ALIKE and same else 0.0

    out: dict[int, int] = {}
    for path, places in mine.items():
        there = other.get(made.pairs.get(path, ""), [])
        for i, j in in_order(len(places), len(there), lambda i, j, a=places, b=there: like(a[i], b[j])):  # type: ignore[misc]
            out[places[i]] = there[j]
    taken = set(out.values())
    free = [i for i in range(len(ours)) if i not in out]
    left = [j for j in range(len(theirs)) if j not in taken]
    found = [(score, -i, -j) for i in free for j in left if (score := like(i, j)) >= _ELSEWHERE]
    for _, i, j in sorted(found, reverse=True):
        if -i not in out and -j not in taken:
            out[-i] = -j
            taken.add(-j)
    return out


def _by_clause(held: Sequence[Obligation]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for i, one in enumerate(held):
        table.setdefault(one.clause, []).append(i)
    return table


def _compared(made: Contrast, new: Obligation, old: Obligation) -> DutyChange | None:
    ours, theirs = _quote(made.new, new), _quote(made.old, old)
    reasons = [*by_level(new.level, old.level), *_items(made, new, old)]
    if not is_permission(new.level):
        reasons += [*by_words(ours, theirs), *_exceptions(made, new, old)]
    if not reasons and squash(ours) == squash(theirs):
        return None
    return DutyChange(_turn(reasons), new, old, tuple(one.words for one in reasons))


def _turn(reasons: Sequence[Reason]) -> Turn:
    """Stricter or laxer where all reasons agree."""
    ways = {one.stricter for one in reasons}
    if ways == {True}:
        return Turn.STRICTER
    return Turn.LAXER if ways == {False} else Turn.REWORDED


def _items(made: Contrast, new: Obligation, old: Obligation) -> Iterator[Reason]:
    """Listed items and cases that came, went, or were made stricter or laxer; of a permission, nothing is said."""
    if is_permission(new.level):
        return
    for name, mine, other in (("細目", new.items, old.items), ("場合", new.cases, old.cases)):
        yield from _listed(made, name, mine, other)


def _listed(made: Contrast, name: str, new: Sequence[SubDuty], old: Sequence[SubDuty]) -> Iterator[Reason]:
    ours, theirs = ({one.clause: one.span for one in side} for side in (new, old))
    kept = {path: made.pairs[path] for path in ours if made.pairs.get(path) in theirs}
    added = [_item(path) for path in ours if path not in kept]
    dropped = [_item(path) for path in theirs if path not in kept.values()]
    yield from by_count(name, added, dropped, more_is_stricter=True)
    for path, old_path in kept.items():
        words = _words(made.new, ours[path]), _words(made.old, theirs[old_path])
        yield from (Reason(f"{_item(path)}　{one.words}", one.stricter) for one in by_words(*words))


def _item(path: str) -> str:
    return written_path(path.rpartition(" > ")[2])


def _exceptions(made: Contrast, new: Obligation, old: Obligation) -> Iterator[Reason]:
    ours = {squash(words): words for words in (_words(made.new, one) for one in new.exceptions)}
    theirs = {squash(words): words for words in (_words(made.old, one) for one in old.exceptions)}
    added, dropped = (
        [ours[key] for key in ours if key not in theirs],
        [theirs[key] for key in theirs if key not in ours],
    )
    if bool(added) != bool(dropped):
        yield from by_count(
            "例外", [f"「{one}」" for one in added], [f"「{one}」" for one in dropped], more_is_stricter=False
        )


def _alone(one: Obligation, among: Sequence[Obligation], turn: Turn) -> DutyChange:
    """A duty that came or went; of a permission, what that does to the duty it relaxes."""
    host = next((duty for duty in among if duty.id == one.exception_of), None)
    if host is not None:
        verb = "新設" if turn is Turn.ADDED else "削除"
        reason = f"{written_path(host.clause)}の義務を緩和する定めの{verb}"
        turn = Turn.LAXER if turn is Turn.ADDED else Turn.STRICTER
        return DutyChange(turn, *_sides(one, is_new=verb == "新設"), (reason,))
    return DutyChange(turn, *_sides(one, is_new=turn is Turn.ADDED))


def _sides(one: Obligation, *, is_new: bool) -> tuple[Obligation | None, Obligation | None]:
    return (one, None) if is_new else (None, one)


def _promoted(made: Contrast, old: Obligation, ours: Sequence[Obligation]) -> DutyChange | None:
    """A duty whose words are now a listed item of another: its grade is that duty's."""
    now: Mapping[str, str] = {other: mine for mine, other in made.pairs.items()}
    found = next(((duty, one) for duty in ours for one in duty.items if one.clause == now.get(old.clause)), None)
    if found is None:
        return None
    host, item = found
    reasons = [*by_level(host.level, old.level)]
    said = f"{written_path(host.clause)}の細目に"
    return DutyChange(_turn(reasons), host, old, (said, *(one.words for one in reasons)), item)


def _quote(document: Document, one: Obligation) -> str:
    return _words(document, one.span)


def _words(document: Document, span: Span) -> str:
    return plain(span.of(document.text))
