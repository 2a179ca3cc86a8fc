/// That nobody of a mailing is told anything until an officer says what was sent since the backup that
/// was put back.
///
/// It stands in the journal alone: the entry of the restore begins it, that of the release ends it.
public struct MailingHold: Codable, Sendable, Equatable {
  /// The mailing.
  public var mailing: RecordID
  /// What people call it.
  public var reference: String
  /// The entry of the journal that says that the store was put back.
  public var entry: JournalSequence
  /// When that was.
  public var at: Instant
  /// Who did it.
  public var by: String
  /// What the replaced store knew.
  public var known: RestoredMailing

  /// Makes a hold.
  public init(
    mailing: RecordID,
    reference: String,
    entry: JournalSequence,
    at: Instant,
    by: String,
    known: RestoredMailing
  ) {
    (self.mailing, self.reference, self.entry) = (mailing, reference, entry)
    (self.at, self.by, self.known) = (at, by, known)
  }
}

/// A mailing of a store that was put back, with what the replaced store knew of it.
public struct RestoredMailing: Codable, Sendable, Equatable {
  /// The mailing.
  public var id: RecordID
  /// What people call it.
  public var reference: String
  /// How many people were told, or may have been, since the backup, by the state they had in the
  /// replaced store; nil where that store could not be compared.
  public var told: [String: Int]?
  /// The kept files that say who these are, by their names beside the store.
  public var sources: [String]
  /// The highest number that a batch of it may have had there: the next one goes on behind it; nil in
  /// entries from before that was kept.
  public var lastBatch: RecordID?

  /// Makes one.
  public init(
    id: RecordID,
    reference: String,
    told: [String: Int]?,
    sources: [String] = [],
    lastBatch: RecordID? = nil
  ) {
    (self.id, self.reference, self.told, self.sources) = (id, reference, told, sources)
    self.lastBatch = lastBatch
  }

  /// How many people were told since, or may have been; nil where nobody knows.
  public var count: Int? { told.map { $0.values.reduce(0, +) } }

  /// What the replaced store knew, in words.
  public var words: String {
    guard let told else { return "the replaced store could not be compared" }
    let states = RecipientState.allCases.compactMap { state in
      told[state.rawValue].map { "\($0) \(state.label)" }
    }
    return states.isEmpty
      ? "the replaced store names nobody who was told since the backup"
      : "told since the backup, by the replaced store: \(states.joined(separator: ", "))"
  }
}

/// Asks which mailings are held since the store was put back, oldest first.
public struct MailingHolds: Question {
  /// What comes back.
  public typealias Answer = [MailingHold]
  /// Only this mailing; nil for all.
  public var mailing: RecordID?

  /// Makes the question.
  public init(of mailing: RecordID? = nil) { self.mailing = mailing }
}
