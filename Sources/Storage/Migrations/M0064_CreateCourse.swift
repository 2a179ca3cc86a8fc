/// Courses and handling protocols with their versions.
///
/// `facts` is JSON and all that is known; the code repeats a part of it.
enum M0064_CreateCourse: Migration {
  static let sql = """
    CREATE TABLE course (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      code TEXT NOT NULL CHECK (code <> '')
    ) STRICT;
    CREATE UNIQUE INDEX courseCode ON course (code COLLATE NOCASE) WHERE isRemoved = 0;
    """
}
