"""Resolving: what each mention of a passage leads to, from what the document says and has said.

A `Resolver` reads the passages in the order of the text and remembers what was named last, because
同条第２項, 及び第２項 and 第147条 lean on it. It looks up and never guesses (see `law.citation`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from law.antecedent import Antecedent, Provisions
from law.belonging import is_of_another, is_own
from law.document import Clause, ClauseKind, Document
from law.mention import (
    REFERRED,
    TAKEN_UP,
    Mention,
    MentionKind,
    Tight,
    find_mentions,
    find_quotes,
    goes_on,
    only_counts,
    separate,
)
from law.names import Name, Names, is_guideline
from law.outline import Outline
from law.reference import Reference, ReferenceKind
from law.span import Span

_CONCERNED = re.compile(r"(?:(?:、|及び|並びに)[第\d一二三四五六七八九十百条項の]+)*関係[)）]?$")
_BRANCH = re.compile(r"([編章節款])の(\d+)$")
"""第２節の２ may be the second article between 第２節 and 第３節, or 2 in 第２節."""
_TO = frozenset(("から", "乃至", "ないし", "～", "〜", "~"))
"""What joins the two ends of a range."""


@dataclass(slots=True)
class Resolver:
    """Reads the passages of one document in order, remembering what was named last."""

    document: Document
    names: Names
    outline: Outline
    last: Antecedent | None = None
    guideline: tuple[str, str] | None = None
    law: str | None = None
    _clause: Clause = field(init=False)
    _tight: Tight = field(init=False)
    _provisions: Provisions = field(default_factory=Provisions)
    _done: list[Reference] = field(default_factory=list)

    def read(self, clause: Clause, tight: Tight) -> list[Reference]:
        """The references in one passage of a clause."""
        self._clause, self._tight = clause, tight
        self._done, self.last = [], None
        quotes = [q for q in find_quotes(tight) if self.outline.quoted(q.words, clause.path) is not None]
        for mention in separate([*self._named(), *quotes]):
            before = len(self._done)
            self._resolve(mention)
            if len(self._done) > before and mention.kind not in (MentionKind.NAME, MentionKind.QUOTE):
                self._stretch()
        return self._done

    def _named(self) -> list[Mention]:
        """The mentions, each provision with the name before it, and the names that stand alone."""
        found: list[Mention] = []
        for mention in find_mentions(self._tight):
            name = self._name_before(mention)
            found.append(replace(mention, start=name.start) if name else mention)
        for name in self.names.free(self._tight):
            found.append(Mention(MentionKind.NAME, name.start, name.end, name.words, name.start))
        return separate(found)

    def _name_before(self, mention: Mention) -> Name | None:
        end = mention.start
        if mention.kind is MentionKind.CHAIN:
            end -= self._tight.text.endswith("「", 0, end)
            end -= self._tight.text.endswith("の", 0, end)
            name = self.names.before(self._tight, end)
            return name if name and self._is_guideline(name) else None
        return self.names.before(self._tight, end) if mention.kind is MentionKind.PROVISION else None

    def _is_guideline(self, name: Name) -> bool:
        return is_guideline(self.names.full(name, self._tight.places[name.start]) or name.words)

    def _resolve(self, mention: Mention) -> None:
        match mention.kind:
            case MentionKind.PROVISION:
                self._provision(mention)
            case MentionKind.PART | MentionKind.RELATIVE:
                self._relative(mention)
            case MentionKind.CHAIN:
                self._chain(mention)
            case MentionKind.STEPS | MentionKind.SAME:
                self._steps(mention)
            case MentionKind.NEXT:
                self._next(mention)
            case MentionKind.TAKEN:
                self._taken_up(mention)
            case MentionKind.ANNEX:
                self._annex(mention)
            case _:
                self._resolve_words(mention)

    def _resolve_words(self, mention: Mention) -> None:
        """What is named by words or by a note's sign, not by a number of the outline."""
        match mention.kind:
            case MentionKind.NOTE:
                target = self.outline.note(mention.steps[0], self._clause.path)
                self._add(mention, ReferenceKind.SELF, target=target, resolved=target is not None)
            case MentionKind.NAME:
                self._name(mention)
            case MentionKind.QUOTE:
                target = self.outline.quoted(mention.words, self._clause.path)
                self._add(mention, ReferenceKind.SELF, target=target, resolved=target is not None)
            case MentionKind.PAPER:
                words = self._tight.printed[mention.start : mention.end]
                self._add(mention, ReferenceKind.DOCUMENT, law=words)

    def _provision(self, mention: Mention) -> None:
        """法第23条; 第147条 of the law named before in the sentence; 第三条 of the statute itself."""
        name = self.names.before(self._tight, mention.core)
        law: str | None
        if name is not None:
            law = self.law if name.words == "同法" else self.names.full(name, self._tight.places[name.start])
            kind = ReferenceKind.GUIDELINE if self._is_guideline(name) else ReferenceKind.LAW
        else:
            is_statute = self.outline.article_of(self._clause.path) is not None
            carried = self._provisions.carried(mention, self._tight, is_statute=is_statute)
            is_own = is_statute or self._is_of_annex(mention)
            if carried is None and is_own:
                self._own_article(mention, mention.article)
                return
            law = carried.law if carried else None
            kind = carried.kind if carried else ReferenceKind.LAW
        if kind is ReferenceKind.SELF:
            self._own_article(mention, mention.article)
            return
        self.law = law or self.law
        done = self._add(
            mention,
            kind,
            law=law,
            article=mention.article,
            paragraph=mention.paragraph,
            item=mention.item,
            resolved=law is not None,
        )
        self._remember_guideline(done)
        self._provisions.keep(self.last)

    def _is_of_annex(self, mention: Mention) -> bool:
        """Whether a label names the article its annex belongs to: 別紙様式第１号（第６条関係）."""
        return _CONCERNED.match(self._tight.text, mention.end) is not None and self.outline.has_articles

    def _relative(self, mention: Mention) -> None:
        """同条第２項 and 及び第２項 lean on the provision before; 前項 and 次条 on the statute's own order."""
        before = self._provisions.before(mention, self._tight)
        leans = mention.pointer is not None and mention.pointer.startswith("同")
        if mention.kind is MentionKind.PART:
            leans = before is not None and before.joins(mention, self._tight)
            if not leans and self.outline.article_of(self._clause.path) is None:
                return
        if leans and before is not None:
            base = before.reference
            kept = None if mention.pointer == "同条" else base.paragraph
            item = base.item if mention.pointer == "同号" else None
            new = replace(mention, paragraph=mention.paragraph or kept, item=mention.item or item)
            if base.kind is ReferenceKind.SELF:
                self._own_article(new, base.article)
            else:
                self._add_like(new, base)
            self._provisions.keep(self.last)
        elif mention.kind is MentionKind.PART:
            own = self.outline.article_of(self._clause.path)
            self._own_article(mention, self.outline.article_number(own) if own else None)
        else:
            self._beside(mention)

    def _beside(self, mention: Mention) -> None:
        """前項, 次条, 本条: the paragraph or article beside the one the words stand in."""
        target = self.outline.relative(mention.pointer or "", self._clause.path)
        target = self.outline.within(target, mention.paragraph, mention.item) if target else None
        article, paragraph = self.outline.place_of(target) if target else (None, None)
        self._add(
            mention,
            ReferenceKind.SELF,
            target=target,
            article=article,
            paragraph=mention.paragraph or paragraph,
            item=mention.item,
            resolved=target is not None,
        )
        self._provisions.keep(self.last)

    def _add_like(self, mention: Mention, base: Reference) -> None:
        self._add(
            mention,
            base.kind,
            law=base.law,
            article=base.article,
            paragraph=mention.paragraph,
            item=mention.item,
            resolved=base.resolved,
        )

    def _own_article(self, mention: Mention, article: str | None) -> None:
        found = self.outline.article(article, self._clause.path) if article else None
        target = self.outline.within(found, mention.paragraph, mention.item) if found else None
        self._add(
            mention,
            ReferenceKind.SELF,
            target=target,
            article=article,
            paragraph=mention.paragraph,
            item=mention.item,
            resolved=target is not None,
        )
        self._provisions.keep(self.last)

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

    def _guideline_of(self) -> str | None:
        if self.guideline is None or self.outline.has_chains:
            return None
        place, name = self.guideline
        return name if self.outline.is_under(self._clause.path, place) else None

    def _remember_guideline(self, reference: Reference) -> None:
        if reference.kind is ReferenceKind.GUIDELINE and reference.law is not None:
            self.guideline = (self._clause.path, reference.law)

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
        target = self.outline.clause((scope, *steps), "") if scope else self.outline.clause(steps, self._clause.path)
        if target is None and scope is None:
            apart = tuple(step for one in steps for step in _BRANCH.sub(r"\1 \2", one).split())
            target = self.outline.clause(apart, self._clause.path) if apart != steps else None
        if target is None and scope is None and mention.pointer is None:
            return
        self._add(mention, ReferenceKind.SELF, target=target, resolved=target is not None)
        if self.last is not None:
            self.last = replace(self.last, steps=steps, scope=scope)

    def _taken_up(self, mention: Mention) -> None:
        """(1)の記録, 2.5)の項目: only what leads to a clause, and is not counted off in these very words."""
        if self._counts_off(mention):
            return
        first, *rest = mention.steps
        halved = replace(mention, start=mention.start + 1, core=mention.core + 1, steps=(first[1:], *rest))
        for one in (
            (mention, halved) if first[0] == "(" else (mention,)
        ):  # the bracket of （4)(カ)を参照） is not its own
            if self.outline.clause(one.steps, self._clause.path) is not None:
                self._steps(one)
                return

    def _counts_off(self, mention: Mention) -> bool:
        """Whether the same label counts something off before it in the passage: (1)氏名、(2)住所のうち、(1)は."""
        before = self._tight.text[: mention.core]
        label = mention.words[mention.core - mention.start :]
        return any(not re.match(TAKEN_UP, before[one.end() :]) for one in re.finditer(re.escape(label), before))

    def _is_of_another(self, mention: Mention) -> bool:
        return is_of_another(mention, self._tight, self.names, self.last)

    def _next(self, mention: Mention) -> None:
        """② in 2.2①及び②: the clause beside the one named before, where its label is of the same kind."""
        before = self.last
        if before is None or not before.joins(mention, self._tight):
            after = self._tight.text[mention.end :]
            if re.match(REFERRED, after) and not mention.words.isdecimal():
                self._steps(mention)
            elif re.match(rf"(?:{TAKEN_UP})", after) and not mention.words[0].isalnum():
                self._taken_up(mention)
            return
        if not before.steps or not self.outline.are_alike(before.steps[-1], mention.steps[0]):
            return
        steps = (*before.steps[:-1], *mention.steps)
        here = self._clause.path
        target = self.outline.clause((before.scope, *steps), "") if before.scope else self.outline.clause(steps, here)
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

    def _name(self, mention: Mention) -> None:
        """A law or a guideline named as a whole; a short name only sets what follows."""
        printed = self._tight.printed[mention.start : mention.start + len(mention.words)]
        name = Name(mention.start, mention.end, mention.words, printed)
        full = self.names.full(name, self._tight.places[mention.start])
        if full is None:
            return
        kind = ReferenceKind.GUIDELINE if is_guideline(full) else ReferenceKind.LAW
        if kind is ReferenceKind.GUIDELINE:
            self.guideline = (self._clause.path, full)
        else:
            self.law = full
        is_title = self._clause.kind is ClauseKind.FRONT and "。" not in self._tight.text  # a name is no reference
        if not is_title and (len(mention.words) > 6 or full == name.printed):
            self._add(mention, kind, law=full, resolved=True)

    def _stretch(self) -> None:
        """Turn ６－１ or １(1)ア that a range begins, or its end, into one reference a clause."""
        last = self.last
        if last is None or last.reference.target is None:
            return
        target, end = last.reference.target, last.end
        close = self.outline.range_end(self._tight.text, end, target)
        members: tuple[str, ...] = ()
        first = last.reference
        if close is not None:
            end, members = close
        elif len(self._done) > 1 and (start := self._range_start()) is not None:
            first = start
            members = self.outline.between(start.target or "", target)
            end += self._tight.text.startswith("まで", end) * 2
            if members:
                self._done.remove(start)
        if not members:
            return
        span = Span(first.span.start, self._tight.source(0, end).end)
        words = span.of(self.document.text)
        self._done.remove(last.reference)
        made = [replace(last.reference, surface=words, span=span, target=member) for member in members]
        self._done.extend(made)
        self.last = replace(last, reference=made[-1], end=end)

    def _range_start(self) -> Reference | None:
        """The reference before the last one, when から, 乃至 or ～ joins the two."""
        first, second = self._done[-2:]
        between = (
            Span(first.span.end, second.span.start).of(self.document.text)
            if first.span.end <= second.span.start
            else ""
        )
        return first if first.target and "".join(between.split()) in _TO else None

    def _add(
        self,
        mention: Mention,
        kind: ReferenceKind,
        *,
        target: str | None = None,
        law: str | None = None,
        article: str | None = None,
        paragraph: str | None = None,
        item: str | None = None,
        resolved: bool = False,
    ) -> Reference:
        span = self._tight.source(mention.start, mention.end)
        reference = Reference(
            span.of(self.document.text), span, self._clause.path, kind, target, law, article, paragraph, item, resolved
        )
        self._done.append(reference)
        self.last = Antecedent(reference, self._tight, mention.end, mention.steps)
        return reference
