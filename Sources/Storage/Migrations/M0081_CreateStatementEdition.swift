/// Versions of statements as they were put up; one of a statement waits or is approved, one is published.
enum M0081_CreateStatementEdition: Migration {
  static let sql = """
    CREATE TABLE statementEdition (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved = 0),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      statement INTEGER NOT NULL REFERENCES statement (id),
      number INTEGER NOT NULL CHECK (number > 0),
      state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'published', 'superseded',
        'withdrawn', 'refused', 'void')),
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      UNIQUE (statement, number)
    ) STRICT;
    CREATE UNIQUE INDEX statementEditionLive ON statementEdition (statement)
    WHERE state IN ('waiting', 'approved');
    CREATE UNIQUE INDEX statementEditionPublished ON statementEdition (statement)
    WHERE state = 'published';
    """
}
