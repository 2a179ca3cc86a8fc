/// The answers to what laws ask of an incident, by the name of the fact.
enum M0010_CreateIncidentAnswer: Migration {
  static let sql = """
    CREATE TABLE incidentAnswer (
      incident INTEGER NOT NULL REFERENCES incident (id),
      key TEXT NOT NULL CHECK (key <> ''),
      value TEXT NOT NULL CHECK (value <> ''),
      PRIMARY KEY (incident, key)
    ) STRICT, WITHOUT ROWID;
    """
}
