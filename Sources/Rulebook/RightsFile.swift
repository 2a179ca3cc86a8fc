public import Formats
public import Model

/// One file of `Rights`: what a law says of requests by people, and the cases that were worked by hand
/// for it.
public struct RightsFile: Sendable, Equatable {
  /// The law.
  public var law: RightsLaw
  /// Its cases.
  public var cases: [Case]
  /// The file it was read from.
  var file: String

  /// A request with the times that somebody worked out by hand from the text of the law.
  public struct Case: Sendable, Equatable {
    /// What it shows.
    public var name: String
    /// The line at which it stands.
    public var line: Int
    /// What is wanted.
    public var kind: RightsKind
    var received: Instant
    var zone: Zone
    var seat: String?
    var isExtended: Bool
    var due: Instant
    var latest: Instant
    var acknowledge: Instant?
  }

  /// Reads a rights file.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - file: The file's path, for errors.
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(yaml: String, file: String) throws {
    let root = try StrictYAML(reading: yaml, file: file)
    try root.allow(
      "id",
      "title",
      "jurisdiction",
      "people",
      "version",
      "source",
      "retrieved",
      "verified",
      "notes",
      "calendar",
      "tolerance",
      "terms",
      "cases"
    )
    let version = try root.member("version")
    guard let number = Int(try version.text()), number > 0 else {
      throw version.error("a version is 1 or more")
    }
    let people = try root.member("people")
    for pattern in try people.texts() {
      let code = pattern.hasSuffix("-*") ? String(pattern.dropLast(2)) : pattern
      if let problem = Jurisdiction.problem(with: code) {
        throw people.error("\(pattern): \(problem)")
      }
    }
    let terms = try root.member("terms").elements().map(RightsLaw.Term.init)
    law = RightsLaw(
      id: try root.member("id").text(),
      title: try root.member("title").text(),
      jurisdiction: try root.member("jurisdiction").text(),
      people: try people.texts(),
      version: number,
      source: try root.member("source").text(),
      retrieved: try root.member("retrieved").day().civil.isoDate,
      verified: try root.optional("verified")?.text() ?? Law.unverified,
      notes: try root.optional("notes")?.text() ?? "",
      calendar: try root.optional("calendar")?.text(),
      tolerance: try root.optional("tolerance")?.tolerance() ?? .none,
      terms: terms
    )
    guard !terms.isEmpty else { throw try root.member("terms").error("a law has terms") }
    for kind in RightsKind.allCases where terms.count(where: { $0.kinds.contains(kind) }) > 1 {
      throw try root.member("terms").error("\(kind.rawValue) stands in two terms")
    }
    cases = try root.optional("cases")?.elements().map(Case.init) ?? []
    self.file = file
  }

  /// The cases that do not come out as they were worked by hand.
  public func failures(with pack: RulePack) -> [UnreadableYAML] {
    cases.compactMap { one in
      one.problem(law, pack).map {
        UnreadableYAML(file: file, line: one.line, reason: "\(one.name): \($0)")
      }
    }
  }
}

extension RightsLaw.Term {
  fileprivate init(_ node: StrictYAML) throws {
    try node.allow(
      "kinds",
      "citation",
      "within",
      "extended",
      "extension",
      "acknowledge",
      "acknowledgement"
    )
    let kinds = try node.member("kinds")
    let extended = try node.optional("extended")?.period()
    let acknowledge = try node.optional("acknowledge")?.period()
    self.init(
      kinds: try (kinds.isList ? kinds.elements() : [kinds]).map { try $0.word(RightsKind.self) },
      citation: try node.member("citation").text(),
      within: try node.member("within").period(),
      extended: extended,
      extensionCitation: extended == nil ? "" : try node.member("extension").text(),
      acknowledge: acknowledge,
      acknowledgeCitation: acknowledge == nil ? "" : try node.member("acknowledgement").text()
    )
  }
}

extension RightsFile.Case {
  fileprivate init(_ node: StrictYAML) throws {
    try node.allow(
      "name",
      "cites",
      "kind",
      "received",
      "zone",
      "seat",
      "extended",
      "due",
      "latest",
      "acknowledge"
    )
    func instant(_ node: StrictYAML) throws -> Instant {
      guard let instant = Instant(rfc3339: try node.text()) else {
        throw node.error("an instant such as 2026-05-15T16:40:00+02:00")
      }
      return instant
    }
    name = try node.member("name").text()
    line = node.line
    kind = try node.member("kind").word(RightsKind.self)
    received = try instant(try node.member("received"))
    zone = try node.member("zone").zone()
    seat = try node.optional("seat")?.text()
    isExtended = try node.optional("extended")?.flag() ?? false
    due = try instant(try node.member("due"))
    latest = try node.optional("latest").map(instant) ?? due
    acknowledge = try node.optional("acknowledge").map(instant)
  }

  fileprivate func problem(_ law: RightsLaw, _ pack: RulePack) -> String? {
    var organisation = Organisation()
    (organisation.zone, organisation.country) = (zone, seat)
    guard
      let clock = pack.clock(
        for: kind,
        by: law,
        receivedAt: StatedTime(received),
        isExtended: isExtended,
        organisation
      )
    else { return "the law has no time for \(kind.rawValue)" }
    if clock.due != due { return "expected due \(due), got \(clock.due)" }
    if clock.reckoning.latest != latest {
      return "expected latest \(latest), got \(clock.reckoning.latest)"
    }
    if let acknowledge, clock.acknowledge?.due != acknowledge {
      return "expected acknowledge \(acknowledge), got "
        + (clock.acknowledge?.due.description ?? "none")
    }
    return nil
  }
}
