/// What was sent to whom it was owed.
enum M0012_CreateFiling: Migration {
  static let sql = """
    CREATE TABLE filing (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      version INTEGER NOT NULL CHECK (version > 0),
      rule TEXT NOT NULL CHECK (rule <> ''),
      phase TEXT NOT NULL CHECK (phase IN ('initial', 'supplement', 'final')),
      givenText TEXT NOT NULL,
      givenZone TEXT NOT NULL,
      givenPrecision TEXT NOT NULL CHECK (givenPrecision IN ('day', 'hour', 'minute', 'second')),
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL,
      givenSource TEXT NOT NULL,
      recipient TEXT NOT NULL CHECK (recipient <> ''),
      means TEXT NOT NULL,
      receipt TEXT NOT NULL,
      summary TEXT NOT NULL,
      lateReason TEXT NOT NULL,
      evidence INTEGER REFERENCES evidence (id),
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      CHECK (earliest <= latest)
    ) STRICT;
    CREATE INDEX filingSent ON filing (incident, rule, earliest) WHERE isRemoved = 0;
    CREATE INDEX filingEvidence ON filing (evidence) WHERE evidence IS NOT NULL;
    """
}
