/// What is known of a course that somebody completed, or a protocol that somebody acknowledged.
public struct CompletionFacts: RecordFacts, Hashable {
  /// Its kind among records.
  public static var kind: Subject.Kind { .completion }
  /// What the journal's actions begin with.
  public static var word: String { "completion" }
  /// What people call it.
  public static var noun: String { "completion" }

  /// Who, by the number in the record; no name.
  public var staff: RecordID
  /// What was done.
  public var course: RecordID
  /// The label of the version that was done.
  ///
  /// Foreign text.
  public var version: String
  /// On which day.
  public var on: DayNumber
  /// Where it is known from: a file, a person.
  ///
  /// Foreign text; names nobody who was trained.
  public var source: String

  /// Makes facts.
  public init(
    staff: RecordID,
    course: RecordID,
    version: String,
    on: DayNumber,
    source: String = ""
  ) {
    (self.staff, self.course, self.version) = (staff, course, version)
    (self.on, self.source) = (on, source)
  }

  /// How people name it in a line: not at all, for it is about one person.
  public var title: String { "" }

  /// The facts by name, as texts.
  public var named: [(String, String)] {
    [
      ("staff", "\(staff)"), ("course", "\(course)"), ("version", version), ("on", on.iso),
      ("source", source),
    ]
  }
}

/// A completion, as the record keeps it.
public typealias Completion = KeptRecord<CompletionFacts>

/// Asks for what somebody has completed and acknowledged, newest first.
public struct StaffCompletions: Question {
  /// What comes back.
  public typealias Answer = [Completion]
  /// The number of the member of staff.
  public var staff: RecordID

  /// Makes the question.
  public init(of staff: RecordID) { self.staff = staff }
}
