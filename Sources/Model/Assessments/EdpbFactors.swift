/// The factors of the EDPB's Guidelines 9/2022, section IV.B, as questions.
///
/// The guidelines weigh likelihood and severity together and give no formula. Ours is this, in order:
///
/// 1. nobody can read the data, and it was neither altered nor lost: likely no risk;
/// 2. the consequences would be severe: high risk;
/// 3. they would be significant: high risk where two or more of the other factors raise it, else risk;
/// 4. none are to be expected: likely no risk;
/// 5. they would be minor: likely no risk where a trusted recipient has the data or at most one factor
///    raises it, else risk.
///
/// It gives the answers of all 18 cases of Guidelines 01/2021. The numbers of people are ours: the
/// guidelines name none.
enum EdpbFactors {
  typealias Choice = AssessmentChoice

  static let steps: [AssessmentStep] = [
    AssessmentStep(
      "type",
      "Type of breach",
      "What happened to the data? Of several things, the worst.",
      [
        Choice(
          "trusted",
          "seen by a trusted recipient",
          0,
          "lowers",
          "Sent to somebody known, who can be trusted to return or destroy it."
        ),
        Choice(
          "interrupted",
          "out of reach for a while",
          0,
          "lowers",
          "Locked or lost, and restored from a copy before anybody suffered; nothing was seen."
        ),
        Choice(
          "disclosed",
          "seen by the wrong people",
          1,
          "",
          "Disclosed by mistake, or left where others could see or take it."
        ),
        Choice(
          "altered",
          "altered",
          1,
          "",
          "Data is wrong or may be, and was or may be used so."
        ),
        Choice(
          "lost",
          "lost, or out of reach for long",
          1,
          "",
          "No copy; or it takes so long to restore that people feel it."
        ),
        Choice(
          "taken",
          "taken with ill intent",
          2,
          "raises",
          "Stolen, copied by an intruder or an employee, published or offered for sale."
        ),
      ]
    ),
    AssessmentStep(
      "nature",
      "Nature of data",
      "How sensitive is the data, also in combination?",
      [
        Choice(
          "ordinary",
          "ordinary",
          0,
          "lowers",
          "Names, business contacts and other data that says little about a person."
        ),
        Choice(
          "personal",
          "private",
          1,
          "",
          "Addresses, orders, hashed passwords, data of everyday life."
        ),
        Choice(
          "sensitive",
          "sensitive, or fit for fraud",
          2,
          "raises",
          "Health and other special categories, offences, identity papers, cards, accounts."
        ),
      ]
    ),
    AssessmentStep(
      "volume",
      "Volume of data",
      "How much is known of each person?",
      [
        Choice("little", "little", 0, "lowers", "A line or two of each."),
        Choice("some", "a good deal", 1, "", "Several kinds of data of each."),
        Choice("much", "much", 2, "raises", "A file, a history or a profile of each."),
      ]
    ),
    AssessmentStep(
      "identification",
      "Identification",
      "How easily can somebody who has the data tell whose it is?",
      [
        Choice(
          "none",
          "nobody can read it",
          0,
          "lowers",
          "Encrypted or hashed to the state of the art, and the key is safe."
        ),
        Choice(
          "hard",
          "hardly",
          0,
          "lowers",
          "Pseudonyms, or only together with data that others hold."
        ),
        Choice("research", "with some research", 1, "", "With what can be found in public."),
        Choice("direct", "at once", 2, "raises", "The data itself names the people."),
      ]
    ),
    AssessmentStep(
      "consequences",
      "Consequences",
      "How badly could it hurt the people concerned?",
      [
        Choice("none", "not at all", 0, "", "Nothing that anybody would notice."),
        Choice("minor", "little", 1, "", "Annoyance, unwanted mail, time spent."),
        Choice(
          "significant",
          "significantly",
          2,
          "",
          "Fraud, loss of money, identity theft, humiliation, harm to reputation."
        ),
        Choice(
          "severe",
          "severely",
          3,
          "",
          "Harm to body, health or livelihood; what cannot be made good."
        ),
      ]
    ),
    AssessmentStep(
      "people",
      "The people",
      "Are the people in need of special care?",
      [
        Choice("ordinary", "not specially", 1, "", "Adults in no special position."),
        Choice(
          "vulnerable",
          "vulnerable",
          2,
          "raises",
          "Children, patients, people in need, in danger or depending on the organisation."
        ),
      ]
    ),
    AssessmentStep(
      "controller",
      "The organisation",
      "Does what the organisation does make it worse?",
      [
        Choice("ordinary", "no", 1, "", "A shop, a paper, a club."),
        Choice(
          "sensitive",
          "yes",
          2,
          "raises",
          "A hospital, a bank, a service whose very customers' list tells something."
        ),
      ]
    ),
    AssessmentStep(
      "number",
      "Number of people",
      "How many people are concerned?",
      [
        Choice("few", "up to 100", 0, "lowers", "One or a few; grave all the same for grave data."),
        Choice("many", "up to 10 000", 1, "", "More than a hundred."),
        Choice("mass", "more than 10 000", 2, "raises", "The more, the greater the harm."),
      ]
    ),
  ]

  static func outcome(_ answers: [String: String]) -> AssessmentOutcome {
    let missing = steps.filter { $0.choice(answers) == nil }.map(\.id)
    let raising = steps.filter { $0.id != "consequences" && $0.choice(answers)?.weight == 2 }
    let names = raising.map { $0.label.lowercased() }.joined(separator: ", ")
    let counted = "\(raising.count) of 7 raise it\(names.isEmpty ? "" : ": \(names)")"
    guard missing.isEmpty, let grave = steps.first(where: { $0.id == "consequences" }),
      let consequences = grave.choice(answers)
    else {
      return AssessmentOutcome(risk: nil, result: "so far \(counted)", reason: "", missing: missing)
    }
    let (risk, reason) = weigh(answers, consequences, raising.count)
    return AssessmentOutcome(
      risk: risk,
      result: "consequences \(consequences.label), \(counted)",
      reason: reason
    )
  }

  private static func weigh(
    _ answers: [String: String],
    _ consequences: Choice,
    _ raising: Int
  ) -> (RiskLevel, String) {
    let type = answers["type"] ?? ""
    if answers["identification"] == "none", !["altered", "lost"].contains(type) {
      return (.unlikely, "Nobody can read the data, and it was neither altered nor lost.")
    }
    switch consequences.value {
    case "severe": return (.high, "The consequences would be severe.")
    case "significant":
      return raising >= 2
        ? (.high, "The consequences would be significant, and two or more factors raise the risk.")
        : (
          .risk, "The consequences would be significant, and fewer than two factors raise the risk."
        )
    case "minor":
      if type == "trusted" {
        return (.unlikely, "The consequences would be minor, and a trusted recipient has the data.")
      }
      return raising <= 1
        ? (.unlikely, "The consequences would be minor, and at most one factor raises the risk.")
        : (.risk, "The consequences would be minor, but two or more factors raise the risk.")
    default: return (.unlikely, "No consequences are to be expected.")
    }
  }
}
