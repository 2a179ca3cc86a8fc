/// Reminders of requests by people that went out, each once.
enum M0059_CreateRequestReminder: Migration {
  static let sql = """
    CREATE TABLE requestReminder (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      request INTEGER NOT NULL REFERENCES request (id),
      due INTEGER NOT NULL,
      hours INTEGER NOT NULL CHECK (hours >= 0),
      meantAt INTEGER NOT NULL,
      sentAt INTEGER NOT NULL,
      UNIQUE (request, due, hours)
    ) STRICT;
    """
}
