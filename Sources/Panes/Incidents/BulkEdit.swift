public import Model

/// Which fact a change over the marked incidents is about.
public enum BulkKind: Sendable, CaseIterable {
  case severity, state, outcome, lead, tag, remove
}

/// A change to one incident or to all marked ones.
public enum BulkEdit: Sendable, Equatable {
  case severity(Severity?)
  case state(IncidentState, reason: String)
  case outcome(Outcome)
  case lead(String?)
  case addTag(String)
  case remove(reason: String)

  /// What it does, for previews and messages.
  public var label: String {
    switch self {
    case .severity(let severity): "set severity to \(severity?.label ?? "not assessed")"
    case .state(let state, _): "move to \(state.label)"
    case .outcome(let outcome): "set outcome to \(outcome.label)"
    case .lead(let lead): lead.map { "make \($0) lead" } ?? "clear the lead"
    case .addTag(let tag): "add tag \(tag)"
    case .remove: "remove"
    }
  }
}

/// What a change would do to each of the incidents it was asked for.
public struct BulkPlan: Sendable, Equatable {
  /// Facts to be set.
  public var edits: [EditIncident] = []
  /// Moves of the handling.
  public var moves: [MoveIncident] = []
  /// Removals.
  public var removals: [RemoveIncident] = []
  /// Incidents that are that way already.
  public var unchanged: [String] = []
  /// Incidents that do not allow it: reference and reason.
  public var refused: [String] = []

  /// How many incidents would change.
  public var count: Int { edits.count + moves.count + removals.count }

  /// Looks at each incident and decides.
  public init(_ edit: BulkEdit, on rows: [IncidentRow]) {
    for row in rows {
      switch edit {
      case .severity(let severity):
        set(.severity(severity), row, isSame: row.severity == severity)
      case .outcome(let outcome):
        set(.outcome(outcome), row, isSame: row.outcome == outcome)
      case .lead(let lead):
        set(.role(.lead, lead), row, isSame: row.lead == lead)
      case .addTag(let tag):
        set(
          .tags((row.tags + [tag]).sorted()),
          row,
          isSame: row.tags.contains(tag)
        )
      case .state(let state, let reason):
        if row.state == state {
          unchanged.append(row.reference)
        } else if reason.isEmpty && (state == .closed || row.state == .closed) {
          refused.append("\(row.reference): closing and reopening need a reason")
        } else {
          moves.append(
            MoveIncident(id: row.id, basedOn: row.version, state: state, reason: reason)
          )
        }
      case .remove(let reason):
        removals.append(RemoveIncident(id: row.id, basedOn: row.version, reason: reason))
      }
    }
  }

  private mutating func set(_ edit: IncidentEdit, _ row: IncidentRow, isSame: Bool) {
    if isSame {
      unchanged.append(row.reference)
    } else {
      edits.append(EditIncident(id: row.id, basedOn: row.version, edits: [edit]))
    }
  }
}
