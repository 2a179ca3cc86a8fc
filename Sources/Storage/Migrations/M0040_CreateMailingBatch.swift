/// Batches of recipients that a printer, a call centre or an SMS service gets.
///
/// `number` is what steps of the ledger name as their batch. `mark` is the newest entry of the journal
/// when the batch was fixed: contacts and codes that were recorded later are not in its files. `columns`
/// and `files` are JSON. `step` of a line is the one with which its recipient was claimed.
enum M0040_CreateMailingBatch: Migration {
  static let sql = """
    CREATE TABLE mailingBatch (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      number INTEGER NOT NULL CHECK (number > 0),
      channel TEXT NOT NULL CHECK (channel IN ('post', 'telephone', 'sms')),
      state TEXT NOT NULL CHECK (state IN ('gathering', 'fixed', 'written', 'closed')),
      columns TEXT NOT NULL,
      hasTexts INTEGER NOT NULL CHECK (hasTexts IN (0, 1)),
      reason TEXT NOT NULL CHECK (reason <> ''),
      count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
      handled INTEGER NOT NULL DEFAULT 0 CHECK (handled BETWEEN 0 AND count),
      handedOver INTEGER NOT NULL DEFAULT 0 CHECK (handedOver BETWEEN 0 AND count),
      mark INTEGER,
      files TEXT NOT NULL DEFAULT '[]',
      openedAt INTEGER NOT NULL,
      openedBy TEXT NOT NULL,
      fixedAt INTEGER,
      closedAt INTEGER,
      UNIQUE (mailing, number),
      CHECK ((mark IS NULL) = (state = 'gathering')),
      CHECK ((fixedAt IS NULL) = (state = 'gathering')),
      CHECK ((closedAt IS NOT NULL) = (state = 'closed'))
    ) STRICT;
    CREATE UNIQUE INDEX mailingBatchUnfinished ON mailingBatch (mailing, channel)
    WHERE state <> 'closed';
    CREATE TABLE batchLine (
      batch INTEGER NOT NULL REFERENCES mailingBatch (id),
      line INTEGER NOT NULL CHECK (line > 0),
      person INTEGER NOT NULL,
      step INTEGER NOT NULL,
      PRIMARY KEY (batch, line),
      UNIQUE (batch, person)
    ) STRICT, WITHOUT ROWID;
    """
}
