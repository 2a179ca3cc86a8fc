/// How many recipients are not written to like others, in whatever state: what decides who gets which
/// text is counted as they come in.
enum M0037_CountProtected: Migration {
  static let sql = """
    CREATE TABLE recipientProtected (
      mailing INTEGER NOT NULL,
      jurisdiction INTEGER NOT NULL,
      language INTEGER NOT NULL,
      protection INTEGER NOT NULL CHECK (protection BETWEEN 1 AND 3),
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (mailing, jurisdiction, language, protection)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO recipientProtected (mailing, jurisdiction, language, protection, count)
    SELECT id >> 32, slot & 65535, language, protection, count(*) FROM recipient
    WHERE protection <> 0 GROUP BY 1, 2, 3, 4;
    """
}
