/// Gives the records of staff and training the columns that the records of the privacy register have.
///
/// No row has a reference of its own: people call them by what they say.
enum M0078_JoinKeptRecords: Migration {
  static let sql = """
    ALTER TABLE staffGroup RENAME COLUMN recordedAt TO openedAt;
    ALTER TABLE staffGroup ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE staffGroup ADD COLUMN reference TEXT NOT NULL DEFAULT '';
    UPDATE staffGroup SET updatedAt = openedAt;
    ALTER TABLE staff RENAME COLUMN recordedAt TO openedAt;
    ALTER TABLE staff ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE staff ADD COLUMN reference TEXT NOT NULL DEFAULT '';
    UPDATE staff SET updatedAt = openedAt;
    ALTER TABLE course RENAME COLUMN recordedAt TO openedAt;
    ALTER TABLE course ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE course ADD COLUMN reference TEXT NOT NULL DEFAULT '';
    UPDATE course SET updatedAt = openedAt;
    ALTER TABLE trainingPlan RENAME COLUMN recordedAt TO openedAt;
    ALTER TABLE trainingPlan ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE trainingPlan ADD COLUMN reference TEXT NOT NULL DEFAULT '';
    UPDATE trainingPlan SET updatedAt = openedAt;
    ALTER TABLE completion RENAME COLUMN recordedAt TO openedAt;
    ALTER TABLE completion ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE completion ADD COLUMN reference TEXT NOT NULL DEFAULT '';
    UPDATE completion SET updatedAt = openedAt;
    ALTER TABLE phishing RENAME COLUMN recordedAt TO openedAt;
    ALTER TABLE phishing ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE phishing ADD COLUMN reference TEXT NOT NULL DEFAULT '';
    UPDATE phishing SET updatedAt = openedAt;
    """
}
