/// Tasks.
///
/// `isListed` says that a task is open and that its incident is: what overviews count.
enum M0004_CreateTask: Migration {
  static let sql = """
    CREATE TABLE task (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      version INTEGER NOT NULL CHECK (version > 0),
      title TEXT NOT NULL CHECK (title <> ''),
      owner TEXT,
      state TEXT NOT NULL CHECK (state IN ('to-do', 'doing', 'done', 'dropped')),
      givenText TEXT,
      givenZone TEXT,
      givenPrecision TEXT CHECK (givenPrecision IN ('year', 'month', 'day', 'hour', 'minute',
        'second')),
      earliest INTEGER,
      latest INTEGER,
      givenSource TEXT,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      isListed INTEGER NOT NULL CHECK (isListed IN (0, 1)),
      dueOrder INTEGER NOT NULL
        GENERATED ALWAYS AS (coalesce(latest, 9223372036854775807)) STORED,
      CHECK (earliest <= latest),
      CHECK ((givenText IS NULL) = (earliest IS NULL))
    ) STRICT;
    CREATE INDEX taskIncident ON task (incident);
    CREATE INDEX taskDue ON task (dueOrder) WHERE isListed = 1;

    CREATE TRIGGER taskFollowsIncident AFTER UPDATE OF state, isRemoved ON incident
    WHEN OLD.isOpen <> NEW.isOpen
    BEGIN
      UPDATE task SET isListed = (NEW.isOpen = 1 AND isRemoved = 0 AND state IN ('to-do', 'doing'))
      WHERE incident = NEW.id;
    END;
    """
}
