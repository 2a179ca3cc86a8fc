/// Statements: the public account, of which the officer's prose is kept and all else derived.
enum M0080_CreateStatement: Migration {
  static let sql = """
    CREATE TABLE statement (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      title TEXT NOT NULL CHECK (title <> '')
    ) STRICT;
    """
}
