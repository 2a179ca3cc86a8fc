/// Opens an incident that is an exercise; the store gives it its reference.
public struct StartExercise: Change {
  /// What the journal calls it.
  public static let name = "exercise.start"
  /// What is staged.
  public var facts: IncidentFacts
  /// The reference of the incident whose facts were copied; empty where none were.
  public var from: String

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "exercise started: \(facts.title)" }

  /// Makes the change.
  public init(facts: IncidentFacts, from: String = "") { (self.facts, self.from) = (facts, from) }
}

/// Ends an exercise: closes it and keeps its score as it stands.
public struct EndExercise: Alteration {
  /// What the journal calls it.
  public static let name = "exercise.end"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// An earlier end that is put back, score and all; nil ends it now, by whoever acts.
  public var earlier: FinalScore?

  /// An end, and the score that was kept with it.
  public struct FinalScore: Codable, Sendable, Equatable {
    /// The end.
    public var end: Exercise.End
    /// The score.
    public var score: DrillScore

    /// Makes a final score.
    public init(end: Exercise.End, score: DrillScore) { (self.end, self.score) = (end, score) }
  }

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String { "exercise ended" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, earlier: FinalScore? = nil) {
    (self.id, self.basedOn, self.earlier) = (id, basedOn, earlier)
  }
}

/// Takes the end of an exercise back: it goes on where it stood.
public struct ResumeExercise: Alteration {
  /// What the journal calls it.
  public static let name = "exercise.resume"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Where its handling stands from now on.
  public var state: IncidentState

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String { "exercise goes on" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, state: IncidentState) {
    (self.id, self.basedOn, self.state) = (id, basedOn, state)
  }
}

/// Asks for the score of an exercise: as it stands now, or as it was kept at its end.
///
/// Nil where there is no such incident or it is a real one.
public struct ExerciseScore: Question {
  /// What comes back.
  public typealias Answer = DrillScore?
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}
