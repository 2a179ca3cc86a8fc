/// How many were handed over in a jurisdiction up to an instant, and how many later.
///
/// Hand-overs are counted: somebody who was tried twice counts twice.
public struct HandOverSplit: Codable, Sendable, Hashable {
  /// The instant; a hand-over at it is in time.
  public var due: Instant
  /// Where.
  public var jurisdiction: String
  /// How many up to the instant.
  public var byThen: Int
  /// How many later.
  public var later: Int

  /// Makes a split.
  public init(due: Instant, jurisdiction: String, byThen: Int, later: Int) {
    (self.due, self.jurisdiction) = (due, jurisdiction)
    (self.byThen, self.later) = (byThen, later)
  }
}
