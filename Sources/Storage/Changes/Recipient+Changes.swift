internal import GRDB
internal import Model

/// The journal's words for what import, job and reveal do: they are made by these alone, beside the
/// rows, and never performed on their own.
extension AddRecipients: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("recipients come in through an import")
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    ["recipients \(first) to \(first + Int64(count) - 1)", "rows: \(rows)", "index: \(keys)"]
  }
}

extension MoveRecipients: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("recipients are moved by a job")
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    let stated = [
      ("channel", what.channel?.label ?? ""), ("text", what.text), ("reason", what.cause),
    ]
    return ["\(count) recipients between \(first) and \(last): \(what.state.label)"]
      + stated.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } + ["events: \(events)"]
  }
}

extension RevealRecipients: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("a reveal is recorded where the recipients are read")
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    ["reason: \(reason)", "recipients: \(numbers.map(String.init).joined(separator: ", "))"]
  }
}
