"""The outline of a document as references see it: clauses by their labels, from where one stands.

A label is looked up from the clause it stands in outward: 前記(2)エ in 第２ > ２ > (3) > ウ is first sought
in (3), then in ２, where it is found. Two clauses with the same labels at the same distance are none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from law.document import Clause, ClauseKind, Document
from law.label import Label, Style, normal_label, normal_path, read_label
from law.mention import Tight, one_width, typed_steps
from law.numeral import number
from law.span import Span

_normal = lru_cache(maxsize=4096)(normal_label)
_label = lru_cache(maxsize=4096)(read_label)
Steps = tuple[str, ...]
_RANGE = re.compile(r"(?:乃至|ないし|から|~)([ア-ン](?![ァ-ヶー])|\([ア-ン\d]{1,2}\)|[①-⑳⑴-⒇])(?:まで)?")


class Outline:
    """The clauses of one document by their steps: the lookup forms of their labels from the root."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._paths = [clause.path for clause in document.clauses]
        self._steps = {path: steps_of(path) for path in self._paths}
        self._by_steps: dict[Steps, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        for path, steps in self._steps.items():
            self._by_steps.setdefault(steps, []).append(path)
            self._by_last.setdefault(steps[-1], []).append(path)
        self._order = {path: i for i, path in enumerate(self._paths)}
        articles = (path for path in self._paths if _style(self._steps[path][-1]) is Style.ARTICLE)
        self._article_order = {path: i for i, path in enumerate(articles)}
        self.has_chains = any(_style(steps[-1]) is Style.CHAIN for steps in self._steps.values())
        self.has_articles = bool(self._article_order)
        self._quotes: dict[str, list[str]] | None = None

    def clause(self, steps: Steps, here: str) -> str | None:
        """The clause that the steps lead to from here outward, or the only one whose path ends so."""
        wanted = tuple(_normal(step) for step in steps)
        scope = self._steps.get(here, ())
        for depth in range(len(scope), -1, -1):
            found = self._by_steps.get((*scope[:depth], *wanted))
            if found:
                return found[0] if len(found) == 1 else None
        ends = self.ending(wanted)
        return ends[0] if len(ends) == 1 and _style(wanted[0]) in _ABSOLUTE else None

    @staticmethod
    def are_alike(one: str, other: str) -> bool:
        """Whether two labels are written in the same way: ① and ②, (1) and (2)."""
        return _style(_normal(one)) is _style(_normal(other))

    def steps(self, path: str) -> Steps:
        """The lookup forms of a clause's labels, from the root."""
        return self._steps[path]

    def ending(self, steps: Steps) -> list[str]:
        """The clauses whose path ends with these steps, in reading order."""
        return [path for path in self._by_last.get(steps[-1], ()) if self._steps[path][-len(steps) :] == steps]

    def is_under(self, path: str, ancestor: str) -> bool:
        """Whether the clause is the ancestor or stands in it."""
        scope = self._steps.get(ancestor, ())
        return self._steps.get(path, ())[: len(scope)] == scope

    def note(self, words: str, here: str) -> str | None:
        """The note of that number in the clause, or in the nearest ancestor that has just one."""
        figures = re.sub(r"\D", "", one_width(words))
        sign = "※" if words.startswith("※") else "注"
        notes = [
            path
            for path in self._paths
            if self._document.by_path[path].kind is ClauseKind.NOTE
            and sign in self._steps[path][-1]
            and re.sub(r"\D", "", self._steps[path][-1]) == figures
        ]
        scope = self._steps.get(here, ())
        for depth in range(len(scope), 0, -1):
            mine = [path for path in notes if self._steps[path][:depth] == scope[:depth] and path != here]
            if mine:
                return mine[0] if len(mine) == 1 else None
        return None

    def quoted(self, words: str, here: str) -> str | None:
        """The item, else the heading, that reads exactly so: the only one, from here outward."""
        if self._quotes is None:
            self._quotes = self._quotable()
        found = [path for path in self._quotes.get(one_width(words), ()) if path != here]
        items = [path for path in found if self._document.by_path[path].kind is ClauseKind.ITEM]
        for candidates in (items, found):
            for scope in (*self._up(here), None):
                mine = [path for path in candidates if scope is None or scope in self._up(path)]
                if mine:
                    return mine[0] if len(mine) == 1 else None
        return None

    def _up(self, path: str) -> list[str]:
        """The clause and its parents, nearest first; ６－２－１ stands under ６－２, whose path it does not repeat."""
        up = [path]
        while (parent := self._document.by_path[up[-1]].parent) is not None:
            up.append(parent)
        return up

    def _quotable(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for clause in self._document.clauses:
            words = set()
            if clause.kind is ClauseKind.ITEM and len(clause.own) == 1 and len(clause.own[0]) <= 90:
                words.add(Tight.of(self._document.text, clause.own[0]).text.rstrip("。"))
            if clause.heading is not None:
                heading = Tight.of(self._document.text, clause.heading).text
                words.add(heading[1:-1] if heading.startswith("(") and heading.endswith(")") else heading)
                words.add(one_width(clause.label) + heading)  # 「５ 成分及び分量欄」
            for one in words:
                table.setdefault(one, []).append(clause.path)
        return table

    # Statutes

    def article_of(self, path: str) -> str | None:
        """The article that the clause is or stands in."""
        return next((one for one in self._up(path) if _style(self._steps[one][-1]) is Style.ARTICLE), None)

    def article_number(self, path: str) -> str:
        """The number of an article as references write it: 第二十三条の二 → 23-2."""
        return "-".join(re.findall(r"\d+", self._steps[path][-1]))

    def article(self, number: str, here: str) -> str | None:
        """The article of that number in the same root as here, when it is the only one."""
        head, *rest = number.split("-")
        label = f"第{head}条" + "".join(f"の{part}" for part in rest)
        root = self._steps.get(here, ("",))[0]
        found = self._by_last.get(label, [])
        near = [path for path in found if self._steps[path][0] == root] if len(found) > 1 else found
        return near[0] if len(near) == 1 else None

    def within(self, article: str, paragraph: str | None, item: str | None) -> str | None:
        """The paragraph and item of an article; its first paragraph may have no number of its own."""
        path: str | None = article
        if paragraph is not None:
            path = self._child(article, paragraph, is_paragraph=True) or (article if paragraph == "1" else None)
        if item is not None and item != "各号" and path is not None:
            path = self._child(path, item, is_paragraph=False)
        return path

    def relative(self, pointer: str, here: str) -> str | None:
        """What 前条, 次条, 本条, 前項, 次項, 本項 mean in the clause of a statute."""
        article = self.article_of(here)
        if article is None:
            return None
        if pointer.endswith("条"):
            return article if pointer == "本条" else self._beside(article, 1 if pointer == "次条" else -1)
        paragraph = self._under(article, here)
        if pointer == "本項":
            return paragraph
        if not pointer.endswith("項") or pointer.startswith("前各"):
            return None
        number = 1 if paragraph == article else int(re.sub(r"\D", "", self._steps[paragraph][-1]) or 0)
        wanted = number + (1 if pointer == "次項" else -1)
        return self.within(article, str(wanted), None) if number and wanted else None

    def place_of(self, path: str) -> tuple[str | None, str | None]:
        """The article and paragraph a clause of a statute stands in, by number."""
        article = self.article_of(path)
        if article is None:
            return None, None
        paragraph = self._under(article, path)
        number = re.sub(r"\D", "", self._steps[paragraph][-1]) if paragraph != article else None
        return self.article_number(article), number

    def _beside(self, article: str, by: int) -> str | None:
        at = self._article_order[article] + by
        if not 0 <= at < len(self._article_order):
            return None
        other = list(self._article_order)[at]
        first, second = (article, other) if by > 0 else (other, article)
        one, two = _label(self._steps[first][-1]), _label(self._steps[second][-1])
        return other if one and two and two.follows(one) else None

    def _under(self, article: str, path: str) -> str:
        while path != article:
            parent = self._document.by_path[path].parent
            if parent is None or parent == article:
                break
            path = parent
        return path if _is_paragraph(path) else article

    def _child(self, path: str, label: str, *, is_paragraph: bool) -> str | None:
        found = [
            child.path
            for child in self._document.children.get(path, ())
            if self._steps[child.path][-1] == label and _is_paragraph(child.path) is is_paragraph
        ]
        return found[0] if len(found) == 1 else None

    # Ranges

    def range_end(self, text: str, at: int, first: str) -> tuple[int, Steps] | None:
        """Where ア乃至ウ ends and the clauses it covers, when only its last label is printed."""
        match = _RANGE.match(text, at)
        if match is None:
            return None
        last = self._by_steps.get((*self._steps[first][:-1], _normal(match.group(1))), [])
        members = self.between(first, last[0]) if len(last) == 1 else ()
        return (match.end(), members) if members else None

    def between(self, first: str, last: str) -> Steps:
        """The clauses from the first to the last, both included, that are labelled as they are."""
        if first not in self._order or last not in self._order or self._order[first] >= self._order[last]:
            return ()
        style = _style(self._steps[first][-1])
        if style is not _style(self._steps[last][-1]):
            return ()
        parent = None if style is Style.CHAIN else self._document.by_path[first].parent
        return tuple(
            path
            for path in self._paths[self._order[first] : self._order[last] + 1]
            if _style(self._steps[path][-1]) is style
            and (style is Style.CHAIN or self._document.by_path[path].parent == parent)
        )


_ABSOLUTE = frozenset((Style.CHAIN, Style.ANNEX, Style.MATERIAL))
"""Labels that name one clause of the whole document, wherever they are printed."""


def steps_of(path: str) -> Steps:
    """The lookup forms of a path's labels."""
    return tuple(_normal(step) for step in path.split(" > "))


def _is_paragraph(path: str) -> bool:
    """Whether a clause of a statute is a paragraph: ２ is one, 一 and イ are items."""
    return one_width(path.split(" > ")[-1]).isdigit()


def _style(step: str) -> Style | None:
    if step.startswith("資料"):
        return Style.MATERIAL
    label: Label | None = _label(step)
    return label.style if label is not None and label.length >= len(step) else None


def find_clauses(document: Document, typed: str) -> tuple[Clause, ...]:
    """The clauses a person means by a label as they type it, in reading order; several where it is not the only one.

    `５－１`, `5-1`, `五の一`, `(4)イ`, `第３の１(1)` and `第23条第1項` all find their way.
    """
    if typed in document.by_path:
        return (document.by_path[typed],)
    known = document.by_normal.get(normal_path(typed), ())
    if known:
        return known
    words = Tight.of(typed, Span(0, len(typed))).text
    outline = Outline(document)
    provision = _PROVISION.fullmatch(words)
    if provision:
        article, paragraph, item = (provision.group(k) for k in (1, 2, 3))
        paths = [p for p in outline.ending((_normal(article),)) if _style(outline.steps(p)[-1]) is Style.ARTICLE]
        found = [outline.within(path, _value(paragraph), _value(item)) for path in paths]
        return tuple(document.by_path[path] for path in found if path is not None)
    steps = tuple(step for part in re.split("[>＞]", words) for step in typed_steps(part))
    return tuple(document.by_path[path] for path in outline.ending(tuple(map(_normal, steps)))) if steps else ()


_PROVISION = re.compile(
    r"(第[\d一二三四五六七八九十百千]+条(?:の[\d一二三四五六七八九十]+)*)(?:第([^項]+)項)?(?:第([^号]+)号)?"
)


def _value(numeral: str | None) -> str | None:
    return str(number(numeral) or numeral) if numeral else None
