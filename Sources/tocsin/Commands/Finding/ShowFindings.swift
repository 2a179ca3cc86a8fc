internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin finding list`.
struct ListFindings: HeadlessCommand {
  static let origin = "finding list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List findings: worst first, then by due time.",
    discussion: "Without --state and --all, those that are closed or accepted are left out."
  )

  @Option(help: "Only these states; may be given more than once.") var state: [FindingState] = []
  @Option(help: "Only these severities; may be given more than once.") var severity: [Severity] = []
  @Option(help: "Only this owner's; empty: nobody's.") var owner: String?
  @Option(help: "Only those from items of this audit, such as AUD-2026-0001.") var audit: String?
  @Flag(help: "Only those that are overdue.") var overdue = false
  @Flag(help: "Only those whose acceptance has expired.") var expired = false
  @Flag(help: "Closed and accepted ones too.") var all = false
  @Option(help: "At most so many.") var limit = 1000
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  /// The members that are columns of CSV.
  private static let columns = [
    "reference", "title", "severity", "grade", "owner", "state", "acceptance_expired",
    "due.text", "due.latest", "overdue", "opened_at", "closed_at", "item_name", "root_cause",
    "check.effective", "check.at", "acceptance.accepted_by", "acceptance.expires.text",
  ]

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit counts from 0.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    // Scripts of before named it by its number.
    var only = audit.flatMap { RecordID($0) }
    if let audit, only == nil { only = try await session.audit(audit, in: store).row.id }
    let states = all ? nil : Set(FindingState.allCases.filter(\.isOpen))
    let page = try await store.answer(
      FindingList(
        FindingFilter(
          states: state.isEmpty ? states : Set(state),
          severities: severity.isEmpty ? nil : Set(severity),
          owner: owner,
          isOverdue: overdue,
          isAcceptanceExpired: expired,
          audit: only
        ),
        window: RowWindow(start: 0, count: limit)
      )
    )
    if format.csv || format.json {
      let items = page.rows.compactMap(\.item)
      let names = try await store.answer(RecordNames(of: items))
      let known = Dictionary(zip(items.map(\.id), names)) { first, _ in first }
      let objects = page.rows.map { finding -> JSON in
        var object = JSON.finding(finding, now: session.now).object ?? JSONObject()
        object["item_name"] = .text(finding.item.flatMap { known[$0.id] })
        return .object(object)
      }
      if format.csv {
        try session.out.csv(objects, Self.columns)
      } else {
        try session.out.json(
          .members(["total": .count(page.total), "findings": .array(objects)])
        )
      }
      return .done
    }
    guard !page.rows.isEmpty else {
      let others = all ? "" : "; --all lists those that are closed or accepted too"
      session.out.note("No finding passes\(others).")
      return .done
    }
    let rows: [[Words]] = page.rows.map { finding in
      let late: Words = finding.isOverdue(at: session.now) ? " overdue" : ""
      return [
        "\(finding.reference)", "\(finding.facts.severity.label)",
        "\(finding.stateText(at: session.now))",
        "\(finding.due?.plainWithZone ?? "-")\(late)", "\(finding.facts.owner ?? "-")",
        "\(finding.facts.title)",
      ]
    }
    let titles: [Words] = ["FINDING", "SEVERITY", "STATE", "DUE", "OWNER", "TITLE"]
    for line in Table(titles: titles, rows: rows).lines(rows) { try session.out.line(line) }
    if page.total > page.rows.count {
      session.out.note("\(page.rows.count) of \(page.total) findings; more with --limit")
    }
    return .done
  }
}

/// The command `tocsin finding show`.
struct ShowFinding: HeadlessCommand {
  static let origin = "finding show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a finding with its actions, links, evidence and history."
  )

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let finding = try await session.finding(reference, in: store)
    guard let details = try await store.answer(FindingDetails(id: finding.id)) else {
      throw Refusal("there is no finding \(reference)")
    }
    if format.json {
      try session.out.json(json(details, now: session.now))
    } else {
      for line in lines(details, now: session.now) { try session.out.line(line) }
    }
    return .done
  }

  private func lines(_ details: FindingDetails.Details, now: Instant) -> [Words] {
    let finding = details.finding
    let facts = finding.facts
    let removed: Words = finding.isRemoved ? " (removed)" : ""
    var lines: [Words] = ["\(finding.reference)  \(facts.title)\(removed)"]
    func add(_ name: Words, _ value: String?) {
      if let value, !value.isEmpty { lines.append("\(name): \(value)") }
    }
    add("state", finding.stateText(at: now))
    add("reason", finding.standing.reason)
    add("severity", facts.severity.label)
    add("grade", facts.grade?.label)
    add("owner", facts.owner)
    if let due = finding.due {
      let late: Words = finding.isOverdue(at: now) ? ", overdue" : ""
      let rule: Words = due.source.isEmpty ? "" : " (\(due.source))"
      lines.append("due: \(due.plainWithZone)\(rule)\(late)")
    }
    lines.append("opened: \(finding.openedAt.words)")
    if finding.item != nil {
      lines.append("from: \(details.itemName)  \(details.itemTitle)")
    }
    if let check = finding.standing.check {
      let verdict: Words = check.isEffective ? "effective" : "not effective"
      lines.append("check: \(verdict), \(check.at.words) by \(check.by): \(check.note)")
    }
    if let acceptance = finding.standing.acceptance {
      lines.append(
        "accepted by: \(acceptance.acceptedBy), recorded \(acceptance.at.words) by \(acceptance.by)"
      )
    }
    if let closedAt = finding.standing.closedAt { lines.append("closed: \(closedAt.words)") }
    add("root cause", facts.rootCause)
    if !facts.text.isEmpty { lines += [""] + Words.lines(facts.text) }
    if !facts.actions.isEmpty {
      let rows: [[Words]] = facts.actions.enumerated().map { index, action in
        let late: Words = action.isOverdue(at: now) ? " overdue" : ""
        return [
          "\(index + 1)", "\(action.done?.plainWithZone ?? "no")",
          "\(action.due?.plainWithZone ?? "-")\(late)", "\(action.owner ?? "-")",
          "\(action.title)",
        ]
      }
      let titles: [Words] = ["ACTION", "DONE", "DUE", "OWNER", "WHAT"]
      lines += [""] + Table(titles: titles, rows: rows, right: [0]).lines(rows)
    }
    let here = Subject(.finding, finding.id)
    let links = details.links.filter { $0.link.relation != RecordLink.proves }
    if !links.isEmpty {
      lines += ["", "Links"]
      lines += links.map { row -> Words in
        let other = row.other(from: here)
        let relation = row.link.relation.isEmpty ? "linked" : row.link.relation
        return "\(relation)  \(other.name)  \(other.title)"
      }
    }
    if !details.evidence.isEmpty {
      lines += ["", "Evidence"]
      lines += details.evidence.map { piece -> Words in
        "\(piece.id)  \(piece.facts.kind.label)  \(piece.facts.title)"
      }
    }
    lines += ["", "History"]
    for line in details.history {
      lines.append("\(line.entry.at.words)  \(line.entry.actor.name)  \(line.headline)")
    }
    return lines
  }

  private func json(_ details: FindingDetails.Details, now: Instant) -> JSON {
    var object = JSON.finding(details.finding, now: now).object ?? JSONObject()
    object["item_name"] = .text(details.finding.item.map { _ in details.itemName })
    object["links"] = .array(
      details.links.map { row in
        .members([
          "from": .string(row.link.from.name), "to": .string(row.link.to.name),
          "from_name": .string(row.fromName), "to_name": .string(row.toName),
          "relation": .string(row.link.relation), "from_title": .string(row.fromTitle),
          "to_title": .string(row.toTitle),
        ])
      }
    )
    object["evidence"] = .array(details.evidence.map { JSON.evidence($0) })
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
  /// A finding as it stands at an instant.
  static func finding(_ finding: Finding, now: Instant) -> JSON {
    let (facts, standing) = (finding.facts, finding.standing)
    var object = JSONObject()
    object["reference"] = .string(finding.reference)
    object["id"] = .integer(finding.id)
    object["version"] = .integer(finding.version)
    object["title"] = .string(facts.title)
    object["text"] = .string(facts.text)
    object["severity"] = .string(facts.severity.rawValue)
    object["grade"] = .text(facts.grade?.rawValue)
    object["owner"] = .text(facts.owner)
    object["state"] = .string(finding.state(at: now).rawValue)
    object["recorded_state"] = .string(standing.state.rawValue)
    object["acceptance_expired"] = .bool(finding.isAcceptanceExpired(at: now))
    object["reason"] = .string(standing.reason)
    object["cause"] = .text(standing.cause?.rawValue)
    object["due"] = .time(finding.due)
    object["overdue"] = .bool(finding.isOverdue(at: now))
    object["opened_at"] = .instant(finding.openedAt)
    object["updated_at"] = .instant(finding.updatedAt)
    object["closed_at"] = .text(standing.closedAt?.description)
    object["item"] = .number(finding.item?.id)
    object["root_cause"] = .string(facts.rootCause)
    object["removed"] = .bool(finding.isRemoved)
    object["check"] = .null
    if let check = standing.check {
      object["check"] = .members([
        "effective": .bool(check.isEffective), "note": .string(check.note),
        "at": .instant(check.at), "by": .string(check.by),
      ])
    }
    object["acceptance"] = .null
    if let acceptance = standing.acceptance {
      object["acceptance"] = .members([
        "accepted_by": .string(acceptance.acceptedBy), "reason": .string(acceptance.reason),
        "expires": .time(acceptance.expires), "at": .instant(acceptance.at),
        "by": .string(acceptance.by),
      ])
    }
    let actions = facts.actions.enumerated().map { index, action -> JSON in
      .members([
        "number": .count(index + 1), "title": .string(action.title),
        "owner": .text(action.owner), "due": .time(action.due), "done": .time(action.done),
        "overdue": .bool(action.isOverdue(at: now)),
      ])
    }
    object["actions"] = .array(actions)
    return .object(object)
  }
}
