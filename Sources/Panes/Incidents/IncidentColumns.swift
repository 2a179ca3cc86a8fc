public import Drawing
public import Model

/// The columns of the list of incidents, in their order from left to right.
public enum IncidentColumns {
  /// All columns; times are shown as they were stated, instants in UTC.
  public static let all: [TableColumn<IncidentRow>] = [
    TableColumn("reference", title: "Reference", width: .fixed(14), priority: 9) {
      Line($0.reference)
    },
    TableColumn("severity", title: "Severity", width: .fixed(8), priority: 10) {
      Line([Look.severity($0.severity)])
    },
    TableColumn("state", title: "State", width: .fixed(10), priority: 8) {
      Line($0.state.label)
    },
    TableColumn("title", title: "Title", width: .flexible(minimum: 20, weight: 3), priority: 11) {
      Line(Look.exercise($0.isExercise) + [Span(Untrusted($0.title))])
    },
    TableColumn("outcome", title: "Outcome", width: .fixed(18), priority: 2) {
      Line($0.outcome.label, $0.outcome == .undetermined ? .textMuted : .text)
    },
    TableColumn("affected", title: "People", width: .fixed(11), alignment: .right, priority: 5) {
      Line(Look.count($0.affected), $0.affected == nil ? .textMuted : .text)
    },
    TableColumn("occurred", title: "Occurred", width: .fixed(16), priority: 3) {
      Line(Untrusted(Look.narrow($0.occurred)), $0.occurred == nil ? .textMuted : .text)
    },
    TableColumn("aware", title: "Aware", width: .fixed(16), priority: 4) {
      Line(Untrusted(Look.narrow($0.aware)), $0.aware == nil ? .textMuted : .text)
    },
    TableColumn("lead", title: "Lead", width: .fixed(14), priority: 6) {
      Line(Untrusted($0.lead ?? "–"), $0.lead == nil ? .textMuted : .text)
    },
    TableColumn("updated", title: "Updated UTC", width: .fixed(16), priority: 7) {
      Line(Look.minute($0.updatedAt))
    },
    TableColumn("opened", title: "Opened UTC", width: .fixed(16), priority: 1) {
      Line(Look.minute($0.openedAt))
    },
    TableColumn("tags", title: "Tags", width: .flexible(minimum: 10, weight: 1), priority: 0) {
      Line(Untrusted($0.tags.joined(separator: " ")), .textMuted)
    },
  ]

  /// The columns that are left when some are hidden; the title always stays.
  public static func shown(hiding hidden: Set<String>) -> [TableColumn<IncidentRow>] {
    all.filter { $0.id == "title" || !hidden.contains($0.id) }
  }

  /// The order that a column stands for; nil where the list cannot be sorted by it.
  public static func order(_ id: String) -> IncidentOrder.Column? {
    IncidentOrder.Column(rawValue: id)
  }
}
