"""Labels: what ６－２－１①, 第２の１(3), 上記2), (1)の記録 and 別添１ lead to in the document itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from law.belonging import is_own
from law.mention import REFERRED, TAKEN_UP, Mention, MentionKind, goes_on, only_counts
from law.passage import Reading
from law.reference import ReferenceKind

_BRANCH = re.compile(r"([編章節款])の(\d+)$")
"""第２節の２ may be the second article between 第２節 and 第３節, or 2 in 第２節."""
_REFERS = re.compile(f"{TAKEN_UP}|{REFERRED}")
_REACH = 400  # characters looked back over


@dataclass(slots=True)
class Steps(Reading):
    """Reads the labels of a passage."""

    def _chain(self, mention: Mention) -> None:
        """６－２－１ of this document, or 3-4-4(2) of the guideline named before."""
        named = self._name_before(replace(mention, start=mention.core))
        is_decimal = named is None and "." in mention.steps[0]
        if is_decimal and (only_counts(mention, self._tight) or self._is_of_another(mention)):
            return
        is_others = named is not None and not is_own(named, self.names, self._tight)
        target = None if is_others else self.outline.clause(mention.steps, self._clause.path)
        guideline = self.names.full(named, self._tight.places[named.start]) if named else self._guideline_of()
        if target is None and guideline is not None:
            head, item = mention.steps[0], "".join(mention.steps[1:]) or None
            done = self._add(
                mention,
                ReferenceKind.GUIDELINE,
                law=guideline,
                article=head,
                item=item,
                resolved=True,
            )
            self._remember_guideline(done)
        elif target is not None or named or (self.outline.has_chains and self._goes_on(mention)):
            self._add(mention, ReferenceKind.SELF, target=target, resolved=target is not None)

    def _goes_on(self, chain: Mention) -> bool:
        """Whether a chained number stands in a sentence, and heads no cell of a table: ４－１に, not 4-1 国の機関."""
        return "." not in chain.steps[0] and goes_on(chain, self._tight)

    def _steps(self, mention: Mention) -> None:
        """前記第２の１(3), 詳細版、第３の１(1), Ⅰ．（２）１）; 同２） changes the last step of the one before."""
        steps, scope = mention.steps, None
        before = self.last
        if mention.pointer is None and self._is_of_another(mention):
            return
        if mention.kind is MentionKind.SAME:
            if before is None or not before.steps:
                return
            steps = (*before.steps[: len(before.steps) - len(steps)], *steps)
        elif mention.pointer is None:
            scope = self.names.scope(self._tight.text, mention.start, self._tight.places[mention.start])
            if scope is None and before is not None and before.joins(mention, self._tight):
                scope = before.scope
        target = self._target(steps, scope)
        if target is None and scope is None:
            apart = tuple(step for one in steps for step in _BRANCH.sub(r"\1 \2", one).split())
            target = self.outline.clause(apart, self._clause.path) if apart != steps else None
        if target is None and scope is None and mention.pointer is None:
            return
        self._add(mention, ReferenceKind.SELF, target=target, resolved=target is not None)
        if self.last is not None:
            self.last = replace(self.last, steps=steps, scope=scope)

    def _target(self, steps: tuple[str, ...], scope: str | None) -> str | None:
        """The clause that these steps lead to, in the part that is named or else from here."""
        return self.outline.clause((scope, *steps), "") if scope else self.outline.clause(steps, self._clause.path)

    def _taken_up(self, mention: Mention) -> None:
        """(1)の記録, 2.5)の項目: only what leads to a clause, and is not counted off in these very words."""
        if self._counts_off(mention):
            return
        first, *rest = mention.steps
        halved = replace(mention, start=mention.start + 1, core=mention.core + 1, steps=(first[1:], *rest))
        # The bracket of （4)(カ)を参照） is not the label's own.
        for one in (mention, halved) if first[0] == "(" else (mention,):
            if self.outline.clause(one.steps, self._clause.path) is not None:
                self._steps(one)
                return

    def _counts_off(self, mention: Mention) -> bool:
        """Whether the same label counts something off before it in the passage: (1)氏名、(2)住所のうち、(1)は."""
        text = self._tight.text
        label = re.compile(re.escape(mention.words[mention.core - mention.start :]))
        earlier = label.finditer(text, max(0, mention.core - _REACH), mention.core)
        return any(_REFERS.match(text, one.end()) is None for one in earlier)

    def _next(self, mention: Mention) -> None:
        """② in 2.2①及び②: the clause beside the one named before, where its label is of the same kind."""
        before = self.last
        if before is None or not before.joins(mention, self._tight):
            after = self._tight.text[mention.end :]
            if re.match(REFERRED, after) and not mention.words.isdecimal():
                self._steps(mention)
            elif _REFERS.match(after) and not mention.words[0].isalnum():
                self._taken_up(mention)
            return
        if not before.steps or not self.outline.are_alike(before.steps[-1], mention.steps[0]):
            return
        steps = (*before.steps[:-1], *mention.steps)
        target = self._target(steps, before.scope)
        if target is not None:
            self._add(mention, ReferenceKind.SELF, target=target, resolved=True)
            self.last = replace(self.last, steps=steps, scope=before.scope) if self.last else None

    def _annex(self, mention: Mention) -> None:
        """別添１ of this document; 資料２－２「…」 of another."""
        if self._is_of_another(mention):
            return
        target = self.outline.clause(mention.steps, self._clause.path)
        if target is None and len(mention.words) == 2:
            return  # 別紙: one without a number, which this document may not have
        if target is not None or not mention.words.startswith(("資料", "参考資料")):
            self._add(mention, ReferenceKind.SELF, target=target, resolved=target is not None)
            return
        end = mention.end
        if self._tight.text.startswith("「", end):
            end = self._tight.text.find("」", end) + 1 or end
        titled = replace(mention, end=end)
        self._add(titled, ReferenceKind.DOCUMENT, law=self._tight.printed[mention.start : end])
