internal import GRDB
internal import Model

/// A filter as a condition on the table `incident`.
///
/// Values are arguments, never part of the SQL.
struct FilterSQL {
  /// The condition, for use behind WHERE.
  private(set) var condition: String
  /// The values for its question marks.
  private(set) var arguments: StatementArguments = []
  /// The filter itself where it looks at nothing but state and severity: the running totals then
  /// say how many incidents pass.
  ///
  /// The plain list is one of these.
  let countable: Filter?

  init(_ filter: Filter, now: Instant) throws {
    countable = filter.terms.allSatisfy { $0.test.isCountable } ? filter : nil
    let asksForRemoved = filter.terms.contains {
      $0.test == .field(.is, "removed") && !$0.isNegated
    }
    condition = asksForRemoved ? "incident.isRemoved = 1" : "incident.isRemoved = 0"
    for term in filter.terms {
      let (sql, values) = try Self.sql(term.test, now: now)
      condition += term.isNegated ? " AND NOT coalesce(\(sql), 0)" : " AND \(sql)"
      arguments += values
    }
  }

  private static func sql(_ test: Filter.Test, now: Instant) throws -> (String, StatementArguments)
  {
    switch test {
    case .contains(let text):
      return (
        "incident.id IN (SELECT id FROM incidentText WHERE instr(folded, ?) > 0)", [text.folded]
      )
    case .fuzzy(let text):
      let pattern = "%" + text.map { escaped(String($0)) + "%" }.joined()
      return (
        "(incident.reference LIKE ? ESCAPE '\\' OR incident.title LIKE ? ESCAPE '\\')",
        [pattern, pattern]
      )
    case .field(let field, let value): return try sql(field, value, now: now)
    case .time(let field, let comparison, let time):
      return try sql(column(field), comparison, time)
    case .number(let field, let comparison, let number):
      guard field == .affected else { throw unusable(field) }
      return ("incident.affectedOrder \(symbol(comparison)) ?", [number])
    }
  }

  private static func sql(
    _ field: FilterField,
    _ value: String,
    now: Instant
  ) throws -> (String, StatementArguments) {
    let word = value.lowercased()
    let prefix = escaped(value) + "%"
    switch field {
    case .state:
      guard let state = IncidentState(rawValue: word) else { throw unknown(field, value) }
      return ("incident.stateOrder = ?", [state.rank])
    case .severity:
      if word == "none" { return ("incident.severityOrder = 0", []) }
      guard let severity = Severity(rawValue: word) else { throw unknown(field, value) }
      return ("incident.severityOrder = ?", [severity.rank])
    case .outcome:
      guard let outcome = Outcome(rawValue: word) else { throw unknown(field, value) }
      return ("incident.outcome = ?", [outcome.rawValue])
    case .kind:
      guard let action = VerisAction(rawValue: word) else { throw unknown(field, value) }
      return (words("action", "word = ?"), [action.rawValue])
    case .tag: return (words("tag", "word LIKE ? ESCAPE '\\'"), [prefix])
    case .asset: return (words("asset", "word LIKE ? ESCAPE '\\'"), [prefix])
    case .data: return (words("category", "word LIKE ? ESCAPE '\\'"), [prefix])
    case .lead: return ("incident.lead LIKE ? ESCAPE '\\'", [prefix])
    case .person:
      let roles = IncidentRole.allCases.map {
        "coalesce(incident.\($0.rawValue) LIKE ? ESCAPE '\\', 0)"
      }
      return ("(\(roles.joined(separator: " OR ")))", [prefix, prefix, prefix, prefix])
    case .jurisdiction:
      return (
        """
        incident.id IN (SELECT incident FROM incidentAffected
          WHERE jurisdiction LIKE ? ESCAPE '\\')
        """, [prefix]
      )
    case .source:
      return (
        """
        incident.id IN (SELECT id FROM importSource
          WHERE format LIKE ? ESCAPE '\\' OR externalID LIKE ? ESCAPE '\\')
        """, [prefix, prefix]
      )
    case .is: return try sqlForIs(word, value)
    case .has: return try sqlForHas(word, value, now: now)
    case .opened, .updated, .occurred, .aware, .affected: throw unusable(field)
    }
  }

  private static func sqlForIs(_ word: String, _ value: String) throws -> (
    String, StatementArguments
  ) {
    switch word {
    case "open": return ("incident.isOpen = 1", [])
    case "closed": return ("incident.state = 'closed'", [])
    case "removed": return ("incident.isRemoved = 1", [])
    case "drill": return ("incident.isExercise = 1", [])
    case "imported": return ("incident.id IN (SELECT id FROM importSource)", [])
    default: throw unknown(.is, value)
    }
  }

