internal import Formats
public import Model

/// One file of `Laws`: a law and the cases that were worked by hand for it.
public struct LawFile: Sendable, Equatable {
  /// The law.
  public var law: Law
  /// Its cases.
  public var cases: [RuleCase]
  /// The line at which each of its rules stands.
  var lines: [String: Int]

  /// Reads a law file.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - file: The file's path, for errors and for what answers say of own rules.
  ///   - isOwn: Whether it is an organisation's own.
  ///   - withCases: Whether its cases are read; they stand last in the file and are the most of it.
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(yaml: String, file: String, isOwn: Bool = false, withCases: Bool = true) throws {
    let text = withCases ? yaml : LawFile.withoutCases(yaml)
    let root = try StrictYAML(reading: text, file: file)
    try root.allow(
      "id",
      "title",
      "jurisdiction",
      "people",
      "seats",
      "version",
      "source",
      "retrieved",
      "verified",
      "notes",
      "covers",
      "calendar",
      "zone",
      "tolerance",
      "confidence",
      "applies",
      "unless",
      "rules",
      "cases"
    )
    let defaults = try RuleDefaults(root)
    let rules = try root.member("rules").elements()
    law = Law(
      id: try root.member("id").text(),
      title: try root.member("title").text(),
      jurisdiction: try root.member("jurisdiction").text(),
      reach: Law.Reach(
        people: try root.optional("people").map(LawFile.patterns) ?? [],
        seats: try root.optional("seats").map(LawFile.seats) ?? []
      ),
      version: try LawFile.version(root),
      source: try root.member("source").text(),
      retrieved: try root.member("retrieved").day().civil.isoDate,
      verified: try root.optional("verified")?.text() ?? Law.unverified,
      notes: try root.optional("notes")?.text() ?? "",
      covers: try root.optional("covers")?.texts() ?? [],
      rules: try rules.map { try Rule($0, defaults) },
      file: file,
      isOwn: isOwn
    )
    guard !law.id.isEmpty, law.id.utf8.allSatisfy(LawFile.isIDLetter) else {
      throw try root.member("id").error("an id has small letters, digits and hyphens")
    }
    guard !rules.isEmpty else { throw try root.member("rules").error("a law has rules") }
    cases = try root.optional("cases")?.elements().map(RuleCase.init) ?? []
    lines = [:]
    for (rule, node) in zip(law.rules, rules) {
      let idNode = try node.member("id")
      guard lines.updateValue(idNode.line, forKey: rule.id) == nil else {
        throw idNode.error("\(rule.id) stands here twice")
      }
    }
  }

  private static func withoutCases(_ yaml: String) -> String {
    let word = "cases:"
    var rest = yaml.utf8[...]
    while let end = rest.firstIndex(of: 10) {
      let next = rest[rest.index(after: end)...]
      if next.starts(with: word.utf8) { return String(yaml[..<next.startIndex]) }
      rest = next
    }
    return yaml
  }

  private static func isIDLetter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || (48...57).contains(byte) || (97...122).contains(byte)
  }

  private static func version(_ root: StrictYAML) throws -> Int {
    let node = try root.member("version")
    guard let version = Int(try node.text()), version > 0 else {
      throw node.error("a version is 1 or more")
    }
    return version
  }

  private static func patterns(_ node: StrictYAML) throws -> [String] {
    let patterns = try node.texts()
    for pattern in patterns {
      let code = pattern.hasSuffix("-*") ? String(pattern.dropLast(2)) : pattern
      if let problem = Jurisdiction.problem(with: code) {
        throw node.error("\(pattern): \(problem)")
      }
    }
    return patterns
  }

  private static func seats(_ node: StrictYAML) throws -> [String] {
    let seats = try node.texts()
    if let strange = seats.first(where: { !Jurisdiction.countries.contains($0) }) {
      throw node.error("\(strange) is no country of ISO 3166-1")
    }
    return seats
  }
}

/// What a law file says for all of its rules.
struct RuleDefaults {
  var calendar: String?
  var zone: Zone?
  var tolerance: Tolerance
  var confidence: Rule.Confidence
  var conditions: [Condition]
  var exemptions: [Rule.Exemption]

  init(_ root: StrictYAML) throws {
    calendar = try root.optional("calendar")?.text()
    zone = try root.optional("zone")?.zone()
    tolerance = try root.optional("tolerance")?.tolerance() ?? .none
    confidence = try root.optional("confidence")?.word(Rule.Confidence.self) ?? .high
    conditions = try root.optional("applies")?.conditions() ?? []
    exemptions = try root.optional("unless")?.exemptions() ?? []
  }
}

