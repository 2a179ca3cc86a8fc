/// Requests by people about their data; who they are is sealed under a key of each request.
///
/// `sealed` has name, contact and words, `answer` the text that went back. Without the wrapped key
/// nobody can read them: that is what erasing is.
enum M0058_CreateRequest: Migration {
  static let sql = """
    CREATE TABLE requestCounter (
      id INTEGER PRIMARY KEY,
      last INTEGER NOT NULL CHECK (last > 0)
    ) STRICT;
    CREATE TABLE request (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      reference TEXT NOT NULL UNIQUE COLLATE NOCASE,
      version INTEGER NOT NULL CHECK (version > 0),
      isRemoved INTEGER NOT NULL DEFAULT 0 CHECK (isRemoved IN (0, 1)),
      facts TEXT NOT NULL,
      openedAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      wanted TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'refused', 'withdrawn')),
      due INTEGER,
      endedAt INTEGER,
      matter TEXT NOT NULL,
      wrappedKey BLOB,
      wrappedBy TEXT NOT NULL,
      erasedAt INTEGER,
      sealed BLOB NOT NULL,
      answer BLOB,
      CHECK ((wrappedKey IS NULL) = (erasedAt IS NOT NULL)),
      CHECK ((endedAt IS NULL) = (state = 'open'))
    ) STRICT;
    CREATE INDEX requestDue ON request (due) WHERE isRemoved = 0 AND state = 'open';
    CREATE INDEX requestEnded ON request (endedAt DESC, id DESC)
    WHERE isRemoved = 0 AND state <> 'open';
    CREATE UNIQUE INDEX requestMatter ON request (matter) WHERE matter <> '' AND isRemoved = 0;
    """
}
