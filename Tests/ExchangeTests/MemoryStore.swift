import Exchange
import Model

/// A store of opened incidents in memory: just enough for plans. The real one is tested elsewhere.
actor MemoryStore: Store {
  private(set) var incidents: [Incident] = []
  private(set) var origins: [String] = []

  func apply(_ changes: [any Change], origin: String) throws -> [Receipt] {
    origins.append(origin)
    return try changes.map { change in
      guard let open = change as? OpenIncident else { throw StoreError.refused("not known here") }
      let id = Int64(incidents.count + 1)
      let at = open.openedAt ?? Instant(milliseconds: 0)
      incidents.append(
        Incident(
          id: id,
          reference: "INC-2026-\(id)",
          version: 1,
          facts: open.facts,
          state: open.state,
          openedAt: at,
          updatedAt: at,
          source: open.source
        )
      )
      return Receipt(
        entry: id,
        subject: Subject(.incident, id),
        version: 1,
        reference: "INC-2026-\(id)",
        isReversible: true
      )
    }
  }

  func answer<Q: Question>(_ question: Q) throws -> Q.Answer {
    guard let sources = question as? ImportedSources else { throw StoreError.refused("not known") }
    let rows = incidents.compactMap { incident -> ImportedSources.Row? in
      guard let source = incident.source, source.format == sources.format else { return nil }
      return ImportedSources.Row(
        incident: incident.id,
        version: incident.version,
        externalID: source.externalID,
        digest: source.digest
      )
    }
    guard let answer = rows as? Q.Answer else { throw StoreError.refused("not known") }
    return answer
  }

  func perform<J: Job>(
    _ job: J,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) throws -> J.Outcome { throw StoreError.refused("not known") }

  func undo(_ entries: [JournalSequence], origin: String) throws -> [Receipt] { [] }
}
