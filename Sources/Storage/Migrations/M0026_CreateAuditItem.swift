/// The lines of audits: items, and the headings above them; and running totals of both.
///
/// `place` counts from 0 within the audit, `placeEnd` is the place after the last line below it.
/// `points` and `possible` are an item's part in the score; in a heading they are the sums over all
/// items below it, as `items`, `assessed` and `excluded` are. `auditTally` has the same for the whole
/// audit. The triggers keep the sums; attestations that run out are subtracted when asked.
enum M0026_CreateAuditItem: Migration {
  static let sql = """
    CREATE TABLE auditItem (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      audit INTEGER NOT NULL REFERENCES audit (id),
      place INTEGER NOT NULL CHECK (place >= 0),
      placeEnd INTEGER NOT NULL CHECK (placeEnd > place),
      depth INTEGER NOT NULL CHECK (depth > 0),
      position INTEGER NOT NULL CHECK (position >= 0),
      requirement INTEGER NOT NULL REFERENCES requirement (id),
      isHeading INTEGER NOT NULL CHECK (isHeading IN (0, 1)),
      version INTEGER NOT NULL CHECK (version > 0),
      weight INTEGER NOT NULL CHECK (weight >= 0),
      work TEXT NOT NULL DEFAULT 'to-do' CHECK (work IN ('to-do', 'in-progress', 'in-review',
        'done')),
      result TEXT NOT NULL DEFAULT 'not-assessed' CHECK (result IN ('not-assessed', 'conforms',
        'partly', 'does-not-conform', 'not-applicable')),
      reason TEXT NOT NULL DEFAULT '',
      score INTEGER,
      target INTEGER,
      grade TEXT CHECK (grade IN ('major', 'minor', 'observation', 'good-practice')),
      observation TEXT NOT NULL DEFAULT '',
      answers TEXT NOT NULL DEFAULT '{}',
      attestedBy TEXT,
      attestedAt INTEGER,
      attestedMonths INTEGER,
      attestedUntil INTEGER,
      sampling TEXT,
      assignee TEXT NOT NULL DEFAULT '',
      proposal TEXT,
      review TEXT,
      previous TEXT,
      previousResult TEXT,
      answeredBy TEXT NOT NULL DEFAULT '',
      answeredAt INTEGER,
      points INTEGER NOT NULL DEFAULT 0,
      possible INTEGER NOT NULL DEFAULT 0 CHECK (possible >= 0),
      items INTEGER NOT NULL DEFAULT 0,
      assessed INTEGER NOT NULL DEFAULT 0,
      excluded INTEGER NOT NULL DEFAULT 0,
      CHECK (result <> 'not-applicable' OR trim(reason) <> ''),
      CHECK ((attestedBy IS NULL) = (attestedAt IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX auditItemPlace ON auditItem (audit, place);
    CREATE INDEX auditItemHeading ON auditItem (audit, place) WHERE isHeading = 1;
    CREATE INDEX auditItemUnanswered ON auditItem (audit, place)
    WHERE isHeading = 0 AND result = 'not-assessed';
    CREATE INDEX auditItemUntil ON auditItem (audit, attestedUntil)
    WHERE attestedUntil IS NOT NULL AND result <> 'not-assessed';

    CREATE TABLE auditTally (
      audit INTEGER NOT NULL REFERENCES audit (id),
      result TEXT NOT NULL,
      work TEXT NOT NULL,
      grade TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count >= 0),
      points INTEGER NOT NULL,
      possible INTEGER NOT NULL,
      PRIMARY KEY (audit, result, work, grade)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER auditItemIsCounted AFTER INSERT ON auditItem WHEN NEW.isHeading = 0
    BEGIN
      INSERT INTO auditTally (audit, result, work, grade, count, points, possible)
      VALUES (NEW.audit, NEW.result, NEW.work, coalesce(NEW.grade, ''), 1, NEW.points, NEW.possible)
      ON CONFLICT (audit, result, work, grade) DO UPDATE SET count = count + 1,
        points = points + excluded.points, possible = possible + excluded.possible;
    END;
    CREATE TRIGGER auditItemIsRecounted
    AFTER UPDATE OF result, work, grade, points, possible ON auditItem
    WHEN NEW.isHeading = 0 AND (OLD.result <> NEW.result OR OLD.work <> NEW.work
      OR OLD.grade IS NOT NEW.grade OR OLD.points <> NEW.points OR OLD.possible <> NEW.possible)
    BEGIN
      UPDATE auditTally SET count = count - 1, points = points - OLD.points,
        possible = possible - OLD.possible
      WHERE audit = OLD.audit AND result = OLD.result AND work = OLD.work
        AND grade = coalesce(OLD.grade, '');
      INSERT INTO auditTally (audit, result, work, grade, count, points, possible)
      VALUES (NEW.audit, NEW.result, NEW.work, coalesce(NEW.grade, ''), 1, NEW.points, NEW.possible)
      ON CONFLICT (audit, result, work, grade) DO UPDATE SET count = count + 1,
        points = points + excluded.points, possible = possible + excluded.possible;
      UPDATE auditItem SET
        assessed = assessed + (NEW.result <> 'not-assessed') - (OLD.result <> 'not-assessed'),
        excluded = excluded + (NEW.result = 'not-applicable') - (OLD.result = 'not-applicable'),
        points = points + NEW.points - OLD.points,
        possible = possible + NEW.possible - OLD.possible
      WHERE audit = NEW.audit AND isHeading = 1 AND place < NEW.place AND placeEnd > NEW.place;
    END;
    """
}
