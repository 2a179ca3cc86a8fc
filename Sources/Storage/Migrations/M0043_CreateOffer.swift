/// Codes of support that people are offered: pools of them, sealed, and who has which.
///
/// `hash` is 64 bits under the mailing's key, so that no code is there twice. The pool with the empty
/// name holds codes that people came in with. `entry` is the entry of the journal that gave a code to
/// somebody. Tallies are kept as codes come in and are given.
enum M0043_CreateOffer: Migration {
  static let sql = """
    CREATE TABLE offerPlan (
      id INTEGER PRIMARY KEY REFERENCES mailing (id),
      plan TEXT NOT NULL
    ) STRICT;
    CREATE TABLE offerCode (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      pool TEXT NOT NULL,
      hash INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      person INTEGER,
      entry INTEGER,
      UNIQUE (mailing, hash),
      CHECK ((person IS NULL) = (entry IS NULL))
    ) STRICT;
    CREATE INDEX offerCodeFree ON offerCode (mailing, pool, id) WHERE person IS NULL;
    CREATE UNIQUE INDEX offerCodePerson ON offerCode (person) WHERE person IS NOT NULL;
    CREATE INDEX offerCodeEntry ON offerCode (entry) WHERE entry IS NOT NULL;
    CREATE TABLE offerPool (
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      pool TEXT NOT NULL,
      imported INTEGER NOT NULL DEFAULT 0 CHECK (imported >= 0),
      assigned INTEGER NOT NULL DEFAULT 0 CHECK (assigned BETWEEN 0 AND imported),
      PRIMARY KEY (mailing, pool)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE offerTally (
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      jurisdiction INTEGER NOT NULL,
      assigned INTEGER NOT NULL CHECK (assigned >= 0),
      PRIMARY KEY (mailing, jurisdiction)
    ) STRICT, WITHOUT ROWID;
    """
}
