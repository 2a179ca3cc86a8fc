/// The steps of ENISA's worksheet of 2013, in our words: SE = DPC x EI + CB.
///
/// The levels are ENISA's; that low is read as "likely no risk", medium as "risk" and the two above
/// as "high risk" is ours, for the methodology names no duty to notify.
enum EnisaWorksheet {
  typealias Choice = AssessmentChoice

  static let steps: [AssessmentStep] = [
    AssessmentStep(
      "data",
      "Kind of data",
      "What kind of data is it? Of several kinds, the one that would score highest.",
      [
        Choice(
          "simple",
          "simple data",
          1,
          "1",
          "Life and contact data: name, address, education, family, work."
        ),
        Choice(
          "behavioural",
          "behavioural data",
          2,
          "2",
          "Location, traffic data, habits, preferences, orders."
        ),
        Choice(
          "financial",
          "financial data",
          3,
          "3",
          "Income, transactions, statements, cards, invoices, social benefits."
        ),
        Choice(
          "sensitive",
          "sensitive data",
          4,
          "4",
          "Health, politics, religion, sexual life and the like."
        ),
      ]
    ),
    AssessmentStep(
      "context",
      "Context",
      "What makes the data worse or better than its kind? (data processing context, DPC)",
      by: "data",
      contexts
    ),
    AssessmentStep(
      "identification",
      "Identification",
      "How easily can somebody who has the data tell whose it is? (EI)",
      [
        Choice(
          "negligible",
          "negligible",
          1,
          "x 0.25",
          "Extremely hard to match with a person, yet not impossible; also data well encrypted."
        ),
        Choice(
          "limited",
          "limited",
          2,
          "x 0.5",
          "Possible with other sources and effort: a name that many people share."
        ),
        Choice(
          "significant",
          "significant",
          3,
          "x 0.75",
          "Possible with some research: a rare name, a name in a small town, a number others hold."
        ),
        Choice(
          "maximum",
          "maximum",
          4,
          "x 1",
          "From the data itself, with no research: name and birth date, e-mail, identity number."
        ),
      ]
    ),
    AssessmentStep(
      "confidentiality",
      "Confidentiality",
      "Who has seen or could see the data?",
      [
        Choice(
          "none",
          "no sign that anybody saw it",
          0,
          "+ 0",
          "Exposed without evidence of use: a laptop lost in transit, a disk not wiped; or not at all."
        ),
        Choice(
          "known",
          "known recipients",
          1,
          "+ 0.25",
          "A number of people one can name: mail to wrong addresses, one customer saw another's page."
        ),
        Choice(
          "unknown",
          "an unknown number",
          2,
          "+ 0.5",
          "Published on the web, sold, taken by an intruder, open to all customers."
        ),
      ]
    ),
    AssessmentStep(
      "integrity",
      "Integrity",
      "Was the data altered?",
      [
        Choice(
          "none",
          "not, or not used altered",
          0,
          "+ 0",
          "Unaltered; or altered, and put right before anybody used it."
        ),
        Choice(
          "recoverable",
          "altered, can be put right",
          1,
          "+ 0.25",
          "Altered and perhaps used wrongly, but the right data can be restored."
        ),
        Choice(
          "lost",
          "altered for good",
          2,
          "+ 0.5",
          "Altered and perhaps used wrongly, and the right data cannot be restored."
        ),
      ]
    ),
    AssessmentStep(
      "availability",
      "Availability",
      "Could people who need the data get at it?",
      [
        Choice(
          "none",
          "yes, without trouble",
          0,
          "+ 0",
          "Never gone; or a copy was lost and another one is there."
        ),
        Choice(
          "time",
          "not for some time",
          1,
          "+ 0.25",
          "Gone for a time; it could be rebuilt, with effort or delay."
        ),
        Choice(
          "lost",
          "gone for good",
          2,
          "+ 0.5",
          "Neither the organisation nor the people can bring it back."
        ),
      ]
    ),
    AssessmentStep(
      "malice",
      "Intent",
      "Was it done on purpose, to harm the organisation or people?",
      [
        Choice("no", "no", 0, "+ 0", "An error, human or technical, without intent."),
        Choice(
          "yes",
          "yes",
          2,
          "+ 0.5",
          "Theft, hacking, a sale of data, an act of revenge: more people may come to harm."
        ),
      ]
    ),
    AssessmentStep(
      "number",
      "Flag: people",
      "Are more than 100 people concerned? It is flagged, and does not score.",
      [
        Choice("no", "100 or fewer", 0, "", "No flag."),
        Choice("yes", "more than 100", 0, "flag", "Flagged: the scale is to be weighed besides."),
      ]
    ),
    AssessmentStep(
      "unintelligible",
      "Flag: unreadable",
      "Is the data unreadable to others? It is flagged, and does not score.",
      [
        Choice("no", "it can be read", 0, "", "No flag."),
        Choice(
          "yes",
          "unreadable",
          0,
          "flag",
          "Encrypted or hashed to the state of the art, key safe: flagged, it lessens what can follow."
        ),
      ]
    ),
  ]

