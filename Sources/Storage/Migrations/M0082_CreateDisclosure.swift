/// Incidents that were marked public, with what the public is told; one of each incident is on the list.
enum M0082_CreateDisclosure: Migration {
  static let sql = """
    CREATE TABLE disclosure (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      incident INTEGER NOT NULL REFERENCES incident (id)
    ) STRICT;
    CREATE UNIQUE INDEX disclosureIncident ON disclosure (incident) WHERE isRemoved = 0;
    """
}
