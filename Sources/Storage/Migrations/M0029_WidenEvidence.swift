/// Evidence of anything: with or without an incident, a file, a command's output or a link.
///
/// The table is made anew, for a column cannot lose its NOT NULL. What refers to it is checked at the
/// end of the transaction, when all is back in its place. What a piece proves beside its incident
/// stands in `link`.
enum M0029_WidenEvidence: Migration {
  static let sql = """
    PRAGMA defer_foreign_keys = ON;
    CREATE TABLE evidenceBefore AS SELECT * FROM evidence;
    DROP TABLE evidence;
    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER REFERENCES incident (id),
      version INTEGER NOT NULL CHECK (version > 0),
      title TEXT NOT NULL CHECK (title <> ''),
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL
        CHECK (length(sha256) IN (0, 64) AND sha256 NOT GLOB '*[^0-9a-f]*'),
      size INTEGER NOT NULL CHECK (size >= 0),
      isCopied INTEGER NOT NULL CHECK (isCopied IN (0, 1)),
      note TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      dates TEXT,
      expiresAt INTEGER,
      run TEXT,
      CHECK (sha256 <> '' OR (size = 0 AND isCopied = 0 AND run IS NULL AND path <> '')),
      CHECK (expiresAt IS NULL OR dates IS NOT NULL)
    ) STRICT;
    INSERT INTO evidence (id, incident, version, title, path, sha256, size, isCopied, note,
      recordedAt, isRemoved)
    SELECT id, incident, version, title, path, sha256, size, isCopied, note, recordedAt, isRemoved
    FROM evidenceBefore ORDER BY id;
    DROP TABLE evidenceBefore;
    CREATE INDEX evidenceIncident ON evidence (incident);
    CREATE INDEX evidenceExpiry ON evidence (expiresAt)
    WHERE expiresAt IS NOT NULL AND isRemoved = 0;
    CREATE TRIGGER evidenceKeepsItsHash
    BEFORE UPDATE OF sha256, size, path, incident, run ON evidence
    BEGIN SELECT RAISE(ABORT, 'hash, size, path and command of evidence never change'); END;
    """
}
