internal import Model

extension BoardReport {
  /// The figures of both periods, for programs.
  public var json: JSON {
    .members([
      "period": .string(content.period.text),
      "before": .string(content.period.previous.text),
      "so_far": content.soFar.map { .string($0.description) } ?? .null,
      "scope": .string(scope),
      "zone": .string(content.zone.name),
      "parts": .array(
        (first + second).map { part in
          .members([
            "title": .string(part.title),
            "figures": .array(
              part.rows.map { row in
                .members([
                  "title": .string(row.title), "now": .string(row.now),
                  "before": .string(row.before), "trend": .string(row.trend.rawValue),
                ])
              }
            ),
            "notes": .array(part.notes.map { .string($0) }),
          ])
        }
      ),
      "method": .array(method.map { .string($0) }),
    ])
  }
}
