internal import GRDB
internal import Model

extension StatementStates: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [StatementRow] {
    try KeptTable<StatementFacts>.list(in: db).map { statement in
      try StatementRows.row(
        statement,
        try StatementEditionRecord.list(of: statement.id, in: db),
        context.now,
        in: db
      ).row
    }
  }
}

extension StatementByReference: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Model.Statement? {
    try KeptTable.named(reference, in: db)
  }
}

extension DisclosureList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [PublicAccount] {
    try KeptTable.list(in: db)
  }
}

extension StatementDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard let statement = try KeptTable<StatementFacts>.fetch(id, in: db) else { return nil }
    let editions = try StatementEditionRecord.list(of: id, in: db)
    let (row, differences) = try StatementRows.row(statement, editions, context.now, in: db)
    return Details(
      row: row,
      editions: editions,
      draft: try StatementReading.draft(
        of: statement,
        date: try date ?? StatementReading.today(context.now, in: db),
        withHidden: true,
        in: db
      ),
      differences: differences,
      history: try JournalWindow(
        JournalFilter(subject: Subject(.statement, id)),
        RowWindow(start: 0, count: 200)
      ).fetch(in: db, context).rows
    )
  }
}

/// How statements stand.
enum StatementRows {
  static func row(
    _ statement: Model.Statement,
    _ editions: [StatementEdition],
    _ now: Instant,
    in db: Database
  ) throws -> (row: StatementRow, differences: [StatementDifference]) {
    let today = try StatementReading.today(now, in: db)
    let published = editions.first { $0.facts.state == .published }
    var differences: [StatementDifference] = []
    if let published {
      let content = published.facts.content
      let draft = try StatementReading.draft(again: published, statement, on: today, in: db)
      differences = content.differences(from: draft.content)
    }
    let row = StatementRow(
      statement: statement,
      live: editions.first { $0.facts.state.isLive }.map(StatementRow.Mark.init),
      published: published.map(StatementRow.Mark.init),
      last: editions.first { !$0.facts.state.isLive && $0.facts.state != .published }
        .map(StatementRow.Mark.init),
      unsupported: differences.count(where: \.isUntrue),
      additions: differences.count { !$0.isUntrue },
      problems: try StatementReading.draft(of: statement, date: today, in: db).problems,
      securityExpires: published?.facts.content.security?.expires
    )
    return (row, differences)
  }
}
