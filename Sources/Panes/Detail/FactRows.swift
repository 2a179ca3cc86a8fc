import Drawing
public import Model

/// Which fact a row shows.
public enum FactKind: Hashable, Sendable {
  case title, severity, state, outcome, actions, awareness, data, assets, tags, exercise
  case role(IncidentRole)
  case instant(IncidentInstant)
  /// An answer to a question that laws ask.
  case answer(FactKey)
  /// A connection to another record.
  case link(RecordLink)
  /// Something that is only shown.
  case fixed

  /// The edit that says it is not known; nil where that cannot be said.
  var cleared: IncidentEdit? {
    switch self {
    case .severity: .severity(nil)
    case .outcome: .outcome(.undetermined)
    case .actions: .actions([])
    case .role(let role): .role(role, nil)
    case .instant(let instant): .instant(instant, nil)
    case .answer(let key): .answer(key, nil)
    case .data: .data(DataExposure())
    case .assets: .assets([])
    case .tags: .tags([])
    case .title, .state, .awareness, .exercise, .link, .fixed: nil
    }
  }

  /// What the fact means and what counts from it.
  var explanation: [Line] {
    let text: String =
      switch self {
      case .title: "One line that names the incident in lists, messages and reports."
      case .severity:
        "How bad the incident is. It orders lists and the overview; no legal clock depends on it."
      case .state:
        "Where the handling stands: reported, triage, confirmed, contained, eradicated, recovered, review, closed. Each step is kept with who, when and why."
      case .outcome:
        "What it turned out to be, apart from where the handling stands: a closed incident may be a false positive or a confirmed breach."
      case .actions: "What happened, by the action categories of VERIS 1.4. There may be several."
      case .awareness:
        "The conclusion that the organisation is aware of a breach is a decision: who concluded it, on what, and from when. Many legal periods count from it. The earlier suspicion stays beside it."
      case .data: "Which categories of data were exposed, and whether they were protected."
      case .assets: "Systems and things that are affected."
      case .tags: "Free words, to filter by."
      case .role(let role): "Who is \(role.label) in this incident."
      case .instant(let instant): FactKind.meaning(of: instant)
      case .answer(let key):
        "\(key.question) Laws ask it (\(key)). Not known is never no: a duty then waits and names it."
      case .link:
        "A connection to another record, seen from both ends. Enter goes there; D takes it away."
      case .exercise: "It is an exercise, and stays one: \(Exercise.whyFixed)."
      case .fixed: "Kept by the record itself; it cannot be edited."
      }
    return [Line(text)]
  }

  private static func meaning(of instant: IncidentInstant) -> String {
    switch instant {
    case .occurred:
      "When it happened, as far as known. \"March 2025\" is a value: no day is invented."
    case .alerted: "When something or somebody first raised an alarm."
    case .suspected: "When there were first reasonable grounds to suspect a breach."
    case .discovered: "When the breach was discovered. Most periods of US law count from it."
    case .aware:
      "When the organisation became aware with a reasonable degree of certainty. GDPR art. 33(1) counts 72 hours from it."
    case .determined: "When it was determined that a breach occurred or that harm is likely."
    case .confirmed: "When the breach was confirmed."
    case .classified: "When the incident was classified, for example as major (DORA)."
    case .contained: "When it could no longer spread."
    case .recovered: "When normal operation was restored."
    case .notified: "When the first notice to anybody outside was sent."
    case .closed: "When the handling ended."
    case .assessed: "When the breach was assessed as one that must be notified (Singapore)."
    case .scopeIdentified: "When the scope of the breach was identified (Maine)."
    case .investigationConcluded: "When the investigation was concluded."
    case .materialityDetermined:
      "When the incident was determined to be material. Form 8-K Item 1.05 counts from it."
    case .noHarmDetermined:
      "When it was found that no harm is likely. Some states want that finding (Florida, New York)."
    case .ransomPaid: "When a ransom was paid."
    case .correctiveMeasure: "When a corrective or mitigating measure was available (CRA)."
    case .handled: "When the incident was handled; a final report may count from it (NIS2)."
    case .processorAware: "When the processor became aware of it."
    case .processorTold: "When the processor told the controller, who is aware from then on."
    case .requested: "When an authority asked for a report."
    case .informationAvailable: "When missing information became available (Form 8-K/A)."
    }
  }
}

