/// Public notices that stand in for telling people one by one.
enum M0047_CreatePublication: Migration {
  static let sql = """
    CREATE TABLE publication (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      place TEXT NOT NULL CHECK (place <> ''),
      earliest INTEGER NOT NULL,
      evidence INTEGER REFERENCES evidence (id),
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1))
    ) STRICT;
    CREATE INDEX publicationMailing ON publication (mailing, earliest) WHERE isRemoved = 0;
    CREATE INDEX publicationEvidence ON publication (evidence) WHERE evidence IS NOT NULL;
    """
}
