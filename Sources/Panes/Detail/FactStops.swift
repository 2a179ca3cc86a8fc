import Drawing
import Model

/// Asks before an edit that stops clocks is saved: one that takes an instant away, or the day from it.
enum FactStops {
  typealias Action = FactsTab.Action

  /// Saves an edit; where it may stop clocks, the rules are asked first which.
  static func save(_ edit: IncidentEdit, _ incident: Incident) -> [Effect<Action>] {
    let change = EditIncident(id: incident.id, basedOn: incident.version, edits: [edit])
    guard case .instant(let instant, let time) = edit,
      instant != .aware || incident.awareness == nil,
      losesDay(incident.facts.instants[instant], time)
    else { return saved(change) }
    return [.perform(.duties(of: incident.id, trying: [edit]) { .stopsAnswered(change, $0) })]
  }

  /// Saves a decision on awareness in the same way.
  static func save(_ decision: AwarenessDecision, _ incident: Incident) -> [Effect<Action>] {
    let change = DecideAwareness(
      id: incident.id,
      basedOn: incident.version,
      decision: decision
    )
    let before = incident.awareness?.awareAt ?? incident.facts.instants[.aware]
    guard losesDay(before, decision.awareAt) else { return saved(change) }
    return [
      .perform(.duties(of: incident.id, trying: [], aware: decision) { .stopsAnswered(change, $0) })
    ]
  }

  static func saved(_ change: any Change) -> [Effect<Action>] {
    [.apply([change]) { .changed($0) }]
  }

  /// Asks, where clocks would stop; where the rules cannot say, the edit is saved.
  static func answered(
    _ change: any Change,
    _ answer: Result<DutyAnswer, ErrandFailure>,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard case .success(let answer) = answer else { return saved(change) }
    let stops = stopped(answer)
    guard !stops.isEmpty else { return saved(change) }
    let zone = context.dutyZone
    let most = 8
    var lines = stops.prefix(most).map { duty in
      Line([
        Span("\(duty.id)  ", .textStrong),
        Span(duty.state.deadline.map { "due \($0.due.text(in: zone))" } ?? ""),
      ])
    }
    if stops.count > most { lines.append(Line("and \(stops.count - most) more", .textMuted)) }
    lines.append(Line("They wait until the day is known again; nothing will remind of them."))
    return [
      .present(
        .confirm(
          Confirmation(
            title: stops.count == 1 ? "1 clock would stop" : "\(stops.count) clocks would stop",
            lines: lines,
            doLabel: "Save",
            action: .saveConfirmed(change)
          )
        )
      )
    ]
  }

  /// The duties whose clocks run now and would wait for a fact; soonest first.
  static func stopped(_ answer: DutyAnswer) -> [Obligation] {
    let waiting = Set(answer.tried.filter(\.state.isWaiting).map(\.id))
    return answer.duties.filter { $0.state.deadline != nil && waiting.contains($0.id) }
  }

  /// Whether a time that names a day becomes one that does not: no clock counts from that.
  private static func losesDay(_ before: StatedTime?, _ after: StatedTime?) -> Bool {
    guard let before, before.precision >= .day else { return false }
    return after.map { $0.precision < .day } ?? true
  }
}
