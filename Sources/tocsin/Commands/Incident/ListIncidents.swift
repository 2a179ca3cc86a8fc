internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand {
  /// `tocsin incident list`
  struct List: HeadlessCommand {
    static let origin = "incident list"
    static let configuration = CommandConfiguration(
      abstract: "List incidents, last altered first.",
      discussion: """
        Filters: words that stand in it, state:triage, severity:high, is:open, has:overdue, \
        kind:hacking, tag:vendor, opened>2026-01, affected>=1000; ! in front says not.
        """)

    @Option(help: "Only incidents that pass this filter.")
    var filter: String?

    @Option(help: "Sort by this column.")
    var sort = IncidentOrder.Column.updated

    @Flag(name: .customLong("reverse"), help: "Smallest, earliest or least bad first.")
    var isReversed = false

    @Flag(help: "Print how many there are, and nothing else.")
    var count = false

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let filter = try session.filter(filter)
      let store = try await session.open(forReading: true)
      let order = IncidentOrder(sort, descending: !isReversed)
      if count {
        let page = try await store.answer(
          IncidentList(filter: filter, order: order, window: RowWindow(start: 0, count: 0)))
        if format.json {
          try session.out.json(.members(["count": .count(page.total)]))
        } else {
          try session.out.line("\(page.total)")
        }
      } else if format.json {
        try await json(store, filter, order, session.out)
      } else {
        try await table(store, filter, order, session.out)
      }
      return .done
    }

    private func json(
      _ store: SQLiteStore, _ filter: Filter, _ order: IncidentOrder, _ out: Output
    ) async throws {
      var separator = "[\n"
      for try await incident in store.eachIncident(filter: filter, order: order) {
        try out.bytes(Array(separator.utf8))
        try out.bytes(Array(JSON.incident(incident).written().utf8))
        separator = ",\n"
      }
      try out.bytes(Array((separator == "[\n" ? "[]\n" : "\n]\n").utf8))
    }

    private func table(
      _ store: SQLiteStore, _ filter: Filter, _ order: IncidentOrder, _ out: Output
    ) async throws {
      // One snapshot and fixed columns: a list of any length is printed while it is read.
      let table = Table([
        .init(title: "REFERENCE", width: 13), .init(title: "SEVERITY", width: 8),
        .init(title: "STATE", width: 10), .init(title: "OPENED (UTC)", width: 16),
        .init(title: "AFFECTED", width: 10, isRight: true), .init(title: "TITLE", width: 0),
      ])
      var isFirst = true
      for try await incident in store.eachIncident(filter: filter, order: order) {
        if isFirst { try out.line(table.header) }
        isFirst = false
        try out.line(
          table.row([
            "\(incident.reference)", "\(incident.facts.severity?.label ?? "-")",
            "\(incident.state.label)", incident.openedAt.words,
            Words(incident.facts.totalAffected), "\(incident.facts.title)",
          ]))
      }
      if isFirst {
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
