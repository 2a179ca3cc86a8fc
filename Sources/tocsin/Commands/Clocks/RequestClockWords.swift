internal import Exchange
internal import Model

// Requests by people among the clocks.
extension ClockWords {
  /// The cells of a request's row: countdown, due, what is wanted, reference, who handles it.
  static func cells(_ request: RightsRequest, now: Instant, zone: Zone) -> [String] {
    let facts = request.facts
    let due = facts.clock?.due ?? Instant.range.upperBound
    return [
      countdown(until: due, now: now), due.text(in: zone), facts.wanted.label, request.reference,
      facts.handler ?? "nobody",
    ]
  }

  /// `1 request late`, `2 requests due`; empty where none is late or near.
  static func line(_ requests: [RightsRequest], now: Instant, within: Duration) -> String {
    let dues = requests.compactMap { $0.facts.clock?.due }
    func words(_ count: Int, _ what: String) -> String? {
      count == 0 ? nil : "\(count) \(count == 1 ? "request" : "requests") \(what)"
    }
    let late = dues.count { $0 < now }
    let near = dues.count { $0 >= now && $0 <= now + within }
    return [words(late, "late"), words(near, "due")].compactMap(\.self).joined(separator: ", ")
  }

  private static func countdown(until due: Instant, now: Instant) -> String {
    let left = (due - now).wholeMilliseconds / 1000
    let seconds = abs(left)
    let words =
      seconds >= 86_400
      ? "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
      : "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    return left < 0 ? "late \(words)" : words
  }
}

extension JSON {
  /// A request as an object among clocks, without who made it.
  init(clock request: RightsRequest, now: Instant) {
    let facts = request.facts
    self = .members([
      "request": .string(request.reference), "title": .string(facts.wanted.label),
      "exercise": .bool(false), "jurisdiction": .string(facts.jurisdiction),
      "recipient": .string("the person"),
      "state": .string(facts.isOverdue(at: now) ? "overdue" : "due"),
      "due": .text(facts.clock?.due.description),
      "latest": .text(facts.clock?.reckoning.latest.description),
      "law": .text(facts.clock?.citation), "handler": .text(facts.handler),
      "extended": .bool(facts.clock?.isExtended ?? false),
    ])
  }
}
