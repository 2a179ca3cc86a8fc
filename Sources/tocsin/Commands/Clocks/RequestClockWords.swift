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
