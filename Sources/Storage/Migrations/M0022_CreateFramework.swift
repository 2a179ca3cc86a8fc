/// Frameworks, and mappings between them: whole and never altered, only taken out of the lists.
enum M0022_CreateFramework: Migration {
  static let sql = """
    CREATE TABLE framework (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      identifier TEXT NOT NULL CHECK (identifier <> ''),
      edition TEXT NOT NULL CHECK (edition <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      language TEXT NOT NULL,
      provider TEXT NOT NULL,
      aliases TEXT NOT NULL,
      nodes INTEGER NOT NULL CHECK (nodes >= 0),
      assessable INTEGER NOT NULL CHECK (assessable BETWEEN 0 AND nodes),
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      format TEXT NOT NULL,
      addedAt INTEGER NOT NULL,
      document TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX frameworkEdition ON framework (identifier, edition) WHERE isRemoved = 0;
    CREATE TABLE mapping (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      identifier TEXT NOT NULL CHECK (identifier <> ''),
      edition TEXT NOT NULL CHECK (edition <> ''),
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      sourceFramework TEXT NOT NULL,
      targetFramework TEXT NOT NULL,
      links INTEGER NOT NULL CHECK (links >= 0),
      digest TEXT NOT NULL CHECK (length(digest) = 64)
    ) STRICT;
    CREATE UNIQUE INDEX mappingEdition ON mapping (identifier, edition) WHERE isRemoved = 0;
    CREATE TABLE mappingLink (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      mapping INTEGER NOT NULL REFERENCES mapping (id),
      source TEXT NOT NULL,
      target TEXT NOT NULL,
      relationship TEXT NOT NULL CHECK (relationship IN ('equal', 'subset', 'superset',
        'intersect', 'unrelated')),
      strength INTEGER,
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX mappingLinkMapping ON mappingLink (mapping);
    CREATE INDEX mappingLinkSource ON mappingLink (source);
    CREATE INDEX mappingLinkTarget ON mappingLink (target);
    """
}
