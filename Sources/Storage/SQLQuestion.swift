internal import GRDB
internal import Model

/// A question that SQLite can answer.
///
/// One file each, in `Questions/`.
protocol SQLQuestion: Question {
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

/// The questions by type, each with what fetches its answer.
///
/// A table, because the cast to `any SQLQuestion` has the Swift runtime look through all conformances
/// of the program, several times for each type of question: more than the answer itself takes.
enum QuestionCatalogue {
  private typealias Fetch = @Sendable (any Question, Database, AskContext) throws -> any Sendable

  /// Fails to build when a question of the model's list has no SQL.
  private static func table<each Q: SQLQuestion>(_: (repeat each Q).Type)
    -> [(type: Any.Type, fetch: Fetch)]
  {
    var table: [(type: Any.Type, fetch: Fetch)] = []
    for entry in repeat ((each Q).self as Any.Type, fetching((each Q).self)) {
      table.append(entry)
    }
    return table
  }

  private static func fetching<Q: SQLQuestion>(_: Q.Type) -> Fetch {
    { question, db, context in
      guard let question = question as? Q else {
        preconditionFailure("a question is found under its own type")
      }
      return try question.fetch(in: db, context)
    }
  }

  private static let fetches = table(AllQuestions.self)

  /// What fetches the answer to questions of a type; nil where there is no SQL for them.
  static func fetch<Q: Question>(_ type: Q.Type)
    -> (@Sendable (Q, Database, AskContext) throws -> Q.Answer)?
  {
    guard let fetch = fetches.first(where: { $0.type == type })?.fetch else { return nil }
    return { question, db, context in
      guard let answer = try fetch(question, db, context) as? Q.Answer else {
        preconditionFailure("questions of one type have answers of one type")
      }
      return answer
    }
  }
}
