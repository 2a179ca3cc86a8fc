/// Audits: one pass over a framework each.
enum M0025_CreateAudit: Migration {
  static let sql = """
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      referenceOrder INTEGER NOT NULL UNIQUE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      framework INTEGER NOT NULL REFERENCES framework (id),
      frameworkDigest TEXT NOT NULL CHECK (length(frameworkDigest) = 64),
      previous INTEGER REFERENCES audit (id),
      state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'in-review', 'signed')),
      title TEXT NOT NULL CHECK (title <> ''),
      scope TEXT NOT NULL,
      groups TEXT NOT NULL,
      periodFrom TEXT NOT NULL,
      periodUntil TEXT NOT NULL,
      auditor TEXT NOT NULL,
      reviewers TEXT NOT NULL,
      months INTEGER CHECK (months > 0),
      startedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      lines INTEGER NOT NULL CHECK (lines >= 0)
    ) STRICT;
    CREATE INDEX auditFramework ON audit (framework);
    CREATE INDEX auditPrevious ON audit (previous);
    CREATE TABLE auditReference (
      id INTEGER PRIMARY KEY,
      last INTEGER NOT NULL CHECK (last > 0)
    ) STRICT;
    """
}
