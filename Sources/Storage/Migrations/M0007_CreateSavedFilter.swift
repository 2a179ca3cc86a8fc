/// Filters that were saved under a name.
enum M0007_CreateSavedFilter: Migration {
  static let sql = """
    CREATE TABLE savedFilter (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      text TEXT NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1))
    ) STRICT;
    """
}
