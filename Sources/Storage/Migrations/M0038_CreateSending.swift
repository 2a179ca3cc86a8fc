/// How the e-mails of mailings are sent, and who sends them: one row of each for a mailing, its id.
///
/// `sending` is a lease: which process holds it, what it is doing, what is wanted of it. The kernel's boot
/// and the process's start tell it from a later one with the same number.
enum M0038_CreateSending: Migration {
  static let sql = """
    CREATE TABLE sendingPlan (
      id INTEGER PRIMARY KEY REFERENCES mailing (id),
      plan TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sending (
      id INTEGER PRIMARY KEY REFERENCES mailing (id),
      process INTEGER NOT NULL,
      boot TEXT NOT NULL,
      start INTEGER NOT NULL,
      actor TEXT NOT NULL,
      startedAt INTEGER NOT NULL,
      seenAt INTEGER NOT NULL,
      activity TEXT NOT NULL CHECK (activity IN ('sending', 'paused', 'quiet', 'ended')),
      wish TEXT NOT NULL CHECK (wish IN ('run', 'pause', 'stop')),
      counts TEXT NOT NULL,
      waitsUntil INTEGER,
      problem TEXT NOT NULL
    ) STRICT;
    """
}
