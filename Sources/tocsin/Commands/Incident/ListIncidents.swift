internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage
internal import Synchronization

extension IncidentCommand {
  /// The command `tocsin incident list`.
  struct List: HeadlessCommand {
    static let origin = "incident list"
    static let configuration = CommandConfiguration(
      abstract: "List incidents, last altered first.",
      discussion: """
        Filters: words that stand in it, state:triage, severity:high, is:open, has:overdue, \
        kind:hacking, is:drill, tag:vendor, opened>2026-01, affected>=1000; ! in front says not.
        """
    )

    @OptionGroup var filtering: FilterOptions

    @Option(help: "Sort by this column.")
    var sort = IncidentOrder.Column.updated

    @Flag(name: .customLong("reverse"), help: "Smallest, earliest or least bad first.")
    var isReversed = false

    @Flag(help: "Print how many there are, and nothing else.")
    var count = false

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    /// The members that are columns of CSV.
    private static let columns = [
      "reference", "title", "state", "severity", "outcome", "kind", "opened_at", "updated_at",
      "instants.occurred_at.text", "instants.discovered_at.text", "instants.contained_at.text",
      "awareness.aware_at.text", "awareness.decided_by", "data.categories", "data.encrypted",
      "assets", "tags", "exercise", "source.format", "source.id", "version",
    ]

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let filter = try await filtering.filter(session, store)
      let order = IncidentOrder(sort, descending: !isReversed)
      if count {
        let page = try await store.answer(
          IncidentList(filter: filter, order: order, window: RowWindow(start: 0, count: 0))
        )
        if format.json {
          try session.out.json(.members(["count": .count(page.total)]))
        } else {
          try session.out.line("\(page.total)")
        }
      } else if format.json {
        try await json(store, filter, order, session.out)
      } else if format.csv {
        // Row by row: a list of any length is printed while it is read.
        let (table, out) = (JSONTable(Self.columns), session.out)
        try out.document(table.header)
        try await store.eachIncident(filter: filter, order: order, withTimeline: false) {
          incident,
          _ in
          try out.document(table.row(.incident(incident)))
        }
      } else {
        try await table(store, filter, order, session.out)
      }
      return .done
    }

    private func json(
      _ store: SQLiteStore,
      _ filter: Filter,
      _ order: IncidentOrder,
      _ out: Output
    ) async throws {
      let isFirst = Mutex(true)
      try await store.eachIncident(filter: filter, order: order, withTimeline: false) {
        incident,
        _ in
        let separator = isFirst.withLock { isFirst in
          defer { isFirst = false }
          return isFirst ? "[\n" : ",\n"
        }
        try out.bytes("\(separator)\(JSON.incident(incident).written())".utf8)
      }
      try out.bytes((isFirst.withLock { $0 } ? "[]\n" : "\n]\n").utf8)
    }

    private func table(
      _ store: SQLiteStore,
      _ filter: Filter,
      _ order: IncidentOrder,
      _ out: Output
    ) async throws {
      // Fixed columns: a list of any length is printed while it is read.
      let table = Table([
        .init(title: "REFERENCE", width: 13), .init(title: "SEVERITY", width: 8),
        .init(title: "STATE", width: 10), .init(title: "OPENED (UTC)", width: 16),
        .init(title: "AFFECTED", width: 10, isRight: true), .init(title: "TITLE", width: 0),
      ])
      let isFirst = Mutex(true)
      try await store.eachIncident(filter: filter, order: order, withTimeline: false) {
        incident,
        _ in
        let isHeaderDue = isFirst.withLock { isFirst in
          defer { isFirst = false }
          return isFirst
        }
        if isHeaderDue { try out.row(table.header) }
        let opened = CivilTime(incident.openedAt)
        try out.row(
          table.row([
            "\(incident.reference)", "\(incident.facts.severity?.label ?? "-")",
            "\(incident.state.label)", "\(opened.isoMinute)",
            "\(incident.facts.totalAffected)", "\(incident.markedTitle)",
          ])
        )
      }
      if isFirst.withLock({ $0 }) {
        out.note(filter.isEmpty ? "There are no incidents yet." : "No incident passes the filter.")
      }
    }
  }
}

extension IncidentFacts {
  /// People affected in all, as text: `?` where a part of it is not known, `-` where nobody said.
  var totalAffected: String {
    guard !affected.isEmpty else { return "-" }
    var sum: Int64 = 0
    for people in affected {
      guard let count = people.count else { return "?" }
      let (next, isTooBig) = sum.addingReportingOverflow(count)
      if isTooBig { return "?" }
      sum = next
    }
    return String(sum)
  }
}
