internal import Model

/// Results out of a Lynis report, `report.dat`.
///
/// A warning is a failure, a suggestion informational. A test that was executed and led to neither
/// passes, and one that was skipped is not reviewed: the report says no more of them. Details of a
/// test (`details[]`) become part of what its suggestion or warning says.
struct LynisReader: ScanEvents {
  /// What lines of a report begin with, and of no other file.
  static let marks = [
    "# Lynis Report", "report_version_major=", "lynis_version=", "lynis_tests_done=",
    "report_datetime_start=",
  ]

  private var cursor: ByteCursor
  private let limits: ScanLimits
  private var isRead = false
  private var events: ArraySlice<ScanEvent> = []

  init(_ source: any ByteSource, _ limits: ScanLimits) {
    (cursor, self.limits) = (ByteCursor(source), limits)
  }

  mutating func next() throws -> ScanEvent? {
    if !isRead {
      isRead = true
      // A test's details and the list of tests come behind what they belong to.
      var report = LynisReport()
      try cursor.skipMark()
      while let (number, text) = try line() { try report.take(text, line: number) }
      events = try report.events()[...]
    }
    return events.popFirst()
  }

  private mutating func line() throws -> (number: Int, text: String)? {
    guard try cursor.fill() else { return nil }
    let number = cursor.line
    var bytes: [UInt8] = []
    while try cursor.fill() {
      let rest = cursor.chunk[cursor.position...]
      let length = rest.firstIndex(of: 10).map { $0 - cursor.position } ?? rest.count
      bytes += rest.prefix(length)
      guard bytes.count <= limits.maximumLine else {
        throw UnreadableScan(at: "line \(number)", "longer than \(limits.maximumLine) bytes")
      }
      let isWhole = length < rest.count
      cursor.advance(isWhole ? length + 1 : length)
      if isWhole { break }
    }
    if bytes.last == 13 { bytes.removeLast() }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UnreadableScan(at: "line \(number)", "bytes that are not UTF-8")
    }
    guard !bytes.contains(0) else {
      throw UnreadableScan(at: "line \(number)", "a NUL character, which no text may hold")
    }
    return (number, text)
  }
}

/// What a Lynis report says, by what matters here.
private struct LynisReport {
  private var run = ScanRun()
  private var findings: [ScanItem] = []
  private var details: [String: [String]] = [:]
  private var detailCount = 0
  private var executed: [String] = []
  private var skipped: [String] = []
  private var values: [String: String] = [:]
  private var strayLines = 0
  private var firstStray: Int?
  private var isFinished = false
  private var isLynis = false

  private static let kept: Set = [
    "hardening_index", "lynis_tests_done", "os_fullname", "os_name", "os_version", "hostname",
    "lynis_version", "report_datetime_start", "report_datetime_end", "auditor",
  ]

