/// What is otherwise in one audit than in another: what got better, worse, came or went.
public struct AuditDifference: Codable, Sendable, Equatable {
  /// What became of an answer.
  public enum Kind: String, Vocabulary {
    /// The value rose, or a nonconformity's place was taken by conformity.
    case improved
    /// The value fell.
    case regressed
    /// It was not in the audit before.
    case new
    /// It is not in the audit any more.
    case gone
    /// It has a result now, and had none.
    case assessed
    /// It had a result, and has none now.
    case open
    /// It changed in another way: it became applicable, or is not any more.
    case altered
  }

  /// One requirement whose answer is otherwise.
  public struct Line: Codable, Sendable, Hashable {
    /// What became of it.
    public var kind: Kind
    /// The requirement's own name.
    ///
    /// Foreign text.
    public var identifier: String
    /// What people call it.
    ///
    /// Foreign text.
    public var reference: String
    /// The first line of its title or text.
    ///
    /// Foreign text.
    public var headline: String
    /// The result in the older audit; nil where it was not in it.
    public var before: AuditResult?
    /// The result in the newer audit; nil where it is not in it.
    public var after: AuditResult?
    /// The score in the older audit.
    public var scoreBefore: Int?
    /// The score in the newer audit.
    public var scoreAfter: Int?
  }

  /// One of the two audits.
  public struct Side: Sendable {
    /// Its framework, whole.
    public var framework: Framework
    /// Its items.
    public var items: [AuditItem]
    /// The instant at which results count.
    public var at: Instant

    /// Makes a side.
    public init(framework: Framework, items: [AuditItem], at: Instant) {
      (self.framework, self.items, self.at) = (framework, items, at)
    }
  }

  /// The lines: those of the newer audit in its order, then those that are gone.
  public var lines: [Line] = []
  /// How many requirements are in both, with the same result and value.
  public var unchanged = 0
  /// The score of the older audit.
  public var before = AuditScore()
  /// The score of the newer audit.
  public var after = AuditScore()

  /// How many lines are of a kind.
  public func count(_ kind: Kind) -> Int { lines.count { $0.kind == kind } }

  /// Compares two audits.
  ///
  /// Values are compared, not scores: the two may have different scales.
  public init(from old: Side, to new: Side, mappings: [FrameworkMapping] = []) {
    let pairs: [(old: Int, new: Int)] =
      old.framework == new.framework
      ? new.framework.requirements.indices.map { ($0, $0) }
      : FrameworkMatching(from: old.framework, to: new.framework, mappings: mappings).pairs
        .map { ($0.old, $0.new) }
    let partners = Dictionary(pairs.map { ($0.new, $0.old) }) { first, _ in first }
    let olds = Dictionary(old.items.map { ($0.position, $0) }) { first, _ in first }
    var met: Set<Int> = []
    for item in new.items {
      let result = item.result(at: new.at)
      after.add(result, item.score, weight: item.weight, new.framework.scale)
      let before = partners[item.position].flatMap { olds[$0] }
      if let before { met.insert(before.position) }
      add(before, old, item, new)
    }
    for item in old.items {
      before.add(item.result(at: old.at), item.score, weight: item.weight, old.framework.scale)
      if !met.contains(item.position) { add(item, old, nil, new) }
    }
  }

  private mutating func add(_ one: AuditItem?, _ old: Side, _ other: AuditItem?, _ new: Side) {
    let (before, after) = (one?.result(at: old.at), other?.result(at: new.at))
    let was = before.flatMap { AuditScore.value($0, one?.score, old.framework.scale) }
    let now = after.flatMap { AuditScore.value($0, other?.score, new.framework.scale) }
    let kind: Kind
    switch (before, after) {
    case (nil, _): kind = .new
    case (_, nil): kind = .gone
    case (.notAssessed, .notAssessed): kind = .altered
    case (.notAssessed, _): kind = .assessed
    case (_, .notAssessed): kind = .open
    default:
      if let was, let now, was != now {
        kind = now > was ? .improved : .regressed
      } else if let rank = before?.rank, let newRank = after?.rank, rank != newRank {
        kind = newRank > rank ? .improved : .regressed
      } else {
        kind = .altered
      }
    }
    guard kind != .altered || before != after else {
      unchanged += 1
      return
    }
    let side = other == nil ? old : new
    guard let item = other ?? one, side.framework.requirements.indices.contains(item.position)
    else {
      return
    }
    let requirement = side.framework.requirements[item.position]
    lines.append(
      Line(
        kind: kind,
        identifier: requirement.identifier,
        reference: requirement.reference,
        headline: requirement.texts.headline,
        before: before,
        after: after,
        scoreBefore: one?.score,
        scoreAfter: other?.score
      )
    )
  }
}
