/// Which requirement of one framework is which of another: of two editions, or of two that are
/// mapped onto each other.
public struct FrameworkMatching: Sendable, Equatable {
  /// Why two requirements are taken for the same.
  public enum Basis: String, Vocabulary {
    /// A mapping says so.
    case mapping
    /// Both have the same identifier.
    case identifier
    /// Both have the same reference.
    case reference
    /// Both say the same, under other references.
    case text
  }

  /// Two requirements that are the same.
  public struct Pair: Codable, Sendable, Hashable {
    /// The position in the first framework.
    public var old: Int
    /// The position in the second.
    public var new: Int
    /// Why.
    public var basis: Basis

    /// Makes a pair.
    public init(old: Int, new: Int, basis: Basis) {
      (self.old, self.new, self.basis) = (old, new, basis)
    }
  }

  /// The pairs, by their position in the second framework; no requirement stands in two.
  public private(set) var pairs: [Pair] = []

  private var oldTaken: Set<Int> = []
  private var newTaken: Set<Int> = []

  /// Matches two frameworks.
  ///
  /// What a mapping calls equal goes first, then identifiers, then references, then texts of some
  /// length; last what a mapping relates otherwise, where it names one requirement on both sides.
  /// An equal identifier or reference counts for nothing where a mapping relates one of the two to
  /// others: editions count anew, and what was 1.2.1 is not what is 1.2.1 now.
  public init(from old: Framework, to new: Framework, mappings: [FrameworkMapping] = []) {
    let links = FrameworkMatching.links(from: old, to: new, mappings)
    let oldPlaces = FrameworkMatching.places(old.requirements) { $0.identifier }
    let newPlaces = FrameworkMatching.places(new.requirements) { $0.identifier }
    var related: (old: [Int: Set<Int>], new: [Int: Set<Int>]) = ([:], [:])
    for link in links where link.relationship != .unrelated {
      guard let one = oldPlaces[link.source], let other = newPlaces[link.target] else { continue }
      related.old[one, default: []].insert(other)
      related.new[other, default: []].insert(one)
    }
    func isOpen(_ old: Int, _ new: Int) -> Bool {
      related.old[old]?.contains(new) ?? true && related.new[new]?.contains(old) ?? true
    }
    func pair(_ links: [FrameworkMapping.Link]) {
      let sources = Dictionary(grouping: links, by: \.source)
      let targets = Dictionary(grouping: links, by: \.target)
      for link in links where sources[link.source]?.count == 1 && targets[link.target]?.count == 1 {
        if let one = oldPlaces[link.source], let other = newPlaces[link.target] {
          add(one, other, .mapping)
        }
      }
    }
    pair(links.filter { $0.relationship == .equal })
    match(oldPlaces, newPlaces, .identifier, where: isOpen)
    match(
      FrameworkMatching.places(old.requirements) { $0.reference.lowercased() },
      FrameworkMatching.places(new.requirements) { $0.reference.lowercased() },
      .reference,
      where: isOpen
    )
    func said(_ requirement: Requirement) -> String {
      let text = requirement.texts.text.isEmpty ? requirement.texts.name : requirement.texts.text
      let plain = text.collapsed.lowercased()
      return plain.utf8.count < 12 ? "" : plain
    }
    match(
      FrameworkMatching.places(old.requirements, said),
      FrameworkMatching.places(new.requirements, said),
      .text
    )
    pair(links.filter { $0.relationship != .equal && $0.relationship != .unrelated })
    pairs.sort { $0.new < $1.new }
  }

  private mutating func add(_ old: Int, _ new: Int, _ basis: Basis) {
    guard !oldTaken.contains(old), !newTaken.contains(new) else { return }
    oldTaken.insert(old)
    newTaken.insert(new)
    pairs.append(Pair(old: old, new: new, basis: basis))
  }

  private mutating func match(
    _ old: [String: Int],
    _ new: [String: Int],
    _ basis: Basis,
    where isOpen: (Int, Int) -> Bool = { _, _ in true }
  ) {
    for (key, place) in new {
      if let other = old[key], isOpen(other, place) { add(other, place, basis) }
    }
  }

  /// The positions of requirements by a key that only one of them has; empty keys are left out.
  private static func places(
    _ requirements: [Requirement],
    _ key: (Requirement) -> String
  ) -> [String: Int] {
    var (places, twice): ([String: Int], Set<String>) = ([:], [])
    for (position, requirement) in requirements.enumerated() {
      let key = key(requirement)
      if !key.isEmpty, places.updateValue(position, forKey: key) != nil { twice.insert(key) }
    }
    for key in twice { places[key] = nil }
    return places
  }

  /// The links of the mappings between the two, all from the first to the second.
  private static func links(
    from old: Framework,
    to new: Framework,
    _ mappings: [FrameworkMapping]
  ) -> [FrameworkMapping.Link] {
    let (olds, news) = (Set([old.identifier] + old.aliases), Set([new.identifier] + new.aliases))
    return mappings.flatMap { mapping -> [FrameworkMapping.Link] in
      if olds.contains(mapping.sourceFramework), news.contains(mapping.targetFramework) {
        return mapping.links
      }
      guard news.contains(mapping.sourceFramework), olds.contains(mapping.targetFramework) else {
        return []
      }
      return mapping.links.map { link in
        var turned = link
        (turned.source, turned.target) = (link.target, link.source)
        return turned
      }
    }
  }
}

extension String {
  /// The text with every run of white space as one space.
  var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
