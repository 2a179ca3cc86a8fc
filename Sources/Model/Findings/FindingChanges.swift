/// Opens a finding, standing alone or from an audit item.
public struct OpenFinding: Change {
  /// What the journal calls it.
  public static let name = "finding.open"
  /// What is known of it.
  public var facts: FindingFacts
  /// The audit item it comes from; nil for one that stands alone.
  public var item: Subject?

  /// The record that it alters.
  public var subject: Subject { Subject(.finding, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "found: \(firstLine(facts.title))" }

  /// Makes the change.
  public init(facts: FindingFacts, item: Subject? = nil) { (self.facts, self.item) = (facts, item) }
}

/// Replaces what is known of a finding, its corrective actions among it.
public struct EditFinding: Alteration {
  /// What the journal calls it.
  public static let name = "finding.edit"
  /// Which finding.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is known from now on.
  public var facts: FindingFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.finding, id) }
  /// What it does, in a few words.
  public var headline: String { "edited finding: \(firstLine(facts.title))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: FindingFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// What is done with a finding as a whole.
public enum FindingStep: Codable, Sendable, Equatable {
  /// Work has begun.
  case begin
  /// The work is done; every corrective action must be.
  case remedy
  /// Somebody looked whether it holds: verified, or in progress again.
  case check(isEffective: Bool, note: String)
  /// It is done with; refused without a check that found it effective.
  case close(reason: String)
  /// There never was a gap: it is closed without a check, and scans do not open it again.
  case dismiss(reason: String)
  /// Somebody accepts the risk for a time.
  case accept(by: String, reason: String, expires: StatedTime)
  /// It is open again; earlier check and acceptance no longer count.
  case reopen(reason: String)

  /// What it does, in a few words.
  public var headline: String {
    switch self {
    case .begin: "work on the finding began"
    case .remedy: "the finding was remedied"
    case .check(true, _): "the remedy was found effective"
    case .check(false, _): "the remedy was found not effective"
    case .close: "closed the finding"
    case .dismiss: "closed the finding as a false positive"
    case .accept(_, _, let expires): "accepted the risk until \(expires.plainWithZone)"
    case .reopen: "reopened the finding"
    }
  }
}

/// Takes a finding a step further.
public struct MoveFinding: Alteration {
  /// What the journal calls it.
  public static let name = "finding.move"
  /// Which finding.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is done.
  public var step: FindingStep

  /// The record that it alters.
  public var subject: Subject { Subject(.finding, id) }
  /// What it does, in a few words.
  public var headline: String { step.headline }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, step: FindingStep) {
    (self.id, self.basedOn, self.step) = (id, basedOn, step)
  }
}

/// Puts a finding back to where it stood: what undoing a step is, and nothing else.
public struct ReturnFinding: Alteration {
  /// What the journal calls it.
  public static let name = "finding.return"
  /// Which finding.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Where it stood, with its check and acceptance as they were recorded.
  public var standing: FindingStanding

  /// The record that it alters.
  public var subject: Subject { Subject(.finding, id) }
  /// What it does, in a few words.
  public var headline: String { "finding \(standing.state.label) as before" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, standing: FindingStanding) {
    (self.id, self.basedOn, self.standing) = (id, basedOn, standing)
  }
}

/// Takes a finding off the list; nothing is deleted.
public struct RemoveFinding: Alteration {
  /// What the journal calls it.
  public static let name = "finding.remove"
  /// Which finding.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.finding, id) }
  /// What it does, in a few words.
  public var headline: String { "removed finding" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed finding back on the list.
public struct RestoreFinding: Alteration {
  /// What the journal calls it.
  public static let name = "finding.restore"
  /// Which finding.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.finding, id) }
  /// What it does, in a few words.
  public var headline: String { "restored finding" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}
