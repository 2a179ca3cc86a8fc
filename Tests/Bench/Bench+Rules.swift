import Foundation
import Model
import Rulebook

extension Bench {
  /// How long the rulebook takes to read, and all of it over one incident.
  func rules() throws {
    let clock = ContinuousClock()
    var book: Rulebook?
    let reading = try clock.measure { book = try shippedRules() }
    guard let book else { return }
    row("rulebook read", milliseconds(reading))
    let engine = ObligationEngine(pack: book.pack)
    let facts = try Bench.facts()
    let rounds = 200
    var count = 0
    let time = clock.measure {
      for _ in 0..<rounds {
        count = engine.obligations(for: facts, now: Instant(seconds: 1_800_000_000)).count
      }
    }
    row(
      "all \(book.pack.rules.count) rules over one incident (\(count) considered)",
      milliseconds(time / rounds)
    )
  }

  /// An incident that reaches many laws: the Union, the United Kingdom and twelve states.
  private static func facts() throws -> Facts {
    var facts = Facts()
    let start = FactInput.text("2026-05-15T16:40:00+02:00")
    let states = ["CA", "NY", "TX", "FL", "WA", "IL", "PA", "OH", "VT", "ME", "CO", "OR"]
    for state in states { try facts.state("affected.US-\(state)", .integer(900)) }
    for place in ["EU-DE", "EU-FR", "GB", "BR", "SG", "JP", "AU", "CH"] {
      try facts.state("affected.\(place)", .integer(2000))
    }
    for event in FactKey.events { try facts.state("events.\(event)", start) }
    try facts.state("org.country", .text("DE"))
    try facts.state("org.tz", .text("Europe/Berlin"))
    try facts.state("org.role", .text("controller"))
    try facts.state("org.sectors", .list(["essential", "finance_dora"]))
    try facts.state("risk", .text("high"))
    try facts.state("significant", .flag(true))
    try facts.state("major", .flag(true))
    return facts
  }
}
