/// One line of a framework: a heading, or a requirement that can be answered.
///
/// All texts in it are foreign.
public struct Requirement: Codable, Sendable, Hashable {
  /// The source's own name for it; no two in a framework have the same.
  public var identifier: String
  /// What people call it: `Art. 5(1)(b)`, `AC-2`; may be empty.
  public var reference: String
  /// How deep it stands, from 1; at most one deeper than the line before.
  public var depth: Int
  /// Whether it can be answered.
  public var isAssessable: Bool
  /// Whether its source took it back: shown, never asked.
  public var isWithdrawn: Bool
  /// What it says.
  public var texts: FrameworkTexts
  /// Where it comes from: law and article, section of a standard.
  public var citations: [String]
  /// The groups it belongs to; none means that it always counts.
  public var groups: [String]
  /// How much it counts in a score; 1 where the source says nothing.
  public var weight: Int
  /// What is asked to answer it; empty where the result is judged freely.
  public var questions: [RequirementQuestion]
  /// The controls that its source proposes.
  public var controls: [String]
  /// The threats that its source names.
  public var threats: [String]
  /// Its texts in other languages, by BCP 47 tag.
  public var translations: [String: FrameworkTexts]

  /// Makes a requirement or heading.
  public init(
    identifier: String,
    reference: String = "",
    depth: Int,
    isAssessable: Bool,
    isWithdrawn: Bool = false,
    texts: FrameworkTexts,
    citations: [String] = [],
    groups: [String] = [],
    weight: Int = 1,
    questions: [RequirementQuestion] = [],
    controls: [String] = [],
    threats: [String] = [],
    translations: [String: FrameworkTexts] = [:]
  ) {
    (self.identifier, self.reference, self.depth) = (identifier, reference, depth)
    (self.isAssessable, self.isWithdrawn, self.texts) = (isAssessable, isWithdrawn, texts)
    (self.citations, self.groups, self.weight) = (citations, groups, weight)
    (self.questions, self.controls, self.threats) = (questions, controls, threats)
    self.translations = translations
  }
}

/// Something asked to answer a requirement.
public struct RequirementQuestion: Codable, Sendable, Hashable {
  /// What kind of answer is wanted.
  public enum Kind: String, Vocabulary {
    /// One of the choices.
    case choice
    /// Any of the choices.
    case choices
    /// Words.
    case text
    /// A number.
    case number
    /// A day.
    case date
    /// Yes or no.
    case yesNo = "yes-no"
  }

  /// Answers to another question that this one depends on.
  public struct Dependency: Codable, Sendable, Hashable {
    /// The other question.
    public var question: String
    /// The choices of it that count.
    public var answers: [String]
    /// Whether all of them are needed; otherwise one is enough.
    public var needsAll: Bool

    /// Makes a dependency.
    public init(question: String, answers: [String], needsAll: Bool = false) {
      (self.question, self.answers, self.needsAll) = (question, answers, needsAll)
    }
  }

  /// Its name in the framework.
  public var id: String
  /// What kind of answer is wanted.
  public var kind: Kind
  /// What is asked.
  public var text: String
  /// The answers that can be chosen.
  public var choices: [RequirementChoice]
  /// When it is asked; nil is always.
  public var dependency: Dependency?
  /// What is asked, in other languages.
  public var translations: [String: String]

  /// Makes a question.
  public init(
    id: String,
    kind: Kind,
    text: String,
    choices: [RequirementChoice] = [],
    dependency: Dependency? = nil,
    translations: [String: String] = [:]
  ) {
    (self.id, self.kind, self.text, self.choices) = (id, kind, text, choices)
    (self.dependency, self.translations) = (dependency, translations)
  }
}

/// An answer that can be chosen.
public struct RequirementChoice: Codable, Sendable, Hashable {
  /// What an answer says about the requirement, in the words of audits.
  public enum Result: String, Vocabulary {
    case conforms
    case partly
    case doesNotConform = "does-not-conform"
    case notApplicable = "not-applicable"
  }

  /// Its name in the framework.
  public var id: String
  /// The answer.
  public var text: String
  /// What is said beside it.
  public var note: String
  /// What it adds to the score; nil where nothing.
  public var score: Int?
  /// What it says about the requirement; nil where nothing.
  public var result: Result?
  /// The groups that choosing it brings into the audit.
  public var groups: [String]
  /// The answer in other languages.
  public var translations: [String: String]

  /// Makes a choice.
  public init(
    id: String,
    text: String,
    note: String = "",
    score: Int? = nil,
    result: Result? = nil,
    groups: [String] = [],
    translations: [String: String] = [:]
  ) {
    (self.id, self.text, self.note, self.score) = (id, text, note, score)
    (self.result, self.groups, self.translations) = (result, groups, translations)
  }
}
