/// Reminders that went out, each once.
enum M0015_CreateReminder: Migration {
  static let sql = """
    CREATE TABLE reminder (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      rule TEXT NOT NULL CHECK (rule <> ''),
      due INTEGER NOT NULL,
      hours INTEGER NOT NULL CHECK (hours >= 0),
      meantAt INTEGER NOT NULL,
      sentAt INTEGER NOT NULL,
      UNIQUE (incident, rule, due, hours)
    ) STRICT;
    """
}
