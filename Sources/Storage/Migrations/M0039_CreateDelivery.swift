/// The messages that were handed over: for proof, and to know what a bounce answers.
///
/// `step` is the one with which the person was handed over; `digest` is SHA-256 of the message.
enum M0039_CreateDelivery: Migration {
  static let sql = """
    CREATE TABLE delivery (
      recipient INTEGER NOT NULL,
      step INTEGER NOT NULL,
      messageID TEXT NOT NULL CHECK (messageID <> ''),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      PRIMARY KEY (recipient, step)
    ) STRICT, WITHOUT ROWID;
    """
}
