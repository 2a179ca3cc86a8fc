/// Runs that deleted data, each by the rule that asked for it.
enum M0057_CreateDeletion: Migration {
  static let sql = """
    CREATE TABLE deletion (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      rule TEXT NOT NULL COLLATE NOCASE,
      done INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX deletionRule ON deletion (rule, done) WHERE isRemoved = 0;
    """
}
