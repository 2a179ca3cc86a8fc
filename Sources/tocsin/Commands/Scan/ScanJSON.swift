internal import Exchange
internal import Model

/// A scanner's results as JSON for scripts, made result by result.
struct ScanJSON {
  private var counts = ScanCounts()
  private var runs: [JSON] = []
  private var facts: [JSON] = []
  /// The results as text already: values of all of them would take several times the room.
  private var items: [UInt8] = []

  /// Takes the next event.
  mutating func take(_ event: ScanEvent) {
    switch event {
    case .run(let run): runs.append(json(run))
    case .fact(let fact):
      var members: JSONObject = JSONObject()
      if !runs.isEmpty { members["run"] = .count(runs.count - 1) }
      members["name"] = .string(fact.name)
      members["value"] = .string(fact.value)
      facts.append(.object(members))
    case .item(let item):
      counts.add(item.outcome)
      items += items.isEmpty ? "\n    ".utf8 : ",\n    ".utf8
      json(item).write(to: &items)
    }
  }

  /// The whole document.
  func document(_ format: ScanFormat) -> [UInt8] {
    var results = JSONObject()
    for outcome in ScanOutcome.allCases { results[outcome.rawValue] = .count(counts[outcome]) }
    let head: KeyValuePairs<String, JSON> = [
      "format": .string(format.rawValue), "results": .object(results), "runs": .array(runs),
      "facts": .array(facts),
    ]
    var out = Array("{".utf8)
    for (key, value) in head { out += "\n  \"\(key)\": \(value.written()),".utf8 }
    out += "\n  \"items\": [".utf8
    out += items
    out += items.isEmpty ? "]\n}\n".utf8 : "\n  ]\n}\n".utf8
    return out
  }

  private func json(_ run: ScanRun) -> JSON {
    .members([
      "id": .string(run.id), "title": .string(run.title), "tool": .string(run.tool),
      "tool_version": .string(run.toolVersion), "benchmark": .string(run.benchmark),
      "benchmark_version": .string(run.benchmarkVersion), "profile": .string(run.profile),
      "target": .string(run.target), "addresses": .texts(run.addresses),
      "started_at": .string(run.startedAt), "ended_at": .string(run.endedAt),
    ])
  }

  private func json(_ item: ScanItem) -> JSON {
    .members([
      "run": runs.isEmpty ? .null : .count(runs.count - 1), "id": .string(item.id),
      "title": .string(item.title), "result": .string(item.outcome.rawValue),
      "source": .string(item.word), "severity": .string(item.severity.rawValue),
      "source_severity": .string(item.severityWord), "weight": .string(item.weight),
      "tags": .array(
        item.tags.map {
          .members([
            "kind": .string($0.kind.rawValue), "value": .string($0.value),
            "system": .string($0.system),
          ])
        }
      ),
      "text": .string(item.text), "message": .string(item.message), "fix": .string(item.fix),
      "at": .string(item.at),
    ])
  }
}
