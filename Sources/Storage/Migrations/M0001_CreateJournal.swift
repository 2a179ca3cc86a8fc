/// The journal, the erasable details beside it, and the counter of references.
enum M0001_CreateJournal: Migration {
  static let sql = """
    CREATE TABLE journal (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      at INTEGER NOT NULL,
      bootClock INTEGER NOT NULL CHECK (bootClock >= 0),
      boot TEXT NOT NULL,
      uid INTEGER NOT NULL CHECK (uid BETWEEN 0 AND 4294967295),
      actor TEXT NOT NULL,
      claims TEXT NOT NULL,
      origin TEXT NOT NULL,
      action TEXT NOT NULL CHECK (action <> ''),
      subjectKind TEXT NOT NULL CHECK (subjectKind <> ''),
      subject INTEGER NOT NULL CHECK (subject > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      undoes INTEGER REFERENCES journal (id) CHECK (undoes < id),
      commitment BLOB NOT NULL CHECK (length(commitment) = 32),
      previous BLOB NOT NULL CHECK (length(previous) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX journalSubject ON journal (subjectKind, subject);
    CREATE UNIQUE INDEX journalUndoes ON journal (undoes) WHERE undoes IS NOT NULL;

    CREATE TABLE journalDetail (
      id INTEGER PRIMARY KEY REFERENCES journal (id),
      incident INTEGER,
      reference TEXT NOT NULL,
      headline TEXT,
      change TEXT,
      inverse TEXT,
      salt BLOB,
      CHECK ((change IS NULL) = (salt IS NULL)),
      CHECK ((change IS NULL) = (headline IS NULL)),
      CHECK (inverse IS NULL OR change IS NOT NULL)
    ) STRICT;
    CREATE INDEX journalDetailIncident ON journalDetail (incident) WHERE incident IS NOT NULL;

    CREATE TRIGGER journalIsGapless BEFORE INSERT ON journal
    WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;
    CREATE TRIGGER journalIsNotAltered BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
    CREATE TRIGGER journalIsNotDeleted BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END;
    CREATE TRIGGER journalDetailIsOnlyErased BEFORE UPDATE ON journalDetail
    WHEN NEW.change IS NOT NULL OR NEW.inverse IS NOT NULL OR NEW.id IS NOT OLD.id
    BEGIN SELECT RAISE(ABORT, 'details of the journal can only be erased'); END;
    CREATE TRIGGER journalDetailIsNotDeleted BEFORE DELETE ON journalDetail
    BEGIN SELECT RAISE(ABORT, 'details of the journal can only be erased'); END;

    CREATE TABLE referenceCounter (
      id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9999),
      last INTEGER NOT NULL CHECK (last > 0)
    ) STRICT;
    """
}
