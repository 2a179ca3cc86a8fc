/// Texts that answers share, each once.
///
/// While nobody has stated an organisation's trade, dozens of duties of every incident wait for it, in
/// words that differ little from one incident to the next. What one recomputation answers to such duties
/// stands in one line of `obligationHistory`, under the rule `*`: a list of lists of numbers of
/// `obligationPhrase`, each the rule, the answer without its reasons, and its reasons.
enum M0018_ShareWaitingAnswers: Migration {
  static let sql = """
    CREATE TABLE obligationPhrase (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      text TEXT NOT NULL UNIQUE
    ) STRICT;
    """
}
