/// The lines of frameworks in reading order.
///
/// `position` counts from 0 within the framework, `subtreeEnd` is the position after the last line
/// below: what a folded line hides is a range, so a window of a folded tree is one look into
/// `requirementPosition`. `document` has what is only ever shown, as JSON.
enum M0023_CreateRequirement: Migration {
  static let sql = """
    CREATE TABLE requirement (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      framework INTEGER NOT NULL REFERENCES framework (id),
      position INTEGER NOT NULL CHECK (position >= 0),
      subtreeEnd INTEGER NOT NULL CHECK (subtreeEnd > position),
      parent INTEGER CHECK (parent < position),
      depth INTEGER NOT NULL CHECK (depth > 0),
      identifier TEXT NOT NULL CHECK (identifier <> ''),
      reference TEXT NOT NULL,
      isAssessable INTEGER NOT NULL CHECK (isAssessable IN (0, 1)),
      isWithdrawn INTEGER NOT NULL CHECK (isWithdrawn IN (0, 1)),
      weight INTEGER NOT NULL CHECK (weight >= 0),
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      guidance TEXT NOT NULL,
      evidence TEXT NOT NULL,
      groups TEXT NOT NULL,
      translations TEXT NOT NULL,
      document TEXT NOT NULL,
      CHECK ((parent IS NULL) = (depth = 1))
    ) STRICT;
    CREATE UNIQUE INDEX requirementPosition ON requirement (framework, position);
    CREATE UNIQUE INDEX requirementIdentifier ON requirement (framework, identifier);
    CREATE INDEX requirementReference ON requirement (framework, reference COLLATE NOCASE);
    """
}
