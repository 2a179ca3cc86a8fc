public import Model

extension JSON {
  /// A posture: the worst state, and theme by theme state, trend, measures and what would improve it.
  public static func posture(_ posture: Posture, at now: Instant) -> JSON {
    .members([
      "at": .string(now.description),
      "state": .string(posture.state.rawValue),
      "themes": .array(posture.themes.map(theme)),
    ])
  }

  private static func theme(_ theme: Posture.Theme) -> JSON {
    .members([
      "theme": .string(theme.theme.rawValue),
      "state": .string(theme.state.rawValue),
      "trend": .string(theme.trend.rawValue),
      "measures": .array(
        theme.readings.map { reading in
          .members([
            "name": .string(reading.name), "title": .string(reading.title),
            "state": reading.verdict.state.map { .string($0.rawValue) } ?? .null,
            "words": .string(reading.verdict.words),
            "trend": .string(reading.verdict.trend.rawValue),
            "before": .string(reading.verdict.before),
          ])
        }
      ),
      "improve": .array(
        theme.steps.map { step in
          .members([
            "text": .string(step.text), "late_seconds": .integer(step.late / 1000),
            "count": .integer(Int64(step.count)),
          ])
        }
      ),
    ])
  }
}
