/// Staff and the groups they belong to.
///
/// `facts` is JSON and all that is known; the columns behind `isRemoved` repeat parts of it. Who somebody
/// is stands in it sealed, or not at all.
enum M0063_CreateStaff: Migration {
  static let sql = """
    CREATE TABLE staffKey (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      wrappedKey BLOB NOT NULL,
      wrappedBy TEXT NOT NULL
    ) STRICT;
    CREATE TABLE staffGroup (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      name TEXT NOT NULL CHECK (name <> '')
    ) STRICT;
    CREATE UNIQUE INDEX staffGroupName ON staffGroup (name COLLATE NOCASE) WHERE isRemoved = 0;
    CREATE TABLE staff (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      facts TEXT NOT NULL,
      recordedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      pseudonym TEXT NOT NULL CHECK (pseudonym <> ''),
      numberTag TEXT NOT NULL,
      emailTag TEXT NOT NULL,
      staffGroup INTEGER NOT NULL REFERENCES staffGroup (id)
    ) STRICT;
    CREATE UNIQUE INDEX staffPseudonym ON staff (pseudonym) WHERE isRemoved = 0;
    CREATE UNIQUE INDEX staffNumberTag ON staff (numberTag) WHERE isRemoved = 0 AND numberTag <> '';
    CREATE UNIQUE INDEX staffEmailTag ON staff (emailTag) WHERE isRemoved = 0 AND emailTag <> '';
    CREATE INDEX staffInGroup ON staff (staffGroup, pseudonym);
    """
}
