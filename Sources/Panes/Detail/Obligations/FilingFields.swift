import Drawing
import Model

extension FilingForms {
  /// The fields for what was sent.
  ///
  /// - Parameters:
  ///   - filing: What is corrected; nil for a new one.
  ///   - start: What a new one begins with.
  ///   - copies: The incident's evidence.
  ///   - typed: What was typed before, where the form comes up again.
  /// - Returns: The fields.
  static func filing(
    _ filing: Filing?,
    from start: FilingStart,
    copies: [Evidence] = [],
    typed: [String: String] = [:]
  ) -> [FormField] {
    let facts = filing?.facts
    let copy = facts?.evidence.flatMap { id in copies.first { $0.id == id } }
    func value(_ id: String, _ stored: String?, _ first: String = "") -> String {
      typed[id] ?? stored ?? first
    }
    return [
      FormField.choice(
        "phase",
        label: "Step",
        value: value("phase", facts?.phase.rawValue, start.phase.rawValue),
        options: FilingPhase.allCases.map { ($0.rawValue, $0.label) },
        help: "A supplement or a final report follows an initial notice"
      ),
      FormField.line(
        "sent",
        label: "Sent",
        value: value("sent", facts?.sentAt.text, "now"),
        help: "now, 14:30, -3h, 2026-05-18 14:30 +02:00",
        isRequired: true
      ),
      FormField.line(
        "recipient",
        label: "To",
        value: value("recipient", facts?.recipient, start.recipient),
        help: start.known,
        isRequired: true
      ),
      FormField.line(
        "means",
        label: "By",
        value: value("means", facts?.means, start.means),
        help: "The authority's form, letter, e-mail …"
      ),
      FormField.line(
        "receipt",
        label: "Receipt",
        value: value("receipt", facts?.receipt),
        help: "The number or name that the recipient gave back"
      ),
      FormField.text("summary", label: "What was sent", value: value("summary", facts?.summary)),
      FormField.line(
        "copy",
        label: "Copy of it",
        value: value("copy", nil),
        help: copy.map { "Evidence \($0.id), \($0.facts.title); another file takes its place" }
          ?? "A file on this host; it is hashed and becomes evidence"
      ),
      FormField.choice(
        "keep",
        label: "Keep the copy",
        value: value("keep", "yes"),
        options: [("yes", "yes"), ("no", "no")],
        help: "In the store's own folder, named by its hash"
      ),
      FormField.text(
        "late",
        label: "Why late",
        value: value("late", facts?.lateReason),
        help: "Asked for where it was sent after its deadline"
      ),
    ]
  }

  static func facts(
    _ values: [String: String],
    _ filing: Filing?,
    rule: String,
    _ reading: TimeReading
  ) throws -> FilingFacts {
    FilingFacts(
      rule: rule,
      phase: values["phase"].flatMap(FilingPhase.init(rawValue:)) ?? .initial,
      sentAt: try StatedTime(reading: values["sent"] ?? "", reading),
      recipient: values["recipient"] ?? "",
      means: values["means"] ?? "",
      receipt: values["receipt"] ?? "",
      summary: values["summary"] ?? "",
      lateReason: values["late"] ?? "",
      evidence: filing?.facts.evidence
    )
  }
}

/// What the form for a new filing begins with.
struct FilingStart: Equatable {
  /// The step that is next.
  var phase = FilingPhase.initial
  /// Whom the rule tells, by the contact book's own name for them.
  var recipient = ""
  /// By what means, as the contact book has it.
  var means = ""
  /// What else the contact book says, in a line.
  var known = ""

  /// Works it out from the rule, from what was filed before, and from the contact book.
  init(
    _ rule: String,
    recipient: String,
    jurisdiction: String,
    filed: [Filing],
    contacts: [AuthorityContact],
    rules: RulePack?
  ) {
    phase = rules?.rule(rule)?.rule.phase ?? .initial
    if phase == .initial, filed.contains(where: { $0.facts.rule == rule }) { phase = .supplement }
    let authorities =
      rules?.authorities(named: recipient, jurisdiction: jurisdiction) ?? []
    let found = authorities.compactMap { authority in
      contacts.first { $0.authority == authority.key }.map { (authority, $0.facts) }
    }
    self.recipient = recipient
    guard let (authority, facts) = found.first else { return }
    if authorities.count == 1 {
      self.recipient = facts.body.isEmpty ? authority.name : facts.body
    }
    means = facts.portal
    known = [("our number", facts.reference), ("e-mail", facts.email), ("phone", facts.phone)]
      .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }.joined(separator: " · ")
  }
}