  /// The adjustments of Annex 1; the weight is DPC afterwards.
  private static let contexts: [String: [Choice]] = [
    "simple": [
      Choice("basic", "nothing special", 1, "DPC 1", "No aggravating factor is known."),
      Choice(
        "profile",
        "allows a profile",
        2,
        "DPC 2",
        "Volume or controller allow profiling, or guesses at social or financial standing."
      ),
      Choice(
        "inference",
        "tells of sensitive things",
        3,
        "DPC 3",
        "Data or controller allow guesses at health, sexual life, politics or belief."
      ),
      Choice(
        "vulnerable",
        "people at risk",
        4,
        "DPC 4",
        "Minors or other vulnerable people, whose safety or well-being the data can touch."
      ),
    ],
    "behavioural": [
      Choice("basic", "nothing special", 2, "DPC 2", "No factor either way is known."),
      Choice(
        "little",
        "tells little",
        1,
        "DPC 1",
        "Gives no real insight into behaviour, or is public anyway."
      ),
      Choice(
        "profile",
        "a profile of everyday life",
        3,
        "DPC 3",
        "Volume or controller allow a detailed profile of everyday life and habits."
      ),
      Choice(
        "sensitive",
        "a profile of sensitive things",
        4,
        "DPC 4",
        "A profile that rests on sensitive data can be made."
      ),
    ],
    "financial": [
      Choice("basic", "nothing special", 3, "DPC 3", "No factor either way is known."),
      Choice(
        "none",
        "tells nothing of finances",
        1,
        "DPC 1",
        "That somebody is a customer of a bank, without more."
      ),
      Choice(
        "some",
        "tells a little",
        2,
        "DPC 2",
        "Some financial data without real insight: a bare account number."
      ),
      Choice(
        "full",
        "allows fraud or a profile",
        4,
        "DPC 4",
        "Full data, such as a credit card, that enables fraud or a detailed profile."
      ),
    ],
    "sensitive": [
      Choice("basic", "nothing special", 4, "DPC 4", "No lessening factor is known."),
      Choice(
        "none",
        "tells nothing, or public",
        1,
        "DPC 1",
        "Gives no real insight, or can easily be found in public."
      ),
      Choice(
        "general",
        "allows general guesses",
        2,
        "DPC 2",
        "Leads to general assumptions only."
      ),
      Choice(
        "assumption",
        "allows guesses at it",
        3,
        "DPC 3",
        "Leads to assumptions about sensitive things, not to the things themselves."
      ),
    ],
  ]

  static func outcome(_ answers: [String: String]) -> AssessmentOutcome {
    let missing = steps.filter { $0.choice(answers) == nil }.map(\.id)
    // What is not answered counts as little as it can: the score is a floor.
    func weight(_ id: String) -> Int {
      guard let step = steps.first(where: { $0.id == id }) else { return 0 }
      let all = step.choices(answers).isEmpty ? step.allChoices : step.choices(answers)
      return step.choice(answers)?.weight ?? all.map(\.weight).min() ?? 0
    }
    let sheet = SeverityWorksheet(
      context: weight("context"),
      identification: weight("identification"),
      circumstances: .init(
        confidentiality: weight("confidentiality"),
        integrity: weight("integrity"),
        availability: weight("availability"),
        malice: weight("malice")
      )
    )
    guard let sheet else { return AssessmentOutcome(risk: nil, result: "", reason: "") }
    let flags = ["number", "unintelligible"].compactMap { id -> String? in
      guard let choice = steps.first(where: { $0.id == id })?.choice(answers), choice.mark == "flag"
      else { return nil }
      return choice.label
    }
    let flagged = flags.isEmpty ? "" : "; flagged: \(flags.joined(separator: ", "))"
    guard missing.isEmpty else {
      return AssessmentOutcome(
        risk: nil,
        result: "at least \(sheet.text)\(flagged)",
        reason: "",
        missing: missing
      )
    }
    return AssessmentOutcome(
      risk: sheet.level.risk,
      result: sheet.text + flagged,
      reason: sheet.level.meaning,
      worksheet: sheet
    )
  }
}

extension SeverityWorksheet.Level {
  /// What the level is read as.
  public var risk: RiskLevel {
    switch self {
    case .low: .unlikely
    case .medium: .risk
    case .high, .veryHigh: .high
    }
  }

  /// What it means for the people, as ENISA has it.
  public var meaning: String {
    switch self {
    case .low: "People are not affected, or meet a few inconveniences they overcome easily."
    case .medium: "People may meet significant inconveniences they overcome with some difficulty."
    case .high: "People may meet significant consequences they overcome with serious difficulty."
    case .veryHigh: "People may meet significant, even irreversible consequences."
    }
  }
}
