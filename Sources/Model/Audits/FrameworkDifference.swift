/// What is otherwise in one framework than in another: in a new edition than in the last.
public struct FrameworkDifference: Codable, Sendable, Equatable {
  /// A requirement as it is named in a list of differences.
  public struct Mention: Codable, Sendable, Hashable {
    /// Its position.
    public var position: Int
    /// Its identifier.
    ///
    /// Foreign text.
    public var identifier: String
    /// Its reference.
    ///
    /// Foreign text.
    public var reference: String
    /// The first line of its title or text.
    ///
    /// Foreign text.
    public var headline: String
    /// Whether it can be answered.
    public var isAssessable: Bool

    init(_ requirement: Requirement, at position: Int) {
      self.position = position
      (identifier, reference) = (requirement.identifier, requirement.reference)
      (headline, isAssessable) = (requirement.texts.headline, requirement.isAssessable)
    }
  }

  /// A requirement that is in both and not the same.
  public struct Alteration: Codable, Sendable, Hashable {
    /// As it was.
    public var before: Mention
    /// As it is.
    public var after: Mention
    /// Why both are taken for the same.
    public var basis: FrameworkMatching.Basis
    /// The names of the texts and properties that differ.
    public var fields: [String]
    /// Whether it has another reference, or stands below another heading.
    public var isMoved: Bool

    /// Whether what it asks may have changed, so that an answer has to be looked at again.
    public var isChanged: Bool { !fields.isEmpty }
  }

  /// Requirements and headings that only the second has, in its order.
  public var added: [Mention] = []
  /// Requirements and headings that only the first has, in its order.
  public var removed: [Mention] = []
  /// Those that are in both, and changed, moved or both; in the order of the second.
  public var altered: [Alteration] = []
  /// How many are in both, and the same.
  public var unchanged = 0

  /// Those whose texts or properties changed.
  public var changed: [Alteration] { altered.filter(\.isChanged) }
  /// Those that were moved.
  public var moved: [Alteration] { altered.filter(\.isMoved) }

  /// Compares two frameworks.
  public init(from old: Framework, to new: Framework, mappings: [FrameworkMapping] = []) {
    let pairs = FrameworkMatching(from: old, to: new, mappings: mappings).pairs
    let partners = Dictionary(uniqueKeysWithValues: pairs.map { ($0.old, $0.new) })
    let known = Set(partners.values)
    let (oldParents, newParents) = (
      RequirementPlaces(old.requirements).parents, RequirementPlaces(new.requirements).parents
    )
    for (position, requirement) in new.requirements.enumerated() where !known.contains(position) {
      added.append(Mention(requirement, at: position))
    }
    for (position, requirement) in old.requirements.enumerated()
    where partners[position] == nil {
      removed.append(Mention(requirement, at: position))
    }
    for pair in pairs {
      let (one, other) = (old.requirements[pair.old], new.requirements[pair.new])
      let fields = FrameworkDifference.fields(one, other)
      // Below the same heading, where that heading is in both.
      let parent = oldParents[pair.old].map { partners[$0] ?? -1 }
      let isMoved =
        one.reference.collapsed != other.reference.collapsed || parent != newParents[pair.new]
      guard isMoved || !fields.isEmpty else {
        unchanged += 1
        continue
      }
      altered.append(
        Alteration(
          before: Mention(one, at: pair.old),
          after: Mention(other, at: pair.new),
          basis: pair.basis,
          fields: fields,
          isMoved: isMoved
        )
      )
    }
  }

  /// What differs between two requirements; how lines are broken does not count.
  private static func fields(_ one: Requirement, _ other: Requirement) -> [String] {
    let texts: [(String, String, String)] = [
      ("name", one.texts.name, other.texts.name), ("text", one.texts.text, other.texts.text),
      ("guidance", one.texts.guidance, other.texts.guidance),
      ("evidence", one.texts.evidence, other.texts.evidence),
    ]
    var fields = texts.filter { $0.1 != $0.2 && $0.1.collapsed != $0.2.collapsed }.map(\.0)
    if one.isAssessable != other.isAssessable { fields.append("assessable") }
    if one.isWithdrawn != other.isWithdrawn { fields.append("withdrawn") }
    if Set(one.groups) != Set(other.groups) { fields.append("groups") }
    if one.weight != other.weight { fields.append("weight") }
    if one.questions != other.questions { fields.append("questions") }
    if one.citations != other.citations { fields.append("citations") }
    return fields
  }
}
