/// The ledger of recipients: sealed rows, running tallies, and sorted segments to find them by.
///
/// A recipient's `id` is its mailing times 2^32 plus its number; `slot` is its mailing times 2^32 plus
/// its state times 2^16 plus its jurisdiction. `blind` is appended to, a sorted segment at a time, in
/// the same transaction as the rows, the tallies and the point up to which an import has come.
enum M0033_CreateRecipient: Migration {
  static let sql = """
    CREATE TABLE ledgerWord (
      id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 65535),
      word TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE recipient (
      id INTEGER PRIMARY KEY CHECK (id > 4294967296),
      slot INTEGER NOT NULL CHECK (slot > 4294967296),
      language INTEGER NOT NULL,
      protection INTEGER NOT NULL CHECK (protection BETWEEN 0 AND 3),
      step INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX recipientSlot ON recipient (slot);
    CREATE TABLE recipientTally (
      mailing INTEGER NOT NULL,
      jurisdiction INTEGER NOT NULL,
      state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 255),
      language INTEGER NOT NULL,
      count INTEGER NOT NULL CHECK (count >= 0),
      PRIMARY KEY (mailing, jurisdiction, state, language)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ledgerSegment (
      id INTEGER PRIMARY KEY,
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      count INTEGER NOT NULL CHECK (count > 0)
    ) STRICT;
    CREATE INDEX ledgerSegmentMailing ON ledgerSegment (mailing);
    CREATE TABLE blind (
      segment INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      hash INTEGER NOT NULL,
      recipient INTEGER NOT NULL,
      PRIMARY KEY (segment, kind, hash, recipient)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ledgerStep (
      id INTEGER PRIMARY KEY,
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      channel TEXT,
      text TEXT NOT NULL,
      cause TEXT NOT NULL
    ) STRICT;
    CREATE TABLE recipientEvent (
      recipient INTEGER NOT NULL,
      step INTEGER NOT NULL,
      before INTEGER NOT NULL,
      after INTEGER NOT NULL,
      PRIMARY KEY (recipient, step)
    ) STRICT, WITHOUT ROWID;
    -- Where an import that broke off is gone on with.
    CREATE TABLE ledgerImport (
      id INTEGER PRIMARY KEY REFERENCES mailing (id),
      input BLOB NOT NULL CHECK (length(input) = 32),
      first INTEGER NOT NULL,
      taken INTEGER NOT NULL,
      added INTEGER NOT NULL
    ) STRICT;
    """
}
