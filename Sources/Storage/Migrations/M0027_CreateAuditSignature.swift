/// Signatures under audits, those that do not hold any more among them.
enum M0027_CreateAuditSignature: Migration {
  static let sql = """
    CREATE TABLE auditSignature (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      audit INTEGER NOT NULL REFERENCES audit (id),
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      signedBy TEXT NOT NULL,
      signedAt INTEGER NOT NULL,
      secondBy TEXT CHECK (secondBy <> signedBy),
      secondAt INTEGER,
      isComplete INTEGER NOT NULL CHECK (isComplete IN (0, 1)),
      reopenedBy TEXT,
      reopenedAt INTEGER,
      reason TEXT,
      CHECK ((secondBy IS NULL) = (secondAt IS NULL)),
      CHECK ((reopenedBy IS NULL) = (reopenedAt IS NULL)),
      CHECK (reopenedBy IS NULL OR isComplete = 1)
    ) STRICT;
    CREATE INDEX auditSignatureAudit ON auditSignature (audit);
    """
}
