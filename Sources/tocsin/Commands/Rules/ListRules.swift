internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook

/// The command `tocsin rules list`.
struct ListRules: HeadlessCommand {
  static let origin = "rules list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the rules: id, period, start of the clock, provision."
  )

  @Argument(help: "Only those whose id, jurisdiction or provision has this text.")
  var text: String?

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  /// The members that are columns of CSV.
  private static let columns = [
    "id", "law", "title", "jurisdiction", "citation", "recipient", "means", "duty", "clocks",
    "applies", "dormant", "tolerance", "calendar", "zone", "hold", "contents", "confidence",
    "version", "source", "retrieved", "verified", "notes",
  ]

  func perform(in session: Session) async throws -> ExitStatus {
    let wanted = text?.lowercased()
    let rules = try session.rulebook(rulebook).pack.rules.filter { law, rule in
      guard let wanted else { return true }
      return [rule.id, law.jurisdiction, rule.citation, law.title]
        .contains { $0.lowercased().contains(wanted) }
    }
    if format.csv {
      try session.out.csv(rules.map { JSON(rule: $1, of: $0) }, Self.columns)
      return .done
    }
    if format.json {
      try session.out.json(.array(rules.map { JSON(rule: $1, of: $0) }))
      return .done
    }
    let rows = rules.map { law, rule in
      [
        Words(rule.id), Words(rule.dormant ?? rule.clocks.map(\.text).joined(separator: "; ")),
        Words(rule.recipient), Words(rule.citation),
        Words(law.isOwn ? "own" + (rule.proof.map { ", \($0.words)" } ?? "") : ""),
      ]
    }
    let table = Table(titles: ["rule", "falls due", "tells", "provision", ""], rows: rows)
    for line in table.lines(rows) { try session.out.line(line) }
    return .done
  }
}

extension RuleClock {
  /// The clock as a person reads it.
  var text: String {
    let window = [
      from.map { "from \($0.civil.isoDate)" }, until.map { "before \($0.civil.isoDate)" },
    ].compactMap(\.self)
    let core: String =
      switch start {
      case .unnamed: period.text
      case .with: start.text
      default: "\(period.text) from \(start.text)"
      }
    return window.isEmpty ? core : "\(core) (\(window.joined(separator: ", ")))"
  }
}

extension JSON {
  /// A rule as an object.
  init(rule: Rule, of law: Law) {
    self = .members([
      "id": .string(rule.id), "law": .string(law.id), "title": .string(law.title),
      "jurisdiction": .string(law.jurisdiction), "citation": .string(rule.citation),
      "recipient": .string(rule.recipient), "means": .string(rule.means),
      "duty": .string(rule.duty),
      "clocks": .texts(rule.clocks.map(\.text)),
      "applies": .texts(rule.conditions.map(\.text)),
      "unless": .array(
        rule.exemptions.map {
          .members(["condition": .string($0.condition.text), "reason": .string($0.reason)])
        }
      ),
      "dormant": rule.dormant.map(JSON.string) ?? .null,
      "tolerance": .string(rule.tolerance.rawValue),
      "calendar": rule.calendar.map(JSON.string) ?? .null,
      "zone": rule.zone.map { .string($0.name) } ?? .null,
      "hold": .bool(rule.hold != nil), "contents": .texts(rule.contents),
      "notes": .string(rule.notes), "confidence": .string(rule.confidence.rawValue),
      "version": .integer(Int64(law.version)), "source": .string(law.source),
      "retrieved": .string(law.retrieved), "verified": .string(law.verified),
      "own": .bool(law.isOwn),
      "proof": rule.proof.map { .string($0.words) } ?? .null, "file": .string(law.file),
    ])
  }
}
