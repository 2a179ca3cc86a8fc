internal import GRDB
internal import Model

/// A question that SQLite can answer.
///
/// One file each, in `Questions/`.
///
/// The answer's type is the protocol's parameter, so that `SQLiteStore.answer` casts once and
/// keeps it.
protocol SQLQuestion<Answer>: Question {
  /// Reads the answer from one snapshot of the record.
  func fetch(in db: Database, _ context: AskContext) throws -> Answer
}

/// What a question is answered with.
struct AskContext {
  /// The present instant, for filters such as `has:overdue`.
  var now: Instant
  /// Where the key that wraps data keys lies; nil where a question has no use for it.
  var keys: KeyFolder?
}

/// Fails to build when a question of the model's list has no SQL.
private func require<each Q: SQLQuestion>(_: (repeat each Q).Type) {}
private func everyQuestionHasSQL() { require(AllQuestions.self) }
