/// Makes of a scanner's results what an audit keeps of them.
///
/// Several results of one rule on one target become one: the worst counts, and what was seen of
/// each is kept. What a rule that was not selected would speak of is kept too; it says nothing.
public struct ScanGathering: Sendable {
  /// A rule that speaks of no item of the audit.
  public struct Unmatched: Sendable, Equatable {
    /// The rule's id.
    ///
    /// Foreign text.
    public var rule: String
    /// Its title.
    ///
    /// Foreign text.
    public var title: String
    /// The outcome.
    public var outcome: ScanOutcome
    /// Names under which a map can find it.
    ///
    /// Foreign text.
    public var tags: [String]
  }

  /// More results than are taken.
  public struct TooMany: Error, Equatable, Sendable {}

  /// The most rules that one file may bring.
  public static let maximum = 100_000

  private let matching: ScanMatching
  private let target: String?
  private let fallback: String
  private var run = ScanRun()
  private var places: [AuditScanResult.Key: Int] = [:]
  /// The results by rule, in the file's order.
  public private(set) var results: [AuditScanResult] = []
  /// The rules that match nothing, in the file's order.
  public private(set) var unmatched: [Unmatched] = []
  /// How many results the file has, by outcome.
  public private(set) var counts = ScanCounts()
  /// The first run.
  public private(set) var first: ScanRun?

  /// Makes a gathering of nothing yet.
  ///
  /// - Parameters:
  ///   - matching: Finds items.
  ///   - target: What was looked at, where the officer says so.
  ///   - tool: The scanner's name where the file does not say.
  public init(_ matching: ScanMatching, target: String? = nil, tool: String) {
    (self.matching, self.target, fallback) = (matching, target, tool)
  }

  /// Takes the next event of a file.
  public mutating func take(_ event: ScanEvent) throws(TooMany) {
    switch event {
    case .run(let next):
      run = next
      if first == nil { first = next }
    case .fact: break
    case .item(let item): try take(item)
    }
  }

  private mutating func take(_ item: ScanItem) throws(TooMany) {
    counts.add(item.outcome)
    let tool = run.tool.isEmpty ? fallback : run.tool
    let key = AuditScanResult.Key(tool: tool, target: target ?? run.target, rule: item.id)
    let message = item.message
    if let place = places[key] {
      let other = item.title == results[place].title ? "" : "\(item.title): "
      results[place].join(item, message: other + message)
      return
    }
    guard results.count < ScanGathering.maximum else { throw TooMany() }
    places[key] = results.count
    let title = AuditScanResult.cut(oneLine(item.title), 300)
    let found = matching.places(of: item)
    results.append(
      AuditScanResult(
        tool: key.tool,
        target: key.target,
        rule: key.rule,
        title: title,
        outcome: item.outcome,
        word: item.word,
        severity: item.severity,
        message: AuditScanResult.cut(message),
        advice: AuditScanResult.cut(item.fix.isEmpty ? item.text : item.fix),
        at: run.order,
        places: found
      )
    )
    guard found.isEmpty else { return }
    unmatched.append(
      Unmatched(
        rule: key.rule,
        title: title,
        outcome: item.outcome,
        tags: item.tags.map(\.value)
      )
    )
  }

  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension AuditScanResult {
  /// Takes another result of the same rule in.
  fileprivate mutating func join(_ item: ScanItem, message other: String) {
    if item.outcome.rank < outcome.rank { (outcome, word) = (item.outcome, item.word) }
    if item.severity < severity { severity = item.severity }
    if !other.isEmpty {
      message = AuditScanResult.cut(message.isEmpty ? other : "\(message)\n\(other)")
    }
    let more = item.fix
    if advice.isEmpty, !more.isEmpty { advice = AuditScanResult.cut(more) }
  }

  /// A text that is not longer than is kept.
  fileprivate static func cut(_ text: String, _ limit: Int = maximumText) -> String {
    // A letter has at least a byte: a short text is not counted letter by letter.
    guard text.utf8.count > limit, text.count > limit else { return text }
    return text.prefix(limit - 1) + "\u{2026}"
  }
}

extension ScanRun {
  /// The instant that orders runs of one scanner over one target.
  ///
  /// Where the source names no zone its clock is taken for UTC.
  public var order: Instant? {
    for text in [endedAt, startedAt] where !text.isEmpty {
      if let instant = Instant(rfc3339: text) ?? Instant(rfc3339: text + "Z") { return instant }
    }
    return nil
  }
}
