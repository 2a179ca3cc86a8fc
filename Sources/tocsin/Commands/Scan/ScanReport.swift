internal import Drawing
internal import Exchange
internal import Model

/// A scanner's results as lines for a person: what is wrong first, the worst on top.
struct ScanReport {
  /// Whether what passed or was not looked at is shown too.
  let showsAll: Bool
  private var counts = ScanCounts()
  private var runs: [ScanRun] = []
  private var facts: [ScanFact] = []
  private var shown: [(run: Int, item: ScanItem)] = []

  /// The outcomes in the order in which they are shown.
  private static let order: [ScanOutcome] = [
    .fail, .error, .unknown, .informational, .notReviewed, .fixed, .pass, .notApplicable,
    .notSelected,
  ]
  /// What is shown with what to do about it, and without being asked for.
  private static let open: Set<ScanOutcome> = [.fail, .error, .unknown, .informational]
  /// So many lines of a text are shown; the whole is in the JSON.
  private static let textLines = 12
  private static let runLines = 20

  /// Makes a report of nothing yet.
  init(showsAll: Bool) { self.showsAll = showsAll }

  /// Takes the next event.
  mutating func take(_ event: ScanEvent) {
    switch event {
    case .run(let run): runs.append(run)
    case .fact(let fact): facts.append(fact)
    case .item(let item):
      counts.add(item.outcome)
      if showsAll || ScanReport.open.contains(item.outcome) { shown.append((runs.count, item)) }
    }
  }

  /// What a person may want to know of what is not shown; nil where all is.
  var hint: Words? {
    let hidden = counts.total - shown.count
    return hidden > 0 ? "\(hidden) more are in order or were not looked at; --all shows them" : nil
  }

  /// The lines of the report.
  func lines(_ format: ScanFormat, columns: Int) -> [Words] {
    var lines: [Words] = [Words(format.label)]
    for run in runs.prefix(ScanReport.runLines) { lines += head(run, columns) }
    if runs.count > ScanReport.runLines {
      lines.append("  and \(runs.count - ScanReport.runLines) more runs")
    }
    let parts = ScanReport.order.filter { counts[$0] > 0 }.map { outcome -> Words in
      "\(Words(outcome.label)) \(counts[outcome])"
    }
    let summary: Words = "\(counts.total) results: \(parts.joined(by: ", "))"
    lines += wrapped(parts.isEmpty ? "no results" : summary.text, "", columns)
    for fact in facts { lines.append("\(Words(fact.name)): \(fact.value)") }
    let ranks = Dictionary(
      uniqueKeysWithValues: ScanReport.order.enumerated().map { ($0.element, $0.offset) }
    )
    let sorted = shown.enumerated().sorted { one, other in
      let (left, right) = (one.element.item, other.element.item)
      if left.outcome != right.outcome {
        return ranks[left.outcome] ?? 0 < ranks[right.outcome] ?? 0
      }
      if left.severity != right.severity { return left.severity < right.severity }
      return one.offset < other.offset
    }
    for (_, entry) in sorted { lines += self.lines(entry.item, entry.run, columns) }
    return lines
  }

  private func head(_ run: ScanRun, _ columns: Int) -> [Words] {
    func pair(_ name: String, _ version: String) -> String {
      [name, version].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let title = run.title.isEmpty ? run.benchmark : run.title
    let rules = run.benchmark == title ? "" : run.benchmark
    let parts = [
      run.target, title, pair(rules, run.benchmarkVersion), run.profile,
      pair(run.tool, run.toolVersion), run.startedAt,
    ]
    return wrapped(parts.filter { !$0.isEmpty }.joined(separator: "; "), "  ", columns)
  }

  private func lines(_ item: ScanItem, _ run: Int, _ columns: Int) -> [Words] {
    let isOpen = ScanReport.open.contains(item.outcome)
    var lines: [Words] = isOpen ? [""] : []
    let word = item.word == item.outcome.rawValue || item.word.isEmpty ? "" : " (\(item.word))"
    let severity: Words = item.severity == .unknown ? "" : "  \(Words(item.severity.label))"
    lines.append("\(Words(item.outcome.label))\(word)\(severity)  \(item.id)")
    if !item.title.isEmpty, item.title != item.id { lines += wrapped(item.title, "  ", columns) }
    guard isOpen else { return lines }
    if runs.count > 1, run > 0 {
      let names = [runs[run - 1].target, runs[run - 1].title].filter { !$0.isEmpty }
      lines += wrapped("of: \(names.joined(separator: "; "))", "  ", columns)
    }
    if !item.message.isEmpty { lines += part("seen: ", item.message, columns) }
    let advice = item.fix.isEmpty ? item.text : item.fix
    if !advice.isEmpty { lines += part(item.fix.isEmpty ? "rule: " : "do: ", advice, columns) }
    return lines
  }

  private func part(_ name: String, _ text: String, _ columns: Int) -> [Words] {
    let lines = wrapped(name + text, "  ", columns, limit: ScanReport.textLines + 1)
    guard lines.count > ScanReport.textLines else { return lines }
    return lines.prefix(ScanReport.textLines) + ["  ... (--json has the whole text)"]
  }

  /// Foreign text broken into lines; each goes through the sink.
  private func wrapped(
    _ text: String,
    _ indent: Words,
    _ columns: Int,
    limit: Int = .max
  ) -> [Words] {
    let width = max(10, columns - displayWidth(indent.text))
    return TextWrap.lines(Untrusted(text), width: width, limit: limit).map { line in
      let text = line.spans.map(\.text).joined()
      return text.isEmpty ? "" : "\(indent)\(text)"
    }
  }
}
