internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin register list`.
struct ListActivities: HeadlessCommand {
  static let origin = "register list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List processing activities, with what their record lacks.",
    discussion: "All fields as CSV, to be read again: tocsin export activities"
  )

  @Option(help: "Only these roles; may be given more than once.") var role: [ActivityRole] = []
  @Option(help: "Only those that hold this category of data.") var category: String?
  @Option(help: "Only this owner's; empty: nobody's.") var owner: String?
  @Option(help: "Only those with this text in name, purpose, people, systems or owner.")
  var text = ""
  @Flag(help: "Only those whose record lacks something.") var incomplete = false
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  /// The members that are columns of CSV.
  private static let columns = [
    "reference", "name", "role", "purpose", "basis", "condition", "people", "categories", "owner",
    "review.text", "gaps", "unjustified", "rules",
  ]

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(
      ActivityList(
        ActivityFilter(
          roles: role.isEmpty ? nil : Set(role),
          category: category,
          owner: owner,
          text: text
        )
      )
    ).filter { !incomplete || !$0.gaps.isEmpty }
    let objects = rows.map { JSON.activity($0) }
    if format.csv {
      try session.out.csv(objects, Self.columns)
      return .done
    }
    if format.json {
      try session.out.json(
        .members(["total": .count(rows.count), "activities": .array(objects)])
      )
      return .done
    }
    guard !rows.isEmpty else {
      session.out.note("No activity passes.")
      return .done
    }
    let lines: [[Words]] = rows.map { row in
      let facts = row.activity.facts
      let gaps: Words =
        row.gaps.isEmpty
        ? "complete" : "\(row.gaps.count): \(row.gaps.first ?? "")"
      return [
        "\(row.activity.reference)", "\(facts.role.label)", "\(facts.basis?.label ?? "-")",
        "\(facts.data.count)", "\(row.unjustified)", "\(facts.owner ?? "-")", gaps,
        "\(facts.name)",
      ]
    }
    let titles: [Words] = [
      "ACTIVITY", "ROLE", "BASIS", "DATA", "UNJUST.", "OWNER", "LACKS", "NAME",
    ]
    for line in Table(titles: titles, rows: lines, right: [3, 4]).lines(lines) {
      try session.out.line(line)
    }
    return .done
  }
}

/// The command `tocsin register unjustified`.
struct UnjustifiedCommand: HeadlessCommand {
  static let origin = "register unjustified"
  static let configuration = CommandConfiguration(
    commandName: "unjustified",
    abstract: "List the data that nobody has justified within the organisation's period.",
    discussion: """
      The period is 12 months unless the organisation sets another: tocsin organisation set \
      --justify-months 6. A reason is confirmed by: tocsin register justify ACT-0001 dob
      """
  )

  @Flag(help: "Exit status 2 where there is any.") var check = false
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(UnjustifiedList())
    let status: ExitStatus = check && !rows.isEmpty ? .found : .done
    let objects = rows.map { JSON.unjustified($0) }
    if format.csv {
      try session.out.csv(
        objects,
        ["activity", "name", "category", "why", "last.text", "since", "owner"]
      )
      return status
    }
    if format.json {
      try session.out.json(
        .members(["total": .count(rows.count), "unjustified": .array(objects)])
      )
      return status
    }
    guard !rows.isEmpty else {
      session.out.note("Every reason for holding data was looked at within the period.")
      return status
    }
    let lines: [[Words]] = rows.map { row in
      [
        "\(row.reference)", "\(row.category)", "\(row.last?.plain ?? "never")",
        "\(row.why.isEmpty ? "-" : row.why)", "\(row.owner ?? "-")", "\(row.name)",
      ]
    }
    let titles: [Words] = ["ACTIVITY", "CATEGORY", "JUSTIFIED", "WHY", "OWNER", "NAME"]
    for line in Table(titles: titles, rows: lines).lines(lines) { try session.out.line(line) }
    return status
  }
}
