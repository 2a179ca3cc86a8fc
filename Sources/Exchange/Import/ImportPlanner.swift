internal import Model

/// A record that was read, and where it stood.
struct ImportRecord {
  var change: OpenIncident
  var place: ImportPlace
  /// Whether it says that a Tocsin wrote it, of an incident that was opened there.
  var isFromTocsin = false
}

/// Decides for each record what becomes of it.
///
/// First `add` for each record in order, then `settle` once: whether a known record is updated can
/// be said only when no other content of its id stands further on in the input.
struct ImportPlanner {
  var summary = ImportSummary()
  private var entries: [Entry] = []
  private let format: ImportFormat
  private let known: [ExactText: ImportedSources.Row]
  private var seen: [ExactText: Seen] = [:]

  /// What may have to be changed.
  private enum Entry {
    case create(OpenIncident)
    /// Its id is known, its content is another.
    case renew(ImportRecord, RecordID)
    /// It may be an incident of this very store.
    case recognise(ImportRecord)
  }

  /// The first record of an id, and the conflict that the others make with it.
  private struct Seen {
    var digest: String
    var place: ImportPlace
    var conflict: Int?
  }

  init(known rows: [ImportedSources.Row], format: ImportFormat) {
    known = Dictionary(rows.map { (ExactText($0.externalID), $0) }) { first, _ in first }
    self.format = format
  }

  mutating func add(_ record: ImportRecord) {
    guard let source = record.change.source else { return }
    let id = ExactText(source.externalID)
    if let earlier = seen[id] {
      guard earlier.digest != source.digest else {
        summary.unchanged += 1
        return
      }
      if let index = earlier.conflict {
        summary.conflicts[index].places.append(record.place)
      } else {
        seen[id]?.conflict = summary.conflicts.count
        summary.conflicts.append(
          ImportConflict(
            id: source.externalID,
            places: [earlier.place, record.place],
            reason: "this id stands in the input with different contents; "
              + (known[id] == nil ? "the first one counts" : "the record was kept")
          )
        )
      }
      return
    }
    seen[id] = Seen(digest: source.digest, place: record.place)
    if record.isFromTocsin {
      entries.append(.recognise(record))
    } else {
      place(record, source)
    }
  }

  /// Puts a record that is none of this store's own among the entries.
  private mutating func place(_ record: ImportRecord, _ source: ImportSource) {
    guard let row = known[ExactText(source.externalID)] else {
      entries.append(.create(record.change))
      return
    }
    if row.digest == source.digest {
      summary.unchanged += 1
    } else {
      entries.append(.renew(record, row.incident))
    }
  }

  /// Compares with the record what must be compared, and gives the changes in order.
  mutating func settle(with store: any Store) async throws -> [any Change] {
    try await recognise(with: store)
    var changes: [any Change] = []
    for start in stride(from: 0, to: entries.count, by: Self.stretch) {
      try Task.checkCancellation()
      let part = entries[start..<min(start + Self.stretch, entries.count)]
      let incidents = try await incidents(of: part, store)
      for entry in part {
        switch entry {
        case .create(let change):
          summary.created += 1
          changes.append(change)
        case .renew(let record, let id):
          guard let incident = incidents[id] else { continue }
          changes += try await renew(incident, record, store)
        case .recognise: continue
        }
      }
    }
    return changes
  }

  private static let stretch = 256

  private func incidents(
    of entries: ArraySlice<Entry>,
    _ store: any Store
  ) async throws -> [RecordID: Incident] {
    let ids = entries.compactMap { entry in
      if case .renew(_, let id) = entry { id } else { nil }
    }
    guard !ids.isEmpty else { return [:] }
    let found = try await store.answer(IncidentDetails(ids: ids))
    return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
  }

  // MARK: Incidents of this store

  /// Takes out the incidents that were exported from this store; the others become entries.
  private mutating func recognise(with store: any Store) async throws {
    let references = entries.compactMap { entry in
      if case .recognise(let record) = entry { record.change.source?.externalID } else { nil }
    }
    guard !references.isEmpty else { return }
    let all = entries
    entries = []
    var own: [String: Incident] = [:]
    for start in stride(from: 0, to: references.count, by: Self.stretch) {
      try Task.checkCancellation()
      let part = references[start..<min(start + Self.stretch, references.count)]
      for incident in try await store.answer(IncidentDetails(references: Array(part))) {
        own[incident.reference] = incident
      }
    }
    for entry in all {
      guard case .recognise(let record) = entry, let source = record.change.source else {
        entries.append(entry)
        continue
      }
      // The same reference and the same instant of opening: another store has not both.
      if let incident = own[source.externalID], incident.source?.format != format.name,
        record.change.openedAt?.description == incident.openedAt.description
      {
        compare(record, with: incident)
      } else {
        place(record, source)
      }
    }
  }

  /// Says what became of an incident that was made here, exported, and has come back.
  private mutating func compare(_ record: ImportRecord, with incident: Incident) {
    var fields = incident.facts.edits(to: record.change.facts).map(\.field)
    if record.change.state != incident.state { fields.append("state") }
    guard !fields.isEmpty else {
      summary.unchanged += 1
      return
    }
    conflict(
      record,
      "this incident was made here, and its record says otherwise by now: "
        + "\(fields.joined(separator: ", ")); the record was kept"
    )
  }

  // MARK: Newer content

  private mutating func conflict(_ record: ImportRecord, _ reason: String) {
    guard let id = record.change.source?.externalID else { return }
    summary.conflicts.append(ImportConflict(id: id, places: [record.place], reason: reason))
  }

  /// The changes that bring newer content into a record; none where it must be kept.
  private mutating func renew(
    _ incident: Incident,
    _ record: ImportRecord,
    _ store: any Store
  ) async throws -> [any Change] {
    guard let id = record.change.source?.externalID, seen[ExactText(id)]?.conflict == nil else {
      return []
    }
    let timeline = try await store.answer(IncidentTimeline(incident: incident.id))
    let renewal = ImportRenewal(incident, timeline: timeline, record.change, format)
    switch renewal.outcome {
    case .unchanged: summary.unchanged += 1
    case .kept(let reason): conflict(record, reason)
    case .updated(let changes):
      summary.updated += 1
      return changes
    }
    return []
  }
}
