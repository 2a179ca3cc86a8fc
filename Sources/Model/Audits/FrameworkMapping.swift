/// Which requirements of one framework correspond to which of another.
///
/// All texts in it are foreign.
public struct FrameworkMapping: Codable, Sendable, Equatable {
  /// How much of a requirement another one covers.
  public enum Relationship: String, Vocabulary {
    /// Both ask the same.
    case equal
    /// The first asks for a part of the second.
    case subset
    /// The first asks for more than the second.
    case superset
    /// Each asks for something the other does not.
    case intersect
    /// They were compared, and have nothing in common.
    case unrelated
  }

  /// One correspondence.
  public struct Link: Codable, Sendable, Hashable {
    /// The identifier of a requirement in the first framework.
    public var source: String
    /// The identifier of a requirement in the second.
    public var target: String
    /// How they correspond.
    public var relationship: Relationship
    /// How strongly, in the source's own scale; nil where it does not say.
    public var strength: Int?
    /// Why, in the source's words.
    public var reason: String

    /// Makes a link.
    public init(
      source: String,
      target: String,
      relationship: Relationship,
      strength: Int? = nil,
      reason: String = ""
    ) {
      (self.source, self.target, self.relationship) = (source, target, relationship)
      (self.strength, self.reason) = (strength, reason)
    }
  }

  /// The source's own name for it.
  public var identifier: String
  /// The edition.
  public var version: String
  /// Its title, and what it is.
  public var texts: FrameworkTexts
  /// The identifier or an alias of the first framework.
  public var sourceFramework: String
  /// The identifier or an alias of the second.
  public var targetFramework: String
  /// The correspondences, in the source's order.
  public var links: [Link]

  /// Makes a mapping.
  public init(
    identifier: String,
    version: String,
    texts: FrameworkTexts,
    sourceFramework: String,
    targetFramework: String,
    links: [Link]
  ) {
    (self.identifier, self.version, self.texts) = (identifier, version, texts)
    (self.sourceFramework, self.targetFramework) = (sourceFramework, targetFramework)
    self.links = links
  }
}
