/// Evidence and its chain of custody, which is only ever added to.
enum M0005_CreateEvidence: Migration {
  static let sql = """
    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      version INTEGER NOT NULL CHECK (version > 0),
      title TEXT NOT NULL CHECK (title <> ''),
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
      size INTEGER NOT NULL CHECK (size >= 0),
      isCopied INTEGER NOT NULL CHECK (isCopied IN (0, 1)),
      note TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1))
    ) STRICT;
    CREATE INDEX evidenceIncident ON evidence (incident);
    CREATE TRIGGER evidenceKeepsItsHash BEFORE UPDATE OF sha256, size, path, incident ON evidence
    BEGIN SELECT RAISE(ABORT, 'hash, size and path of evidence never change'); END;

    CREATE TABLE custody (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      evidence INTEGER NOT NULL REFERENCES evidence (id),
      kind TEXT NOT NULL CHECK (kind IN ('collected', 'accessed', 'transferred', 'exported',
        'verified', 'altered', 'missing', 'returned', 'destroyed')),
      at INTEGER NOT NULL,
      by TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX custodyEvidence ON custody (evidence);
    CREATE TRIGGER custodyIsNotAltered BEFORE UPDATE ON custody
    BEGIN SELECT RAISE(ABORT, 'a chain of custody is never altered'); END;
    CREATE TRIGGER custodyIsNotDeleted BEFORE DELETE ON custody
    BEGIN SELECT RAISE(ABORT, 'a chain of custody is never shortened'); END;
    """
}
