/// Phishing exercises and what each person did, by number: no address, no place, nothing that was typed.
///
/// `reached` is 0 not sent, 1 sent, 2 opened, 3 followed the link, 4 submitted data. A row of nobody on
/// the list of staff has neither person nor group. The group is the one of that time.
enum M0067_CreatePhishing: Migration {
  static let sql = """
    CREATE TABLE phishing (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      name TEXT NOT NULL CHECK (name <> ''),
      sentOn TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX phishingName ON phishing (name COLLATE NOCASE) WHERE isRemoved = 0;
    CREATE TABLE phishingResult (
      phishing INTEGER NOT NULL REFERENCES phishing (id) DEFERRABLE INITIALLY DEFERRED,
      place INTEGER NOT NULL CHECK (place > 0),
      staff INTEGER REFERENCES staff (id),
      staffGroup INTEGER REFERENCES staffGroup (id),
      reached INTEGER NOT NULL CHECK (reached BETWEEN 0 AND 4),
      isReported INTEGER NOT NULL CHECK (isReported IN (0, 1)),
      sentAt INTEGER,
      openedAt INTEGER,
      clickedAt INTEGER,
      submittedAt INTEGER,
      reportedAt INTEGER,
      PRIMARY KEY (phishing, place),
      CHECK ((staff IS NULL) = (staffGroup IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX phishingResultOnce ON phishingResult (phishing, staff)
    WHERE staff IS NOT NULL;
    CREATE INDEX phishingResultStaff ON phishingResult (staff) WHERE staff IS NOT NULL;
    """
}
