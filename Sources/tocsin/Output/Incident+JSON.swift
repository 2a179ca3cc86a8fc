internal import Exchange
internal import Model

extension JSON {
  /// A text, or null.
  static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  /// A number, or null.
  static func number(_ number: Int64?) -> JSON { number.map { .integer($0) } ?? .null }
  /// A count.
  static func count(_ number: Int) -> JSON { .integer(Int64(number)) }
  /// A truth value, or null for "not known".
  static func answer(_ value: Bool?) -> JSON { value.map { .bool($0) } ?? .null }
  /// A list of texts.
  static func texts(_ texts: some Sequence<String>) -> JSON { .array(texts.map { .string($0) }) }
  /// An instant in RFC 3339.
  static func instant(_ instant: Instant) -> JSON { .string(instant.description) }

  /// A time as it was stated, and the instants that it can mean; null where it is not known.
  static func time(_ time: StatedTime?) -> JSON {
    guard let time else { return .null }
    return .members([
      "text": .string(time.text), "precision": .string(time.precision.rawValue),
      "earliest": .instant(time.earliest), "latest": .instant(time.latest),
      "zone": .string(time.zone.name), "source": .string(time.source),
    ])
  }

  /// An incident with all its facts, under the names that scripts can rely on.
  static func incident(_ incident: Incident) -> JSON {
    let facts = incident.facts
    var roles = JSONObject()
    for role in IncidentRole.allCases {
      if let person = facts.roles[role] { roles[role.rawValue] = .string(person) }
    }
    var instants = JSONObject()
    for instant in IncidentInstant.allCases {
      if let time = facts.instants[instant] { instants[instant.rawValue] = .time(time) }
    }
    return .members([
      "reference": .string(incident.reference),
      "title": .string(facts.title),
      "summary": .string(facts.summary),
      "state": .string(incident.state.rawValue),
      "severity": .text(facts.severity?.rawValue),
      "outcome": .string(facts.outcome.rawValue),
      "kind": .texts(facts.actions.map(\.rawValue).sorted()),
      "roles": .object(roles),
      "instants": .object(instants),
      "awareness": awareness(incident.awareness),
      "affected": .array(facts.affected.map(people)),
      "data": exposure(facts.data),
      "answers": answers(facts.answers),
      "assets": .texts(facts.assets),
      "tags": .texts(facts.tags),
      "opened_at": .instant(incident.openedAt),
      "updated_at": .instant(incident.updatedAt),
      "version": .integer(incident.version),
      "removed": .bool(incident.isRemoved),
      "exercise": .bool(incident.isExercise),
      "source": source(incident.source),
    ])
  }

  private static func answers(_ answers: LegalAnswers) -> JSON {
    var object = JSONObject()
    for (key, value) in answers.values.sorted(by: { $0.key < $1.key }) {
      object[key] = .string(value)
    }
    return .object(object)
  }

  private static func awareness(_ decision: AwarenessDecision?) -> JSON {
    guard let decision else { return .null }
    return .members([
      "aware_at": .time(decision.awareAt), "decided_by": .string(decision.decidedBy),
      "grounds": .string(decision.grounds),
    ])
  }

  private static func people(_ people: AffectedPeople) -> JSON {
    .members([
      "jurisdiction": .string(people.jurisdiction), "count": .number(people.count),
      "quality": .string(people.quality.rawValue),
    ])
  }

  private static func exposure(_ data: DataExposure) -> JSON {
    .members([
      "categories": .texts(data.categories), "disclosure": .text(data.disclosure?.rawValue),
      "encrypted": .answer(data.isEncrypted), "key_taken": .answer(data.isKeyTaken),
      "restored": .answer(data.isRestored), "recovered": .answer(data.isRecovered),
    ])
  }

  private static func source(_ source: ImportSource?) -> JSON {
    guard let source else { return .null }
    return .members([
      "format": .string(source.format), "id": .string(source.externalID),
      "sha256": .string(source.digest),
    ])
  }

  /// A timeline entry.
  static func entry(_ entry: TimelineEntry) -> JSON {
    .members([
      "id": .integer(entry.id), "happened": .time(entry.facts.happened),
      "text": .string(entry.facts.text), "source": .string(entry.facts.source),
      "pinned": .bool(entry.facts.isPinned), "in_summary": .bool(entry.facts.isInSummary),
      "recorded_at": .instant(entry.recordedAt), "recorded_by": .string(entry.recordedBy),
      "version": .integer(entry.version),
    ])
  }

  /// A task.
  static func task(_ task: IncidentTask) -> JSON {
    .members([
      "id": .integer(task.id), "title": .string(task.facts.title),
      "owner": .text(task.facts.owner), "due": .time(task.facts.due),
      "state": .string(task.facts.state.rawValue), "recorded_at": .instant(task.recordedAt),
      "version": .integer(task.version),
    ])
  }

  /// A piece of evidence with its chain of custody.
  static func evidence(_ evidence: Evidence) -> JSON {
    let custody = evidence.custody.map { entry in
      JSON.members([
        "kind": .string(entry.kind.rawValue), "at": .instant(entry.at), "by": .string(entry.by),
        "note": .string(entry.note),
      ])
    }
    let dates = evidence.facts.dates ?? EvidenceDates()
    var command = JSON.null
    if let run = evidence.facts.run {
      command = .members([
        "arguments": .texts(run.arguments), "status": .integer(run.status),
        "host": .string(run.host), "started_at": .instant(run.startedAt),
        "milliseconds": .integer(run.milliseconds), "cut": .bool(run.isCut),
      ])
    }
    return .members([
      "id": .integer(evidence.id), "title": .string(evidence.facts.title),
      "kind": .string(evidence.facts.kind.rawValue),
      "path": .string(evidence.facts.path), "sha256": .string(evidence.facts.sha256),
      "size": .integer(evidence.facts.size), "copied": .bool(evidence.facts.isCopied),
      "note": .string(evidence.facts.note), "recorded_at": .instant(evidence.recordedAt),
      "custody": .array(custody), "version": .integer(evidence.version),
      "proves": .texts(evidence.proves.map(\.name)), "effective": .time(dates.effective),
      "covers_from": .time(dates.coveredFrom), "covers_until": .time(dates.coveredUntil),
      "expires": .time(dates.expires), "run": command,
    ])
  }

  /// What the store answered to a change.
  static func receipt(_ receipt: Receipt) -> JSON {
    .members([
      "reference": .string(receipt.reference), "id": .integer(receipt.subject.id),
      "kind": .string(receipt.subject.kind.rawValue), "version": .integer(receipt.version),
      "entry": .integer(receipt.entry), "reversible": .bool(receipt.isReversible),
    ])
  }
}
