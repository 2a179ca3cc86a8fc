internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin dpia list`.
struct ListImpacts: HeadlessCommand {
  static let origin = "dpia list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List impact assessments, those that need somebody first, and activities without one."
  )

  @Flag(help: "Only those that wait for approval, are stale or due for review.") var due = false
  @Flag(help: "Only activities of which nobody has asked whether they need one.") var gaps = false
  @Flag(help: "Exit status 2 where one is stale or due for review, or an activity has none.")
  var check = false
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let answer = try await store.answer(ImpactList())
    let rows = gaps ? [] : answer.rows.filter { !due || $0.state.isDue }
    let bare = due ? [] : answer.gaps
    let isLate = rows.contains { $0.state == .stale || $0.state == .review } || !bare.isEmpty
    let status: ExitStatus = check && isLate ? .found : .done
    let objects = rows.map(JSON.impact) + (format.csv ? bare.map(JSON.impactGap) : [])
    if format.csv {
      try session.out.csv(
        objects,
        [
          "reference", "state", "title", "activities", "threshold.result", "residual", "outcome",
          "review.text",
        ]
      )
      return status
    }
    if format.json {
      try session.out.json(
        .members([
          "total": .count(rows.count), "assessments": .array(objects),
          "gaps": .array(bare.map(JSON.impactGap)),
        ])
      )
      return status
    }
    guard !rows.isEmpty || !bare.isEmpty else {
      session.out.note(due ? "No assessment is due." : "There is no impact assessment.")
      return status
    }
    if !rows.isEmpty {
      let lines: [[Words]] = rows.map { row in
        let facts = row.assessment.facts
        return [
          "\(row.assessment.reference)", "\(row.state.label)", "\(facts.threshold.result.text)",
          "\(facts.residual?.label ?? "-")", "\(facts.review?.plain ?? "-")",
          "\(facts.activities.joined(separator: ", "))", "\(facts.title)",
        ]
      }
      let titles: [Words] = [
        "DPIA", "STATE", "THRESHOLD", "RISK LEFT", "REVIEW", "ACTIVITIES", "TITLE",
      ]
      for line in Table(titles: titles, rows: lines).lines(lines) { try session.out.line(line) }
    }
    if !bare.isEmpty {
      if !rows.isEmpty { try session.out.line("") }
      let lines: [[Words]] = bare.map { gap in
        let hints = gap.hints.map { "\($0.question.rawValue): \($0.why)" }
        return [
          "\(gap.reference)", "\(ImpactGap.text)", "\(hints.joined(separator: "; "))",
          "\(gap.name)",
        ]
      }
      let titles: [Words] = ["ACTIVITY", "LACKS", "ITS RECORD SUGGESTS", "NAME"]
      for line in Table(titles: titles, rows: lines).lines(lines) { try session.out.line(line) }
    }
    return status
  }
}

/// The command `tocsin dpia show`.
struct ShowImpact: HeadlessCommand {
  static let origin = "dpia show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an impact assessment: what is known, what is missing, what has changed since."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.impact(reference, in: store)
    if format.json {
      var object = JSON.impact(details.row).object ?? JSONObject()
      object["history"] = .array(
        details.history.map { line in
          .members([
            "entry": .integer(line.id), "at": .instant(line.entry.at),
            "by": .string(line.entry.actor.name), "what": .string(line.headline),
          ])
        }
      )
      try session.out.json(.object(object))
      return .done
    }
    for line in lines(details) { try session.out.line(line) }
    return .done
  }

  private func lines(_ details: ImpactDetails.Details) -> [Words] {
    let (assessment, facts) = (details.row.assessment, details.row.assessment.facts)
    let removed: Words = assessment.isRemoved ? " (removed)" : ""
    var lines: [Words] = [
      "\(assessment.reference)  \(facts.title)\(removed)",
      "state: \(details.row.state.label)",
      "threshold: \(facts.threshold.result.text)",
    ]
    if let residual = facts.residual { lines.append("risk that is left: \(residual.label)") }
    lines += facts.named.filter { !$0.1.isEmpty && !["title", "threshold"].contains($0.0) }
      .flatMap { name, text -> [Words] in
        switch name {
        case "risks": ["", "Risks"] + facts.risks.map { "\($0.text)" }
        case "measures": ["", "Measures"] + facts.measures.map { "\($0.text)" } + [""]
        default: ["\(name): \(text)"]
        }
      }
    if facts.needsConsultation {
      lines += ["! a high risk is left: the authority is consulted first (GDPR art. 36(1))"]
    }
    if !details.row.differences.isEmpty {
      lines += ["", "Changed since the decision"]
      lines += details.row.differences.map { "\($0.text)" }
    }
    if facts.decision == nil {
      let missing = facts.missing(for: .goWithMeasures)
      if !missing.isEmpty { lines += ["", "Missing for a decision"] + missing.map { "\($0)" } }
    }
    lines += ["", "History"]
    return lines
      + details.history.map { line -> Words in
        "\(line.entry.at.words)  \(line.entry.actor.name)  \(line.headline)"
      }
  }
}
