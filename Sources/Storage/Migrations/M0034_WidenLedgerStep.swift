/// Steps name the batch in which recipients left, and days are counted.
///
/// `mailingDay` holds how many recipients came to a state on a day (days since 1970-01-01, UTC) over a
/// channel (empty for none), by jurisdiction; each move adds to it.
enum M0034_WidenLedgerStep: Migration {
  static let sql = """
    ALTER TABLE ledgerStep ADD COLUMN batch INTEGER;
    CREATE TABLE mailingDay (
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      day INTEGER NOT NULL,
      state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 255),
      channel TEXT NOT NULL,
      jurisdiction INTEGER NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (mailing, day, state, channel, jurisdiction)
    ) STRICT, WITHOUT ROWID;
    """
}
