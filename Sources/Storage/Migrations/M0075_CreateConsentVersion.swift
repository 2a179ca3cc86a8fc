/// Versions of the notices that people read before they consented.
enum M0075_CreateConsentVersion: Migration {
  static let sql = """
    CREATE TABLE consentVersion (
      id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 65535),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      purpose TEXT NOT NULL COLLATE NOCASE,
      label TEXT NOT NULL COLLATE NOCASE CHECK (label <> ''),
      digest TEXT NOT NULL CHECK (length(digest) = 64)
    ) STRICT;
    CREATE UNIQUE INDEX consentVersionLabel ON consentVersion (purpose, label)
    WHERE isRemoved = 0;
    """
}
