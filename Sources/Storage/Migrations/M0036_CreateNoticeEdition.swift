/// What was put up for approval, and what became of it; one of a mailing waits or is in force.
enum M0036_CreateNoticeEdition: Migration {
  static let sql = """
    CREATE TABLE noticeEdition (
      id INTEGER PRIMARY KEY,
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      number INTEGER NOT NULL CHECK (number > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      state TEXT NOT NULL,
      facts TEXT NOT NULL,
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      checks TEXT NOT NULL,
      approvals TEXT NOT NULL,
      endedBy TEXT,
      endedAt INTEGER,
      reason TEXT,
      UNIQUE (mailing, number),
      CHECK ((state IN ('waiting', 'approved')) = (endedAt IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX noticeEditionLive ON noticeEdition (mailing)
      WHERE state IN ('waiting', 'approved');
    """
}
