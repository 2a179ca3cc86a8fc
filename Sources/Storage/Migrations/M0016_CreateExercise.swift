/// Exercises: incidents that are staged, and that running totals leave out.
///
/// `incident.isExercise` is set when the incident is opened and never altered. `exerciseEnd` has the
/// end of those that have ended, and the score as it was then.
enum M0016_CreateExercise: Migration {
  static let sql = """
    ALTER TABLE incident ADD COLUMN isExercise INTEGER NOT NULL DEFAULT 0
      CHECK (isExercise IN (0, 1));
    CREATE INDEX incidentExercise ON incident (id) WHERE isExercise = 1;
    CREATE TRIGGER incidentStaysWhatItIs BEFORE UPDATE OF isExercise ON incident
    WHEN OLD.isExercise <> NEW.isExercise
    BEGIN SELECT RAISE(ABORT, 'an exercise never becomes a real incident, nor a real one an exercise');
    END;

    CREATE TABLE exerciseEnd (
      id INTEGER PRIMARY KEY REFERENCES incident (id),
      endedAt INTEGER NOT NULL,
      endedBy TEXT NOT NULL CHECK (endedBy <> ''),
      score TEXT NOT NULL CHECK (score <> '')
    ) STRICT;
    CREATE TRIGGER exerciseEndOfExercise BEFORE INSERT ON exerciseEnd
    WHEN NOT EXISTS (SELECT 1 FROM incident WHERE id = NEW.id AND isExercise = 1)
    BEGIN SELECT RAISE(ABORT, 'only an exercise can be ended'); END;

    DROP TRIGGER incidentIsCounted;
    CREATE TRIGGER incidentIsCounted AFTER INSERT ON incident
    WHEN NEW.isRemoved = 0 AND NEW.isExercise = 0
    BEGIN
      UPDATE incidentTally SET count = count + 1
      WHERE state = NEW.state AND severity = coalesce(NEW.severity, '');
      INSERT INTO monthTally (month, count)
      VALUES (strftime('%Y-%m', NEW.openedAt / 1000, 'unixepoch'), 1)
      ON CONFLICT (month) DO UPDATE SET count = count + 1;
    END;
    DROP TRIGGER incidentIsRecounted;
    CREATE TRIGGER incidentIsRecounted AFTER UPDATE OF state, severity, isRemoved ON incident
    WHEN NEW.isExercise = 0 AND (OLD.state <> NEW.state OR OLD.severity IS NOT NEW.severity
      OR OLD.isRemoved <> NEW.isRemoved)
    BEGIN
      UPDATE incidentTally SET count = count - 1
      WHERE OLD.isRemoved = 0 AND state = OLD.state AND severity = coalesce(OLD.severity, '');
      UPDATE incidentTally SET count = count + 1
      WHERE NEW.isRemoved = 0 AND state = NEW.state AND severity = coalesce(NEW.severity, '');
      UPDATE monthTally SET count = count + OLD.isRemoved - NEW.isRemoved
      WHERE month = strftime('%Y-%m', NEW.openedAt / 1000, 'unixepoch');
    END;

    DROP TRIGGER taskIsCounted;
    CREATE TRIGGER taskIsCounted AFTER INSERT ON task
    WHEN NEW.isListed = 1
      AND NOT EXISTS (SELECT 1 FROM incident WHERE id = NEW.incident AND isExercise = 1)
    BEGIN
      INSERT INTO taskTally (id, count)
      VALUES (coalesce(max(NEW.latest / 86400000, 0), -1), 1)
      ON CONFLICT (id) DO UPDATE SET count = count + 1;
    END;
    DROP TRIGGER taskIsRecounted;
    CREATE TRIGGER taskIsRecounted AFTER UPDATE OF isListed, latest ON task
    WHEN (OLD.isListed <> NEW.isListed OR OLD.latest IS NOT NEW.latest)
      AND NOT EXISTS (SELECT 1 FROM incident WHERE id = NEW.incident AND isExercise = 1)
    BEGIN
      UPDATE taskTally SET count = count - 1
      WHERE OLD.isListed = 1 AND id = coalesce(max(OLD.latest / 86400000, 0), -1);
      INSERT INTO taskTally (id, count)
      SELECT coalesce(max(NEW.latest / 86400000, 0), -1), 1 WHERE NEW.isListed = 1
      ON CONFLICT (id) DO UPDATE SET count = count + 1;
    END;
    """
}
