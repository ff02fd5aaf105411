"""The register of obligations: rows of many documents, filtered, grouped and counted, with the firm's own columns.

A value, made anew from the documents whenever they change. What people write beside a row (status, owner,
evidence, note) is kept apart, in `compliance.ledger`, under the obligation's id: document, clause and folded
words. When the words change, the id does: the entry is carried to the row that took its place and flagged.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from compliance.norms import LEGEND, Level
from compliance.obligations import Obligation, obligation_json, obligations
from index.excerpt import Verdict, cite, plain, verify
from law.document import Document
from law.fold import squash
from law.label import normal_path
from law.sentence import Modality

CATEGORIES = {
    "組織的": ("組織的",),
    "人的": ("人的", "従業者の監督", "従業者の教育"),
    "物理的": ("物理的",),
    "技術的": ("技術的",),
    "委託先": ("委託先", "外部委託", "委託契約", "再委託"),
}
"""A safety category, and the words of a heading that put its clauses under it."""

STATUSES = ("未着手", "対応中", "対応済", "対象外")
"""What the status column is for; other words are kept as written."""


@dataclass(frozen=True, slots=True)
class Own:
    """The firm's own columns beside a row."""

    status: str = ""
    owner: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Own columns as kept: the id they were written under, and what the row said then."""

    id: str
    document: str
    clause: str
    quote: str
    own: Own


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation of the register, in words.

    `changed_from` is what it said when its own columns were filled, if that has changed; `entry_id` is the
    id they are kept under (`Ledger.put(..., instead_of=row.entry_id)` settles a change).
    """

    id: str
    document: str
    title: str
    clause: str
    headings: tuple[str, ...]
    page: str | None
    pdf_page: int | None
    level: Level
    surface: str
    actor: str | None
    actor_implied: bool
    action: str
    object: str | None
    condition: str | None
    deadline: str | None
    deadline_date: str | None
    exceptions: tuple[str, ...]
    exception_of: str | None
    items: tuple[str, ...]
    supervisor: str | None
    references: tuple[str, ...]
    quote: str
    verdict: Verdict
    citation: str
    categories: tuple[str, ...]
    own: Own = field(default=Own())
    changed_from: str | None = None
    entry_id: str | None = None

    @property
    def grade(self) -> Modality:
        """The grade of the contract."""
        return LEGEND[self.level].grade

    @property
    def is_changed(self) -> bool:
        """Whether the words differ from those its own columns were written for."""
        return self.changed_from is not None


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show; an empty field shows all. Words must all stand in a row (folded)."""

    documents: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    grades: tuple[Modality, ...] = ()
    levels: tuple[Level, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    words: str = ""
    has_deadline: bool | None = None
    changed: bool | None = None

    def admits(self, row: Row) -> bool:
        """Whether the row passes."""
        chosen = (
            (self.documents, (row.document,)),
            (self.actors, (row.actor or "",)),
            (self.grades, (row.grade,)),
            (self.levels, (row.level,)),
            (self.categories, row.categories),
            (self.statuses, (row.own.status,)),
        )
        return (
            all(not wanted or set(wanted) & set(held) for wanted, held in chosen)
            and self.has_deadline in (None, row.deadline is not None)
            and self.changed in (None, row.is_changed)
            and all(word in _searched(row) for word in squash_words(self.words))
        )


def squash_words(words: str) -> tuple[str, ...]:
    """The folded words of a search line."""
    return tuple(squash(word) for word in words.split())


def register(documents: Iterable[Document], entries: Iterable[Entry] = ()) -> tuple[Row, ...]:
    """The rows of all documents, by document id and reading order, with the own columns beside them."""
    rows = [row for document in sorted(documents, key=lambda one: one.id) for row in document_rows(document)]
    return with_own(rows, entries)


def document_rows(document: Document, found: Sequence[Obligation] | None = None) -> tuple[Row, ...]:
    """The rows of one document; `found` are its obligations where they are at hand."""
    return tuple(_row(document, one) for one in (obligations(document) if found is None else found))


def with_own(rows: Sequence[Row], entries: Iterable[Entry]) -> tuple[Row, ...]:
    """The rows with their own columns; an entry whose row is gone goes to the likest row of its clause, flagged.

    Entries that find no row are left out here; `orphans` names them.
    """
    kept = {entry.id: entry for entry in entries}
    carried = _carried(rows, kept)
    return tuple(_owned(row, kept.get(row.id), carried.get(row.id)) for row in rows)


def orphans(rows: Sequence[Row], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries whose duty is gone: dropped in a new version, or its document removed."""
    kept = {entry.id: entry for entry in entries}
    taken = {row.id for row in rows} | {entry.id for entry in _carried(rows, kept).values()}
    return tuple(entry for entry in kept.values() if entry.id not in taken)


def entry(row: Row, own: Own) -> Entry:
    """What is kept when somebody fills the own columns of a row."""
    return Entry(row.id, row.document, row.clause, row.quote, own)


def grouped(rows: Sequence[Row], by: str) -> Mapping[str, tuple[Row, ...]]:
    """The rows by document, actor, level, category or status, in order of first appearance."""
    out: dict[str, list[Row]] = {}
    for row in rows:
        for name in _groups(row, by):
            out.setdefault(name, []).append(row)
    return {name: tuple(held) for name, held in out.items()}


