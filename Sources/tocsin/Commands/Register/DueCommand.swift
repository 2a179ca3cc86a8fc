internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin register due`.
struct DueCommand: HeadlessCommand {
  static let origin = "register due"
  static let configuration = CommandConfiguration(
    commandName: "due",
    abstract: "List what is due for deletion: since when, how much, by which rule.",
    discussion: """
      What Tocsin itself keeps of people stands among it. What a legal hold covers is listed and marked; \
      what nobody has counted is listed too, since it may be due. Numbers come from tocsin register \
      rule number, or tocsin register rule count. Below it stand impact assessments that are stale or due \
      for review: tocsin dpia list. Requests whose answer or confirmation of receipt is overdue count for \
      --check too.
      """
  )

  @Option(help: "What will be due within this time as well, such as 30 days.") var within: String?
  @Flag(help: "Exit status 2 where something is due.") var check = false
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let zone = try await session.organisationZone(in: store)
    let until = try within.map {
      try session.kept($0, "--within").end(from: session.now, in: zone)
    }
    let rows = try await store.answer(DueDataList(until: until))
    let impacts = try await store.answer(ImpactList()).rows.filter { $0.state.isDue }
    let late = try await store.answer(
      RequestList(RequestFilter(isOverdue: true), window: RowWindow(start: 0, count: 1000))
    ).rows
    let isDue =
      rows.contains { $0.state(at: session.now) == .due } || !impacts.isEmpty || !late.isEmpty
    let status: ExitStatus = check && isDue ? .found : .done
    let objects = rows.map { JSON.due($0, now: session.now) }
    if format.csv {
      try session.out.csv(
        objects,
        [
          "state", "rule", "reference", "title", "categories", "words", "ground", "count", "due_at",
          "as_of", "holds",
        ]
      )
      return status
    }
    if format.json {
      try session.out.json(
        .members([
          "total": .count(rows.count), "due": .array(objects),
          "assessments": .array(impacts.map(JSON.impact)),
          "requests": .array(late.map { JSON.request($0, now: session.now) }),
        ])
      )
      return status
    }
    if rows.isEmpty { session.out.note("Nothing is due for deletion.") }
    try list(rows, zone, in: session)
    if !rows.isEmpty, !impacts.isEmpty { try session.out.line("") }
    let lines: [[Words]] = impacts.map { row in
      let facts = row.assessment.facts
      return [
        "\(row.assessment.reference)", "\(row.state.label)", "\(facts.review?.plain ?? "-")",
        "\(facts.title)",
      ]
    }
    if !lines.isEmpty {
      let titles: [Words] = ["DPIA", "STATE", "REVIEW", "TITLE"]
      for line in Table(titles: titles, rows: lines).lines(lines) { try session.out.line(line) }
    }
    for request in late {
      let facts = request.facts
      let what: Words =
        facts.isOverdue(at: session.now)
        ? "its answer is overdue" : "receipt was not confirmed in time"
      session.out.note("\(request.reference): \(what)")
    }
    return status
  }

  private func list(_ rows: [DueData], _ zone: Zone, in session: Session) throws {
    guard !rows.isEmpty else { return }
    let lines: [[Words]] = rows.map { row in
      let hold: Words = row.holds.isEmpty ? "" : "  hold: \(row.holds.joined(separator: ", "))"
      return [
        "\(row.state(at: session.now).label)", "\(row.reference)",
        "\(row.count.map(String.init) ?? "?")",
        "\(row.dueAt.map { CivilTime($0, offset: zone.offset(at: $0)).isoDate } ?? "-")",
        "\(row.rule.isEmpty ? "-" : row.rule)", "\(row.words)", "\(row.title)\(hold)",
      ]
    }
    let titles: [Words] = ["STATE", "OF", "NUMBER", "SINCE", "RULE", "KEPT", "WHAT"]
    for line in Table(titles: titles, rows: lines, right: [2]).lines(lines) {
      try session.out.line(line)
    }
  }
}
