/// The findings that failed rules of scanners led to: one for each scanner, target and rule.
///
/// `outcome` and `at` are those of the last result that was acted on.
enum M0031_CreateScanFinding: Migration {
  static let sql = """
    CREATE TABLE scanFinding (
      tool TEXT NOT NULL CHECK (tool <> ''),
      target TEXT NOT NULL,
      rule TEXT NOT NULL CHECK (rule <> ''),
      finding INTEGER NOT NULL UNIQUE REFERENCES finding (id),
      outcome TEXT NOT NULL,
      at INTEGER,
      PRIMARY KEY (tool, target, rule)
    ) STRICT, WITHOUT ROWID;
    """
}
