/// How long data are kept, by rules that are computed.
enum M0055_CreateRetentionRule: Migration {
  static let sql = """
    CREATE TABLE retentionRule (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      title TEXT NOT NULL CHECK (title <> ''),
      target TEXT NOT NULL CHECK (target IN ('activity', 'mailings', 'requests')),
      activity TEXT NOT NULL COLLATE NOCASE,
      CHECK ((activity <> '') = (target = 'activity'))
    ) STRICT;
    CREATE INDEX retentionRuleActivity ON retentionRule (activity) WHERE isRemoved = 0;
    """
}
