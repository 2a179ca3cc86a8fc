/// A piece of a line: the officer's words, or something that was derived.
public struct StatementRun: Codable, Sendable, Hashable {
  /// What stands there.
  ///
  /// Foreign text.
  public var text: String
  /// From what it was derived; empty for the officer's own words.
  public var source: String

  /// Makes a piece.
  public init(_ text: String, source: String = "") { (self.text, self.source) = (text, source) }
}

/// Something that a statement says and the record supports: compared line by line.
public struct StatementFact: Codable, Sendable, Hashable {
  /// What names it for good: `activity/ACT-0001/purpose`.
  public var key: String
  /// What is said: `Purpose`.
  public var label: String
  /// What stands there.
  ///
  /// Foreign text.
  public var text: String
  /// From what it was derived.
  public var source: String

  /// Makes a fact.
  public init(_ key: String, _ label: String, _ text: String, source: String) {
    (self.key, self.label, self.text, self.source) = (key, label, text, source)
  }
}

/// A part of a statement as it is laid out; every sink writes it in its own way.
public enum StatementBlock: Codable, Sendable, Hashable {
  /// A heading, with its depth from 2: the title is the only one of depth 1.
  case heading(Int, [StatementRun])
  /// Lines that belong together.
  case paragraph([StatementRun])
  /// The points of a list.
  case list([[StatementRun]])
  /// Names, and what is said under them.
  case facts([StatementFact])
  /// A public incident that has a page of its own, by its reference.
  case incident(String, title: String)
}

/// A public incident as it stands in a statement, on a page of its own.
public struct StatementIncident: Codable, Sendable, Hashable {
  /// Its reference.
  public var reference: String
  /// What it is called in public.
  ///
  /// Foreign text.
  public var title: String
  /// What is said of it.
  public var blocks: [StatementBlock]

  /// Makes an incident.
  public init(reference: String, title: String, blocks: [StatementBlock]) {
    (self.reference, self.title, self.blocks) = (reference, title, blocks)
  }
}

/// Something that does not stand in a statement, and why; for the approver alone.
public struct StatementOmission: Codable, Sendable, Hashable {
  /// Why something is left out.
  public enum Kind: String, Vocabulary {
    /// An incident that nobody marked public.
    case incident
    /// A number too small to be shown, or one from which such a number could be worked out.
    case small
    /// An activity that is marked internal.
    case activity
    /// Something that the record does not say.
    case gap
    /// A requirement that no signed audit found met.
    case measure

    /// The word as it is shown to people.
    public var label: String {
      switch self {
      case .incident: "not public"
      case .small: "small number"
      case .activity: "internal"
      case .gap: "gap"
      case .measure: "not met"
      }
    }
  }

  /// Why.
  public var kind: Kind
  /// What: a reference or the name of a figure.
  public var subject: String
  /// What it is about, in a line.
  ///
  /// Foreign text.
  public var text: String

  /// Makes an omission.
  public init(_ kind: Kind, _ subject: String, _ text: String) {
    (self.kind, self.subject, self.text) = (kind, subject, text)
  }
}
