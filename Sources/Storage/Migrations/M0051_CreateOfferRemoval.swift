/// Codes of support that were taken out of their pools again: they stay sealed, so that what came in can
/// be proved, and nobody is given them.
///
/// `id` is the number that the code came in with; `entry` the entry of the journal that took it out. A
/// code that was taken out may come in again, under another number.
enum M0051_CreateOfferRemoval: Migration {
  static let sql = """
    CREATE TABLE offerRemoval (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      pool TEXT NOT NULL CHECK (pool <> ''),
      hash INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      entry INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX offerRemovalEntry ON offerRemoval (entry);
    """
}
