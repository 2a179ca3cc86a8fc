/// Running totals, so that an overview costs the same with ten incidents and a million.
enum M0008_CreateTally: Migration {
  static let sql = """
    CREATE TABLE incidentTally (
      id INTEGER PRIMARY KEY,
      state TEXT NOT NULL,
      severity TEXT NOT NULL,
      count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
      UNIQUE (state, severity)
    ) STRICT;
    WITH state (word) AS (VALUES ('reported'), ('triage'), ('confirmed'), ('contained'),
        ('eradicated'), ('recovered'), ('review'), ('closed')),
      severity (word) AS (VALUES (''), ('low'), ('medium'), ('high'), ('critical'))
    INSERT INTO incidentTally (state, severity)
    SELECT state.word, severity.word FROM state CROSS JOIN severity;

    CREATE TABLE monthTally (
      id INTEGER PRIMARY KEY,
      month TEXT NOT NULL UNIQUE,
      count INTEGER NOT NULL CHECK (count >= 0)
    ) STRICT;

    -- Open tasks by the day (since 1970, UTC) in which they fall due; -1 for those without a time.
    CREATE TABLE taskTally (
      id INTEGER PRIMARY KEY CHECK (id >= -1),
      count INTEGER NOT NULL CHECK (count >= 0)
    ) STRICT;

    CREATE TRIGGER incidentIsCounted AFTER INSERT ON incident WHEN NEW.isRemoved = 0
    BEGIN
      UPDATE incidentTally SET count = count + 1
      WHERE state = NEW.state AND severity = coalesce(NEW.severity, '');
      INSERT INTO monthTally (month, count)
      VALUES (strftime('%Y-%m', NEW.openedAt / 1000, 'unixepoch'), 1)
      ON CONFLICT (month) DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER incidentIsRecounted AFTER UPDATE OF state, severity, isRemoved ON incident
    WHEN OLD.state <> NEW.state OR OLD.severity IS NOT NEW.severity
      OR OLD.isRemoved <> NEW.isRemoved
    BEGIN
      UPDATE incidentTally SET count = count - 1
      WHERE OLD.isRemoved = 0 AND state = OLD.state AND severity = coalesce(OLD.severity, '');
      UPDATE incidentTally SET count = count + 1
      WHERE NEW.isRemoved = 0 AND state = NEW.state AND severity = coalesce(NEW.severity, '');
      UPDATE monthTally SET count = count + OLD.isRemoved - NEW.isRemoved
      WHERE month = strftime('%Y-%m', NEW.openedAt / 1000, 'unixepoch');
    END;

    CREATE TRIGGER taskIsCounted AFTER INSERT ON task WHEN NEW.isListed = 1
    BEGIN
      INSERT INTO taskTally (id, count)
      VALUES (coalesce(max(NEW.latest / 86400000, 0), -1), 1)
      ON CONFLICT (id) DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER taskIsRecounted AFTER UPDATE OF isListed, latest ON task
    WHEN OLD.isListed <> NEW.isListed OR OLD.latest IS NOT NEW.latest
    BEGIN
      UPDATE taskTally SET count = count - 1
      WHERE OLD.isListed = 1 AND id = coalesce(max(OLD.latest / 86400000, 0), -1);
      INSERT INTO taskTally (id, count)
      SELECT coalesce(max(NEW.latest / 86400000, 0), -1), 1 WHERE NEW.isListed = 1
      ON CONFLICT (id) DO UPDATE SET count = count + 1;
    END;
    """
}
