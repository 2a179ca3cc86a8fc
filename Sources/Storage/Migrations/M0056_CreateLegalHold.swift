/// What may not be deleted, and why.
enum M0056_CreateLegalHold: Migration {
  static let sql = """
    CREATE TABLE legalHold (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      title TEXT NOT NULL CHECK (title <> ''),
      earliest INTEGER NOT NULL,
      until INTEGER
    ) STRICT;
    """
}
