/// A duty of one incident as the record keeps it: the last answer of the rulebook, and since when.
public struct ObligationRecord: Codable, Sendable, Equatable, Identifiable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident.
  public var incident: RecordID
  /// What the rulebook answered last.
  public var obligation: Obligation
  /// When that was worked out.
  public var computedAt: Instant
  /// Why it was worked out then: `facts changed`, `rule edited`, `earlier notice sent`.
  public var cause: String
  /// When its notice was first sent; nil while it was not.
  public var sentAt: Instant?

  /// Makes a record.
  public init(
    id: RecordID,
    incident: RecordID,
    obligation: Obligation,
    computedAt: Instant,
    cause: String,
    sentAt: Instant? = nil
  ) {
    (self.id, self.incident, self.obligation) = (id, incident, obligation)
    (self.computedAt, self.cause, self.sentAt) = (computedAt, cause, sentAt)
  }
}

extension Obligation {
  /// Whether the record keeps the duty as a clock of the incident.
  ///
  /// Kept is what is owed or waits for an event, and what is undetermined once it is known that its law
  /// reaches the incident. While nobody has stated who is affected, half the laws of the world are
  /// undetermined; those are worked out when somebody asks. What the record has already stays in it
  /// as long as it may be owed: taking a fact away makes no clock vanish.
  ///
  /// - Parameter wasKept: Whether the record has the duty.
  /// - Returns: Whether it stands in the record.
  public func isTracked(wasKept: Bool) -> Bool {
    switch state {
    case .due, .noFixedDeadline, .clockNotStarted, .held: true
    case .none: false
    case .undetermined(let missing):
      wasKept || !missing.contains(.affected) && !missing.contains(.country)
    }
  }
}

/// Brings the answers of the rulebook on one incident into the record.
///
/// Earlier answers stay readable. What did not change is left alone.
public struct RecordObligations: Change {
  /// What the journal calls it.
  public static let name = "obligation.record"
  /// Which incident.
  public var incident: RecordID
  /// The version of the incident's facts that the answers rest on.
  public var incidentVersion: Version
  /// When notices had been sent as far as the answers know, by obligation id, in order.
  public var sent: [String: [Instant]]
  /// What the answers rest on besides: the digest of rules and organisation.
  public var basis: String
  /// Why they were worked out.
  public var cause: String
  /// The tracked answers, all of them, sorted by id; those that the record has besides are closed.
  public var obligations: [Obligation]

