internal import Model

/// What newer content of a source does to the record that was imported from it.
///
/// Three contents are compared: what was imported, what the source says now, and what the record
/// says. Fields that only the source changed are taken over, fields that only an officer changed
/// stay; a field that both changed differently keeps the whole record as it is.
struct ImportRenewal {
  /// What becomes of the record.
  enum Outcome {
    /// The content is the record's own, as an export of ours writes it.
    case unchanged
    /// Nothing is changed, for this reason.
    case kept(String)
    /// The changes, to be applied in order.
    case updated([any Change])
  }

  private let incident: Incident
  private let timeline: [TimelineEntry]
  private let newer: OpenIncident
  private let format: ImportFormat

  init(
    _ incident: Incident,
    timeline: [TimelineEntry],
    _ newer: OpenIncident,
    _ format: ImportFormat
  ) {
    (self.incident, self.timeline) = (incident, timeline)
    (self.newer, self.format) = (newer, format)
  }

  var outcome: Outcome {
    guard let source = newer.source, let old = incident.source else {
      return .kept("the record has no source; it was kept")
    }
    let documents = (Self.document(old), Self.document(source))
    if isOwnExport(source, documents.1) { return .unchanged }
    if let reason = otherIncident(documents) { return .kept(reason) }
    if incident.isRemoved {
      return .kept("the record was removed here, and the source has other content since")
    }
    guard let base = base(documents.0) else {
      return .kept(
        "the content imported before cannot be read any more, so nobody can tell what was edited "
          + "here; the record was kept"
      )
    }
    return merge(base, source)
  }

  private static func document(_ source: ImportSource) -> JSON? {
    try? JSON(
      reading: Array(source.document.utf8),
      limits: JSONLimits(maximumBytes: 1 << 30)
    )
  }

  /// Whether the content is what our export of the record as it stands writes.
  private func isOwnExport(_ source: ImportSource, _ document: JSON?) -> Bool {
    guard case .veris = format else { return false }
    if let own = try? ExportVeris.document(incident), ImportVeris.digest(own) == source.digest {
      return true
    }
    // An export of an edited record names it; it says nothing that the source itself has said.
    let reference = document?[path: ["plus", FactsJSON.key, "reference"]]?.text
    return reference == incident.reference && newer.facts == incident.facts
      && newer.state == incident.state
  }

  /// Why the content must not be taken for a newer state of the same incident; nil where it may.
  private func otherIncident(_ documents: (old: JSON?, new: JSON?)) -> String? {
    guard case .veris = format, let old = documents.old, let new = documents.new else {
      return nil
    }
    if let one = old["source_id"]?.text, let other = new["source_id"]?.text, one != other {
      return "another source uses the same id; the record was kept"
    }
    let created = (
      old[path: ["plus", "created"]]?.text, new[path: ["plus", "created"]]?.text
    )
    if new["source_id"]?.text == ExportVeris.sourceID, created.0 != created.1 {
      return "another organisation's Tocsin uses the same reference; the record was kept"
    }
    if let before = old[path: ["plus", "modified"]]?.text.flatMap(Instant.init(rfc3339:)),
      let now = new[path: ["plus", "modified"]]?.text.flatMap(Instant.init(rfc3339:)), now < before
    {
      return "the content is older (\(now)) than what was imported before (\(before)); "
        + "the record was kept"
    }
    return nil
  }

  /// What was imported; for a record that nobody has edited that is what it says.
  private func base(_ document: JSON?) -> OpenIncident? {
    let read: OpenIncident? =
      switch format {
      case .veris: document.flatMap { try? ImportVeris.change($0) }
      case .register(let mapping): document.flatMap { RegisterReader.change($0, mapping) }
      }
    guard incident.version == 1 else { return read }
    return OpenIncident(
      facts: incident.facts,
      state: incident.state,
      timeline: read?.timeline ?? []
    )
  }

  private func merge(_ base: OpenIncident, _ source: ImportSource) -> Outcome {
    let edited = Set(base.facts.edits(to: incident.facts).map(\.field))
    let edits = base.facts.edits(to: newer.facts).filter { incident.facts.current(of: $0) != $0 }
    var clashing = edits.map(\.field).filter(edited.contains)
    let isMoved = newer.state != base.state && newer.state != incident.state
    if isMoved, incident.state != base.state { clashing.append("state") }
    guard clashing.isEmpty else {
      return .kept(
        "the source has newer content, and what it changes was edited here since: "
          + "\(clashing.joined(separator: ", ")); the record was kept"
      )
    }
    var version = incident.version
    var changes: [any Change] = []
    if !edits.isEmpty {
      changes.append(EditIncident(id: incident.id, basedOn: version, edits: edits))
      version += 1
    }
    if isMoved {
      changes.append(
        MoveIncident(
          id: incident.id,
          basedOn: version,
          state: newer.state,
          reason: "the source says so"
        )
      )
      version += 1
    }
    changes.append(RenewSource(id: incident.id, basedOn: version, source: source))
    return .updated(changes + timelineChanges(base.timeline))
  }

  /// What the source's entries on the timeline need; entries that were edited here stay.
  private func timelineChanges(_ base: [TimelineFacts]) -> [any Change] {
    var gone = base.filter { !newer.timeline.contains($0) }
    var changes: [any Change] = []
    for facts in newer.timeline where !base.contains(facts) {
      if timeline.contains(where: { $0.facts == facts }) { continue }
      let replaced = gone.firstIndex { $0.source == facts.source }
      if let replaced,
        let entry = timeline.first(where: { $0.facts == gone[replaced] })
      {
        changes.append(EditTimelineEntry(id: entry.id, basedOn: entry.version, facts: facts))
        gone.remove(at: replaced)
      } else {
        changes.append(AddTimelineEntry(incident: incident.id, facts: facts))
      }
    }
    for facts in gone {
      guard let entry = timeline.first(where: { $0.facts == facts }) else { continue }
      changes.append(RemoveTimelineEntry(id: entry.id, basedOn: entry.version))
    }
    return changes
  }
}
