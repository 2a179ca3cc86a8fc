internal import GRDB
internal import Model

/// The journal's words for what exports, imports of returns and corrections do: made by these alone,
/// beside the rows, and never performed on their own.
protocol JournalledByJob: SQLChange {
  /// What makes it, in a sentence.
  static var maker: String { get }
}

extension JournalledByJob {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused(Self.maker)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

extension OpenBatch: JournalledByJob {
  static let maker = "a batch is begun by an export"

  var lines: [String] {
    ["to whom and why: \(reason)", "columns: \(columns.map(\.rawValue).joined(separator: ", "))"]
      + (isRegistered == true ? ["registered post"] : [])
  }
}

extension FixBatch: JournalledByJob {
  static let maker = "a batch is fixed by an export"

  var lines: [String] {
    ["recipients: \(count)", "lines: \(listed)"]
      + (columns.map { ["columns: \($0.map(\.rawValue).joined(separator: ", "))"] } ?? [])
  }
}

extension DiscloseBatch: JournalledByJob {
  static let maker = "a batch is disclosed by an export"

  var lines: [String] {
    ["to whom and why: \(reason)", "recipients: \(count)"]
      + files.map { "\($0.name), \($0.bytes) bytes, SHA-256 \($0.sha256)" }
  }
}

extension ReopenBatchFiles: JournalledByJob {
  static let maker = "a batch is written again by an export"

  var lines: [String] { ["to whom and why: \(reason)"] }
}

extension ResumeBatch: JournalledByJob {
  static let maker = "a batch is gone on with by an export"

  var lines: [String] { ["to whom and why: \(reason)"] }
}

extension GiveUpBatch: JournalledByJob {
  static let maker = "a batch is given up by a job"

  var lines: [String] { ["because: \(reason)"] }
}

extension CloseBatch: JournalledByJob {
  static let maker = "a batch is closed by an export"

  var lines: [String] { ["handed over: \(handedOver)"] }
}

extension CorrectContacts: JournalledByJob {
  static let maker = "contacts are corrected by a job"

  var lines: [String] {
    ["reason: \(reason)", "contacts: \(count)", "sealed: \(versions)", "index: \(keys)"]
  }
}

extension RecordReturns: JournalledByJob {
  static let maker = "returns come in through an import"

  var lines: [String] { ["returns: \(count)", "digest: \(returns)"] }
}
