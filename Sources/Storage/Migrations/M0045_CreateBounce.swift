/// Mails that came back and were taken in, what they said of whom, and how often.
///
/// `digest` is the name of a mail's bytes under the mailing's key; `entry` the entry of the journal that
/// commits to all lines of its stretch. Nothing of a mail's own text is kept.
enum M0045_CreateBounce: Migration {
  static let sql = """
    CREATE TABLE bounceMail (
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      entry INTEGER NOT NULL,
      PRIMARY KEY (mailing, digest)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE bounce (
      entry INTEGER NOT NULL,
      line INTEGER NOT NULL CHECK (line > 0),
      person INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      kind TEXT NOT NULL,
      reason TEXT NOT NULL,
      status TEXT NOT NULL,
      matchedBy TEXT NOT NULL,
      outcome TEXT NOT NULL,
      PRIMARY KEY (entry, line)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bouncePerson ON bounce (person, entry, line);
    CREATE TABLE bounceTally (
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      reason TEXT NOT NULL,
      outcome TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (mailing, reason, outcome)
    ) STRICT, WITHOUT ROWID;
    """
}
