internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin framework show`.
struct ShowFramework: HeadlessCommand {
  static let origin = "framework show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a framework as a tree, or one requirement of it with all its texts."
  )

  @Argument(help: "The framework, such as gdpr or urn:intuitem:risk:library:gdpr.")
  var id: String

  @Argument(help: "A requirement of it, by its reference; or the beginning of one.")
  var reference: String?

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let row = try await session.framework(id, in: store)
    if let reference {
      let position = try await store.answer(
        RequirementPosition(framework: row.id, reference: reference)
      )
      guard let position,
        let details = try await store.answer(
          RequirementDetails(framework: row.id, position: position)
        )
      else {
        throw Refusal(
          "\(row.identifier) has no requirement \(reference)",
          advice: "what it has: tocsin framework show \(id)"
        )
      }
      let name = LinkEnd.requirement(
        framework: "\(row.identifier)@\(row.edition)",
        reference: details.requirement.identifier
      )
      let subject = try await store.answer(NamedRecord(name))
      var links: [(relation: String, name: String, title: String)] = []
      if let subject {
        links = try await store.answer(SubjectLinks(of: subject)).map { row in
          let other = row.other(from: subject)
          return (row.link.relation, other.name, other.title)
        }
      }
      if format.json {
        var object = JSON(details).object ?? JSONObject()
        object["linked"] = .array(
          links.map {
            .members([
              "relation": .string($0.relation), "name": .string($0.name),
              "title": .string($0.title),
            ])
          }
        )
        try session.out.json(.object(object))
        return .done
      }
      try tell(details, session)
      if !links.isEmpty { try session.out.line("\nLinked") }
      for link in links {
        let relation = link.relation.isEmpty ? "linked" : link.relation
        try session.out.line("\(relation)  \(link.name)  \(link.title)")
      }
      return .done
    }
    guard let details = try await store.answer(FrameworkDetails(id: row.id)) else {
      throw Refusal("there is no framework \(id)", advice: "what there is: tocsin framework list")
    }
    if format.json {
      let whole = try await store.answer(WholeFramework(id: row.id))
      try session.out.json(JSON(details, whole?.requirements ?? []))
      return .done
    }
    try tell(details, session)
    let tree = RequirementTree(
      framework: row.id,
      window: RowWindow(start: 0, count: row.nodes)
    )
    for line in try await store.answer(tree).rows { try session.out.line(words(line)) }
    return .done
  }

  private func words(_ row: RequirementRow) -> Words {
    let indent = Words(stringLiteral: String(repeating: "  ", count: row.depth - 1))
    let reference: Words = row.reference.isEmpty ? "" : "\(row.reference)  "
    let mark: Words = row.isWithdrawn ? "  (withdrawn)" : ""
    return indent + reference + Words(row.headline) + mark
  }

  private func tell(_ details: FrameworkDetails.Details, _ session: Session) throws {
    let (row, framework) = (details.row, details.framework)
    try session.out.line(Words(row.name))
    func field(_ name: Words, _ text: String) throws {
      if !text.isEmpty { try session.out.line("\(name): \(text)") }
    }
    try field("id", row.identifier)
    try field("also", row.aliases.joined(separator: ", "))
    try field("version", row.edition)
    try field("language", row.language)
    try field("publisher", row.provider)
    try field("published", framework.published)
    try field("licence", framework.licence)
    try field("source", framework.source)
    try session.out.line("lines: \(row.nodes), of them \(row.assessable) to answer")
    if let scale = framework.scale {
      try session.out.line("scores: \(scale.minimum) to \(scale.maximum)")
    }
    for group in framework.groups {
      try field(
        "group",
        group.texts.name == group.id ? group.id : "\(group.id): \(group.texts.name)"
      )
    }
    if !framework.controls.isEmpty {
      try session.out.line("controls proposed: \(framework.controls.count)")
    }
    if !framework.threats.isEmpty {
      try session.out.line("threats named: \(framework.threats.count)")
    }
    for mapping in details.mappings {
      try session.out.line(
        "mapping: \(mapping.sourceFramework) to \(mapping.targetFramework), \(mapping.links) links"
      )
    }
    try session.out.line("")
    for line in Words.lines(framework.texts.text) where !line.text.isEmpty {
      try session.out.line(line)
    }
    if !framework.texts.text.isEmpty { try session.out.line("") }
  }

  private func tell(_ details: RequirementDetails.Details, _ session: Session) throws {
    for row in details.path { try session.out.line(words(row)) }
    try session.out.line(words(details.row))
    let requirement = details.requirement
    func section(_ title: Words, _ text: String) throws {
      guard !text.isEmpty else { return }
      try session.out.line("")
      if !title.text.isEmpty { try session.out.line(title) }
      for line in Words.lines(text) { try session.out.line(line) }
    }
    try section("", requirement.texts.text)
    try section("Guidance", requirement.texts.guidance)
    try section("Typical evidence", requirement.texts.evidence)
    try section("Source", requirement.citations.joined(separator: "\n"))
    try section("Groups", requirement.groups.joined(separator: ", "))
    try section("Controls", requirement.controls.joined(separator: "\n"))
    try section("Threats", requirement.threats.joined(separator: "\n"))
    for question in requirement.questions {
      try section("Question", question.text)
      for choice in question.choices { try session.out.line("- \(choice.text)") }
    }
    let links = details.links.map { link in
      let isSource = link.source == requirement.identifier
      return "\(link.relationship.label) \(isSource ? "to" : "of") "
        + (isSource ? link.target : link.source)
    }
    try section("Mapped", links.joined(separator: "\n"))
  }
}
