internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin statement`.
struct StatementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "The public account: written from the record, approved, published, kept true.",
    discussion: """
      The officer writes prose; activities, retention, measures, incidents and figures are derived. A \
      statement is put up as a version (propose), approved by its digest, published as a site, and \
      flagged once the register no longer supports it (status). docs/statements.md tells it from the \
      beginning.
      """,
    subcommands: [
      CreateStatement.self, ListStatements.self, ShowStatement.self, EditStatementCommand.self,
      PreviewStatement.self, DiffStatement.self, ProposeStatementCommand.self,
      ApproveStatementCommand.self, PublishStatement.self, WithdrawStatement.self,
      CorrectStatementCommand.self, StatementStatus.self, SecurityTextCommand.self,
      RemoveStatementCommand.self,
    ]
  )
}

extension Session {
  /// The statement that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func statement(_ reference: String, in store: any Store) async throws -> Statement {
    guard let statement = try await store.answer(StatementByReference(reference)) else {
      throw Refusal(
        "there is no statement \(reference)",
        advice: "what there is: tocsin statement list"
      )
    }
    return statement
  }

  /// A statement with what belongs to it, as it would be put up on a day.
  func statementDetails(
    _ reference: String,
    date: String? = nil,
    in store: any Store
  ) async throws -> StatementDetails.Details {
    let found = try await statement(reference, in: store)
    let day = try date.map(self.day)
    guard let details = try await store.answer(StatementDetails(id: found.id, date: day)) else {
      throw Refusal("there is no statement \(reference)")
    }
    return details
  }
}
