/// What an incident has that is an exercise: staged from its first entry on, and for good.
///
/// Its clocks are worked out like those of any other incident; its numbers stay out of every count
/// of real ones.
public struct Exercise: Codable, Sendable, Hashable {
  /// Who ended it, and when; nil while it runs.
  public var end: End?

  /// The end of an exercise: what happens after it does not count.
  public struct End: Codable, Sendable, Hashable {
    /// When it was ended.
    public var at: Instant
    /// The account that ended it.
    public var by: String

    /// Makes an end.
    public init(at: Instant, by: String) { (self.at, self.by) = (at, by) }
  }

  /// Makes an exercise.
  public init(end: End? = nil) { self.end = end }

  /// The sign that an exercise bears wherever it is shown or written.
  public static let sign = "[DRILL]"

  /// A text about an incident, behind the sign where the incident is an exercise.
  public static func marked(_ text: String, _ isExercise: Bool) -> String {
    isExercise ? "\(sign) \(text)" : text
  }

  /// How many exercises stand beside real incidents: `and 1 drill`; empty for none.
  public static func beside(_ count: Int) -> String {
    count == 0 ? "" : "and \(count) \(count == 1 ? "drill" : "drills")"
  }

  /// Why neither becomes the other.
  public static let whyFixed =
    "an exercise never becomes a real incident, nor a real one an exercise: what was recorded for "
    + "the one would count for the other; open a new one beside it"
}

extension Incident {
  /// Whether it is an exercise.
  public var isExercise: Bool { exercise != nil }

  /// Its reference, behind the sign where it is an exercise: what titles and forms begin with.
  public var markedReference: String { Exercise.marked(reference, isExercise) }

  /// Its title, behind the sign where it is an exercise.
  ///
  /// Foreign text.
  public var markedTitle: String { Exercise.marked(facts.title, isExercise) }

  /// The facts with which an exercise after this incident begins.
  ///
  /// Copied is what happened and to whom: summary, kind, numbers of people by jurisdiction, data,
  /// systems, tags, and answers. Left out is who did what, every time but awareness, and what a team
  /// must find out by itself: severity, outcome, risk, and a hold of law enforcement.
  ///
  /// - Parameters:
  ///   - title: The exercise's title; nil for the incident's.
  ///   - aware: The instant that counts as awareness.
  /// - Returns: The facts.
  public func exerciseFacts(title: String? = nil, aware: StatedTime) -> IncidentFacts {
    let concluded = ["risk", "severity", "significant"]
    let answers = facts.answers.values.filter { key, _ in
      !concluded.contains(key) && !key.hasPrefix("law_enforcement_hold.")
    }
    return IncidentFacts(
      title: title ?? facts.title,
      summary: facts.summary,
      actions: facts.actions,
      instants: [.aware: aware],
      affected: facts.affected,
      data: facts.data,
      answers: LegalAnswers(answers),
      assets: facts.assets,
      tags: facts.tags
    )
  }
}
