internal import GRDB
internal import Model

/// The journal's words for what jobs do with consent records: they are made by these alone, beside the
/// rows, and never performed on their own.
protocol PurposeSQLNote: KeptChange, PurposeNote {}

extension PurposeSQLNote {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("consent records are brought in, read and erased by jobs")
  }

  func inverse(of old: ConsentPurpose) -> (any SQLChange)? { nil }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

extension OpenConsents: PurposeSQLNote {
  var lines: [String] { ["key: \(key.digest)", "wrapped by: \(key.by)"] }
}

extension AddConsents: PurposeSQLNote {
  var lines: [String] {
    ["records \(first) to \(first + Int64(count) - 1)"]
      + states.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" } + ["rows: \(rows)"]
  }
}

extension RevealConsents: PurposeSQLNote {
  var lines: [String] {
    ["reason: \(reason)", "records: \(numbers.map(String.init).joined(separator: ", "))"]
  }
}

extension AllowConsentExport: PurposeSQLNote {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to allow an export, say to whom it goes and why")
    }
    return PurposeRecord.performed(try PurposeRecord.open(purpose, in: db))
  }

  var lines: [String] {
    ["reason: \(reason)", "filter: \(filter.isEmpty ? "the latest of everybody" : filter)"]
  }
}

extension ExportConsents: PurposeSQLNote {
  var lines: [String] {
    [
      "reason: \(reason)", "records: \(count)",
      "filter: \(filter.isEmpty ? "the latest of everybody" : filter)", "file: \(file)",
    ]
  }
}

extension EraseConsents: PurposeSQLNote {
  var lines: [String] {
    ["reason: \(reason)", "records: \(numbers.map(String.init).joined(separator: ", "))"]
  }
}

extension ErasePurpose: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let entry = try KeptTable<PurposeFacts>.existing(id, in: db)
    try LegalHoldRows.refuse(
      try OwnData.references(of: entry, in: db),
      at: context.now,
      in: db
    )
    let due = try OwnData.due(of: entry, in: db)
    let isOver = OwnData.isOver(due, at: context.now)
    guard isOrdered || isOver else {
      throw StoreError.refused(
        "who consented to \(entry.reference) is kept "
          + (due.map { "until \($0)" }
            ?? (entry.facts.ended == nil
              ? "while the purpose goes on"
              : "without a date, as no retention rule says until when"))
          + "; to erase them now, somebody must order it by the purpose's reference"
      )
    }
    if !isOver {
      try ErasureRules.requireTwo("those who consented to \(entry.reference)", context, in: db) {
        try PurposeRecord.order(to: entry, in: db)
      }
    }
    return try destroyKey(context, in: db)
  }

  /// Destroys the wrapped key, whatever the reason.
  func destroyKey(_ context: ChangeContext, in db: Database) throws -> Performed {
    try db.run(
      "UPDATE purpose SET wrappedKey = NULL, erasedAt = ? WHERE id = ?",
      [context.now.milliseconds, id]
    )
    return try KeptWriter.write(self, context, in: db)
  }

  func inverse(of old: ConsentPurpose) -> (any SQLChange)? { nil }

  var lines: [String] { isOrdered ? ["ordered by the purpose's reference"] : [] }
}
