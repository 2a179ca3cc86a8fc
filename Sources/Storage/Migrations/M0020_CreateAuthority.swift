/// The organisation's contact book: what it knows of those whom laws tell.
enum M0020_CreateAuthority: Migration {
  static let sql = """
    CREATE TABLE authority (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      key TEXT NOT NULL UNIQUE CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9-]*'),
      version INTEGER NOT NULL CHECK (version > 0),
      body TEXT NOT NULL,
      portal TEXT NOT NULL,
      email TEXT NOT NULL,
      phone TEXT NOT NULL,
      person TEXT NOT NULL,
      reference TEXT NOT NULL,
      note TEXT NOT NULL,
      updatedAt INTEGER NOT NULL,
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1))
    ) STRICT;
    """
}
