/// What is known of the organisation: one row at most.
enum M0011_CreateOrganisation: Migration {
  static let sql = """
    CREATE TABLE organisation (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL CHECK (version > 0),
      document TEXT NOT NULL CHECK (document <> '')
    ) STRICT;
    """
}
