internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage
internal import Synchronization

/// The command `tocsin report lateness`.
struct ReportLateness: HeadlessCommand {
  static let origin = "report lateness"
  static let configuration = CommandConfiguration(
    commandName: "lateness",
    abstract: "How long notices took, and how many were late under the rule then in force.",
    discussion: """
      Counts the days from awareness to the first notice of every incident whose affected people \
      the rule's law protects, by the year of the notice. A notice is late when it came after the \
      deadline of the rule as it stood on the day its clock started, whether the rule's other \
      conditions hold or not; what the law would tolerate beyond is not counted in the sender's \
      favour. Exercises are left out.
      """
  )

  @Option(help: ArgumentHelp("The rule, such as US-CA-AG.", valueName: "id"))
  var rule = "US-WA-AG"

  @Option(help: "Only incidents that pass this filter, such as tag:register:wa-ag.")
  var filter: String?

  @Flag(help: "Also each notice by itself.")
  var each = false

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let pack = try session.rulebook(rulebook).pack
    guard let empty = LatenessReport(rule: rule.uppercased(), pack: pack) else {
      throw Refusal("there is no rule \(rule)", advice: "what there is: tocsin rules list")
    }
    let filled = Mutex(empty)
    let order = IncidentOrder(.reference, descending: false)
    try await session.open()
      .eachIncident(
        filter: try session.filter(filter).withoutDrills,
        order: order,
        withTimeline: false
      ) {
        incident,
        _ in
        filled.withLock { $0.add(incident) }
      }
    let report = filled.withLock { $0 }
    if format.json {
      try session.out.json(json(report))
    } else {
      try print(report, session.out)
    }
    return .done
  }

  private func print(_ report: LatenessReport, _ out: Output) throws {
    let (rule, law) = (report.rule, report.law)
    try out.line("\(rule.id): tell \(rule.recipient), \(rule.citation)")
    for clock in rule.clocks { try out.line("  \(clock.text)") }
    if law.isOwn { try out.line("  rule of the organisation: \(law.file)") }
    if let total = report.total {
      let rows = (report.years + [total]).map { row -> [Words] in
        [
          row.year.map { Words(String($0)) } ?? "all", "\(row.notices)", "\(row.onTime)",
          "\(row.late)", "\(row.open)", "\(row.median)", "\(row.worst)",
        ]
      }
      let table = Table(
        titles: ["YEAR", "NOTICES", "ON TIME", "LATE", "OPEN", "MEDIAN DAYS", "WORST"],
        rows: rows,
        right: [1, 2, 3, 4, 5, 6]
      )
      try out.line()
      for line in table.lines(rows) { try out.line(line) }
    } else {
      out.note("No incident under this law has both dates.")
    }
    if each, !report.notices.isEmpty { try list(report.notices, out) }
    if report.undated > 0 {
      out.note("\(report.undated) more lack the day of awareness or of notice")
    }
  }

  private func list(_ notices: [Lateness], _ out: Output) throws {
    let rows = notices.map { notice -> [Words] in
      [
        "\(notice.reference)", "\(notice.aware.civil.isoDate)",
        "\(notice.notified.civil.isoDate)", "\(notice.days)",
        Words(notice.due?.description ?? "-"), "\(notice.verdict.label)",
      ]
    }
    let table = Table(
      titles: ["REFERENCE", "AWARE", "NOTIFIED", "DAYS", "DUE", ""],
      rows: rows,
      right: [3]
    )
    try out.line()
    for line in table.lines(rows) { try out.line(line) }
  }

  private func json(_ report: LatenessReport) -> JSON {
    var object = JSONObject()
    object["rule"] = .string(report.rule.id)
    object["citation"] = .string(report.rule.citation)
    object["clocks"] = .texts(report.rule.clocks.map(\.text))
    object["version"] = .count(report.law.version)
    object["own"] = .bool(report.law.isOwn)
    object["years"] = .array(report.years.map(json))
    object["total"] = report.total.map(json) ?? .null
    object["undated"] = .count(report.undated)
    if each {
      object["notices"] = .array(
        report.notices.map {
          .members([
            "reference": .string($0.reference), "source_id": .text($0.externalID),
            "aware": .string($0.aware.civil.isoDate),
            "notified": .string($0.notified.civil.isoDate), "days": .count($0.days),
            "due": .text($0.due?.description), "verdict": .string($0.verdict.rawValue),
          ])
        }
      )
    }
    return .object(object)
  }

  private func json(_ row: LatenessReport.Row) -> JSON {
    .members([
      "year": row.year.map(JSON.count) ?? .null, "notices": .count(row.notices),
      "on_time": .count(row.onTime), "late": .count(row.late), "open": .count(row.open),
      "median_days": .number(row.median), "worst_days": .count(row.worst),
    ])
  }
}
