"""The family of errors, each a sentence a user can act on.

    KonkyoError
    ├── SourceError      a file that cannot be read as a document (refused)
    ├── StoreError       the knowledge base is missing, locked or damaged
    │   └── UnknownDocument   no document of that id is in it
    ├── UnknownFilter    a search is narrowed to a kind or an authority that no document has
    └── IndexMismatch    a search index made by another model, dictionary or catalogue

Every message says what was expected, what was found, where, and what to do. `japanese` is shown in
the app, `str(error)` in the terminal.
"""

from __future__ import annotations


class KonkyoError(Exception):
    """Something the user can mend."""

    def __init__(self, english: str, japanese: str) -> None:
        super().__init__(english)
        self.japanese = japanese


class SourceError(KonkyoError):
    """A file that is refused; `code` names the reason for scripts."""

    def __init__(self, code: str, english: str, japanese: str, *, page: int | None = None) -> None:
        super().__init__(english, japanese)
        self.code = code
        self.page = page


class StoreError(KonkyoError):
    """The knowledge base is missing, locked or damaged."""


class UnknownDocument(StoreError):  # noqa: N818  says what it is; every class here is an error
    """No document of that id is in the knowledge base."""


class UnknownFilter(KonkyoError):  # noqa: N818  likewise
    """A search is narrowed to what no document has."""


class IndexMismatch(KonkyoError):  # noqa: N818  likewise
    """The search index does not belong to what is asked of it."""
