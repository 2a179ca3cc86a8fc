/// What is asked on every change of the record: the next deadlines, and how many duties wait for a fact.
enum M0019_IndexWaiting: Migration {
  static let sql = """
    CREATE INDEX obligationDue ON obligation (dueOrder, incident, rule)
      WHERE isRunning = 1 AND state = 'due';
    CREATE INDEX obligationWaiting ON obligation (state, incident, rule, text)
      WHERE state IN ('clockNotStarted', 'undetermined');
    """
}
