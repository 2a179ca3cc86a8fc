/// Purposes that people consent to, each with the wrapped data key of those who did.
///
/// `records` is how many records came in; the key is made with the first. Without it nobody can read
/// who they are: that is what erasing is.
enum M0074_CreatePurpose: Migration {
  static let sql = """
    CREATE TABLE purpose (
      id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 67108863),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      slug TEXT NOT NULL COLLATE NOCASE,
      name TEXT NOT NULL CHECK (name <> ''),
      activity TEXT NOT NULL COLLATE NOCASE,
      records INTEGER NOT NULL DEFAULT 0 CHECK (records BETWEEN 0 AND 4294967295),
      wrappedKey BLOB,
      wrappedBy TEXT NOT NULL DEFAULT '',
      erasedAt INTEGER,
      CHECK (records = 0 OR (wrappedKey IS NULL) = (erasedAt IS NOT NULL))
    ) STRICT;
    CREATE UNIQUE INDEX purposeSlug ON purpose (slug) WHERE isRemoved = 0;
    """
}