def statistics(rows: Sequence[Row]) -> Mapping[str, Mapping[str, int]]:
    """How many rows there are of each document, grade, level, actor, category and status."""
    names = ("document", "grade", "level", "actor", "category", "status")
    table = {name: dict(Counter(group for row in rows for group in _groups(row, name))) for name in names}
    extra = {
        "行数": len(rows),
        "期限あり": sum(row.deadline is not None for row in rows),
        "変更あり": sum(row.is_changed for row in rows),
        "照合一致": sum(row.verdict is Verdict.MATCH for row in rows),
    }
    return {**table, "total": extra}


COLUMNS = (
    "文書", "条項", "頁", "主体", "主体の推定", "区分", "表現", "行為", "対象", "条件", "期限", "期限日",
    "例外", "緩和する義務", "細目", "監督者", "参照", "安全管理", "引用", "照合", "出典",
    "状況", "担当", "証跡", "備考", "変更前",
)  # fmt: skip


def cells(row: Row) -> tuple[str, ...]:
    """A row as the words of `COLUMNS`."""
    own = row.own
    return (
        row.title, row.clause, row.page or "", row.actor or "", "推定" if row.actor_implied else "", row.level.value,
        row.surface, row.action, row.object or "", row.condition or "", row.deadline or "", row.deadline_date or "",
        "／".join(row.exceptions), row.exception_of or "", "／".join(row.items), row.supervisor or "",
        "、".join(row.references), "・".join(row.categories), row.quote, row.verdict.value, row.citation,
        own.status, own.owner, own.evidence, own.note, row.changed_from or "",
    )  # fmt: skip


def as_csv(rows: Sequence[Row]) -> str:
    """The register as CSV with a byte order mark, for spreadsheets; nothing in it is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([defused(cell) for cell in cells(row)] for row in rows)
    return "\ufeff" + out.getvalue()


def defused(cell: str) -> str:
    """A cell that no spreadsheet runs: one that begins with = + - @, a tab or a return gets an apostrophe.

    >>> defused("=1+1"), defused("＝１"), defused("①規程")
    ("'=1+1", "'＝１", '①規程')
    """
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) else cell


def _row(document: Document, one: Obligation) -> Row:
    said = obligation_json(one, document)
    clause = document.by_path[one.clause]
    line = (clause, *document.ancestors(clause))
    headings = tuple(plain(heading) for part in reversed(line) if (heading := document.heading(part)))
    return Row(
        id=one.id,
        document=document.id,
        title=plain(document.title),
        clause=one.clause,
        headings=headings,
        page=said["page"],
        pdf_page=said["pdf_page"],
        level=one.level,
        surface=said["modality_surface"],
        actor=said["actor"],
        actor_implied=bool(one.actor and one.actor.implied),
        action=said["action"],
        object=said["object"],
        condition=said["condition"],
        deadline=said["deadline"],
        deadline_date=said["deadline_date"],
        exceptions=tuple(said["exceptions"]),
        exception_of=one.exception_of,
        items=tuple(item["quote"] for item in said["items"]),
        supervisor=said["supervisor"],
        references=tuple(said["references"]),
        quote=said["quote"],
        verdict=verify(document, one.span, said["quote"]),
        citation=cite(document, clause, said["pdf_page"]),
        categories=categories(headings),
    )


def categories(headings: Sequence[str]) -> tuple[str, ...]:
    """The safety categories of the nearest heading that names any; headings from the root down.

    >>> categories(("実施体制の整備", "物理的安全管理措置及び技術的安全管理措置", "台帳"))
    ('物理的', '技術的')
    """
    for heading in reversed(headings):
        found = tuple(name for name, words in CATEGORIES.items() if any(word in heading for word in words))
        if found:
            return found
    return ()


def _searched(row: Row) -> str:
    return squash("\n".join((row.title, row.clause, *row.headings, row.quote, *row.items, *cells(row)[21:])))


def _groups(row: Row, by: str) -> tuple[str, ...]:
    table: dict[str, tuple[str, ...]] = {
        "document": (row.title,),
        "actor": (row.actor or "（主体の記載なし）",),
        "grade": (row.grade.value,),
        "level": (row.level.value,),
        "category": row.categories or ("（区分なし）",),
        "status": (row.own.status or "（未記入）",),
    }
    return table[by]


_LIKE = 0.5
"""How like a changed duty must be to the one its own columns were written for."""


def _carried(rows: Sequence[Row], kept: Mapping[str, Entry]) -> dict[str, Entry]:
    """Entries whose id is gone, by the id of the row that took their place: same clause, likest words."""
    present = {row.id for row in rows}
    free = [row for row in rows if row.id not in kept]
    out: dict[str, Entry] = {}
    for lost in (one for one in kept.values() if one.id not in present):
        place = (lost.document, normal_path(lost.clause))
        beside = [row for row in free if (row.document, normal_path(row.clause)) == place and row.id not in out]
        scored = [(SequenceMatcher(None, lost.quote, row.quote, autojunk=False).ratio(), row) for row in beside]
        best = max(scored, key=lambda one: one[0], default=None)
        if best is not None and best[0] >= _LIKE:
            out[best[1].id] = lost
    return out


def _owned(row: Row, mine: Entry | None, carried: Entry | None) -> Row:
    if mine is not None:
        return replace(row, own=mine.own, entry_id=mine.id)
    if carried is not None:
        return replace(row, own=carried.own, changed_from=carried.quote, entry_id=carried.id)
    return row
