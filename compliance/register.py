"""The register of obligations: the duties of many documents as rows, with the firm's own columns beside them.

A value, made anew from the documents whenever they change. What people write beside a row (status, owner,
evidence, note) is kept apart, in `compliance.duty.ledger`, under the obligation's id: document, clause and folded
words. When the words change, the id does: the entry is carried to the row that took its place and flagged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from compliance.duty.levels import LEGEND, Level, Meaning, defines, meaning
from compliance.duty.topics import topics
from compliance.obligations import Obligation, obligation_json, obligations
from compliance.scale import alike
from compliance.succession import Claim, heirs
from index.excerpt import Verdict, cite, plain, verify, written_path
from law.document import Document
from law.label import normal_path
from law.sentence import Modality
from law.span import Span

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

UNCHECKED = "（原本の文字と照合できないため、原文を表示しません）"
"""Stands where a quote would, had it been found on the page."""


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
    revision: int = 0
    """How often it was saved; 0 of one not yet kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation of the register, in words.

    `changed_from` is what it said when its own columns were filled, if its words or its number have changed since;
    `moved_from` the clause it stood in then, if that was another; `entry_id` is the id they are kept under
    (`Ledger.put(..., instead_of=row.entry_id)` settles a change), `revision` how often they were saved.
    `defined_in` names the clause where the document says itself what its words mean in practice.
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
    item_clauses: tuple[str, ...]
    cases: tuple[str, ...]
    supervisor: str | None
    references: tuple[str, ...]
    quote: str
    verdict: Verdict
    citation: str
    categories: tuple[str, ...]
    topics: tuple[str, ...]
    span: Span
    own: Own = field(default=Own())
    changed_from: str | None = None
    moved_from: str | None = None
    entry_id: str | None = None
    revision: int = 0
    defined_in: str | None = None

    @property
    def grade(self) -> Modality:
        """The grade of the contract."""
        return LEGEND[self.level].grade

    @property
    def meaning(self) -> Meaning:
        """What its surface says in practice, and on whose word."""
        return meaning(self.level, self.defined_in)

    @property
    def listed(self) -> tuple[str, ...]:
        """The listed items with the labels they are printed under."""
        labels = (clause.rpartition(" > ")[2] for clause in self.item_clauses)
        return tuple(f"{label}　{words}" for label, words in zip(labels, self.items, strict=True))

    @property
    def shown(self) -> str:
        """The quote, or the word that it could not be checked against the page."""
        return self.quote if self.verdict is Verdict.MATCH else UNCHECKED

    @property
    def is_changed(self) -> bool:
        """Whether its words or its number differ from those its own columns were written for."""
        return self.changed_from is not None


def register(documents: Iterable[Document], entries: Iterable[Entry] = ()) -> tuple[Row, ...]:
    """The rows of all documents, by document id and reading order, with the own columns beside them."""
    rows = [row for document in sorted(documents, key=lambda one: one.id) for row in document_rows(document)]
    return with_own(rows, entries)


def document_rows(document: Document, found: Sequence[Obligation] | None = None) -> tuple[Row, ...]:
    """The rows of one document; `found` are its obligations where they are at hand."""
    defined_in = _defined_in(document)
    return tuple(_row(document, one, defined_in) for one in (obligations(document) if found is None else found))


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


def _defined_in(document: Document) -> str | None:
    """The clause in which a document says itself what its words mean in practice, as a source."""
    found = next((clause for clause in document.clauses if defines(document.own_text(clause))), None)
    return f"{plain(document.title)}　{written_path(found.path)}" if found else None


def _row(document: Document, one: Obligation, defined_in: str | None) -> Row:
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
        item_clauses=tuple(item.clause for item in one.items),
        cases=tuple(f"{item['clause'].rpartition(' > ')[2]}　{item['quote']}" for item in said["cases"]),
        supervisor=said["supervisor"],
        references=tuple(said["references"]),
        quote=said["quote"],
        verdict=verify(document, one.span, said["quote"]),
        citation=cite(document, clause, said["pdf_page"]),
        categories=categories(headings),
        topics=topics(headings, said["action"]),
        span=one.span,
        defined_in=defined_in,
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


_PASSES = ((False, 0.95), (True, 0.5), (False, 0.85))
"""Where the row that took an entry's place is sought, and how like it must be: the same words anywhere in the
document, then the likest of the same clause, then nearly the same words anywhere."""


def _carried(rows: Sequence[Row], kept: Mapping[str, Entry]) -> dict[str, Entry]:
    """Entries whose id is gone, by the id of the row that took their place."""
    present = {row.id for row in rows}
    claims = tuple(
        _claims([one for one in kept.values() if one.id not in present], [row for row in rows if row.id not in kept])
    )
    rounds = (
        [claim for claim, home in claims if claim.likeness >= least and (home or not at_home)]
        for at_home, least in _PASSES
    )
    return {new: kept[old] for new, old in heirs(*rounds).items()}


def _claims(lost: Sequence[Entry], free: Sequence[Row]) -> Iterator[tuple[Claim, bool]]:
    """Rows that are like enough to an entry of their document for a pass, and whether they are of its clause."""
    least = {home: min(score for at_home, score in _PASSES if home or not at_home) for home in (True, False)}
    rows = defaultdict[str, list[tuple[Row, str]]](list)
    for row in free:
        rows[row.document].append((row, normal_path(row.clause)))
    for entry in lost:
        clause = normal_path(entry.clause)
        for row, its_clause in rows[entry.document]:
            home = clause == its_clause
            if score := alike(entry.quote, row.quote, least[home]):
                yield Claim(score, entry.id, row.id), home


def _owned(row: Row, mine: Entry | None, carried: Entry | None) -> Row:
    if mine is not None:
        return replace(row, own=mine.own, entry_id=mine.id, revision=mine.revision)
    if carried is not None:
        moved = carried.clause if normal_path(carried.clause) != normal_path(row.clause) else None
        kept = replace(row, own=carried.own, entry_id=carried.id, revision=carried.revision)
        return replace(kept, changed_from=carried.quote, moved_from=moved)
    return row
