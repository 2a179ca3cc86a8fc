/// The ledger of consents: sealed rows, running tallies, and sorted segments to find people by.
///
/// A record's `id` is its purpose times 2^32 plus its number. `slot` is its purpose times 2^36, its
/// standing times 2^34, its state times 2^32, its channel (a word of the ledger) times 2^16 and its
/// version, added up: what records are filtered and counted by. `part` is the segment, `tag` is the blind index of the person;
/// of one who was erased it is 0, and `sealed` the digest of what stood there.
enum M0076_CreateConsent: Migration {
  static let sql = """
    CREATE TABLE consent (
      id INTEGER PRIMARY KEY CHECK (id > 4294967296),
      slot INTEGER NOT NULL CHECK (slot > 68719476735),
      at INTEGER NOT NULL,
      tag INTEGER NOT NULL,
      sealed BLOB NOT NULL CHECK (length(sealed) >= 32)
    ) STRICT;
    CREATE INDEX consentSlot ON consent (slot);
    CREATE TABLE consentTally (
      slot INTEGER PRIMARY KEY CHECK (slot > 68719476735),
      count INTEGER NOT NULL CHECK (count >= 0)
    ) STRICT;
    CREATE TABLE consentSegment (
      id INTEGER PRIMARY KEY,
      purpose INTEGER NOT NULL REFERENCES purpose (id),
      count INTEGER NOT NULL CHECK (count > 0)
    ) STRICT;
    CREATE INDEX consentSegmentPurpose ON consentSegment (purpose);
    CREATE TABLE consentKey (
      part INTEGER NOT NULL,
      tag INTEGER NOT NULL,
      consent INTEGER NOT NULL,
      PRIMARY KEY (part, tag, consent)
    ) STRICT, WITHOUT ROWID;
    """
}
