/// Decisions on telling somebody: written once, approved once, never altered.
enum M0014_CreateDecision: Migration {
  static let sql = """
    CREATE TABLE decision (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      rule TEXT NOT NULL,
      decision TEXT NOT NULL CHECK (decision IN ('notify', 'do-not-notify', 'later')),
      ground TEXT NOT NULL CHECK (ground <> ''),
      reasoning TEXT NOT NULL CHECK (reasoning <> ''),
      decidedBy TEXT NOT NULL CHECK (decidedBy <> ''),
      givenText TEXT NOT NULL,
      givenZone TEXT NOT NULL,
      givenPrecision TEXT NOT NULL CHECK (givenPrecision IN ('year', 'month', 'day', 'hour',
        'minute', 'second')),
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL,
      givenSource TEXT NOT NULL,
      recommendation TEXT NOT NULL,
      difference TEXT NOT NULL,
      worksheet TEXT,
      inputs TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      recordedBy TEXT NOT NULL,
      approvedBy TEXT CHECK (approvedBy <> recordedBy),
      approvedAt INTEGER,
      CHECK (earliest <= latest),
      CHECK ((approvedBy IS NULL) = (approvedAt IS NULL))
    ) STRICT;
    CREATE INDEX decisionIncident ON decision (incident);
    CREATE TRIGGER decisionIsNotAltered BEFORE UPDATE OF id, incident, rule, decision, ground,
      reasoning, decidedBy, givenText, givenZone, givenPrecision, earliest, latest, givenSource,
      recommendation, difference, worksheet, inputs, recordedAt, recordedBy ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is never altered'); END;
    CREATE TRIGGER decisionIsApprovedOnce BEFORE UPDATE OF approvedBy, approvedAt ON decision
    WHEN OLD.approvedBy IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'an approval is never altered'); END;
    CREATE TRIGGER decisionIsNotDeleted BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
    """
}
