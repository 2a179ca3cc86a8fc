/// Courses that were completed and protocols that were acknowledged, by the number of the person.
enum M0066_CreateCompletion: Migration {
  static let sql = """
    CREATE TABLE completion (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      staff INTEGER NOT NULL REFERENCES staff (id),
      course INTEGER NOT NULL REFERENCES course (id),
      edition TEXT NOT NULL,
      onDay TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX completionOnce ON completion (staff, course, onDay, edition)
    WHERE isRemoved = 0;
    CREATE INDEX completionCourse ON completion (course);
    """
}
