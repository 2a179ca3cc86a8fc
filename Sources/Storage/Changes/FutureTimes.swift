internal import Model

extension ChangeContext {
  /// How far a clock may run ahead of the store's before a time of it counts as still to come.
  static let skew: Duration = .seconds(300)

  /// Refuses a time that is still to come for something that has happened.
  ///
  /// A clock that counts from a future instant is late later than the law allows. A day, a month or a
  /// year that has begun is accepted: the whole stretch is meant. Taking a change back puts back what
  /// stood there.
  ///
  /// - Parameters:
  ///   - time: What was stated; nil states nothing.
  ///   - field: What the time is of, as the refusal names it.
  /// - Throws: `StoreError.refused`.
  func refuseFuture(_ time: StatedTime?, of field: String) throws {
    guard !isUndo, let time, time.earliest > now + ChangeContext.skew else { return }
    throw StoreError.refused(
      "\(field): \(time.plainWithZone) is still to come (now is \(now)); say when it was"
    )
  }
}

extension IncidentFacts {
  /// Refuses instants that are still to come.
  func refuseFuture(_ context: ChangeContext) throws {
    for (instant, time) in instants.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try context.refuseFuture(time, of: instant.label)
    }
  }
}

extension IncidentEdit {
  /// Refuses an edit that sets an instant which is still to come.
  func refuseFuture(_ context: ChangeContext) throws {
    guard case .instant(let instant, let time) = self else { return }
    try context.refuseFuture(time, of: instant.label)
  }
}
