/// Contacts that were corrected, sealed under the mailing's key; the first one stays with the recipient.
///
/// `person` is the recipient's row, `entry` the entry of the journal that says when, by whom and why.
/// `contactKey` is what corrected contacts are found by, beside the index that the ledger came in with.
enum M0041_CreateContactVersion: Migration {
  static let sql = """
    CREATE TABLE contactVersion (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      person INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX contactVersionPerson ON contactVersion (person, id);
    CREATE INDEX contactVersionEntry ON contactVersion (entry);
    CREATE TABLE contactKey (
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      kind INTEGER NOT NULL,
      hash INTEGER NOT NULL,
      person INTEGER NOT NULL,
      version INTEGER NOT NULL REFERENCES contactVersion (id),
      PRIMARY KEY (mailing, kind, hash, person, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contactKeyVersion ON contactKey (version);
    """
}
