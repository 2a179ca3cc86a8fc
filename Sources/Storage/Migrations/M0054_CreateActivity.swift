/// Processing activities of the privacy register.
///
/// `facts` is JSON and what is read; the other columns repeat what activities are found and listed by.
enum M0054_CreateActivity: Migration {
  static let sql = """
    CREATE TABLE activity (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      source TEXT NOT NULL,
      words TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX activitySource ON activity (source)
    WHERE source <> '' AND isRemoved = 0;
    """
}