  /// The record that it alters.
  public var subject: Subject { Subject(.obligation, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words: `3 clocks worked out, facts changed: 2 due, 1 held: ...`; of what
  /// is owed a dozen are named.
  public var headline: String {
    let counts = ["due", "held", "no fixed deadline", "clock not started", "undetermined"]
      .compactMap { label in
        let count = obligations.count { $0.state.label == label }
        return count == 0 ? nil : "\(count) \(label)"
      }
    let noun = obligations.count == 1 ? "clock" : "clocks"
    let ids = obligations.filter(\.state.isOwed).map(\.id)
    let more = ids.count > 12 ? " and \(ids.count - 12) more" : ""
    let owed = ids.prefix(12).joined(separator: " ") + more
    return
      (["\(obligations.count) \(noun) worked out, \(cause)"]
      + (counts.isEmpty ? [] : [counts.joined(separator: ", ")])
      + (owed.isEmpty ? [] : [owed]))
      .joined(separator: ": ")
  }

  /// Makes the change.
  public init(
    incident: RecordID,
    incidentVersion: Version,
    sent: [String: [Instant]],
    basis: String,
    cause: String,
    obligations: [Obligation]
  ) {
    (self.incident, self.incidentVersion, self.sent) = (incident, incidentVersion, sent)
    self.basis = basis
    (self.cause, self.obligations) = (cause, obligations.sorted { $0.id < $1.id })
  }
}

/// Asks for the tracked duties of an incident: by deadline, those without one last, then by id.
public struct IncidentObligations: Question {
  /// What comes back.
  public typealias Answer = [ObligationRecord]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Asks for every answer that the record ever had to one duty of an incident, newest first.
public struct ObligationHistory: Question {
  /// What comes back.
  public typealias Answer = [ObligationRecord]
  /// Which incident.
  public var incident: RecordID
  /// The rule's id.
  public var rule: String

  /// Makes the question.
  public init(incident: RecordID, rule: String) { (self.incident, self.rule) = (incident, rule) }
}

/// Asks for the running clocks of all open incidents: soonest first, then those without a number.
///
/// Running is what is due, held or owed without a number and was not sent yet.
public struct ClockList: Question {
  /// A clock and the incident it runs for.
  public struct Row: Codable, Sendable, Equatable {
    /// The duty.
    public var record: ObligationRecord
    /// The incident's reference.
    public var reference: String
    /// The incident's title.
    ///
    /// Foreign text.
    public var title: String
    /// The incident's severity.
    public var severity: Severity?
    /// Whether the incident is an exercise.
    public var isExercise: Bool

    /// Makes a row.
    public init(
      record: ObligationRecord,
      reference: String,
      title: String,
      severity: Severity?,
      isExercise: Bool = false
    ) {
      (self.record, self.reference, self.title) = (record, reference, title)
      (self.severity, self.isExercise) = (severity, isExercise)
    }
  }
  /// What comes back.
  public typealias Answer = Page<Row>
  /// Which stretch.
  public var window: RowWindow
  /// Only those whose rule, recipient, law, reference or title has this text; empty for all.
  public var text: String
  /// Whether duties without a date are listed too, behind those with one.
  public var withoutDate: Bool

  /// Makes the question.
  public init(window: RowWindow, text: String = "", withoutDate: Bool = true) {
    (self.window, self.text, self.withoutDate) = (window, text, withoutDate)
  }
}

/// Asks which open incidents have facts, sendings or rules that their clocks do not know of yet.
public struct StaleClocks: Question {
  /// Incidents by number, and how many there are in all.
  public struct Answer: Codable, Sendable, Equatable {
    /// The first of them.
    public var incidents: [RecordID]
    /// How many there are in all.
    public var total: Int

    /// Makes the answer.
    public init(incidents: [RecordID], total: Int) {
      (self.incidents, self.total) = (incidents, total)
    }
  }
  /// The digest of rules and organisation that clocks are to rest on; empty for whatever they rest on.
  public var basis: String
  /// How many are wanted.
  public var limit: Int

  /// Makes the question.
  public init(basis: String, limit: Int) { (self.basis, self.limit) = (basis, limit) }
}

/// Asks for what the engine needs of one incident: its facts and what was sent.
public struct ObligationInputs: Question {
  /// The inputs; nil where there is no such incident.
  public struct Answer: Codable, Sendable, Equatable {
    /// The incident.
    public var incident: Incident?
    /// When notices were sent, by obligation id, in order.
    public var sent: [String: [Instant]]
    /// Whether its clocks know of everything on this basis.
    public var isCurrent: Bool

    /// Makes the answer.
    public init(incident: Incident?, sent: [String: [Instant]], isCurrent: Bool) {
      (self.incident, self.sent, self.isCurrent) = (incident, sent, isCurrent)
    }
  }
  /// Which incident.
  public var incident: RecordID
  /// The digest of rules and organisation that clocks are to rest on; empty for whatever they rest on.
  public var basis: String

  /// Makes the question.
  public init(incident: RecordID, basis: String) {
    (self.incident, self.basis) = (incident, basis)
  }
}

/// Asks for what the engine needs of those of some incidents whose clocks are stale.
public struct StaleInputs: Question {
  /// Inputs of incidents, and of whom they are.
  public struct Answer: Codable, Sendable, Equatable {
    /// One incident and when its notices were sent, by obligation id, in order.
    public struct Item: Codable, Sendable, Equatable {
      /// The incident.
      public var incident: Incident
      /// When notices were sent.
      public var sent: [String: [Instant]]
      /// The duties that the record has, by rule.
      public var kept: Set<String>

      /// Makes an item.
      public init(incident: Incident, sent: [String: [Instant]], kept: Set<String>) {
        (self.incident, self.sent, self.kept) = (incident, sent, kept)
      }
    }
    /// The inputs, in the order of the question.
    public var items: [Item]
    /// Who reports.
    public var organisation: Organisation

    /// Makes the answer.
    public init(items: [Item], organisation: Organisation) {
      (self.items, self.organisation) = (items, organisation)
    }
  }
  /// The incidents.
  public var incidents: [RecordID]
  /// The digest of rules that clocks are to rest on; empty for whatever they rest on.
  public var basis: String

  /// Makes the question.
  public init(incidents: [RecordID], basis: String) {
    (self.incidents, self.basis) = (incidents, basis)
  }
}
