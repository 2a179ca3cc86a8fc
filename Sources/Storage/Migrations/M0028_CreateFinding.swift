/// Findings, and running totals of them.
///
/// `facts` and `standing` are JSON and what is read; the columns from `actions` to `state` repeat what
/// findings are filtered and found by. `givenText` to `givenSource` say when a finding is due: the time that
/// was set or the rule's. The totals have states as they were set; acceptances that ran out are
/// moved to the open ones when asked.
enum M0028_CreateFinding: Migration {
  static let sql = """
    CREATE TABLE findingCounter (
      id INTEGER PRIMARY KEY,
      last INTEGER NOT NULL CHECK (last > 0)
    ) STRICT;
    CREATE TABLE finding (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      referenceOrder INTEGER NOT NULL UNIQUE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      standing TEXT NOT NULL,
      item INTEGER CHECK (item > 0),
      givenText TEXT,
      givenZone TEXT,
      givenPrecision TEXT CHECK (givenPrecision IN ('year', 'month', 'day', 'hour', 'minute',
        'second')),
      earliest INTEGER,
      latest INTEGER,
      givenSource TEXT,
      acceptedUntil INTEGER,
      actions TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      title TEXT NOT NULL CHECK (title <> ''),
      text TEXT NOT NULL,
      rootCause TEXT NOT NULL,
      owner TEXT NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
      state TEXT NOT NULL CHECK (state IN ('open', 'in-progress', 'remedied', 'verified', 'closed',
        'accepted')),
      severityOrder INTEGER NOT NULL GENERATED ALWAYS AS (CASE severity WHEN 'critical' THEN 4
        WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END) STORED,
      dueOrder INTEGER NOT NULL
        GENERATED ALWAYS AS (coalesce(latest, 9223372036854775807)) STORED,
      CHECK (earliest <= latest),
      CHECK ((givenText IS NULL) = (earliest IS NULL)),
      CHECK ((state = 'accepted') = (acceptedUntil IS NOT NULL))
    ) STRICT;
    CREATE INDEX findingList ON finding (severityOrder DESC, dueOrder, referenceOrder)
    WHERE isRemoved = 0;
    CREATE INDEX findingDue ON finding (dueOrder)
    WHERE isRemoved = 0 AND state NOT IN ('closed', 'accepted');
    CREATE INDEX findingAccepted ON finding (acceptedUntil)
    WHERE isRemoved = 0 AND acceptedUntil IS NOT NULL;
    CREATE INDEX findingItem ON finding (item) WHERE item IS NOT NULL;
    CREATE INDEX linkTo ON link (toKind, toRecord);

    CREATE TABLE findingTally (
      id INTEGER PRIMARY KEY,
      state TEXT NOT NULL,
      severity TEXT NOT NULL,
      count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
      UNIQUE (state, severity)
    ) STRICT;
    WITH state (word) AS (VALUES ('open'), ('in-progress'), ('remedied'), ('verified'), ('closed'),
        ('accepted')),
      severity (word) AS (VALUES ('critical'), ('high'), ('medium'), ('low'))
    INSERT INTO findingTally (state, severity)
    SELECT state.word, severity.word FROM state CROSS JOIN severity;
    CREATE TRIGGER findingIsCounted AFTER INSERT ON finding WHEN NEW.isRemoved = 0
    BEGIN
      UPDATE findingTally SET count = count + 1
      WHERE state = NEW.state AND severity = NEW.severity;
    END;
    CREATE TRIGGER findingIsRecounted AFTER UPDATE ON finding
    WHEN OLD.state <> NEW.state OR OLD.severity <> NEW.severity OR OLD.isRemoved <> NEW.isRemoved
    BEGIN
      UPDATE findingTally SET count = count - 1
      WHERE OLD.isRemoved = 0 AND state = OLD.state AND severity = OLD.severity;
      UPDATE findingTally SET count = count + 1
      WHERE NEW.isRemoved = 0 AND state = NEW.state AND severity = NEW.severity;
    END;
    """
}
