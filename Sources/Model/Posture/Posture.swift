/// How the organisation stands, theme by theme: worked out from readings, never stored.
public struct Posture: Sendable, Equatable {
  /// A theme.
  public struct Theme: Sendable, Equatable, Identifiable {
    /// Which theme.
    public var theme: PostureTheme
    /// How it stands.
    public var state: PostureState
    /// Where it goes.
    public var trend: PostureTrend
    /// Its measures, what presses most first.
    public var readings: [MeasureReading]
    /// What would improve it most, at most three.
    public var steps: [PostureStep]

    /// The theme's word.
    public var id: String { theme.rawValue }

    /// What its state rests on, in a line.
    public var reason: String { readings.first?.verdict.words ?? "nothing is known of it" }

    /// The figure of each measure in two or three words, what presses most first.
    public var figures: String {
      let known = readings.filter { $0.verdict.state != nil && !$0.brief.isEmpty }
      return known.isEmpty ? reason : known.map(\.brief).joined(separator: " · ")
    }
  }

  /// The themes, in their own order.
  public var themes: [Theme]

  /// How many things that would improve a theme are named.
  public static let steps = 3
  /// How many days lie between the present and what trends are compared with.
  public static let days: Int64 = 30

  /// Works out the themes of readings; a theme of which none was read is left out.
  public init(_ readings: [MeasureReading]) {
    themes = PostureTheme.allCases.compactMap { theme in
      let own = readings.filter { $0.theme == theme }
      return own.isEmpty ? nil : Theme(theme, of: own)
    }
  }

  /// The worst state of a theme; unknown where there is none.
  public var state: PostureState { themes.map(\.state).max() ?? .unknown }

  /// How many themes stand so.
  public func count(_ state: PostureState) -> Int { themes.count { $0.state == state } }
}

extension Posture.Theme {
  /// Works out a theme of its readings.
  ///
  /// It stands as its worst measure does; measures with nothing to judge do not count, and where no other
  /// is left nothing is known. Its trend is that of the measures that stand as it does: of the first whose
  /// trend is not level; level where there are only level ones.
  ///
  /// What would improve it most: first what presses most in each of its worst measures, then in the next
  /// worse, and only then what comes second in each; among those alike what is late for longest, then what
  /// concerns most, then in the order of the measures.
  fileprivate init(_ theme: PostureTheme, of readings: [MeasureReading]) {
    let ranked = readings.enumerated()
      .sorted { Self.rank($0.element, $0.offset) < Self.rank($1.element, $1.offset) }
      .map(\.element)
    self.theme = theme
    self.readings = ranked
    let worst = ranked.compactMap(\.verdict.state).max()
    state = worst ?? .unknown
    let trends = ranked.filter { worst != nil && $0.verdict.state == worst }.map(\.verdict.trend)
    trend =
      trends.first { $0 == .better || $0 == .worse } ?? (trends.contains(.same) ? .same : .unknown)
    steps = Self.steps(of: ranked)
  }

  private static func rank(_ reading: MeasureReading, _ place: Int) -> (Int, Int) {
    let state: Int =
      switch reading.verdict.state {
      case .bad: 0
      case .attention: 1
      case .unknown: 2
      case .good: 3
      case nil: 4
      }
    return (state, place)
  }

  private static func steps(of readings: [MeasureReading]) -> [PostureStep] {
    var candidates: [(step: PostureStep, place: Int, state: Int, measure: Int)] = []
    for (measure, reading) in readings.enumerated() {
      let state = rank(reading, 0).0
      for (place, step) in reading.verdict.steps.enumerated() {
        candidates.append((step, place, state, measure))
      }
    }
    return candidates.sorted { left, right in
      (left.place, left.state, -left.step.late, -left.step.count, left.measure)
        < (right.place, right.state, -right.step.late, -right.step.count, right.measure)
    }
    .prefix(Posture.steps).map(\.step)
  }
}

/// Numbers in the words of measures.
enum PostureWords {
  /// `1 clock`, `3 clocks`.
  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  /// `under an hour`, `5 hours`, `3 days`.
  static func length(_ milliseconds: Int64) -> String {
    let hours = abs(milliseconds) / 3_600_000
    switch hours {
    case 0: return "under an hour"
    case 1..<48: return count(Int(hours), "hour", "hours")
    default: return count(Int(hours / 24), "day", "days")
    }
  }

  /// A share in whole percent, rounded down, so that 100 means all.
  static func percent(_ part: Int, of whole: Int) -> Int { whole > 0 ? part * 100 / whole : 0 }
}
