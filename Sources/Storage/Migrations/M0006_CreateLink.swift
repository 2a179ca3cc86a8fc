/// Links between records, with the incident that each end is or belongs to.
enum M0006_CreateLink: Migration {
  static let sql = """
    CREATE TABLE link (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      fromKind TEXT NOT NULL,
      fromRecord INTEGER NOT NULL CHECK (fromRecord > 0),
      fromIncident INTEGER REFERENCES incident (id),
      toKind TEXT NOT NULL,
      toRecord INTEGER NOT NULL CHECK (toRecord > 0),
      toIncident INTEGER REFERENCES incident (id),
      relation TEXT NOT NULL,
      UNIQUE (fromKind, fromRecord, toKind, toRecord, relation)
    ) STRICT;
    CREATE INDEX linkFromIncident ON link (fromIncident);
    CREATE INDEX linkToIncident ON link (toIncident);
    """
}
