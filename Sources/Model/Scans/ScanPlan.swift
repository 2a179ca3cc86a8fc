/// What an import of a scan is going to do: worked out as a whole before anything is written.
public struct ScanPlan: Sendable {
  /// A result that the audit keeps already.
  public struct Known: Sendable, Equatable {
    /// Its number in the store.
    public var id: RecordID
    /// The scan that it came with.
    public var scan: RecordID
    /// The result.
    public var result: AuditScanResult

    /// Makes a known result.
    public init(id: RecordID, scan: RecordID, result: AuditScanResult) {
      (self.id, self.scan, self.result) = (id, scan, result)
    }
  }

  /// A finding that a rule led to before.
  public struct Led: Sendable, Equatable {
    /// What is remembered.
    public var memory: ScanFinding
    /// The finding.
    public var finding: Finding

    /// Makes a finding.
    public init(memory: ScanFinding, finding: Finding) {
      (self.memory, self.finding) = (memory, finding)
    }
  }

  /// How things stand before the import.
  public struct Standing: Sendable {
    /// What the audit keeps.
    public var known: [Known]
    /// The audit's items.
    public var items: [AuditItem]
    /// What is remembered of scans, by the items' numbers.
    public var answers: [RecordID: ScanAnswer]
    /// The findings of the rules in the scan.
    public var led: [AuditScanResult.Key: Led]

    /// Makes a standing.
    public init(
      known: [Known],
      items: [AuditItem],
      answers: [RecordID: ScanAnswer],
      led: [AuditScanResult.Key: Led]
    ) {
      (self.known, self.items, self.answers, self.led) = (known, items, answers, led)
    }
  }

  /// A result that takes the place of another.
  public struct Update: Sendable, Equatable {
    /// What was known.
    public var known: Known
    /// What is known from now on.
    public var result: AuditScanResult
  }

  /// What happens to the finding of a rule.
  public struct FindingWork: Sendable, Equatable {
    /// The result.
    public var result: AuditScanResult
    /// The finding before; nil where one is opened.
    public var led: Led?
    /// What is done with it.
    public var move: ScanFinding.Move
    /// The number of the item that an opened finding comes from.
    public var item: RecordID?
  }

  /// What happens to an item.
  public struct AnswerWork: Sendable, Equatable {
    /// The item as it stands.
    public var item: AuditItem
    /// What was remembered before; nil where nothing was.
    public var before: ScanAnswer?
    /// What is remembered from now on.
    public var after: ScanAnswer
    /// What is set in the item; may be empty.
    public var edits: [AuditItemEdit]
  }

  /// What it does, in numbers.
  public private(set) var effect = AuditScanEffect()
  /// New results.
  public private(set) var created: [AuditScanResult] = []
  /// Results that say something else, or the same later.
  public private(set) var updates: [Update] = []
  /// What happens to findings, by the scan's order.
  public private(set) var findings: [FindingWork] = []
  /// What happens to items, by place.
  public private(set) var answers: [AnswerWork] = []

  /// Whether nothing is altered.
  public var isIdle: Bool { created.isEmpty && updates.isEmpty }

  /// Works out what an import does.
  ///
  /// - Parameters:
  ///   - results: The scan's results, no two with the same key.
  ///   - standing: How things stand.
  ///   - now: The present.
  public init(_ results: [AuditScanResult], on standing: Standing, at now: Instant) {
    var after: [AuditScanResult.Key: AuditScanResult] = [:]
    var known: [AuditScanResult.Key: Known] = [:]
    for one in standing.known {
      known[one.result.key] = one
      after[one.result.key] = one.result
    }
    let items = Dictionary(standing.items.map { ($0.place, $0) }) { first, _ in first }
    var touched: Set<Int> = []
    for result in results {
      let key = result.key
      if result.places.isEmpty { effect.unmatched += 1 } else { effect.matched += 1 }
      if let old = known[key] {
        guard result.takesThePlace(of: old.result) else {
          effect.unchanged += 1
          if result.isOlder(than: old.result) { effect.older += 1 }
          continue
        }
        if old.result.says(theSameAs: result) {
          effect.unchanged += 1
        } else {
          effect.updated += 1
          touched.formUnion(old.result.places)
          touched.formUnion(result.places)
        }
        if old.result != result { updates.append(Update(known: old, result: result)) }
      } else {
        effect.created += 1
        created.append(result)
        touched.formUnion(result.places)
      }
      after[key] = result
      plan(result, standing.led[key], item: result.places.first.flatMap { items[$0]?.id })
    }
    guard !touched.isEmpty else { return }
    var speaking: [Int: [AuditScanResult]] = [:]
    for result in after.values {
      for place in result.places where touched.contains(place) {
        speaking[place, default: []].append(result)
      }
    }
    for place in touched.sorted() {
      guard let item = items[place] else { continue }
      answer(item, speaking[place] ?? [], standing.answers[item.id], at: now)
    }
  }

  private mutating func plan(_ result: AuditScanResult, _ led: Led?, item: RecordID?) {
    guard let led else {
      guard result.outcome == .fail else { return }
      effect.opened += 1
      findings.append(FindingWork(result: result, led: nil, move: .stay, item: item))
      return
    }
    guard led.memory.isNews(result) else { return }
    let move = led.memory.move(result, led.finding)
    switch move {
    case .close: effect.closed += 1
    case .reopen: effect.reopened += 1
    case .hold: effect.held += 1
    case .stay: break
    }
    findings.append(FindingWork(result: result, led: led, move: move, item: nil))
  }

  private mutating func answer(
    _ item: AuditItem,
    _ results: [AuditScanResult],
    _ before: ScanAnswer?,
    at now: Instant
  ) {
    let worst = ScanOutcome.worst(results.map(\.outcome))
    let deciding = results.filter { $0.outcome == worst }.sorted {
      ($0.tool, $0.target, $0.rule) < ($1.tool, $1.target, $1.rule)
    }
    var words = ""
    if let worst {
      let names = deciding.prefix(10).map(\.rule).joined(separator: ", ")
      let rest = deciding.count > 10 ? " and \(deciding.count - 10) more" : ""
      words = "\(deciding.count) of \(results.count) rules: \(worst.label): \(names)\(rest)"
    }
    var memory = before ?? ScanAnswer()
    let edits = memory.take(
      worst,
      by: deciding.first?.source ?? memory.by,
      words: words,
      on: item,
      at: now
    )
    guard memory != before else { return }
    for edit in edits {
      switch edit {
      case .result(let result) where result != .notAssessed: effect.answered += 1
      case .proposal(.some): effect.proposed += 1
      default: break
      }
    }
    answers.append(AnswerWork(item: item, before: before, after: memory, edits: edits))
  }
}
