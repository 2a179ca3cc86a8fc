internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook

/// The command `tocsin rules show`.
struct ShowRule: HeadlessCommand {
  static let origin = "rules show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one rule with its provision, conditions, clocks, contents and source."
  )

  @Argument(help: "The rule's id, such as EU-GDPR-33-SA.")
  var id: String

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let book = try session.rulebook(rulebook)
    guard let (law, rule) = book.pack.rule(id.uppercased()) else {
      throw Refusal("there is no rule \(id)", advice: "what there is: tocsin rules list")
    }
    if format.json {
      try session.out.json(JSON(rule: rule, of: law))
      return .done
    }
    for (name, value) in ShowRule.facts(rule, law) where !value.isEmpty {
      try session.out.line("\(name): \(value)")
    }
    for content in rule.contents.compactMap({ book.pack.contents[$0] }) {
      try session.out.line()
      try session.out.line("\(content.title), \(content.citation)")
      for item in content.items { try session.out.line("  - \(item.text)") }
      for item in content.forbidden { try session.out.line("  - never: \(item.text)") }
    }
    return .done
  }

  private static func facts(_ rule: Rule, _ law: Law) -> [(Words, String)] {
    var facts: [(Words, String)] = [
      ("rule", rule.id), ("law", law.title), ("provision", rule.citation),
      ("jurisdiction", law.jurisdiction), ("tells", rule.recipient), ("by", rule.means),
      ("duty", rule.duty), ("never arises", rule.dormant ?? ""),
    ]
    facts += rule.conditions.map { ("applies where", $0.text) }
    facts += rule.exemptions.map { ("unless", "\($0.condition.text): \($0.reason)") }
    facts += rule.clocks.map { ("falls due", $0.text) }
    if let hold = rule.hold {
      let limits = [
        hold.oral.map { "at most \($0.text) where not in writing" },
        hold.grace.map { "then \($0.text)" },
      ].compactMap(\.self)
      facts.append(("law enforcement may delay it", (["yes"] + limits).joined(separator: ", ")))
    }
    facts += [
      ("zone", rule.zone?.name ?? ""), ("calendar", rule.calendar ?? ""),
      ("tolerated beyond", rule.tolerance == .none ? "" : rule.tolerance.rawValue),
      ("notes", [rule.notes, law.notes].filter { !$0.isEmpty }.joined(separator: " ")),
      ("confidence", rule.confidence.rawValue), ("source", law.source),
      ("retrieved", law.retrieved), ("verified", law.verified),
      ("version", String(law.version)), ("file", law.file),
      ("own", law.isOwn ? "a rule of your organisation" : ""),
      ("tested", rule.proof?.words ?? ""),
    ]
    return facts
  }
}
