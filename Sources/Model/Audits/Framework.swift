/// A published set of requirements, such as a law's duties or a standard's controls.
///
/// Two frameworks are the same edition when identifier and version agree. The requirements stand in
/// reading order with their depth: the tree needs no links that could contradict each other.
///
/// All texts in it are foreign.
public struct Framework: Codable, Sendable, Equatable {
  /// The source's own name for it: a URN, a UUID, or the id of a checklist file.
  public var identifier: String
  /// Other names that its source uses for it, such as in mappings.
  public var aliases: [String]
  /// The edition, as the source writes it: `3`, `5.1.1+u4`.
  public var version: String
  /// The language of its texts as a BCP 47 tag such as `en`; empty where it is not known.
  public var language: String
  /// Its title, and what it is; guidance and evidence are empty.
  public var texts: FrameworkTexts
  /// Under which terms its text may be used; the source's own words.
  public var licence: String
  /// Where it was published: a link or a citation.
  public var source: String
  /// Who publishes it.
  public var provider: String
  /// When it was published, as the source writes it.
  public var published: String
  /// The parts of it that an audit may be limited to; empty where there are none.
  public var groups: [RequirementGroup]
  /// How answers are scored; nil where they are not.
  public var scale: ScoreScale?
  /// Headings and requirements in reading order.
  public var requirements: [Requirement]
  /// What an organisation may do to meet requirements, as the source proposes it.
  public var controls: [ReferenceControl]
  /// What requirements protect against, where the source says so.
  public var threats: [ReferenceThreat]
  /// Title and description in other languages, by BCP 47 tag.
  public var translations: [String: FrameworkTexts]

  /// Makes a framework.
  public init(
    identifier: String,
    aliases: [String] = [],
    version: String,
    language: String,
    texts: FrameworkTexts,
    licence: String = "",
    source: String = "",
    provider: String = "",
    published: String = "",
    groups: [RequirementGroup] = [],
    scale: ScoreScale? = nil,
    requirements: [Requirement] = [],
    controls: [ReferenceControl] = [],
    threats: [ReferenceThreat] = [],
    translations: [String: FrameworkTexts] = [:]
  ) {
    (self.identifier, self.aliases, self.version) = (identifier, aliases, version)
    (self.language, self.texts, self.licence) = (language, texts, licence)
    (self.source, self.provider, self.published) = (source, provider, published)
    (self.groups, self.scale, self.requirements) = (groups, scale, requirements)
    (self.controls, self.threats, self.translations) = (controls, threats, translations)
  }

  /// How many of the requirements can be answered; the others are headings.
  public var assessable: Int { requirements.count { $0.isAssessable } }
}

/// The texts of a part of a framework in one language.
public struct FrameworkTexts: Codable, Sendable, Hashable {
  /// Its title.
  public var name: String
  /// What it says.
  public var text: String
  /// How it is to be understood or checked.
  public var guidance: String
  /// What an auditor typically is shown.
  public var evidence: String

  /// Makes texts; empty ones are not there.
  public init(name: String = "", text: String = "", guidance: String = "", evidence: String = "") {
    (self.name, self.text, self.guidance, self.evidence) = (name, text, guidance, evidence)
  }

  /// Whether nothing is said.
  public var isEmpty: Bool {
    name.isEmpty && text.isEmpty && guidance.isEmpty && evidence.isEmpty
  }

  /// The first line of the title, or of the text where there is no title.
  public var headline: String {
    let whole = name.isEmpty ? text : name
    return whole.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }
}

/// A part of a framework that an audit may be limited to: a level, a class, a sector.
public struct RequirementGroup: Codable, Sendable, Hashable {
  /// Its name in the requirements.
  public var id: String
  /// What it is called, and whom it is meant for.
  public var texts: FrameworkTexts
  /// Whether an audit takes it unless it is told otherwise.
  public var isDefault: Bool
  /// Its texts in other languages.
  public var translations: [String: FrameworkTexts]

  /// Makes a group.
  public init(
    id: String,
    texts: FrameworkTexts,
    isDefault: Bool = false,
    translations: [String: FrameworkTexts] = [:]
  ) {
    (self.id, self.texts, self.isDefault) = (id, texts, isDefault)
    self.translations = translations
  }
}

/// How answers are scored.
public struct ScoreScale: Codable, Sendable, Hashable {
  /// The least score.
  public var minimum: Int
  /// The greatest score; more than the least.
  public var maximum: Int
  /// What scores mean, from the least; some may have no words.
  public var levels: [ScoreLevel]

  /// Makes a scale.
  public init(minimum: Int, maximum: Int, levels: [ScoreLevel] = []) {
    (self.minimum, self.maximum, self.levels) = (minimum, maximum, levels)
  }
}

/// What a score means.
public struct ScoreLevel: Codable, Sendable, Hashable {
  /// The score.
  public var score: Int
  /// What it is called, and when it is given.
  public var texts: FrameworkTexts
  /// Its texts in other languages.
  public var translations: [String: FrameworkTexts]

  /// Makes a level.
  public init(score: Int, texts: FrameworkTexts, translations: [String: FrameworkTexts] = [:]) {
    (self.score, self.texts, self.translations) = (score, texts, translations)
  }
}

/// Something an organisation may do to meet requirements, as a framework's source proposes it.
public struct ReferenceControl: Codable, Sendable, Hashable {
  /// Its name in the requirements.
  public var id: String
  /// What people call it.
  public var reference: String
  /// What it is.
  public var texts: FrameworkTexts
  /// The kind of control in the source's words, such as `technical`.
  public var category: String
  /// The function it serves in the source's words, such as `protect`.
  public var function: String
  /// Its texts in other languages.
  public var translations: [String: FrameworkTexts]

  /// Makes a control.
  public init(
    id: String,
    reference: String = "",
    texts: FrameworkTexts,
    category: String = "",
    function: String = "",
    translations: [String: FrameworkTexts] = [:]
  ) {
    (self.id, self.reference, self.texts) = (id, reference, texts)
    (self.category, self.function, self.translations) = (category, function, translations)
  }
}

/// Something that requirements protect against, as a framework's source names it.
public struct ReferenceThreat: Codable, Sendable, Hashable {
  /// Its name in the requirements.
  public var id: String
  /// What people call it.
  public var reference: String
  /// What it is.
  public var texts: FrameworkTexts
  /// Its texts in other languages.
  public var translations: [String: FrameworkTexts]

  /// Makes a threat.
  public init(
    id: String,
    reference: String = "",
    texts: FrameworkTexts,
    translations: [String: FrameworkTexts] = [:]
  ) {
    (self.id, self.reference, self.texts) = (id, reference, texts)
    self.translations = translations
  }
}
