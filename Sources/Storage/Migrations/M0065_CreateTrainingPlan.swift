/// Plans: who must have done which course, and by when.
enum M0065_CreateTrainingPlan: Migration {
  static let sql = """
    CREATE TABLE trainingPlan (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      name TEXT NOT NULL CHECK (name <> ''),
      course INTEGER NOT NULL REFERENCES course (id)
    ) STRICT;
    CREATE INDEX trainingPlanCourse ON trainingPlan (course);
    """
}
