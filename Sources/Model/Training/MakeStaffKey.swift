/// That the key of the list of staff was made: what is sealed of anybody on it is sealed with it.
///
/// Made by the store alone, with the first list that is brought in.
public struct MakeStaffKey: Change {
  /// What the journal calls it.
  public static let name = "staff.key"
  /// Digest of the wrapped key, and by which key it was wrapped.
  public var key: OpenMailing.Key

  /// The record that it alters.
  public var subject: Subject { Subject(.store, 1) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "made the key of the list of staff" }

  /// Makes the change.
  public init(key: OpenMailing.Key) { self.key = key }
}
