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
    case .affected: total(marked.map { small.shown($0.affected) })
    case .told: total(marked.map { small.shown($0.told ?? 0, of: $0.affected) })
    case .requestsReceived: requests.total
    case .requestsAnswered: requests.parts[0]
    case .requestsRefused: requests.parts[1]
    default: .unknown
    }
  }

  /// The incidents of which numbers are public.
  private var marked: [PublicIncident] { sources.incidents.filter { $0.disclosure != nil } }

  /// A sum of what stands in the statement: shown only where each of its parts is.
  private func total(_ parts: [SmallNumbers.Shown]) -> SmallNumbers.Shown {
    var sum: Int64 = 0
    for part in parts {
      switch part {
      case .number(let number): sum += number
      case .unknown: return .unknown
      case .few, .withheld: return parts.count == 1 ? part : .withheld
      }
    }
    return small.shown(sum)
  }

  /// Requests that were answered and refused; those that are open or withdrawn stand in the sum alone.
  private var requests: (parts: [SmallNumbers.Shown], total: SmallNumbers.Shown) {
    func count(_ state: RequestState) -> Int64 { sources.requests[state] ?? 0 }
    return small.shown(
      parts: [count(.answered), count(.refused)],
      rest: [count(.open) + count(.withdrawn)]
    )
  }

  /// How many measures are in force, each once.
  var measureCount: Int {
    sources.audits.reduce(0) { $0 + $1.met.count }
      + Set(shown.flatMap { $0.facts.measures.map { $0.lowercased() } }).count
  }
}
