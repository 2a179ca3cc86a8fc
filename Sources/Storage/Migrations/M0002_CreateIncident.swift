/// Incidents, and what can be there several times: instants, numbers of people, words.
///
/// The `...Order` columns are what lists are sorted by. `tags` and `assets` stand twice: as JSON for
/// showing, as words for filtering.
enum M0002_CreateIncident: Migration {
  static let sql = """
    CREATE TABLE incident (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      referenceOrder INTEGER NOT NULL UNIQUE,
      version INTEGER NOT NULL CHECK (version > 0),
      title TEXT NOT NULL CHECK (title <> ''),
      summary TEXT NOT NULL,
      severity TEXT CHECK (severity IN ('low', 'medium', 'high', 'critical')),
      state TEXT NOT NULL CHECK (state IN ('reported', 'triage', 'confirmed', 'contained',
        'eradicated', 'recovered', 'review', 'closed')),
      outcome TEXT NOT NULL CHECK (outcome IN ('undetermined', 'confirmed-breach',
        'confirmed-incident', 'suspected', 'near-miss', 'false-positive', 'not-personal-data',
        'duplicate')),
      lead TEXT, scribe TEXT, liaison TEXT, counsel TEXT,
      disclosure TEXT CHECK (disclosure IN ('yes', 'potentially', 'no', 'unknown')),
      isEncrypted INTEGER CHECK (isEncrypted IN (0, 1)),
      isKeyTaken INTEGER CHECK (isKeyTaken IN (0, 1)),
      isRestored INTEGER CHECK (isRestored IN (0, 1)),
      isRecovered INTEGER CHECK (isRecovered IN (0, 1)),
      tags TEXT NOT NULL,
      assets TEXT NOT NULL,
      occurredOrder INTEGER,
      awareOrder INTEGER,
      affectedOrder INTEGER,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      severityOrder INTEGER NOT NULL GENERATED ALWAYS AS (CASE severity WHEN 'critical' THEN 4
        WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END) STORED,
      stateOrder INTEGER NOT NULL GENERATED ALWAYS AS (CASE state WHEN 'reported' THEN 1
        WHEN 'triage' THEN 2 WHEN 'confirmed' THEN 3 WHEN 'contained' THEN 4
        WHEN 'eradicated' THEN 5 WHEN 'recovered' THEN 6 WHEN 'review' THEN 7
        ELSE 8 END) STORED,
      isOpen INTEGER NOT NULL
        GENERATED ALWAYS AS (isRemoved = 0 AND state <> 'closed') STORED
    ) STRICT;
    CREATE INDEX incidentByReference ON incident (referenceOrder) WHERE isRemoved = 0;
    CREATE INDEX incidentByTitle ON incident (title COLLATE NOCASE) WHERE isRemoved = 0;
    CREATE INDEX incidentBySeverity ON incident (severityOrder) WHERE isRemoved = 0;
    CREATE INDEX incidentByState ON incident (stateOrder) WHERE isRemoved = 0;
    CREATE INDEX incidentByOutcome ON incident (outcome) WHERE isRemoved = 0;
    CREATE INDEX incidentByLead ON incident (lead COLLATE NOCASE) WHERE isRemoved = 0;
    CREATE INDEX incidentByOccurred ON incident (occurredOrder) WHERE isRemoved = 0;
    CREATE INDEX incidentByAware ON incident (awareOrder) WHERE isRemoved = 0;
    CREATE INDEX incidentByAffected ON incident (affectedOrder) WHERE isRemoved = 0;
    CREATE INDEX incidentByOpened ON incident (openedAt) WHERE isRemoved = 0;
    CREATE INDEX incidentByUpdated ON incident (updatedAt) WHERE isRemoved = 0;
    CREATE INDEX incidentByWorst ON incident (severityOrder DESC, updatedAt) WHERE isOpen = 1;

    CREATE TABLE incidentInstant (
      incident INTEGER NOT NULL REFERENCES incident (id),
      instant TEXT NOT NULL,
      givenText TEXT NOT NULL,
      givenZone TEXT NOT NULL,
      givenPrecision TEXT NOT NULL CHECK (givenPrecision IN ('year', 'month', 'day', 'hour',
        'minute', 'second')),
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL,
      givenSource TEXT NOT NULL,
      PRIMARY KEY (incident, instant),
      CHECK (earliest <= latest)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE incidentAffected (
      incident INTEGER NOT NULL REFERENCES incident (id),
      jurisdiction TEXT NOT NULL,
      count INTEGER CHECK (count >= 0),
      quality TEXT NOT NULL CHECK (quality IN ('estimate', 'confirmed')),
      PRIMARY KEY (incident, jurisdiction)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incidentAffectedByJurisdiction ON incidentAffected (jurisdiction COLLATE NOCASE);

    CREATE TABLE incidentWord (
      incident INTEGER NOT NULL REFERENCES incident (id),
      kind TEXT NOT NULL CHECK (kind IN ('action', 'category', 'asset', 'tag')),
      word TEXT NOT NULL,
      PRIMARY KEY (incident, kind, word)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incidentWordByKind ON incidentWord (kind, word COLLATE NOCASE);

    CREATE TABLE awareness (
      id INTEGER PRIMARY KEY REFERENCES incident (id),
      givenText TEXT NOT NULL,
      givenZone TEXT NOT NULL,
      givenPrecision TEXT NOT NULL CHECK (givenPrecision IN ('year', 'month', 'day', 'hour',
        'minute', 'second')),
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL,
      givenSource TEXT NOT NULL,
      decidedBy TEXT NOT NULL,
      grounds TEXT NOT NULL CHECK (grounds <> ''),
      CHECK (earliest <= latest)
    ) STRICT;

    CREATE TABLE importSource (
      id INTEGER PRIMARY KEY REFERENCES incident (id),
      format TEXT NOT NULL CHECK (format <> ''),
      externalID TEXT NOT NULL CHECK (externalID <> ''),
      digest TEXT NOT NULL,
      document TEXT NOT NULL,
      UNIQUE (format, externalID)
    ) STRICT;

    -- Letters folded as Unicode says, for filters that look inside the text.
    CREATE TABLE incidentText (
      id INTEGER PRIMARY KEY REFERENCES incident (id),
      folded TEXT NOT NULL
    ) STRICT;
    """
}
