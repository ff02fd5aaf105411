"""The catalogue's tables, and the steps that bring an older catalogue to them.

`STEPS[n]` leads from schema version n to n + 1; a step that has been released is never edited, a new
one is added behind it. The version is SQLite's own `user_version`.
"""

from __future__ import annotations

import sqlite3

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE documents (
        id       TEXT PRIMARY KEY,
        current  INTEGER REFERENCES versions(number) DEFERRABLE INITIALLY DEFERRED
    ) WITHOUT ROWID;

    CREATE TABLE versions (
        number      INTEGER PRIMARY KEY AUTOINCREMENT,
        document    TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        ordinal     INTEGER NOT NULL,
        sha256      TEXT NOT NULL,
        name        TEXT NOT NULL,
        bytes       INTEGER NOT NULL,
        text_file   TEXT NOT NULL,
        reading     TEXT NOT NULL,
        about       TEXT NOT NULL,
        pages       INTEGER NOT NULL,
        clauses     INTEGER NOT NULL,
        findings    INTEGER NOT NULL,
        added       TEXT NOT NULL,
        superseded  TEXT,
        UNIQUE (document, ordinal)
    );
    CREATE INDEX versions_by_sha256 ON versions (sha256);

    CREATE TABLE sheets (
        version  INTEGER NOT NULL REFERENCES versions(number) ON DELETE CASCADE,
        ordinal  INTEGER NOT NULL,
        number   INTEGER NOT NULL,
        printed  TEXT,
        width    REAL NOT NULL,
        height   REAL NOT NULL,
        PRIMARY KEY (version, ordinal)
    ) WITHOUT ROWID;

    CREATE TABLE blocks (
        version  INTEGER NOT NULL REFERENCES versions(number) ON DELETE CASCADE,
        ordinal  INTEGER NOT NULL,
        kind     TEXT NOT NULL,
        start    INTEGER NOT NULL,
        "end"    INTEGER NOT NULL,
        PRIMARY KEY (version, ordinal)
    ) WITHOUT ROWID;

    CREATE TABLE clauses (
        version   INTEGER NOT NULL REFERENCES versions(number) ON DELETE CASCADE,
        ordinal   INTEGER NOT NULL,
        path      TEXT NOT NULL,
        label     TEXT NOT NULL,
        kind      TEXT NOT NULL,
        parent    TEXT,
        heading   TEXT,
        pdf_page  INTEGER,
        page      TEXT,
        start     INTEGER NOT NULL,
        "end"     INTEGER NOT NULL,
        places    TEXT NOT NULL,
        PRIMARY KEY (version, ordinal)
    ) WITHOUT ROWID;

    CREATE TABLE cross_references (
        version    INTEGER NOT NULL REFERENCES versions(number) ON DELETE CASCADE,
        ordinal    INTEGER NOT NULL,
        clause     TEXT,
        kind       TEXT NOT NULL,
        surface    TEXT NOT NULL,
        start      INTEGER NOT NULL,
        "end"      INTEGER NOT NULL,
        target     TEXT,
        law        TEXT,
        article    TEXT,
        paragraph  TEXT,
        item       TEXT,
        resolved   INTEGER NOT NULL,
        PRIMARY KEY (version, ordinal)
    ) WITHOUT ROWID;

    CREATE TABLE findings (
        version   INTEGER NOT NULL REFERENCES versions(number) ON DELETE CASCADE,
        ordinal   INTEGER NOT NULL,
        code      TEXT NOT NULL,
        japanese  TEXT NOT NULL,
        english   TEXT NOT NULL,
        page      INTEGER,
        line      INTEGER,
        PRIMARY KEY (version, ordinal)
    ) WITHOUT ROWID;

    CREATE TABLE audit_log (
        number    INTEGER PRIMARY KEY AUTOINCREMENT,
        at        TEXT NOT NULL,
        action    TEXT NOT NULL,
        document  TEXT,
        sha256    TEXT,
        detail    TEXT NOT NULL
    );
    """,
)

LATEST = len(STEPS)


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version the catalogue is at; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> int:
    """Take every step still to be taken, each whole or not at all; the version before."""
    before = version_of(connection)
    for number in range(before, LATEST):
        try:
            connection.executescript(f"BEGIN IMMEDIATE;\n{STEPS[number]}\nPRAGMA user_version = {number + 1};\nCOMMIT;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return before
