/// Assessments of the risk to people, written once; and what decisions keep of them.
enum M0017_CreateAssessment: Migration {
  static let sql = """
    CREATE TABLE assessment (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      method TEXT NOT NULL CHECK (method IN ('enisa', 'edpb')),
      edition INTEGER NOT NULL CHECK (edition > 0),
      answers TEXT NOT NULL CHECK (answers <> ''),
      risk TEXT NOT NULL CHECK (risk IN ('unlikely', 'risk', 'high')),
      result TEXT NOT NULL CHECK (result <> ''),
      reason TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      recordedBy TEXT NOT NULL CHECK (recordedBy <> ''),
      UNIQUE (incident, method, edition)
    ) STRICT;
    CREATE TRIGGER assessmentIsNotAltered BEFORE UPDATE ON assessment
    BEGIN SELECT RAISE(ABORT, 'an assessment is never altered'); END;
    CREATE TRIGGER assessmentIsNotDeleted BEFORE DELETE ON assessment
    BEGIN SELECT RAISE(ABORT, 'an assessment is never deleted'); END;
    ALTER TABLE decision ADD COLUMN recommendations TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE decision ADD COLUMN effects TEXT;
    ALTER TABLE decision ADD COLUMN remedy TEXT;
    ALTER TABLE decision ADD COLUMN refusedBy TEXT CHECK (refusedBy <> recordedBy);
    ALTER TABLE decision ADD COLUMN refusedAt INTEGER
      CHECK ((refusedBy IS NULL) = (refusedAt IS NULL));
    ALTER TABLE decision ADD COLUMN refusal TEXT
      CHECK ((refusedBy IS NULL) = (refusal IS NULL) AND refusal <> '');
    CREATE TRIGGER decisionBasisIsNotAltered BEFORE UPDATE OF recommendations, effects, remedy
      ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is never altered'); END;
    CREATE TRIGGER decisionIsRefusedOnce BEFORE UPDATE OF refusedBy, refusedAt, refusal ON decision
    WHEN OLD.refusedBy IS NOT NULL OR OLD.approvedBy IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a refusal is never altered'); END;
    CREATE TRIGGER decisionIsNotApprovedAfterRefusal BEFORE UPDATE OF approvedBy ON decision
    WHEN OLD.refusedBy IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a refused decision is never approved'); END;
    CREATE INDEX decisionWaits ON decision (id) WHERE approvedAt IS NULL AND refusedAt IS NULL;
    """
}
