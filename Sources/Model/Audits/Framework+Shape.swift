/// Why a framework cannot be kept.
public struct UnusableFramework: Error, Equatable, Sendable, CustomStringConvertible {
  /// The requirement that is meant, by identifier; nil for the framework as a whole.
  ///
  /// Foreign text.
  public var requirement: String?
  /// What is wrong.
  public var reason: String

  /// Makes an error.
  public init(requirement: String? = nil, reason: String) {
    (self.requirement, self.reason) = (requirement, reason)
  }

  /// Place and reason.
  public var description: String { requirement.map { "\($0): \(reason)" } ?? reason }
}

/// Where each line of a framework stands in its tree, by position.
public struct RequirementPlaces: Sendable, Equatable {
  /// The position of the line above it; nil for the outermost.
  public private(set) var parents: [Int?]
  /// The position after the last line below it: `position + 1` where there is none.
  public private(set) var ends: [Int]

  /// Works out the tree of lines from their depths, which must have been checked.
  public init(_ requirements: [Requirement]) {
    parents = []
    ends = Array(repeating: requirements.count, count: requirements.count)
    var open: [Int] = []
    for (position, requirement) in requirements.enumerated() {
      while let last = open.last, requirements[last].depth >= requirement.depth {
        ends[last] = position
        open.removeLast()
      }
      parents.append(open.last)
      open.append(position)
    }
  }
}

extension Framework {
  /// The most lines of a framework.
  public static let maximumRequirements = 100_000
  /// How deep its lines may stand.
  public static let maximumDepth = 64

  /// Refuses what could not be kept, shown or answered.
  public func check() throws(UnusableFramework) {
    guard !identifier.isEmpty else { throw UnusableFramework(reason: "it has no identifier") }
    guard !version.isEmpty else { throw UnusableFramework(reason: "it has no version") }
    guard !texts.name.isEmpty else { throw UnusableFramework(reason: "it has no name") }
    guard requirements.count <= Framework.maximumRequirements else {
      throw UnusableFramework(
        reason: "\(requirements.count) requirements; \(Framework.maximumRequirements) are kept"
      )
    }
    if let scale, scale.minimum >= scale.maximum {
      throw UnusableFramework(reason: "its least score is not below its greatest")
    }
    let groups = Set(groups.map(\.id))
    guard groups.count == self.groups.count else {
      throw UnusableFramework(reason: "two groups have the same id")
    }
    let (controls, threats) = (Set(controls.map(\.id)), Set(threats.map(\.id)))
    guard controls.count == self.controls.count, threats.count == self.threats.count else {
      throw UnusableFramework(reason: "two controls or threats have the same id")
    }
    var (known, depth) = (Set<String>(), 0)
    for requirement in requirements {
      func refuse(_ reason: String) -> UnusableFramework {
        UnusableFramework(requirement: requirement.identifier, reason: reason)
      }
      guard !requirement.identifier.isEmpty else {
        throw UnusableFramework(reason: "a requirement has no identifier")
      }
      guard known.insert(requirement.identifier).inserted else {
        throw refuse("two requirements have this identifier")
      }
      guard (1...(depth + 1)).contains(requirement.depth) else {
        throw refuse("depth \(requirement.depth) follows depth \(depth)")
      }
      guard requirement.depth <= Framework.maximumDepth else {
        throw refuse("deeper than \(Framework.maximumDepth) levels")
      }
      guard requirement.weight >= 0 else { throw refuse("a weight is not negative") }
      depth = requirement.depth
      if let strange = requirement.groups.first(where: { !groups.contains($0) }) {
        throw refuse("there is no group \(strange)")
      }
    }
  }
}
