/// Scans that were brought onto audits, and their results.
///
/// `facts`, `effect` and `answer` are JSON. A result is known by scanner, target and rule; it
/// stands as the last scan left it, and `scan` says which that was. `auditScanMatch` says of which
/// items a rule speaks, `auditScanAnswer` what scans did to an item.
enum M0030_CreateAuditScan: Migration {
  static let sql = """
    CREATE TABLE auditScan (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      audit INTEGER NOT NULL REFERENCES audit (id),
      facts TEXT NOT NULL,
      effect TEXT NOT NULL,
      importedAt INTEGER NOT NULL,
      importedBy TEXT NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1))
    ) STRICT;
    CREATE INDEX auditScanAudit ON auditScan (audit);

    CREATE TABLE auditScanResult (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      audit INTEGER NOT NULL REFERENCES audit (id),
      scan INTEGER NOT NULL REFERENCES auditScan (id),
      tool TEXT NOT NULL CHECK (tool <> ''),
      target TEXT NOT NULL,
      rule TEXT NOT NULL CHECK (rule <> ''),
      title TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('pass', 'fail', 'error', 'unknown',
        'notApplicable', 'notReviewed', 'notSelected', 'informational', 'fixed')),
      word TEXT NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'none',
        'unknown')),
      message TEXT NOT NULL,
      advice TEXT NOT NULL,
      at INTEGER,
      outcomeOrder INTEGER NOT NULL GENERATED ALWAYS AS (CASE outcome WHEN 'fail' THEN 0
        WHEN 'error' THEN 1 WHEN 'unknown' THEN 2 WHEN 'notReviewed' THEN 3
        WHEN 'informational' THEN 4 WHEN 'fixed' THEN 5 WHEN 'pass' THEN 6
        WHEN 'notApplicable' THEN 7 ELSE 8 END) STORED,
      UNIQUE (audit, tool, target, rule)
    ) STRICT;
    CREATE INDEX auditScanResultList
    ON auditScanResult (audit, outcomeOrder, tool, target, rule);
    CREATE INDEX auditScanResultScan ON auditScanResult (scan);

    CREATE TABLE auditScanMatch (
      audit INTEGER NOT NULL,
      place INTEGER NOT NULL,
      result INTEGER NOT NULL REFERENCES auditScanResult (id) ON DELETE CASCADE,
      PRIMARY KEY (audit, place, result),
      FOREIGN KEY (audit, place) REFERENCES auditItem (audit, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX auditScanMatchResult ON auditScanMatch (result);

    CREATE TABLE auditScanAnswer (
      id INTEGER PRIMARY KEY REFERENCES auditItem (id),
      answer TEXT NOT NULL
    ) STRICT;
    """
}
