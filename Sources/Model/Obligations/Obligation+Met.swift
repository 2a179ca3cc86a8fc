extension Obligation {
  /// Events that come more than once: each asks anew, and only what is sent after it answers it.
  private static let recurring: Set<String> = [
    "events.information_available_at", "events.requested_at", "events.recovered_at",
  ]

  /// When it was asked for anew; nil where any sending meets it, whenever it was.
  ///
  /// A first notice may well be sent before the event that its clock counts from. What completes it
  /// cannot: an amendment of June says nothing of what came to light in July (Form 8-K Item 1.05,
  /// instruction 2).
  public var askedAgainAt: Instant? {
    guard let reckoning, Obligation.recurring.contains(reckoning.startKey) else { return nil }
    return reckoning.start
  }

  /// Whether sendings of its notice meet it.
  public func isMet(by sent: [Instant]) -> Bool {
    guard let last = sent.max() else { return false }
    return askedAgainAt.map { last >= $0 } ?? true
  }
}
