internal import Model

/// What the sample company has stated of itself, answered to laws, filed and decided.
enum SampleDuties {
  /// The retailer: a German controller, counted in Berlin, in no regulated trade.
  static var organisation: Organisation {
    var organisation = Organisation()
    organisation.name = SampleCompany.name
    (organisation.country, organisation.zone) = ("DE", .named("Europe/Berlin"))
    (organisation.role, organisation.sectors) = ("controller", [])
    organisation.contact = "Security desk, security@lindgren-vale.example"
    organisation.officer = "Leonie Achterberg"
    organisation.openness = Openness(
      site: "https://www.lindgren-vale.example/privacy/",
      rights:
        "Write to privacy@lindgren-vale.example or to the shop, for the attention of the data "
        + "protection officer. We answer within a month and ask for no more than we need to know you.",
      securityContacts: ["mailto:security@lindgren-vale.example"],
      securityPolicy: "https://www.lindgren-vale.example/security/",
      securityAddress: "https://www.lindgren-vale.example/.well-known/security.txt",
      securityLanguages: ["en", "de"]
    )
    return organisation
  }

  /// Answers to what laws ask, by a word of the incident's title.
  private static let answers: [(word: String, answers: [(key: String, answer: String)])] = [
    ("staging API", [("risk", "high"), ("personal_data", "yes"), ("harm_likely", "yes")]),
    ("Payment page", [("risk", "high"), ("personal_data", "yes")]),
    ("Invoices of other", [("risk", "risk"), ("personal_data", "yes")]),
    ("Newsletter", [("risk", "unlikely"), ("personal_data", "yes")]),
    ("Ransom note", [("personal_data", "yes"), ("incident_ongoing", "yes")]),
    ("Access log", [("risk", "risk"), ("personal_data", "yes"), ("harm_likely", "no")]),
  ]

  /// Writes it all: answers, a filing and a decision.
  static func write(
    _ numbers: [RecordID],
    _ histories: [SampleHistory],
    _ now: Instant,
    _ apply: ([any Change], Instant) async throws -> Void
  ) async throws {
    func number(_ word: String) -> RecordID? {
      histories.firstIndex { $0.opening.facts.title.contains(word) }.map { numbers[$0] }
    }
    for (word, answers) in answers {
      guard let id = number(word) else { continue }
      let edits = answers.map { IncidentEdit.answer(.known($0.key), $0.answer) }
      try await apply([EditIncident(id: id, basedOn: nil, edits: edits)], now - .seconds(50))
    }
    guard let skimming = number("Payment page"), let newsletter = number("Newsletter") else {
      return
    }
    let filing = FilingFacts(
      rule: "EU-GDPR-33-SA",
      sentAt: StatedTime(now - .seconds(26 * 3600), source: "receipt"),
      recipient: "Berlin Commissioner for Data Protection",
      means: "the authority's form",
      receipt: "DP-2026-88412",
      summary:
        "First notice: 1 412 customers of the French shop, card data read by a foreign script."
    )
    try await apply([AddFiling(incident: skimming, facts: filing)], now - .seconds(45))
    let decision = DecisionFacts(
      rule: "EU-GDPR-33-SA",
      decision: .doNotNotify,
      ground: .noRisk,
      reasoning:
        "E-mail addresses of customers who wrote to each other before; all asked to delete.",
      decidedBy: SampleOfficer.sanne.name,
      decidedAt: StatedTime(now - .seconds(3 * 3600), source: "minutes")
    )
    try await apply([RecordDecision(incident: newsletter, facts: decision)], now - .seconds(40))
  }
}