extension Rule {
  init(_ node: StrictYAML, _ defaults: RuleDefaults) throws {
    try node.allow(
      "id",
      "citation",
      "tells",
      "by",
      "duty",
      "applies",
      "unless",
      "start",
      "within",
      "clocks",
      "tolerance",
      "without_noon",
      "calendar",
      "zone",
      "hold",
      "dormant",
      "content",
      "phase",
      "notes",
      "confidence"
    )
    self.init(
      id: try node.member("id").text(),
      citation: try node.member("citation").text(),
      recipient: try node.member("tells").text(),
      clocks: []
    )
    guard !id.isEmpty,
      id.utf8.allSatisfy({
        $0 == UInt8(ascii: "-") || (48...57).contains($0) || (65...90).contains($0)
      })
    else { throw try node.member("id").error("a rule's id has capitals, digits and hyphens") }
    means = try node.optional("by")?.text() ?? ""
    duty = try node.optional("duty")?.text() ?? ""
    notes = try node.optional("notes")?.text() ?? ""
    conditions = try defaults.conditions + (node.optional("applies")?.conditions() ?? [])
    exemptions = try defaults.exemptions + (node.optional("unless")?.exemptions() ?? [])
    tolerance = try node.optional("tolerance")?.tolerance() ?? defaults.tolerance
    withoutNoon = try node.optional("without_noon")?.condition()
    calendar = try node.optional("calendar")?.text() ?? defaults.calendar
    zone = try node.optional("zone")?.zone() ?? defaults.zone
    hold = try node.optional("hold").flatMap(Rule.hold)
    dormant = try node.optional("dormant")?.text()
    contents = try node.optional("content")?.texts() ?? []
    phase = try node.optional("phase")?.word(FilingPhase.self) ?? .initial
    confidence = try node.optional("confidence")?.word(Confidence.self) ?? defaults.confidence
    clocks = try Rule.clocks(node)
  }

  private static func clocks(_ node: StrictYAML) throws -> [RuleClock] {
    guard let list = node.optional("clocks") else { return [try RuleClock(node)] }
    if let start = node.optional("start") ?? node.optional("within") {
      throw start.error("a rule has clocks, or start and within, not both")
    }
    let clocks = try list.elements().map { element in
      try element.allow("start", "within", "from", "until", "when", "unless", "optional")
      var clock = try RuleClock(element)
      clock.from = try element.optional("from")?.day()
      clock.until = try element.optional("until")?.day()
      clock.condition = try element.optional("when")?.condition()
      clock.exception = try element.optional("unless")?.condition()
      clock.isOptional = try element.optional("optional")?.flag() ?? false
      return clock
    }
    guard !clocks.isEmpty else { throw list.error("a rule has at least one clock") }
    return clocks
  }

  private static func hold(_ node: StrictYAML) throws -> Hold? {
    if !node.isMapping { return try node.flag() ? Hold() : nil }
    try node.allow("oral", "grace")
    return Hold(
      oral: try node.optional("oral")?.period(),
      grace: try node.optional("grace")?.period()
    )
  }
}

extension RuleClock {
  fileprivate init(_ node: StrictYAML) throws {
    let startNode = try node.member("start")
    let start = try startNode.clockStart()
    let within = node.optional("within")
    switch start {
    case .with:
      if let within { throw within.error("a duty that goes with another has no period of its own") }
      self.init(start: start, period: .noFixedDeadline)
    case .unnamed:
      let period = try node.member("within").period()
      guard period == .noFixedDeadline else {
        throw startNode.error("\(period.text) needs an event from which it counts")
      }
      self.init(start: start, period: period)
    default: self.init(start: start, period: try node.member("within").period())
    }
  }
}

extension StrictYAML {
  func tolerance() throws -> Tolerance {
    guard let tolerance = Tolerance(rawValue: try text()) else {
      throw error("one of \(Tolerance.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return tolerance
  }

  fileprivate func conditions() throws -> [Condition] {
    try (isList ? elements() : [self]).map { try $0.condition() }
  }

  fileprivate func exemptions() throws -> [Rule.Exemption] {
    try elements().map { element in
      let members = try element.members()
      guard members.count == 1, let (condition, reason) = members.first else {
        throw element.error("one condition with its reason: `risk = unlikely: art. 33(1)`")
      }
      let words = try reason.text()
      guard !words.isEmpty else {
        throw element.error("\(condition): say why it frees, and cite it")
      }
      return Rule.Exemption(condition: try element.condition(condition), reason: words)
    }
  }
}
