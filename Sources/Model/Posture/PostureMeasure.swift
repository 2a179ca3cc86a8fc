/// Facts of the record that one question of the posture is judged by, with the rule that judges them.
///
/// One measure = one file here and one in Storage that reads its facts, and a line in `AllMeasures`. A
/// rule is a pure function of the facts and the present; its thresholds stand in docs/posture.md.
public protocol PostureMeasure: Codable, Sendable, Equatable {
  /// What scripts call it; never renamed.
  static var name: String { get }
  /// What people call it.
  static var title: String { get }
  /// The theme that it counts for.
  static var theme: PostureTheme { get }
  /// Judges the facts.
  func judged(at now: Instant) -> MeasureVerdict
  /// The figure in two or three words, for a line that has one of each measure; empty for none.
  func brief(at now: Instant) -> String
}

extension PostureMeasure {
  /// No figure in short.
  public func brief(at now: Instant) -> String { "" }
}

/// What a measure's rule says.
public struct MeasureVerdict: Codable, Sendable, Equatable {
  /// How it stands; nil where there is nothing that could be judged.
  public var state: PostureState?
  /// What that rests on, with its base: `2 of 14 clocks late`.
  public var words: String
  /// Where it goes.
  public var trend: PostureTrend
  /// What the trend was compared with; empty where there is none.
  public var before: String
  /// What would improve it, what presses most first.
  public var steps: [PostureStep]

  /// Makes a verdict.
  public init(
    _ state: PostureState?,
    _ words: String,
    trend: PostureTrend = .unknown,
    before: String = "",
    steps: [PostureStep] = []
  ) {
    (self.state, self.words, self.trend) = (state, words, trend)
    (self.before, self.steps) = (before, steps)
  }
}

/// A measure with what its rule said.
public struct MeasureReading: Codable, Sendable, Equatable, Identifiable {
  /// The measure's name.
  public var name: String
  /// The measure's title.
  public var title: String
  /// The theme that it counts for.
  public var theme: PostureTheme
  /// The figure in two or three words; empty for none.
  public var brief: String
  /// What its rule said.
  public var verdict: MeasureVerdict

  /// The measure's name.
  public var id: String { name }

  /// Judges a measure.
  public init<M: PostureMeasure>(_ measure: M, at now: Instant) {
    (name, title, theme) = (M.name, M.title, M.theme)
    (brief, verdict) = (measure.brief(at: now), measure.judged(at: now))
  }
}

/// Every measure there is, in the order in which they are listed.
///
/// A new one is its own file and one line here; a store that cannot read its facts then fails to build.
public typealias AllMeasures = (
  RecordVerified,
  NoticeCoverage,
  RunningClocks,
  FiledInTime,
  RightsAnswered,
  OpenIncidents,
  LateTasks,
  LateFindings,
  AuditStanding,
  DataToDelete,
  RegisterGaps,
  TrainingHeld,
  PhishingHeld,
  PublicNotices,
  StatementsStanding
)

/// Asks how the organisation stands: the readings of the measures of some themes.
///
/// Answered from tallies and by indexes; what costs with the size of a list (staff, activities, statements)
/// belongs to `privacy`, `people` and `openness`, so that a screen can ask for the others first.
public struct PostureReadings: Question {
  /// What comes back, in the order of `AllMeasures`.
  public typealias Answer = [MeasureReading]
  /// The themes.
  public var themes: [PostureTheme]
  /// The present.
  public var now: Instant

  /// Makes the question; of all themes unless some are named.
  public init(_ themes: [PostureTheme] = PostureTheme.allCases, now: Instant) {
    (self.themes, self.now) = (themes, now)
  }
}
