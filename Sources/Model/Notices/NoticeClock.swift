/// The duties that say by when people are told, out of all duties of an incident.
public struct NoticeClocks: Sendable, Equatable {
  /// A duty, and whose people it protects.
  private struct Entry: Sendable, Equatable {
    var record: ObligationRecord
    /// Patterns such as `US-CA` or `EU-*`.
    var people: [String]
    /// Whether the mailing names it.
    var isNamed: Bool
  }

  private var entries: [Entry]
  private let now: Instant

  /// Picks the duties that a mailing fulfils, and besides them those that tell people.
  ///
  /// - Parameters:
  ///   - records: The incident's duties.
  ///   - obligations: The duties that the mailing names, by their rules' ids.
  ///   - rules: The rules, which say who is told; without them only the mailing's own are known.
  ///   - now: The present.
  public init(
    _ records: [ObligationRecord],
    fulfilling obligations: [String],
    _ rules: RulePack?,
    now: Instant
  ) {
    self.now = now
    entries = records.compactMap { record in
      let duty = record.obligation
      let isNamed = obligations.contains(duty.id)
      let tellsPeople =
        rules?.authorities(named: duty.recipient, jurisdiction: duty.jurisdiction)
        .contains { $0.role == .people } ?? false
      guard isNamed || tellsPeople, duty.state != .none else { return nil }
      return Entry(
        record: record,
        people: Self.people(of: duty.id, in: duty.jurisdiction, rules),
        isNamed: isNamed
      )
    }
  }

  /// Whose people a duty protects: patterns such as `US-CA` or `EU-*`; none for everybody.
  ///
  /// - Parameters:
  ///   - id: The rule's id.
  ///   - jurisdiction: The jurisdiction of the duty.
  ///   - rules: The rules; without them the duty's own jurisdiction is meant.
  /// - Returns: The patterns.
  public static func people(
    of id: String,
    in jurisdiction: String,
    _ rules: RulePack?
  ) -> [String] {
    let people = rules?.rule(id)?.law.reach.people ?? []
    let all = jurisdiction.isEmpty ? [] : [jurisdiction, "\(jurisdiction)-*"]
    return people.isEmpty ? all : people
  }

  /// The duties, in the order in which they were given.
  public var records: [ObligationRecord] { entries.map(\.record) }

  /// The duty that presses most for the people of a jurisdiction; nil where none is known.
  public func nearest(in jurisdiction: String) -> ObligationRecord? {
    let covering = entries.filter { entry in
      entry.people.contains { Jurisdiction.pattern($0, covers: jurisdiction) }
    }
    guard let nearest = Self.nearest(covering.map(\.record), now: now) else { return nil }
    // Of several that press alike, such as those that wait for a fact, the mailing's own is meant.
    let urgency = Self.urgency(of: nearest, now: now)
    return Self.nearest(covering.filter(\.isNamed).map(\.record), now: now)
      .flatMap { Self.urgency(of: $0, now: now) == urgency ? $0 : nil } ?? nearest
  }

  /// Of the duties that the mailing names the one that presses most; nil where it names none that
  /// stands.
  ///
  /// The clock of another duty says nothing of what the mailing is for.
  public var fulfilled: ObligationRecord? {
    Self.nearest(entries.filter(\.isNamed).map(\.record), now: now)
  }

  /// The one that presses most; nil of none.
  public static func nearest(_ records: [ObligationRecord], now: Instant) -> ObligationRecord? {
    records.min { left, right in
      (urgency(of: left, now: now), left.obligation.id)
        < (urgency(of: right, now: now), right.obligation.id)
    }
  }

  /// How much a duty presses, less first: what is late, what is owed without delay, deadlines by time,
  /// what is held back or waits for a fact, and at last what was met.
  public static func urgency(of record: ObligationRecord, now: Instant) -> Int64 {
    let far: Int64 = 1 << 60
    let urgency: Int64 =
      switch record.obligation.state {
      case .due(let deadline): deadline.due.milliseconds
      case .noFixedDeadline: now.milliseconds
      case .held: far
      case .clockNotStarted, .undetermined: far + 1
      case .none: far + 2
      }
    return record.sentAt == nil ? urgency : far + 3 + urgency / 16
  }
}
