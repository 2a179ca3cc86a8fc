/// How far the telling is in a jurisdiction, or in all of them, and which duty's clock says how long is
/// left there.
public struct TellingPlace: Identifiable, Sendable, Equatable {
  /// The jurisdiction; empty for all.
  public var id: String
  /// How far the telling is.
  public var coverage: MailingCoverage
  /// The duty that says by when: in a jurisdiction the one to tell its people that presses most, for all
  /// of those that the mailing fulfils; nil where none is known.
  public var clock: ObligationRecord?

  /// Makes a place.
  public init(id: String, coverage: MailingCoverage, clock: ObligationRecord?) {
    (self.id, self.coverage, self.clock) = (id, coverage, clock)
  }

  /// Whether somebody is to be told there still, or is affected and not listed.
  public var isOpen: Bool { coverage.notTold > 0 || (coverage.gap ?? 0) > 0 }

  /// How far a mailing is: all of it first, then the jurisdictions in which somebody is to be told, those
  /// with the least time before the others.
  ///
  /// - Parameters:
  ///   - status: How far it is.
  ///   - clocks: The duties that tell people.
  ///   - now: The present.
  /// - Returns: One row more than there are jurisdictions.
  public static func list(
    _ status: MailingStatus.Answer,
    _ clocks: NoticeClocks,
    now: Instant
  ) -> [TellingPlace] {
    var counts: [String: [RecipientState: Int]] = [:]
    for tally in status.tallies {
      counts[tally.jurisdiction, default: [:]][tally.state, default: 0] += tally.count
    }
    let places = status.coverage.filter { !$0.jurisdiction.isEmpty }.map { place in
      TellingPlace(
        id: place.jurisdiction,
        coverage: MailingCoverage(
          affected: place.affected,
          counts: counts[place.jurisdiction] ?? [:]
        ),
        clock: clocks.nearest(in: place.jurisdiction)
      )
    }
    let all = TellingPlace(id: "", coverage: status.whole, clock: clocks.fulfilled)
    return [all] + places.sorted { $0.order(now) < $1.order(now) }
  }

  /// How many who are affected are listed nowhere: all of them, and none of a place made up for by another
  /// in which more are listed than affected; nil where unknown.
  public static func notListed(in places: [TellingPlace]) -> Int64? {
    let known = places.compactMap { place in place.coverage.notListed.map { (place.id, $0) } }
    guard !known.isEmpty else { return nil }
    let all = known.filter { $0.0.isEmpty }.map(\.1).max() ?? 0
    return max(all, known.filter { !$0.0.isEmpty }.reduce(0) { $0 + $1.1 })
  }

  private func order(_ now: Instant) -> (Int, Int64, Int, String) {
    let urgency = clock.map { NoticeClocks.urgency(of: $0, now: now) } ?? .max
    return (isOpen ? 0 : 1, urgency, -coverage.notTold, id)
  }
}

extension MailingStatus.Answer {
  /// How far the telling is in all.
  public var whole: MailingCoverage {
    var counts: [RecipientState: Int] = [:]
    for tally in tallies { counts[tally.state, default: 0] += tally.count }
    // Where people live of whom nobody knows where is no jurisdiction that the incident states.
    let affected = coverage.filter { place in
      place.jurisdiction != "unknown" && (place.affected != 0 || place.listed == 0)
    }.map { AffectedPeople(jurisdiction: $0.jurisdiction, count: $0.affected) }
    return MailingCoverage(of: affected, counts: counts)
  }
}

extension ObligationRecord {
  /// Why there is no time left to be told, in words: which fact is missing; nil where none is.
  public var waitsFor: String? {
    guard sentAt == nil, obligation.state.isWaiting else { return nil }
    let labels = obligation.state.missing.map(\.label)
    let more = labels.count > 3 ? " and \(labels.count - 3) more" : ""
    let facts = labels.isEmpty ? "a fact" : labels.prefix(3).joined(separator: ", ") + more
    if case .clockNotStarted = obligation.state { return "not started: \(facts)" }
    return "not determined: \(facts)"
  }
}
