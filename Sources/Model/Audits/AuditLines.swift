/// The lines of a new audit: the items in scope, and the headings above them.
public struct AuditLines: Sendable, Equatable {
  /// One line.
  public struct Line: Sendable, Equatable {
    /// The requirement's position in the framework.
    public var position: Int
    /// How deep it stands, from 1.
    public var depth: Int
    /// The place after the last line below it.
    public var end: Int
    /// Whether it is only there for the items below it.
    public var isHeading: Bool
    /// How many items stand below it; 0 for an item.
    public var items: Int
    /// How much it counts.
    public var weight: Int
    /// What the audit before said.
    public var previous: AuditPrevious?
    /// The target, taken over from the audit before.
    public var target: Int?
  }

  /// The lines in the framework's order.
  public private(set) var lines: [Line] = []

  /// Makes the lines of an audit over a framework.
  ///
  /// In scope is what can be answered, was not withdrawn, and belongs to one of the groups or to none.
  ///
  /// - Parameters:
  ///   - framework: The framework, whole.
  ///   - groups: The chosen groups; empty for everything.
  public init(_ framework: Framework, groups: [String]) {
    let requirements = framework.requirements
    let chosen = Set(groups)
    let isItem = requirements.map { requirement in
      requirement.isAssessable && !requirement.isWithdrawn
        && (chosen.isEmpty || requirement.groups.isEmpty
          || requirement.groups.contains { chosen.contains($0) })
    }
    // How many items and lines stand before each position.
    let ends = RequirementPlaces(requirements).ends
    var itemsBefore = [0]
    for flag in isItem { itemsBefore.append((itemsBefore.last ?? 0) + (flag ? 1 : 0)) }
    var linesBefore = [0]
    for position in requirements.indices {
      let isLine = itemsBefore[ends[position]] > itemsBefore[position]
      linesBefore.append((linesBefore.last ?? 0) + (isLine ? 1 : 0))
    }
    for (position, requirement) in requirements.enumerated()
    where linesBefore[position + 1] > linesBefore[position] {
      let below = itemsBefore[ends[position]] - itemsBefore[position]
      lines.append(
        Line(
          position: position,
          depth: requirement.depth,
          end: linesBefore[ends[position]],
          isHeading: !isItem[position],
          items: isItem[position] ? 0 : below,
          weight: min(max(requirement.weight, 0), AuditScore.maximumWeight)
        )
      )
    }
  }

  /// How many items there are.
  public var items: Int { lines.count { !$0.isHeading } }

  /// Lets the answers of an audit before come along as previous ones.
  ///
  /// - Parameters:
  ///   - framework: The framework of this audit.
  ///   - old: The audit before: framework, items, and the instant at which its results count.
  ///   - reference: The reference of the audit before.
  ///   - mappings: The mappings between the two frameworks.
  public mutating func takeOver(
    into framework: Framework,
    from old: AuditDifference.Side,
    reference: String,
    mappings: [FrameworkMapping]
  ) {
    var partners: [Int: (position: Int, isChanged: Bool)] = [:]
    if old.framework == framework {
      for position in framework.requirements.indices { partners[position] = (position, false) }
    } else {
      let matching = FrameworkMatching(from: old.framework, to: framework, mappings: mappings)
      let difference = FrameworkDifference(from: old.framework, to: framework, mappings: mappings)
      let changed = Set(difference.changed.map(\.after.position))
      for pair in matching.pairs {
        partners[pair.new] = (pair.old, changed.contains(pair.new) || pair.basis == .mapping)
      }
    }
    let items = Dictionary(old.items.map { ($0.position, $0) }) { first, _ in first }
    for place in lines.indices where !lines[place].isHeading {
      guard let partner = partners[lines[place].position], let item = items[partner.position] else {
        continue
      }
      if old.framework.scale == framework.scale { lines[place].target = item.target }
      let result = item.result(at: old.at)
      guard result != .notAssessed else { continue }
      lines[place].previous = AuditPrevious(
        item,
        result: result,
        audit: reference,
        isChanged: partner.isChanged
      )
    }
  }
}

extension AuditFacts {
  /// Why the facts cannot stand; nil where they can.
  public var fault: String? {
    guard title.contains(where: { !$0.isWhitespace }) else { return "an audit needs a title" }
    for day in [from, until] where !day.isEmpty && !AuditDay.isDay(day) {
      return "\(day) is no day such as 2026-01-31"
    }
    if !from.isEmpty, !until.isEmpty, until < from { return "the period ends before it begins" }
    if let months, !(1...1200).contains(months) { return "an audit recurs after 1 to 1200 months" }
    return nil
  }
}
