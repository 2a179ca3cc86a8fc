import Drawing
import Model

/// The forms of consents, and the changes that their values make.
enum ConsentForms {
  /// The fields of a purpose; of a new one where none is given.
  static func purpose(_ facts: PurposeFacts?) -> [FormField] {
    [
      .line(
        "slug",
        label: "Short name",
        value: facts?.slug ?? "",
        help: "what files call it: newsletter",
        isRequired: true,
        check: {
          PurposeFacts.isSlug($0.lowercased()) ? nil : "a-z, 0-9, hyphen and dot, at most 40"
        }
      ),
      .line("name", label: "Name", value: facts?.name ?? "", isRequired: true),
      .text("text", label: "What for", value: facts?.text ?? ""),
      .line(
        "activity",
        label: "Activity",
        value: facts?.activity ?? "",
        help: "such as ACT-0001; empty for none"
      ),
    ]
  }

  /// The change that the values of that form make.
  static func change(_ purpose: ConsentPurpose?, _ values: [String: String]) -> any Change {
    var facts = purpose?.facts ?? PurposeFacts(slug: "", name: "")
    facts.slug = (values["slug"] ?? "").lowercased()
    facts.name = values["name"] ?? ""
    facts.text = values["text"] ?? ""
    facts.activity = (values["activity"] ?? "").uppercased()
    guard let purpose else { return AddPurpose(facts) }
    return EditPurpose(id: purpose.id, basedOn: purpose.version, facts: facts)
  }

  /// The fields of a new version.
  static func version(_ row: PurposeRow) -> [FormField] {
    [
      .line("label", label: "Version", help: "what files call it: 2026-1", isRequired: true),
      .line("language", label: "Language", help: "such as de"),
      .line("from", label: "Shown from", value: "today", isRequired: true),
      .choice(
        "before",
        label: "Comes after",
        value: row.versions.last { $0.facts.until == nil }?.facts.label ?? "",
        options: [("", "none")] + row.versions.map { ($0.facts.label, $0.facts.label) },
        help: "that one ends when this one begins"
      ),
      .text("text", label: "Text", isRequired: true),
    ]
  }

  /// The changes that the values of that form make.
  static func version(
    of row: PurposeRow,
    _ values: [String: String],
    _ context: PaneContext
  ) throws -> [any Change] {
    let facts = ConsentVersionFacts(
      purpose: row.purpose.reference,
      label: values["label"] ?? "",
      language: (values["language"] ?? "").lowercased(),
      text: values["text"] ?? "",
      from: try StatedTime(reading: values["from"] ?? "today", context.reading)
    )
    var changes: [any Change] = [AddConsentVersion(facts)]
    if let before = row.version(labelled: values["before"] ?? "") {
      var old = before.facts
      old.until = old.until ?? facts.from
      old.successor = facts.label
      changes.append(EditConsentVersion(id: before.id, basedOn: before.version, facts: old))
    }
    return changes
  }

  /// The fields by which a version is said to be no longer right.
  static func flaw(_ facts: ConsentVersionFacts) -> [FormField] {
    [
      .choice(
        "flaw",
        label: "Stands",
        value: facts.flaw?.rawValue ?? ConsentFlaw.changed.rawValue,
        options: ConsentFlaw.allCases.map { ($0.rawValue, $0.label) } + [("", "right as it is")]
      ),
      .line("because", label: "Because", value: facts.flawNote),
    ]
  }

  /// The change that the values of that form make.
  static func flaw(of version: ConsentVersion, _ values: [String: String]) -> any Change {
    var facts = version.facts
    facts.flaw = ConsentFlaw(rawValue: values["flaw"] ?? "")
    facts.flawNote = facts.flaw == nil ? "" : values["because"] ?? ""
    return EditConsentVersion(id: version.id, basedOn: version.version, facts: facts)
  }

  /// The fields of a withdrawal of the person of a record that was revealed.
  static let withdrawal: [FormField] = [
    .line("at", label: "Said", value: "now", isRequired: true),
    .line("channel", label: "Channel", help: "web, phone, letter ..."),
    .line("source", label: "Known from", help: "sealed"),
  ]
}
