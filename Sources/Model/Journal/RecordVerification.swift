/// Writes down that the record was verified, and what was found.
///
/// The entry stands behind the entries that were verified, so it says nothing of itself. It cannot be
/// taken back.
public struct RecordVerification: Change {
  /// What the journal calls it.
  public static let name = "store.verify"
  /// Whether nothing was found altered.
  public var isSound: Bool
  /// The newest entry that was found sound.
  public var head: JournalSequence
  /// Its hash in hexadecimal.
  public var headHash: String
  /// How many faults were found.
  public var faults: Int

  /// The record that it alters.
  public var subject: Subject { Subject(.store, 1) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    isSound
      ? "verified: sound up to entry \(head)"
      : "verified: \(faults) \(faults == 1 ? "alteration" : "alterations") found"
  }

  /// Makes the change.
  public init(isSound: Bool, head: JournalSequence, headHash: String, faults: Int) {
    (self.isSound, self.head, self.headHash) = (isSound, head, headHash)
    self.faults = faults
  }
}

/// A verification as the journal keeps it.
public struct VerificationMark: Codable, Sendable, Hashable {
  /// When it was.
  public var at: Instant
  /// Who let it run.
  ///
  /// Foreign text.
  public var by: String
  /// Whether nothing was found altered.
  public var isSound: Bool
  /// The newest entry that was found sound.
  public var head: JournalSequence
  /// Its hash in hexadecimal.
  public var headHash: String
  /// How many faults were found.
  public var faults: Int

  /// Makes a mark.
  public init(at: Instant, by: String, _ change: RecordVerification) {
    (self.at, self.by, isSound) = (at, by, change.isSound)
    (head, headHash, faults) = (change.head, change.headHash, change.faults)
  }
}

/// Asks when the record was last verified; nil where the journal says nothing of it.
public struct LastVerification: Question {
  /// What comes back.
  public typealias Answer = VerificationMark?

  /// Makes the question.
  public init() {}
}
