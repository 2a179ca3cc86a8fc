internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident show`.
  struct Show: HeadlessCommand {
    static let origin = "incident show"
    static let configuration = CommandConfiguration(
      abstract: "Show one incident with its timeline, tasks and evidence."
    )

    @Argument(help: "The incident, such as INC-2026-0042.")
    var reference: String

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let incident = try await session.incident(reference, in: store)
      let timeline = try await store.answer(IncidentTimeline(incident: incident.id))
      let tasks = try await store.answer(IncidentTasks(incident: incident.id))
      let evidence = try await store.answer(IncidentEvidence(incident: incident.id))
      let links = try await store.answer(IncidentLinks(incident: incident.id))
      guard !format.json else {
        var object = JSON.incident(incident).object ?? JSONObject()
        object["timeline"] = .array(timeline.map(JSON.entry))
        object["tasks"] = .array(tasks.map(JSON.task))
        object["evidence"] = .array(evidence.map(JSON.evidence))
        object["links"] = .array(
          links.map { row in
            .members([
              "from": .string(row.fromTitle), "to": .string(row.toTitle),
              "from_name": .string(row.fromName), "to_name": .string(row.toName),
              "relation": .string(row.link.relation),
            ])
          }
        )
        try session.out.json(.object(object))
        return .done
      }
      for line in facts(of: incident) { try session.out.line(line) }
      try section("TIMELINE", timeline.map(line), session.out)
      try section("TASKS", tasks.map(line), session.out)
      try section("EVIDENCE", evidence.map(line), session.out)
      try section(
        "LINKS",
        links.map { row in
          let relation = row.link.relation.isEmpty ? "linked to" : row.link.relation
          return """
            \(row.fromName) \(row.fromTitle) - \(relation) - \(row.toName) \(row.toTitle)
            """
        },
        session.out
      )
      return .done
    }

    private func section(_ title: Words, _ lines: [Words], _ out: Output) throws {
      guard !lines.isEmpty else { return }
      try out.line()
      try out.line(title)
      for line in lines { try out.line("  " + line) }
    }

    private func facts(of incident: Incident) -> [Words] {
      let facts = incident.facts
      var rows: [(Words, Words)] = [
        ("State", "\(incident.state.label)"),
        ("Severity", "\(facts.severity?.label ?? "not assessed")"),
        ("Outcome", "\(facts.outcome.label)"),
      ]
      if !facts.actions.isEmpty {
        rows.append(("Kind", "\(facts.actions.map(\.label).sorted().joined(separator: ", "))"))
      }
      for role in IncidentRole.allCases {
        if let person = facts.roles[role] {
          rows.append((role.label.capitalisedWords, "\(person)"))
        }
      }
      for instant in IncidentInstant.allCases {
        guard let time = facts.instants[instant] else { continue }
        let source: Words = time.source.isEmpty ? "" : " (\(time.source))"
        rows.append((instant.label.capitalisedWords, "\(time.plainWithZone)\(source)"))
      }
      if let decision = incident.awareness {
        rows.append(
          (
            "Awareness",
            "\(decision.awareAt.plainWithZone), decided by \(decision.decidedBy): \(decision.grounds)"
          )
        )
      }
      for people in facts.affected {
        let place: Words = people.jurisdiction.isEmpty ? "all" : "\(people.jurisdiction)"
        rows.append(("Affected", "\(place): \(people.text)"))
      }
      if facts.data != DataExposure() { rows.append(("Data", "\(facts.data.text)")) }
      if !facts.assets.isEmpty {
        rows.append(("Assets", "\(facts.assets.joined(separator: ", "))"))
      }
      if !facts.tags.isEmpty { rows.append(("Tags", "\(facts.tags.joined(separator: ", "))")) }
      if let exercise = incident.exercise {
        let end: Words = exercise.end.map { "ended \($0.at.words) by \($0.by)" } ?? "running"
        rows.append(("Exercise", end))
      }
      rows.append(("Opened", incident.openedAt.words))
      rows.append(("Altered", "\(incident.updatedAt.words), version \(incident.version)"))
      if let source = incident.source {
        rows.append(("Imported", "\(source.format) \(source.externalID)"))
      }
      if incident.isRemoved { rows.append(("Removed", "yes")) }
      let table = Table(titles: ["", ""], rows: rows.map { [$0.0, $0.1] })
      var lines: [Words] = ["\(incident.reference)  \(incident.markedTitle)", ""]
      lines += rows.map { table.row([$0.0, $0.1]) }
      if !facts.summary.isEmpty { lines += [""] + Words.lines(facts.summary) }
      return lines
    }

    private func line(_ entry: TimelineEntry) -> Words {
      let when = entry.facts.happened?.plainWithZone ?? "time not known"
      let source: Words = entry.facts.source.isEmpty ? "" : " [\(entry.facts.source)]"
      let pin: Words = entry.facts.isPinned ? "* " : ""
      return "\(entry.id)  \(pin)\(when)  \(entry.facts.text)\(source)"
    }

    private func line(_ task: IncidentTask) -> Words {
      let owner: Words = task.facts.owner.map { ", \($0)" } ?? ""
      let due: Words = task.facts.due.map { ", due \($0.plainWithZone)" } ?? ""
      return "\(task.id)  \(task.facts.state.label)  \(task.facts.title)\(owner)\(due)"
    }

    private func line(_ evidence: Evidence) -> Words {
      let last = evidence.custody.last.map { $0.kind.label } ?? ""
      return """
        \(evidence.id)  \(evidence.facts.title)  \(evidence.facts.size) bytes  \
        \(evidence.facts.sha256)  \(last)
        """
    }
  }
}

extension String {
  /// The text with a capital first letter, as a label.
  var capitalisedWords: Words { Words(prefix(1).uppercased() + dropFirst()) }
}

extension Instant {
  /// The instant to the minute in UTC, as lists show it.
  var words: Words {
    let civil = CivilTime(self)
    return Words("\(civil.isoMinute) UTC")
  }
}
