/// Works a statement out from the record: what is published, and what is left out.
public struct StatementWriter: Sendable {
  let sources: StatementSources
  let small: SmallNumbers
  var facts: [StatementFact] = []
  var omissions: [StatementOmission] = []
  var incidents: [StatementIncident] = []

  /// What came out.
  public struct Outcome: Codable, Sendable, Hashable {
    /// What is published.
    public var content: StatementContent
    /// What is left out, and why.
    public var omissions: [StatementOmission]
    /// What stands against proposing it; empty where nothing does.
    public var problems: [StatementProblem]

    /// Makes an outcome.
    public init(
      content: StatementContent,
      omissions: [StatementOmission],
      problems: [StatementProblem]
    ) {
      (self.content, self.omissions, self.problems) = (content, omissions, problems)
    }
  }

  private init(_ sources: StatementSources) {
    self.sources = sources
    small = SmallNumbers(least: sources.organisation.opennessInForce.leastNumber)
  }

  /// Works a statement out.
  public static func write(_ statement: StatementFacts, from sources: StatementSources) -> Outcome {
    var writer = StatementWriter(sources)
    return writer.write(statement)
  }

  /// The activities that stand in the statement: those that are not marked internal.
  var shown: [Activity] { sources.activities.filter { $0.facts.isPublic } }

  /// The retention rules of these.
  var shownRules: [RetentionRule] {
    let references = Set(shown.map(\.reference))
    return sources.rules.filter {
      $0.facts.target != .activity || references.contains($0.facts.activity)
    }
  }

  private mutating func write(_ statement: StatementFacts) -> Outcome {
    let template = StatementTemplate(reading: statement.body)
    var problems = template.problems
    var values: [StatementField: String] = [:]
    var numbers: [StatementField: SmallNumbers.Shown] = [:]
    for field in StatementField.allCases {
      if field.isFigure {
        let number = field == .told ? kept(figure(field), field.rawValue) : figure(field)
        numbers[field] = number
        values[field] = small.text(number)
      } else {
        values[field] = word(field)
      }
    }
    let pieces = template.laidOut(
      values,
      holds: { numbers[$0] != .number(0) && values[$0] != nil },
      &problems
    )
    for field in StatementField.allCases where template.fields.contains(field) {
      guard let value = values[field] else { continue }
      facts.append(StatementFact(field.rawValue, field.label, value, source: field.source))
      switch numbers[field] {
      case .few?, .withheld?, .held?:
        omissions.append(StatementOmission(.small, field.rawValue, "\(field.label): \(value)"))
      case .unknown?:
        omissions.append(StatementOmission(.gap, field.rawValue, "\(field.label): not known"))
      default: break
      }
    }
    var blocks: [StatementBlock] = []
    for piece in pieces {
      switch piece {
      case .block(let block): blocks.append(block)
      case .part(let part, let depth): blocks += written(part, depth: min(depth + 1, 6))
      }
    }
    let security = securityText(&problems)
    omit(template)
    return Outcome(
      content: StatementContent(
        title: statement.title,
        language: statement.language,
        organisation: sources.organisation.name,
        date: sources.date,
        blocks: blocks,
        incidents: incidents,
        facts: facts,
        corrections: statement.corrections,
        security: security
      ),
      omissions: omissions,
      problems: problems
    )
  }

  private mutating func written(_ part: StatementPart, depth: Int) -> [StatementBlock] {
    switch part {
    case .activities: activities(depth: depth)
    case .retention: retention()
    case .measures: measures(depth: depth)
    case .incidents: publicIncidents()
    case .rights: rights()
    case .contact: contact()
    }
  }

  private func word(_ field: StatementField) -> String? {
    let organisation = sources.organisation
    let text: String? =
      switch field {
      case .organisationName: organisation.name
      case .organisationContact: organisation.contact
      case .organisationOfficer: organisation.officer
      case .statementDate: sources.date.iso
      default: nil
      }
    return text.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
  }

  private func securityText(_ problems: inout [StatementProblem]) -> SecurityText? {
    let openness = sources.organisation.opennessInForce
    guard !openness.securityContacts.isEmpty else { return nil }
    let text = SecurityText(openness, date: sources.date, in: sources.zone)
    problems += text.problems.map { StatementProblem("security.txt: \($0.description)") }
    let start = sources.zone.instant(of: sources.date.civil)
    if text.expires <= start {
      problems.append(StatementProblem("security.txt would have run out: \(text.expires)"))
    } else if text.expires > start + .seconds(366 * 86_400) {
      problems.append(
        StatementProblem("security.txt should run out within a year (RFC 9116, section 2.5.5)")
      )
    }
    return text
  }

  /// One line of a fact, which is remembered.
  mutating func fact(
    _ key: String,
    _ label: String,
    _ text: String,
    source: String
  ) -> StatementFact {
    let fact = StatementFact(key, label, text, source: source)
    facts.append(fact)
    return fact
  }

  /// A paragraph of words that are ours, and no fact.
  func said(_ text: String, source: String) -> StatementBlock {
    .paragraph([StatementRun(text, source: source)])
  }
}

extension ActivityFacts {
  /// Whether it may stand in a public statement.
  public var isPublic: Bool { (internalReason ?? "").isEmpty }
}
