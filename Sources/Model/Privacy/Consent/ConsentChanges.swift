/// A change that leaves what is known of a purpose as it is: the journal's word for what a job did.
public protocol PurposeNote: RecordChange where Facts == PurposeFacts {
  /// The purpose.
  var purpose: RecordID { get }
}

extension PurposeNote {
  /// The record that it alters.
  public var subject: Subject { Subject(.purpose, purpose) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }

  /// What the record says after it: what it said before.
  public func after(
    _ state: RecordState<PurposeFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<PurposeFacts> {
    guard let state else { throw RefusedStep("there is no such purpose") }
    return state
  }
}

/// The key that a purpose's records are sealed with was made.
///
/// Made by the store alone, in the transaction that brings the first of them in.
public struct OpenConsents: PurposeNote {
  /// What the journal calls it.
  public static let name = "consents.open"
  /// The purpose.
  public var purpose: RecordID
  /// The key as it is kept.
  public var key: OpenMailing.Key

  /// What it does, in a few words.
  public var headline: String { "made the key for consent records" }

  /// Makes the change.
  public init(purpose: RecordID, key: OpenMailing.Key) {
    (self.purpose, self.key) = (purpose, key)
  }
}

/// A stretch of consent records that came in: numbers and a digest, no person.
///
/// Made by the store alone, in the transaction that brings the rows in.
public struct AddConsents: PurposeNote {
  /// What the journal calls it.
  public static let name = "consents.add"
  /// The purpose.
  public var purpose: RecordID
  /// The segment of the index in which they are found.
  public var segment: Int64
  /// The first number.
  public var first: Int64
  /// How many.
  public var count: Int
  /// How many say what.
  public var states: [String: Int]
  /// SHA-256 over the rows as they came in, sealed, in order of number; hexadecimal.
  public var rows: String

  /// What it does, in a few words.
  public var headline: String {
    let parts = states.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return "consent records \(first) to \(first + Int64(count) - 1): "
      + parts.joined(separator: ", ")
  }

  /// Makes the change.
  public init(
    purpose: RecordID,
    segment: Int64,
    first: Int64,
    count: Int,
    states: [String: Int],
    rows: String
  ) {
    (self.purpose, self.segment, self.first) = (purpose, segment, first)
    (self.count, self.states, self.rows) = (count, states, rows)
  }
}

/// Consent records that somebody looked at unmasked, and why.
///
/// Made by the store alone, in the transaction that reads them.
public struct RevealConsents: PurposeNote {
  /// What the journal calls it.
  public static let name = "consents.reveal"
  /// The purpose.
  public var purpose: RecordID
  /// Their numbers, ascending.
  public var numbers: [Int64]
  /// Why.
  public var reason: String

  /// What it does, in a few words.
  public var headline: String {
    "revealed \(numbers.count) consent records: \(firstLine(reason))"
  }

  /// Makes the change.
  public init(purpose: RecordID, numbers: [Int64], reason: String) {
    (self.purpose, self.numbers, self.reason) = (purpose, numbers.sorted(), reason)
  }
}

/// Allows another account to export consent records once: which, to whom and why.
///
/// Where the organisation asks for a second person, an export waits for it.
public struct AllowConsentExport: PurposeNote {
  /// What the journal calls it.
  public static let name = "consents.allow-export"
  /// The purpose.
  public var purpose: RecordID
  /// The filter in words; empty for what everybody said last.
  public var filter: String
  /// To whom, and why: in the words of the export.
  public var reason: String

  /// What it does, in a few words.
  public var headline: String { "allowed an export of consent records: \(firstLine(reason))" }

  /// Makes the change.
  public init(purpose: RecordID, filter: String, reason: String) {
    (self.purpose, self.filter, self.reason) = (purpose, filter, reason)
  }
}

/// References of people that were written into a file: which, how many, to whom and why.
///
/// Made by the store alone, before the file is to be seen.
public struct ExportConsents: PurposeNote {
  /// What the journal calls it.
  public static let name = "consents.export"
  /// The purpose.
  public var purpose: RecordID
  /// The filter in words; empty for what everybody said last.
  public var filter: String
  /// How many.
  public var count: Int
  /// SHA-256 of the file, in hexadecimal; of all purposes in it.
  public var file: String
  /// To whom, and why.
  public var reason: String

  /// What it does, in a few words.
  public var headline: String { "exported \(count) consent records: \(firstLine(reason))" }

  /// Makes the change.
  public init(purpose: RecordID, filter: String, count: Int, file: String, reason: String) {
    (self.purpose, self.filter, self.count) = (purpose, filter, count)
    (self.file, self.reason) = (file, reason)
  }
}

/// Who said it was erased from some records: one person's.
///
/// Made by the store alone, in the transaction that overwrites them.
public struct EraseConsents: PurposeNote {
  /// What the journal calls it.
  public static let name = "consents.erase"
  /// The purpose.
  public var purpose: RecordID
  /// The numbers of the person's records, ascending.
  public var numbers: [Int64]
  /// On what ground; names nobody.
  public var reason: String

  /// What it does, in a few words.
  public var headline: String {
    "erased a person from \(numbers.count) consent records: \(firstLine(reason))"
  }

  /// Makes the change.
  public init(purpose: RecordID, numbers: [Int64], reason: String) {
    (self.purpose, self.numbers, self.reason) = (purpose, numbers.sorted(), reason)
  }
}

/// Destroys the key to all who consented to a purpose; what is left is numbers.
public struct ErasePurpose: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "purpose.erase"
  /// Which purpose.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Whether somebody ordered it by the purpose's name though no rule says that it is due.
  public var isOrdered: Bool

  /// The record that it alters.
  public var subject: Subject { Subject(.purpose, id) }
  /// What it does, in a few words.
  public var headline: String { "erased all who consented" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, isOrdered: Bool) {
    (self.id, self.basedOn, self.isOrdered) = (id, basedOn, isOrdered)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<PurposeFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<PurposeFacts> {
    guard var state else { throw RefusedStep("there is no such purpose") }
    guard state.facts.erasedAt == nil else {
      throw RefusedStep("those who consented were erased already")
    }
    state.facts.erasedAt = at
    return state
  }
}
