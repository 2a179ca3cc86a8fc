public import Model

extension JSON {
  /// A duty as an object, the keys always in the same order.
  public init(_ obligation: Obligation) {
    var object = JSONObject()
    object["id"] = .string(obligation.id)
    object["jurisdiction"] = .string(obligation.jurisdiction)
    object["recipient"] = .string(obligation.recipient)
    object["state"] = .string(obligation.state.word)
    switch obligation.state {
    case .due(let deadline):
      object["due"] = .string(deadline.due.description)
      object["latest"] = .string(deadline.latest.description)
      object["provisional"] = .bool(deadline.provisional)
      object["clockStart"] = .string(deadline.clockStart)
    case .held(let deadline):
      if let deadline {
        object["dueWithoutHold"] = .string(deadline.due.description)
        object["provisional"] = .bool(deadline.provisional)
        object["clockStart"] = .string(deadline.clockStart)
      }
    case .noFixedDeadline(let start, let provisional):
      object["provisional"] = .bool(provisional)
      if let start { object["clockStart"] = .string(start) }
    case .clockNotStarted(let missing), .undetermined(let missing):
      object["missing"] = .array(missing.map { .string($0.description) })
    case .none: break
    }
    object["law"] = .string(obligation.law)
    object["because"] = .array(obligation.because.map(JSON.string))
    object["confidence"] = .string(obligation.confidence.rawValue)
    self = .object(object)
  }
}
