/// What was wrong in what was published, and what is right.
public struct StatementCorrection: Codable, Sendable, Hashable {
  /// The number of the version that was wrong; nil where it is not said.
  public var version: Int?
  /// What it said.
  ///
  /// Foreign text; not empty.
  public var was: String
  /// What is right.
  ///
  /// Foreign text; not empty.
  public var now: String
  /// The day on which it was corrected.
  public var on: DayNumber
  /// Who corrected it, as the public is told.
  ///
  /// Foreign text.
  public var by: String

  /// Makes a correction.
  public init(version: Int?, was: String, now: String, on: DayNumber, by: String) {
    (self.version, self.was, self.now, self.on, self.by) = (version, was, now, on, by)
  }

  /// The correction in a line.
  public var text: String {
    "\(on.iso)\(version.map { " version \($0)" } ?? ""): \"\(was)\" is \"\(now)\" (\(by))"
  }
}

/// What is known of a statement: its text, of which all that is derived is left out, and what was
/// corrected.
public struct StatementFacts: RegisterFacts {
  /// Its kind.
  public static let kind = Subject.Kind.statement
  /// How the journal names its changes.
  public static let word = "statement"
  /// What people call it.
  public static let noun = "statement"

  /// The languages in which derived parts can be written.
  public static let languages = ["en"]
  /// The longest text, in bytes of UTF-8.
  public static let longestBody = 64 << 10

  /// What it is called; its first heading.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// Its language as a tag in lower case.
  public var language: String
  /// The officer's prose, with fields and derived parts as `StatementTemplate` reads them.
  ///
  /// Foreign text.
  public var body: String
  /// What was wrong in published versions, oldest first.
  public var corrections: [StatementCorrection] = []

  /// Makes facts.
  public init(title: String, language: String = "en", body: String = StatementDraft.usual) {
    (self.title, self.language, self.body) = (title, language.lowercased(), body)
  }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("title", title), ("language", language), ("text", body),
      ("corrections", FieldList.joined(corrections.map(\.text))),
    ]
  }
}

/// A statement as the record keeps it.
public typealias Statement = RegisterEntry<StatementFacts>
/// Adds a statement.
public typealias AddStatement = AddEntry<StatementFacts>
/// Replaces what a statement says.
public typealias EditStatement = EditEntry<StatementFacts>
/// Takes a statement off the list.
public typealias RemoveStatement = RemoveEntry<StatementFacts>
/// Puts a statement back on the list.
public typealias RestoreStatement = RestoreEntry<StatementFacts>

/// Says what was wrong in what was published, and what is right.
public struct CorrectStatement: RegisterChange, Alteration {
  /// What the journal calls it.
  public static let name = "statement.correct"
  /// Which statement.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What was wrong.
  public var correction: StatementCorrection

  /// The record that it alters.
  public var subject: Subject { Subject(.statement, id) }
  /// What it does, in a few words.
  public var headline: String { "corrected the statement: \(firstLine(correction.was))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, correction: StatementCorrection) {
    (self.id, self.basedOn, self.correction) = (id, basedOn, correction)
  }

  /// What the record says after it.
  public func after(
    _ state: RegisterState<StatementFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<StatementFacts> {
    var state = try present(state)
    guard correction.was.contains(where: { !$0.isWhitespace }),
      correction.now.contains(where: { !$0.isWhitespace })
    else { throw RefusedStep("say what it said, and what is right") }
    state.facts.corrections.append(correction)
    return state
  }
}
