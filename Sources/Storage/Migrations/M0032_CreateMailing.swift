/// Mailings, each with the wrapped data key of its recipients.
///
/// Without the wrapped key nobody can read them: that is what erasing is.
enum M0032_CreateMailing: Migration {
  static let sql = """
    CREATE TABLE mailingCounter (
      id INTEGER PRIMARY KEY,
      last INTEGER NOT NULL CHECK (last > 0)
    ) STRICT;
    CREATE TABLE mailing (
      id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      referenceOrder INTEGER NOT NULL UNIQUE,
      version INTEGER NOT NULL CHECK (version > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      facts TEXT NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      keepUntil INTEGER,
      recipients INTEGER NOT NULL DEFAULT 0 CHECK (recipients BETWEEN 0 AND 4294967295),
      wrappedKey BLOB,
      wrappedBy TEXT NOT NULL,
      erasedAt INTEGER,
      openedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      CHECK ((wrappedKey IS NULL) = (erasedAt IS NOT NULL))
    ) STRICT;
    CREATE INDEX mailingIncident ON mailing (incident);
    """
}
