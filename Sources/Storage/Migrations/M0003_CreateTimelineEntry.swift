/// Timeline entries, each with two times: when it happened and when it was recorded.
enum M0003_CreateTimelineEntry: Migration {
  static let sql = """
    CREATE TABLE timelineEntry (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      version INTEGER NOT NULL CHECK (version > 0),
      text TEXT NOT NULL CHECK (text <> ''),
      source TEXT NOT NULL,
      isPinned INTEGER NOT NULL CHECK (isPinned IN (0, 1)),
      isInSummary INTEGER NOT NULL CHECK (isInSummary IN (0, 1)),
      givenText TEXT,
      givenZone TEXT,
      givenPrecision TEXT CHECK (givenPrecision IN ('year', 'month', 'day', 'hour', 'minute',
        'second')),
      earliest INTEGER,
      latest INTEGER,
      givenSource TEXT,
      recordedAt INTEGER NOT NULL,
      recordedBy TEXT NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      CHECK (earliest <= latest),
      CHECK ((givenText IS NULL) = (earliest IS NULL))
    ) STRICT;
    CREATE INDEX timelineEntryIncident
      ON timelineEntry (incident, isPinned DESC, earliest) WHERE isRemoved = 0;
    """
}