/// The rows of the tab of facts.
enum FactRows {
  static func rows(of incident: Incident, _ links: [IncidentLinks.Row]) -> [FactsTab.Row] {
    let facts = incident.facts
    var rows = [
      row("title", .title, "Title", Line(Untrusted(facts.title), .textStrong)),
      row("severity", .severity, "Severity", Line([Look.severity(facts.severity)])),
      row("state", .state, "State", Line([Look.state(incident.state)])),
      row("outcome", .outcome, "Outcome", Line(facts.outcome.label)),
      row(
        "actions",
        .actions,
        "Kind",
        known(facts.actions.map(\.label).sorted().joined(separator: ", "))
      ),
    ]
    rows += IncidentInstant.common.map { instant in
      let decided = instant == .aware ? incident.awareness?.awareAt : nil
      let time = facts.instants[instant] ?? decided
      return row(
        instant.rawValue,
        .instant(instant),
        instant.label.prefix(1).uppercased() + instant.label.dropFirst(),
        Line([Look.time(time)]),
        note: facts.instants[instant]?.source ?? (decided == nil ? "" : "by decision")
      )
    }
    rows.append(
      row(
        "awareness",
        .awareness,
        "Awareness",
        incident.awareness.map {
          Line([
            Span("\($0.awareAt.plainWithZone), by ", .text), Span(Untrusted($0.decidedBy)),
          ])
        } ?? Line("not decided", .textMuted),
        note: incident.awareness?.grounds ?? ""
      )
    )
    rows += IncidentRole.allCases.map { role in
      row(
        role.rawValue,
        .role(role),
        role.label.prefix(1).uppercased() + role.label.dropFirst(),
        facts.roles[role].map { Line(Untrusted($0)) } ?? Line("nobody", .textMuted)
      )
    }
    if let exercise = incident.exercise {
      let end = exercise.end.map { ", ended \(Look.minute($0.at)) UTC by \($0.by)" }
      let words = [Span("exercise\(end ?? ", running")")]
      rows.insert(row("exercise", .exercise, "Drill", Line(Look.exercise(true) + words)), at: 1)
    }
    rows += [
      row("data", .data, "Data", known(facts.data.text)),
      row("assets", .assets, "Assets", known(facts.assets.joined(separator: ", "))),
      row("tags", .tags, "Tags", known(facts.tags.joined(separator: ", "))),
      row("opened", .fixed, "Opened", Line("\(Look.minute(incident.openedAt)) UTC")),
      row("updated", .fixed, "Updated", Line("\(Look.minute(incident.updatedAt)) UTC")),
      row("version", .fixed, "Version", Line("\(incident.version)")),
    ]
    rows += links.map { link in
      row(
        "link \(link.link)",
        .link(link.link),
        "Link",
        Line(RecordLinks.words(link, seenFrom: Subject(.incident, incident.id)))
      )
    }
    if let source = incident.source {
      rows.append(
        row(
          "source",
          .fixed,
          "Imported from",
          Line([Span("\(source.format) "), Span(Untrusted(source.externalID))])
        )
      )
    }
    return rows + asked(facts)
  }

  /// What single laws ask for: rare events, and questions with yes, no or a word.
  private static func asked(_ facts: IncidentFacts) -> [FactsTab.Row] {
    let rare = IncidentInstant.allCases.filter { !IncidentInstant.common.contains($0) }
    let events = rare.map { instant in
      row(
        instant.rawValue,
        .instant(instant),
        instant.label.prefix(1).uppercased() + instant.label.dropFirst(),
        Line([Look.time(facts.instants[instant])]),
        note: facts.instants[instant]?.source ?? "asked by single laws"
      )
    }
    return events
      + LegalAnswers.questions.map { key in
        row(
          key.description,
          .answer(key),
          key.label.prefix(1).uppercased() + key.label.dropFirst(),
          known(answer(facts.answers[key])),
          note: key.question
        )
      }
  }

  /// An answer as a person reads it.
  private static func answer(_ text: String?) -> String {
    switch text {
    case "true": "yes"
    case "false": "no"
    default: text?.split(separator: "_").joined(separator: " ") ?? ""
    }
  }

  private static func known(_ text: String) -> Line {
    text.isEmpty || text == "not known" ? Line("not known", .textMuted) : Line(Untrusted(text))
  }

  private static func row(
    _ id: String,
    _ kind: FactKind,
    _ label: String,
    _ value: Line,
    note: String = ""
  ) -> FactsTab.Row {
    FactsTab.Row(id: id, kind: kind, label: label, value: value, note: note)
  }
}