  mutating func take(_ line: String, line number: Int) throws {
    if LynisReader.marks.contains(where: { line.hasPrefix($0) }) { isLynis = true }
    guard !line.trimmed.isEmpty, !line.hasPrefix("#") else { return }
    guard let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")) else {
      // Lynis writes what programs answer as it is, line breaks included.
      (strayLines, firstStray) = (strayLines + 1, firstStray ?? number)
      return
    }
    let (key, value) = (line[..<equals], String(line[line.utf8.index(after: equals)...]))
    switch key {
    case "warning[]", "suggestion[]": findings.append(try finding(key, value, number))
    case "details[]": try takeDetails(value, number)
    case "tests_executed": executed += ids(value)
    case "tests_skipped": skipped += ids(value)
    case "finish": isFinished = value == "true"
    case "network_ipv4_address[]", "network_ipv6_address[]": run.addresses.append(value)
    default:
      let key = String(key)
      if LynisReport.kept.contains(key) { values[key] = value }
    }
  }

  private func ids(_ value: String) -> [String] {
    value.split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  /// `TEST-ID|text|details|solution|`; before version 2 `TEST-ID|severity|text|`.
  private func finding(_ key: Substring, _ value: String, _ line: Int) throws -> ScanItem {
    let word = String(key.dropLast(2))
    var fields = value.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 2, !fields[0].trimmed.isEmpty else {
      throw UnreadableScan(at: "line \(line)", "a \(word) is TEST-ID|text|details|solution|")
    }
    var item = ScanItem(
      id: fields[0].trimmed,
      outcome: word == "warning" ? .fail : .informational,
      word: word
    )
    item.severity = word == "warning" ? .high : .low
    if fields.count > 3, ["L", "M", "H"].contains(fields[1]), fields[2] != "-" {
      item.severityWord = fields.remove(at: 1)
      item.severity = ScanSeverity(word: item.severityWord)
    }
    item.title = fields[1].trimmed
    func field(_ index: Int) -> String? {
      guard index < fields.count, fields[index] != "-" else { return nil }
      return fields[index]
    }
    item.remark(field(2))
    item.fix = (field(3) ?? "").trimmed
    for prefix in ["text:", "url:"] where item.fix.hasPrefix(prefix) {
      item.fix = String(item.fix.dropFirst(prefix.count))
    }
    return item
  }

  /// `TEST-ID|group|desc:...;field:...;prefval:...;value:...;|`.
  private mutating func takeDetails(_ value: String, _ line: Int) throws {
    let fields = value.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 3, !fields[0].trimmed.isEmpty else {
      throw UnreadableScan(at: "line \(line)", "details are TEST-ID|group|description|")
    }
    var parts: [String: String] = [:]
    for part in fields[2].split(separator: ";") {
      guard let colon = part.firstIndex(of: ":") else { continue }
      parts[String(part[..<colon])] = String(part[part.index(after: colon)...])
    }
    var words = parts["field"] ?? fields[2]
    if let found = parts["value"] { words += " is \(found)" }
    if let wanted = parts["prefval"] { words += ", should be \(wanted)" }
    if parts["field"] != nil, let text = parts["desc"], text != "No description" {
      words += " (\(text))"
    }
    details[fields[0].trimmed, default: []].append(words)
    detailCount += 1
  }

  mutating func events() throws -> [ScanEvent] {
    guard isLynis else { throw UnreadableScan("this is no Lynis report") }
    (run.tool, run.toolVersion) = ("Lynis", values["lynis_version"] ?? "")
    run.title = "Lynis report"
    run.target = values["hostname"] ?? ""
    run.benchmark =
      values["os_fullname"]
      ?? [values["os_name"], values["os_version"]].compactMap(\.self).joined(separator: " ")
    run.startedAt = values["report_datetime_start"] ?? ""
    run.endedAt = values["report_datetime_end"] ?? ""
    var events = [ScanEvent.run(run)]
    let found = Set(findings.map(\.id))
    // The details of a test stand with the first thing that it says, and never get lost.
    for index in findings.indices {
      for words in details.removeValue(forKey: findings[index].id) ?? [] {
        findings[index].remark(words)
      }
    }
    for id in details.keys.sorted() where !found.contains(id) {
      var item = ScanItem(id: id, outcome: .informational, word: "details")
      item.severity = .low
      for words in details[id] ?? [] { item.remark(words) }
      findings.append(item)
    }
    var seen = Set(findings.map(\.id))
    events += findings.map { .item($0) }
    for (ids, outcome, word) in [
      (executed, ScanOutcome.pass, "executed"), (skipped, .notReviewed, "skipped"),
    ] {
      for id in ids where seen.insert(id).inserted {
        events.append(.item(ScanItem(id: id, outcome: outcome, word: word)))
      }
    }
    events += facts().map { .fact($0) }
    return events
  }

  private func facts() -> [ScanFact] {
    var facts: [ScanFact] = []
    if let index = values["hardening_index"] { facts.append(ScanFact("hardening index", index)) }
    if let tests = values["lynis_tests_done"] { facts.append(ScanFact("tests done", tests)) }
    func count(_ word: String) -> String { String(findings.count { $0.word == word }) }
    facts.append(ScanFact("warnings", count("warning")))
    facts.append(ScanFact("suggestions", count("suggestion")))
    facts.append(ScanFact("details", String(detailCount)))
    if let firstStray {
      facts.append(
        ScanFact(
          "not understood",
          "\(strayLines) lines without a key, the first line \(firstStray)"
        )
      )
    }
    if !isFinished { facts.append(ScanFact(ScanFact.unfinished, "the report has no finish=true")) }
    return facts
  }
}
