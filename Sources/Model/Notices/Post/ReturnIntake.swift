/// A row of a file of returns.
///
/// Foreign text, and personal.
public struct ReturnRow: Hashable, Sendable {
  /// The line at which it begins, from 1.
  public var line: Int
  /// The number of the batch; nil where the row does not say.
  public var batch: RecordID?
  /// The line in the batch; nil where the row does not say.
  public var place: Int64?
  /// The recipient's number; nil where the row does not say.
  public var number: Int64?
  /// The recipient's reference; empty where the row does not say.
  public var reference: String
  /// What became of it.
  public var outcome: ReturnOutcome
  /// The day, such as `2026-05-14`; empty where the row does not say.
  public var day: String
  /// The contact that is known now.
  public var edit: ContactEdit

  /// Makes a row.
  public init(
    line: Int,
    batch: RecordID? = nil,
    place: Int64? = nil,
    number: Int64? = nil,
    reference: String = "",
    outcome: ReturnOutcome,
    day: String = "",
    edit: ContactEdit = ContactEdit()
  ) {
    (self.line, self.batch, self.place, self.number) = (line, batch, place, number)
    (self.reference, self.outcome, self.day, self.edit) = (reference, outcome, day, edit)
  }
}

/// Where returns come from: read twice, once to see whether all is well.
public protocol ReturnSource: RowSource {
  /// The next rows, at most so many; none at the end.
  func next(_ count: Int) throws -> [ReturnRow]
}

/// What an import of returns did.
public struct ReturnImport: Codable, Sendable, Equatable {
  /// How many rows were taken.
  public var taken = 0
  /// How many recipients came to which state.
  public var moved: [RecipientState: Int] = [:]
  /// How many contacts were corrected.
  public var corrected = 0
  /// How many rows say what was known already; they changed nothing.
  public var known = 0
  /// How many rows were noted and changed no state: such as an SMS that arrived, or what came after the
  /// person was reached.
  public var noted = 0
  /// When the same input was imported before; nil where it was not.
  public var importedAt: Instant?
  /// How many rows were not taken.
  public var refusedCount = 0
  /// What was not taken, as far as it is listed.
  public var refused: [ImportProblem] = []
  /// Whether one of these took the rest of the input with it, so that bad rows cannot be skipped.
  public var isCutOff = false

  /// Makes an import of nothing.
  public init() {}
}

/// Takes in what printers, call centres and the post say became of batches.
///
/// The source is read twice: where a row is bad, none is taken, unless `skipsBad`; where one took the rest
/// of the source with it, none is taken at all. Each row is recorded with its batch, so that the same is taken once however often it is imported, and a broken off import
/// is gone on with by importing the same input again.
public struct ReturnIntake: Job {
  /// What was done.
  public typealias Outcome = ReturnImport
  /// The mailing.
  public var mailing: RecordID
  /// Where the returns come from.
  public var source: any ReturnSource
  /// The batch of rows that name none; nil for the last one that the person was in.
  public var batch: RecordID?
  /// Whether the good rows of a source with bad ones are taken.
  public var skipsBad: Bool

  /// Makes the job.
  public init(
    into mailing: RecordID,
    from source: any ReturnSource,
    batch: RecordID? = nil,
    skipsBad: Bool = false
  ) {
    (self.mailing, self.source) = (mailing, source)
    (self.batch, self.skipsBad) = (batch, skipsBad)
  }
}

/// Returns that were recorded: numbers and a digest, no person.
///
/// Made by the import alone, in the transaction that moves the recipients.
public struct RecordReturns: Change {
  /// What the journal calls it.
  public static let name = "returns.record"
  /// The mailing.
  public var mailing: RecordID
  /// How many rows.
  public var count: Int
  /// SHA-256 over batch, recipient and outcome of each, in order of these; hexadecimal.
  public var returns: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "recorded \(count) returns" }

  /// Makes the change.
  public init(mailing: RecordID, count: Int, returns: String) {
    (self.mailing, self.count, self.returns) = (mailing, count, returns)
  }
}
