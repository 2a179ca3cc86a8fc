/// The texts of mailings: each edit is a version that stays, with what people confirmed of it.
enum M0035_CreateNotice: Migration {
  static let sql = """
    CREATE TABLE notice (
      id INTEGER PRIMARY KEY,
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      number INTEGER NOT NULL CHECK (number > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      UNIQUE (mailing, number)
    ) STRICT;
    CREATE TABLE noticeVersion (
      notice INTEGER NOT NULL REFERENCES notice (id),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      writtenAt INTEGER NOT NULL,
      writtenBy TEXT NOT NULL,
      PRIMARY KEY (notice, version)
    ) STRICT;
    CREATE TABLE noticeConfirmation (
      notice INTEGER NOT NULL,
      version INTEGER NOT NULL,
      content TEXT NOT NULL CHECK (content <> ''),
      item TEXT NOT NULL CHECK (item <> ''),
      verdict TEXT NOT NULL,
      reason TEXT NOT NULL,
      confirmedBy TEXT NOT NULL,
      confirmedAt INTEGER NOT NULL,
      PRIMARY KEY (notice, version, content, item),
      FOREIGN KEY (notice, version) REFERENCES noticeVersion (notice, version)
    ) STRICT, WITHOUT ROWID;
    """
}
