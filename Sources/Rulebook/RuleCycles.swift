internal import Model

/// Finds rules that wait for each other in a ring, which no facts could ever resolve.
///
/// What a rule comes to rests on its limit and on the limits that its conditions name; its limit
/// rests on the limits that the conditions of its clocks name and on what the rules come to after
/// which, or with which, it counts. A rule may therefore ask in `applies` for its own limit, and
/// not in a clock.
struct RuleCycles {
  /// How many rules may wait in a row, one for the next.
  static let longest = 100

  private let pack: RulePack
  private var done: Set<Node> = []
  private var faults: [Fault] = []

  /// Why rules can come to nothing.
  struct Fault {
    /// The rule at which it shows.
    var id: String
    /// What is wrong.
    var reason: String
  }

  /// What is looked at: the whole of a rule, or its limit by the clocks alone.
  private struct Node: Hashable {
    var id: String
    var isLimit: Bool
  }

  private init(_ pack: RulePack) { self.pack = pack }

  /// The rings, and the rows that are too long to be followed.
  static func faults(in pack: RulePack) -> [Fault] {
    var search = RuleCycles(pack)
    for (_, rule) in pack.rules { search.visit(Node(id: rule.id, isLimit: false), []) }
    return search.faults
  }

  private mutating func visit(_ node: Node, _ path: [Node]) {
    if let start = path.firstIndex(of: node) {
      var ring: [String] = []
      // A rule and its limit stand beside each other on the way and are one name.
      for step in path[start...] + [node] where ring.last != step.id { ring.append(step.id) }
      let way = (ring.count == 1 ? ring + ring : ring).joined(separator: " -> ")
      faults.append(Fault(id: node.id, reason: "these wait for each other: \(way)"))
      return
    }
    guard !done.contains(node), let (_, rule) = pack.rule(node.id) else { return }
    // A rule and its limit are two steps on the way.
    guard path.count < 2 * RuleCycles.longest else {
      let reason = "more than \(RuleCycles.longest) rules wait in a row, each for the next"
      if faults.last?.reason != reason { faults.append(Fault(id: node.id, reason: reason)) }
      return
    }
    for next in following(node, rule) { visit(next, path + [node]) }
    done.insert(node)
  }

  private func following(_ node: Node, _ rule: Rule) -> [Node] {
    func limits(_ ids: [String]) -> [Node] { ids.map { Node(id: $0, isLimit: true) } }
    guard node.isLimit else {
      let conditions = rule.conditions + rule.exemptions.map(\.condition)
      return limits(conditions.flatMap(\.rules) + [rule.id])
    }
    return rule.clocks.flatMap { clock in
      limits((clock.condition?.rules ?? []) + (clock.exception?.rules ?? []))
        + clock.start.rules.map { Node(id: $0, isLimit: false) }
    }
  }
}
