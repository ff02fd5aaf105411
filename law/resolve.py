"""Resolving: what each mention of a passage leads to, from what the document says and has said.

A `Resolver` reads the passages in the order of the text and remembers what was named last, because
同条第２項, 及び第２項 and 第147条 lean on it. It looks up and never guesses (see `law.citation`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from law.document import Clause, ClauseKind
from law.mention import (
    Mention,
    MentionKind,
    Tight,
    find_mentions,
    find_quotes,
    separate,
)
from law.names import Name, is_guideline
from law.reference import Reference, ReferenceKind
from law.span import Span
from law.steps import Steps

_CONCERNED = re.compile(r"(?:(?:、|及び|並びに)[第\d一二三四五六七八九十百条項の]+)*関係[)）]?$")
_TO = frozenset(("から", "乃至", "ないし", "～", "〜", "~"))
"""What joins the two ends of a range."""


@dataclass(slots=True)
class Resolver(Steps):
    """Reads the passages of one document in order, remembering what was named last."""

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