  private static func sqlForHas(_ word: String, _ value: String, now: Instant) throws -> (
    String, StatementArguments
  ) {
    switch word {
    case "evidence":
      return ("incident.id IN (SELECT incident FROM evidence WHERE isRemoved = 0)", [])
    case "tasks": return ("incident.id IN (SELECT incident FROM task WHERE isListed = 1)", [])
    case "overdue":
      return (
        "incident.id IN (SELECT incident FROM task WHERE isListed = 1 AND dueOrder < ?)",
        [now.milliseconds]
      )
    case "lead": return ("incident.lead IS NOT NULL", [])
    case "awareness": return ("incident.id IN (SELECT id FROM awareness)", [])
    case "people": return ("incident.id IN (SELECT incident FROM incidentAffected)", [])
    default: throw unknown(.has, value)
    }
  }

  /// A time as it was stated covers a stretch: after it is after its end, before it is before its
  /// beginning, and equal is within.
  private static func sql(
    _ column: String,
    _ comparison: Filter.Comparison,
    _ time: StatedTime
  ) -> (String, StatementArguments) {
    let (first, last) = (time.earliest.milliseconds, time.latest.milliseconds)
    switch comparison {
    case .less: return ("\(column) < ?", [first])
    case .lessOrEqual: return ("\(column) <= ?", [last])
    case .greater: return ("\(column) > ?", [last])
    case .greaterOrEqual: return ("\(column) >= ?", [first])
    case .equal: return ("\(column) BETWEEN ? AND ?", [first, last])
    }
  }

  private static func column(_ field: FilterField) throws -> String {
    switch field {
    case .opened: "incident.openedAt"
    case .updated: "incident.updatedAt"
    case .occurred: "incident.occurredOrder"
    case .aware: "incident.awareOrder"
    default: throw unusable(field)
    }
  }

  private static func symbol(_ comparison: Filter.Comparison) -> String {
    switch comparison {
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .equal: "="
    }
  }

  private static func words(_ kind: String, _ test: String) -> String {
    "incident.id IN (SELECT incident FROM incidentWord WHERE kind = '\(kind)' AND \(test))"
  }

  /// A text for LIKE in which nothing is a wildcard.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      if character == "%" || character == "_" || character == "\\" { out.append("\\") }
      out.append(character)
    }
    return out
  }

  private static func unknown(_ field: FilterField, _ value: String) -> StoreError {
    .refused("a filter's \(field.rawValue) cannot be \u{201C}\(value)\u{201D}")
  }

  private static func unusable(_ field: FilterField) -> StoreError {
    .refused("a filter cannot compare \(field.rawValue) so")
  }
}

extension Filter {
  /// Whether incidents of a state and a severity pass; for filters that look at nothing else.
  func passes(state: IncidentState, severity: Severity?) -> Bool {
    terms.allSatisfy { term in
      guard case .field(let field, let value) = term.test else { return false }
      let word = value.lowercased()
      let holds =
        switch field {
        case .state: word == state.rawValue
        case .severity: word == (severity?.rawValue ?? "none")
        default: word == (state.isOpen ? "open" : "closed")
        }
      return holds != term.isNegated
    }
  }
}

extension Filter.Test {
  /// Whether it looks at nothing but state and severity.
  fileprivate var isCountable: Bool {
    switch self {
    case .field(.state, _), .field(.severity, _): true
    case .field(.is, let word): ["open", "closed"].contains(word.lowercased())
    default: false
    }
  }
}

/// An order of lists as SQL: one column with an index, then the number of the record.
struct OrderSQL {
  /// The column, with its collation.
  let column: String
  /// Whether the largest comes first.
  let isDescending: Bool

  init(_ order: IncidentOrder) {
    isDescending = order.isDescending
    column =
      switch order.column {
      case .reference: "incident.referenceOrder"
      case .title: "incident.title COLLATE NOCASE"
      case .severity: "incident.severityOrder"
      case .state: "incident.stateOrder"
      case .outcome: "incident.outcome"
      case .occurred: "incident.occurredOrder"
      case .aware: "incident.awareOrder"
      case .opened: "incident.openedAt"
      case .updated: "incident.updatedAt"
      case .affected: "incident.affectedOrder"
      case .lead: "incident.lead COLLATE NOCASE"
      }
  }

  /// The ORDER BY terms, or those of the opposite order.
  func terms(reversed: Bool = false) -> String {
    let direction = isDescending != reversed ? "DESC" : "ASC"
    return "\(column) \(direction), incident.id \(direction)"
  }
}
