internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin register show`.
struct ShowActivity: HeadlessCommand {
  static let origin = "register show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an activity with its data, rules, gaps and history."
  )

  @Argument(help: "The activity, such as ACT-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let activity = try await session.activity(reference, in: store)
    guard let details = try await store.answer(ActivityDetails(id: activity.id)) else {
      throw Refusal("there is no activity \(reference)")
    }
    if format.json {
      try session.out.json(json(details, now: session.now))
    } else {
      for line in lines(details, now: session.now) { try session.out.line(line) }
    }
    return .done
  }

  private func lines(_ details: ActivityDetails.Details, now: Instant) -> [Words] {
    let activity = details.row.activity
    let facts = activity.facts
    let removed: Words = activity.isRemoved ? " (removed)" : ""
    var lines: [Words] = ["\(activity.reference)  \(facts.name)\(removed)"]
    for field in ActivityField.allCases where field != .name && field != .data {
      let text = field.text(facts)
      if !text.isEmpty { lines.append("\(field.rawValue): \(text)") }
    }
    if let basis = facts.basis { lines.append("basis in law: \(basis.citation)") }
    if let condition = facts.condition { lines.append("condition in law: \(condition.citation)") }
    if !facts.source.isEmpty { lines.append("source: \(facts.source)") }
    if !facts.data.isEmpty {
      let missing = Set(details.unjustified.map(\.category))
      let rows: [[Words]] = facts.data.map { held in
        let late: Words = missing.contains(held.category) ? " due" : ""
        return [
          "\(held.category)", "\(held.justified?.plain ?? "never")\(late)",
          "\(held.justifiedBy.isEmpty ? "-" : held.justifiedBy)",
          "\(DataCategory.californian(held.category.lowercased()) ?? "-")",
          "\(held.why.isEmpty ? "-" : held.why)",
        ]
      }
      let titles: [Words] = ["DATA", "JUSTIFIED", "BY", "CALIFORNIA", "WHY"]
      lines += [""] + Table(titles: titles, rows: rows).lines(rows)
    }
    if !details.rules.isEmpty {
      lines += ["", "Retention"]
      lines += details.rules.map { rule -> Words in
        "\(rule.reference)  \(rule.facts.text)  \(rule.facts.ground)  \(rule.facts.title)"
      }
    }
    let due = details.due.filter { $0.state(at: now) != .running }
    if !due.isEmpty {
      lines += ["", "Due for deletion"]
      lines += due.map { row -> Words in
        let since = row.dueAt.map { "since \($0.words)" } ?? "not counted"
        return
          "\(row.rule)  \(row.state(at: now).label)  \(row.count.map(String.init) ?? "?")  \(since)"
      }
    }
    if !details.row.gaps.isEmpty {
      lines += ["", "Lacks"]
      lines += facts.gaps(at: now, hasRetention: details.row.rules > 0).map { gap -> Words in
        "\(gap.text) (\(gap.citation))"
      }
    }
    lines += ["", "History"]
    for line in details.history {
      lines.append("\(line.entry.at.words)  \(line.entry.actor.name)  \(line.headline)")
    }
    return lines
  }

  private func json(_ details: ActivityDetails.Details, now: Instant) -> JSON {
    var object = JSON.activity(details.row).object ?? JSONObject()
    object["retention"] = .array(details.rules.map { JSON.retention($0) })
    object["due"] = .array(details.due.map { JSON.due($0, now: now) })
    object["history"] = .array(
      details.history.map { line in
        .members([
          "entry": .integer(line.id), "at": .instant(line.entry.at),
          "by": .string(line.entry.actor.name), "what": .string(line.headline),
        ])
      }
    )
    return .object(object)
  }
}

extension JSON {
  /// An activity with what its record lacks.
  static func activity(_ row: ActivityRow) -> JSON {
    let (activity, facts) = (row.activity, row.activity.facts)
    var object = JSONObject()
    object["reference"] = .string(activity.reference)
    object["id"] = .integer(activity.id)
    object["version"] = .integer(activity.version)
    object["name"] = .string(facts.name)
    object["role"] = .string(facts.role.rawValue)
    object["controllers"] = .texts(facts.controllers)
    object["purpose"] = .string(facts.purpose)
    object["basis"] = .text(facts.basis?.rawValue)
    object["basis_note"] = .string(facts.basisNote)
    object["condition"] = .text(facts.condition?.rawValue)
    object["people"] = .texts(facts.people)
    object["numbers"] = .array(
      facts.numbers.map {
        .members(["jurisdiction": .string($0.jurisdiction), "count": .number($0.count)])
      }
    )
    object["categories"] = .texts(facts.data.map(\.category))
    object["data"] = .array(
      facts.data.map {
        .members([
          "category": .string($0.category), "why": .string($0.why),
          "justified": .time($0.justified), "justified_by": .string($0.justifiedBy),
          "california": .text(DataCategory.californian($0.category.lowercased())),
        ])
      }
    )
    object["systems"] = .array(
      facts.systems.map { .members(["name": .string($0.name), "place": .string($0.place)]) }
    )
    object["recipients"] = .texts(facts.recipients)
    object["processors"] = .array(
      facts.processors.map {
        .members([
          "name": .string($0.name), "place": .string($0.place), "from": .time($0.from),
          "until": .time($0.until),
        ])
      }
    )
    object["transfers"] = .array(
      facts.transfers.map {
        .members([
          "name": .string($0.name), "country": .string($0.country),
          "mechanism": .text($0.mechanism?.rawValue),
        ])
      }
    )
    object["measures"] = .texts(facts.measures)
    object["owner"] = .text(facts.owner)
    object["review"] = .time(facts.review)
    object["source"] = .string(facts.source)
    object["gaps"] = .texts(row.gaps)
    object["unjustified"] = .count(row.unjustified)
    object["rules"] = .count(row.rules)
    object["removed"] = .bool(activity.isRemoved)
    return .object(object)
  }

  /// Data that nobody has justified.
  static func unjustified(_ row: UnjustifiedData) -> JSON {
    .members([
      "activity": .string(row.reference), "name": .string(row.name),
      "category": .string(row.category), "why": .string(row.why), "last": .time(row.last),
      "since": .instant(row.since), "owner": .text(row.owner),
    ])
  }

  /// A retention rule.
  static func retention(_ rule: RetentionRule) -> JSON {
    let facts = rule.facts
    return .members([
      "reference": .string(rule.reference), "id": .integer(rule.id),
      "version": .integer(rule.version), "title": .string(facts.title),
      "target": .string(facts.target.rawValue),
      "activity": .text(facts.activity.isEmpty ? nil : facts.activity),
      "categories": .texts(facts.categories), "trigger": .string(facts.trigger.rawValue),
      "from": .string(facts.start.rawValue), "period": .string(facts.period.keptText),
      "ground": .string(facts.ground), "method": .string(facts.method),
      "count": facts.count.map {
        .members([
          "arguments": .texts($0.arguments), "seconds": .integer(Int64($0.seconds)),
        ])
      } ?? .null,
      "numbers": .array(
        facts.stocks.map {
          .members([
            "of": .time($0.triggered), "count": .number($0.count), "as_of": .instant($0.asOf),
            "by": .string($0.by), "counted_up_to": .text($0.upTo.isEmpty ? nil : $0.upTo),
          ])
        }
      ),
      "removed": .bool(rule.isRemoved),
    ])
  }

  /// What is due for deletion.
  static func due(_ row: DueData, now: Instant) -> JSON {
    .members([
      "state": .string(row.state(at: now).rawValue),
      "rule": .text(row.rule.isEmpty ? nil : row.rule), "reference": .string(row.reference),
      "title": .string(row.title), "target": .string(row.target.rawValue),
      "categories": .texts(row.categories), "words": .string(row.words),
      "ground": .string(row.ground), "count": .number(row.count),
      "due_at": .text(row.dueAt?.description), "as_of": .text(row.asOf?.description),
      "holds": .texts(row.holds),
    ])
  }
}
