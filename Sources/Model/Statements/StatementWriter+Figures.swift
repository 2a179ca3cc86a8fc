extension StatementWriter {
  /// A figure, or what stands in its place.
  func figure(_ field: StatementField) -> SmallNumbers.Shown {
    let shown = shown.map(\.facts)
    func distinct(_ words: [String]) -> SmallNumbers.Shown {
      .number(Int64(Set(words.map { $0.lowercased() }).count))
    }
    return switch field {
    case .activities: .number(Int64(shown.count))
    case .categories: distinct(shown.flatMap { $0.data.map(\.category) })
    case .processors: distinct(shown.flatMap { $0.processors.map(\.name) })
    case .countries: distinct(shown.flatMap { $0.transfers.map(\.country) })
    case .retention: .number(Int64(shownRules.count))
    case .measures: .number(Int64(measureCount))
    case .incidents: .number(Int64(sources.incidents.count))
    case .affected: total(marked.map { affected($0) }, field)
    case .told: total(marked.map { told($0, $0.told ?? 0) }, field)
    case .requestsReceived: requests.total
    case .requestsAnswered: requests.parts[0]
    case .requestsRefused: requests.parts[1]
    default: .unknown
    }
  }

  /// The incidents of which numbers are public.
  private var marked: [PublicIncident] { sources.incidents.filter { $0.disclosure != nil } }

  /// How many an incident affected.
  func affected(_ incident: PublicIncident) -> SmallNumbers.Shown {
    small.shown(
      small.shown(incident.affected),
      after: sources.before["incident/\(incident.reference)/affected"]
    )
  }

  /// How many of these were told.
  func told(_ incident: PublicIncident, _ told: Int64) -> SmallNumbers.Shown {
    small.shown(
      small.shown(told, of: incident.affected),
      after: sources.before["incident/\(incident.reference)/told"]
    )
  }

  /// A sum of what stands in the statement: shown only where each of its parts is.
  private func total(
    _ parts: [SmallNumbers.Shown],
    _ field: StatementField
  ) -> SmallNumbers.Shown {
    let before = sources.before[field.rawValue]
    var sum: Int64 = 0
    for part in parts {
      switch part {
      case .number(let number): sum += number
      case .unknown: return .unknown
      // With what is new in it the sum would tell what the part does not.
      case .held: return before.map { .held($0) } ?? (parts.count == 1 ? part : .withheld)
      case .few, .withheld: return parts.count == 1 ? part : .withheld
      }
    }
    return small.shown(small.shown(sum), after: before)
  }

  /// Requests that were answered and refused; those that are open or withdrawn stand in the sum alone.
  private var requests: (parts: [SmallNumbers.Shown], total: SmallNumbers.Shown) {
    func count(_ state: RequestState) -> Int64 { sources.requests[state] ?? 0 }
    let rest = count(.open) + count(.withdrawn)
    let plain = small.shown(parts: [count(.answered), count(.refused)], rest: [rest])
    func before(_ field: StatementField) -> ToldNumber? { sources.before[field.rawValue] }
    let fields: [StatementField] = [.requestsAnswered, .requestsRefused]
    let parts = zip(plain.parts, fields).map { small.shown($0, after: before($1)) }
    var total = small.shown(plain.total, after: before(.requestsReceived))
    // What is neither answered nor refused is told by the three others.
    var tells = false
    if let all = before(.requestsReceived), let answered = before(fields[0]),
      let refused = before(fields[1])
    {
      tells = small.isStep(rest, all.number - answered.number - refused.number)
    }
    let isHeld = zip(parts, plain.parts).contains { $0 != $1 }
    if case .number = total, isHeld || tells {
      total = before(.requestsReceived).map { .held($0) } ?? .withheld
    }
    return (parts, total)
  }

  /// How many measures are in force, each once.
  var measureCount: Int {
    sources.audits.reduce(0) { $0 + $1.met.count }
      + Set(shown.flatMap { $0.facts.measures.map { $0.lowercased() } }).count
  }
}
