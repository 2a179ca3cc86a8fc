/// What printers, call centres and the post said became of batches; each said once.
///
/// `entry` is the entry of the journal with the digest over it. `returnInput` knows the files that were
/// imported to their end, by a name under the mailing's key.
enum M0042_CreateBatchReturn: Migration {
  static let sql = """
    CREATE TABLE batchReturn (
      batch INTEGER NOT NULL REFERENCES mailingBatch (id),
      person INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      entry INTEGER NOT NULL,
      PRIMARY KEY (batch, person, outcome)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX batchReturnEntry ON batchReturn (entry);
    CREATE TABLE returnInput (
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      input BLOB NOT NULL CHECK (length(input) = 32),
      at INTEGER NOT NULL,
      PRIMARY KEY (mailing, input)
    ) STRICT, WITHOUT ROWID;
    """
}
