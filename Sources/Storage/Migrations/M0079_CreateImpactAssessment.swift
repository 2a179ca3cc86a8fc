/// Data protection impact assessments.
///
/// `facts` is JSON and what is read; the other columns repeat what assessments are found and listed by.
enum M0079_CreateImpactAssessment: Migration {
  static let sql = """
    CREATE TABLE impactAssessment (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      title TEXT NOT NULL CHECK (title <> ''),
      outcome TEXT NOT NULL,
      review INTEGER
    ) STRICT;
    """
}
