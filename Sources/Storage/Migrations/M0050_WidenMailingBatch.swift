/// Batches say whether they are registered post, and whether they were given up.
///
/// Only of registered post does a return that says *delivered* prove that somebody was reached. Of a
/// batch that was given up those who had not left went back to the queue.
enum M0050_WidenMailingBatch: Migration {
  static let sql = """
    ALTER TABLE mailingBatch ADD COLUMN isRegistered INTEGER NOT NULL DEFAULT 0
      CHECK (isRegistered IN (0, 1));
    ALTER TABLE mailingBatch ADD COLUMN isGivenUp INTEGER NOT NULL DEFAULT 0
      CHECK (isGivenUp IN (0, 1));
    """
}
