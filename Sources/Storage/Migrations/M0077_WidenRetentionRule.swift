/// Retention rules may speak of those who consented, as Tocsin itself keeps them.
enum M0077_WidenRetentionRule: Migration {
  static let sql = """
    CREATE TABLE retentionRuleWide (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      title TEXT NOT NULL CHECK (title <> ''),
      target TEXT NOT NULL CHECK (target IN ('activity', 'mailings', 'requests', 'consents')),
      activity TEXT NOT NULL COLLATE NOCASE,
      CHECK ((activity <> '') = (target = 'activity'))
    ) STRICT;
    INSERT INTO retentionRuleWide
    SELECT id, reference, version, isRemoved, facts, openedAt, updatedAt, title, target, activity
    FROM retentionRule;
    DROP TABLE retentionRule;
    ALTER TABLE retentionRuleWide RENAME TO retentionRule;
    CREATE INDEX retentionRuleActivity ON retentionRule (activity) WHERE isRemoved = 0;
    """
}
